//! The language runtimes that recipes build on, and their official images.

/// A runtime with an official image.
#[derive(Debug, PartialEq, Eq)]
pub struct Runtime {
    /// The option of `build` that chooses its version.
    pub word: &'static str,
    /// Repository of the official image.
    pub image: &'static str,
    /// Versions as they are written, oldest first.
    pub versions: &'static [&'static str],
    /// The version where none is said.
    pub default: &'static str,
    /// How it asks for a process's health, with nothing but itself: slim images have no curl.
    pub health: HealthScripts,
    /// What the ignore files of its applications keep out of the image.
    pub ignore: &'static [&'static str],
}

/// Commands that succeed while a process of the same container is healthy. They ask 127.0.0.1,
/// because `localhost` may be `::1` alone, where few servers listen.
#[derive(Debug, PartialEq, Eq)]
pub struct HealthScripts {
    /// Takes a port and a path. As for the kubelet, any status from 200 to 399 is healthy, a
    /// redirect isn't followed, and no proxy of the environment is asked.
    pub http: &'static [&'static str],
    /// Takes a port, and is content with a connection.
    pub tcp: &'static [&'static str],
}

/// The variant of a runtime's image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// Debian without what only builds need.
    Slim,
    /// Alpine, with musl.
    Alpine,
}

impl Flavour {
    /// All of them, the default first.
    pub const ALL: &[Flavour] = &[Flavour::Slim, Flavour::Alpine];

    /// The word for it, which is also its part of the tag.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Flavour::Slim => "slim",
            Flavour::Alpine => "alpine",
        }
    }
}

/// A base image: runtime, version and flavour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// The runtime.
    pub runtime: &'static Runtime,
    /// One of its versions.
    pub version: &'static str,
    /// The variant of the image.
    pub flavour: Flavour,
}

impl Base {
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

/// Node.js. Versions: the release schedule of nodejs.org; even ones alone have long-term support.
pub const NODE: Runtime = Runtime {
    word: "node",
    image: "node",
    versions: &["18", "20", "22", "24", "26"],
    default: "24",
    health: HealthScripts {
        http: &[
            "node",
            "-e",
            "require('http').get({ host: '127.0.0.1', port: process.argv[1], path: process.argv[2] }, \
             response => process.exit(response.statusCode < 400 ? 0 : 1))",
        ],
        tcp: &[
            "node",
            "-e",
            "require('net').connect(process.argv[1], '127.0.0.1', () => process.exit())",
        ],
    },
    ignore: &["**/node_modules", "coverage"],
};

/// `CPython`. Versions: the developer's guide of python.org, "Status of Python versions".
pub const PYTHON: Runtime = Runtime {
    word: "python",
    image: "python",
    versions: &["3.9", "3.10", "3.11", "3.12", "3.13", "3.14"],
    default: "3.13",
    health: HealthScripts {
        http: &[
            "python",
            "-c",
            "import sys; from http.client import HTTPConnection; \
             c = HTTPConnection('127.0.0.1', int(sys.argv[1]), timeout=2); \
             c.request('GET', sys.argv[2]); sys.exit(c.getresponse().status >= 400)",
        ],
        tcp: &[
            "python",
            "-c",
            "import socket, sys; \
             socket.create_connection(('127.0.0.1', int(sys.argv[1])), timeout=2)",
        ],
    },
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
};
