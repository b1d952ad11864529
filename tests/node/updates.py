"""Updates: what changes while people use an application, and what stays."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from stage import App, ask, hold, is_ready

# As a person's browser and a script would, all the time.
CLIENTS = 2
PAUSE = 0.15
# What a person would wait for on a busy machine. A request that is lost is answered wrongly, or not.
PATIENCE = 60
TIERS = ["frontend", "backend", "worker"]


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
        hold(self.good > 10, f"there were {self.good} requests alone")
        return self.good


def play(app: App) -> None:
    """Each on an application that is up from before."""
    same_again(app)
    settings(app)
    release(app)


def same_again(app: App) -> None:
    """README: `kubectl` says `configured` of a PodDisruptionBudget, and of anything else only if it
    changed."""
    before = pods(app, TIERS)
    with app.stage.shows("the same lines again change nothing"):
        said = app.run("bake", "minikube")
    others = [
        line
        for line in said.splitlines()
        if line.endswith((" configured", " created")) and "poddisruptionbudget" not in line
    ]
    hold(not others, f"it says {others}")
    hold(pods(app, TIERS) == before, "pods were replaced")


def settings(app: App) -> None:
    """A changed key of the ConfigMap."""
    app.program.edit(app.program.text, 'LOG_LEVEL = "info"', 'LOG_LEVEL = "debug"')
    app.build()
    before = pods(app, TIERS)
    with app.stage.shows("a changed setting rolls exactly its readers") as figures:
        with loaded(app, _urls(app)) as load:
            app.run("bake", "minikube")
            settles(app)
        figures.append(f"{load.lost_none()} requests, none lost")
    rolled = {tier for tier, new in pods(app, TIERS).items() if not new & before[tier]}
    hold(rolled == {"backend", "worker"}, f"these rolled: {rolled}")
    hold(pods(app, TIERS)["frontend"] == before["frontend"], "the front end's pods were replaced")
    hold('"level":"debug"' in ask(_items(app))[1], f"it says {ask(_items(app))}")


def release(app: App) -> None:
    """New code in both images, whose tags are of the sources from now on, and a migration that takes its
    time before the new code needs it."""
    app.program.edit(app.program.text, 'version "1.0.0"', 'version "1.0.0"\n  tag from sources')
    app.program.edit("frontend/app/page.jsx", "Items:", "To do:")
    app.program.edit("backend/app/main.py", 'VERSION = "1"', 'VERSION = "2"')
    app.program.edit("backend/app/database.py", "SELECT name FROM", "SELECT name || note FROM")
    file = app.program.folder / "backend/migrations/versions/0002_notes.py"
    adds = "ALTER TABLE items ADD COLUMN note text NOT NULL DEFAULT ''"
    file.write_text(migration("0002", f'time.sleep(15)\n    op.execute("{adds}")'))
    app.build()
    with app.stage.shows("new code with a migration of 15 s, and tags of the sources") as figures:
        with loaded(app, _urls(app)) as load:
            app.run()
            settles(app)
        figures.append(f"{load.lost_none()} requests, none lost, the slowest {load.slowest:.1f} s")
    page = ask(app.addresses["frontend"])[1]
    hold("To do: buy milk" in page, f"the page is {page}")
    hold('"version":"2"' in ask(_items(app))[1], f"it says {ask(_items(app))}")


def _items(app: App) -> str:
    return f"{app.addresses['backend']}/items"


def _urls(app: App) -> list[str]:
    return [f"{app.addresses['frontend']}/?tells", _items(app)]


def pods(app: App, tiers: list[str]) -> dict[str, set[str]]:
    """The pods of each tier, by what no other pod is called."""
    return {tier: {it["metadata"]["uid"] for it in app.pods(tier)} for tier in tiers}


def settles(app: App) -> None:
    """Waits until no pod is about to come or go."""
    app.wait(lambda: all(is_ready(it) for it in app.pods()), "not all pods are Ready")


@contextmanager
def loaded(app: App, urls: list[str]) -> Iterator[Load]:
    """With requests to these addresses all the time."""
    with Load(app, urls) as load:
        yield load
        # What is under way is to be answered, too.
        time.sleep(1)


def migration(number: str, statement: str) -> str:
    """The text of one that does this after the one before."""
    before = f"{int(number) - 1:04}"
    return f"""import time

from alembic import op

revision = "{number}"
down_revision = "{before}"


def upgrade() -> None:
    {statement}
"""
