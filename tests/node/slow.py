"""What takes its time: servers to start, and a database to come."""

import threading
import time

import outer
from program import API, Source
from stage import App, Stage, ask, hold, is_ready

SLOW_PORT, LATE_PORT = 5433, 5434


def _source(name: str, port: int) -> Source:
    variables = {"DATABASE_URL": outer.url(port)}
    return Source(f"tests/node/programs/{name}.todo", {"api": API}, "local", variables=variables)


SLOW, LATE = _source("slow", SLOW_PORT), _source("late", LATE_PORT)
# Seconds after which the database is there. The API is given ten minutes.
LATE_SECONDS = 300
# A probe that gives up before the server has begun.
HASTY = 'health "/health" { startup every 1s failures 10 }'


def starts(stage: Stage) -> None:
    """Starts of 100 s, which a probe bears that nobody wrote, and of four minutes; then a hasty one."""
    # Its four minutes are to begin as soon as they can.
    threading.Thread(target=outer.start, args=(stage, SLOW_PORT)).start()
    app = stage.bring(SLOW)
    with stage.shows("starts of 100 s and 240 s are waited for, without a restart"):
        app.run()
        hold(app.all_are_ready() == 2, "not both are there")
        for tier in ("api", "model"):
            hold(ask(f"{app.addresses[tier]}/health")[0] == 200, f"{tier} doesn't answer")
    app.program.edit(app.program.text, 'health "/health"\n', f"{HASTY}\n")
    app.build()
    [old] = app.pods("api")
    with stage.shows("one that gets 10 s: the lines fail, the old pod goes on, events say why"):
        done = app.try_all("bake", "minikube", patience=20)
        hold(done.status != 0, f"the last line succeeds: {done.output}")
        app.wait(lambda: _is_killed(app), "no event tells of the probe")
        uids = {pod["metadata"]["uid"] for pod in app.pods("api") if is_ready(pod)}
        hold(uids == {old["metadata"]["uid"]}, "the old pod is gone")
        hold(ask(f"{app.addresses['api']}/health")[0] == 200, "the old pod doesn't answer")
    app.delete()


def _is_killed(app: App) -> bool:
    events = app.node.kubectl("events", "-n", app.namespace)
    return "failed startup probe, will be restarted" in events


def late(stage: Stage) -> None:
    """README: a migration waits up to ten minutes for its database."""
    app = stage.bring(LATE)
    with stage.shows(f"a database that comes {LATE_SECONDS} s late is waited for"):
        for command in app.printed():
            if "--for=jsonpath" in command.text:
                threading.Timer(LATE_SECONDS, outer.start, [stage, LATE_PORT]).start()
                began = time.monotonic()
            app.run_one(command, patience=1200)
        hold(time.monotonic() - began > LATE_SECONDS, "it didn't wait for its database")
        hold(app.all_are_ready() == 1, "not its one pod is there")
        hold("buy milk" in ask(f"{app.addresses['api']}/items")[1], "its items aren't there")
    app.delete()
