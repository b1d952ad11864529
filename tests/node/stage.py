"""What a scenario plays on: the node, programs that are brought to it, and what was seen."""

import http.client
import json
import re
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import printed
from node import Node
from printed import PATIENCE, Command, Done, Shell
from program import Program, Source, addresses


def hold(truth: object, what: str) -> None:
    if not truth:
        raise AssertionError(what)


@dataclass
class Stage:
    """The node, what a scenario has on it, and the lines of the table so far."""

    node: Node
    todoc: Path
    # The variables of a user's shell by which its programs find the node.
    variables: dict[str, str]
    scenario: str
    # Those of all scenarios.
    seen: list[tuple[str, str, float]]
    # What was brought to it, gone or not.
    apps: list["App"] = field(default_factory=list)

    @contextmanager
    def shows(self, what: str) -> Iterator[list[str]]:
        """Notes what the block shows, with figures that it adds, and how long it took."""
        began = time.monotonic()
        figures: list[str] = []
        yield figures
        seconds = time.monotonic() - began
        what = ", ".join([what, *figures])
        self.seen.append((self.scenario, what, seconds))
        print(f"{seconds:6.1f} s  {self.scenario}: {what}", flush=True)

    def bring(self, source: Source) -> "App":
        """A program in a folder of its own, with what the compiler tells its user."""
        program = Program(source, self.node.work / "programs" / self.scenario)
        program.copy()
        app = App(self, program)
        self.apps.append(app)
        return app

    def clear(self) -> None:
        """Takes away what a scenario that failed left, so that the next one finds nothing."""
        for app in self.apps:
            app.delete()


