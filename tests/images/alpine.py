"""A system like Alpine's, whose images no registry of packages has: busybox on musl. Both are of
Debian's sources; busybox is built with the settings that its authors recommend, as Alpine's nearly
is. What differs: there is no `apk`."""

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bases import Maker

# `tc` wants a kernel that is older than the headers.
BUILD = r"""#!/bin/sh
set -eu
echo "deb-src $2 $3 main" >"$1/etc/apt/sources.list.d/source.list"
chroot "$1" sh -eu <<'IN'
cd /tmp
{ apt-get update && apt-get source --download-only busybox; } >log 2>&1 || { cat log && false; }
mkdir busybox
tar --extract --file "$(echo busybox_*.orig.tar.*)" --directory busybox --strip-components 1
ln -s /usr/include/linux /usr/include/asm-generic /usr/include/mtd \
  /usr/include/x86_64-linux-gnu/asm /usr/include/x86_64-linux-musl/
cd busybox
make defconfig >log
sed -i 's/^# CONFIG_STATIC is not set/CONFIG_STATIC=y/' .config
sed -i 's/^CONFIG_TC=y/# CONFIG_TC is not set/' .config
make --silent --jobs "$(nproc)" CC=musl-gcc busybox >log 2>&1 || { cat log && false; }
IN
"""

FILES = {
    "etc/passwd": b"root:x:0:0:root:/root:/bin/sh\n",
    "etc/group": b"root:x:0:\n",
    "etc/shadow": b"root:*::0:::::\n",
    "etc/shells": b"/bin/sh\n/bin/ash\n",
}
FOLDERS = {"tmp": 0o1777, "root": 0o700, "home": 0o755, "srv": 0o755, "var/log": 0o755}
FOLDERS |= {name: 0o755 for name in ("bin", "sbin", "lib", "usr/bin", "usr/sbin", "usr/lib")}
FOLDERS |= {name: 0o755 for name in ("dev", "proc", "sys")}


def system(maker: "Maker", release: str, mirror: str) -> None:
    """Puts it into the overlay, where whoever calls this adds the rest, and `layer` packs it."""
    programs = maker.work / "programs"
    programs.mkdir()
    build = maker.work / "build"
    build.write_text(BUILD)
    build.chmod(0o755)
    packages = "bzip2,gcc,libc6-dev,make,musl-tools"
    command = ["mmdebstrap", "--quiet", "--mode=root", "--variant=minbase", f"--include={packages}"]
    command += [f'--customize-hook={build} "$1" {mirror} {release}']
    wanted = "/tmp/busybox/busybox /usr/lib/x86_64-linux-musl/libc.so"
    command += [f"--customize-hook=copy-out {wanted} {programs}"]
    subprocess.run([*command, release, "/dev/null", mirror], check=True)
    for path, mode in FOLDERS.items():
        (maker.overlay / path).mkdir(parents=True, exist_ok=True)
        (maker.overlay / path).chmod(mode)
    for path, content in FILES.items():
        maker.add(path, content)
    shutil.copy(programs / "busybox", maker.overlay / "bin")
    shutil.copy(programs / "libc.so", maker.overlay / "lib/ld-musl-x86_64.so.1")
    (maker.overlay / "lib/libc.musl-x86_64.so.1").symlink_to("ld-musl-x86_64.so.1")
    inside(maker, "/bin/busybox", "--install", "-s")


def inside(maker: "Maker", *command: str) -> None:
    """Runs a command in the system."""
    subprocess.run(["chroot", maker.overlay, *command], check=True)


def layer(maker: "Maker") -> Path:
    """All of the overlay; everything in it is root's."""
    archive = maker.work / "layer.tar"
    tar = ["tar", "--create", "--owner=0", "--group=0", "--numeric-owner", f"--file={archive}"]
    subprocess.run([*tar, f"--directory={maker.overlay}", "."], check=True)
    return archive
