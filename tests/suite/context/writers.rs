//! Processes that write: the folders of their sources and what is said of them.

use super::rows::{LOCKED, Row};

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

const WITH_MEDIA: &[(&str, &str)] = &[
    ("pyproject.toml", ""),
    ("uv.lock", GUNICORN),
    ("manage.py", MANAGE),
    ("config/wsgi.py", ""),
    ("config/settings.py", SETTINGS),
];

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
        WITH_MEDIA,
        &[
            "W0618: `MEDIA_ROOT` of `./it/config/settings.py` writes to `/app/media`, and the files of the image can't be changed",
        ],
    ),
    (
        "build django \"./it\"\n  volume media 1Gi at \"/app/media\"",
        WITH_MEDIA,
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
