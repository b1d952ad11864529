"""Policies of the network: who reaches whom is what the text says, and nobody else anybody."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from node import ADDRESS, NAME, OUTSIDE, OUTSIDE_ADDRESS, PODS, Node
from stage import App, hold

# What clouds tell their machines at this address, a pod isn't to know.
METADATA = "169.254.169.254"
# Where each tier of the example listens, none of which has a node port.
PORTS = {"web": 3000, "api": 8000, "db": 5432, "queue": 6379}
STRANGERS = {"stranger": "", "stranger elsewhere": "strangers"}
STRANGER_IMAGE = "postgres:17"
QUEUE = "100"
CHAIN = "POLICIES"

# Tells of each address, `host/port`, whether it is open, of all at once.
PROBE = """for it; do
{ timeout 3 bash -c "exec 3<>/dev/tcp/$it" 2>/dev/null && echo "$it open" || echo "$it closed"; } &
done
wait"""


@contextmanager
def enforced(node: Node) -> Iterator[None]:
    """Has `kube-network-policies` judge each packet that begins a connection of a pod's, but for those
    of the node itself, as it does by rules of its own where the kernel knows how to hand them over.
    """
    account = Path("/run/secrets/kubernetes.io/serviceaccount")
    account.mkdir(parents=True, exist_ok=True)
    (account / "token").write_text(node.api.token)
    (account / "ca.crt").write_bytes(node.api.certificate.read_bytes())
    place = {"KUBERNETES_SERVICE_HOST": node.api.address}
    place["KUBERNETES_SERVICE_PORT"] = str(node.api.port)
    _cloud(node)
    options = [f"--nfqueue-id={QUEUE}", f"--hostname-override={NAME}"]
    node.start("kube-network-policies", *options, "--metrics-bind-address=127.0.0.1:0", **place)
    judged = ["-j", "NFQUEUE", "--queue-num", QUEUE]
    _iptables("-N", CHAIN)
    _iptables("-A", CHAIN, "-m", "owner", "--uid-owner", "0", "-j", "RETURN")
    known = ["-m", "conntrack", "--ctstate", "ESTABLISHED,RELATED"]
    _iptables("-A", CHAIN, *known, "-j", "RETURN")
    _iptables("-A", CHAIN, "-s", PODS, *judged)
    _iptables("-A", CHAIN, "-d", PODS, *judged)
    _iptables("-A", "POSTROUTING", "-j", CHAIN)
    try:
        yield
    finally:
        _iptables("-D", "POSTROUTING", "-j", CHAIN)
        _iptables("-F", CHAIN)
        _iptables("-X", CHAIN)
        node.stop("kube-network-policies")


def _cloud(node: Node) -> None:
    """Has something answer as a cloud would that tells its machines who they are."""
    for words in (
        ["ip", "-n", OUTSIDE, "address", "add", f"{METADATA}/32", "dev", "lo"],
        ["ip", "route", "add", f"{METADATA}/32", "via", OUTSIDE_ADDRESS],
    ):
        subprocess.run(words, check=True)
    command = ["ip", "netns", "exec", OUTSIDE, sys.executable, "-m", "http.server", "80"]
    node.start_as("metadata", command)


def _iptables(*arguments: str) -> None:
    subprocess.run(["iptables", "-w", "-t", "mangle", *arguments], check=True)


def edges(text: str) -> dict[str, set[str]]:
    """Whom each tier of a text asks, read off it as a person would: by an address in `env`, by
    `needs`, and with `from` as the other one does."""
    found: dict[str, set[str]] = {}
    blocks = re.findall(
        r"^(?:tier|postgres|redis) (\w+)(?: from (\w+))? ?(.*?)^}", text, re.M | re.S
    )
    for name, origin, body in blocks:
        asked = set(re.findall(r"\b(\w+)\.(?:url|address|host)\b", body))
        for names in re.findall(r"^ +needs (.*)$", body, re.M):
            asked |= set(names.split())
        found[name] = (asked | found.get(origin, set())) & PORTS.keys()
    return found


def matrix(app: App) -> int:
    """Tries everything of the example from everywhere, and tells how many ways that were."""
    _strangers(app)
    asked = edges((app.program.folder / app.program.text).read_text())
    targets = {f"{_pod(app, tier)['status']['podIP']}/{port}": tier for tier, port in PORTS.items()}
    targets[f"{METADATA}/80"] = "metadata"
    wrong: list[str] = []
    for origin in [*PORTS, "worker", *STRANGERS]:
        allowed = asked.get(origin, set())
        if origin in STRANGERS:
            allowed = {"metadata"}
        expected = {
            address: "open" if tier in allowed else "closed"
            for address, tier in targets.items()
            if tier != origin
        }
        # On a busy machine what is open may take its time.
        for _ in range(3):
            lines = _probe(app, origin, list(targets)).splitlines()
            found = dict(line.split() for line in lines)
            differ = [it for it in expected if found[it] != expected[it]]
            if not any(found[it] == "closed" for it in differ):
                break
        wrong += [f"{origin} -> {targets[it]} is {found[it]}" for it in differ]
    hold(not wrong, f"{wrong}; the text says {asked}")
    return len(targets) * (len(PORTS) + 1 + len(STRANGERS))


def _probe(app: App, origin: str, targets: list[str]) -> str:
    if origin in STRANGERS:
        namespace, pod, container = STRANGERS[origin] or app.namespace, "stranger", "stranger"
    else:
        namespace, pod, container = app.namespace, _pod(app, origin)["metadata"]["name"], origin
    command = ["exec", "-n", namespace, pod, "-c", container, "--", "bash", "-c", PROBE, "probe"]
    return app.node.kubectl(*command, *targets)


def _pod(app: App, tier: str) -> dict:
    [pod] = app.pods(tier)
    return pod


def _strangers(app: App) -> None:
    """Pods that no policy is about, here and elsewhere."""
    for namespace in STRANGERS.values():
        if namespace:
            app.node.kubectl("create", "namespace", namespace)
        namespace = namespace or app.namespace
        app.node.api.create(f"/api/v1/namespaces/{namespace}/pods", STRANGER)
        wait = ["wait", "-n", namespace, "--for=condition=ready", "--timeout=300s"]
        app.node.kubectl(*wait, "pod/stranger")


def is_open_outside(port: int) -> bool:
    """Whether a browser that isn't on the node reaches a port of the node's."""
    probe = ["bash", "-c", PROBE, "probe", f"{ADDRESS}/{port}"]
    done = subprocess.run(
        ["ip", "netns", "exec", OUTSIDE, *probe], capture_output=True, text=True, check=True
    )
    return "open" in done.stdout


# Of an image that is on the node, as a pod that may do nothing.
STRANGER = {
    "metadata": {"name": "stranger"},
    "spec": {
        "securityContext": {
            "runAsUser": 999,
            "runAsNonRoot": True,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "containers": [
            {
                "name": "stranger",
                "image": STRANGER_IMAGE,
                "command": ["sleep", "infinity"],
                "securityContext": {
                    "allowPrivilegeEscalation": False,
                    "capabilities": {"drop": ["ALL"]},
                },
            }
        ],
        "terminationGracePeriodSeconds": 0,
    },
}
