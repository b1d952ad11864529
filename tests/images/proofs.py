"""What is proved of an application: its images are built and run as its own pods would be."""

import json
import os
import re
import shutil
import socket
import subprocess
import threading
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from buildkit import TOKEN, BuildFailed, Builder, steps
from oci import Image
from pod import ADDRESS, Pod, Spec

# Bytes of a download that is under way while its server ends: more than sockets hold.
LARGE = 16_000_000
# The time of a file that came out of an archive, say.
LONG_AGO = 1_000_000_000
UNITS = {"": 1, "k": 1000, "M": 1000**2, "G": 1000**3, "Ki": 1024, "Mi": 1024**2, "Gi": 1024**3}


@dataclass
class Row:
    """A line of the table."""

    name: str
    size: int = 0
    # What of it isn't the image that it starts from.
    own: int = 0
    limit: int | None = None
    seconds: dict[str, float] = field(default_factory=dict)


def token_of(key: str) -> str:
    """The value of a secret that somebody gave the cluster."""
    return f"the value of {key}, which is long enough for every rule of a secret"


def hold(truth: object, what: str) -> None:
    if not truth:
        raise AssertionError(what)


class Application:
    """A folder of `tests/apps`: `app.todo` with one tier, sources, and a `proof.toml` that says what
    its pods can't. All but the first key may be left out.

    - `edit`: a source file. After a change of it, which leaves it older than it was, the step
      `reused` isn't run again, and the build's log lacks `once`.
    - `change`: `old` text of that file and `new` text, which the new image `has` at a `path`.
    - `stale`: a `file` that names packages, and an `old` and `new` text. After that change the
      lock file isn't its own any more, and the `step` fails.
    - `absent`: patterns of files that the image may not have, and `present` those that it must.
    - `slow`, a path, or `download`, a file to be served: what is under way while the pod is ended.
    - `break`: a path; a POST there makes it ill.
    - `greeting`: a path that tells what it sees of its ConfigMap and its Secret; `greeting_line`
      and `done_line`: lines of a log for what has no port, the latter its last.
    - `page`: paths, what they hold for which target, and a `status` other than 200.
    - `arguments`: what `/` answers, in JSON.
    """

    def __init__(self, source: Path, work: Path, todoc: Path) -> None:
        self.name = source.name
        self.work = work
        self.todoc = todoc
        self.folder = work / "source"
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(source, self.folder)
        self.text = (self.folder / "app.todo").read_text()
        self.proof = tomllib.loads((self.folder / "proof.toml").read_text())
        self.is_theirs = "build dockerfile" in self.text
        # What the compiler told its user to run, for each target.
        self.commands: dict[str | None, str] = {}
        self.targets: list[str | None] = re.findall(r"^target (\S+)", self.text, re.M) or [None]
        if download := self.proof.get("download"):
            (self.folder / download).parent.mkdir(exist_ok=True)
            (self.folder / download).write_bytes(bytes(LARGE))

    def prove(self, builder: Builder) -> list[Row]:
        """All of it for the first target, and of the others what differs by target."""
        first, *others = [self._built(builder, target) for target in self.targets]
        rows = [row for row, _, _ in (first, *others)]
        row, image, spec = first
        changed = self._rebuild(builder, row)
        self._agree(image, spec)
        self._run(row, image, spec)
        if change := self.proof.get("change"):
            with self._started(changed, spec, Row("")) as pod:
                self._page(pod, change)
        for (_, image, spec), target in zip(others, self.targets[1:], strict=True):
            with self._started(image, spec, Row("")) as pod:
                self._pages(pod, target)
        if stale := self.proof.get("stale"):
            self._goes_stale(builder, stale)
        return rows

    def _built(self, builder: Builder, target: str | None) -> tuple[Row, Image, Spec]:
        options = ["--target", target] if target else []
        out = f"out/{target}" if target else "out"
        command = [self.todoc, "build", "app.todo", *options]
        told = subprocess.run(command, cwd=self.folder, check=True, capture_output=True)
        self.commands[target] = _build_command(told.stdout.decode())
        builder.check(self.folder, out, self.work / "check.log")
        row = Row(f"{self.name} {target or ''}".strip())
        began = time.monotonic()
        images = self._build(builder, target, self.work / f"{target or 'first'}.log")
        row.seconds["build"] = time.monotonic() - began
        [(tier, image)] = images.items()
        row.size = image.size
        row.own = row.size - builder.base_of(image).size
        row.own -= LARGE if "download" in self.proof else 0
        if limit := re.search(r"max_size (\d+)(\w*)", self.text):
            row.limit = int(limit[1]) * UNITS[limit[2]]
            hold(row.size <= row.limit, f"the image has {row.size} bytes, more than max_size")
        files = sorted((self.folder / out / "kubernetes").glob("*.yaml"))
        objects = [o for file in files for o in yaml.safe_load_all(file.read_text()) if o]
        return row, image, Spec(objects, tier, token_of)

    def _build(self, builder: Builder, target: str | None, log: Path) -> dict[str, Image]:
        out = f"out/{target}" if target else "out"
        return builder.build(self.folder, out, log, self.commands[target])

    def _rebuild(self, builder: Builder, row: Row) -> Image:
        """A change of the sources alone installs no package again, and ships."""
        edited = self.folder / self.proof["edit"]
        text = edited.read_text() + "\n"
        if change := self.proof.get("change"):
            hold(change["old"] in text, f"{edited} lacks `{change['old']}`")
            text = text.replace(change["old"], change["new"])
        edited.write_text(text)
        os.utime(edited, (LONG_AGO, LONG_AGO))
        target = self.targets[0]
        first, second = self.work / f"{target or 'first'}.log", self.work / "second.log"
        began = time.monotonic()
        [image] = self._build(builder, target, second).values()
        row.seconds["again"] = time.monotonic() - began
        if reused := self.proof.get("reused"):
            hold(_states(first, reused) == {False}, f"`{reused}` wasn't in the first build")
            hold(_states(second, reused) == {True}, f"`{reused}` ran again")
        if once := self.proof.get("once"):
            hold(once in first.read_text(), f"`{once}` wasn't in the first build")
            hold(once not in second.read_text(), f"`{once}` happened again")
        hold(False in steps(second).values() or "COPY" in second.read_text(), "nothing was built")
        return image

    def _goes_stale(self, builder: Builder, stale: dict[str, str]) -> None:
        """A lock file that isn't of what names packages now fails the build, where they are
        installed."""
        file = self.folder / stale["file"]
        text = file.read_text()
        hold(stale["old"] in text, f"{file} lacks `{stale['old']}`")
        file.write_text(text.replace(stale["old"], stale["new"]))
        log = self.work / "stale.log"
        try:
            self._build(builder, self.targets[0], log)
        except BuildFailed:
            failed = re.findall(r"^#\d+ ERROR: (.*)$", log.read_text(), re.M)
            hold(any(stale["step"] in line for line in failed), f"it fails elsewhere: {failed}")
        else:
            raise AssertionError("it builds with a stale lock file")

    def _agree(self, image: Image, spec: Spec) -> None:
        """What the image says of itself is what the pod says."""
        if self.is_theirs:
            self._leaves_alone(spec)
            return
        security = spec.security
        user = f"{security['runAsUser']}:{security['runAsGroup']}"
        hold(user == "10001:10001", f"the pod's user is {user}")
        hold(image.config["User"] == user, f"the image's user is {image.config['User']}")
        hold(security["readOnlyRootFilesystem"], "the pod's root can be written")
        hold(not image.holds(TOKEN), "the image holds a secret of its build")
        for pattern in self.proof.get("absent", []):
            found = list(image.unpacked().glob(pattern.lstrip("/")))
            hold(not found, f"{found} ships")
        for pattern in self.proof.get("present", []):
            found = list(image.unpacked().glob(pattern.lstrip("/")))
            hold(found, f"no {pattern} ships")
        exposed = set(image.config.get("ExposedPorts", {}))
        declared = {f"{spec.port}/tcp"} if spec.port else set()
        hold(declared <= exposed, f"the image exposes {exposed}, the pod {declared}")

    def _leaves_alone(self, spec: Spec) -> None:
        """An image of unknown make runs as it wants to, short of gaining rights."""
        said = {"runAsUser", "runAsNonRoot", "readOnlyRootFilesystem"}
        hold(not said & spec.security.keys(), f"the pod says {spec.security}")
        dropped = spec.security["capabilities"]
        hold(dropped == {"drop": ["NET_RAW"]}, f"the pod's capabilities are {dropped}")
        hold(spec.security["allowPrivilegeEscalation"] is False, "the pod may gain rights")

    @contextmanager
    def _started(self, image: Image, spec: Spec, row: Row) -> Iterator[Pod]:
        began = time.monotonic()
        with Pod(spec, image, self.work / "pod") as pod:
            self._becomes_healthy(pod)
            readiness = spec.container.get("readinessProbe")
            hold(not readiness or self._answers(pod, readiness), "it isn't ready")
            row.seconds["start"] = time.monotonic() - began
            yield pod

    def _becomes_healthy(self, pod: Pod) -> None:
        probe = pod.spec.container["startupProbe"]
        until = time.monotonic() + probe["periodSeconds"] * probe["failureThreshold"]
        while time.monotonic() < until:
            hold(pod.runtime.poll() is None, f"it ended:\n{pod.log.read_text()}")
            if self._answers(pod, probe):
                return
            time.sleep(0.1)
        raise AssertionError(f"it never became healthy:\n{pod.log.read_text()}")

    def _answers(self, pod: Pod, probe: dict) -> bool:
        """Whether the kubelet would call it healthy."""
        if "exec" in probe:
            return pod.execute(probe["exec"]["command"], probe["timeoutSeconds"]) == 0
        try:
            if "grpc" in probe:
                return pod.is_serving(probe["grpc"]["port"], probe["timeoutSeconds"])
            status, _ = pod.request(probe["httpGet"]["path"], timeout=probe["timeoutSeconds"])
        except OSError:
            return False
        return 200 <= status < 400

    def _run(self, row: Row, image: Image, spec: Spec) -> None:
        with self._started(image, spec, row) as pod:
            if not self.is_theirs:
                self._is_confined(pod)
            hold(pod.healthcheck() in (0, None), "its HEALTHCHECK fails while it is healthy")
            self._greets(pod)
            self._pages(pod, self.targets[0])
            row.seconds["stop"] = self._ends(pod)
        if path := self.proof.get("break"):
            with self._started(image, spec, Row("")) as pod:
                pod.request(path, "POST")
                hold(not self._answers(pod, spec.container["readinessProbe"]), "it can't break")
                hold(pod.healthcheck() != 0, "its HEALTHCHECK doesn't see that it is ill")
        if image.config.get("Healthcheck"):
            with Pod(spec, image, self.work / "pod", ["sleep", "60"]) as pod:
                hold(pod.healthcheck() != 0, "its HEALTHCHECK is content with no server")

    def _is_confined(self, pod: Pod) -> None:
        hold(pod.capabilities() == {"0" * 16}, f"capabilities: {pod.capabilities()}")
        for path in pod.spec.writable:
            hold(pod.can_write(path), f"{path} can't be written")
        for path in ("/", "/app", "/etc", "/usr", "/var"):
            hold(not pod.can_write(path), f"{path} can be written")

    def _greets(self, pod: Pod) -> None:
        """It sees the variables of its ConfigMap and its Secret."""
        expected = {"greeting": "good morning", "token": token_of("API_TOKEN")}
        if path := self.proof.get("greeting"):
            hold(json.loads(pod.request(path)[1]) == expected, f"it says {pod.request(path)}")
        if line := self.proof.get("greeting_line"):
            text = line.format(**expected)
            hold(text in pod.log.read_text(), f"its log lacks `{text}`")

    def _pages(self, pod: Pod, target: str | None) -> None:
        for page in self.proof.get("page", []):
            if page.get("target", target) == target:
                self._page(pod, page)
        if arguments := self.proof.get("arguments"):
            seen = json.loads(pod.request("/")[1])
            hold(seen == arguments, f"the build saw {seen}, and was given {arguments}")

    def _page(self, pod: Pod, page: dict) -> None:
        status, text = pod.request(page["path"])
        hold(status == page.get("status", 200), f"{page['path']} answers {status}")
        # What it asks for may stand in a file that the page loads.
        for link in re.findall(r'(?:src|href)="(/[^"]+)"', text):
            status, loaded = pod.request(link)
            hold(status == 200, f"{link}, which {page['path']} loads, answers {status}")
            text += loaded
        hold(page["has"] in text, f"{page['path']} lacks `{page['has']}`: {text[:2000]}")

    def _ends(self, pod: Pod) -> float:
        """Ends it with a request in flight, which must be answered."""
        answers: list[object] = []
        if path := self.proof.get("slow"):
            work = threading.Thread(target=lambda: answers.append(_ask(pod, path)))
        elif download := self.proof.get("download"):
            name = Path(download).name
            work = threading.Thread(target=lambda: answers.append(_download(pod, f"/{name}")))
        else:
            work = threading.Thread(target=lambda: answers.append((200, "done")))
        work.start()
        time.sleep(1)
        seconds = pod.stop()
        work.join()
        hold(answers and answers[0] == (200, "done"), f"the request in flight got {answers}")
        left = pod.spec.grace - pod.spec.pre_stop
        hold(seconds < left, f"it took {seconds:.1f} s to end, and had {left}")
        status = pod.runtime.returncode
        # By itself, or by the signal.
        hold(status in (0, 143), f"it ended with status {status}:\n{pod.log.read_text()}")
        if done := self.proof.get("done_line"):
            last = pod.log.read_text().split("\n")[-2]
            hold(last == done, f"the last line is `{last}`")
        return seconds


def _build_command(told: str) -> str:
    """The command that the compiler tells its user to build the images with."""
    title = r"^  # build the images\b[^\n]*\n(?:  # [^\n]*\n)*"
    found = re.search(title + r"(.*?)\n  #", told, re.M | re.S)
    hold(found, f"no command builds the images:\n{told}")
    return found[1]


def _ask(pod: Pod, path: str) -> tuple[int, str]:
    try:
        status, text = pod.request(path)
        return status, json.loads(text)["slow"]
    except OSError as error:
        return 0, str(error)


def _download(pod: Pod, path: str) -> tuple[int, str]:
    """Reads slowly: most of the file is still to come when the server is told to end."""

    def read() -> tuple[int, str]:
        with socket.create_connection((ADDRESS, pod.spec.port)) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
            connection.sendall(f"GET {path} HTTP/1.0\r\nHost: pod\r\n\r\n".encode())
            received = len(connection.recv(65536))
            time.sleep(3)
            while part := connection.recv(1 << 20):
                received += len(part)
        return (200, "done") if received > LARGE else (200, f"{received} bytes")

    return pod.inside("net", read)


def _states(log: Path, part: str) -> set[bool]:
    return {reused for name, reused in steps(log).items() if part in name}
