"""What the images of all applications are asked for, and a page with a style sheet."""

import os
import time

# Written in Python alone: it loads the library that the image's system has.
import psycopg
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path

state = {"healthy": psycopg.pq.version() > 0}


def page(request: HttpRequest) -> HttpResponse:
    return render(request, "page.html")


def health(_: HttpRequest) -> HttpResponse:
    return HttpResponse(status=200 if state["healthy"] else 503)


def fall_ill(_: HttpRequest) -> HttpResponse:
    state["healthy"] = False
    return HttpResponse(status=204)


def greeting(_: HttpRequest) -> HttpResponse:
    return JsonResponse({"greeting": os.environ["GREETING"], "token": os.environ["API_TOKEN"]})


def uploads(request: HttpRequest) -> HttpResponse:
    """Keeps what a POST brings, and tells what there is."""
    if request.method == "POST":
        default_storage.save("note", ContentFile(request.body))
    return JsonResponse({"uploads": default_storage.listdir("")[1]})


def slow(_: HttpRequest) -> HttpResponse:
    time.sleep(3)
    return JsonResponse({"slow": "done"})


urlpatterns = [
    path("", page),
    path("health", health),
    path("break", fall_ill),
    path("greeting", greeting),
    path("slow", slow),
    path("uploads", uploads),
]
