"""Lines in a file of SQLite, and those of the pods beside this one."""

import json
import os
import signal
import socket
import sqlite3
import sys
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.parse import unquote

PORT = int(os.environ["PORT"])
PODS = os.environ.get("PODS", "")
# What the file is like, by which a migration tells what is left to do.
STEPS = ["CREATE TABLE lines (line TEXT NOT NULL)"]


def run(statement: str, *values: str) -> list[str]:
    """The first column of what a statement finds."""
    with sqlite3.connect(os.environ["FILE"], timeout=10) as file:
        return [row[0] for row in file.execute(statement, values)]


def migrate() -> None:
    [done] = run("PRAGMA user_version")
    for number, step in enumerate(STEPS[int(done) :], int(done) + 1):
        run(step)
        run(f"PRAGMA user_version = {number}")
        print(f"step {number} is done", flush=True)


def addresses() -> list[str]:
    """Those of all pods, by the one name that has them."""
    found = socket.getaddrinfo(PODS, PORT, socket.AF_INET, socket.SOCK_STREAM)
    return sorted({it[4][0] for it in found})


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/health":
            self.answer(run("SELECT count(*) FROM lines"))
        elif self.path == "/mark":
            self.answer(os.environ.get("MARK"))
        elif self.path == "/pods":
            self.answer(addresses())
        elif self.path.startswith("/of/"):
            self.pass_on("GET")
        else:
            self.answer(run("SELECT line FROM lines ORDER BY rowid"))

    def do_POST(self) -> None:
        if self.path.startswith("/of/"):
            self.pass_on("POST")
        else:
            run("INSERT INTO lines (line) VALUES (?)", unquote(self.path.strip("/")))
            self.answer("kept")

    def pass_on(self, method: str) -> None:
        """Asks the pod of this name for the rest of the path."""
        _, _, pod, rest = self.path.split("/", 3)
        url = f"http://{pod}.{PODS}:{PORT}/{rest}"
        try:
            with urllib.request.urlopen(urllib.request.Request(url, method=method)) as answer:
                self.answer(json.load(answer))
        except HTTPError as error:
            self.answer(str(error), error.code)
        except OSError as error:
            self.answer(f"{pod}: {error}", 502)

    def answer(self, content: object, status: int = 200) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


if sys.argv[1:] == ["migrate"]:
    migrate()
else:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    ThreadingHTTPServer(("0.0.0.0", PORT), Handler).serve_forever()
