"""Programs that are run on the node: a text in `.todo` with sources beside it."""

import json
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Longer than any rule of a secret asks for, and of characters that fit a URL.
LONG = "0123456789-abcdefghijklmnopqrstuvwxyz-of"


@dataclass(frozen=True, eq=False)
class Source:
    """Where a program's files are, below the project's folder."""

    # Its text, whose name it keeps.
    text: str
    # Its files and folders, by their place in the folder of the text.
    files: dict[str, str]
    # The target that is built, and what is added to the text to have it.
    target: str | None
    more: str = ""
    # What is otherwise in its text: of several programs of one name each has a namespace of its own.
    edits: dict[str, str] = field(default_factory=dict)
    # The values of its secrets, and of other variables of a user's shell.
    variables: dict[str, str] = field(default_factory=dict)


WEB = "tests/node/programs/web"
PACKAGES = {it: f"tests/apps/nextjs/web/{it}" for it in ("package.json", "package-lock.json")}
API = "tests/node/programs/api"


def front_end(folder: str) -> dict[str, str]:
    """A front end of Next.js, of the packages that another application has."""
    files = {f"{folder}/app": f"{WEB}/app"}
    files |= {f"{folder}/{name}": path for name, path in PACKAGES.items()}
    return {**files, f"{folder}/next.config.mjs": "tests/apps/nextjs/web/next.config.mjs"}


class Program:
    """A copy of one in a folder of its own, which a user's commands run in."""

    def __init__(self, source: Source, folder: Path) -> None:
        self.source = source
        self.folder = folder
        self.text = Path(source.text).name
        self.out = f"out/{source.target}" if source.target else "out"

    def copy(self) -> None:
        """Makes the folder anew."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        for place, path in {self.text: self.source.text, **self.source.files}.items():
            target = self.folder / place
            target.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / path).is_dir():
                shutil.copytree(ROOT / path, target)
            else:
                shutil.copy(ROOT / path, target)
        for old, new in self.source.edits.items():
            self.edit(self.text, old, new)
        with (self.folder / self.text).open("a") as text:
            text.write(self.source.more)

    def build(self, todoc: Path, *options: str) -> str:
        """What the compiler tells its user."""
        command = [todoc, "build", self.text, *options]
        command += ["--target", self.source.target] if self.source.target else []
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(f"{self.text} isn't built: {done.stdout}{done.stderr}")
        return done.stdout

    def edit(self, path: str, old: str, new: str) -> None:
        """Changes one of its files."""
        file = self.folder / path
        text = file.read_text()
        if old not in text:
            raise AssertionError(f"{path} lacks `{old}`")
        file.write_text(text.replace(old, new))

    def images(self) -> set[str]:
        """The images that its objects name."""
        files = sorted((self.folder / self.out / "kubernetes").glob("*.yaml"))
        names = (re.findall(r"^ +image: (\S+)$", file.read_text(), re.M) for file in files)
        return {name.strip("\"'") for found in names for name in found}

    def built(self) -> set[str]:
        """Those of them that are built here, by the names that they are tagged with."""
        bake = json.loads((self.folder / self.out / "docker/bake.json").read_text())
        return {tag for target in bake["target"].values() for tag in target["tags"]}


def addresses(told: str) -> dict[str, str]:
    """Where each tier is reached, as a build tells it."""
    part = re.search(r"^Reached at\n((?:  .*\n)*)", told, re.M)
    lines = re.findall(r"^  (\S+): (\S+)$", part[1], re.M) if part else []
    return dict(lines)
