//! Package managers: what installs an application's dependencies from its lock file.

use super::runtimes::{NODE, PYTHON, Runtime};

/// A package manager. Commands are lists of words, run in `/app`.
#[derive(Debug, PartialEq, Eq)]
pub struct PackageManager {
    /// The word behind `packages`.
    pub name: &'static str,
    /// The runtime whose packages it installs.
    pub runtime: &'static Runtime,
    /// Where it comes from, if the runtime's image lacks it.
    pub tool: Option<Tool>,
    /// What it reads: the lock file and the file that the lock was made from.
    pub files: &'static [&'static str],
    /// Variables of the stage that it runs in.
    pub variables: &'static [(&'static str, &'static str)],
    /// Installs what the lock file says, or fails: it never resolves anew.
    pub install: &'static [&'static [&'static str]],
    /// Builds the application itself, once its sources are there.
    pub build: Option<&'static [&'static str]>,
    /// Where the packages are afterwards.
    pub environment: &'static str,
    /// Where it keeps downloads.
    pub cache: Cache,
}

/// An image with a program in it.
#[derive(Debug, PartialEq, Eq)]
pub struct Tool {
    /// The image's reference, with an exact version.
    pub image: &'static str,
    /// The program's path in it.
    pub program: &'static str,
}

/// A package manager's folder of downloads, for the user root.
#[derive(Debug, PartialEq, Eq)]
pub struct Cache {
    /// Its path.
    pub path: &'static str,
    /// Whether two processes in it at once would harm each other.
    pub locked: bool,
}

/// npm.
pub const NPM: PackageManager = PackageManager {
    name: "npm",
    runtime: &NODE,
    tool: None,
    files: &["package.json", "package-lock.json"],
    variables: &[],
    install: &[&["npm", "ci", "--no-audit", "--no-fund"]],
    build: Some(&["npm", "run", "build"]),
    environment: "/app/node_modules",
    cache: Cache {
        path: "/root/.npm",
        locked: true,
    },
};

/// uv. Its image is a static binary, so that it fits every base.
pub const UV: PackageManager = PackageManager {
    name: "uv",
    runtime: &PYTHON,
    // Version: the newest on PyPI, as `pip index versions uv` says; images have the same.
    tool: Some(Tool {
        image: "ghcr.io/astral-sh/uv:0.13.8",
        program: "/uv",
    }),
    files: &["pyproject.toml", "uv.lock"],
    variables: &[
        ("UV_COMPILE_BYTECODE", "1"),
        // The cache is on another file system than the environment.
        ("UV_LINK_MODE", "copy"),
        ("UV_NO_DEV", "1"),
        // Else uv may bring a Python of its own, below a folder that only root may enter.
        ("UV_PYTHON_DOWNLOADS", "never"),
    ],
    install: &[&["uv", "sync", "--locked", "--no-install-project"]],
    build: Some(&["uv", "sync", "--locked", "--no-editable"]),
    environment: "/app/.venv",
    cache: Cache {
        path: "/root/.cache/uv",
        locked: false,
    },
};

/// pip, with a `requirements.txt`. It stays out of the environment, which saves 17 MB.
pub const PIP: PackageManager = PackageManager {
    name: "pip",
    runtime: &PYTHON,
    tool: None,
    files: &["requirements.txt"],
    variables: &[("PIP_DISABLE_PIP_VERSION_CHECK", "1")],
    install: &[
        &["python", "-m", "venv", "--without-pip", "/opt/venv"],
        &[
            "pip",
            "--python",
            "/opt/venv/bin/python",
            "install",
            "--requirement",
            "requirements.txt",
        ],
    ],
    build: None,
    environment: "/opt/venv",
    cache: Cache {
        path: "/root/.cache/pip",
        locked: false,
    },
};

/// Every package manager.
pub const PACKAGE_MANAGERS: &[&PackageManager] = &[&NPM, &UV, &PIP];
