"""What is proved of a Compose file: Docker Compose builds and starts it on a real engine, with nothing
but the commands that the compiler tells its user."""

import json
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import bases
import databases
import oci
from buildkit import Builder, references
from engine import Engine
from proofs import hold

# Longer than any rule of a secret asks for, and of characters that fit a URL. `$` isn't one of them.
SECRETS = {
    "DB_PASSWORD": "a-password-of-the-database-0123456789",
    "QUEUE_PASSWORD": "a-password-of-the-queue-0123456789",
    "SECRET_KEY": "a-key-of-Django-that-has-fifty-characters-and-some-more",
    "API_TOKEN": "a token of $more than ${one} 'kind'",
}


class Project:
    """An `app.todo` in a folder of its own, and its Compose file."""

    def __init__(self, folder: Path, todoc: Path, builder: Builder, engine: Engine) -> None:
        self.builder = builder
        self.engine = engine
        self.folder = folder
        command = [todoc, "build", "app.todo", "--emit", "compose"]
        done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
        self.told = done.stdout
        [file] = folder.glob("out/**/compose.yaml")
        self.file = file.relative_to(folder)
        self.out = str(self.file.parent)
        self.ports = [int(port) for port in re.findall(r"http://localhost:(\d+)", self.told)]
        self._stand_ins()

    def _stand_ins(self) -> None:
        """Gives builds the bases of this machine, and the engine the images that nobody builds."""
        cache = self.builder.cache
        images = {it: bases.stand_in(it, cache) for it in references(self.folder, self.out)}
        contexts = {
            reference: f"oci-layout://{image.resolve()}:image@{oci.digest(image)}"
            for reference, image in images.items()
        }
        config = self.run("config --format json --no-interpolate")
        services = json.loads(config)["services"]
        built = {
            name: {"build": {"additional_contexts": contexts}}
            for name, service in services.items()
            if "build" in service
        }
        self.override = self.folder / "stand-ins.yaml"
        self.override.write_text(json.dumps({"services": built}))
        ours = {service["image"] for service in services.values() if "build" in service}
        for image in {service["image"] for service in services.values()} - ours:
            self.engine.load(image, databases.stand_in(image, cache))

    def command(self, verb: str) -> str:
        """The command that the compiler told its user, which has this word."""
        commands = re.findall(r"^  (docker compose .*)$", self.told, re.M)
        [command] = [it for it in commands if re.search(rf" {verb}\b", it)]
        return command

    def call(self, command: str, **changed: str | None) -> subprocess.CompletedProcess[str]:
        """Runs a command, with all secrets but for these."""
        variables = {name: it for name, it in (SECRETS | changed).items() if it is not None}
        if hasattr(self, "override"):
            more = f"{self.file} -f {self.override.name}"
            command = command.replace(f"-f {self.file}", f"-f {more}")
        return self.engine.compose(self.folder, command, variables)

    def run(self, words: str, **changed: str | None) -> str:
        """What a command of this file prints, which succeeds."""
        return self.told_command(f"docker compose -f {self.file} {words}", **changed)

    def told_command(self, command: str, **changed: str | None) -> str:
        done = self.call(command, **changed)
        hold(done.returncode == 0, f"{command} failed:\n{done.stdout}{self.logs()}")
        return done.stdout

    def logs(self) -> str:
        """What its containers said last."""
        return self.call(f"docker compose -f {self.file} logs --tail 30").stdout

    def ask(self, path: str, method: str = "GET") -> object:
        """What the first tier that is reached answers, in JSON."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.ports[0]}{path}", method=method)
        with urllib.request.urlopen(request, timeout=10) as response:
            return json.loads(response.read())

    def is_up(self) -> bool:
        """Whether anything answers there."""
        try:
            self.ask("/health")
        except (urllib.error.URLError, OSError):
            return False
        return True

    def containers(self) -> dict[str, str]:
        """The states of its containers, by the names of services."""
        rows = self.engine.get("/containers/json?all=1")
        label = "com.docker.compose.service"
        return {row["Labels"][label]: row["State"] for row in rows if label in row["Labels"]}


def until(truth: Callable[[], bool], what: str, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not truth():
        hold(time.monotonic() < end, what)
        time.sleep(0.2)


def shop(project: Project) -> None:
    """PostgreSQL, Redis, two migrations, a worker, a volume and a cron."""
    up = project.command("up")
    refused = project.call(up, API_TOKEN=None)
    hold(refused.returncode != 0, "it starts without a secret")
    hold("make one: openssl rand -hex 32" in refused.stdout, f"it says {refused.stdout}")
    hold(not project.containers(), f"there are {project.containers()}")

    project.told_command(up)
    hold("sweep" not in project.containers(), "a cron runs by itself")
    _is_the_pod(project)
    project.ask("/orders/one", "POST")
    sent = {"orders": {"one": "sent"}, "files": ["one"]}
    until(lambda: project.ask("/orders") == sent, f"it has {project.ask('/orders')}")
    swept = project.told_command(project.command("run"))
    hold("1 were sent." in swept, f"the job said {swept}")

    # Nothing is made anew where nothing changed; a secret that did reaches the process.
    before = project.engine.get("/containers/json")
    project.told_command(up)
    after = project.engine.get("/containers/json")
    hold({it["Id"] for it in before} == {it["Id"] for it in after}, "the second `up` restarts")
    project.told_command(up, API_TOKEN="another token, long enough")
    token = project.ask("/self")["variables"]["API_TOKEN"]
    hold(token == "another token, long enough", f"the token is {token}")

    project.told_command(project.command("down"))
    hold(not project.containers(), f"`down` leaves {project.containers()}")
    project.told_command(up)
    hold(project.ask("/orders") == sent, f"after a restart it has {project.ask('/orders')}")

    _has_another_password(project, up)
    _fails_to_migrate(project, up)
    project.told_command(project.command("down") + " -v")
    volumes = json.loads(project.engine.ask("GET", "/volumes")[1])["Volumes"]
    hold(not project.containers() and not volumes, f"`down -v` leaves {volumes}")


def _is_the_pod(project: Project) -> None:
    """The process has the rights, folders and variables of its pod."""
    seen = project.ask("/self")
    expected = {
        "variables": {
            "GREETING": "good morning, $USER",
            "API_TOKEN": SECRETS["API_TOKEN"],
            "PUBLIC_URL": f"http://localhost:{project.ports[0]}",
        },
        "user": [10001, 10001],
        "capabilities": ["0" * 16],
        "writes": ["/tmp", "/srv/uploads"],
    }
    # An optional secret that isn't set.
    hold(seen == expected, f"its process is {seen}")


def _has_another_password(project: Project, up: str) -> None:
    """A database keeps the password of its first start: with another one nothing starts that asks it, and
    the log says why."""
    wrong = {"DB_PASSWORD": "another-password-of-the-database"}
    failed = project.call(up, **wrong)
    hold(failed.returncode != 0, "it starts with a password that its database refuses")
    log = project.call(f"docker compose -f {project.file} logs api-migrate-1", **wrong).stdout
    hold("password authentication failed" in log, f"the log of its migration says {log}")
    hold(not project.is_up(), "the tier answers")
    project.told_command(up)
    hold(project.is_up(), "with the password of before, nothing answers")


def _fails_to_migrate(project: Project, up: str) -> None:
    """A migration that fails keeps down the tier that it is of, and all that run its image."""
    file = project.folder / "api/app/migrate.py"
    text = file.read_text()
    file.write_text(text.replace('second": "ALTER', 'second": "NOTHING'))
    failed = project.call(up)
    hold(failed.returncode != 0, "a migration that fails is no failure")
    hold("api-migrate-2" in failed.stdout, f"it doesn't say what failed: {failed.stdout}")
    states = project.containers()
    running = {name for name, state in states.items() if state == "running"}
    hold(running == {"db", "queue"}, f"with a migration that fails there run {running}")
    hold(not project.is_up(), "the tier answers")
    file.write_text(text)
    project.told_command(up)
    hold(project.is_up(), "once the migration is mended, nothing answers")


def greeter(project: Project) -> None:
    """A tier of another language, whose one port is its container's."""
    project.told_command(project.command("up"))
    greeting = {"greeting": "good morning", "token": SECRETS["API_TOKEN"]}
    hold(project.ask("/greeting") == greeting, f"it says {project.ask('/greeting')}")
    _changes_thrice(project, greeting)
    project.told_command(project.command("down") + " -v")
    hold(not project.containers(), f"`down` leaves {project.containers()}")


