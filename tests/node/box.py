"""A machine of the node's own inside this one: processes, mounts and a network that end with it.

A node leaves much behind: mounts, interfaces, rules of the firewall, processes that are nobody's
children. In namespaces of their own all of that is the kernel's to take away, as soon as the first
process of the box ends, however it ends. What no namespace holds is a cgroup and two folders, which
the next box takes away if this one couldn't.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

# Of the box alone, and empty when it starts.
OWN_FOLDERS = ["/run", "/var/log"]
# What the kubelet and the plugins of the network write to, wherever they are told to keep their
# files. A machine may lack them.
LENT_FOLDERS = [Path("/var/lib/kubelet"), Path("/var/lib/cni")]
# What the kubelet would set for the whole machine: in the box it finds that it is so.
SETTINGS = {
    "vm/overcommit_memory": "1",
    "vm/panic_on_oom": "0",
    "kernel/panic": "10",
    "kernel/panic_on_oops": "1",
    "kernel/keys/root_maxkeys": "1000000",
    "kernel/keys/root_maxbytes": "25000000",
}
# How much more of the processors it gets than one process.
WEIGHT = 16
# Bytes of memory from which on it holds what would be gigabytes of files on a disk.
ENOUGH_MEMORY = 14 * 2**30
# Of the kinds that kube-proxy, the network of pods and its policies have.
RULES = [
    "-t mangle -A POSTROUTING -m owner --uid-owner 0 -j RETURN",
    "-t mangle -A POSTROUTING -m conntrack --ctstate ESTABLISHED -j RETURN",
    "-t mangle -A POSTROUTING -j NFQUEUE --queue-num 100",
    "-t nat -A POSTROUTING -m comment --comment it -m mark --mark 1 -j MASQUERADE",
    "-t nat -A PREROUTING -p tcp -m statistic --mode random --probability 0.5 -j DNAT --to 10.0.0.1:80",
]
# Where it would show that something got out.
SHARED = ["/run/netns", "/var/lib/kubelet", "/var/lib/cni", "/var/log/pods"]
CGROUPS = Path("/sys/fs/cgroup")
# What a kubelet asks for, by the names of the first version.
CONTROLLERS = {"cpu", "cpuset", "memory", "pids"}


class Missing(Exception):
    """Something that the machine would have to have."""


class Box:
    """One for a work folder. Only one of them may be used at a time."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self.cgroup = f"todoc-node-{zlib.crc32(bytes(work.resolve())):08x}"
        self.lent: list[Path] = []

    def __enter__(self) -> "Box":
        self._clear()
        self.before = _seen(self.work)
        try:
            for hierarchy in _hierarchies():
                (hierarchy / self.cgroup).mkdir()
                if (hierarchy / "cpuset.cpus").exists():
                    _copy_cpus(hierarchy, hierarchy / self.cgroup)
                _prefer(hierarchy / self.cgroup)
        except OSError as error:
            self._clear()
            raise Missing(f"a cgroup of its own: {error}") from error
        self.lent = [folder for folder in LENT_FOLDERS if not folder.exists()]
        for folder in LENT_FOLDERS:
            folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._clear()
        for folder in self.lent:
            with contextlib.suppress(OSError):
                folder.rmdir()
        left = _seen(self.work) - self.before
        left |= {str(it / self.cgroup) for it in _hierarchies() if (it / self.cgroup).exists()}
        if left:
            raise AssertionError(f"the node left this behind: {', '.join(sorted(left))}")

    def run(self, program: Path, argument: str, tell: Callable[[str], None]) -> int:
        """Runs a program of Python's in it, and returns its exit status; tells a command by which
        others run there. What the box started ends with that program, with this process, and by an
        interrupt."""
        spaces = ["--mount", "--net", "--pid", "--ipc", "--uts", "--fork", "--kill-child"]
        command = ["setpriv", "--pdeathsig", "KILL", "unshare", *spaces, "--mount-proc"]
        inside = subprocess.Popen([*command, sys.executable, program, argument])
        tell(f"nsenter --mount --net --target {inside.pid}")
        try:
            return inside.wait()
        finally:
            inside.kill()
            inside.wait()

    def _clear(self) -> None:
        """Takes its cgroup away, of which the last processes may still be ending."""
        end = time.monotonic() + 10
        for hierarchy in _hierarchies():
            top = hierarchy / self.cgroup
            while top.exists() and time.monotonic() < end:
                for folder, _, _ in os.walk(top, topdown=False):
                    with contextlib.suppress(OSError):
                        os.rmdir(folder)
                if top.exists():
                    _kill_all(top)
                    time.sleep(0.05)


def _seen(work: Path) -> set[str]:
    """What of a node's could be seen from here: names of networks, folders, and mounts."""
    names = {f"{it}/{name}" for it in SHARED if Path(it).is_dir() for name in os.listdir(it)}
    mounts = [line.split()[1] for line in Path("/proc/1/mounts").read_text().splitlines()]
    return names | {it for it in mounts if Path(it).is_relative_to(work)}


