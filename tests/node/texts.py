"""The printed text: what a build tells its user to run brings up the application, as it is told."""

import json
from collections.abc import Callable

import applications
import outer
import policies
import updates
from printed import Command
from program import API, LONG, Source, front_end
from stage import App, Stage, ask, hold, is_ready

DATABASE = {"DB_PASSWORD": f"db-{LONG}", "QUEUE_PASSWORD": f"queue-{LONG}"}
OUTER_PORT = 5432


SOURCES = {
    "todo": Source(
        "examples/todo.todo",
        {**front_end("frontend"), "backend": API},
        "local",
        variables={
            "DATABASE_URL": outer.url(OUTER_PORT),
            "BETTER_AUTH_SECRET": LONG,
            "OPENAI_API_KEY": f"sk-{LONG}",
        },
    ),
    "fullstack": Source(
        "examples/fullstack.todo",
        {**front_end("web"), "api": API},
        "laptop",
        variables={"SESSION_KEY": LONG, "MAIL_PASSWORD": LONG, **DATABASE},
    ),
    "shop": Source(
        "tests/composed/shop/app.todo",
        {"api": "tests/composed/shop/api"},
        "laptop",
        variables={"API_TOKEN": f"token-{LONG}", **DATABASE},
    ),
    "express": applications.source("express"),
}


def play(stage: Stage, name: str) -> None:
    """One of them, from its sources to its page, and away again."""
    if name == "todo":
        outer.start(stage, OUTER_PORT)
    app = stage.bring(SOURCES[name])
    with stage.shows("the printed lines bring it up") as figures:
        app.run()
        app.is_restricted()
        figures.append(f"{app.all_are_ready()} pods, all Ready")
    CHECKS[name](app)
    app.delete()


def todo(app: App) -> None:
    """A page with data of an API, at node ports; a worker; a database elsewhere."""
    with app.stage.shows("the page has the API's data, and what its worker added"):
        _adds(app, app.addresses["frontend"], app.addresses["backend"])
    page = ask(app.addresses["frontend"])[1]
    hold("Browsers ask http://localhost:30800/api." in page, f"the page is {page}")
    with app.stage.shows("a browser elsewhere reaches its node ports"):
        for port, whose in ((30080, "front end"), (30800, "API")):
            app.wait(
                lambda it=port: policies.is_open_outside(it),
                f"the {whose}'s node port is closed",
                60,
            )
    updates.play(app)


def fullstack(app: App) -> None:
    """The same with databases of its own, whose pods are replaced, at forwarded ports."""
    web, api = app.addresses["web"], app.addresses["api"]
    with app.stage.shows("the page has the API's data, and what its worker added"):
        with app.forwarded():
            _adds(app, web, api)
    with app.stage.shows("who reaches whom is what the text says") as figures:
        figures.append(f"{policies.matrix(app)} ways tried")
    with app.stage.shows("its databases' pods are deleted, their data isn't"):
        old = {pod["metadata"]["uid"] for tier in ("db", "queue") for pod in app.pods(tier)}
        app.node.kubectl("delete", "pod", "-n", app.namespace, "notes-db-0", "notes-queue-0")
        for tier in ("db", "queue"):
            app.wait(lambda it=tier: _is_new(app, it, old), lambda: f"{tier} isn't Ready again")
        with app.forwarded():
            app.wait(
                lambda: "buy milk, by-worker" in ask(web)[1], lambda: f"the page is {ask(web)}"
            )
    with app.stage.shows("another password of a database isn't written"):
        refused = app.with_variables(DB_PASSWORD=f"other-{LONG}").run(app.command("secrets apply"))
        hold(refused.status != 0, f"it is written: {refused.output}")
        hold("--replace DB_PASSWORD" in refused.output, f"it says {refused.output}")
    with app.stage.shows("a wrong password keeps new pods out, and their log says why"):
        _wrong_password(app, web)


