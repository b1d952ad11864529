"""A shop's orders: kept in PostgreSQL, handed to a worker over Redis, with a file beside."""

import os
from pathlib import Path

import psycopg
import redis
from fastapi import FastAPI

app = FastAPI()
UPLOADS = Path("/srv/uploads")
WRITABLE = ["/tmp", "/srv/uploads"]
READ_ONLY = ["/", "/app", "/etc", "/usr", "/var"]


def database() -> psycopg.Connection:
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def queue() -> redis.Redis:
    return redis.from_url(os.environ["QUEUE_URL"])


@app.get("/health")
def health() -> dict[str, str]:
    with database() as connection:
        connection.execute("SELECT 1")
    queue().ping()
    return {"health": "good"}


@app.post("/orders/{name}")
def order(name: str) -> None:
    with database() as connection:
        connection.execute("INSERT INTO orders (name) VALUES (%s)", [name])
    (UPLOADS / name).write_text("invoice")
    queue().rpush("orders", name)


@app.get("/orders")
def orders() -> dict[str, object]:
    with database() as connection:
        rows = connection.execute("SELECT name, state FROM orders ORDER BY name").fetchall()
    return {"orders": dict(rows), "files": sorted(path.name for path in UPLOADS.iterdir())}


@app.get("/self")
def self() -> dict[str, object]:
    names = ["GREETING", "API_TOKEN", "HINT", "PUBLIC_URL"]
    status = Path("/proc/self/status").read_text()
    capabilities = {line.split()[1] for line in status.splitlines() if line.startswith("Cap")}
    return {
        "variables": {name: os.environ[name] for name in names if name in os.environ},
        "user": [os.getuid(), os.getgid()],
        "capabilities": sorted(capabilities),
        "writes": [path for path in WRITABLE + READ_ONLY if can_write(path)],
    }


def can_write(folder: str) -> bool:
    probe = Path(folder) / ".probe"
    try:
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return True
