//! Words from elsewhere in a database and in a secret.

use super::{Foreign, at, other};
use crate::catalog::databases::{mysql, redis, valkey};
use crate::catalog::keys::{Place, places};

/// Where a database of the application's own is.
const DATABASES: &[Place] = &places::DATABASES;

/// In a `mysql`.
const MYSQL: &[Place] = &[Place::Database(&mysql::ENGINE)];

/// In a `redis` or a `valkey`.
const REDIS: &[Place] = &[
    Place::Database(&redis::ENGINE),
    Place::Database(&valkey::ENGINE),
];

/// Of several rows that fit, the first counts.
pub(super) const DATABASE_WORDS: &[Foreign] = &[
    at(
        DATABASES,
        &["config"],
        "write its variables as `env { NAME = value }`; user, database and password follow from `user`, `database` and `secret`",
    ),
    at(
        DATABASES,
        &["expose", "port", "ports"],
        "delete it: a database is reached on its own port, by those alone that refer to it",
    ),
    at(
        DATABASES,
        &["volume", "volumes", "persistence", "persistent", "disk"],
        "say how large its claim is: `storage 1Gi`",
    ),
    at(
        DATABASES,
        &["extension", "extensions", "plugins"],
        "name an image that has them: `image \"pgvector/pgvector:pg17\"`",
    ),
    at(
        DATABASES,
        &["health", "healthcheck", "probes"],
        "delete it: a database has probes of its own",
    ),
    at(
        DATABASES,
        &["migrate", "migrations"],
        "say it in the tier whose code it is: `migrate \"program\" \"argument\"`",
    ),
    at(
        DATABASES,
        &["needs", "dependson"],
        "delete it: a database needs nothing; what needs the database says so",
    ),
    at(
        places::WITH_USERS,
        &[
            "init",
            "initdb",
            "initscript",
            "initscripts",
            "schema",
            "seed",
        ],
        "mount the script that runs at the first start: `file \"./schema.sql\" at \"/docker-entrypoint-initdb.d/schema.sql\"`",
    ),
    at(
        DATABASES,
        &[
            "maxconnections",
            "sharedbuffers",
            "workmem",
            "settings",
            "parameters",
            "options",
        ],
        "give options to the server itself: `args`, such as `args \"-c\" \"max_connections=200\"` of a `postgres`",
    ),
    at(
        DATABASES,
        &["backup", "backups"],
        "let a cron dump it: `cron backup \"0 2 * * *\" { … }`",
    ),
    at(
        places::OPERATED,
        &["replicas", "standbys", "servers"],
        "write `instances 3`: the operator CloudNativePG runs them, which the cluster must have",
    ),
    at(
        DATABASES,
        &["replicas"],
        "delete it: it is one server; for more, name one elsewhere: `postgres NAME external { … }`",
    ),
    other(&["size", "capacity"], "write `storage 1Gi`"),
    at(
        REDIS,
        &["maxmemory"],
        "write `memory 256Mi`: of that it takes three quarters for data",
    ),
    at(
        REDIS,
        &["maxmemorypolicy", "eviction", "evictionpolicy"],
        "write `policy allkeys-lru`",
    ),
    at(
        REDIS,
        &["appendonly", "aof", "save", "rdb"],
        "say how large its claim is: `storage 1Gi`; then it writes each change to its disk",
    ),
    at(
        REDIS,
        &["password", "requirepass", "auth"],
        "write `secret REDIS_PASSWORD from env`",
    ),
    at(
        MYSQL,
        &[
            "password",
            "passwordfrom",
            "mysqlpassword",
            "mysqlrootpassword",
            "mariadbpassword",
            "rootpassword",
        ],
        "write `secret MYSQL_PASSWORD from env`",
    ),
    at(
        &[Place::Secret],
        &["length", "min", "minlen"],
        "write `min_length 32`",
    ),
    other(
        &["password", "postgrespassword", "passwordfrom"],
        "write `secret POSTGRES_PASSWORD from env`",
    ),
    other(&["username"], "write `user NAME`"),
    at(
        places::WITH_USERS,
        &["dbname", "name"],
        "write `database NAME`",
    ),
];
