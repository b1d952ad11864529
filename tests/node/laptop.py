"""What stands for Docker, minikube and kind where the commands that a build prints are run.

`docker buildx bake` builds by BuildKit, `minikube image load` puts an image into the node.
"""

import contextlib
import fcntl
import json
import os
import shlex
import sys
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "images"))

import oci
from buildkit import Builder
from store import Store


def bake(arguments: list[str]) -> None:
    """Builds, and keeps the images by the names that they are tagged with. One build runs at a time: two
    would each take twice as long, and what is known of images is in one file."""
    work, out = Path(os.environ["TODOC_NODE"]), os.environ["OUT"]
    with _turn(work):
        _bake(work, out, arguments)


@contextlib.contextmanager
def _turn(work: Path) -> Iterator[None]:
    """Waits until all have built that asked before, also those that were ended while they did."""
    with (work / "turns").open("a+") as turns:
        fcntl.flock(turns, fcntl.LOCK_EX)
        turns.seek(0)
        number = len(turns.read())
        mine = (work / f"turn-{number}").open("w")
        fcntl.flock(mine, fcntl.LOCK_EX)
        turns.write("|")
    with mine:
        if number:
            with (work / f"turn-{number - 1}").open() as before:
                fcntl.flock(before, fcntl.LOCK_SH)
        yield


def _bake(work: Path, out: str, arguments: list[str]) -> None:
    builder = Builder(Path(os.environ["TODOC_BUILDER"]), Path(os.environ["TODOC_BASES"]))
    folder = Path.cwd()
    # Not in the folder, which may be a build context.
    log = folder.parent / f"{folder.name}-bake.log"
    built = builder.build(folder, out, log, f"OUT={out} docker {shlex.join(arguments)}")
    targets = json.loads((folder / out / "docker/bake.json").read_text())["target"]
    known = _known(work)
    for tier, image in built.items():
        for tag in targets[tier]["tags"]:
            known[tag] = str(image.folder)
    new = work / "known.new"
    new.write_text(json.dumps(known))
    # Somebody may be reading it.
    new.rename(work / "known.json")


def _known(work: Path) -> dict[str, str]:
    file = work / "known.json"
    return json.loads(file.read_text()) if file.exists() else {}


def load(reference: str) -> None:
    """Puts an image that was built into the node, which may have it."""
    work, layout = Path(os.environ["TODOC_NODE"]), _layout(reference)
    digest = oci.digest(layout)
    loaded = work / "loaded" / urllib.parse.quote(reference, safe="")
    if not (loaded.exists() and loaded.read_text() == digest):
        Store(work / "containerd").load(reference, layout)
        loaded.parent.mkdir(exist_ok=True)
        loaded.write_text(digest)


def _layout(reference: str) -> Path:
    layout = _known(Path(os.environ["TODOC_NODE"])).get(reference)
    if layout is None:
        raise SystemExit(f"no such image: {reference}")
    return Path(layout)


def main() -> None:
    match sys.argv[1:]:
        case ["docker", "buildx", "bake", *_]:
            bake(sys.argv[2:])
        case ["docker", "image", "inspect", "-f", "{{.Size}}", reference]:
            print(oci.Image(_layout(reference)).size)
        case ["minikube", "start", *_]:
            print("The node is there, and its ports are this machine's.")
        case ["minikube", "image", "load", reference] | ["kind", "load", "docker-image", reference]:
            load(reference)
        case other:
            raise SystemExit(f"nothing stands for `{shlex.join(other)}`")


main()
