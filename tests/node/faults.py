"""Updates in which something is wrong, and pods that are told to end."""

import re

import outer
from node import NAME as NODE
from printed import Command, Done
from program import API, Source
from stage import App, Stage, ask, hold, is_ready
from updates import loaded, migration, pods, settles

PORT = 5436
SOURCE = Source(
    "tests/node/programs/faults.todo",
    {"api": API, "reader": API},
    "local",
    variables={"DATABASE_URL": outer.url(PORT)},
)
TIERS = ["api", "worker", "reader"]
WORK_SECONDS = 15
# What the kubelet says of a container whose image can't be had.
IMAGE_LACKS = {"ErrImagePull", "ImagePullBackOff"}


def play(stage: Stage) -> None:
    """One after another, on an application that is up."""
    outer.start(stage, PORT)
    app = stage.bring(SOURCE)
    with stage.shows("the printed lines bring it up") as figures:
        app.run()
        figures.append(f"{app.all_are_ready()} pods, all Ready")
    migration_fails(app)
    drain(app)
    worker_ends(app)
    no_image(app)
    gone(app)
    app.delete()


def migration_fails(app: App) -> None:
    """README: if one fails, nothing else has changed; with the fault mended, the same lines run it
    again."""
    file = app.program.folder / "api/migrations/versions/0002_more.py"
    file.write_text(migration("0002", "op.execute('ALTER TABLE nothing ADD COLUMN x text')"))
    app.program.edit("api/app/main.py", 'VERSION = "1"', 'VERSION = "2"')
    app.build()
    before = pods(app, TIERS)
    with app.stage.shows("a migration that fails keeps the old pods, and its log says why"):
        with loaded(app, _urls(app)) as load:
            done = _try_migration(app)
        load.lost_none()
        hold(done.status != 0, f"the last line succeeds: {done.output}")
        hold(pods(app, TIERS) == before, "pods were replaced")
        log = app.shell.run(_log_of_migrations(app)).output
        hold('relation "nothing" does not exist' in log, f"its log is {log}")
    file.write_text(migration("0002", "op.execute('ALTER TABLE items ADD COLUMN x text')"))
    app.build()
    with app.stage.shows("mended, the same lines run it, and bring the new pods"):
        app.run()
    hold('"version":"2"' in ask(_items(app))[1], f"it says {ask(_items(app))}")


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
    """Both readers may not go: there is one node, so that nothing can take their place."""
    with app.stage.shows("a drain leaves the pods that the budget says") as figures:
        command = ["drain", NODE, "--ignore-daemonsets", "--delete-emptydir-data", "--force"]
        labels = f"app.kubernetes.io/name=reader,app.kubernetes.io/part-of={app.namespace}"
        command += [f"--pod-selector={labels}", "--timeout=15s"]
        try:
            with loaded(app, _urls(app)) as load:
                hold(_fails(app, *command), "the drain ends")
                left = [it for it in app.pods("reader") if is_ready(it)]
                hold(len(left) == 1, f"{len(left)} readers are left")
        finally:
            # Other scenarios have pods to come.
            app.node.kubectl("uncordon", NODE)
        figures.append(f"{load.lost_none()} requests, none lost")
        settles(app)


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
    settles(app)


def no_image(app: App) -> None:
    """New code, whose image isn't loaded into the node."""
    app.program.edit("reader/app/main.py", 'VERSION = "1"', 'VERSION = "2"')
    app.build()
    before = pods(app, TIERS)
    with app.stage.shows("an image that can't be had: the lines fail, old pods go on"):
        with loaded(app, _urls(app)) as load:
            done = app.try_all("bake", "minikube", patience=20)
        load.lost_none()
        hold(done.status != 0, f"the last line succeeds: {done.output}")
        hold(pods(app, TIERS)["reader"] >= before["reader"], "pods were replaced")
        app.wait(lambda: _waiting(app) & IMAGE_LACKS, lambda: f"pods wait for {_waiting(app)}")
    app.program.edit("reader/app/main.py", 'VERSION = "2"', 'VERSION = "1"')
    app.build()
    with app.stage.shows("the text of before ends that"):
        app.run("bake", "minikube")


def _waiting(app: App) -> set[str]:
    """What containers of readers wait for."""
    return {
        status["state"].get("waiting", {}).get("reason", "nothing")
        for pod in app.pods("reader")
        for status in pod["status"].get("containerStatuses", [])
    }


def gone(app: App) -> None:
    """README: `kubectl delete -f out/NAME/kubernetes` deletes all that the files hold."""
    with app.stage.shows("the line of the README takes it away"):
        folder = app.program.folder / app.program.out / "kubernetes"
        app.node.kubectl("delete", "--filename", str(folder), "--timeout=300s")
        hold(not app.node.api.find(f"/api/v1/namespaces/{app.namespace}"), "the namespace stays")


def _fails(app: App, *arguments: str) -> bool:
    """Whether kubectl fails."""
    try:
        app.node.kubectl(*arguments)
    except AssertionError:
        return True
    return False


def _items(app: App) -> str:
    return f"{app.addresses['api']}/items"


def _urls(app: App) -> list[str]:
    return [_items(app), f"{app.addresses['reader']}/items"]


def _log_of_migrations(app: App) -> Command:
    """The command in the comment above the wait for them."""
    comment = app.command("--for=jsonpath").comment
    found = re.search(r"`(kubectl logs .*)`", comment)
    hold(found, f"no command shows a log: {comment}")
    return Command("", found[1])
