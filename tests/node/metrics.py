"""What the cluster measures of its pods, for autoscalers: the API `metrics.k8s.io`, which the API server
hands on to here, made of what the kubelet tells."""

import http.server
import json
import re
import ssl
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path

from api import Api

PORT = 4443
GROUP = "/apis/metrics.k8s.io/v1beta1"
# Seconds between two questions to the kubelet, which measures each ten.
EVERY = 5
SAMPLE = re.compile(
    r"^(container_cpu_usage_seconds_total|container_memory_working_set_bytes)"
    r'\{container="([^"]+)",namespace="([^"]+)",pod="([^"]+)"\} (\S+) (\d+)$',
    re.M,
)
# A container, by its namespace, its pod and its name.
Key = tuple[str, str, str]


class Metrics:
    """The last two measurements of each container."""

    def __init__(self, api: Api, address: str) -> None:
        self.api = api
        self.url = f"https://{address}:10250/metrics/resource"
        # The kubelet makes its own certificate.
        self.trust = ssl._create_unverified_context()
        # Seconds of a processor, and when that was measured.
        self.cpu: dict[Key, list[tuple[float, float]]] = {}
        self.memory: dict[Key, float] = {}

    def watch(self) -> None:
        """Asks the kubelet for as long as this process runs."""
        while True:
            try:
                with urllib.request.urlopen(self.url, context=self.trust, timeout=10) as answer:
                    self._take(answer.read().decode())
            except OSError:
                # It isn't there yet, or is busy: then it is asked again.
                pass
            time.sleep(EVERY)

    def _take(self, text: str) -> None:
        cpu, memory = {}, {}
        for kind, container, namespace, pod, value, at in SAMPLE.findall(text):
            key = (namespace, pod, container)
            if "memory" in kind:
                memory[key] = float(value)
                continue
            samples = self.cpu.get(key, [])
            new = (float(value), int(at) / 1000)
            cpu[key] = samples if samples and samples[-1][1] >= new[1] else [*samples, new][-2:]
        self.cpu, self.memory = cpu, memory

    def pods(self, namespace: str, query: str) -> list[dict]:
        """What the pods of a namespace use that have some labels, of those that were measured twice."""
        path = f"/api/v1/namespaces/{namespace}/pods" + (f"?{query}" if query else "")
        cpu, memory = self.cpu, self.memory
        found = []
        for pod in self.api.get(path)["items"]:
            name = pod["metadata"]["name"]
            keys = [(namespace, name, it["name"]) for it in pod["spec"]["containers"]]
            if not all(len(cpu.get(key, [])) == 2 and key in memory for key in keys):
                continue
            containers = []
            for key in keys:
                (before, began), (after, ended) = cpu[key]
                usage = {"cpu": f"{int((after - before) / (ended - began) * 1e9)}n"}
                usage["memory"] = str(int(memory[key]))
                containers.append({"name": key[2], "usage": usage})
            at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(ended))
            found.append(
                {
                    "metadata": {"name": name, "namespace": namespace},
                    "timestamp": at,
                    "window": f"{ended - began:.0f}s",
                    "containers": containers,
                }
            )
        return found


def start(api: Api, address: str, pki: Path) -> None:
    """Serves them for as long as this process runs."""
    metrics = Metrics(api, address)
    threading.Thread(target=metrics.watch, daemon=True).start()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path, _, query = self.path.partition("?")
            status, content = _answer(metrics, path, query)
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer((address, PORT), Handler)
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pki / "apiserver.crt", pki / "apiserver.key")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    _register(api, address)


def _answer(metrics: Metrics, path: str, query: str) -> tuple[int, dict]:
    version = {"apiVersion": "metrics.k8s.io/v1beta1"}
    if path == GROUP:
        resource = {"name": "pods", "singularName": "", "namespaced": True, "kind": "PodMetrics"}
        resources = [{**resource, "verbs": ["get", "list"]}]
        return 200, {
            "kind": "APIResourceList",
            "apiVersion": "v1",
            "groupVersion": "metrics.k8s.io/v1beta1",
            "resources": resources,
        }
    if found := re.fullmatch(rf"{GROUP}/namespaces/([a-z0-9-]+)/pods", path):
        labels = urllib.parse.parse_qs(query).get("labelSelector")
        wanted = urllib.parse.urlencode({"labelSelector": labels[0]}) if labels else ""
        items = metrics.pods(found[1], wanted)
        return 200, {"kind": "PodMetricsList", **version, "metadata": {}, "items": items}
    return 404, {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": 404}


def _register(api: Api, address: str) -> None:
    """Has the API server know who answers for that part of it."""
    name = {"name": "metrics-server"}
    api.create(
        "/api/v1/namespaces/kube-system/services",
        {"metadata": name, "spec": {"ports": [{"name": "https", "port": 443, "targetPort": PORT}]}},
    )
    labels = {"kubernetes.io/service-name": "metrics-server"}
    api.create(
        "/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices",
        {
            "metadata": {**name, "labels": labels},
            "addressType": "IPv4",
            "ports": [{"name": "https", "port": PORT, "protocol": "TCP"}],
            "endpoints": [{"addresses": [address], "conditions": {"ready": True}}],
        },
    )
    api.create(
        "/apis/apiregistration.k8s.io/v1/apiservices",
        {
            "metadata": {"name": "v1beta1.metrics.k8s.io"},
            "spec": {
                "group": "metrics.k8s.io",
                "version": "v1beta1",
                "groupPriorityMinimum": 100,
                "versionPriority": 100,
                "insecureSkipTLSVerify": True,
                "service": {"namespace": "kube-system", "name": "metrics-server", "port": 443},
            },
        },
    )
