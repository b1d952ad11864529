//! What recipes build on: language runtimes and a server of files, and their images.

use super::version_files::{self, VersionFile};

/// A runtime with an image.
#[derive(Debug, PartialEq, Eq)]
pub struct Runtime {
    /// The option of `build` that chooses its version, in recipes that have it.
    pub word: &'static str,
    /// Repository of its image.
    pub image: &'static str,
    /// Its versions, oldest first.
    pub versions: &'static [Version],
    /// The version where none is said.
    pub default: &'static str,
    /// The variants of its image that are used, the default first.
    pub flavours: &'static [Flavour],
    /// How it asks for a process's health, with nothing but itself: small images have no curl.
    pub health: Option<HealthScripts>,
    /// What the ignore files of its applications keep out of the image.
    pub ignore: &'static [&'static str],
    /// The files of sources that ask for a version of it, the one that counts most first.
    pub asked_by: &'static [VersionFile],
}

/// A version, as it is written.
#[derive(Debug, PartialEq, Eq)]
pub struct Version {
    /// Its name, which is also its part of the tag.
    pub name: &'static str,
    /// The last day, as `YYYY-MM-DD`, on which it gets fixes, where that has been announced.
    pub end: Option<&'static str>,
}

/// The day at which the tables of versions were last compared with their sources. A version whose
/// end lies before it is past its end; no clock is asked.
pub const AS_OF: &str = "2026-11-01";

const fn until(name: &'static str, end: &'static str) -> Version {
    Version {
        name,
        end: Some(end),
    }
}

const fn open(name: &'static str) -> Version {
    Version { name, end: None }
}

impl Version {
    /// The day after which it got no more fixes, if that has passed.
    #[must_use]
    pub fn ended(&self) -> Option<&'static str> {
        // Days are written so that their order is that of their text.
        self.end.filter(|end| *end < AS_OF)
    }
}

/// Commands that succeed while a process of the same container is healthy. They ask 127.0.0.1,
/// because `localhost` may be `::1` alone, where few servers listen. `{port}` and `{path}` stand
/// for what is asked.
#[derive(Debug, PartialEq, Eq)]
pub struct HealthScripts {
    /// By a GET. As for the kubelet, any status from 200 to 399 is healthy, and no proxy of the
    /// environment is asked.
    pub http: &'static [&'static str],
    /// Is content with a connection.
    pub tcp: &'static [&'static str],
    /// Waits until a server elsewhere accepts connections, and says what keeps it. Behind it stand the
    /// server, as `tcp://HOST:PORT` or as the name of a variable with its URL; the port where a URL has
    /// none; the seconds until it gives up; and its status then. Of a URL without a host, such as one of a
    /// socket, nothing is waited for, and no part of it but host and port is shown. Empty where the image has
    /// nothing that could ask.
    pub wait: &'static [&'static str],
}

/// The variant of a runtime's image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Flavour {
    /// Debian without what only builds need.
    Slim,
    /// The same of one release of Debian, where what is built there runs on another image of it.
    SlimTrixie,
    /// Alpine, with musl.
    Alpine,
    /// Alpine with less in it.
    AlpineSlim,
}

impl Flavour {
    /// The word for it, which is also its part of the tag.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Flavour::Slim => "slim",
            Flavour::SlimTrixie => "slim-trixie",
            Flavour::Alpine => "alpine",
            Flavour::AlpineSlim => "alpine-slim",
        }
    }

    /// Whether its system is Alpine, and not Debian.
    #[must_use]
    pub fn is_alpine(self) -> bool {
        match self {
            Flavour::Slim | Flavour::SlimTrixie => false,
            Flavour::Alpine | Flavour::AlpineSlim => true,
        }
    }
}

/// A base image: runtime, version and flavour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// The runtime.
    pub runtime: &'static Runtime,
    /// The name of one of its versions.
    pub version: &'static str,
    /// The variant of the image.
    pub flavour: Flavour,
}

impl Base {
    /// The default image of a runtime.
    #[must_use]
    pub fn of(runtime: &'static Runtime) -> Self {
        Base {
            runtime,
            version: runtime.default,
            flavour: runtime.flavours.first().copied().unwrap_or(Flavour::Slim),
        }
    }

    /// The image's reference, such as `node:24-slim`.
    #[must_use]
    pub fn reference(&self) -> String {
        format!(
            "{}:{}-{}",
            self.runtime.image,
            self.version,
            self.flavour.word()
        )
    }
}

/// Every runtime, in the order of the reference.
pub const ALL: [&Runtime; 5] = [&NODE, &PYTHON, &GO, &RUST, &NGINX];

