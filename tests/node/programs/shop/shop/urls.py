"""Whether it is well, and what its beat and its worker did."""

import os
from pathlib import Path

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.urls import path


def health(_: HttpRequest) -> HttpResponse:
    """Fails without the tables that a migration makes."""
    return HttpResponse(f"{User.objects.count()} users")


def swept(_: HttpRequest) -> HttpResponse:
    file = Path(os.environ["MEDIA_ROOT"]) / "swept"
    return HttpResponse(file.read_text() if file.exists() else "no")


urlpatterns = [path("healthz", health), path("swept", swept)]
