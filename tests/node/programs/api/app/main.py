"""Items, of which those of a POST are a worker's to add."""

import os

from app import database
from app.worker import add
from fastapi import FastAPI

VERSION = "1"

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