/// Node.js. Versions: the release schedule of nodejs.org (`nodejs/Release`); even ones alone have
/// long-term support.
pub const NODE: Runtime = Runtime {
    word: "node",
    image: "node",
    versions: &[
        until("18", "2025-04-30"),
        until("20", "2026-04-30"),
        until("22", "2027-04-30"),
        until("24", "2028-04-30"),
        until("26", "2029-04-30"),
    ],
    default: "24",
    flavours: &[Flavour::Slim, Flavour::Alpine],
    health: Some(HealthScripts {
        http: &[
            "node",
            "-e",
            "require('http').get({ host: '127.0.0.1', port: process.argv[1], path: process.argv[2] }, \
             response => process.exit(response.statusCode < 400 ? 0 : 1))",
            "{port}",
            "{path}",
        ],
        tcp: &[
            "node",
            "-e",
            "require('net').connect(process.argv[1], '127.0.0.1', () => process.exit())",
            "{port}",
        ],
        wait: &["node", "-e", include_str!("runtimes/wait.js")],
    }),
    ignore: &["**/node_modules", ".pnp.*", ".yarn/cache", "coverage"],
    asked_by: version_files::NODE,
};

/// `CPython`. Versions: the developer's guide of python.org, "Status of Python versions"; the ends
/// are the last days of the months that it gives.
pub const PYTHON: Runtime = Runtime {
    word: "python",
    image: "python",
    versions: &[
        until("3.9", "2025-10-31"),
        until("3.10", "2026-10-31"),
        until("3.11", "2027-10-31"),
        until("3.12", "2028-10-31"),
        until("3.13", "2029-10-31"),
        until("3.14", "2030-10-31"),
        until("3.15", "2031-10-31"),
    ],
    default: "3.13",
    flavours: &[Flavour::Slim, Flavour::Alpine],
    health: Some(HealthScripts {
        http: &[
            "python",
            "-c",
            "import sys; from http.client import HTTPConnection; \
             c = HTTPConnection('127.0.0.1', int(sys.argv[1]), timeout=2); \
             c.request('GET', sys.argv[2]); sys.exit(c.getresponse().status >= 400)",
            "{port}",
            "{path}",
        ],
        tcp: &[
            "python",
            "-c",
            "import socket, sys; \
             socket.create_connection(('127.0.0.1', int(sys.argv[1])), timeout=2)",
            "{port}",
        ],
        wait: &["python", "-c", include_str!("runtimes/wait.py")],
    }),
    ignore: &[
        "**/.venv",
        "**/venv",
        "**/__pycache__",
        "**/*.pyc",
        "**/.pytest_cache",
        "**/.mypy_cache",
        "**/.ruff_cache",
        "**/*.egg-info",
        "build",
        "dist",
    ],
    asked_by: version_files::PYTHON,
};

/// Go. Versions: the release history of go.dev; one gets fixes until the second one after it.
pub const GO: Runtime = Runtime {
    word: "go",
    image: "golang",
    versions: &[
        until("1.24", "2026-02-10"),
        until("1.25", "2026-08-11"),
        open("1.26"),
        open("1.27"),
    ],
    default: "1.26",
    flavours: &[Flavour::Alpine],
    health: None,
    ignore: &[],
    asked_by: version_files::GO,
};

/// Rust. Versions: the stable releases since the edition of 2024. Only the newest one gets fixes,
/// every six weeks; what an older one builds goes on working, so none is called past its end.
pub const RUST: Runtime = Runtime {
    word: "rust",
    image: "rust",
    versions: &[
        open("1.85"),
        open("1.86"),
        open("1.87"),
        open("1.88"),
        open("1.89"),
        open("1.90"),
        open("1.91"),
        open("1.92"),
        open("1.93"),
        open("1.94"),
        open("1.95"),
        open("1.96"),
        open("1.97"),
        open("1.98"),
        open("1.99"),
    ],
    default: "1.95",
    flavours: &[Flavour::SlimTrixie],
    health: None,
    ignore: &["target"],
    asked_by: version_files::RUST,
};

/// nginx as a user that isn't root. Version: its stable branch (nginx.org, "download").
pub const NGINX: Runtime = Runtime {
    word: "nginx",
    image: "nginxinc/nginx-unprivileged",
    versions: &[open("1.30")],
    default: "1.30",
    flavours: &[Flavour::AlpineSlim],
    health: Some(HealthScripts {
        http: &[
            "wget",
            "-q",
            "-O",
            "/dev/null",
            "http://127.0.0.1:{port}{path}",
        ],
        tcp: &["nc", "-z", "127.0.0.1", "{port}"],
        wait: &[],
    }),
    ignore: &[],
    asked_by: &[],
};
