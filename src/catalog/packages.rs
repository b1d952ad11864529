//! Package managers: what installs an application's dependencies from its lock file.

use super::runtimes::Flavour;

/// A package manager. Commands are lists of words, run in the folder of the application.
#[derive(Debug, PartialEq, Eq)]
pub struct PackageManager {
    /// The word behind `packages`.
    pub name: &'static str,
    /// Where it comes from, if the runtime's image lacks it.
    pub tool: Option<Tool>,
    /// The file that the lock is made from.
    pub manifest: &'static str,
    /// The lock file.
    pub lock: &'static str,
    /// The command that makes the lock file.
    pub locked_by: &'static str,
    /// How its lock file tells which packages are installed, where that is looked at.
    pub names: Option<NameList>,
    /// Files of other tools in its place, which it can't install from.
    pub others: &'static [OtherTool],
    /// What it reads besides, where it is there: patterns of `COPY`.
    pub settings: &'static [&'static str],
    /// Those of them that may hold the password of a registry. They don't ship.
    pub passwords: &'static [&'static str],
    /// Variables of the stage that it runs in.
    pub variables: &'static [(&'static str, &'static str)],
    /// Installs what the lock file says, or fails: it never resolves anew.
    pub install: &'static [&'static [&'static str]],
    /// Fails where the lock file is older than a member of a workspace, if `install` overlooks that.
    pub verify: Option<&'static [&'static str]>,
    /// Builds the application itself, once its sources are there.
    pub build: Option<&'static [&'static str]>,
    /// Takes away what only the build needed.
    pub prune: &'static [&'static [&'static str]],
    /// Where the packages are afterwards.
    pub environment: &'static str,
    /// Where it keeps downloads.
    pub cache: Cache,
}

/// A file that belongs to another tool.
#[derive(Debug, PartialEq, Eq)]
pub struct OtherTool {
    /// Its path.
    pub file: &'static str,
    /// The tool.
    pub tool: &'static str,
    /// Whether the lock file beside it is that tool's, whatever its name.
    pub takes_over: bool,
    /// The way out, as an imperative.
    pub help: &'static str,
}

/// The form in which a lock file names packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameList {
    /// TOML with a `[[package]]` for each, those of packages among them.
    UvLock,
    /// A line for each that was asked for (pip's "requirements file format"); it need not name those
    /// that packages bring along.
    Requirements,
}

/// Where a program comes from.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Tool {
    /// A static binary in an image, which fits every base.
    Binary {
        /// The image's reference, with an exact version.
        image: &'static str,
        /// The program's path in it.
        program: &'static str,
    },
    /// A binary in an image that there is for each libc.
    BinaryOfFlavour {
        /// The image's reference, with an exact version and without a flavour.
        image: &'static str,
        /// The program's path in it.
        program: &'static str,
    },
    /// A package of npm's, installed by this command.
    Npm(&'static [&'static str]),
}

impl Tool {
    /// The image and the path to copy from, where there is something to copy.
    pub(super) fn binary(&self, flavour: Flavour) -> Option<(String, &'static str)> {
        match self {
            Tool::Binary { image, program } => Some(((*image).to_owned(), program)),
            Tool::BinaryOfFlavour { image, program } => {
                Some((format!("{image}-{}", flavour.word()), program))
            }
            Tool::Npm(_) => None,
        }
    }
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
    tool: None,
    manifest: "package.json",
    lock: "package-lock.json",
    locked_by: "npm install --package-lock-only",
    names: None,
    others: &[OtherTool {
        file: "npm-shrinkwrap.json",
        tool: "packages that are published",
        takes_over: false,
        help: "rename it to `package-lock.json`",
    }],
    settings: &[".npmrc*"],
    passwords: &[".npmrc"],
    variables: &[],
    install: &[&["npm", "ci", "--no-audit", "--no-fund"]],
    verify: None,
    build: Some(&["npm", "run", "build"]),
    prune: &[&[
        "npm",
        "prune",
        "--omit=dev",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
    ]],
    environment: "/app/node_modules",
    cache: Cache {
        path: "/root/.npm",
        locked: true,
    },
};

