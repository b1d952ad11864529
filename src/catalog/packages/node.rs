//! Package managers of Node.js.

use super::{Cache, LockForms, OtherTool, PackageManager, Tool};

/// npm.
pub const NPM: PackageManager = PackageManager {
    name: "npm",
    tool: None,
    manifest: "package.json",
    lock: "package-lock.json",
    marker: "",
    locked_by: "npm install --package-lock-only",
    names: None,
    forms: None,
    others: &[OtherTool {
        file: "npm-shrinkwrap.json",
        tool: "packages that are published",
        takes_over: false,
        help: "rename it to `package-lock.json`",
    }],
    settings: &[".npmrc*"],
    folders: &[],
    passwords: &[".npmrc"],
    variables: &[],
    install: &[&["npm", "ci", "--no-audit", "--no-fund"]],
    verify: None,
    build: Some(&["npm", "run", "build"]),
    build_members: None,
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
    marker: "",
    locked_by: "pnpm install --lockfile-only",
    names: None,
    forms: Some(&PNPM_FORMS),
    others: &[],
    settings: &["pnpm-workspace.yaml*", ".npmrc*"],
    folders: &[],
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
    build_members: Some(&["pnpm", "--filter", "{.}...", "run", "--if-present", "build"]),
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

/// Lock files of pnpm before 9. Where `packageManager` names a release, pnpm fetches that one.
const PNPM_FORMS: LockForms = LockForms {
    key: "lockfileVersion:",
    // Versions: the newest on npm of each that wrote the form.
    releases: &[("5.4", "7.33.7"), ("6.0", "8.15.9"), ("6.1", "8.15.9")],
    refused: &[
        ("5.1", "pnpm before 7"),
        ("5.2", "pnpm before 7"),
        ("5.3", "pnpm before 7"),
    ],
    help: "write it anew with a later release: `npx pnpm@10 install --lockfile-only --force`",
    named: "",
};

/// A program that builds the members of a workspace, in the folder of the last: Yarn 1 tells who needs whom, and
/// has no command that builds them in that order. npm's `--if-present` is in every image of Node.js.
const BUILD_MEMBERS: &str = concat!(
    "const { execSync } = require('child_process'); ",
    "const all = JSON.parse(execSync('yarn --silent workspaces info', { cwd: '/app' })); ",
    "const seen = new Set(); ",
    "const build = (name) => { ",
    "if (seen.has(name)) return; ",
    "seen.add(name); ",
    "all[name].workspaceDependencies.forEach(build); ",
    "const cwd = '/app/' + all[name].location; ",
    "execSync('npm run build --if-present --force', { cwd, stdio: 'inherit' }); ",
    "}; ",
    "build(require('./package.json').name);"
);

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
    marker: "",
    locked_by: "yarn install",
    names: None,
    forms: None,
    others: &[OtherTool {
        file: ".yarnrc.yml",
        tool: "Yarn 2 and later",
        takes_over: true,
        help: "say which it is: `packages yarn4`",
    }],
    settings: &[".npmrc*", ".yarnrc*"],
    folders: &[],
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
    build_members: Some(&["node", "-e", BUILD_MEMBERS]),
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

/// Lock files of Yarn before 4.15. Each release refuses the forms of others, so that the one that
/// `packageManager` names is the surest.
const YARN_4_FORMS: LockForms = LockForms {
    key: "version:",
    // Versions: the newest on npm of each that writes the form.
    releases: &[("8", "4.13.0"), ("9", "4.14.1")],
    refused: &[
        ("4", "Yarn 2 or 3"),
        ("5", "Yarn 3"),
        ("6", "Yarn 3"),
        ("7", "a trial release of Yarn 4"),
    ],
    help: "let Yarn 4 write it, and commit what changes: `yarn set version stable`, then `yarn install`",
    named: "yarn@4.",
};

/// Yarn 4, whose packages are in `node_modules`, since `node` alone starts the application.
pub const YARN_4: PackageManager = PackageManager {
    name: "yarn4",
    // Version: the newest on npm, as `npm view @yarnpkg/cli-dist version` says.
    tool: Some(Tool::Npm(&[
        "npm",
        "install",
        "--global",
        "--force",
        "--no-audit",
        "--no-fund",
        "@yarnpkg/cli-dist@4.18.1",
    ])),
    manifest: "package.json",
    lock: "yarn.lock",
    marker: ".yarnrc.yml",
    locked_by: "yarn install",
    names: None,
    forms: Some(&YARN_4_FORMS),
    others: &[],
    settings: &[".yarnrc.yml"],
    folders: &["./.yarn/patches/*", "./.yarn/plugins/*"],
    passwords: &[".yarnrc.yml"],
    variables: &[
        ("YARN_ENABLE_GLOBAL_CACHE", "1"),
        ("YARN_ENABLE_TELEMETRY", "0"),
        ("YARN_GLOBAL_FOLDER", "/root/.cache/yarn"),
        // A release that `.yarnrc.yml` names is among the sources, which aren't there yet.
        ("YARN_IGNORE_PATH", "1"),
        ("YARN_NODE_LINKER", "node-modules"),
    ],
    install: &[&["yarn", "install", "--immutable"]],
    verify: None,
    build: Some(&["yarn", "run", "build"]),
    build_members: Some(&[
        "yarn",
        "workspaces",
        "foreach",
        "--recursive",
        "--topological-dev",
        "run",
        "build",
    ]),
    prune: &[&[
        "env",
        "YARN_ENABLE_SCRIPTS=0",
        "yarn",
        "workspaces",
        "focus",
        "--all",
        "--production",
    ]],
    environment: "/app/node_modules",
    cache: Cache {
        path: "/root/.cache/yarn/cache",
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
    marker: "",
    locked_by: "bun install --lockfile-only",
    names: None,
    forms: None,
    others: &[OtherTool {
        file: "bun.lockb",
        tool: "Bun before 1.2",
        takes_over: false,
        help: "write it as text: `bun install --save-text-lockfile --lockfile-only`",
    }],
    settings: &["bunfig.toml*", ".npmrc*"],
    folders: &[],
    passwords: &["bunfig.toml", ".npmrc"],
    variables: &[],
    install: &[&["bun", "install", "--frozen-lockfile"]],
    verify: None,
    build: Some(&["bun", "run", "build"]),
    build_members: None,
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
