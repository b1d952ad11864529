"""The applications of tests/apps, each brought up by the printed lines and asked once."""

import json
import tomllib

from program import LONG, ROOT, Source
from stage import App, Stage, ask, hold

FOLDER = ROOT / "tests/apps"
NAMES = sorted(it.name for it in FOLDER.iterdir())
# Whatever secret one asks for, by the name that the application has for it.
SECRETS = {
    "API_TOKEN": f"token-{LONG}",
    "DB_PASSWORD": f"password-{LONG}",
    "QUEUE_PASSWORD": f"password-{LONG}",
    "SECRET_KEY": f"{LONG}-{LONG}",
    "B_SECRET": f'it\'s "$HOME" `id` \\ # %{{x}} ${{x}} {{{{y}}}} {LONG}',
}


def source(name: str) -> Source:
    """One with a namespace of its own, and a target for a cluster on the user's machine."""
    folder = FOLDER / name
    text = (folder / "app.todo").read_text()
    [app] = (it.split()[1] for it in text.splitlines() if it.startswith("app "))
    # What is asked comes first, and workers of the same image behind it.
    tier, *_ = (it.split()[1] for it in text.splitlines() if it.startswith("tier "))
    ports = [it.split()[1] for it in text.splitlines() if it.startswith("  port ")]
    exposed = f", tier {tier} {{ expose nodeport {30010 + NAMES.index(name)} }}" if ports else ""
    return Source(
        f"tests/apps/{name}/app.todo",
        {
            it.name: f"tests/apps/{name}/{it.name}"
            for it in folder.iterdir()
            if it.name not in ("app.todo", "proof.toml")
        },
        "laptop",
        f'\ntarget laptop {{ images local, host "localhost"{exposed} }}\n',
        {f"app {app} ": f"app {name} "},
        SECRETS,
    )


def play(stage: Stage, name: str) -> None:
    """One of them."""
    app = stage.bring(source(name))
    with stage.shows("Ready by the printed lines, and it answers") as figures:
        app.run()
        figures.append(f"{app.all_are_ready()} pods")
        _answers(app, tomllib.loads((FOLDER / name / "proof.toml").read_text()))
    app.delete()


def _answers(app: App, proof: dict) -> None:
    """What `proof.toml` says of it, as tests/images reads it."""
    greeting = {"greeting": "good morning", "token": SECRETS["API_TOKEN"]}
    if line := proof.get("greeting_line"):
        [pod] = app.pods()
        hold(line.format(**greeting) in app.log(pod), f"its log is {app.log(pod)}")
    url = next(iter(app.addresses.values()), "")
    if path := proof.get("greeting"):
        status, text = ask(url + path)
        hold(status == 200 and json.loads(text) == greeting, f"it says {status} {text}")
    for page in proof.get("page", []):
        if "target" not in page:
            status, text = ask(url + page["path"])
            hold(status == page.get("status", 200), f"{page['path']} answers {status}: {text}")
    if arguments := proof.get("arguments"):
        seen = json.loads(ask(url)[1])
        expected = {**arguments, "secret": SECRETS["B_SECRET"]}
        hold(seen == expected, f"it saw {seen}, and was given {expected}")
