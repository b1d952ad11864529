"""Docker Engine and Docker Compose, as users have them.

The engine is one of its own, which starts with nothing and takes everything with it: it has its data
in a folder of the test's, and changes neither the machine's firewall nor how it forwards packets.
"""

import http.client
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import saved


# Compose asks for its version, of which one that is built from its source alone knows nothing.
BUILDX = """#!/bin/sh
if [ "$1" = docker-cli-plugin-metadata ]; then
  echo '{"SchemaVersion": "0.1.0", "Vendor": "Docker Inc.", "Version": "v0.33.0"}'
else
  exec buildx "$@"
fi
"""


class Connection(http.client.HTTPConnection):
    """One over a socket of the file system."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost")
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(str(self.path))


class Engine:
    """A daemon of its own, which ends with the block. Images are built by a builder of BuildKit's."""

    def __init__(self, work: Path, builder: dict[str, str]) -> None:
        self.work = work / "engine"
        self.builder = builder

    def __enter__(self) -> "Engine":
        shutil.rmtree(self.work, ignore_errors=True)
        plugins = self.work / "docker" / "cli-plugins"
        plugins.mkdir(parents=True)
        plugin = plugins / "docker-buildx"
        plugin.write_text(BUILDX)
        plugin.chmod(0o755)
        # A socket's path has at most 107 bytes.
        self.state = tempfile.TemporaryDirectory(prefix="todoc-engine-")
        self.socket = Path(self.state.name) / "socket"
        command = ["dockerd", f"--host=unix://{self.socket}", f"--exec-root={self.state.name}/run"]
        command += [f"--pidfile={self.state.name}/pid", f"--data-root={self.work.resolve()}/data"]
        # Not even those of the machine are read.
        command += [f"--config-file={self.work}/daemon.json", "--default-ulimit=nofile=20000:20000"]
        command += ["--bridge=none", "--iptables=false", "--ip6tables=false", "--ip-masq=false"]
        command += ["--ip-forward=false"]
        (self.work / "daemon.json").write_text("{}")
        # It gives containerd 15 seconds, which a busy machine may exceed.
        for _ in range(4):
            if self._starts(command):
                return self
        self.__exit__()
        raise AssertionError((self.work / "log").read_text())

    def _starts(self, command: list[str]) -> bool:
        """Whether the daemon takes requests; if it doesn't, it has ended."""
        with (self.work / "log").open("w") as log:
            self.daemon = subprocess.Popen(command, stdout=log, stderr=log)
        while self.daemon.poll() is None:
            if self.answers():
                return True
            time.sleep(0.1)
        return False

    def __exit__(self, *_: object) -> None:
        if self.daemon.poll() is None:
            # What a test that failed leaves.
            for container in self.get("/containers/json?all=1") if self.answers() else []:
                self.ask("DELETE", f"/containers/{container['Id']}?force=1&v=1")
            if self.answers():
                self.ask("POST", "/networks/prune")
            self.daemon.terminate()
            self.daemon.wait(timeout=60)
        # Gigabytes, which nobody reads again.
        shutil.rmtree(self.work / "data", ignore_errors=True)
        self.state.cleanup()

    def answers(self) -> bool:
        """Whether it takes requests."""
        try:
            return self.ask("GET", "/_ping")[0] == 200
        except OSError:
            return False

    def ask(self, method: str, path: str, body: object = None, size: int = 0) -> tuple[int, bytes]:
        """An answer of the engine's own interface."""
        connection = Connection(self.socket)
        kind = {"Content-Type": "application/x-tar", "Content-Length": str(size)}
        connection.request(method, path, body, kind if body else {})
        response = connection.getresponse()
        text = response.read()
        connection.close()
        return response.status, text

    def get(self, path: str) -> list[dict]:
        """A list of what there is."""
        status, text = self.ask("GET", path)
        if status != 200:
            raise AssertionError(f"{path}: {status} {text.decode()}")
        return json.loads(text)

    def load(self, reference: str, layout: Path) -> None:
        """Has it know an image by a name, as if it had been pulled."""
        archive = self.work / "image.tar"
        with archive.open("wb") as file:
            saved.write(layout, reference, file)
        with archive.open("rb") as body:
            status, text = self.ask("POST", "/images/load", body, archive.stat().st_size)
        archive.unlink()
        if status != 200 or b"Loaded image" not in text:
            raise AssertionError(f"{reference} isn't loaded: {text.decode()}")

    def compose(
        self, folder: Path, command: str, variables: dict[str, str], seconds: int = 900
    ) -> subprocess.CompletedProcess[str]:
        """Runs a command that a user would, `docker compose …`, in a folder. Of the shell's variables
        it has those alone that are given."""
        start = "docker compose "
        if not command.startswith(start):
            raise AssertionError(f"no command of Compose's: {command}")
        own = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.work),
            "DOCKER_HOST": f"unix://{self.socket}",
            "DOCKER_CONFIG": str((self.work / "docker").resolve()),
            "BUILDX_CONFIG": str(Path(self.builder["BUILDX_CONFIG"]).resolve()),
            "BUILDX_BUILDER": "todoc",
            "COMPOSE_ANSI": "never",
            "COMPOSE_PROGRESS": "plain",
        }
        return subprocess.run(
            ["sh", "-c", "exec docker-compose " + command.removeprefix(start)],
            cwd=folder,
            env={**own, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=seconds,
        )
