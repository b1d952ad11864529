"""What runs in the box: starts the node, plays the scenarios, and prints what they showed."""

import json
import os
import signal
import sys
import threading
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "images"))

import box
import policies
import printed
import scenarios
from node import Node
from stage import Stage

LAPTOP = Path(__file__).resolve().parent / "laptop.py"


def main() -> int:
    order = json.loads(sys.argv[1])
    work, todoc = Path(order["work"]), Path(order["todoc"])
    box.enter(work)
    began = time.monotonic()
    node = Node(work, order["cgroup"])
    node.start_all()
    print(f"{time.monotonic() - began:6.1f} s  the node is Ready", flush=True)
    began = time.monotonic()
    for reference, layout in order["images"].items():
        node.store.load(reference, Path(layout))
    print(f"{time.monotonic() - began:6.1f} s  {len(order['images'])} images loaded", flush=True)
    printed.install(work / "bin", todoc, LAPTOP, sys.executable)
    variables = {
        "PATH": f"{work}/bin:{os.environ['PATH']}",
        "HOME": str(work),
        "KUBECONFIG": str(node.config),
        "TODOC_NODE": str(work),
        "TODOC_BUILDER": order["builder"],
        "TODOC_BASES": order["bases"],
    }
    seen: list[tuple[str, str, float]] = []
    failed: list[str] = []
    lanes: dict[str, list[Stage]] = {}
    for name in order["scenarios"]:
        stage = Stage(node, todoc, variables, name, seen)
        lanes.setdefault(scenarios.ALL[name].lane, []).append(stage)
    with policies.enforced(node):
        threads = [threading.Thread(target=play_all, args=(it, failed)) for it in lanes.values()]
        for number, thread in enumerate(threads, 1):
            thread.start()
            if list(lanes)[number - 1] in scenarios.LONG:
                wait_for_builds(work, number, thread)
        for thread in threads:
            thread.join()
    table(seen)
    print(f"failed: {', '.join(failed)}" if failed else "all scenarios held", flush=True)
    if order["keep"]:
        print("the node is kept: interrupt this to end it", flush=True)
        signal.pause()
    return 1 if failed else 0


def play_all(stages: list[Stage], failed: list[str]) -> None:
    """Plays scenarios one after another, and notes which didn't hold."""
    for stage in stages:
        try:
            scenarios.ALL[stage.scenario].play(stage)
        except Exception:
            failed.append(stage.scenario)
            print(f"{stage.scenario} failed\n{traceback.format_exc()}", flush=True)
            try:
                stage.clear()
            except Exception:
                traceback.print_exc()


def wait_for_builds(work: Path, number: int, thread: threading.Thread) -> None:
    """Waits until so many builds wait for their turn, or nothing more comes."""
    turns = work / "turns"
    while thread.is_alive() and not (turns.exists() and turns.stat().st_size >= number):
        time.sleep(0.2)


def table(seen: list[tuple[str, str, float]]) -> None:
    """The lines of README.md: what was seen, in how many seconds."""
    for scenario, what, seconds in sorted(seen, key=lambda it: list(scenarios.ALL).index(it[0])):
        print(f"| {scenario} | {what} | {seconds:.0f} |")


try:
    status = main()
except KeyboardInterrupt:
    status = 130
except Exception:
    traceback.print_exc()
    status = 1
# Threads that serve the node don't end by themselves.
sys.stdout.flush()
os._exit(status)