def _changes_thrice(project: Project, greeting: dict[str, str]) -> None:
    """Changed code answers after the same line as before, each time."""
    file = project.folder / "api/src/main.ts"
    text = file.read_text()
    for times in range(1, 4):
        file.write_text(text.replace("process.env.GREETING", f"`${{process.env.GREETING}} {times}`"))
        project.told_command(project.command("up"))
        expected = greeting | {"greeting": f"{greeting['greeting']} {times}"}
        said = project.ask("/greeting")
        hold(said == expected, f"after {times} changes it says {said}")


def orders(project: Project) -> None:
    """Migrations by a program of the application's own make the tables, once, and data stays."""
    up = project.command("up")
    project.told_command(up)
    hold(project.ask("/orders") == [], f"a new database has {project.ask('/orders')}")
    project.ask("/orders/one", "POST")
    project.told_command(project.command("down"))
    project.told_command(up)
    hold(project.ask("/orders") == ["one"], f"after a restart it has {project.ask('/orders')}")
    project.told_command(project.command("down") + " -v")
    hold(not project.containers(), f"`down` leaves {project.containers()}")


def swept(project: Project) -> None:
    """Celery's beat hands a task to its worker, by Redis, which sees the files of the server."""
    project.told_command(project.command("up"))
    running = {name for name, state in project.containers().items() if state == "running"}
    hold(running == {"web", "worker", "beat", "queue"}, f"there run {running}")
    hold(project.ask("/uploads", "POST") == {"uploads": ["note"]}, "nothing is kept")
    empty = {"uploads": []}
    until(lambda: project.ask("/uploads") == empty, "nothing swept what was uploaded", 60)
    project.told_command(project.command("down") + " -v")
    hold(not project.containers(), f"`down` leaves {project.containers()}")


