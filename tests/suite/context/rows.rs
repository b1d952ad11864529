//! Builds, their folders and what is said of them.

pub(super) const BUILD: &str = r#"{ "scripts": { "build": "vite build" } }"#;
pub(super) const LOCKED: &str = "{}";
pub(super) const STANDALONE: &str = "export default { output: 'standalone' }\n";
pub(super) const UVICORN: &str = "[[package]]\nname = \"uvicorn\"\n";

const FASTAPI: &[(&str, &str)] = &[
    ("pyproject.toml", ""),
    ("uv.lock", UVICORN),
    ("app/main.py", ""),
];

/// A build, its folder and what the build warns of.
pub(super) type Row = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static [&'static str],
);

/// What is right, or can't be told to be wrong, gets no word.
pub(super) const ROWS: &[Row] = &[
    // Lock files.
    (
        "build vite \"./it\"",
        &[("package.json", BUILD), ("package-lock.json", "{}")],
        &[],
    ),
    // One lock file says what installs; of several the recipe's own, or the one that is named.
    (
        "build vite \"./it\"",
        &[("package.json", BUILD), ("yarn.lock", "")],
        &[],
    ),
    (
        "build vite \"./it\" { packages npm }",
        &[("package.json", BUILD), ("yarn.lock", "")],
        &["W0602: `./it` has `yarn.lock` and no `package-lock.json`, which npm installs from"],
    ),
    (
        "build vite \"./it\"",
        &[
            (
                "package.json",
                r#"{ "packageManager": "pnpm@10.1.0", "scripts": { "build": "x" } }"#,
            ),
            ("pnpm-lock.yaml", ""),
            ("yarn.lock", ""),
        ],
        &[],
    ),
    (
        "build python \"./it\" { entry \"main.py\" }",
        &[("requirements.txt", ""), ("main.py", "")],
        &[],
    ),
    (
        "build vite \"./it\"",
        &[
            ("package.json", BUILD),
            ("package-lock.json", "{}"),
            ("yarn.lock", ""),
        ],
        &[],
    ),
    (
        "build vite \"./it\"",
        &[("package.json", BUILD), ("bun.lock", ""), ("yarn.lock", "")],
        &[
            "W0602: `./it` has `yarn.lock`, `bun.lock` and no `package-lock.json`, which npm installs from",
        ],
    ),
    (
        "build vite \"./it\" { packages yarn }",
        &[
            ("package.json", BUILD),
            ("yarn.lock", ""),
            (".yarnrc.yml", ""),
        ],
        &[
            "W0602: `./it/.yarnrc.yml` is a file of Yarn 2 and later, and the build installs from `yarn.lock`",
        ],
    ),
    (
        "build vite \"./it\"",
        &[
            ("package.json", BUILD),
            ("yarn.lock", ""),
            (".yarnrc.yml", ""),
        ],
        &[],
    ),
    (
        "build vite \"./it\" { packages bun }",
        &[("package.json", BUILD), ("bun.lockb", "")],
        &[
            "W0602: `./it/bun.lockb` is a file of Bun before 1.2, and the build installs from `bun.lock`",
        ],
    ),
    (
        "build vite \"./it\"",
        &[("package.json", BUILD)],
        &["W0603: `./it` has no `package-lock.json`, which npm installs from"],
    ),
    (
        "build vite \"./it\"",
        &[("index.html", "")],
        &["W0603: `./it` has no `package.json`, which npm installs from"],
    ),
    (
        "build python \"./it\" { entry \"main.py\" }",
        &[("pyproject.toml", ""), ("poetry.lock", ""), ("main.py", "")],
        &[],
    ),
    (
        "build python \"./it\" { entry \"main.py\" }",
        &[("Pipfile", ""), ("Pipfile.lock", "{}"), ("main.py", "")],
        &[],
    ),
    (
        "build python \"./it\" { entry \"main.py\", packages uv }",
        &[("pyproject.toml", ""), ("poetry.lock", ""), ("main.py", "")],
        &["W0602: `./it` has `poetry.lock` and no `uv.lock`, which uv installs from"],
    ),
    (
        "build python \"./it\" { entry \"main.py\" }",
        &[("pyproject.toml", ""), ("pdm.lock", ""), ("main.py", "")],
        &[],
    ),
    (
        "build fastapi \"./it\"",
        &[
            ("pyproject.toml", ""),
            (
                "poetry.lock",
                "[[package]]\nname = \"uvicorn\"\ngroups = [\"dev\"]\n",
            ),
            ("app/main.py", ""),
        ],
        &["W0605: `./it/poetry.lock` doesn't name `uvicorn`, which the image runs"],
    ),
    (
        "build python \"./it\" { entry \"main.py\", packages pip }",
        &[("pyproject.toml", ""), ("uv.lock", ""), ("main.py", "")],
        &["W0602: `./it` has `uv.lock` and no `requirements.txt`, which pip installs from"],
    ),
    // A workspace has its lock file in the context, and all else in its folder.
    (
        "build nextjs \"./it\" { packages pnpm, workspace \"apps/web\" }",
        &[
            ("package.json", "{}"),
            ("pnpm-lock.yaml", ""),
            ("apps/web/package.json", BUILD),
            ("apps/web/next.config.ts", STANDALONE),
        ],
        &[],
    ),
    (
        "build nextjs \"./it\" { packages pnpm, workspace \"./apps/web\" }",
        &[
            ("package.json", BUILD),
            ("pnpm-lock.yaml", ""),
            ("next.config.ts", STANDALONE),
            ("apps/web/package.json", "{}"),
        ],
        &[
            "W0603: `./it` has no script `build` in `apps/web/package.json`",
            "W0604: `./it` has no `apps/web/next.config.js` that says `output: \"standalone\"`",
        ],
    ),
    (
        "build vite \"./it\" { workspace \"apps/web\" }",
        &[("apps/web", "")],
        &["W0603: `./it` has no folder `apps/web`"],
    ),
    // What isn't JSON, TOML or UTF-8 tells nothing.
    (
        "build vite \"./it\"",
        &[
            ("package.json", "{ // comment\n}"),
            ("package-lock.json", ""),
        ],
        &[],
    ),
    (
        "build fastapi \"./it\"",
        &[
            ("pyproject.toml", ""),
            ("uv.lock", "[["),
            ("app/main.py", ""),
        ],
        &[],
    ),
    // Programs.
    (
        "build fastapi \"./it\"",
        &[
            ("pyproject.toml", ""),
            ("uv.lock", UVICORN),
            ("app/main.py", ""),
        ],
        &[],
    ),
    (
        "build fastapi \"./it\" { packages pip }",
        &[
            ("requirements.txt", "FastAPI[standard]>=0.115\n"),
            ("app/main.py", ""),
        ],
        &[],
    ),
    (
        "build fastapi \"./it\" { packages pip }",
        &[
            ("requirements.txt", "fastapi\nuvicorn-extra\n"),
            ("app/main.py", ""),
        ],
        &["W0605: `./it/requirements.txt` doesn't name `uvicorn`, which the image runs"],
    ),
    (
        "build fastapi \"./it\" { packages pip }",
        &[
            ("requirements.txt", "fastapi\n-r base.txt\n-c limits.txt\n"),
            ("app/main.py", ""),
        ],
        &[
            "W0608: `./it/requirements.txt` takes in `base.txt`, which isn't there when it is installed",
        ],
    ),
    (
        "build django \"./it\" { packages pip }",
        &[
            (
                "requirements.txt",
                "djangorestframework\ngunicorn==23.0.0\n",
            ),
            ("manage.py", ""),
            ("config/wsgi.py", ""),
        ],
        &[],
    ),
    (
        "build django \"./it\" { packages pip }",
        &[
            ("requirements.txt", "Django\n"),
            (
                "manage.py",
                "set(\"DJANGO_SETTINGS_MODULE\", \"shop.settings\")\n",
            ),
            ("shop/wsgi.py", ""),
        ],
        &["W0605: `./it/requirements.txt` doesn't name `gunicorn`, which the image runs"],
    ),
    (
        "build django \"./it\"",
        &[
            ("pyproject.toml", ""),
            ("uv.lock", ""),
            ("backend/manage.py", ""),
        ],
        &["W0603: `./it` has no `manage.py`"],
    ),
    // Entries of Python: files, packages, folders `src`, and modules that packages bring.
    (
        "build fastapi \"./it\"",
        &[
            ("pyproject.toml", ""),
            ("uv.lock", UVICORN),
            ("src/app/main/__init__.py", ""),
        ],
        &[],
    ),
    (
        "build fastapi \"./it\"",
        &[
            ("pyproject.toml", ""),
            ("uv.lock", UVICORN),
            ("src/app/server.py", ""),
        ],
        &["W0606: `./it` has no module `app.main`"],
    ),
    (
        "build fastapi \"./it\"",
        &[
            (
                "pyproject.toml",
                "[build-system]\nrequires = []\n[tool.hatch]\npackages = [\"lib/app\"]\n",
            ),
            ("uv.lock", UVICORN),
            ("lib/app/main.py", ""),
        ],
        &[],
    ),
    (
        "build fastapi \"./it\" { entry \"served.main:app\" }",
        &[
            ("pyproject.toml", ""),
            (
                "uv.lock",
                "[[package]]\nname = \"uvicorn\"\n[[package]]\nname = \"served-app\"\n",
            ),
        ],
        &[],
    ),
    (
        "build python \"./it\" { entry \"http.server\" }",
        &[("pyproject.toml", ""), ("uv.lock", "")],
        &[],
    ),
    (
        "build python \"./it\" { entry \"app.worker\" }",
        &[
            ("pyproject.toml", ""),
            ("uv.lock", ""),
            ("app/__init__.py", ""),
            ("app/main.py", ""),
        ],
        &["W0606: `./it` has no module `app.worker`"],
    ),
    (
        "build fastapi \"./it\", command \"python\" \"run.py\"",
        &[("pyproject.toml", ""), ("uv.lock", ""), ("run.py", "")],
        &[],
    ),
    // Entries of Node.js, which a script may make.
    (
        "build node \"./it\"",
        &[("package.json", BUILD), ("package-lock.json", "{}")],
        &[],
    ),
    (
        "build node \"./it\"",
        &[
            ("package.json", "{}"),
            ("package-lock.json", "{}"),
            ("app.js", ""),
            ("server.js", ""),
        ],
        &["W0606: `./it/dist/main.js` isn't there, and no script makes it"],
    ),
    (
        "build node \"./it\" { entry \"server.js\" }",
        &[
            ("package.json", "{}"),
            ("package-lock.json", "{}"),
            ("server.js", ""),
        ],
        &[],
    ),
    // Go and Rust.
    (
        "build go \"./it\"",
        &[("go.mod", "module it\n"), ("main.go", "")],
        &[],
    ),
    (
        "build go \"./it\"",
        &[
            ("go.mod", "module it\n"),
            ("it_test.go", ""),
            ("cmd/api/main.go", ""),
        ],
        &[],
    ),
    (
        "build go \"./it\"",
        &[
            ("go.mod", "module it\n"),
            ("cmd/api/main.go", ""),
            ("cmd/web/main.go", ""),
        ],
        &["W0606: `./it` has no Go files"],
    ),
    (
        "build go \"./it\" { entry \"./cmd/api\" }",
        &[("go.mod", "module it\n"), ("cmd/web/main.go", "")],
        &["W0606: `./it/cmd/api` has no Go files"],
    ),
    (
        "build rust \"./it\" { entry \"it\" }",
        &[
            ("Cargo.toml", "[package]\nname = \"it\"\n"),
            ("Cargo.lock", ""),
            ("src/main.rs", ""),
        ],
        &[],
    ),
    (
        "build rust \"./it\" { entry \"api\" }",
        &[
            ("Cargo.toml", "[package]\nname = \"it\"\n"),
            ("Cargo.lock", ""),
            ("src/main.rs", ""),
        ],
        &["W0606: `./it/Cargo.toml` has no binary `api`"],
    ),
    (
        "build rust \"./it\" { entry \"api\" }",
        &[
            ("Cargo.toml", "[package]\nname = \"it\"\n"),
            ("Cargo.lock", ""),
            ("src/bin/api.rs", ""),
        ],
        &[],
    ),
    (
        "build rust \"./it\" { entry \"api\" }",
        &[
            (
                "Cargo.toml",
                "[package]\nname = \"it\"\n[[bin]]\nname = \"api\"\npath = \"api.rs\"\n",
            ),
            ("Cargo.lock", ""),
        ],
        &[],
    ),
    (
        "build rust \"./it\" { entry \"api\" }",
        &[
            ("Cargo.toml", "[workspace]\nmembers = [\"api\"]\n"),
            ("Cargo.lock", ""),
        ],
        &[],
    ),
    (
        "build rust \"./it\" { entry \"api\" }",
        &[
            ("Cargo.toml", "[package]\nname = \"api\"\n"),
            ("src/main.rs", ""),
        ],
        &["W0603: `./it` has no `Cargo.lock`"],
    ),
    // Dockerfiles of others.
    (
        "build dockerfile \"./it\"",
        &[
            ("Dockerfile", "FROM node\nCOPY . .\n"),
            (".env", "A=b"),
            (".dockerignore", "node_modules\n"),
        ],
        &["W0607: `./it/.env` goes into the image"],
    ),
    (
        "build dockerfile \"./it\"",
        &[
            ("Dockerfile", "FROM node\nCOPY . .\n"),
            (".env", "A=b"),
            (".dockerignore", "node_modules\n"),
            ("Dockerfile.dockerignore", ".env*\n"),
        ],
        &[],
    ),
    (
        "build dockerfile \"./it\"",
        &[("Dockerfile", "FROM node\nCOPY src .\n"), (".env", "A=b")],
        &[],
    ),
    (
        "build dockerfile \"./it\"",
        &[("api.dockerfile", "FROM node\n")],
        &["W0603: `./it` has no `Dockerfile`"],
    ),
    (
        "build dockerfile \"./it\" { stage \"runner\" }",
        &[("Dockerfile", "FROM node as build\nFROM build AS Runner\n")],
        &[],
    ),
    // The version of the runtime.
    (
        "build fastapi \"./it\" { python 3.13 }",
        &[
            (
                "pyproject.toml",
                "[project]\nrequires-python = \">=3.10,<3.13\"\n",
            ),
            ("uv.lock", UVICORN),
            ("app/main.py", ""),
        ],
        &["W0610: `./it/pyproject.toml` asks for python `>=3.10,<3.13`, and the image has 3.13"],
    ),
    (
        "build fastapi \"./it\"",
        &[
            (
                "pyproject.toml",
                "[project]\nrequires-python = \">=3.10,<3.13\"\n",
            ),
            (".python-version", "3.11\n"),
            ("uv.lock", UVICORN),
            ("app/main.py", ""),
        ],
        &[],
    ),
    (
        "build fastapi \"./it\"",
        &[
            (
                "pyproject.toml",
                "[project]\nrequires-python = \">=3.12\"\n",
            ),
            (".python-version", "3.11\n"),
            ("uv.lock", UVICORN),
            ("app/main.py", ""),
        ],
        &["W0610: `./it/pyproject.toml` asks for python `>=3.12`, and the image has 3.11"],
    ),
    (
        "build fastapi \"./it\"",
        &[
            ("pyproject.toml", ""),
            (".python-version", "pypy3.10\n"),
            ("uv.lock", UVICORN),
            ("app/main.py", ""),
        ],
        &[],
    ),
    (
        "build vite \"./it\" { node 24 }",
        &[
            ("package.json", BUILD),
            ("package-lock.json", "{}"),
            (".nvmrc", "v22.3.0\n"),
        ],
        &["W0610: `./it/.nvmrc` asks for node `v22.3.0`, and the image has 24"],
    ),
    (
        "build vite \"./it\" { node 22 }",
        &[
            ("package.json", BUILD),
            ("package-lock.json", "{}"),
            (".nvmrc", "lts/jod\n"),
            (".tool-versions", "nodejs 22.1.0\n"),
        ],
        &[],
    ),
    (
        "build vite \"./it\"",
        &[
            ("package.json", BUILD),
            ("package-lock.json", "{}"),
            (".nvmrc", "lts/*\n"),
        ],
        &[],
    ),
    (
        "build vite \"./it\"",
        &[
            (
                "package.json",
                r#"{ "engines": { "node": "18.x" }, "scripts": { "build": "x" } }"#,
            ),
            ("package-lock.json", "{}"),
        ],
        &["W0610: `./it/package.json` asks for node 18, which has had no fixes since 2025-04-30"],
    ),
    (
        "build vite \"./it\" { workspace \"web\" }",
        &[
            ("package.json", r#"{ "engines": { "node": ">=26" } }"#),
            ("package-lock.json", "{}"),
            ("web/package.json", BUILD),
            ("web/.nvmrc", "22"),
        ],
        &["W0610: `./it/package.json` asks for node `>=26`, and the image has 22"],
    ),
    (
        "build go \"./it\"",
        &[("go.mod", "module it\n\ngo 1.27.1\n"), ("main.go", "")],
        &[],
    ),
    (
        "build go \"./it\" { go 1.26 }",
        &[("go.mod", "module it\n\ngo 1.27.1\n"), ("main.go", "")],
        &["W0610: `./it/go.mod` asks for go `1.27.1`, and the image has 1.26"],
    ),
    (
        "build go \"./it\"",
        &[
            ("go.mod", "module it\n\ngo 1.20\ntoolchain go1.99.1\n"),
            ("main.go", ""),
        ],
        &[],
    ),
    (
        "build rust \"./it\" { entry \"it\", rust 1.95 }",
        &[
            (
                "Cargo.toml",
                "[package]\nname = \"it\"\nrust-version = \"1.97\"\n",
            ),
            ("Cargo.lock", ""),
            ("src/main.rs", ""),
        ],
        &["W0610: `./it/Cargo.toml` asks for rust `1.97`, and the image has 1.95"],
    ),
    (
        "build rust \"./it\" { entry \"it\" }",
        &[
            ("Cargo.toml", "[package]\nname = \"it\"\n"),
            (
                "rust-toolchain.toml",
                "[toolchain]\nchannel = \"nightly\"\n",
            ),
            ("Cargo.lock", ""),
            ("src/main.rs", ""),
        ],
        &[],
    ),
    // A context that isn't there.
    (
        "build go \"./its\"",
        &[("go.mod", "module it\n"), ("main.go", "")],
        &["W0611: there is no folder `./its`"],
    ),
    (
        "build go \"./it/cmd/api\"",
        &[("go.mod", "module it\n"), ("cmd/ape/main.go", "")],
        &["W0611: there is no folder `./it/cmd/api`"],
    ),
    (
        "build go \"./elsewhere\"",
        &[("go.mod", "module it\n")],
        &[],
    ),
    (
        "build vite \"./it\" { node 24 }",
        &[
            ("package.json", BUILD),
            ("package-lock.json", "{}"),
            ("mise.toml", "[tools]\nnode = \"22\"\n"),
        ],
        &["W0610: `./it/mise.toml` asks for node `22`, and the image has 24"],
    ),
    (
        "build vite \"./it\" { node 24 }",
        &[
            ("package.json", BUILD),
            ("package-lock.json", "{}"),
            ("mise.toml", "[tools]\nnode = \"lts\"\nruby = \"3\"\n"),
        ],
        &[],
    ),
    (
        "build fastapi \"./it\" { python 3.13 }",
        &[
            ("pyproject.toml", ""),
            ("uv.lock", UVICORN),
            ("app/main.py", ""),
            ("runtime.txt", "python-3.12.4\n"),
        ],
        &["W0610: `./it/runtime.txt` asks for python `3.12.4`, and the image has 3.13"],
    ),
    // The text says none: the sources do.
    (
        "build fastapi \"./it\"",
        &[
            ("pyproject.toml", ""),
            ("uv.lock", UVICORN),
            ("app/main.py", ""),
            ("runtime.txt", "python-3.12.4\n"),
            (".mise.toml", "[tools]\npython = [\"3.12\", \"3.11\"]\n"),
        ],
        &[],
    ),
    (
        "build rust \"./it\" { entry \"it\", rust 1.85 }",
        &[
            ("Cargo.toml", "[package]\nname = \"it\"\n"),
            ("Cargo.lock", ""),
            ("src/main.rs", ""),
            (".tool-versions", "rust 1.90.0\n"),
        ],
        &["W0610: `./it/.tool-versions` asks for rust `1.90.0`, and the image has 1.85"],
    ),
    // Where the output lies.
    (
        "build nextjs \"./it\"",
        &[
            ("package.json", BUILD),
            ("package-lock.json", "{}"),
            (
                "next.config.ts",
                "export default { output: 'standalone', distDir: 'build' }\n",
            ),
        ],
        &["W0615: `./it/next.config.ts` writes to `build`, and the image is made from `.next`"],
    ),
    (
        "build nextjs \"./it\"",
        &[
            ("package.json", BUILD),
            ("package-lock.json", "{}"),
            (
                "next.config.ts",
                "export default { output: 'standalone', distDir: './.next' }\n",
            ),
        ],
        &[],
    ),
    (
        "build static \"./it\"",
        &[("README.md", ""), ("public/index.html", "")],
        &["W0615: `./it` has no `index.html`, and `./it/public` has one"],
    ),
    (
        "build static \"./it\"",
        &[("index.html", ""), ("public/index.html", "")],
        &[],
    ),
    ("build static \"./it\"", &[("robots.txt", "")], &[]),
    // Where servers listen.
    (
        "build node \"./it\", command \"npm\" \"start\"",
        &[
            (
                "package.json",
                r#"{ "scripts": { "start": "cross-env PORT=4000 node server.js" }, "dependencies": { "cross-env": "7" } }"#,
            ),
            ("package-lock.json", "{}"),
            ("server.js", ""),
        ],
        &[
            "W0612: the script `start` of `./it/package.json` sets `PORT` to 4000, and `it` says port 8000",
        ],
    ),
    (
        "build node \"./it\", command \"npm\" \"start\"",
        &[
            (
                "package.json",
                r#"{ "scripts": { "start": "PORT=8000 node server.js" } }"#,
            ),
            ("package-lock.json", "{}"),
            ("server.js", ""),
        ],
        &[],
    ),
    (
        "build python \"./it\" { entry \"main.py\" }\n  command \"chainlit\" \"run\" \"main.py\"\n  env { CHAINLIT_APP_ROOT = \"/tmp\" }",
        &[
            ("pyproject.toml", ""),
            ("uv.lock", "[[package]]\nname = \"chainlit\"\n"),
            ("main.py", ""),
        ],
        &[
            "W0612: `chainlit run` listens on 127.0.0.1, where nothing outside of its container reaches it",
        ],
    ),
    (
        "build python \"./it\" { entry \"main.py\" }\n  command \"mlflow\" \"server\" \"--host\" \"0.0.0.0\"",
        &[
            ("pyproject.toml", ""),
            ("uv.lock", "[[package]]\nname = \"mlflow\"\n"),
            ("main.py", ""),
        ],
        &["W0612: `mlflow server` listens by default on port 5000, and `it` says port 8000"],
    ),
    (
        "build python \"./it\" { entry \"main.py\" }\n  command \"mlflow\" \"server\" \"--host\" \"0.0.0.0\" \"-p\" \"8000\"",
        &[
            ("pyproject.toml", ""),
            ("uv.lock", "[[package]]\nname = \"mlflow\"\n"),
            ("main.py", ""),
        ],
        &[],
    ),
    (
        "build node \"./it\", command \"npm\" \"start\"",
        &[
            (
                "package.json",
                r#"{ "scripts": { "start": "strapi develop" }, "dependencies": { "strapi": "3" } }"#,
            ),
            ("package-lock.json", "{}"),
            ("server.js", ""),
        ],
        &[
            "W0613: `strapi develop`, which the script `start` of `./it/package.json` runs, is for development alone",
        ],
    ),
    (
        "build fastapi \"./it\", command \"uvicorn\" \"app.main:app\"",
        FASTAPI,
        &[
            "W0612: `uvicorn` listens on 127.0.0.1, where nothing outside of its container reaches it",
        ],
    ),
    (
        "build fastapi \"./it\", command \"uvicorn\" \"app.main:app\" \"--host\" \"0.0.0.0\" \"--port\" \"80\"",
        FASTAPI,
        &["W0612: `uvicorn` listens on port 80, and `it` says port 8000"],
    ),
    (
        "build fastapi \"./it\", command \"uvicorn\" \"app.main:app\" \"--host\" \"0.0.0.0\"",
        FASTAPI,
        &[],
    ),
    (
        "build fastapi \"./it\", command \"uvicorn\" \"app.main:app\", env { UVICORN_HOST = \"0.0.0.0\" }",
        FASTAPI,
        &[],
    ),
    (
        "build fastapi \"./it\", command \"uvicorn\" \"--uds\" \"/tmp/x\" \"app.main:app\"",
        FASTAPI,
        &[],
    ),
    (
        "build fastapi \"./it\", command \"fastapi\" \"dev\" \"--host\" \"0.0.0.0\"",
        FASTAPI,
        &["W0613: `fastapi dev` is for development alone"],
    ),
    (
        "build fastapi \"./it\", command \"sh\" \"-c\" \"exec uvicorn app.main:app --host 0.0.0.0 --reload\"",
        FASTAPI,
        &["W0613: `uvicorn` watches sources, which never change in an image"],
    ),
    (
        "build node \"./it\", command \"npm\" \"start\"",
        &[
            (
                "package.json",
                r#"{ "scripts": { "start": "node server.js" } }"#,
            ),
            ("package-lock.json", "{}"),
            ("server.js", ""),
        ],
        &[],
    ),
    (
        "build node \"./it\", command \"npm\" \"start\"",
        &[
            (
                "package.json",
                r#"{ "scripts": { "start": "npm run serve", "serve": "nodemon server.js" } }"#,
            ),
            ("package-lock.json", "{}"),
            ("server.js", ""),
        ],
        &[
            "W0613: `nodemon`, which the script `serve` of `./it/package.json` runs, is for development alone",
        ],
    ),
    (
        "build node \"./it\", command \"npm\" \"start\"",
        &[
            ("package.json", r#"{ "scripts": { "start": "npm start" } }"#),
            ("package-lock.json", "{}"),
        ],
        &[],
    ),
    (
        "build dockerfile \"./it\"",
        &[(
            "Dockerfile",
            "FROM python\nCMD [\"uvicorn\", \"main:app\", \"--port\", \"8000\"]\n",
        )],
        &[
            "W0612: `uvicorn` listens on 127.0.0.1, where nothing outside of its container reaches it",
        ],
    ),
    (
        "build dockerfile \"./it\"",
        &[(
            "Dockerfile",
            "FROM python\nCMD uvicorn main:app --host 0.0.0.0 --port $PORT\n",
        )],
        &[],
    ),
    // Programs that commands name.
    (
        "build node \"./it\", command \"npx\" \"tsx\" \"src/main.ts\"",
        &[
            ("package.json", r#"{ "devDependencies": { "tsx": "4" } }"#),
            ("package-lock.json", "{}"),
        ],
        &[
            "W0605: `tsx` is among the `devDependencies` of `./it/package.json`, which the image doesn't have",
        ],
    ),
    (
        "build node \"./it\", command \"npm\" \"run\" \"serve\"",
        &[
            (
                "package.json",
                r#"{ "scripts": { "serve": "tsx src/main.ts" }, "dependencies": { "tsx": "4" } }"#,
            ),
            ("package-lock.json", "{}"),
        ],
        &[],
    ),
    (
        "build node \"./it\" { packages pnpm }, command \"pnpm\" \"start\"",
        &[
            ("package.json", r#"{ "scripts": { "start": "node x.js" } }"#),
            ("pnpm-lock.yaml", ""),
        ],
        &["W0605: the image has no `pnpm`: what installs packages doesn't ship"],
    ),
    (
        "build node \"./it\", command \"prisma\" \"migrate\" \"deploy\"",
        &[
            ("package.json", r#"{ "dependencies": { "prisma": "7" } }"#),
            ("package-lock.json", "{}"),
        ],
        &["W0605: `prisma` isn't found: it is a program of a package"],
    ),
    (
        "build nextjs \"./it\", migrate \"npx\" \"prisma\" \"migrate\" \"deploy\"",
        &[
            ("package.json", BUILD),
            ("package-lock.json", "{}"),
            ("next.config.mjs", STANDALONE),
        ],
        &["W0605: the image has no `prisma`: a Next.js server ships with what it imports alone"],
    ),
    (
        "build vite \"./it\", migrate \"npm\" \"run\" \"seed\"",
        &[("package.json", BUILD), ("package-lock.json", "{}")],
        &["W0605: the image has no `npm`: nginx serves the files, and nothing else is there"],
    ),
    (
        "build go \"./it\", migrate \"sh\" \"-c\" \"goose up\"",
        &[("go.mod", "module it\n"), ("main.go", "")],
        &["W0605: the image has no `sh`: it holds the application's own program alone"],
    ),
    (
        "build go \"./it\", migrate \"/app/server\" \"migrate\"",
        &[("go.mod", "module it\n"), ("main.go", "")],
        &[],
    ),
    (
        "build fastapi \"./it\", migrate \"alembic\" \"upgrade\" \"head\"",
        FASTAPI,
        &["W0605: `./it/uv.lock` doesn't name `alembic`, which the image runs"],
    ),
    (
        "build fastapi \"./it\", migrate \"uv\" \"run\" \"manage\"",
        FASTAPI,
        &["W0605: the image has no `uv`: what installs packages doesn't ship"],
    ),
    (
        "build python \"./it\" { packages pip, entry \"main.py\" }, migrate \"python\" \"-m\" \"alembic\" \"upgrade\" \"head\"",
        &[("requirements.txt", "Flask-Migrate\n"), ("main.py", "")],
        &[],
    ),
    (
        "build fastapi \"./it\", migrate \"sh\" \"-c\" \"curl -f http://x && echo\"",
        FASTAPI,
        &[],
    ),
    (
        "build fastapi \"./it\", migrate \"psql\" \"-f\" \"schema.sql\"",
        FASTAPI,
        &["W0605: the image has no `psql`: `python:3.13-slim` is a small one"],
    ),
    (
        "build fastapi \"./it\" { system \"postgresql-client\" }, migrate \"psql\" \"-f\" \"schema.sql\"",
        FASTAPI,
        &[],
    ),
    // What packages need of the system.
    (
        "build python \"./it\" { packages pip, entry \"main.py\" }",
        &[("requirements.txt", "psycopg2>=2.9\n"), ("main.py", "")],
        &[
            "W0614: `psycopg2` needs `gcc`, `libc6-dev`, `libpq-dev`, `libpq5` of the system, which the image doesn't have",
        ],
    ),
    (
        "build python \"./it\" { packages pip, entry \"main.py\" }",
        &[
            (
                "requirements.txt",
                "psycopg2-binary\npsycopg[binary,pool]\n",
            ),
            ("main.py", ""),
        ],
        &[],
    ),
    (
        "build python \"./it\" { packages pip, entry \"main.py\" }",
        &[("requirements.txt", "psycopg[pool]\n"), ("main.py", "")],
        &["W0614: `psycopg` needs `libpq5` of the system, which the image doesn't have"],
    ),
    (
        "build python \"./it\" { entry \"main.py\", system \"default-libmysqlclient-dev\", build_system \"build-essential\" \"pkg-config\" }",
        &[
            ("pyproject.toml", ""),
            ("uv.lock", "[[package]]\nname = \"mysqlclient\"\n"),
            ("main.py", ""),
        ],
        &[],
    ),
    (
        "build python \"./it\" { packages pip, entry \"main.py\", python 3.13 alpine }",
        &[("requirements.txt", "pdf2image\n"), ("main.py", "")],
        &[],
    ),
    (
        "build node \"./it\" { entry \"x.js\" }",
        &[
            (
                "package.json",
                r#"{ "dependencies": { "@prisma/client": "^6.1.0" } }"#,
            ),
            ("package-lock.json", "{}"),
            ("x.js", ""),
        ],
        &["W0614: `@prisma/client` needs `openssl` of the system, which the image doesn't have"],
    ),
    (
        "build node \"./it\" { entry \"x.js\" }",
        &[
            (
                "package.json",
                r#"{ "dependencies": { "@prisma/client": "^7.0.0" } }"#,
            ),
            ("package-lock.json", "{}"),
            ("x.js", ""),
        ],
        &[],
    ),
    (
        "build rust \"./it\" { entry \"it\" }",
        &[
            ("Cargo.toml", "[package]\nname = \"it\"\n"),
            ("Cargo.lock", "[[package]]\nname = \"openssl-sys\"\n"),
            ("src/main.rs", ""),
        ],
        &[
            "W0614: `openssl-sys` needs `pkg-config`, `libssl-dev` of the system, which the image doesn't have",
        ],
    ),
    (
        "build rust \"./it\" { entry \"it\" }",
        &[
            ("Cargo.toml", "[package]\nname = \"it\"\n"),
            (
                "Cargo.lock",
                "[[package]]\nname = \"openssl-sys\"\n[[package]]\nname = \"openssl-src\"\n",
            ),
            ("src/main.rs", ""),
        ],
        &[],
    ),
    (
        "build go \"./it\"",
        &[
            (
                "go.mod",
                "module it\n\nrequire (\n\tgithub.com/mattn/go-sqlite3 v1.14.0\n\tgorm.io/driver/sqlite v1 // indirect\n)\n",
            ),
            ("main.go", ""),
        ],
        &["W0614: `github.com/mattn/go-sqlite3` is C in part, and the recipe builds without C"],
    ),
    // Where the output lies, and what is generated.
    (
        "build vite \"./it\"",
        &[
            ("package.json", BUILD),
            ("package-lock.json", "{}"),
            (
                "vite.config.ts",
                "export default { build: { outDir: 'build' } }\n",
            ),
        ],
        &[],
    ),
    (
        "build vite \"./it\"",
        &[
            ("package.json", BUILD),
            ("package-lock.json", "{}"),
            (
                "vite.config.ts",
                "export default { build: { outDir: '../dist' } }\n",
            ),
        ],
        &[
            "W0615: `./it/vite.config.ts` writes to `../dist`, and the image is made from a folder of the package",
        ],
    ),
    (
        "build vite \"./it\"",
        &[
            ("package.json", BUILD),
            ("package-lock.json", "{}"),
            (
                "vite.config.ts",
                "export default { build: { outDir: path } }\n",
            ),
        ],
        &[],
    ),
    (
        "build nextjs \"./it\"",
        &[
            ("package.json", BUILD),
            ("package-lock.json", "{}"),
            ("next.config.mjs", "export default { output: 'export' }\n"),
        ],
        &["W0604: `./it/next.config.mjs` doesn't say `output: \"standalone\"`"],
    ),
    (
        "build node \"./it\"",
        &[
            (
                "package.json",
                r#"{ "scripts": { "build": "nest build" }, "dependencies": { "@prisma/client": "7" } }"#,
            ),
            ("package-lock.json", "{}"),
            ("prisma/schema.prisma", "datasource db {}\n"),
        ],
        &["W0616: no script of `./it/package.json` runs `prisma generate`"],
    ),
    (
        "build node \"./it\"",
        &[
            (
                "package.json",
                r#"{ "scripts": { "build": "turbo run build" }, "dependencies": { "@prisma/client": "7" } }"#,
            ),
            ("package-lock.json", "{}"),
            ("prisma/schema.prisma", "datasource db {}\n"),
        ],
        &[],
    ),
    (
        "build django \"./it\" { packages pip }",
        &[
            ("requirements.txt", "django\ngunicorn\n"),
            (
                "manage.py",
                "set(\"DJANGO_SETTINGS_MODULE\", \"core.settings\")\n",
            ),
            ("core/wsgi.py", ""),
            ("core/settings.py", "STATIC_URL = 'static/'\n"),
        ],
        &[
            "W0603: `./it` has no `STATIC_ROOT` in `core/settings.py`, where `collectstatic` puts static files",
        ],
    ),
    (
        "build django \"./it\" { packages pip }",
        &[
            ("requirements.txt", "django\ngunicorn\n"),
            (
                "manage.py",
                "set(\"DJANGO_SETTINGS_MODULE\", \"core.settings\")\n",
            ),
            ("core/wsgi.py", ""),
            ("core/settings.py", "from .base import *\n"),
        ],
        &[],
    ),
    // A lock file above the context.
    (
        "build node \"./it/apps/api\"",
        &[("pnpm-lock.yaml", ""), ("apps/api/package.json", BUILD)],
        &["W0603: `./it/apps/api` has no `pnpm-lock.yaml`, which pnpm installs from"],
    ),
    (
        "build rust \"./it/api\" { entry \"api\" }",
        &[
            ("Cargo.lock", ""),
            ("api/Cargo.toml", "[package]\nname = \"api\"\n"),
        ],
        &["W0603: `./it/api` has no `Cargo.lock`"],
    ),
    // What the sources start.
    (
        "build node \"./it\"",
        &[
            (
                "package.json",
                r#"{ "scripts": { "start": "node ./server.js" } }"#,
            ),
            ("package-lock.json", "{}"),
            ("server.js", ""),
        ],
        &[],
    ),
    (
        "build node \"./it\"",
        &[
            (
                "package.json",
                r#"{ "scripts": { "start": "node lib/server.js" } }"#,
            ),
            ("package-lock.json", "{}"),
        ],
        &[],
    ),
    // Files that are served as they are.
    ("build static \"./it\"", &[(".env", "A=b")], &[]),
];
