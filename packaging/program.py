"""What packages say of the program that they hold, read off Cargo.toml and the program itself."""

import re
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CARGO: dict = tomllib.loads((ROOT / "Cargo.toml").read_text())["package"]
VERSION: str = CARGO["version"]
DESCRIPTION: str = CARGO["description"]
LICENSE: str = CARGO["license"]
LICENSES = [ROOT / "LICENSE-APACHE", ROOT / "LICENSE-MIT"]
# What a registry shows of a package.
ABOUT = ROOT / "packaging/about.md"

# Machines as `readelf` calls them, and as Python, npm and images do.
MACHINES = {
    "Advanced Micro Devices X86-64": ("x86_64", "x64", "amd64"),
    "AArch64": ("aarch64", "arm64", "arm64"),
}
# The oldest C library that pip knows a tag for.
OLDEST_GLIBC = (2, 17)


@dataclass(frozen=True)
class Program:
    """A program for Linux. `libc` is the C library that it is loaded with; a static one has none."""

    path: Path
    machine: str
    npm_machine: str
    image_machine: str
    libc: str | None
    # The newest version of glibc whose symbols it needs.
    glibc: tuple[int, int]

    @staticmethod
    def read(path: Path) -> "Program":
        asked = ["readelf", "--wide", "--file-header", "--program-headers", "--version-info", path]
        read = subprocess.run(asked, capture_output=True, text=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})
        if read.returncode != 0 or "Machine:" not in read.stdout:
            raise SystemExit(f"{path} isn't a program for Linux: {read.stderr.strip()}")
        machine = re.search(r"Machine: +(.*)", read.stdout)[1]
        if machine not in MACHINES:
            raise SystemExit(f"{path} is for {machine}, for which there are no packages")
        interpreter = re.search(r"program interpreter: (\S+?)\]", read.stdout)
        libc = None
        if interpreter:
            libc = "musl" if "/ld-musl-" in interpreter[1] else "glibc"
        needed = re.findall(r"Name: GLIBC_(\d+)\.(\d+)", read.stdout)
        newest = max((tuple(map(int, version)) for version in needed), default=OLDEST_GLIBC)
        return Program(path, *MACHINES[machine], libc, max(newest, OLDEST_GLIBC))
