"""A Kubernetes node and its control plane, inside a box."""

import json
import os
import secrets
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import dns
import metrics
import store
import volumes
from api import Api, Refused

NAME = "node"
ADDRESS = "10.99.0.1"
# Of what is outside of the cluster, as a browser is: another network, behind a cable to the node.
OUTSIDE = "outside"
OUTSIDE_ADDRESS = "10.99.0.2"
SERVICES = "10.96.0.0/16"
DNS_ADDRESS = "10.96.0.10"
PODS = "10.244.0.0/24"
PORT = 6443
PROGRAMS = [
    *["containerd", "etcd", "kube-apiserver", "kube-controller-manager", "kube-proxy"],
    *["kube-scheduler", "kubectl", "kubelet", "iptables", "openssl", "runc"],
]

AUTOSCALING = [
    *["sync-period=5s", "downscale-stabilization=20s"],
    *["cpu-initialization-period=20s", "initial-readiness-delay=10s"],
]

# What a pod must be where its namespace says nothing else.
ADMISSION = {
    "apiVersion": "apiserver.config.k8s.io/v1",
    "kind": "AdmissionConfiguration",
    "plugins": [
        {
            "name": "PodSecurity",
            "configuration": {
                "apiVersion": "pod-security.admission.config.k8s.io/v1",
                "kind": "PodSecurityConfiguration",
                "defaults": {"enforce": "restricted", "enforce-version": "latest"},
                "exemptions": {"namespaces": ["kube-system"]},
            },
        }
    ],
}


