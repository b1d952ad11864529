"""Runs what the compiler emits on a real Kubernetes node: `python3 tests/node`.

    python3 tests/node               what takes some five minutes; `.ci/run` plays `stock` and `faults`
    python3 tests/node --all         every scenario
    python3 tests/node --check       says whether this machine can run a node
    python3 tests/node --only NAME   one of them, or by a pattern, such as `app-*`
    python3 tests/node --keep        leaves the node running until it is interrupted, in whose place
                                     `kubectl` may be run by the line that it prints

`tests/tools` and `tests/tools --node` install what it needs. It is root's to run: it starts containers. `TODOC` names
the compiler, target/debug/todoc by default. Nothing is left behind, however it ends.
"""

import argparse
import fcntl
import fnmatch
import json
import os
import resource
import shutil
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "images"))

import bases
import box
import buildkit
import databases
import node
import scenarios
from buildkit import Builder
from program import ROOT, Program

WORK = ROOT / "target" / "node"
INSIDE = Path(__file__).resolve().parent / "inside.py"
# Set where this process's mounts are its own, and end with it.
OWN_MOUNTS = "TODOC_NODE_OWN_MOUNTS"
# The exit status on a machine that can't run a node.
LACKS = 3
# Gigabytes, which nobody reads afterwards.
LARGE = ["containerd", "etcd", "images", "programs"]
TOOLS = [
    *node.PROGRAMS,
    "helm",
    "kube-network-policies",
    "buildkitd",
    "buildx",
    "dockerfile-frontend",
    "mmdebstrap",
]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python3 tests/node")
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    names = [
        name
        for name, scenario in scenarios.ALL.items()
        if (
            any((fnmatch.fnmatch(name, it) for it in options.only))
            if options.only
            else options.all or scenario.is_first
        )
    ]
    if not names:
        parser.error(f"there are {', '.join(scenarios.ALL)}")
    try:
        box.check()
    except box.Missing as error:
        return refuse(error)
    if options.check:
        return 0
    missing = [tool for tool in TOOLS if not shutil.which(tool)] + node.missing()
    if missing:
        print(f"missing: {', '.join(missing)}; `tests/tools` and `tests/tools --node` install them", file=sys.stderr)
        return 1
    try:
        if OWN_MOUNTS not in os.environ:
            os.environ[OWN_MOUNTS] = "yes"
            again = ["unshare", "--mount", sys.executable, str(INSIDE.parent), *sys.argv[1:]]
            os.execvp("unshare", again)
        return run(names, keep=options.keep)
    except box.Missing as error:
        return refuse(error)


def refuse(error: box.Missing) -> int:
    """Tells what a machine lacks, with an exit status of its own."""
    print(f"this machine can't run a node; it lacks {error}", file=sys.stderr)
    return LACKS


def run(names: list[str], *, keep: bool) -> int:
    # Ends as an interrupt does, with all that is to be undone.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    began = time.monotonic()
    todoc = Path(os.environ.get("TODOC", ROOT / "target/debug/todoc")).resolve()
    home = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    cache = Path(os.environ.get("TODOC_TOOLS", home / "todoc-tools")) / "bases"
    cache.mkdir(parents=True, exist_ok=True)
    WORK.mkdir(parents=True, exist_ok=True)
    os.chdir(ROOT)
    with (WORK.parent / "node.lock").open("w") as own, (cache / "lock").open("w") as shared:
        fcntl.flock(own, fcntl.LOCK_EX)
        fcntl.flock(shared, fcntl.LOCK_EX)
        shutil.rmtree(WORK, ignore_errors=True)
        WORK.mkdir()
        box.hold_in_memory([WORK / name for name in LARGE])
        images = provide(names, todoc, cache)
        try:
            with Builder(WORK / "images", cache) as builder, box.Box(WORK) as inside:
                order = {
                    "work": str(WORK),
                    "cgroup": inside.cgroup,
                    "todoc": str(todoc),
                    "builder": str(builder.work.parent),
                    "bases": str(cache),
                    "images": images,
                    "scenarios": names,
                    "keep": keep,
                }
                kubectl = f"env KUBECONFIG={WORK}/kubeconfig kubectl get pods --all-namespaces"
                status = inside.run(
                    INSIDE, json.dumps(order), lambda enter: print(f"{enter} {kubectl}", flush=True)
                )
        finally:
            # Of a run that failed the logs are to be looked at.
            for folder in (WORK / name for name in (*LARGE, "kubelet", "volumes")):
                # What is in memory ends with this process.
                if not folder.is_mount():
                    shutil.rmtree(folder, ignore_errors=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = time.monotonic() - began
    print(f"{seconds:.0f} s in all, {used.ru_utime + used.ru_stime:.0f} s of processors")
    return status


def provide(names: list[str], todoc: Path, cache: Path) -> dict[str, str]:
    """Makes what images start from, which takes the network, and tells the folders of those that
    are nobody's to build."""
    found: dict[str, str] = {}
    for source in {it for name in names for it in scenarios.ALL[name].sources}:
        program = Program(source, WORK / "texts")
        program.copy()
        program.build(todoc)
        for reference in buildkit.references(program.folder, program.out):
            bases.stand_in(reference, cache)
        for reference in program.images() - program.built():
            found[reference] = str(databases.stand_in(reference, cache).resolve())
    for reference in {it for name in names for it in scenarios.ALL[name].images}:
        found[reference] = str(databases.stand_in(reference, cache).resolve())
    shutil.rmtree(WORK / "texts", ignore_errors=True)
    return found


sys.exit(main())
