"""A pod as its objects say, run by runc: what image and pod agree on is proved together."""

import ctypes
import json
import os
import re
import shutil
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import grpc_health
import oci

# The address of the pod, as its network would give it one. A server that listens on 127.0.0.1
# alone isn't reached by it.
ADDRESS = "10.244.0.2"
# What a container may do where its pod drops nothing: the set of containerd's.
USUAL_CAPABILITIES = [
    f"CAP_{name}"
    for name in (
        "AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE NET_RAW SETFCAP "
        "SETGID SETPCAP SETUID SYS_CHROOT"
    ).split()
]
NEW_NAMESPACE = {"mnt": 0x00020000, "net": 0x40000000}
libc = ctypes.CDLL(None, use_errno=True)


class Spec:
    """What the objects say of the one container of a workload."""

    def __init__(self, objects: list[dict], tier: str, secrets: Callable[[str], str]) -> None:
        [workload] = [o for o in objects if _is_workload(o) and _tier(o) == tier]
        self.pod = workload["spec"]["template"]["spec"]
        [self.container] = self.pod["containers"]
        self.security = {**self.pod["securityContext"], **self.container["securityContext"]}
        self.config_maps = {o["metadata"]["name"]: o for o in objects if o["kind"] == "ConfigMap"}
        self.secrets = secrets
        self.grace: int = self.pod["terminationGracePeriodSeconds"]
        pre_stop = self.container.get("lifecycle", {}).get("preStop", {})
        self.pre_stop: int = pre_stop.get("sleep", {}).get("seconds", 0)

    @property
    def port(self) -> int | None:
        ports = self.container.get("ports", [])
        return ports[0]["containerPort"] if ports else None

    @property
    def writable(self) -> list[str]:
        return [mount["mountPath"] for mount in self.container.get("volumeMounts", [])]

    def variables(self, image: dict) -> dict[str, str]:
        """Those of the image, of the runtime and of the pod, in which the later ones win."""
        given = dict(entry.split("=", 1) for entry in image.get("Env", []))
        given = {"HOSTNAME": "pod", **given}
        for source in self.container.get("envFrom", []):
            given |= self.config_maps[source["configMapRef"]["name"]]["data"]
        for variable in self.container.get("env", []):
            given[variable["name"]] = self._value(variable, given)
        return given

    def _value(self, variable: dict, given: dict[str, str]) -> str:
        source = variable.get("valueFrom")
        if source is None:
            return expand(variable["value"], given)
        if reference := source.get("configMapKeyRef"):
            return self.config_maps[reference["name"]]["data"][reference["key"]]
        return self.secrets(source["secretKeyRef"]["key"])

    def command(self, image: dict, variables: dict[str, str]) -> list[str]:
        """As the kubelet takes it: `command` replaces the image's arguments as well."""
        command, args = self.container.get("command"), self.container.get("args")
        if command is None:
            command = image.get("Entrypoint") or []
            args = args if args is not None else image.get("Cmd") or []
            return command + [expand(word, variables) for word in args]
        return [expand(word, variables) for word in command + (args or [])]


def expand(text: str, variables: dict[str, str]) -> str:
    """Kubernetes' `$(NAME)`; `$$` is a dollar, and what nothing defines stays."""
    pattern = r"\$\$|\$\(([A-Za-z_][A-Za-z0-9_]*)\)"
    return re.sub(pattern, lambda m: "$" if m[0] == "$$" else variables.get(m[1], m[0]), text)


def _is_workload(candidate: dict) -> bool:
    return candidate["kind"] in ("Deployment", "StatefulSet")


def _tier(candidate: dict) -> str:
    return candidate["metadata"]["labels"]["app.kubernetes.io/name"]


