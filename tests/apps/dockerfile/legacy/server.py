"""A server that was there before anybody wrote an `app.todo`."""

import json
import os
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

healthy = True


def user() -> str:
    folder = "/var/lib/greeter"
    with open(f"{folder}/visits", "a") as visits:
        visits.write("one\n")
    return f"{os.getuid()} {os.getgid()} wrote {folder}"


def slow() -> str:
    time.sleep(3)
    return json.dumps({"slow": "done"})


def greeting() -> str:
    seen = {"greeting": os.environ["GREETING"], "token": os.environ["API_TOKEN"]}
    return json.dumps(seen)


PAGES = {
    "/": lambda: "the first server",
    "/health": lambda: "well",
    "/user": user,
    "/edition": lambda: os.environ["EDITION"],
    "/greeting": greeting,
    "/slow": slow,
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        page = PAGES.get(self.path)
        self.send_response(404 if page is None else 200 if healthy else 503)
        self.end_headers()
        self.wfile.write(page().encode() if page else b"")

    def do_POST(self) -> None:
        global healthy
        healthy = False
        self.send_response(204)
        self.end_headers()


server = ThreadingHTTPServer(("", int(sys.argv[1])), Handler)
# What was asked for is answered before the process ends.
server.daemon_threads = False
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
server.serve_forever()
server.server_close()
