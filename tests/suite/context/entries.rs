//! What the process is started from, as far as the sources say it.

use super::{test, warnings};
use crate::support::report;

const OF_API: &str = "[package]\nname = \"api\"\n";
const OF_SHOP: &str = "[package]\nname = \"shop\"\n";
const MEMBERS: &str = "[workspace]\nmembers = [\"api\", \"crates/*\"]\n";
const MAIN: &str = "// It runs.\npackage main\n";
const SHOP: &str = "package shop\n";
const INSTALLED: &str = "[build-system]\nrequires = []\n";
const MAKES: &str = "from fastapi import FastAPI\n\napi: FastAPI = FastAPI(title=\"it\")\n";
const REMIX: &str = r#"{ "scripts": { "build": "react-router build", "start": "react-router-serve ./build/server/index.js" }, "dependencies": { "@react-router/serve": "7" } }"#;

/// A build, its folder, and a part of what comes of it.
type Case = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static str,
);

/// With a part of the Dockerfile.
const ANSWERS: &[Case] = &[
    (
        "build rust \"./it\"",
        &[
            ("Cargo.toml", OF_API),
            ("Cargo.lock", ""),
            ("src/main.rs", ""),
        ],
        "--bin api",
    ),
    (
        "build rust \"./it\"",
        &[
            (
                "Cargo.toml",
                "[package]\nname = \"shop\"\n\n[[bin]]\nname = \"server\"\npath = \"src/main.rs\"\n",
            ),
            ("Cargo.lock", ""),
            ("src/main.rs", ""),
        ],
        "--bin server",
    ),
    (
        "build rust \"./it\"",
        &[
            (
                "Cargo.toml",
                "[package]\nname = \"shop\"\ndefault-run = \"shop\"\n",
            ),
            ("Cargo.lock", ""),
            ("src/main.rs", ""),
            ("src/bin/tool.rs", ""),
        ],
        "--bin shop",
    ),
    (
        "build rust \"./it\"",
        &[
            ("Cargo.toml", OF_SHOP),
            ("Cargo.lock", ""),
            ("src/bin/serve/main.rs", ""),
        ],
        "--bin serve",
    ),
    // A tool that needs a feature isn't what is meant.
    (
        "build rust \"./it\"",
        &[
            (
                "Cargo.toml",
                "[package]\nname = \"shop\"\n\n[[bin]]\nname = \"tool\"\nrequired-features = [\"tool\"]\n",
            ),
            ("Cargo.lock", ""),
            ("src/main.rs", ""),
            ("src/bin/tool.rs", ""),
        ],
        "--bin shop",
    ),
    (
        "build rust \"./it\"",
        &[
            ("Cargo.toml", MEMBERS),
            ("Cargo.lock", ""),
            ("api/Cargo.toml", OF_API),
            ("api/src/main.rs", ""),
            ("crates/shop/Cargo.toml", OF_SHOP),
            ("crates/shop/src/lib.rs", ""),
        ],
        "--bin api",
    ),
    // Cargo builds the package of the folder itself, and no member.
    (
        "build rust \"./it\"",
        &[
            (
                "Cargo.toml",
                "[package]\nname = \"shop\"\n\n[workspace]\nmembers = [\"api\"]\n",
            ),
            ("Cargo.lock", ""),
            ("src/main.rs", ""),
            ("api/Cargo.toml", OF_API),
            ("api/src/main.rs", ""),
        ],
        "--bin shop",
    ),
    (
        "build go \"./it\"",
        &[
            ("go.mod", ""),
            ("main.go", MAIN),
            ("cmd/tool/main.go", MAIN),
        ],
        "/out/server .",
    ),
    (
        "build go \"./it\"",
        &[
            ("go.mod", ""),
            ("shop.go", SHOP),
            ("generate.go", "//go:build ignore\n\npackage main\n"),
            ("cmd/api/main.go", MAIN),
        ],
        "/out/server ./cmd/api",
    ),
    (
        "build go \"./it\"",
        &[("go.mod", ""), ("cmd/main.go", MAIN), ("pkg/shop.go", SHOP)],
        "/out/server ./cmd",
    ),
    (
        "build go \"./it\"",
        &[
            ("go.mod", ""),
            ("server/main.go", MAIN),
            ("shop/main.go", SHOP),
        ],
        "/out/server ./server",
    ),
    (
        "build python \"./it\"",
        &[("requirements.txt", ""), ("worker.py", ""), ("shop.py", "")],
        "[\"python\", \"worker.py\"]",
    ),
    (
        "build python \"./it\"",
        &[
            ("pyproject.toml", INSTALLED),
            ("uv.lock", ""),
            ("src/shop/__main__.py", ""),
        ],
        "[\"python\", \"-m\", \"shop\"]",
    ),
    (
        "build python \"./it\", command \"celery\" \"worker\"",
        &[
            ("requirements.txt", "celery\n"),
            ("main.py", ""),
            ("app.py", ""),
        ],
        "[\"celery\", \"worker\"]",
    ),
    (
        "build fastapi \"./it\"",
        &[("requirements.txt", "uvicorn\n"), ("main.py", MAKES)],
        "\"main:api\"",
    ),
    (
        "build fastapi \"./it\"",
        &[
            ("requirements.txt", "uvicorn\n"),
            ("app/main.py", MAKES),
            ("main.py", MAKES),
        ],
        "\"app.main:api\"",
    ),
    (
        "build fastapi \"./it\"",
        &[("requirements.txt", "uvicorn\n"), ("shop/main.py", MAKES)],
        "\"shop.main:api\"",
    ),
    (
        "build fastapi \"./it\"",
        &[
            ("requirements.txt", "uvicorn\n"),
            (
                "pyproject.toml",
                "[tool.fastapi]\nentrypoint = \"shop.web:create\"\n",
            ),
            ("shop/web.py", ""),
        ],
        "\"shop.web:create\"",
    ),
    (
        "build node \"./it\"",
        &[
            ("package.json", r#"{ "main": "app.js" }"#),
            ("package-lock.json", ""),
            ("app.js", ""),
            ("index.js", ""),
        ],
        "[\"node\", \"app.js\"]",
    ),
    (
        "build node \"./it\"",
        &[
            ("package.json", r#"{ "main": "gone.js" }"#),
            ("package-lock.json", ""),
            ("src/server.js", ""),
        ],
        "[\"node\", \"src/server.js\"]",
    ),
    (
        "build node \"./it\"",
        &[
            (
                "package.json",
                r#"{ "scripts": { "start": "npm run serve", "serve": "node ./bin/www" } }"#,
            ),
            ("package-lock.json", ""),
            ("bin/www.js", ""),
        ],
        "[\"node\", \"bin/www.js\"]",
    ),
    (
        "build node \"./it\"",
        &[("package.json", REMIX), ("package-lock.json", "")],
        "[\"react-router-serve\", \"build/server/index.js\"]",
    ),
    (
        "build node \"./it\"",
        &[("package.json", REMIX), ("package-lock.json", "")],
        "PATH=/app/node_modules/.bin:${PATH}",
    ),
];

#[test]
fn sources_say_what_is_started() {
    let mut failures = Vec::new();
    for (build, files, expected) in ANSWERS {
        let test = test(build, files);
        let ran = test.run(&["build", "app.todo", "--emit", "docker,kubernetes"]);
        let is_built = ran.status == Some(0) && ran.stderr.is_empty();
        let made = is_built.then(|| test.read("out/docker/it.Dockerfile"));
        if !made.as_ref().is_some_and(|made| made.contains(expected)) {
            failures.push(format!("{build} {expected} {}\n{made:?}", ran.stderr));
        }
    }
    report(&failures);
}

/// With a part of what is said of it.
const ASKED: &[Case] = &[
    (
        "build rust \"./it\"",
        &[
            ("Cargo.toml", OF_SHOP),
            ("Cargo.lock", ""),
            ("src/main.rs", ""),
            ("src/bin/tool.rs", ""),
        ],
        "there are `shop`, `tool`",
    ),
    (
        "build rust \"./it\"",
        &[
            ("Cargo.toml", OF_SHOP),
            ("Cargo.lock", ""),
            ("src/lib.rs", ""),
        ],
        "say it: `{ entry \"api\" }`",
    ),
    (
        "build python \"./it\"",
        &[("requirements.txt", ""), ("main.py", ""), ("app.py", "")],
        "there are `main.py`, `app.py`",
    ),
    (
        "build python \"./it\"",
        &[("requirements.txt", "")],
        "say it: `{ entry \"app.worker\" }`",
    ),
];

#[test]
fn what_sources_leave_open_is_asked() {
    let mut failures = Vec::new();
    for (build, files, expected) in ASKED {
        let ran = test(build, files).run(&["check", "app.todo"]);
        if ran.status != Some(1) || !ran.stderr.contains("E0302") || !ran.stderr.contains(expected)
        {
            failures.push(format!("{build} {expected} {}", ran.stderr));
        }
    }
    report(&failures);
}

/// Only who writes Dockerfiles must know what is started.
#[test]
fn nobody_need_say_an_entry_where_nobody_looks() {
    let files = [
        ("Cargo.toml", OF_API),
        ("Cargo.lock", ""),
        ("src/main.rs", ""),
    ];
    let test = test("build rust \"./it\"", &files);
    for (args, expected) in [
        (&["build", "app.todo", "--emit", "kubernetes"][..], Some(0)),
        (&["check", "app.todo", "--no-context"], Some(0)),
        (&["build", "app.todo", "--no-context"], Some(1)),
    ] {
        let ran = test.run(args);
        assert_eq!(ran.status, expected, "{args:?} {}", ran.stderr);
        let asks = ran
            .stderr
            .contains("`it` doesn't say what it starts, and nobody looked");
        assert_eq!(asks, expected == Some(1), "{}", ran.stderr);
    }
}

/// What is said of members and of programs that aren't where they are looked for.
#[test]
fn programs_that_are_not_built_are_warned_of() {
    for (build, files, expected) in [
        (
            "build rust \"./it\" { entry \"api\" }",
            &[
                (
                    "Cargo.toml",
                    "[package]\nname = \"shop\"\n\n[workspace]\nmembers = [\"api\"]\n",
                ),
                ("Cargo.lock", ""),
                ("src/main.rs", ""),
                ("api/Cargo.toml", OF_API),
                ("api/src/main.rs", ""),
            ][..],
            "W0606: `./it/Cargo.toml` has no binary `api`, nor have the members that it builds by default",
        ),
        (
            "build go \"./it\"",
            &[
                ("go.mod", ""),
                ("shop.go", SHOP),
                ("cmd/api/main.go", MAIN),
                ("cmd/web/main.go", MAIN),
            ],
            "W0606: `./it` has no `package main`",
        ),
        (
            "build node \"./it\"",
            &[
                (
                    "package.json",
                    r#"{ "scripts": { "build": "x", "start": "remix-serve build/index.js" }, "devDependencies": { "@remix-run/serve": "2" } }"#,
                ),
                ("package-lock.json", ""),
            ],
            "W0605: `@remix-run/serve` is among the `devDependencies` of `./it/package.json`, which the image doesn't have",
        ),
    ] {
        let ran = test(build, files).run(&["check", "app.todo"]);
        assert_eq!(warnings(&ran), [expected], "{}", ran.stderr);
    }
}