class Pod:
    """A running container. Its root is the image's files, read-only as its spec says."""

    def __init__(
        self,
        spec: Spec,
        image: oci.Image,
        work: Path,
        command: list[str] | None = None,
    ) -> None:
        self.spec = spec
        self.image = image.config
        self.root = image.unpacked()
        self.work = work
        self.name = f"todoc-{os.getpid()}"
        self.variables = spec.variables(self.image)
        self.command = command or spec.command(self.image, self.variables)

    def __enter__(self) -> "Pod":
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)
        (self.work / "config.json").write_text(json.dumps(self._config()))
        self.log = self.work / "log"
        run = ["runc", "--root", self.work.parent / "runc", "run", "--bundle", self.work]
        with self.log.open("w") as log:
            self.runtime = subprocess.Popen([*run, self.name], stdout=log, stderr=log)
        self.pid = self._first_process()
        if self.pid:
            self.inside("net", self._add_address)
        return self

    def __exit__(self, *_: object) -> None:
        if self.runtime.poll() is None:
            self._runc("kill", self.name, "KILL")
            self.runtime.wait()
        self._runc("delete", "--force", self.name)

    def _runc(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = ["runc", "--root", self.work.parent / "runc", *arguments]
        return subprocess.run(command, capture_output=True, text=True)

    def _first_process(self) -> int:
        for _ in range(100):
            state = self._runc("state", self.name)
            if state.returncode == 0 and json.loads(state.stdout)["status"] == "running":
                return json.loads(state.stdout)["pid"]
            if self.runtime.poll() is not None:
                return 0
            time.sleep(0.05)
        return 0

    def _config(self) -> dict:
        spec, security = self.spec, self.spec.security
        mounts = [
            _mount("/proc", "proc"),
            _mount("/dev", "tmpfs", "mode=755"),
            _mount("/dev/pts", "devpts", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"),
            _mount("/dev/shm", "tmpfs", "nodev", "mode=1777", "size=64m"),
            _mount("/sys", "sysfs", "ro"),
        ]
        # As the image says, where the pod says nothing.
        user = int((self.image.get("User") or "0").split(":")[0])
        group = security.get("fsGroup", 0)
        mounts += [self._empty_dir(path, group) for path in spec.writable]
        dropped = security.get("capabilities", {}).get("drop", [])
        capabilities = [
            name
            for name in USUAL_CAPABILITIES
            if "ALL" not in dropped and name.removeprefix("CAP_") not in dropped
        ]
        sets = ("bounding", "effective", "permitted")
        return {
            "ociVersion": "1.0.2",
            "process": {
                "user": {
                    "uid": security.get("runAsUser", user),
                    "gid": security.get("runAsGroup", user),
                    "additionalGids": [group],
                },
                "args": self.command,
                "env": [f"{name}={value}" for name, value in self.variables.items()],
                "cwd": self.image.get("WorkingDir") or "/",
                "capabilities": {name: capabilities for name in sets},
                "noNewPrivileges": not security["allowPrivilegeEscalation"],
            },
            "root": {
                "path": str(self.root),
                "readonly": security.get("readOnlyRootFilesystem", False),
            },
            "hostname": "pod",
            "mounts": mounts,
            "linux": {
                "namespaces": [{"type": kind} for kind in ("pid", "network", "ipc", "uts", "mount")]
            },
        }

    def _empty_dir(self, path: str, group: int) -> dict:
        """A folder as the kubelet makes it: the group's, by fsGroup, and anybody may write."""
        folder = self.work / "volumes" / path.strip("/").replace("/", "-")
        folder.mkdir(parents=True)
        os.chown(folder, 0, group)
        folder.chmod(0o2777)
        source = str(folder.resolve())
        return {"destination": path, "type": "bind", "source": source, "options": ["rbind", "rw"]}

    def inside(self, namespace: str, action: Callable[[], Any]) -> Any:
        """Does something in a namespace of the container, by a thread that stays in it."""
        result: list[Any] = []

        def work() -> None:
            try:
                with open(f"/proc/{self.pid}/ns/{namespace}", "rb") as entered:
                    if libc.setns(entered.fileno(), NEW_NAMESPACE[namespace]) != 0:
                        raise OSError(ctypes.get_errno(), "setns")
                result.append(action())
            except BaseException as error:
                result.append(error)

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        if isinstance(result[0], BaseException):
            raise result[0]
        return result[0]

    def _add_address(self) -> None:
        command = ["ip", "address", "add", f"{ADDRESS}/32", "dev", "lo"]
        subprocess.run(command, check=True)

    def request(self, path: str, method: str = "GET", timeout: float = 10) -> tuple[int, str]:
        """Asks as a neighbour of the pod does, or as the kubelet."""

        def ask() -> tuple[int, str]:
            url = f"http://{ADDRESS}:{self.spec.port}{path}"
            try:
                request = urllib.request.Request(url, method=method)
                with urllib.request.urlopen(request, timeout=timeout) as response:
                    return response.status, response.read().decode()
            except urllib.error.HTTPError as error:
                return error.code, error.read().decode()

        return self.inside("net", ask)

    def is_serving(self, port: int, timeout: float) -> bool:
        """What its health service of gRPC says, asked as by the kubelet."""
        return self.inside("net", lambda: grpc_health.is_serving(ADDRESS, port, timeout))

    def healthcheck(self) -> int | None:
        """The status of the image's HEALTHCHECK; 124 if it takes too long, as for Docker."""
        check = self.image.get("Healthcheck")
        if check is None:
            return None
        kind, *command = check["Test"]
        if kind != "CMD":
            raise AssertionError(f"the health check is {kind}")
        return self.execute(command, check["Timeout"] / 1e9)

    def execute(self, command: list[str], seconds: float) -> int:
        """The status of a command in the container, as its user; 124 if it takes too long."""
        run = ["runc", "--root", self.work.parent / "runc", "exec", self.name, *command]
        try:
            return subprocess.run(run, capture_output=True, timeout=seconds).returncode
        except subprocess.TimeoutExpired:
            return 124

    def can_write(self, path: str) -> bool:
        """Whether the process' user can make a file in the folder."""
        user, group = self.spec.security["runAsUser"], self.spec.security["runAsGroup"]
        child = os.fork()
        if child == 0:
            status = 2
            try:
                with open(f"/proc/{self.pid}/ns/mnt", "rb") as entered:
                    libc.setns(entered.fileno(), NEW_NAMESPACE["mnt"])
                os.setgroups([self.spec.security["fsGroup"]])
                os.setgid(group)
                os.setuid(user)
                probe = os.path.join(path, ".probe")
                os.close(os.open(probe, os.O_CREAT | os.O_WRONLY))
                os.unlink(probe)
                status = 0
            except OSError:
                status = 1
            finally:
                os._exit(status)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status == 2:
            raise AssertionError(f"{path} couldn't be tried")
        return status == 0

    def capabilities(self) -> set[str]:
        """The sets of capabilities of the first process, as the kernel tells them."""
        text = Path(f"/proc/{self.pid}/status").read_text()
        return set(re.findall(r"^Cap\w+:\s+(\w+)$", text, re.M))

    def stop(self) -> float:
        """Sends the image's signal, as container runtimes do; gives the seconds until the end."""
        began = time.monotonic()
        name = self.image.get("StopSignal", "SIGTERM")
        os.kill(self.pid, getattr(signal, name))
        self.runtime.wait(timeout=self.spec.grace)
        return time.monotonic() - began


def _mount(path: str, kind: str, *options: str) -> dict:
    return {"destination": path, "type": kind, "source": kind, "options": ["nosuid", *options]}
