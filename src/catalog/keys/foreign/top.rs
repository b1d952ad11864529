//! Words from elsewhere in the first column, and those that mean something else here.

use super::{Foreign, at, other};
use crate::catalog::keys::{Place, places};

/// Where an application is described.
const TOP: &[Place] = &[Place::Top, Place::App];

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
        &["component", "module", "microservice", "process"],
        "declare each as a tier: `tier NAME { … }`",
    ),
    at(
        TOP,
        &["worker", "daemon", "consumer"],
        "declare it as a tier without a `port`: `tier NAME { … }`",
    ),
    at(
        TOP,
        &["sqlite"],
        "keep its file on a volume of the tier that opens it: `volume data 1Gi at \"/data\"`",
    ),
    at(
        TOP,
        &["env", "vars", "variables"],
        "write `config { KEY = value }` at the top level, and name each key in the tiers that read it: `env { KEY }`",
    ),
    at(
        &[Place::Top],
        &["environment", "stage"],
        "say what is different at a place in `target NAME { … }`, and what all tiers may read in `config { KEY = value }`",
    ),
    at(
        &[Place::App],
        &["environment"],
        "write `config { KEY = value }` at the top level, and name each key in the tiers that read it: `env { KEY }`",
    ),
    at(&[Place::Top], &["name"], "write `app NAME`"),
    at(
        &[Place::App, Place::Target, Place::Tier, Place::TargetTier],
        &["redirect"],
        "write the annotation that the Ingress controller reads: `ingress { annotate \"KEY\" = \"value\" }` in `app` or in a target",
    ),
    at(
        &[Place::App, Place::Tier, Place::Job],
        &["with", "enable", "enabled"],
        "delete it: a default holds until `without` switches it off",
    ),
    at(
        &[Place::Tier, Place::TargetTier],
        &["schedule", "cron"],
        "declare what runs by a schedule as a cron: `cron NAME \"0 3 * * *\" from TIER { … }`",
    ),
    at(
        &[Place::Tier, Place::Job],
        &["storage"],
        "write `volume NAME 10Gi at \"/path\"`",
    ),
    at(
        &[Place::Secret],
        &["pattern", "regex", "matches", "format"],
        "write `starts_with \"sk-\"`, `min_length 32` or `url \"https\"`",
    ),
    at(
        &[Place::Top, Place::App, Place::Target],
        &[
            "domain",
            "domains",
            "hostname",
            "url",
            "tls",
            "certificate",
            "cert",
        ],
        "say it in the tier that browsers reach so: `expose ingress \"www.example.com\" tls`",
    ),
    at(
        &[Place::App],
        &[
            "description",
            "title",
            "author",
            "authors",
            "maintainer",
            "license",
        ],
        "delete it, or write it as a comment: `# a shop`",
    ),
    at(
        &[Place::App, Place::Target],
        &["cluster", "kubecontext", "kubeconfig"],
        "name the context of kubectl's configuration: `context \"NAME\"`",
    ),
    at(
        &[Place::App],
        &["label"],
        "write them in a block: `labels { KEY = \"value\" }`",
    ),
    at(
        &[Place::App],
        &[
            "port", "image", "build", "replicas", "command", "health", "expose", "cpu", "memory",
            "volume", "needs", "migrate", "user", "admit",
        ],
        "say it in the tier that has it: `tier NAME { … }`",
    ),
    at(
        &[Place::Target],
        &[
            "replicas",
            "cpu",
            "memory",
            "expose",
            "env",
            "environment",
            "patch",
            "admit",
        ],
        "say of which tier: `tier NAME { … }` in this target",
    ),
    at(
        &[Place::Target],
        &["secret", "secrets"],
        "declare it at the top level: whoever deploys to this target gives it a value of its own",
    ),
    at(
        &[Place::Target],
        &["version"],
        "say which images it runs: `tag \"2.0.0\"`",
    ),
    at(
        &[Place::Target],
        &["remove", "delete", "exclude", "disable", "skip"],
        "write `without NAME`",
    ),
    at(
        &[Place::TargetTier],
        &["config"],
        "write `env { KEY = value }`: in a target it wins over the tier's own `config`",
    ),
    at(
        &[Place::TargetTier],
        &[
            "image", "build", "port", "health", "command", "args", "volume", "needs", "rollout",
            "user", "secret", "file", "migrate", "grace", "without",
        ],
        "say it in the tier itself: it holds in all targets",
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
            "clickhouse",
            "meilisearch",
            "typesense",
            "influxdb",
            "cassandra",
            "neo4j",
            "etcd",
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
        &[
            "command",
            "cmd",
            "start",
            "run",
            "entrypoint",
            "port",
            "health",
        ],
        "say it in the tier, beside `build`",
    ),
    at(
        &[Place::Build],
        &["env", "environment"],
        "write build arguments in this block as `KEY = value`, and what the process reads in the `env` of the tier",
    ),
    at(
        &[Place::Build],
        &["install", "installcommand", "requirements", "lockfile"],
        "delete it: packages are installed from the file that lists them, by the package manager behind `packages`",
    ),
    at(
        &[Place::Build],
        &["build", "buildcommand", "script"],
        "delete it: a recipe for Node.js runs the script `build` of `package.json`; another needs `build dockerfile \"./folder\"`",
    ),
    at(
        &[Place::Build],
        &["output", "outdir", "dist", "publish"],
        "delete it: where the output lies follows from the sources",
    ),
    at(
        &[Place::Build],
        &["apt", "apk", "aptget", "dependencies"],
        "name packages of Debian or Alpine as `system \"git\"`",
    ),
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
        &[Place::Target],
        &["instances"],
        "say it in `postgres` at the top level, for all targets: several servers are other objects than one, with other Services",
    ),
    at(
        &[Place::Target],
        &places::DATABASE_WORDS,
        "declare it at the top level; where somebody else runs it in this target, write `external NAME SECRET` here, with a secret that holds its URL",
    ),
    at(
        &[Place::Job],
        &["retries", "restart", "backofflimit"],
        "delete it: what fails is tried three times more",
    ),
    at(
        &[Place::Job],
        &["timeout", "deadline", "activedeadlineseconds"],
        "say it in a patch: `patch Job {`, and `spec: {activeDeadlineSeconds: 600}` on the line below",
    ),
    at(
        &[Place::ExternalService],
        &["url", "address", "uri", "endpoint"],
        "write its host and its port: `host \"api.example.com\"` and `port https 443`",
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
