//! Package managers and workspaces: their folders and what is said of them.

use super::rows::{BUILD, Row, UVICORN};
use super::test;

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
    // Lock files of other releases than the usual one: an older one installs, or none can.
    (
        "build vite \"./it\"",
        &[
            ("package.json", BUILD),
            ("yarn.lock", "# This file\n\n__metadata:\n  version: 8\n"),
            (".yarnrc.yml", ""),
        ],
        &[],
    ),
    (
        "build vite \"./it\" { packages yarn4 }",
        &[
            ("package.json", BUILD),
            ("yarn.lock", "# This file\n\n__metadata:\n  version: 6\n"),
            (".yarnrc.yml", ""),
        ],
        &["W0602: `./it/yarn.lock` is written by Yarn 3, and the build can't install from it"],
    ),
    (
        "build vite \"./it\"",
        &[
            ("package.json", BUILD),
            ("yarn.lock", "# This file\n\n__metadata:\n  version: 4\n"),
            (".yarnrc.yml", ""),
        ],
        &["W0602: `./it/yarn.lock` is written by Yarn 2 or 3, and the build can't install from it"],
    ),
    (
        "build vite \"./it\"",
        &[
            ("package.json", BUILD),
            ("pnpm-lock.yaml", "lockfileVersion: '6.0'\n"),
        ],
        &[],
    ),
    (
        "build vite \"./it\"",
        &[
            ("package.json", BUILD),
            ("pnpm-lock.yaml", "lockfileVersion: 5.3\n"),
        ],
        &[
            "W0602: `./it/pnpm-lock.yaml` is written by pnpm before 7, and the build can't install from it",
        ],
    ),
    (
        "build python \"./it\" { entry \"main.py\" }",
        &[
            ("pyproject.toml", ""),
            ("pdm.lock", "[metadata]\nlock_version = \"4.4.1\"\n"),
            ("main.py", ""),
        ],
        &[
            "W0602: `./it/pdm.lock` is written by PDM before 2.17, and the build can't install from it",
        ],
    ),
];

/// What frameworks make a server of: `package.json` names no file.
const FRAMEWORKS: &[(&str, &str)] = &[
    (
        r#""devDependencies": { "@sveltejs/adapter-node": "6" }"#,
        "build/index.js",
    ),
    (
        r#""dependencies": { "nuxt": "4" }"#,
        ".output/server/index.mjs",
    ),
    (
        r#""dependencies": { "@astrojs/node": "9" }"#,
        "dist/server/entry.mjs",
    ),
    (r#""dependencies": { "express": "5" }"#, "dist/main.js"),
];

#[test]
fn frameworks_say_what_is_started() {
    for (packages, expected) in FRAMEWORKS {
        let manifest = format!("{{ \"scripts\": {{ \"build\": \"vite build\" }}, {packages} }}");
        let files = [
            ("package.json", manifest.as_str()),
            ("package-lock.json", "{}"),
        ];
        let folder = test("build node \"./it\"", &files);
        let ran = folder.run(&["build", "app.todo"]);
        assert_eq!(
            (ran.status, ran.stderr.as_str()),
            (Some(0), ""),
            "{packages}"
        );
        let text = folder.read("out/docker/it.Dockerfile");
        let command = format!("CMD [\"node\", \"{expected}\"]");
        assert!(text.contains(&command), "{packages}: {text}");
    }
}

/// What `package.json` names, the lock file, and the release that installs from it.
const RELEASES: &[(&str, &str, &str, &str)] = &[
    (
        "yarn@4.0.2+sha256.ab",
        "yarn.lock",
        "version: 8",
        "@yarnpkg/cli-dist@4.0.2",
    ),
    ("", "yarn.lock", "version: 8", "@yarnpkg/cli-dist@4.13.0"),
    ("", "yarn.lock", "version: 9", "@yarnpkg/cli-dist@4.14.1"),
    ("", "yarn.lock", "version: 10", "@yarnpkg/cli-dist@4.18.1"),
    ("", "yarn.lock", "", "@yarnpkg/cli-dist@4.18.1"),
    (
        "yarn@3.6.4",
        "yarn.lock",
        "version: 8",
        "@yarnpkg/cli-dist@4.13.0",
    ),
    (
        "yarn@4.x || id",
        "yarn.lock",
        "version: 8",
        "@yarnpkg/cli-dist@4.13.0",
    ),
    (
        "yarn@4.12345.0",
        "yarn.lock",
        "version: 8",
        "@yarnpkg/cli-dist@4.13.0",
    ),
    (
        "",
        "pnpm-lock.yaml",
        "lockfileVersion: '6.0'",
        "pnpm@8.15.9",
    ),
    ("", "pnpm-lock.yaml", "lockfileVersion: 5.4", "pnpm@7.33.7"),
    (
        "",
        "pnpm-lock.yaml",
        "lockfileVersion: '9.0'",
        "pnpm@10.34.8",
    ),
    // pnpm fetches the release that is named, and reads its lock file.
    (
        "pnpm@9.1.0",
        "pnpm-lock.yaml",
        "lockfileVersion: '9.0'",
        "pnpm@10.34.8",
    ),
];

#[test]
fn the_release_that_wrote_the_lock_file_installs_from_it() {
    for (named, lock, form, expected) in RELEASES {
        let manifest = format!(
            "{{ \"packageManager\": \"{named}\", \"scripts\": {{ \"build\": \"vite build\" }} }}"
        );
        let mut files = vec![("package.json", manifest.as_str()), (lock, form)];
        if *lock == "yarn.lock" {
            files.push((".yarnrc.yml", ""));
        }
        let folder = test("build vite \"./it\"", &files);
        let ran = folder.run(&["build", "app.todo"]);
        assert_eq!(
            (ran.status, ran.stderr.as_str()),
            (Some(0), ""),
            "{named} {form}"
        );
        let text = folder.read("out/docker/it.Dockerfile");
        let mut words = text.split_whitespace();
        assert!(
            words.any(|word| word == *expected),
            "{named} {form}: {text}"
        );
    }
}
