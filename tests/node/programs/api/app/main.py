"""Items, of which those of a POST are a worker's to add."""

import os
import time

from app import database
from app.worker import add
from fastapi import FastAPI

VERSION = "1"
# What a large model or a cold cache would take.
time.sleep(float(os.environ.get("START_SECONDS", "0")))

app = FastAPI()


@app.get("/health")
def health() -> dict[str, str]:
    database.ask()
    return {"health": "good"}


@app.get("/items")
def items() -> dict[str, object]:
    return {"items": database.names(), "level": os.environ["LOG_LEVEL"], "version": VERSION}


@app.post("/items/{name}")
def later(name: str, seconds: float = 0) -> None:
    add.delay(name, seconds)
