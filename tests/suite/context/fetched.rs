//! Packages that come from elsewhere than a registry.

use super::rows::Row;

const MAIN: &str = "package main\n";

/// What of them isn't there, or isn't fetched.
pub(super) const FETCHED: &[Row] = &[
    (
        "build rust \"./it\"",
        &[
            (
                "Cargo.toml",
                "[package]\nname = \"it\"\n\n[dependencies]\nshared = { path = \"../shared\" }\n",
            ),
            ("Cargo.lock", ""),
            ("src/main.rs", ""),
        ],
        &["W0608: `./it/Cargo.toml` names `../shared`, which lies outside of `./it`"],
    ),
    (
        "build rust \"./it\"",
        &[
            (
                "Cargo.toml",
                "[package]\nname = \"it\"\n\n[dependencies]\nshared = { path = \"./shared\" }\n",
            ),
            ("Cargo.lock", ""),
            ("src/main.rs", ""),
        ],
        &[],
    ),
    (
        "build go \"./it\"",
        &[
            (
                "go.mod",
                "module it\n\nrequire a.example/b v0.0.0\n\nreplace a.example/b => ../b\n",
            ),
            ("main.go", MAIN),
        ],
        &["W0608: `./it/go.mod` names `../b`, which lies outside of `./it`"],
    ),
    (
        "build node \"./it\" { entry \"x.js\" }",
        &[
            (
                "package.json",
                r#"{ "dependencies": { "b": "file:../b" } }"#,
            ),
            ("package-lock.json", "{}"),
            ("x.js", ""),
        ],
        &["W0608: `./it/package.json` names `../b`, which lies outside of `./it`"],
    ),
    (
        "build node \"./it\" { workspace \"apps/api\", entry \"x.js\" }",
        &[
            ("package.json", "{}"),
            ("package-lock.json", "{}"),
            (
                "apps/api/package.json",
                r#"{ "dependencies": { "b": "file:../../b" } }"#,
            ),
            ("apps/api/x.js", ""),
        ],
        &[],
    ),
    (
        "build python \"./it\" { entry \"main.py\" }",
        &[
            (
                "pyproject.toml",
                "[tool.uv.sources]\nb = { path = \"../b\" }\n",
            ),
            ("uv.lock", "version = 1\n"),
            ("main.py", ""),
        ],
        &["W0608: `./it/pyproject.toml` names `../b`, which lies outside of `./it`"],
    ),
    (
        "build python \"./it\" { entry \"main.py\" }",
        &[
            ("requirements.txt", "b @ git+https://github.com/a/b\n"),
            ("main.py", ""),
        ],
        &["W0614: `./it/requirements.txt` fetches a package by Git, which the image doesn't have"],
    ),
    (
        "build python \"./it\" { entry \"main.py\", build_system \"git\" }",
        &[
            ("requirements.txt", "b @ git+https://github.com/a/b\n"),
            ("main.py", ""),
        ],
        &[],
    ),
    (
        "build python \"./it\" { entry \"main.py\" }",
        &[
            ("pyproject.toml", "[tool.poetry]\npackage-mode = false\n"),
            (
                "poetry.lock",
                "[[package]]\nname = \"b\"\n\n[package.source]\ntype = \"git\"\n",
            ),
            ("main.py", ""),
        ],
        &[],
    ),
    (
        "build node \"./it\" { entry \"x.js\" }",
        &[
            (
                "package.json",
                r#"{ "dependencies": { "b": "git+https://git.acme.example/b.git" } }"#,
            ),
            ("package-lock.json", "{}"),
            ("x.js", ""),
        ],
        &["W0614: `./it/package.json` fetches a package by Git, which the image doesn't have"],
    ),
    (
        "build node \"./it\" { entry \"x.js\" }",
        &[
            (
                "package.json",
                r#"{ "dependencies": { "b": "github:a/b" } }"#,
            ),
            ("package-lock.json", "{}"),
            ("x.js", ""),
        ],
        &[],
    ),
];