class App:
    """A program that is run on the node."""

    def __init__(self, stage: Stage, program: Program) -> None:
        self.stage = stage
        self.node = stage.node
        self.program = program
        self.shell = Shell(program.folder, stage.variables | program.source.variables)
        self.addresses: dict[str, str] = {}
        self.build()

    def build(self) -> None:
        """Builds the text as it is now."""
        self.told = self.program.build(self.stage.todoc)
        self.commands = printed.commands(self.told)
        # Of a node port and of a forwarded one the former is nearer to what a user does. A later build
        # tells those alone that changed.
        self.addresses |= self._forwards() | addresses(self.told)
        self.namespace: str = next(
            it["metadata"]["namespace"] for it in self.objects() if it["kind"] == "Deployment"
        )

    def _forwards(self) -> dict[str, str]:
        """Where each tier is reached while its port is forwarded."""
        tiers = {
            it["metadata"]["name"]: it["metadata"]["labels"]["app.kubernetes.io/name"]
            for it in self.objects()
            if it["kind"] == "Service"
        }
        lines = re.findall(r" svc/(\S+) (\d+):", "".join(it.text for it in self.commands))
        return {tiers[service]: f"http://localhost:{port}" for service, port in lines}

    def objects(self, pattern: str = "*.yaml") -> list[dict]:
        """Its objects, of the files whose names are like this."""
        files = sorted((self.program.folder / self.program.out / "kubernetes").glob(pattern))
        words = [f"--filename={file}" for file in files]
        shown = self.node.kubectl("create", "--dry-run=client", "--output=json", *words)
        return list(_parts(shown))

    def with_variables(self, **changed: str) -> Shell:
        """A shell in which these are otherwise."""
        return Shell(self.program.folder, {**self.shell.variables, **changed})

    def printed(self, *without: str, told: str = "") -> list[Command]:
        """All that is printed to be run once, but for commands with one of these words, and for
        those that another tool than minikube needs."""
        return [
            command
            for command in (printed.commands(told) if told else self.commands)
            if not command.forwards
            if not any(it in command.text for it in ("kind ", *without))
        ]

    def run(self, *without: str) -> str:
        """Runs these, which succeed, and tells what they wrote."""
        return "".join(self.run_one(command) for command in self.printed(*without))

    def try_all(self, *without: str, patience: int = PATIENCE) -> Done:
        """Runs these until one fails, as a shell that stops at the first failure, and tells what became
        of the last."""
        for command in self.printed(*without):
            done = self.shell.run(command, patience)
            if done.status != 0:
                break
        return done

    def run_one(self, command: Command, patience: int = PATIENCE) -> str:
        """Runs a command, which succeeds, and tells what it wrote."""
        done = self.shell.run(command, patience)
        self.node.check()
        hold(
            done.status == 0,
            f"this failed with status {done.status} after {done.seconds:.0f} s:\n"
            f"{command.text}{done.output}\n{self.state()}",
        )
        return done.output

    def command(self, word: str) -> Command:
        """The first command that has this in it."""
        found = next((it for it in self.commands if word in it.text), None)
        hold(found, f"no command has `{word}`:\n{self.told}")
        return found

    @contextmanager
    def forwarded(self) -> Iterator[None]:
        """With the ports that are printed for a user to forward."""
        with ExitStack() as stack:
            for command in self.commands:
                if command.forwards:
                    stack.enter_context(self.shell.going_on(command))
            yield

    def pods(self, tier: str = "") -> list[dict]:
        """Its pods, without those that have ended or are about to."""
        labels = {"app.kubernetes.io/name": tier} if tier else {}
        pods = self.node.api.list(f"/api/v1/namespaces/{self.namespace}/pods", labels)
        return [
            pod
            for pod in pods
            if pod["status"]["phase"] not in ("Succeeded", "Failed")
            if "deletionTimestamp" not in pod["metadata"]
        ]

    def all_are_ready(self) -> int:
        """Tells how many pods it has, which all are Ready, and none of them restarted."""
        pods = self.pods()
        for pod in pods:
            name = pod["metadata"]["name"]
            statuses = pod["status"].get("containerStatuses", [])
            hold(is_ready(pod), f"{name} isn't Ready\n{self.state()}")
            restarts = sum(it["restartCount"] for it in statuses)
            hold(restarts == 0, f"{name} restarted {restarts} times\n{self.state()}")
        return len(pods)

    def is_restricted(self) -> None:
        """Its namespace takes no pod that may do more than `restricted` allows."""
        labels = self.node.api.get(f"/api/v1/namespaces/{self.namespace}")["metadata"]["labels"]
        enforced = labels.get("pod-security.kubernetes.io/enforce", "restricted")
        hold(enforced == "restricted", f"the namespace enforces {enforced}")

    def wait(
        self, truth: Callable[[], object], what: str | Callable[[], str], seconds: float = 300
    ) -> None:
        """Waits until something holds, or tells what does instead."""
        try:
            self.node.wait(truth, "it doesn't hold", seconds)
        except AssertionError as error:
            what = what if isinstance(what, str) else what()
            raise AssertionError(f"{what}\n{self.state()}") from error

    def log(self, pod: dict, *options: str) -> str:
        """What a pod wrote."""
        name = pod["metadata"]["name"]
        return self.node.kubectl("logs", "-n", self.namespace, name, "--all-containers", *options)

    def state(self) -> str:
        """How its pods are, for whoever looks for what went wrong."""
        shown = self.node.kubectl("get", "pods", "-n", self.namespace, "-o", "wide")
        events = self.node.kubectl("events", "-n", self.namespace, "--types=Warning")
        lines = [f"== pods of {self.namespace}", shown, events]
        for pod in self.pods():
            if not is_ready(pod):
                lines += [f"== {pod['metadata']['name']}", self.last_lines(pod)]
        return "\n".join(lines)

    def last_lines(self, pod: dict) -> str:
        """What it wrote last, or why that can't be had."""
        try:
            return self.log(pod, "--tail=30")
        except AssertionError as error:
            return str(error)

    def delete(self) -> None:
        """Takes it away, volumes and files included."""
        if self.namespace == "default":
            folder = self.program.folder / self.program.out / "kubernetes"
            self.node.kubectl("delete", "--filename", str(folder), "--ignore-not-found")
            self.node.kubectl("delete", "secrets,pvc", "--all")
        else:
            words = ["namespace", self.namespace, "--ignore-not-found", "--wait=false"]
            self.node.kubectl("delete", *words)
        self.forget()

    def forget(self) -> None:
        """Takes away its files and what was built of them."""
        folder = self.program.folder
        for path in [folder, *folder.parent.glob(f"{folder.name}-bake-*")]:
            if path.is_dir():
                shutil.rmtree(path)


def is_ready(pod: dict) -> bool:
    """Whether a pod gets traffic."""
    conditions = pod["status"].get("conditions", [])
    return any({"type": "Ready", "status": "True"}.items() <= it.items() for it in conditions)


def ask(url: str, method: str = "GET", seconds: float = 60) -> tuple[int, str]:
    """What answers at an address, with its status; 0 where nothing does."""
    request = urllib.request.Request(url, method=method)
    try:
        with urllib.request.urlopen(request, timeout=seconds) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except (OSError, http.client.HTTPException) as error:
        return 0, repr(error)


def _parts(text: str) -> Iterator[dict]:
    """The objects of kubectl's output: JSON texts one after another, of which some are lists."""
    decoder, at = json.JSONDecoder(), 0
    while at < len(text.rstrip()):
        found, at = decoder.raw_decode(text, at)
        at += len(text[at:]) - len(text[at:].lstrip())
        yield from found["items"] if found["kind"] == "List" else [found]