/// pnpm. One whose `package.json` names another version in `packageManager` fetches that one.
pub const PNPM: PackageManager = PackageManager {
    name: "pnpm",
    // Version: the newest that runs on every Node.js of the table (`npm view pnpm@10 version`).
    tool: Some(Tool::Npm(&[
        "npm",
        "install",
        "--global",
        "--no-audit",
        "--no-fund",
        "pnpm@10.34.8",
    ])),
    manifest: "package.json",
    lock: "pnpm-lock.yaml",
    locked_by: "pnpm install --lockfile-only",
    names: None,
    others: &[],
    settings: &["pnpm-workspace.yaml*", ".npmrc*"],
    passwords: &[".npmrc"],
    // Without it, pnpm asks before it takes packages away, and nobody can answer.
    variables: &[("CI", "true")],
    install: &[&[
        "pnpm",
        "install",
        "--frozen-lockfile",
        "--store-dir=/pnpm/store",
    ]],
    verify: None,
    build: Some(&["pnpm", "run", "build"]),
    // Its `prune` knows no workspaces. The age is that of what nothing links to any more: pnpm
    // keeps it for a week otherwise, and the image would ship it.
    prune: &[&[
        "pnpm",
        "install",
        "--prod",
        "--frozen-lockfile",
        "--ignore-scripts",
        "--config.modules-cache-max-age=0",
        "--store-dir=/pnpm/store",
    ]],
    environment: "/app/node_modules",
    cache: Cache {
        path: "/pnpm/store",
        locked: false,
    },
};

/// Yarn 1.
pub const YARN: PackageManager = PackageManager {
    name: "yarn",
    // Images of Node.js have it or not, by their version: `--force` replaces what is there.
    tool: Some(Tool::Npm(&[
        "npm",
        "install",
        "--global",
        "--force",
        "--no-audit",
        "--no-fund",
        "yarn@1.22.22",
    ])),
    manifest: "package.json",
    lock: "yarn.lock",
    locked_by: "yarn install",
    names: None,
    others: &[OtherTool {
        file: ".yarnrc.yml",
        tool: "Yarn 2 and later",
        takes_over: true,
        help: "lock with Yarn 1, or with another package manager: the recipes have Yarn 1",
    }],
    settings: &[".npmrc*", ".yarnrc*"],
    passwords: &[".npmrc", ".yarnrc"],
    // A release of Yarn that `.yarnrc` names is among the sources, which aren't there yet.
    variables: &[("YARN_IGNORE_PATH", "1")],
    install: &[&[
        "yarn",
        "install",
        "--frozen-lockfile",
        "--non-interactive",
        "--cache-folder=/root/.cache/yarn",
    ]],
    // Of a workspace, `--frozen-lockfile` asks whether the root's packages are locked, and no more.
    verify: Some(&["yarn", "check", "--integrity"]),
    build: Some(&["yarn", "run", "build"]),
    prune: &[&[
        "yarn",
        "install",
        "--production",
        "--frozen-lockfile",
        "--ignore-scripts",
        "--non-interactive",
        "--cache-folder=/root/.cache/yarn",
    ]],
    environment: "/app/node_modules",
    cache: Cache {
        path: "/root/.cache/yarn",
        locked: true,
    },
};