def _wrong_password(app: App, web: str) -> None:
    """One that somebody wrote into the Secret past the compiler's own command."""
    old = {pod["metadata"]["uid"] for pod in app.pods("api")}
    secret = f"/api/v1/namespaces/{app.namespace}/secrets/notes-db-secrets"
    app.node.api.ask("PATCH", secret, {"stringData": {"DB_PASSWORD": "wrong"}})
    app.node.kubectl("rollout", "restart", "-n", app.namespace, "deployment/notes-api")

    def is_refused() -> bool:
        new = [it for it in app.pods("api") if it["metadata"]["uid"] not in old]
        return any("password authentication failed" in app.last_lines(it) for it in new)

    app.wait(is_refused, "no log tells of the password")
    left = {pod["metadata"]["uid"] for pod in app.pods("api") if is_ready(pod)}
    hold(left == old, "the pods that work are gone")
    with app.forwarded():
        hold("buy milk, by-worker" in ask(web)[1], f"the page is {ask(web)}")


def shop(app: App) -> None:
    """Two migrations, a worker, a volume and a cron."""
    [url] = app.addresses.values()

    def is_sent() -> bool:
        seen = json.loads(ask(f"{url}/orders")[1])
        return seen["orders"] == {"one": "sent"} and "one" in seen["files"]

    with app.stage.shows("an order passes the queue, the worker and the volume"):
        with app.forwarded():
            hold(ask(f"{url}/orders/one", "POST")[0] == 200, "it takes no order")
            app.wait(is_sent, "it isn't sent")
    with app.stage.shows("its cron's job, run by hand, finds that order"):
        app.node.kubectl("create", "job", "-n", app.namespace, "now", "--from=cronjob/shop-sweep")
        wait = [
            "wait",
            "-n",
            app.namespace,
            "--for=condition=complete",
            "--timeout=300s",
            "job/now",
        ]
        app.node.kubectl(*wait)
        said = app.node.kubectl("logs", "-n", app.namespace, "job/now")
        hold("1 were sent." in said, f"the job said {said}")


def express(app: App) -> None:
    """Another language, and variables of a ConfigMap and a Secret."""
    [url] = app.addresses.values()
    greeting = {"greeting": "good morning", "token": f"token-{LONG}"}
    with app.stage.shows("it answers with its settings"), app.forwarded():
        hold(json.loads(ask(f"{url}/greeting")[1]) == greeting, f"it says {ask(url)}")
    app.node.kubectl("delete", "namespace", app.namespace, "--timeout=300s")
    with app.stage.shows("its chart: the printed lines install it, and `helm test` is content"):
        told = app.program.build(app.stage.todoc, "--emit", "helm,docker")
        for command in app.printed("bake", told=told):
            app.run_one(command)
        app.wait(lambda: all(is_ready(it) for it in app.pods()), "the chart's pods aren't Ready")
        tests = f"helm test {app.namespace} -n {app.namespace} --timeout 300s"
        said = app.run_one(Command("", tests))
        hold("Succeeded" in said, f"it says {said}")


def _adds(app: App, page: str, api: str) -> None:
    """What a browser adds is on the page once the worker had it."""
    hold("Items: buy milk." in ask(page)[1], f"the page is {ask(page)}")
    hold(ask(f"{api}/items/by-worker", "POST")[0] == 200, "the API takes nothing")
    app.wait(
        lambda: "Items: buy milk, by-worker." in ask(page)[1], lambda: f"the page is {ask(page)}"
    )


def _is_new(app: App, tier: str, old: set[str]) -> bool:
    pods = [it for it in app.pods(tier) if it["metadata"]["uid"] not in old]
    conditions = [c for pod in pods for c in pod["status"].get("conditions", [])]
    return any(it["type"] == "Ready" and it["status"] == "True" for it in conditions)


CHECKS: dict[str, Callable[[App], None]] = {
    "todo": todo,
    "fullstack": fullstack,
    "shop": shop,
    "express": express,
}
