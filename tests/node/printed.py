"""The commands that a build prints, run one after another as a user pastes them into a shell."""

import contextlib
import os
import pty
import re
import select
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

# Seconds that are waited at most where more are printed: a check has less time than a person.
PATIENCE = 600
QUESTION = b"[y/N] "


@dataclass(frozen=True)
class Command:
    """One, with the comment above it."""

    comment: str
    text: str

    @property
    def forwards(self) -> bool:
        """Whether it goes on for as long as somebody reads the page."""
        return " port-forward " in self.text


@dataclass(frozen=True)
class Done:
    """What became of a command."""

    command: Command
    status: int
    output: str
    seconds: float


def commands(told: str) -> list[Command]:
    """Those below `Next`, of which a backslash joins lines to one. Where nothing changed there are none."""
    _, _, part = told.partition("\nNext\n")
    found: list[Command] = []
    comment, text, follows = "", "", False
    for line in part.splitlines():
        line = line.removeprefix("  ")
        if line.startswith("#"):
            comment = f"{comment} {line.lstrip('# ')}".strip() if follows else line.lstrip("# ")
            follows = True
        elif line.strip():
            follows = False
            text += line + "\n"
            if not line.endswith("\\"):
                found.append(Command(comment, text))
                text = ""
    return found


def by_hand(told: str) -> list[str]:
    """The commands above `Next`, for what goes on in the cluster by a person's own decision."""
    found: list[str] = []
    text = ""
    for line in told.partition("\nNext\n")[0].splitlines():
        if text or line.startswith(("  kubectl ", "  todoc ")):
            text += line.removeprefix("  ") + "\n"
            if not line.endswith("\\"):
                found.append(text)
                text = ""
    return found


class Shell:
    """A user's shell in the folder of a program, on a terminal, at which they say yes."""

    def __init__(self, folder: Path, variables: dict[str, str]) -> None:
        self.folder = folder
        self.variables = {**os.environ, **variables, "NO_COLOR": "1", "TERM": "dumb"}

    def run(self, command: Command, patience: int = PATIENCE, seconds: float = 1800) -> Done:
        """Runs a command to its end."""
        text = re.sub(
            r"--timeout=(\d+)m\b",
            lambda found: f"--timeout={min(int(found[1]) * 60, patience)}s",
            command.text,
        )
        began = time.monotonic()
        terminal, end = pty.openpty()
        process = subprocess.Popen(
            ["bash", "-c", text],
            cwd=self.folder,
            env=self.variables,
            stdin=end,
            stdout=end,
            stderr=end,
            start_new_session=True,
        )
        os.close(end)
        try:
            output = _read(terminal, began + seconds)
        finally:
            os.close(terminal)
            with contextlib.suppress(ProcessLookupError):
                if process.poll() is None and time.monotonic() > began + seconds:
                    process.kill()
        status = process.wait()
        return Done(command, status, output, time.monotonic() - began)

    @contextlib.contextmanager
    def going_on(self, command: Command):
        """Has a command run in a terminal of its own for as long as the block."""
        process = subprocess.Popen(
            ["bash", "-c", f"exec {command.text}"],
            cwd=self.folder,
            env=self.variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        try:
            # It tells what it listens at.
            process.stdout.readline()
            yield
        finally:
            process.kill()
            process.wait()
            process.stdout.close()


def _read(terminal: int, end: float) -> str:
    """All that is written there; what asks for an answer is given it."""
    output, answered = b"", 0
    while time.monotonic() < end:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            part = os.read(terminal, 1 << 16)
        except OSError:
            # Nobody has it open any more.
            break
        if not part:
            break
        output += part
        if output.count(QUESTION) > answered:
            answered += 1
            os.write(terminal, b"y\n")
    return output.decode(errors="replace").replace("\r\n", "\n")


def install(folder: Path, todoc: Path, laptop: Path, python: str) -> None:
    """Makes the programs that a user has: ours, and what stands for Docker and minikube."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "todoc").symlink_to(todoc)
    for name in ("docker", "minikube", "kind"):
        script = folder / name
        script.write_text(f'#!/bin/sh\nexec "{python}" "{laptop}" {name} "$@"\n')
        script.chmod(0o755)
