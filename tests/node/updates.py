"""Updates: what changes while people use an application, and what stays."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from node import NAME as NODE
from printed import Command, Done
from stage import App, ask, hold, is_ready

# As a person's browser and a script would, all the time.
CLIENTS = 2
PAUSE = 0.15
# What a person would wait for on a busy machine. A request that is lost is answered wrongly, or not.
PATIENCE = 60
WORK_SECONDS = 15
# What the kubelet says of a container whose image can't be had.
IMAGE_LACKS = {"ErrImagePull", "ImagePullBackOff"}


class Load:
    """Requests to some addresses for as long as the block, and how they were answered."""

    def __init__(self, app: App, urls: list[str]) -> None:
        self.app = app
        self.urls = urls
        self.good = 0
        self.failed: list[str] = []
        self.slowest = 0.0
        self.ends = threading.Event()
        self.lock = threading.Lock()

    def __enter__(self) -> "Load":
        self.began = time.monotonic()
        self.clients = [
            threading.Thread(target=self._ask, args=(url,)) for url in self.urls * CLIENTS
        ]
        for client in self.clients:
            client.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ends.set()
        for client in self.clients:
            client.join()

    def _ask(self, url: str) -> None:
        while not self.ends.wait(PAUSE):
            began = time.monotonic()
            status, text = ask(url, seconds=PATIENCE)
            seconds = time.monotonic() - began
            with self.lock:
                self.slowest = max(self.slowest, seconds)
                if status == 200 and "failed with" not in text:
                    self.good += 1
                else:
                    text = re.sub(r".*(failed with[^<]*).*", r"\1", text, flags=re.S)
                    after = f"{began - self.began:.1f} s, for {seconds:.1f} s"
                    self.failed.append(f"{url} after {after}: {status} {text[:300]}")

    def lost_none(self) -> int:
        """How many requests there were, all of which were answered well."""
        if self.failed:
            count = f"{len(self.failed)} of {self.good + len(self.failed)} requests failed"
            raise AssertionError("\n".join([count, *self.failed[:40], self.app.state()]))
        hold(self.good > 20, f"there were {self.good} requests alone")
        return self.good


def play(app: App) -> None:
    """Those that go well, on an application that is up from before each."""
    same_again(app)
    settings(app)
    release(app)


def play_faults(app: App) -> None:
    """Those in which something is wrong, or ends."""
    release(app)
    migration_fails(app)
    drain(app)
    worker_ends(app)
    no_image(app)
    gone(app)


def same_again(app: App) -> None:
    """README: `kubectl` says `configured` of a PodDisruptionBudget, and of anything else only if it
    changed."""
    before = _pods(app)
    with app.stage.shows("the same lines again change nothing"):
        said = app.run("bake", "minikube")
    others = [
        line
        for line in said.splitlines()
        if line.endswith((" configured", " created")) and "poddisruptionbudget" not in line
    ]
    hold(not others, f"it says {others}")
    hold(_pods(app) == before, "pods were replaced")


def settings(app: App) -> None:
    """A changed key of the ConfigMap."""
    app.program.edit(app.program.text, 'LOG_LEVEL = "info"', 'LOG_LEVEL = "debug"')
    app.build()
    before = _pods(app)
    with app.stage.shows("a changed setting rolls exactly its readers") as figures:
        with _loaded(app) as load:
            app.run("bake", "minikube")
            _settles(app)
        figures.append(f"{load.lost_none()} requests, none lost")
    rolled = {tier for tier, pods in _pods(app).items() if not pods & before[tier]}
    hold(rolled == {"backend", "worker"}, f"these rolled: {rolled}")
    hold(_pods(app)["frontend"] == before["frontend"], "the front end's pods were replaced")
    hold('"level":"debug"' in ask(_items(app))[1], f"it says {ask(_items(app))}")


def release(app: App) -> None:
    """New code in both images, whose tags are of the sources from now on, and a migration that takes its
    time before the new code needs it."""
    app.program.edit(app.program.text, 'version "1.0.0"', 'version "1.0.0"\n  tag from sources')
    app.program.edit("frontend/app/page.jsx", "Items:", "To do:")
    app.program.edit("backend/app/main.py", 'VERSION = "1"', 'VERSION = "2"')
    app.program.edit("backend/app/database.py", "SELECT name FROM", "SELECT name || note FROM")
    migration = app.program.folder / "backend/migrations/versions/0002_notes.py"
    adds = "ALTER TABLE items ADD COLUMN note text NOT NULL DEFAULT ''"
    migration.write_text(_migration("0002", f'time.sleep(15)\n    op.execute("{adds}")'))
    app.build()
    with app.stage.shows("new code with a migration of 15 s, and tags of the sources") as figures:
        with _loaded(app) as load:
            app.run()
            _settles(app)
        figures.append(f"{load.lost_none()} requests, none lost, the slowest {load.slowest:.1f} s")
    page = ask(app.addresses["frontend"])[1]
    hold("To do: buy milk" in page, f"the page is {page}")
    hold('"version":"2"' in ask(_items(app))[1], f"it says {ask(_items(app))}")


def migration_fails(app: App) -> None:
    """README: if one fails, nothing else has changed; with the fault mended, the same lines run it
    again."""
    file = app.program.folder / "backend/migrations/versions/0003_more.py"
    file.write_text(_migration("0003", "op.execute('ALTER TABLE nothing ADD COLUMN x text')"))
    app.program.edit("backend/app/main.py", 'VERSION = "2"', 'VERSION = "3"')
    app.build()
    before = _pods(app)
    with app.stage.shows("a migration that fails keeps the old pods, and its log says why"):
        with _loaded(app) as load:
            done = _try_migration(app)
        load.lost_none()
        hold(done.status != 0, f"the last line succeeds: {done.output}")
        hold(_pods(app) == before, "pods were replaced")
        log = app.shell.run(_log_of_migrations(app)).output
        hold('relation "nothing" does not exist' in log, f"its log is {log}")
    file.write_text(_migration("0003", "op.execute('ALTER TABLE items ADD COLUMN x text')"))
    app.build()
    with app.stage.shows("mended, the same lines run it, and bring the new pods"):
        app.run()
    hold('"version":"3"' in ask(_items(app))[1], f"it says {ask(_items(app))}")


def _try_migration(app: App) -> Done:
    """Runs the lines until one fails. The Job tries once and not for ten minutes."""
    for command in app.printed():
        if waits := re.search(r"--for=jsonpath.* job/(\S+)", command.text, re.S):
            once = '{"spec": {"backoffLimit": 0}}'
            app.node.kubectl("patch", "job", "-n", app.namespace, waits[1], "--patch", once)
        done = app.shell.run(command)
        if done.status != 0:
            break
    return done


def drain(app: App) -> None:
    """Both front ends may not go: there is one node, so that nothing can take their place."""
    with app.stage.shows("a drain leaves the pods that the budget says") as figures:
        command = ["drain", NODE, "--ignore-daemonsets", "--delete-emptydir-data", "--force"]
        labels = f"app.kubernetes.io/name=frontend,app.kubernetes.io/part-of={app.namespace}"
        command += [f"--pod-selector={labels}", "--timeout=30s"]
        with _loaded(app, "frontend") as load:
            hold(fails(app, *command), "the drain ends")
            left = [it for it in app.pods("frontend") if is_ready(it)]
            hold(len(left) == 1, f"{len(left)} front ends are left")
        figures.append(f"{load.lost_none()} requests, none lost")
        app.node.kubectl("uncordon", NODE)
        _settles(app)


def worker_ends(app: App) -> None:
    """Within the seconds that its pod has to end."""
    [pod] = app.pods("worker")
    grace = pod["spec"]["terminationGracePeriodSeconds"]
    hold(WORK_SECONDS < grace, f"it has {grace} s to end")
    with app.stage.shows(f"a worker that is told to end finishes {WORK_SECONDS} s of work"):
        status, _ = ask(f"{_items(app)}/slow?seconds={WORK_SECONDS}", "POST")
        hold(status == 200, "it takes no work")
        app.wait(lambda: "slow begins" in app.log(pod), "the worker doesn't begin")
        app.node.kubectl("delete", "pod", "-n", app.namespace, pod["metadata"]["name"])
        hold("slow" in ask(_items(app))[1], f"the work is lost: {ask(_items(app))}")
    _settles(app)


def no_image(app: App) -> None:
    """New code, whose image isn't loaded into the node."""
    app.program.edit("frontend/app/page.jsx", "Made for each", "Made anew for each")
    app.build()
    before = _pods(app)
    with app.stage.shows("an image that can't be had: the lines fail, old pods go on"):
        with _loaded(app, "frontend") as load:
            done = app.try_all("bake", "minikube", patience=20)
        load.lost_none()
        hold(done.status != 0, f"the last line succeeds: {done.output}")
        hold(_pods(app)["frontend"] >= before["frontend"], "pods were replaced")
        app.wait(lambda: _waiting(app) & IMAGE_LACKS, lambda: f"pods wait for {_waiting(app)}")
    app.program.edit("frontend/app/page.jsx", "Made anew for each", "Made for each")
    app.build()
    with app.stage.shows("the text of before ends that"):
        app.run("bake", "minikube")


