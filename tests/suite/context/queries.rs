//! Queries in Rust that ask a database while they are compiled: folders with and without what answers for it.

use super::rows::Row;

const CARGO: &str = "[package]\nname = \"it\"\n\n[dependencies]\nsqlx = \"0.8\"\n";
const WORKSPACE: &str = "[workspace]\nmembers = [\"api\"]\n";
const MAIN: &str = "fn main() { sqlx::query!(\"SELECT 1\"); }\n";
const IMPORTS: &str =
    "use sqlx::{PgPool, query_as};\n\nfn all() { query_as!(User, \"SELECT 1\"); }\n";
const PLAIN: &str = "fn main() { sqlx::query(\"SELECT 1\"); sqlx::migrate!(); }\n";

/// Queries.
pub(super) const QUERIES: &[Row] = &[
    (
        "build rust \"./it\" { entry \"it\" }",
        &[
            ("Cargo.toml", CARGO),
            ("Cargo.lock", ""),
            ("src/main.rs", MAIN),
        ],
        &[
            "W0616: `sqlx::query!` in `./it/src/main.rs` asks a database while it is compiled, and there is no `.sqlx`",
        ],
    ),
    (
        "build rust \"./it\" { entry \"it\" }",
        &[
            ("Cargo.toml", CARGO),
            ("Cargo.lock", ""),
            ("src/main.rs", PLAIN),
            ("src/db/users.rs", IMPORTS),
        ],
        &[
            "W0616: `sqlx::query_as!` in `./it/src/db/users.rs` asks a database while it is compiled, and there is no `.sqlx`",
        ],
    ),
    (
        "build rust \"./it\" { entry \"it\" }",
        &[
            ("Cargo.toml", WORKSPACE),
            ("Cargo.lock", ""),
            ("api/Cargo.toml", CARGO),
            ("api/src/main.rs", MAIN),
        ],
        &[
            "W0616: `sqlx::query!` in `./it/api/src/main.rs` asks a database while it is compiled, and there is no `.sqlx`",
        ],
    ),
    // What answers for the database: of the package, of a member, or a database by its URL.
    (
        "build rust \"./it\" { entry \"it\" }",
        &[
            ("Cargo.toml", CARGO),
            ("Cargo.lock", ""),
            ("src/main.rs", MAIN),
            (".sqlx/query-1.json", "{}"),
        ],
        &[],
    ),
    (
        "build rust \"./it\" { entry \"it\" }",
        &[
            ("Cargo.toml", WORKSPACE),
            ("Cargo.lock", ""),
            ("api/Cargo.toml", CARGO),
            ("api/src/main.rs", MAIN),
            ("api/.sqlx/query-1.json", "{}"),
        ],
        &[],
    ),
    (
        "build rust \"./it\" { entry \"it\" }",
        &[
            ("Cargo.toml", CARGO),
            ("Cargo.lock", ""),
            ("src/main.rs", MAIN),
            (
                ".cargo/config.toml",
                "[env]\nDATABASE_URL = \"sqlite:seed.db\"\n",
            ),
        ],
        &[],
    ),
    (
        "build rust \"./it\" { entry \"it\" }",
        &[
            ("Cargo.toml", CARGO),
            ("Cargo.lock", ""),
            ("src/main.rs", PLAIN),
        ],
        &[],
    ),
];
