//! Package managers and workspaces: their folders and what is said of them.

use super::rows::{BUILD, Row, UVICORN};

const NAMED: &str = "[tool.poetry]\nname = \"my-app\"\nversion = \"1.0.0\"\n";
const NO_PACKAGE: &str = "[project]\nname = \"my-app\"\n\n[tool.poetry]\npackage-mode = false\n";
const OF_HATCH: &str =
    "[project]\nname = \"my-app\"\n\n[build-system]\nbuild-backend = \"hatchling.build\"\n";
const WORKSPACE: &str = r#"{ "workspaces": ["apps/*", "packages/*"] }"#;

/// What package managers install and build.
pub(super) const MANAGERS: &[Row] = &[
    (
        "build python \"./it\" { entry \"main.py\" }",
        &[
            ("pyproject.toml", NAMED),
            ("poetry.lock", UVICORN),
            ("main.py", ""),
        ],
        &[
            "W0603: `./it` has no `my_app` and no `src/my_app`, which Poetry installs as the package `my-app`",
        ],
    ),
    (
        "build python \"./it\" { entry \"my_app\" }",
        &[
            ("pyproject.toml", NAMED),
            ("poetry.lock", UVICORN),
            ("src/my_app/__init__.py", ""),
            ("src/my_app/__main__.py", ""),
        ],
        &[],
    ),
    (
        "build python \"./it\" { entry \"my_app\" }",
        &[
            ("pyproject.toml", NAMED),
            ("poetry.lock", UVICORN),
            ("my_app.py", ""),
        ],
        &[],
    ),
    (
        "build python \"./it\" { entry \"main.py\" }",
        &[
            ("pyproject.toml", NO_PACKAGE),
            ("poetry.lock", UVICORN),
            ("main.py", ""),
        ],
        &[],
    ),
    (
        "build python \"./it\" { entry \"main.py\" }",
        &[
            ("pyproject.toml", OF_HATCH),
            ("poetry.lock", UVICORN),
            ("main.py", ""),
        ],
        &[],
    ),
    (
        "build fastapi \"./it\"",
        &[
            ("pyproject.toml", ""),
            (
                "pdm.lock",
                "[[package]]\nname = \"uvicorn\"\ngroups = [\"dev\"]\n",
            ),
            ("app/main.py", ""),
        ],
        &["W0605: `./it/pdm.lock` doesn't name `uvicorn`, which the image runs"],
    ),
    (
        "build fastapi \"./it\"",
        &[
            ("pyproject.toml", ""),
            (
                "pdm.lock",
                "[[package]]\nname = \"uvicorn\"\ngroups = [\"default\"]\n",
            ),
            ("app/main.py", ""),
        ],
        &[],
    ),
    (
        "build node \"./it\" { workspace \"apps/api\", entry \"main.js\" }",
        &[
            ("package.json", WORKSPACE),
            ("package-lock.json", "{ \"packages\": { \"apps/api\": 1 } }"),
            ("apps/api/package.json", "{}"),
            ("apps/api/main.js", ""),
        ],
        &[],
    ),
    (
        "build vite \"./it\"",
        &[
            ("package.json", BUILD),
            ("yarn.lock", ""),
            (
                ".yarnrc.yml",
                "npmScopes:\n  acme:\n    npmAuthToken: \"${NPM_TOKEN}\"\n",
            ),
        ],
        &["W0617: `./it/.yarnrc.yml` reads `NPM_TOKEN`, which the build doesn't have"],
    ),
];