def _waiting(app: App) -> set[str]:
    """What containers of front ends wait for."""
    return {
        status["state"].get("waiting", {}).get("reason", "nothing")
        for pod in app.pods("frontend")
        for status in pod["status"].get("containerStatuses", [])
    }


def gone(app: App) -> None:
    """README: `kubectl delete -f out/NAME/kubernetes` deletes all that the files hold."""
    with app.stage.shows("the line of the README takes it away"):
        folder = app.program.folder / app.program.out / "kubernetes"
        app.node.kubectl("delete", "--filename", str(folder), "--timeout=300s")
        hold(not app.node.api.find(f"/api/v1/namespaces/{app.namespace}"), "the namespace stays")


def fails(app: App, *arguments: str) -> bool:
    """Whether kubectl fails."""
    try:
        app.node.kubectl(*arguments)
    except AssertionError:
        return True
    return False


def _items(app: App) -> str:
    return f"{app.addresses['backend']}/items"


def _pods(app: App) -> dict[str, set[str]]:
    """The pods of each tier, by what no other pod is called."""
    found: dict[str, set[str]] = {"frontend": set(), "backend": set(), "worker": set()}
    for pod in app.pods():
        found[pod["metadata"]["labels"]["app.kubernetes.io/name"]].add(pod["metadata"]["uid"])
    return found


def _settles(app: App) -> None:
    """Waits until no pod is about to come or go."""
    app.wait(lambda: all(is_ready(it) for it in app.pods()), "not all pods are Ready")


@contextmanager
def _loaded(app: App, *tiers: str) -> Iterator[Load]:
    urls = {"frontend": f"{app.addresses['frontend']}/?tells", "backend": _items(app)}
    with Load(app, [urls[tier] for tier in tiers or urls]) as load:
        yield load
        # What is under way is to be answered, too.
        time.sleep(1)


def _migration(number: str, statement: str) -> str:
    before = f"{int(number) - 1:04}"
    return f"""import time

from alembic import op

revision = "{number}"
down_revision = "{before}"


def upgrade() -> None:
    {statement}
"""


def _log_of_migrations(app: App) -> Command:
    """The command in the comment above the wait for them."""
    comment = app.command("--for=jsonpath").comment
    found = re.search(r"`(kubectl logs .*)`", comment)
    hold(found, f"no command shows a log: {comment}")
    return Command("", found[1])
