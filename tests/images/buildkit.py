"""BuildKit's daemon, and `docker buildx bake` on it, as users call it."""

import json
import os
import re
import shlex
import shutil
import subprocess
import time
from pathlib import Path

import bases
import oci


class BuildFailed(AssertionError):
    """Of BuildKit, with the command and its log."""


# What builds see by `secret BUILD_TOKEN`, and no image may hold.
TOKEN = "the-token-of-the-build-2dd79c"


class Builder:
    """A daemon of its own, which starts without anything built and ends with the block."""

    def __init__(self, work: Path, cache: Path) -> None:
        self.work = work / "buildkit"
        self.cache = cache
        self.environment = {
            **os.environ,
            "BUILDX_CONFIG": str(self.work / "buildx"),
            "DOCKER_CONFIG": str(self.work / "docker"),
            "BUILDX_BAKE_ENTITLEMENTS_FS": "0",
            "BUILD_TOKEN": TOKEN,
        }

    def __enter__(self) -> "Builder":
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)
        # A socket's path has at most 107 bytes.
        address = f"unix://{os.path.relpath(self.work)}/socket"
        # Builds reach the registries of packages as this machine does: in its own network.
        command = ["buildkitd", "--addr", address, "--root", self.work / "state"]
        command += ["--oci-worker-net=host", "--oci-worker-binary=runc"]
        with (self.work / "log").open("w") as log:
            self.daemon = subprocess.Popen(command, stdout=log, stderr=log)
        for _ in range(100):
            if (self.work / "socket").exists():
                break
            if self.daemon.poll() is not None:
                raise SystemExit((self.work / "log").read_text())
            time.sleep(0.1)
        create = ["buildx", "create", "--name", "todoc", "--driver", "remote"]
        subprocess.run(
            [*create, f"unix://{self.work.resolve()}/socket"],
            env=self.environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.daemon.terminate()
        self.daemon.wait()
        # Gigabytes, which nobody reads again.
        shutil.rmtree(self.work / "state", ignore_errors=True)

    def forget(self) -> None:
        """Throws away what was built: what one application leaves is of no use to the next."""
        prune = ["buildx", "prune", "--builder", "todoc", "--all", "--force"]
        subprocess.run(prune, env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def build(self, folder: Path, out: str, log: Path, command: str) -> dict[str, oci.Image]:
        """Builds the images of a `bake.json` as it stands, by the command that the compiler told
        its user; tells each by its tier."""
        tiers = _tiers(folder, out)
        layouts = {tier: (log.parent / f"{log.stem}-{tier}").resolve() for tier in tiers}
        exporter = "tar=false,compression=uncompressed,force-compression=true,oci-mediatypes=true"
        outputs = {
            tier: {"output": [f"type=oci,dest={layout},{exporter}"], "attest": []}
            for tier, layout in layouts.items()
        }
        for layout in layouts.values():
            shutil.rmtree(layout, ignore_errors=True)
        images = {
            reference: bases.stand_in(reference, self.cache)
            for reference in references(folder, out)
        }
        self._bake(folder, out, images, outputs, log, command)
        return {tier: oci.Image(layout) for tier, layout in layouts.items()}

    def base_of(self, image: oci.Image) -> oci.Image:
        """The stand-in that its last stage starts from, as its label says."""
        name = image.config["Labels"]["org.opencontainers.image.base.name"]
        return oci.Image(bases.stand_in(name, self.cache))

    def check(self, folder: Path, out: str, log: Path) -> None:
        """BuildKit's own checks of Dockerfiles, of which none may find a thing."""
        # They read the settings of bases, not their files.
        nothing = log.parent / "nothing"
        if not nothing.exists():
            oci.write(nothing, [oci.layer(log.parent / "nothing.tar", {})], {})
        images = {
            it: bases.stand_in(it, self.cache) if it.startswith("docker/dockerfile:") else nothing
            for it in references(folder, out) | {"docker/dockerfile:1"}
        }
        command = f"docker buildx bake -f {out}/docker/bake.json --call=check --load"
        self._bake(folder, out, images, {}, log, command)

    def _bake(
        self,
        folder: Path,
        out: str,
        images: dict[str, Path],
        settings: dict[str, dict],
        log: Path,
        command: str,
    ) -> None:
        """What is built goes to a folder, and not to Docker Engine, which isn't here."""
        contexts = {
            reference: f"oci-layout://{image.resolve()}:image@{oci.digest(image)}"
            for reference, image in images.items()
        }
        additions = {
            "target": {
                tier: {"contexts": contexts, **settings.get(tier, {})}
                for tier in _tiers(folder, out)
            }
        }
        override = log.with_suffix(".json")
        override.write_text(json.dumps(additions))
        theirs, instead = "docker buildx bake", "buildx bake --builder todoc --progress plain"
        if theirs not in command or not command.rstrip(")").endswith(" --load"):
            raise AssertionError(f"no command that builds: {command}")
        more = f"-f {shlex.quote(str(override.resolve()))}"
        command = command.replace(theirs, instead).replace("--load", more)
        with log.open("w") as output:
            done = subprocess.run(
                ["sh", "-c", command],
                cwd=folder,
                env=self.environment,
                stdout=output,
                stderr=output,
            )
        if done.returncode != 0:
            raise BuildFailed(f"{command}\n{log.read_text()}")


def _targets(folder: Path, out: str) -> dict[str, dict]:
    return json.loads((folder / out / "docker/bake.json").read_text())["target"]


def _tiers(folder: Path, out: str) -> list[str]:
    return list(_targets(folder, out))


def _dockerfile(folder: Path, out: str, target: dict) -> Path:
    """Ours is seen from the folder of `app.todo`, somebody else's from its context."""
    name = target["dockerfile"].replace("${OUT}", out)
    if name.startswith("cwd://"):
        return folder / name.removeprefix("cwd://")
    return folder / target["context"] / name


def references(folder: Path, out: str) -> set[str]:
    """The images that the Dockerfiles start or copy from."""
    found = set()
    for target in _targets(folder, out).values():
        text = _dockerfile(folder, out, target).read_text()
        stages = set(re.findall(r"^FROM .* AS (\S+)$", text, re.M))
        names = re.findall(r"^FROM (?:--platform=\S+ )?(\S+)", text, re.M)
        names += re.findall(r"--from=(\S+)", text)
        names += re.findall(r"^# syntax=(\S+)$", text, re.M)
        found |= set(names) - stages - {"scratch"}
    return found


def steps(log: Path) -> dict[str, bool]:
    """The commands of a build's log, and whether each was reused."""
    names, reused = {}, {}
    for line in log.read_text().splitlines():
        if named := re.match(r"#(\d+) (\[.*\] RUN .*)$", line):
            names[named[1]] = named[2]
        if ended := re.match(r"#(\d+) (CACHED|DONE)", line):
            reused[ended[1]] = ended[2] == "CACHED"
    return {name: reused[number] for number, name in names.items() if number in reused}