@dataclass(frozen=True)
class Case:
    """What is proved of the application in a folder."""

    source: str
    proof: Callable[[Project], None]
    # What its text says more, for what it runs as otherwise has no port of this machine.
    more: str = ""


CASES = {
    "shop": Case("tests/composed/shop", shop),
    "greeter": Case("tests/apps/express", greeter, "tier api { expose forward 18918 }"),
    "ledger": Case("tests/composed/ledger", orders),
    "alembic": Case("tests/apps/alembic", orders, "tier api { expose forward 18920 }"),
    "django": Case("tests/apps/django", swept, "tier web { expose forward 18921 }"),
}


def prove(builder: Builder, root: Path, work: Path, todoc: Path) -> None:
    """Proves all of them, on an engine each: what one leaves is of no use to the next."""
    for name, case in CASES.items():
        began = time.monotonic()
        folder = work / name
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(root / case.source, folder)
        if case.more:
            with (folder / "app.todo").open("a") as text:
                text.write(f"\ntarget laptop {{ {case.more} }}\n")
        with Engine(work, builder.environment) as engine:
            case.proof(Project(folder, todoc, builder, engine))
        shutil.rmtree(folder)
        builder.forget()
        print(f"{time.monotonic() - began:6.1f} s  {name}, by Docker Compose", flush=True)
