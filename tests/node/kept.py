"""What pods keep on volumes of their own: one claim for each pod, files of SQLite, migrations in pods."""

import json

import printed
from printed import Command
from program import Source
from stage import App, Stage, ask, hold
from updates import loaded, settles

SOURCE = Source(
    "tests/node/programs/kept.todo", {"kept": "tests/node/programs/kept"}, "laptop"
)
TIERS = ["diary", "index"]
STEP = '"CREATE TABLE lines (line TEXT NOT NULL)"'
MORE = '"ALTER TABLE lines ADD COLUMN page INTEGER NOT NULL DEFAULT 1"'


def play(stage: Stage) -> None:
    """From nothing to fewer pods and larger claims, after each of which all that was written is there."""
    app = stage.bring(SOURCE)
    with stage.shows("the printed lines bring it up, migrated in its pods") as figures:
        app.run()
        app.is_restricted()
        figures.append(f"{app.all_are_ready()} pods, all Ready")
    with stage.shows("each pod of three is reached by its name, and all by one"):
        for number in range(3):
            _write(app, number, f"part-{number}")
        _holds(app, 3)
        hold(len(_of(app, "/pods")) == 3, f"the one name has {_of(app, '/pods')}")
    _pods_end(app)
    _settings(app)
    _migrates(app)
    _fewer(app)
    _larger(app)
    app.delete()


def _pods_end(app: App) -> None:
    with app.stage.shows("all pods are deleted, what they wrote isn't"):
        hold(ask(f"{app.addresses['diary']}/milk", "POST")[0] == 200, "it takes nothing")
        app.node.kubectl("delete", "pods", "-n", app.namespace, "--all", "--timeout=300s")
        settles(app)
        app.wait(lambda: _lines(app) == ["milk"], lambda: f"the diary has {_lines(app)}")
        _holds(app, 3)


def _settings(app: App) -> None:
    """A changed setting, while people use it."""
    with app.stage.shows("a changed setting replaces them one by one, the last first") as figures:
        before = _names(app)
        app.program.edit(app.program.text, 'MARK = "1"', 'MARK = "2"')
        app.build()
        with loaded(app, [f"{app.addresses['index']}/mark"]) as load:
            app.run("bake", "minikube")
            settles(app)
        figures.append(f"{load.lost_none()} requests, none lost")
    after = _names(app)
    hold(after.keys() == before.keys(), f"there are {after}")
    hold(not set(after.values()) & set(before.values()), "a pod wasn't replaced")
    times = [started for _, (_, started) in sorted(_born(app).items())]
    hold(times == sorted(times, reverse=True), f"they started in this order: {_born(app)}")
    hold(_of(app, "/mark") == "2", "it has the setting of before")
    _holds(app, 3)


def _migrates(app: App) -> None:
    """New code, whose migration each pod runs on its own file."""
    app.program.edit("kept/main.py", f"[{STEP}]", f"[\n    {STEP},\n    {MORE},\n]")
    app.program.edit(app.program.text, 'version "1.0.0"', 'version "1.1.0"')
    app.build()
    with app.stage.shows("new code migrates the file of each pod before it serves") as figures:
        with loaded(app, [f"{app.addresses['index']}/mark"]) as load:
            app.run()
            settles(app)
        figures.append(f"{load.lost_none()} requests to three pods, none lost")
        for pod in app.pods():
            name = pod["metadata"]["name"]
            hold("step 2 is done" in app.log(pod), f"{name} wrote {app.log(pod)}")
    hold(_lines(app) == ["milk"], f"the diary has {_lines(app)}")
    _holds(app, 3)


def _fewer(app: App) -> None:
    """W0704: what the last pod wrote stays in its claim."""
    app.program.edit(app.program.text, "replicas 3", "replicas 2")
    app.build()
    with app.stage.shows("one pod fewer, and as many as before: its claim is mounted again"):
        app.run("bake", "minikube")
        app.wait(lambda: len(app.pods("index")) == 2, "the third pod stays")
        _holds(app, 2)
        app.program.edit(app.program.text, "replicas 2", "replicas 3")
        app.build()
        app.run("bake", "minikube")
        settles(app)
        _holds(app, 3)


def _larger(app: App) -> None:
    """W0703, with a class whose volumes grow. Nothing here makes the disk itself larger."""
    expands = {"allowVolumeExpansion": True}
    app.node.api.ask("PATCH", "/apis/storage.k8s.io/v1/storageclasses/standard", expands)
    before = _names(app)
    app.program.edit(app.program.text, "parts 1Gi", "parts 2Gi")
    app.build()
    [grow] = [it for it in printed.by_hand(app.told) if "kubectl patch" in it]
    with app.stage.shows("larger claims by the printed lines, without the end of a pod") as figures:
        with loaded(app, [f"{app.addresses['index']}/mark"]) as load:
            app.run_one(Command("", grow))
            app.run("bake", "minikube")
            settles(app)
        figures.append(f"{load.lost_none()} requests, none lost")
    hold(_names(app) == before, f"pods were replaced: {before}, {_names(app)}")
    claims = app.node.api.list(f"/api/v1/namespaces/{app.namespace}/persistentvolumeclaims")
    sizes = {
        it["spec"]["resources"]["requests"]["storage"]
        for it in claims
        if it["metadata"]["name"].startswith("parts-")
    }
    hold(sizes == {"2Gi"}, f"the claims ask for {sizes}")
    told = app.program.build(app.stage.todoc)
    hold("larger" not in told, f"it is told again: {told}")
    _holds(app, 3)


def _lines(app: App) -> object:
    return json.loads(ask(f"{app.addresses['diary']}/")[1])


def _of(app: App, path: str) -> object:
    status, text = ask(app.addresses["index"] + path)
    hold(status == 200, f"{path} answers {status}: {text}")
    return json.loads(text)


def _write(app: App, number: int, line: str) -> None:
    url = f"{app.addresses['index']}/of/kept-index-{number}/{line}"
    hold(ask(url, "POST")[0] == 200, f"pod {number} takes nothing: {ask(url)}")


def _holds(app: App, count: int) -> None:
    """Each of so many pods has what it was given, and nothing of another."""
    for number in range(count):
        url = f"{app.addresses['index']}/of/kept-index-{number}/"
        app.wait(
            lambda url=url, number=number: ask(url) == (200, f'["part-{number}"]'),
            lambda url=url, number=number: f"pod {number} has {ask(url)}",
        )


def _born(app: App) -> dict[str, tuple[str, str]]:
    """Each pod's own identity and when it began, by its name."""
    return {
        it["metadata"]["name"]: (it["metadata"]["uid"], it["status"]["startTime"])
        for it in app.pods("index")
    }


def _names(app: App) -> dict[str, str]:
    return {name: uid for name, (uid, _) in _born(app).items()}
