"""The node's containers and images: containerd, and what puts images into it."""

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import oci
import saved

PAUSE = "todoc.test/pause:1"

CONFIG = """version = 2
root = "{work}/root"
state = "{work}/state"
[grpc]
  address = "{socket}"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "{pause}"
  restrict_oom_score_adj = true
  disable_apparmor = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "{plugins}"
    conf_dir = "{networks}"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
"""


def plugins() -> Path | None:
    """The folder of the programs that give pods a network, beside those of the PATH."""
    folders = [Path(it) / "cni" for it in os.environ["PATH"].split(":")]
    return next((it for it in folders if (it / "ptp").exists()), None)


class Store:
    """A containerd, and the images that it has."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self.socket = work / "socket"

    def start(self, networks: Path, run: Callable[..., None]) -> None:
        """Starts it, with the one image that every pod needs."""
        self.work.mkdir(parents=True, exist_ok=True)
        config = self.work / "config.toml"
        config.write_text(
            CONFIG.format(
                work=self.work,
                socket=self.socket,
                pause=PAUSE,
                plugins=plugins().resolve(),
                networks=networks,
            )
        )
        run("containerd", "--config", config)
        end = time.monotonic() + 180
        while subprocess.run(self._ctr("version"), capture_output=True).returncode != 0:
            if time.monotonic() > end:
                raise AssertionError("containerd doesn't answer")
            time.sleep(0.1)
        pause(self.work / "pause")
        self.load(PAUSE, self.work / "pause")

    def _ctr(self, *arguments: object) -> list[object]:
        """A command of containerd's own client, which is beside it."""
        program = Path(shutil.which("containerd")).resolve().parent / "ctr"
        return [program, "--address", self.socket, "--namespace", "k8s.io", *arguments]

    def load(self, reference: str, layout: Path) -> None:
        """Has the node know an image by a name, as if it had been pulled."""
        # A file, because what fails may fill a pipe.
        with tempfile.TemporaryFile(dir=self.work) as said:
            client = subprocess.Popen(
                self._ctr("images", "import", "-"), stdin=subprocess.PIPE, stdout=said, stderr=said
            )
            with contextlib.suppress(BrokenPipeError), client.stdin as archive:
                saved.write(layout, reference, archive)
            if client.wait() != 0:
                said.seek(0)
                raise AssertionError(f"{reference} isn't loaded: {said.read().decode()}")


def pause(layout: Path) -> None:
    """The image of the process that holds a pod's namespaces: it does nothing, for ever. It is this
    machine's `sleep`, with the libraries that it needs."""
    program = Path("/bin/sleep").resolve()
    linked = subprocess.run(["ldd", program], check=True, capture_output=True, text=True)
    libraries = re.findall(r"(/\S+) \(0x", linked.stdout)
    files = {it.lstrip("/"): Path(it).read_bytes() for it in [*libraries, str(program)]}
    layout.mkdir()
    layer = oci.layer(layout / "layer.tar", files)
    oci.write(layout, [layer], {"Entrypoint": [str(program), "infinity"], "User": "65535"})
