"""Items in a MySQL, and work that takes a processor's time."""

import json
import os
import signal
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pymysql


def run(statement: str, *values: str) -> list[str]:
    """The first column of what a statement finds."""
    url = urlsplit(os.environ["DATABASE_URL"])
    connection = pymysql.connect(
        host=url.hostname,
        port=url.port,
        user=url.username,
        password=url.password,
        database=url.path.strip("/"),
        autocommit=True,
        connect_timeout=5,
    )
    with connection, connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/work":
            end = time.process_time() + 0.2
            while time.process_time() < end:
                pass
            return self.answer("done")
        names = run("SELECT name FROM items ORDER BY id")
        self.answer(names)

    def do_POST(self) -> None:
        run("INSERT INTO items (name) VALUES (%s)", self.path.removeprefix("/items/"))
        self.answer("taken")

    def answer(self, content: object) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


if sys.argv[1:] == ["migrate"]:
    # What comes after it would fail, if it began before.
    time.sleep(5)
    run("CREATE TABLE items (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(100) NOT NULL)")
elif sys.argv[1:] == ["seed"]:
    time.sleep(5)
    run("INSERT INTO items (name) VALUES ('flour')")
elif sys.argv[1:] == ["count"]:
    print("There are", run("SELECT name FROM items ORDER BY id"))
else:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    ThreadingHTTPServer(("0.0.0.0", int(os.environ["PORT"])), Handler).serve_forever()
