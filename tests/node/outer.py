"""A PostgreSQL outside of the cluster, as the texts have it that say `external`."""

from node import ADDRESS
from stage import Stage

IMAGE = "postgres:17"
PASSWORD = "outer"


def url(port: int) -> str:
    """Where programs find the one at this port of the node's address."""
    return f"postgresql://postgres:{PASSWORD}@{ADDRESS}:{port}/postgres"


def start(stage: Stage, port: int) -> None:
    """Starts one without anything in it. No policy is about it: it has the node's network."""
    name = f"outer-database-{port}"
    pods = "/api/v1/namespaces/kube-system/pods"
    if stage.node.api.find(f"{pods}/{name}"):
        stage.node.kubectl("delete", "pod", "-n", "kube-system", name)
    variables = {"POSTGRES_PASSWORD": PASSWORD, "PGPORT": str(port)}
    stage.node.api.create(
        pods,
        {
            "metadata": {"name": name},
            "spec": {
                "hostNetwork": True,
                "securityContext": {"runAsUser": 999, "runAsGroup": 999},
                "volumes": [{"name": "sockets", "emptyDir": {"medium": "Memory"}}],
                "containers": [
                    {
                        "name": "postgres",
                        "image": IMAGE,
                        "env": [{"name": it, "value": variables[it]} for it in variables],
                        "volumeMounts": [{"name": "sockets", "mountPath": "/var/run/postgresql"}],
                        "readinessProbe": {"exec": {"command": ["pg_isready", "-h", "127.0.0.1"]}},
                    }
                ],
            },
        },
    )
    wait = ["wait", "-n", "kube-system", "--for=condition=ready", "--timeout=300s"]
    stage.node.kubectl(*wait, f"pod/{name}")
