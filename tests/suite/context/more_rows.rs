//! Builds that read secrets, and processes that write: their folders and what is said of them.

use super::rows::{BUILD, Row, STANDALONE, UVICORN};

const LOCKED: &str = "{}";
const NPMRC: &str = "//npm.pkg.github.com/:_authToken=${NPM_TOKEN}\n";
const GITHUB: &str = "@acme:registry=https://npm.pkg.github.com/\n";
const INDEX: &str = "[[tool.uv.index]]\nname = \"our-own\"\nurl = \"https://packages.example.com/simple\"\nauthenticate = \"always\"\n";
const TORCH: &str =
    "[[tool.uv.index]]\nname = \"torch\"\nurl = \"https://download.pytorch.org/whl/cpu\"\n";
const SOURCE: &str = "[[tool.poetry.source]]\nname = \"acme\"\nurl = \"https://acme.jfrog.io/artifactory/api/pypi/py/simple\"\n";
const PIPFILE: &str = "[[source]]\nname = \"acme\"\nurl = \"https://$USERNAME_OF_ACME:${PASSWORD_OF_ACME}@pypi.example.com/simple\"\n";
const SENTRY: &str =
    "export default { output: 'standalone', x: { authToken: process.env.SENTRY_AUTH_TOKEN } }\n";
const CARGO: &str =
    "[registries.acme]\nindex = \"sparse+https://acme.jfrog.io/artifactory/api/cargo/rs/index/\"\n";
const CRATE: &str = "[package]\nname = \"it\"\nversion = \"0.1.0\"\n\n[[bin]]\nname = \"it\"\n";
const MOUNTS: &str = "FROM node:24\nRUN --mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN npm ci\nCMD [\"node\", \"x.js\"]\n";

