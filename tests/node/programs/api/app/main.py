"""Items, of which those of a POST are a worker's to add."""

import os
import time

from app import database
from app.worker import add
from fastapi import FastAPI

VERSION = "1"


def age() -> float:
    """Seconds since this process began, by which a busy machine has imported all of the above."""
    began = int(open("/proc/self/stat").read().rpartition(")")[2].split()[19])
    up = float(open("/proc/uptime").read().split()[0])
    return up - began / os.sysconf("SC_CLK_TCK")


# What a large model or a cold cache would take.
time.sleep(max(0.0, float(os.environ.get("START_SECONDS", "0")) - age()))

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