def _hierarchies() -> list[Path]:
    """Where the machine has its cgroups: in one place, or in one for each controller."""
    if (CGROUPS / "cgroup.controllers").exists():
        return [CGROUPS]
    with contextlib.suppress(OSError):
        return sorted(
            {
                path.resolve()
                for path in CGROUPS.iterdir()
                if (path / "tasks").exists() or (path / "cgroup.procs").exists()
            }
        )
    return []


def _copy_cpus(source: Path, target: Path) -> None:
    """In the first version nothing can start where they are unset."""
    for name in ("cpuset.cpus", "cpuset.mems"):
        with contextlib.suppress(OSError):
            (target / name).write_text((source / name).read_text())


def _prefer(cgroup: Path) -> None:
    """Lets its pods come before what else runs on this machine, of which each process weighs as much as
    all of them otherwise."""
    for name, usual in (("cpu.shares", 1024), ("cpu.weight", 100)):
        if (cgroup / name).exists():
            (cgroup / name).write_text(str(usual * WEIGHT))


def _kill_all(cgroup: Path) -> None:
    for folder, _, _ in os.walk(cgroup):
        with contextlib.suppress(OSError):
            for process in (Path(folder) / "cgroup.procs").read_text().split():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(process), signal.SIGKILL)


def check() -> None:
    """Raises what a machine lacks for a box, in the words of whoever has to provide it."""
    if os.geteuid() != 0:
        raise Missing("root: it makes namespaces, mounts and cgroups")
    for program in ("setpriv", "unshare", "ip", "iptables", "mount"):
        if not shutil.which(program):
            raise Missing(f"the program `{program}`")
    _check_cgroups()
    _try(
        "namespaces with mounts and `veth` of their own",
        "ip link add one type veth peer name other",
        "mount -t tmpfs tmpfs /run",
    )
    _try("rules of the firewall's own", *(f"iptables -w {rule}" for rule in RULES))
    if "overlay" not in Path("/proc/filesystems").read_text():
        raise Missing("the file system `overlay`")


def _try(what: str, *commands: str) -> None:
    """Raises what a machine lacks if one of these fails where nobody else sees it."""
    tried = subprocess.run(
        [
            *["unshare", "--mount", "--net", "--pid", "--fork", "--mount-proc"],
            *["sh", "-c", " && ".join(commands)],
        ],
        capture_output=True,
        text=True,
    )
    if tried.returncode != 0:
        raise Missing(f"{what}: {tried.stderr.strip()}")


def _check_cgroups() -> None:
    found = {name for path in _hierarchies() for name in path.name.split(",")}
    if (CGROUPS / "cgroup.controllers").exists():
        found = set((CGROUPS / "cgroup.controllers").read_text().split())
        _delegate(found & CONTROLLERS)
    if lacking := CONTROLLERS - found:
        raise Missing(f"cgroups with the controllers {', '.join(sorted(lacking))}")


def _delegate(controllers: set[str]) -> None:
    """Lets cgroups have them, as systemd does. A container's own root can't while it has processes."""
    control = CGROUPS / "cgroup.subtree_control"
    lacking = controllers - set(control.read_text().split())
    try:
        for name in sorted(lacking):
            control.write_text(f"+{name}")
    except OSError as error:
        raise Missing(f"cgroups that hand on their controllers: {control}: {error}") from error


def hold_in_memory(folders: list[Path]) -> None:
    """Has empty folders in memory if there is enough of it: a disk takes minutes to write gigabytes of
    small files and to delete them."""
    if _available_memory() > ENOUGH_MEMORY:
        for folder in folders:
            folder.mkdir(parents=True)
            _mount("-t", "tmpfs", "tmpfs", str(folder))


def enter(work: Path) -> None:
    """Makes the box what it is, by its first process, and goes on in another, whose end is the box's.
    The first one waits for what is nobody's child."""
    for folder in OWN_FOLDERS:
        _mount("-t", "tmpfs", "tmpfs", folder)
    for folder in LENT_FOLDERS:
        _mount("-t", "tmpfs", "tmpfs", str(folder))
    for name, value in SETTINGS.items():
        setting = Path("/proc/sys") / name
        if setting.exists():
            stand_in = work / "settings" / name.replace("/", "-")
            stand_in.parent.mkdir(exist_ok=True)
            stand_in.write_text(f"{value}\n")
            _mount("--bind", str(stand_in), str(setting))
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    child = os.fork()
    if child == 0:
        return
    # An interrupt from the terminal is the child's to answer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        process, status = os.wait()
        if process == child:
            os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


def _available_memory() -> int:
    lines = Path("/proc/meminfo").read_text().splitlines()
    return next(int(it.split()[1]) * 1024 for it in lines if it.startswith("MemAvailable:"))


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)
