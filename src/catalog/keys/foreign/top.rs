//! Words from elsewhere in the first column, and those that mean something else here.

use super::{Foreign, at, other};
use crate::catalog::keys::{Place, places};

/// Where an application is described.
const TOP: &[Place] = &[Place::Top, Place::App];

/// Where a database of the application's own is.
const DATABASES: &[Place] = &places::DATABASES;

/// Of several rows that fit, the first counts.
pub(super) const TOP_WORDS: &[Foreign] = &[
    // ── The top level ───────────────────────────────────────────────────────────────────────────
    at(
        TOP,
        &[
            "services",
            "service",
            "deployments",
            "deployment",
            "workload",
            "workloads",
        ],
        "declare each as a tier: `tier NAME { … }`",
    ),
    at(
        TOP,
        &["frontend", "backend", "api", "web", "server"],
        "name a tier so: `tier NAME { … }`",
    ),
    at(
        TOP,
        &[
            "statefulset",
            "database",
            "databases",
            "db",
            "postgresql",
            "pg",
        ],
        "declare a database by its kind: `postgres NAME { … }`",
    ),
    at(
        TOP,
        &["cache"],
        "declare it as `redis NAME { … }` or `valkey NAME { … }`",
    ),
    at(
        TOP,
        &["mariadb"],
        "declare it as a `mysql`: `mysql NAME { image \"mariadb:11.8\", … }`",
    ),
    at(
        TOP,
        &["mongo"],
        "declare it as a `mongodb`: `mongodb NAME { … }`",
    ),
    at(
        TOP,
        &["rabbit", "amqp", "broker"],
        "declare it as a `rabbitmq`: `rabbitmq NAME { … }`",
    ),
    at(
        TOP,
        &["secrets"],
        "declare each by itself: `secret NAME from env`",
    ),
    at(
        TOP,
        &["configmap", "configs", "envfile"],
        "write `config { KEY = value }`",
    ),
    at(
        TOP,
        &["volumes", "persistentvolumeclaim", "pvc"],
        "say it in the tier that mounts it: `volume NAME 1Gi at \"/path\"`",
    ),
    at(
        TOP,
        &["networks", "network", "networkpolicy"],
        "delete it: policies follow from who refers to whom",
    ),
    at(
        TOP,
        &["environments", "profiles", "stages", "overlays"],
        "declare each as a target: `target NAME { … }`",
    ),
    at(TOP, &["cronjob"], "write `cron NAME \"0 3 * * *\" { … }`"),
    at(
        TOP,
        &[
            "elasticsearch",
            "opensearch",
            "kafka",
            "nats",
            "minio",
            "memcached",
        ],
        "run its image as a `tier` with a `volume`, or name one elsewhere: `external NAME { … }`",
    ),
    at(
        TOP,
        &[
            "profile",
            "production",
            "staging",
            "development",
            "dev",
            "prod",
            "local",
            "overlay",
        ],
        "say what is different at a place in `target NAME { … }`",
    ),
    at(
        TOP,
        &["import", "include", "extends", "use", "from"],
        "write all of the application in this file: what differs stands in `target NAME { … }`",
    ),
    other(
        &[
            "if", "when", "unless", "else", "for", "foreach", "each", "loop",
        ],
        "write it out: what differs from place to place stands in `target NAME { … }`",
    ),
    other(
        &["let", "var", "const", "variable", "locals", "set", "def"],
        "write the value where it is needed, or give it a name in `config { NAME = value }`",
    ),
    other(
        &["apiversion", "kind", "metadata", "spec", "template"],
        "name the thing instead: `tier NAME { … }`, `postgres NAME { … }`; objects follow from it",
    ),
    // ── Words of ours that are others' words elsewhere ───────────────────────────────────────────
    at(
        &[Place::Build],
        &["args"],
        "write each in this block: `KEY = value`",
    ),
    at(&[Place::Build], &["target"], "write `stage \"NAME\"`"),
    at(
        &[Place::Build],
        &["version", "runtime"],
        "write it behind the language, such as `python 3.13`",
    ),
    at(
        &[Place::Top, Place::App, Place::Target],
        &["gateway", "httproute", "grpcroute", "parentrefs"],
        "name it in `app` or in a target: `ingress { gateway \"NAME\" namespace \"NAMESPACE\" }`",
    ),
    at(
        &[Place::Top],
        &["ingress"],
        "write it in a target, as `target NAME { ingress \"www.example.com\" { \"/\" = web } }`; of a single tier, `expose ingress \"www.example.com\"` in it",
    ),
    at(
        &[Place::Target],
        &places::DATABASE_WORDS,
        "declare it at the top level; where somebody else runs it in this target, write `external NAME SECRET` here, with a secret that holds its URL",
    ),
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
        &["volume", "volumes", "persistence", "persistent"],
        "say how large its claim is: `storage 1Gi`",
    ),
    at(
        DATABASES,
        &["backup", "backups"],
        "let a cron dump it: `cron backup \"0 2 * * *\" { … }`",
    ),
    at(
        DATABASES,
        &["replicas"],
        "delete it: it is one server; for more, name one elsewhere: `postgres NAME external { … }`",
    ),
    at(
        &[Place::Job],
        &["schedule"],
        "write it behind the name: `cron NAME \"0 3 * * *\" { … }`",
    ),
    at(
        &[Place::Job],
        &["port", "ports", "expose", "health"],
        "delete it: nothing connects to what runs to its end",
    ),
];