/// Secrets of builds.
pub(super) const SECRETS: &[Row] = &[
    (
        "build vite \"./it\"",
        &[
            ("package.json", BUILD),
            ("package-lock.json", LOCKED),
            (".npmrc", NPMRC),
        ],
        &["W0617: `./it/.npmrc` reads `NPM_TOKEN`, which the build doesn't have"],
    ),
    (
        "build vite \"./it\" { secret NPM_TOKEN }",
        &[
            ("package.json", BUILD),
            ("package-lock.json", LOCKED),
            (".npmrc", NPMRC),
        ],
        &[],
    ),
    (
        "build vite \"./it\"",
        &[
            ("package.json", BUILD),
            ("package-lock.json", LOCKED),
            (
                ".npmrc",
                "# ${NO}\n;${NO}\nengine-strict=true\nx=${A:-b} ${B-} ${C?}\n",
            ),
        ],
        &[],
    ),
    (
        "build vite \"./it\"",
        &[
            ("package.json", BUILD),
            ("pnpm-lock.yaml", ""),
            (".npmrc", GITHUB),
        ],
        &["W0617: `./it/.npmrc` installs from `npm.pkg.github.com`, which asks for a password"],
    ),
    (
        "build vite \"./it\" { secret NPMRC at \"/root/.npmrc\" }",
        &[
            ("package.json", BUILD),
            ("pnpm-lock.yaml", ""),
            (".npmrc", GITHUB),
        ],
        &[],
    ),
    (
        "build vite \"./it\"",
        &[
            ("package.json", BUILD),
            ("bun.lock", ""),
            (
                "bunfig.toml",
                "[install]\nregistry = { url = \"https://x\", token = \"$BUN_TOKEN\" }\n",
            ),
        ],
        &["W0617: `./it/bunfig.toml` reads `BUN_TOKEN`, which the build doesn't have"],
    ),
    (
        "build vite \"./it\"",
        &[
            ("package.json", BUILD),
            ("package-lock.json", LOCKED),
            ("bunfig.toml", "token = \"$BUN_TOKEN\"\n"),
        ],
        &[],
    ),
    (
        "build python \"./it\" { entry \"main.py\" }",
        &[
            (
                "requirements.txt",
                "x @ git+https://${GIT_TOKEN}@github.com/acme/x\n",
            ),
            ("main.py", ""),
        ],
        &["W0617: `./it/requirements.txt` reads `GIT_TOKEN`, which the build doesn't have"],
    ),
    (
        "build python \"./it\" { entry \"main.py\", secret GIT_TOKEN }",
        &[
            (
                "requirements.txt",
                "x @ git+https://${GIT_TOKEN}@github.com/acme/x\n",
            ),
            ("main.py", ""),
        ],
        &[],
    ),
    (
        "build python \"./it\" { entry \"main.py\" }",
        &[
            ("requirements.txt", ""),
            ("main.py", ""),
            (
                "pip.conf",
                "[global]\nextra_index_url = https://pypi.example.com/simple\n",
            ),
        ],
        &[
            "W0617: `./it/pip.conf` says `extra-index-url`, and pip reads it from no folder of sources",
        ],
    ),
    (
        "build python \"./it\" { entry \"main.py\", secret PIP_EXTRA_INDEX_URL }",
        &[
            ("requirements.txt", ""),
            ("main.py", ""),
            (
                "pip.conf",
                "[global]\nextra-index-url = https://pypi.example.com/simple\n",
            ),
        ],
        &[],
    ),
    (
        "build fastapi \"./it\"",
        &[
            ("pyproject.toml", INDEX),
            ("uv.lock", UVICORN),
            ("app/main.py", ""),
        ],
        &[
            "W0617: the index `our-own` of `./it/pyproject.toml` asks for a password, which the build doesn't have",
        ],
    ),
    (
        "build fastapi \"./it\" { secret UV_INDEX_OUR_OWN_USERNAME, secret UV_INDEX_OUR_OWN_PASSWORD }",
        &[
            ("pyproject.toml", INDEX),
            ("uv.lock", UVICORN),
            ("app/main.py", ""),
        ],
        &[],
    ),
    (
        "build fastapi \"./it\"",
        &[
            ("pyproject.toml", TORCH),
            ("uv.lock", UVICORN),
            ("app/main.py", ""),
        ],
        &[],
    ),
    (
        "build fastapi \"./it\"",
        &[
            ("pyproject.toml", SOURCE),
            ("poetry.lock", UVICORN),
            ("app/main.py", ""),
        ],
        &[
            "W0617: the index `acme` of `./it/pyproject.toml` asks for a password, which the build doesn't have",
        ],
    ),
    (
        "build fastapi \"./it\" { secret POETRY_HTTP_BASIC_ACME_USERNAME, secret POETRY_HTTP_BASIC_ACME_PASSWORD }",
        &[
            ("pyproject.toml", SOURCE),
            ("poetry.lock", UVICORN),
            ("app/main.py", ""),
        ],
        &[],
    ),
    (
        "build python \"./it\" { entry \"main.py\" }",
        &[
            (
                "pyproject.toml",
                "[[tool.pdm.source]]\nname = \"acme\"\nurl = \"https://x:${PDM_TOKEN}@pypi.example.com/simple\"\n",
            ),
            ("pdm.lock", UVICORN),
            ("main.py", ""),
        ],
        &["W0617: `./it/pyproject.toml` reads `PDM_TOKEN`, which the build doesn't have"],
    ),
    (
        "build python \"./it\" { entry \"main.py\", secret USERNAME_OF_ACME }",
        &[
            ("Pipfile", PIPFILE),
            ("Pipfile.lock", "{ \"default\": {} }"),
            ("main.py", ""),
        ],
        &["W0617: `./it/Pipfile` reads `PASSWORD_OF_ACME`, which the build doesn't have"],
    ),
    (
        "build nextjs \"./it\"",
        &[
            ("package.json", BUILD),
            ("package-lock.json", LOCKED),
            ("next.config.mjs", SENTRY),
        ],
        &[
            "W0617: `./it/next.config.mjs` reads `SENTRY_AUTH_TOKEN`, which the build doesn't have: its source maps aren't uploaded",
        ],
    ),
    (
        "build nextjs \"./it\" { secret SENTRY_AUTH_TOKEN }",
        &[
            ("package.json", BUILD),
            ("package-lock.json", LOCKED),
            ("next.config.mjs", SENTRY),
        ],
        &[],
    ),
    (
        "build nextjs \"./it\"",
        &[
            ("package.json", BUILD),
            ("package-lock.json", LOCKED),
            ("next.config.mjs", STANDALONE),
        ],
        &[],
    ),
    (
        "build rust \"./it\" { entry \"it\" }",
        &[
            ("Cargo.toml", CRATE),
            ("Cargo.lock", ""),
            ("src/main.rs", ""),
            (".cargo/config.toml", CARGO),
        ],
        &[
            "W0617: the registry `acme` of `./it/.cargo/config.toml` asks for a token, which the build doesn't have",
        ],
    ),
    (
        "build rust \"./it\" { entry \"it\", secret CARGO_REGISTRIES_ACME_TOKEN }",
        &[
            ("Cargo.toml", CRATE),
            ("Cargo.lock", ""),
            ("src/main.rs", ""),
            (".cargo/config.toml", CARGO),
        ],
        &[],
    ),
    (
        "build dockerfile \"./it\"",
        &[("Dockerfile", MOUNTS)],
        &["W0617: `./it/Dockerfile` mounts the secret `NPM_TOKEN`, which the build doesn't have"],
    ),
    (
        "build dockerfile \"./it\" { secret NPM_TOKEN }",
        &[("Dockerfile", MOUNTS)],
        &[],
    ),
    (
        "build dockerfile \"./it\" { secret NPM_TOKEN }",
        &[(
            "Dockerfile",
            "FROM node:24\nRUN npm ci\nCMD [\"node\", \"x.js\"]\n",
        )],
        &["W0617: `./it/Dockerfile` doesn't mount the secret `NPM_TOKEN`"],
    ),
];

