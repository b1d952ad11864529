"""The API server, asked without a program between."""

import http.client
import json
import ssl
import threading
import urllib.parse
from pathlib import Path


class Refused(Exception):
    """What the API server didn't do, with its status."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(f"{status} {text}")
        self.status = status


class Api:
    """A client of one server, with a connection for each thread."""

    def __init__(self, address: str, port: int, certificate: Path, token: str) -> None:
        self.address = address
        self.port = port
        self.token = token
        self.certificate = certificate
        self.local = threading.local()

    def ask(self, method: str, path: str, content: object = None) -> dict:
        """The answer to a request; a connection that the server closed is opened again."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        if method == "PATCH":
            headers["Content-Type"] = "application/merge-patch+json"
        body = None if content is None else json.dumps(content)
        for attempt in (1, 2):
            connection = self._connection()
            try:
                connection.request(method, path, body, headers)
                response = connection.getresponse()
                text = response.read().decode()
                break
            except (OSError, http.client.HTTPException):
                connection.close()
                del self.local.connection
                if attempt == 2:
                    raise
        if response.status >= 300:
            raise Refused(response.status, text)
        return json.loads(text) if text.startswith("{") else {"text": text}

    def _connection(self) -> http.client.HTTPSConnection:
        if not hasattr(self.local, "connection"):
            context = ssl.create_default_context(cafile=self.certificate)
            self.local.connection = http.client.HTTPSConnection(
                self.address, self.port, context=context, timeout=30
            )
        return self.local.connection

    def get(self, path: str) -> dict:
        return self.ask("GET", path)

    def find(self, path: str) -> dict | None:
        """The same, or nothing where there is nothing."""
        try:
            return self.get(path)
        except Refused as error:
            if error.status == 404:
                return None
            raise

    def list(self, path: str, labels: dict[str, str] | None = None) -> list[dict]:
        """The objects of a collection that have these labels."""
        wanted = ",".join(f"{name}={value}" for name, value in (labels or {}).items())
        query = f"?labelSelector={urllib.parse.quote(wanted)}" if wanted else ""
        return self.get(path + query)["items"]

    def create(self, path: str, content: dict) -> dict:
        return self.ask("POST", path, content)
