"""Images as folders in the layout of the Open Containers image specification."""

import hashlib
import io
import json
import shutil
import subprocess
import tarfile
from pathlib import Path

MEDIA = "application/vnd.oci.image."


def write(folder: Path, layers: list[Path], config: dict) -> None:
    """Makes a layout of one image. Layers are tar files, which are moved into it."""
    blobs = folder / "blobs" / "sha256"
    blobs.mkdir(parents=True)
    descriptors = []
    for layer in layers:
        with layer.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        descriptors.append(_descriptor("layer.v1.tar", digest, layer.stat().st_size))
        shutil.move(layer, blobs / digest)
    image = {
        "architecture": "amd64",
        "os": "linux",
        "config": config,
        "rootfs": {"type": "layers", "diff_ids": [layer["digest"] for layer in descriptors]},
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": MEDIA + "manifest.v1+json",
        "config": _blob(blobs, "config.v1+json", image),
        "layers": descriptors,
    }
    index = {
        "schemaVersion": 2,
        "mediaType": MEDIA + "index.v1+json",
        "manifests": [_blob(blobs, "manifest.v1+json", manifest)],
    }
    (folder / "oci-layout").write_text('{"imageLayoutVersion": "1.0.0"}')
    (folder / "index.json").write_text(json.dumps(index))


def _blob(blobs: Path, kind: str, content: dict) -> dict:
    data = json.dumps(content).encode()
    digest = hashlib.sha256(data).hexdigest()
    (blobs / digest).write_bytes(data)
    return _descriptor(kind, digest, len(data))


def _descriptor(kind: str, digest: str, size: int) -> dict:
    return {"mediaType": MEDIA + kind, "digest": f"sha256:{digest}", "size": size}


def digest(folder: Path) -> str:
    """The digest of a layout's one manifest."""
    return json.loads((folder / "index.json").read_text())["manifests"][0]["digest"]


class Image:
    """An image with uncompressed layers, as a build wrote it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        manifest = self._json(digest(folder))
        # A build with attestations writes an index in between.
        while "manifests" in manifest:
            manifest = self._json(manifest["manifests"][0]["digest"])
        self.layers = manifest["layers"]
        self.config: dict = self._json(manifest["config"]["digest"])["config"]

    def _json(self, name: str) -> dict:
        return json.loads(self._path(name).read_text())

    def _path(self, name: str) -> Path:
        return self.folder / "blobs" / name.replace(":", "/")

    @property
    def size(self) -> int:
        """Bytes of all layers, unpacked: what `docker image inspect` calls its size."""
        return sum(layer["size"] for layer in self.layers)

    def holds(self, text: str) -> bool:
        """Whether one of its layers or its settings has a text."""
        blobs = self.folder / "blobs"
        grep = ["grep", "--recursive", "--quiet", "--fixed-strings", text, str(blobs)]
        return subprocess.run(grep).returncode == 0

    def unpacked(self) -> Path:
        """The folder with its files, written once, layer over layer."""
        root = self.folder.resolve() / "root"
        if root.exists():
            return root
        root.mkdir()
        for layer in self.layers:
            archive = self._path(layer["digest"])
            with tarfile.open(archive) as tar:
                names = [name for name in tar.getnames() if Path(name).name.startswith(".wh.")]
            for name in names:
                _delete(root, Path(name))
            tar = ["tar", "--extract", "--numeric-owner", "--exclude=.wh.*"]
            subprocess.run([*tar, f"--file={archive}", f"--directory={root}"], check=True)
        return root


def _delete(root: Path, whiteout: Path) -> None:
    if whiteout.name == ".wh..wh..opq":
        gone = list((root / whiteout.parent).iterdir())
    else:
        gone = [root / whiteout.parent / whiteout.name.removeprefix(".wh.")]
    for path in gone:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def layer(path: Path, files: dict[str, bytes], folders: dict[str, int] | None = None) -> Path:
    """A tar file of programs and texts, all root's, and of empty folders with their modes."""
    with tarfile.open(path, "w") as tar:
        for name, mode in (folders or {}).items():
            entry = tarfile.TarInfo(name)
            entry.type, entry.mode = tarfile.DIRTYPE, mode
            tar.addfile(entry)
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            is_program = content.startswith((b"\x7fELF", b"#!"))
            entry.mode, entry.size = 0o755 if is_program else 0o644, len(content)
            tar.addfile(entry, io.BytesIO(content))
    return path
