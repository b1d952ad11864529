//! What servers are told: their public address, and the driver of their database.

use super::rows::{BUILD, Row};

const KIT: &str = r#"{ "scripts": { "build": "vite build" }, "devDependencies": { "@sveltejs/adapter-node": "^5.2.0" } }"#;
const AUTH_4: &str =
    r#"{ "scripts": { "build": "next build" }, "dependencies": { "next-auth": "^4.24.0" } }"#;
const AUTH_5: &str =
    r#"{ "scripts": { "build": "next build" }, "dependencies": { "next-auth": "5.0.0-beta.30" } }"#;
const CONFIG: &str = "export default { output: \"standalone\" }\n";
const NEXT_AUTH: &str = "export const { auth } = NextAuth({ providers: [] })\n";
const TRUSTING: &str = "export const { auth } = NextAuth({ trustHost: true })\n";

const PLAIN: &str = "build node \"./it\", expose ingress \"a.example.com\"";
const SECURE: &str = "build nextjs \"./it\", expose ingress \"a.example.com\" tls";
const UNTOLD: &str = "W0621: `it` isn't told the address that browsers know";

const OLD: &str = "uvicorn==0.38.0\nsqlalchemy==2.0.44\npsycopg[binary]==3.2.13\n";
const NEW: &str = "uvicorn==0.38.0\nsqlalchemy==2.1.9\npsycopg[binary]==3.2.13\n";
const OPEN: &str = "uvicorn\nsqlalchemy\npsycopg[binary]\n";
const BOTH: &str = "uvicorn\nsqlalchemy==2.0.44\npsycopg[binary]\npsycopg2-binary\n";
const ASYNC: &str = "uvicorn\nsqlalchemy[asyncio]==2.1.9\nasyncpg==0.30.0\n";
const ENGINE: &str = "import os\nfrom sqlalchemy import create_engine\napp = engine = create_engine(os.environ[\"DATABASE_URL\"])\n";
const MENDED: &str = "import os\nengine = create_engine(os.environ[\"DATABASE_URL\"].replace(\"ql:\", \"ql+psycopg:\"))\n";
const READS: &str = "build fastapi \"./it\", port 8000, health \"/\", cpu 1, memory 1Gi, env { DATABASE_URL = db.url }\n}\n\npostgres db { version 17, storage 1Gi, secret DB_PASSWORD from env }\n\ntier other {\n  image \"ghcr.io/acme/other:1\"";
const NAMES: &str = "build fastapi \"./it\", port 8000, health \"/\", cpu 1, memory 1Gi, env { DATABASE_URL = db.url(\"postgresql+psycopg\") }\n}\n\npostgres db { version 17, storage 1Gi, secret DB_PASSWORD from env }\n\ntier other {\n  image \"ghcr.io/acme/other:1\"";

/// What is told of both, and what isn't.
pub(super) const ADDRESSES: &[Row] = &[
    (
        PLAIN,
        &[("package.json", KIT), ("package-lock.json", "{}")],
        &[UNTOLD],
    ),
    (
        "build node \"./it\", expose ingress \"a.example.com\" tls",
        &[("package.json", KIT), ("package-lock.json", "{}")],
        &[],
    ),
    (
        "build node \"./it\", expose ingress \"a.example.com\", env { ORIGIN = it.public_url }",
        &[("package.json", KIT), ("package-lock.json", "{}")],
        &[],
    ),
    (
        PLAIN,
        &[
            ("package.json", KIT),
            ("package-lock.json", "{}"),
            (
                "svelte.config.js",
                "export default { kit: { csrf: { checkOrigin: false } } }",
            ),
        ],
        &[],
    ),
    (
        "build node \"./it\"",
        &[("package.json", KIT), ("package-lock.json", "{}")],
        &[],
    ),
    (
        PLAIN,
        &[("package.json", BUILD), ("package-lock.json", "{}")],
        &[],
    ),
    (
        SECURE,
        &[
            ("package.json", AUTH_4),
            ("package-lock.json", "{}"),
            ("next.config.mjs", CONFIG),
        ],
        &[UNTOLD],
    ),
    (
        "build nextjs \"./it\", expose ingress \"a.example.com\" tls, env { NEXTAUTH_URL = it.public_url }",
        &[
            ("package.json", AUTH_4),
            ("package-lock.json", "{}"),
            ("next.config.mjs", CONFIG),
        ],
        &[],
    ),
    (
        SECURE,
        &[
            ("package.json", AUTH_5),
            ("package-lock.json", "{}"),
            ("next.config.mjs", CONFIG),
            ("src/auth.ts", NEXT_AUTH),
        ],
        &[UNTOLD],
    ),
    (
        SECURE,
        &[
            ("package.json", AUTH_5),
            ("package-lock.json", "{}"),
            ("next.config.mjs", CONFIG),
            ("auth.ts", TRUSTING),
        ],
        &[],
    ),
    // Where it is made, nobody knows.
    (
        SECURE,
        &[
            ("package.json", AUTH_5),
            ("package-lock.json", "{}"),
            ("next.config.mjs", CONFIG),
        ],
        &[],
    ),
    (
        READS,
        &[("requirements.txt", OLD), ("app/main.py", ENGINE)],
        &[
            "W0622: `./it/app/main.py` gives SQLAlchemy this URL, which asks for psycopg2, and the packages have `psycopg`",
        ],
    ),
    (
        READS,
        &[("requirements.txt", ASYNC), ("app/main.py", ENGINE)],
        &[
            "W0622: `./it/app/main.py` gives SQLAlchemy this URL, which asks for another driver, and the packages have `asyncpg`",
        ],
    ),
    (
        NAMES,
        &[("requirements.txt", OLD), ("app/main.py", ENGINE)],
        &[],
    ),
    (
        READS,
        &[("requirements.txt", NEW), ("app/main.py", ENGINE)],
        &[],
    ),
    (
        READS,
        &[("requirements.txt", OPEN), ("app/main.py", ENGINE)],
        &[],
    ),
    (
        READS,
        &[("requirements.txt", BOTH), ("app/main.py", ENGINE)],
        &[],
    ),
    (
        READS,
        &[("requirements.txt", OLD), ("app/main.py", MENDED)],
        &[],
    ),
];
