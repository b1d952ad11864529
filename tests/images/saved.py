"""Images in the format of `docker save`, which Docker Engine and containerd load."""

import io
import json
import tarfile
from pathlib import Path
from typing import IO

import oci


def write(layout: Path, reference: str, archive: IO[bytes]) -> None:
    """Writes an image to a file or a pipe."""
    blobs = layout / "blobs" / "sha256"

    def blob(name: str) -> Path:
        return blobs / name.removeprefix("sha256:")

    manifest = json.loads(blob(oci.digest(layout)).read_text())
    settings = blob(manifest["config"]["digest"])
    layers = [blob(layer["digest"]) for layer in manifest["layers"]]
    entry = {
        "Config": f"{settings.name}.json",
        "RepoTags": [reference],
        "Layers": [f"{layer.name}/layer.tar" for layer in layers],
    }
    text = json.dumps([entry]).encode()
    with tarfile.open(fileobj=archive, mode="w|") as tar:
        tar.add(settings, f"{settings.name}.json")
        for layer in layers:
            tar.add(layer, f"{layer.name}/layer.tar")
        listed = tarfile.TarInfo("manifest.json")
        listed.size = len(text)
        tar.addfile(listed, io.BytesIO(text))
