"""A slow start: it is waited for, and where it isn't, people see why."""

import texts
from program import API, Source
from stage import Stage, ask, hold

SOURCE = Source(
    "tests/node/programs/slow.todo",
    {"api": API},
    "local",
    variables={"DATABASE_URL": texts.OUTER_DATABASE},
)
# Of a probe that gives up before the server has begun.
HASTY = 'health "/health" { startup every 1s failures 10 }'


def play(stage: Stage) -> None:
    """A start that is longer than what liveness probes bear, and the same with a hasty probe."""
    texts.outer_database(stage)
    app = stage.bring(SOURCE)
    with stage.shows("a start of 60 s is waited for, without a restart"):
        app.run()
        app.all_are_ready()
        hold(ask(f"{app.addresses['api']}/health")[0] == 200, "it doesn't answer")
    app.program.edit(app.program.text, 'health "/health"', HASTY)
    app.build()
    [old] = app.pods()
    with stage.shows("one that gets 10 s: the lines fail, the old pod goes on, events say why"):
        done = app.try_all("bake", "minikube", patience=30)
        hold(done.status != 0, f"the last line succeeds: {done.output}")
        events = app.node.kubectl("events", "-n", app.namespace)
        hold("failed startup probe, will be restarted" in events, f"events say {events}")
        uids = {pod["metadata"]["uid"] for pod in app.pods()}
        hold(old["metadata"]["uid"] in uids, "the old pod is gone")
        hold(ask(f"{app.addresses['api']}/health")[0] == 200, "the old pod doesn't answer")
    app.delete()