const SETTINGS: &str = "STATIC_ROOT = BASE_DIR / \"static\"\nMEDIA_ROOT = BASE_DIR / \"media\"\n";
const SQLITE: &str = "STATIC_ROOT = BASE_DIR / \"static\"\nDATABASES = {\n    \"default\": {\n        \"ENGINE\": \"django.db.backends.sqlite3\",\n        \"NAME\": BASE_DIR / \"db.sqlite3\",\n    }\n}\n";
const MANAGE: &str = "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings')\n";
const GUNICORN: &str = "[[package]]\nname = \"gunicorn\"\n\n[[package]]\nname = \"django\"\n";
const CHAINLIT: &str = "[[package]]\nname = \"chainlit\"\n";
const SESSIONS: &str = r#"{ "dependencies": { "session-file-store": "1" } }"#;
const SQLITE_OF_NODE: &str = r#"{ "dependencies": { "better-sqlite3": "12.0.0" } }"#;
const GENERATES: &str = r#"{ "scripts": { "start": "prisma generate && node server.js" }, "dependencies": { "prisma": "6" } }"#;
const BOLT: &str = "module it\n\ngo 1.26\n\nrequire go.etcd.io/bbolt v1.4.0\n";
const BOLT_OF_OTHERS: &str =
    "module it\n\ngo 1.26\n\nrequire go.etcd.io/bbolt v1.4.0 // indirect\n";
const SLED: &str =
    "[package]\nname = \"it\"\nversion = \"0.1.0\"\n\n[dependencies]\nsled = \"0.34\"\n";

