"""A MariaDB by the word `mysql`, jobs that wait for each other, and an autoscaler."""

import threading

from program import LONG, Source
from stage import App, Stage, ask, hold, is_ready

SOURCE = Source(
    "tests/node/programs/stock.todo",
    {"stock": "tests/node/programs/stock"},
    "laptop",
    variables={"DB_PASSWORD": f"db-{LONG}"},
)
CLIENTS = 4


def play(stage: Stage) -> None:
    """From nothing to data that stays, a wrong password, and pods that come and go with the load."""
    app = stage.bring(SOURCE)
    with stage.shows("the printed lines bring it up, with a MariaDB") as figures:
        app.run()
        _counted(app)
        app.is_restricted()
        figures.append(f"{app.all_are_ready()} pods, all Ready")
    [url] = app.addresses.values()
    _in_order(app)
    with stage.shows("its database's pod is deleted, its data isn't"):
        hold(ask(f"{url}/items/milk", "POST")[0] == 200, "it takes nothing")
        app.node.kubectl("delete", "pod", "-n", app.namespace, "stock-db-0")
        app.wait(
            lambda: ask(f"{url}/items") == (200, '["flour", "milk"]'),
            lambda: f"it has {ask(f'{url}/items')}",
        )
    _scales(app, url)
    _wrong_password(app)
    app.delete()


def _counted(app: App) -> str:
    """What the last job says, once it has ended well."""
    words = ["-n", app.namespace, "-l", "app.kubernetes.io/name=count"]
    app.node.kubectl("wait", "jobs", *words, "--for=condition=complete", "--timeout=300s")
    return app.node.kubectl("logs", *words)


def _in_order(app: App) -> None:
    """The migration, what it is waited for by, and what waits for that; each once."""
    with app.stage.shows("jobs begin after the migration and one after another, each once"):
        told = "There are ['flour']"
        hold(_counted(app).strip() == told, f"the last one says {_counted(app)}")
        app.run("bake", "minikube")
        hold(_counted(app).strip() == told, f"after a second release it says {_counted(app)}")


def _scales(app: App, url: str) -> None:
    """With what each pod uses measured as on a cluster that has a metrics server."""
    ends = threading.Event()

    def load() -> None:
        while not ends.is_set():
            ask(f"{url}/work", seconds=60)

    clients = [threading.Thread(target=load) for _ in range(CLIENTS)]
    with app.stage.shows("its autoscaler adds pods under load, up to three"):
        for client in clients:
            client.start()
        try:
            app.wait(lambda: _ready(app) == 3, lambda: f"no three pods: {_told(app)}", 600)
        finally:
            ends.set()
            for client in clients:
                client.join()
    with app.stage.shows("and takes them away without it, down to one"):
        app.wait(lambda: len(app.pods("api")) == 1, lambda: f"no one pod: {_told(app)}", 600)


def _ready(app: App) -> int:
    return sum(is_ready(pod) for pod in app.pods("api"))


def _told(app: App) -> str:
    return app.node.kubectl("describe", "hpa", "-n", app.namespace)


def _wrong_password(app: App) -> None:
    """One that somebody wrote into the Secret past the compiler's own command."""
    old = {pod["metadata"]["uid"] for pod in app.pods("api")}
    secret = f"/api/v1/namespaces/{app.namespace}/secrets/stock-db-secrets"
    app.node.api.ask("PATCH", secret, {"stringData": {"DB_PASSWORD": "wrong"}})
    with app.stage.shows("a wrong password keeps new pods out, and their log says why"):
        app.node.kubectl("rollout", "restart", "-n", app.namespace, "deployment/stock-api")

        def is_refused() -> bool:
            new = [it for it in app.pods("api") if it["metadata"]["uid"] not in old]
            return any("Access denied for user" in app.last_lines(it) for it in new)

        app.wait(is_refused, "no log tells of the password")
        left = {pod["metadata"]["uid"] for pod in app.pods("api") if is_ready(pod)}
        hold(left == old, "the pod that works is gone")
