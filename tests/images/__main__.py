"""Builds and runs the applications of tests/apps for real: `python3 tests/images [NAME…]`. By the
name `compose` Docker Compose starts some of them, with their databases.

What it needs is installed by `tests/tools`. It is root's to run: it starts containers. `TODOC`
names the compiler, target/debug/todoc by default.
"""

import fcntl
import json
import os
import resource
import shutil
import subprocess
import sys
import time
import traceback
from pathlib import Path

import composed
from buildkit import Builder
from proofs import Application, Row

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "target" / "images"
TOOLS = [
    *["buildkitd", "buildx", "dockerfile-frontend", "ip", "mmdebstrap", "runc"],
    *["containerd", "docker-compose", "dockerd", "iptables"],
]
COMPOSE = "compose"


def main() -> int:
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing:
        print(f"missing: {', '.join(missing)}; `tests/tools` installs them", file=sys.stderr)
        return 1
    todoc = Path(os.environ.get("TODOC", ROOT / "target/debug/todoc")).resolve()
    home = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    cache = Path(os.environ.get("TODOC_TOOLS", home / "todoc-tools")) / "bases"
    applications = sorted(path.name for path in (ROOT / "tests/apps").iterdir())
    names = sys.argv[1:] or [*applications, COMPOSE]
    os.chdir(ROOT)
    cache.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with (cache / "lock").open("w") as lock:
        # A run of another clone may replace a stand-in that this one builds on.
        fcntl.flock(lock, fcntl.LOCK_EX)
        waited = time.monotonic() - began
        with Builder(WORK, cache) as builder:
            failed = prove(builder, names, todoc)
            if not sys.argv[1:]:
                check_examples(builder, todoc)
                check_recipes(builder)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = time.monotonic() - began - waited
    print(f"{seconds:.0f} s in all, {used.ru_utime + used.ru_stime:.0f} s of processors")
    print(f"failed: {', '.join(failed)}" if failed else "all applications were proved")
    return 1 if failed else 0


def prove(builder: Builder, names: list[str], todoc: Path) -> list[str]:
    """Proves the applications, prints their table, and tells which failed."""
    rows: list[Row] = []
    failed: list[str] = []
    for name in names:
        began = time.monotonic()
        try:
            if name == COMPOSE:
                composed.prove(builder, ROOT, WORK / name, todoc)
                continue
            application = Application(ROOT / "tests/apps" / name, WORK / name, todoc)
            rows += application.prove(builder)
            print(f"{time.monotonic() - began:6.1f} s  {name}", flush=True)
            # Of one that failed they stay, to be looked at: half a gigabyte each.
            shutil.rmtree(WORK / name)
            builder.forget()
        except (AssertionError, OSError, subprocess.SubprocessError) as error:
            failed.append(name)
            output = getattr(error, "stderr", None) or b""
            print(f"{name} failed\n{traceback.format_exc()}{output.decode()}", flush=True)
    table(rows)
    return failed


def check_examples(builder: Builder, todoc: Path) -> None:
    """BuildKit's checks of every Dockerfile of every example, for all targets."""
    began = time.monotonic()
    count = 0
    for example in sorted((ROOT / "examples").glob("*.todo")):
        folder = WORK / "examples" / example.stem
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        shutil.copy(example, folder)
        build = [todoc, "build", example.name, "--all-targets"]
        subprocess.run(build, cwd=folder, check=True, capture_output=True)
        for bake in sorted(folder.glob("out/**/bake.json")):
            for target in json.loads(bake.read_text())["target"].values():
                (folder / target["context"]).mkdir(parents=True, exist_ok=True)
            out = bake.parent.parent
            builder.check(folder, str(out.relative_to(folder)), folder / f"{out.name}.log")
            count += 1
    print(f"{time.monotonic() - began:6.1f} s  checks of {count} builds of examples", flush=True)


def check_recipes(builder: Builder) -> None:
    """BuildKit's checks of the Dockerfile of every recipe, package manager and flavour."""
    began = time.monotonic()
    folder = WORK / "recipes"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "context").mkdir(parents=True)
    docker = shutil.copytree(ROOT / "tests/golden/recipes", folder / "out/docker")
    targets = {
        path.stem: {"context": "./context", "dockerfile": f"cwd://out/docker/{path.name}"}
        for path in sorted(docker.glob("*.Dockerfile"))
    }
    bake = {"group": {"default": {"targets": list(targets)}}, "target": targets}
    (docker / "bake.json").write_text(json.dumps(bake))
    builder.check(folder, "out", folder / "check.log")
    print(f"{time.monotonic() - began:6.1f} s  checks of {len(targets)} recipes", flush=True)


def table(rows: list[Row]) -> None:
    """Seconds and megabytes. `own` is what the stand-in that an image starts from isn't."""
    kinds = ["build", "again", "start", "stop"]
    heads = "".join(f"{kind:>8}" for kind in kinds)
    print(f"\n{'application':20}{'MB':>8}{'own':>8}{'max_size':>10}{heads}")
    for row in rows:
        limit = f"{row.limit / 1e6:.0f}" if row.limit else "-"
        seconds = [f"{row.seconds[k]:.1f}" if k in row.seconds else "-" for k in kinds]
        print(
            f"{row.name:20}{row.size / 1e6:8.1f}{row.own / 1e6:8.1f}{limit:>10}"
            + "".join(f"{s:>8}" for s in seconds)
        )


sys.exit(main())