class Node:
    """One that is Ready in the block, with images that it has beforehand. The box ends it."""

    def __init__(self, work: Path, cgroup: str) -> None:
        self.work = work
        self.cgroup = cgroup
        self.logs = work / "logs"
        self.config = work / "kubeconfig"
        self.store = store.Store(work / "containerd")
        self.programs: dict[str, subprocess.Popen] = {}
        self.api = Api(ADDRESS, PORT, work / "pki/apiserver.crt", secrets.token_hex(16))

    def start_all(self) -> None:
        """Starts everything, and comes back once the node is Ready."""
        for folder in ("logs", "pki", "cni"):
            (self.work / folder).mkdir(parents=True, exist_ok=True)
        self._network()
        self._api_server()
        self.store.start(self.work / "cni", self.start)
        self.wait(self._api_is_ready, "the API server isn't ready")
        self._controllers()
        self._kubelet()
        self._proxy()
        dns.start(self.api, ADDRESS)
        self._dns_service()
        metrics.start(self.api, ADDRESS, self.work / "pki")
        volumes.start(self.api, self.work / "volumes", NAME)
        self.wait(self._is_ready, "the node isn't Ready")

    def start(self, name: str, *arguments: object, **variables: str) -> None:
        """Starts a program that is to run until the end. It and its pods come before what else runs on
        this machine, builds above all: a node and its control plane are machines of their own."""
        self.start_as(name, ["nice", "-n", "-10", name, *map(str, arguments)], **variables)

    def start_as(self, name: str, command: list[str], **variables: str) -> None:
        """Starts a command under a name of its own."""
        with (self.logs / f"{name}.log").open("w") as log:
            self.programs[name] = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.work,
                env={**os.environ, **variables},
                start_new_session=True,
            )

    def stop(self, name: str) -> None:
        """Ends one before the others."""
        program = self.programs.pop(name)
        program.kill()
        program.wait()

    def check(self) -> None:
        """Fails where a program has ended: then no pod is to blame for what is missing."""
        for name, program in list(self.programs.items()):
            if program.poll() is not None:
                lines = (self.logs / f"{name}.log").read_text().splitlines()[-20:]
                raise AssertionError("\n".join([f"{name} has ended:", *lines]))

    def wait(self, truth: Callable[[], object], what: str, seconds: float = 180) -> None:
        """Waits until something holds, while all programs run."""
        end = time.monotonic() + seconds
        while not truth():
            self.check()
            if time.monotonic() > end:
                raise AssertionError(what)
            time.sleep(0.3)

    def kubectl(self, *arguments: str, content: str | None = None) -> str:
        """What kubectl prints, which succeeds."""
        done = subprocess.run(
            ["kubectl", "--kubeconfig", self.config, *arguments],
            input=content,
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            raise AssertionError(f"kubectl {' '.join(arguments)}: {done.stdout}{done.stderr}")
        return done.stdout

    def _network(self) -> None:
        """An address, and what is outside. Pods are given cables of their own, so that what one
        sends to another passes the rules of the node."""
        for command in (
            f"ip netns add {OUTSIDE}",
            f"ip link add eth0 type veth peer name eth0 netns {OUTSIDE}",
            f"ip address add {ADDRESS}/24 dev eth0",
            "ip link set eth0 up",
            f"ip -n {OUTSIDE} address add {OUTSIDE_ADDRESS}/24 dev eth0",
            f"ip -n {OUTSIDE} link set eth0 up",
            f"ip -n {OUTSIDE} link set lo up",
            f"ip -n {OUTSIDE} route add default via {ADDRESS}",
        ):
            subprocess.run(command.split(), check=True)
        Path("/proc/sys/net/ipv4/ip_forward").write_text("1")
        network = {
            "cniVersion": "0.4.0",
            "name": "pods",
            "plugins": [
                {
                    "type": "ptp",
                    "ipam": {
                        "type": "host-local",
                        "ranges": [[{"subnet": PODS}]],
                        "routes": [{"dst": "0.0.0.0/0"}],
                    },
                }
            ],
        }
        (self.work / "cni/pods.conflist").write_text(json.dumps(network))

    def _api_server(self) -> None:
        pki = self.work / "pki"
        key = ["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout"]
        subprocess.run([*key, "-out", pki / "accounts.key"], check=True, capture_output=True)
        (pki / "tokens.csv").write_text(f"{self.api.token},admin,admin,system:masters\n")
        (pki / "tokens.csv").chmod(0o600)
        (self.work / "admission.json").write_text(json.dumps(ADMISSION))
        store = "http://127.0.0.1:2379"
        self.start(
            *["etcd", f"--data-dir={self.work}/etcd", "--unsafe-no-fsync", "--log-level=warn"],
            *[f"--listen-client-urls={store}", f"--advertise-client-urls={store}"],
        )
        self.start(
            *["kube-apiserver", f"--etcd-servers={store}", f"--bind-address={ADDRESS}"],
            *[f"--advertise-address={ADDRESS}", f"--secure-port={PORT}", f"--cert-dir={pki}"],
            *[f"--token-auth-file={pki}/tokens.csv", "--authorization-mode=Node,RBAC"],
            "--service-account-issuer=https://kubernetes.default.svc",
            f"--service-account-key-file={pki}/accounts.key",
            f"--service-account-signing-key-file={pki}/accounts.key",
            *[f"--service-cluster-ip-range={SERVICES}", "--allow-privileged=true"],
            f"--admission-control-config-file={self.work}/admission.json",
            # Who answers for metrics isn't in a pod.
            "--enable-aggregator-routing=true",
            "--kubelet-preferred-address-types=InternalIP",
        )
        server = {"server": f"https://{ADDRESS}:{PORT}"}
        server["certificate-authority"] = str(pki / "apiserver.crt")
        config = {
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [{"name": NAME, "cluster": server}],
            "users": [{"name": "admin", "user": {"token": self.api.token}}],
            "contexts": [{"name": NAME, "context": {"cluster": NAME, "user": "admin"}}],
            "current-context": NAME,
        }
        self.config.write_text(json.dumps(config))
        self.config.chmod(0o600)

    def _api_is_ready(self) -> bool:
        try:
            return self.api.get("/readyz")["text"] == "ok"
        except (OSError, Refused):
            return False

    def _controllers(self) -> None:
        who = [f"--{it}={self.config}" for it in ("kubeconfig", "authentication-kubeconfig")]
        who += [f"--authorization-kubeconfig={self.config}", "--bind-address=127.0.0.1"]
        who += ["--leader-elect=false", f"--cert-dir={self.work}/pki"]
        self.start(
            *["kube-controller-manager", *who, "--use-service-account-credentials=true"],
            f"--service-account-private-key-file={self.work}/pki/accounts.key",
            f"--root-ca-file={self.work}/pki/apiserver.crt",
            # A cluster's own settings of how soon autoscalers act, five minutes for fewer pods.
            *[f"--horizontal-pod-autoscaler-{name}" for name in AUTOSCALING],
        )
        self.start("kube-scheduler", *who)

    def _kubelet(self) -> None:
        config = {
            "apiVersion": "kubelet.config.k8s.io/v1beta1",
            "kind": "KubeletConfiguration",
            "address": ADDRESS,
            "authentication": {"anonymous": {"enabled": True}, "webhook": {"enabled": False}},
            "authorization": {"mode": "AlwaysAllow"},
            "cgroupDriver": "cgroupfs",
            "cgroupRoot": f"/{self.cgroup}",
            "failCgroupV1": False,
            "failSwapOn": False,
            # A root without CAP_SYS_RESOURCE can't set better ones.
            "oomScoreAdj": 0,
            "maxOpenFiles": 20000,
            "containerRuntimeEndpoint": f"unix://{self.store.socket}",
            "resolvConf": str(self.work / "resolv.conf"),
            "clusterDNS": [DNS_ADDRESS],
            "clusterDomain": dns.DOMAIN,
            "podLogsDir": str(self.work / "kubelet/logs"),
            "volumePluginDir": str(self.work / "kubelet/plugins"),
            "evictionHard": {f"{it}.available": "1%" for it in ("memory", "nodefs", "imagefs")},
            "imageGCHighThresholdPercent": 100,
        }
        (self.work / "resolv.conf").write_text("")
        (self.work / "kubelet.json").write_text(json.dumps(config))
        self.start(
            *["kubelet", f"--config={self.work}/kubelet.json", f"--kubeconfig={self.config}"],
            *[f"--root-dir={self.work}/kubelet", f"--cert-dir={self.work}/pki/kubelet"],
            *[f"--hostname-override={NAME}", f"--node-ip={ADDRESS}"],
        )

    def _proxy(self) -> None:
        config = {
            "apiVersion": "kubeproxy.config.k8s.io/v1alpha1",
            "kind": "KubeProxyConfiguration",
            # In this mode a node port answers at `localhost`, too, as where kind publishes it.
            "mode": "iptables",
            "hostnameOverride": NAME,
            "clusterCIDR": PODS,
            "bindAddress": ADDRESS,
            "clientConnection": {"kubeconfig": str(self.config)},
            # Settings of the whole machine's.
            "conntrack": {"maxPerCore": 0, "min": 0},
            "iptables": {"minSyncPeriod": "0s"},
        }
        (self.work / "kube-proxy.json").write_text(json.dumps(config))
        self.start("kube-proxy", f"--config={self.work}/kube-proxy.json")

    def _dns_service(self) -> None:
        """The Service that clusters have for it, of a program outside of a pod."""
        ports = [{"name": it.lower(), "port": 53, "protocol": it} for it in ("UDP", "TCP")]
        name = {"name": "kube-dns"}
        self.api.create(
            "/api/v1/namespaces/kube-system/services",
            {"metadata": name, "spec": {"clusterIP": DNS_ADDRESS, "ports": ports}},
        )
        labels = {"kubernetes.io/service-name": "kube-dns"}
        self.api.create(
            "/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices",
            {
                "metadata": {**name, "labels": labels},
                "addressType": "IPv4",
                "ports": ports,
                "endpoints": [{"addresses": [ADDRESS], "conditions": {"ready": True}}],
            },
        )

    def _is_ready(self) -> bool:
        node = self.api.find(f"/api/v1/nodes/{NAME}") or {"status": {}}
        conditions = node["status"].get("conditions", [])
        account = self.api.find("/api/v1/namespaces/default/serviceaccounts/default")
        ready = {"type": "Ready", "status": "True"}
        return bool(account) and any(ready.items() <= it.items() for it in conditions)


def missing() -> list[str]:
    """The programs that aren't here."""
    return [it for it in PROGRAMS if not shutil.which(it)] + ([] if store.plugins() else ["cni"])