/// Bun, as a package manager: Node.js runs what it installs.
pub const BUN: PackageManager = PackageManager {
    name: "bun",
    // Version: the newest on npm, as `npm view bun version` says; images have the same.
    tool: Some(Tool::BinaryOfFlavour {
        image: "oven/bun:1.4.5",
        program: "/usr/local/bin/bun",
    }),
    manifest: "package.json",
    lock: "bun.lock",
    locked_by: "bun install --lockfile-only",
    names: None,
    others: &[OtherTool {
        file: "bun.lockb",
        tool: "Bun before 1.2",
        takes_over: false,
        help: "write it as text: `bun install --save-text-lockfile --lockfile-only`",
    }],
    settings: &["bunfig.toml*", ".npmrc*"],
    passwords: &["bunfig.toml", ".npmrc"],
    variables: &[],
    install: &[&["bun", "install", "--frozen-lockfile"]],
    verify: None,
    build: Some(&["bun", "run", "build"]),
    // It has no command that prunes, and leaves the packages of members where they are.
    prune: &[
        &[
            "find",
            ".",
            "-name",
            "node_modules",
            "-prune",
            "-exec",
            "rm",
            "-rf",
            "{}",
            "+",
        ],
        &[
            "bun",
            "install",
            "--production",
            "--frozen-lockfile",
            "--ignore-scripts",
        ],
    ],
    environment: "/app/node_modules",
    cache: Cache {
        path: "/root/.bun/install/cache",
        locked: false,
    },
};

/// uv.
pub const UV: PackageManager = PackageManager {
    name: "uv",
    // Version: the newest on PyPI, as `pip index versions uv` says; images have the same.
    tool: Some(Tool::Binary {
        image: "ghcr.io/astral-sh/uv:0.13.8",
        program: "/uv",
    }),
    manifest: "pyproject.toml",
    lock: "uv.lock",
    locked_by: "uv lock",
    names: Some(NameList::UvLock),
    others: &[
        OtherTool {
            file: "poetry.lock",
            tool: "Poetry",
            takes_over: false,
            help: "lock with uv, or export a `requirements.txt` and say `packages pip`",
        },
        OtherTool {
            file: "pdm.lock",
            tool: "PDM",
            takes_over: false,
            help: "lock with uv, or export a `requirements.txt` and say `packages pip`",
        },
        OtherTool {
            file: "Pipfile.lock",
            tool: "Pipenv",
            takes_over: false,
            help: "lock with uv, or export a `requirements.txt` and say `packages pip`",
        },
    ],
    settings: &[],
    passwords: &[],
    variables: &[
        ("UV_COMPILE_BYTECODE", "1"),
        // The cache is on another file system than the environment.
        ("UV_LINK_MODE", "copy"),
        ("UV_NO_DEV", "1"),
        // Else uv may bring a Python of its own, below a folder that only root may enter.
        ("UV_PYTHON_DOWNLOADS", "never"),
    ],
    // Members of a workspace, and packages by path, aren't there yet; whether the lock file is
    // theirs is seen once they are.
    install: &[&["uv", "sync", "--frozen", "--no-install-local"]],
    verify: None,
    build: Some(&["uv", "sync", "--locked", "--no-editable"]),
    prune: &[],
    environment: "/app/.venv",
    cache: Cache {
        path: "/root/.cache/uv",
        locked: false,
    },
};

/// pip, with a `requirements.txt`. It stays out of the environment, which saves 17 MB.
pub const PIP: PackageManager = PackageManager {
    name: "pip",
    tool: None,
    manifest: "requirements.txt",
    lock: "requirements.txt",
    locked_by: "pip freeze > requirements.txt",
    names: Some(NameList::Requirements),
    others: &[],
    settings: &[],
    passwords: &[],
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
    verify: None,
    build: None,
    prune: &[],
    environment: "/opt/venv",
    cache: Cache {
        path: "/root/.cache/pip",
        locked: false,
    },
};

impl PackageManager {
    /// The file that the lock is made from, and the lock, where that is another.
    #[must_use]
    pub fn files(&self) -> Vec<&'static str> {
        let mut files = vec![self.manifest];
        files.extend((self.lock != self.manifest).then_some(self.lock));
        files
    }
}

/// Every package manager.
pub const PACKAGE_MANAGERS: &[&PackageManager] = &[&NPM, &PNPM, &YARN, &BUN, &UV, &PIP];