/// Processes that write.
pub(super) const WRITERS: &[Row] = &[
    (
        "build node \"./it\" { entry \"server.js\" }",
        &[
            ("package.json", SESSIONS),
            ("package-lock.json", LOCKED),
            ("server.js", ""),
        ],
        &[
            "W0618: `session-file-store` writes to `/app/sessions`, and the files of the image can't be changed",
        ],
    ),
    (
        "build node \"./it\" { entry \"server.js\" }\n  writable \"/app/sessions\"",
        &[
            ("package.json", SESSIONS),
            ("package-lock.json", LOCKED),
            ("server.js", ""),
        ],
        &[],
    ),
    (
        "build node \"./it\" { entry \"server.js\" }\n  without read_only_root",
        &[
            ("package.json", SESSIONS),
            ("package-lock.json", LOCKED),
            ("server.js", ""),
        ],
        &[],
    ),
    (
        "build node \"./it\" { entry \"server.js\" }",
        &[
            ("package.json", SQLITE_OF_NODE),
            ("package-lock.json", LOCKED),
            ("server.js", ""),
        ],
        &["W0618: `better-sqlite3` keeps data in files, and no volume keeps them"],
    ),
    (
        "build node \"./it\" { entry \"server.js\" }\n  volume data 1Gi at \"/data\"",
        &[
            ("package.json", SQLITE_OF_NODE),
            ("package-lock.json", LOCKED),
            ("server.js", ""),
        ],
        &[],
    ),
    (
        "build node \"./it\" { entry \"server.js\" }\n  command \"npm\" \"start\"",
        &[
            ("package.json", GENERATES),
            ("package-lock.json", LOCKED),
            ("server.js", ""),
        ],
        &[
            "W0618: `prisma generate` writes the client, and the files of the image can't be changed",
        ],
    ),
    (
        "build node \"./it\" { entry \"server.js\" }",
        &[
            ("package.json", GENERATES),
            ("package-lock.json", LOCKED),
            ("server.js", ""),
        ],
        &[],
    ),
    (
        "build python \"./it\" { entry \"main.py\" }",
        &[
            ("pyproject.toml", ""),
            ("uv.lock", CHAINLIT),
            ("main.py", ""),
        ],
        &["W0618: `chainlit` writes to `/app/.files`, and the files of the image can't be changed"],
    ),
    (
        "build python \"./it\" { entry \"main.py\" }\n  env { CHAINLIT_APP_ROOT = \"/tmp\" }",
        &[
            ("pyproject.toml", ""),
            ("uv.lock", CHAINLIT),
            ("main.py", ""),
        ],
        &[],
    ),
    (
        "build django \"./it\"",
        &[
            ("pyproject.toml", ""),
            ("uv.lock", GUNICORN),
            ("manage.py", MANAGE),
            ("config/wsgi.py", ""),
            ("config/settings.py", SETTINGS),
        ],
        &[
            "W0618: `MEDIA_ROOT` of `./it/config/settings.py` writes to `/app/media`, and the files of the image can't be changed",
        ],
    ),
    (
        "build django \"./it\"\n  volume media 1Gi at \"/app/media\"",
        &[
            ("pyproject.toml", ""),
            ("uv.lock", GUNICORN),
            ("manage.py", MANAGE),
            ("config/wsgi.py", ""),
            ("config/settings.py", SETTINGS),
        ],
        &[],
    ),
    (
        "build django \"./it\"",
        &[
            ("pyproject.toml", ""),
            ("uv.lock", GUNICORN),
            ("manage.py", MANAGE),
            ("config/wsgi.py", ""),
            ("config/settings.py", SQLITE),
        ],
        &[
            "W0618: the database of `./it/config/settings.py` writes to `/app/db.sqlite3`, and the files of the image can't be changed",
        ],
    ),
    (
        "build django \"./it\"\n  command \"sh\" \"-c\" \"python manage.py collectstatic --noinput && gunicorn config.wsgi -b 0.0.0.0:8000\"",
        &[
            ("pyproject.toml", ""),
            ("uv.lock", GUNICORN),
            ("manage.py", MANAGE),
            ("config/wsgi.py", ""),
        ],
        &[
            "W0618: `python manage.py collectstatic --noinput` writes static files, and the files of the image can't be changed",
        ],
    ),
    (
        "build go \"./it\"",
        &[("go.mod", BOLT), ("main.go", "package main\n")],
        &["W0618: `go.etcd.io/bbolt` keeps data in files, and no volume keeps them"],
    ),
    (
        "build go \"./it\"",
        &[("go.mod", BOLT_OF_OTHERS), ("main.go", "package main\n")],
        &[],
    ),
    (
        "build go \"./it\"\n  volume data 1Gi at \"/data\"",
        &[("go.mod", BOLT), ("main.go", "package main\n")],
        &[],
    ),
    (
        "build rust \"./it\" { entry \"it\" }",
        &[
            ("Cargo.toml", SLED),
            ("Cargo.lock", ""),
            ("src/main.rs", ""),
        ],
        &["W0618: `sled` keeps data in files, and no volume keeps them"],
    ),
    (
        "build rust \"./it\" { entry \"it\" }\n  volume data 1Gi at \"/data\"",
        &[
            ("Cargo.toml", SLED),
            ("Cargo.lock", ""),
            ("src/main.rs", ""),
        ],
        &[],
    ),
];

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

const BELOW: &str = "export default { output: 'standalone', basePath: '/docs' }\n";
const PLAIN_NEXT: &[(&str, &str)] = &[
    ("package.json", BUILD),
    ("package-lock.json", LOCKED),
    ("next.config.mjs", STANDALONE),
];
const NEXT_BELOW: &[(&str, &str)] = &[
    ("package.json", BUILD),
    ("package-lock.json", LOCKED),
    ("next.config.mjs", BELOW),
];

/// Paths. The program asks for `/` in its probes.
pub(super) const PATHS: &[Row] = &[
    ("build nextjs \"./it\"", PLAIN_NEXT, &[]),
    (
        "build nextjs \"./it\"",
        NEXT_BELOW,
        &["W0619: `next` serves below `/docs` alone, and probes ask for `/`"],
    ),
    (
        "build nextjs \"./it\"\n  expose ingress \"example.com\" path \"/docs\" tls",
        PLAIN_NEXT,
        &["W0619: `next` serves from `/` on, and the whole of `/docs` is passed on to it"],
    ),
    (
        "build nextjs \"./it\"\n  expose ingress \"example.com\" path \"/docs\" tls",
        NEXT_BELOW,
        &["W0619: `next` serves below `/docs` alone, and probes ask for `/`"],
    ),
    (
        "build nextjs \"./it\"\n  expose ingress \"example.com\" tls",
        PLAIN_NEXT,
        &[],
    ),
    (
        "build vite \"./it\"\n  expose ingress \"example.com\" path \"/page\" tls",
        &[("package.json", BUILD), ("package-lock.json", LOCKED)],
        &["W0619: `nginx` serves from `/` on, and the whole of `/page` is passed on to it"],
    ),
    (
        "build vite \"./it\"\n  expose ingress \"example.com\" tls",
        &[("package.json", BUILD), ("package-lock.json", LOCKED)],
        &[],
    ),
];
