//! Builds that read secrets: their folders and what is said of them.

use super::rows::{BUILD, LOCKED, Row, STANDALONE, UVICORN};

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
    // A password with a slash in it is one all the same.
    (
        "build vite \"./it\"",
        &[
            ("package.json", BUILD),
            ("pnpm-lock.yaml", ""),
            (
                ".npmrc",
                "registry=https://me:pass/word@acme.jfrog.io/npm/\n",
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
        "build python \"./it\" { entry \"main.py\", build_system \"git\" }",
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
        "build python \"./it\" { entry \"main.py\", build_system \"git\", secret GIT_TOKEN }",
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
