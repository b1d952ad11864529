//! Words that people bring from Compose and Kubernetes, and what stands here instead.
//!
//! Long because it is one table.

mod within;

pub use within::{ForeignPart, PARTS, foreign_part};

use super::{Place, places};
use crate::catalog::databases::{mysql, redis};

/// A word from elsewhere: a row of [`FOREIGN`].
#[derive(Debug)]
pub struct Foreign {
    /// The word in all its spellings, in lower case without `_` and `-`.
    pub words: &'static [&'static str],
    /// Where it is answered so; empty for anywhere.
    pub places: &'static [Place],
    /// The statement that says the same in the same way, if there is one.
    pub same: Option<&'static str>,
    /// What to write instead, as an imperative.
    pub instead: &'static str,
}

const fn same(
    words: &'static [&'static str],
    same: &'static str,
    instead: &'static str,
) -> Foreign {
    Foreign {
        words,
        places: &[],
        same: Some(same),
        instead,
    }
}

const fn other(words: &'static [&'static str], instead: &'static str) -> Foreign {
    Foreign {
        words,
        places: &[],
        same: None,
        instead,
    }
}

const fn at(
    places: &'static [Place],
    words: &'static [&'static str],
    instead: &'static str,
) -> Foreign {
    Foreign {
        words,
        places,
        same: None,
        instead,
    }
}

/// Where an application is described.
const TOP: &[Place] = &[Place::Top, Place::App];
/// Where a workload is.
const TIER: &[Place] = &[Place::Tier, Place::TargetTier];

/// Where a database of the application's own is.
const DATABASES: &[Place] = &places::DATABASES;

/// In a `mysql`.
const MYSQL: &[Place] = &[Place::Database(&mysql::ENGINE)];

/// In a `redis`.
const REDIS: &[Place] = &[Place::Database(&redis::ENGINE)];

/// Every word from elsewhere. Of several rows that fit, the first counts.
pub const FOREIGN: &[Foreign] = &[
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
        &["valkey", "cache"],
        "declare it as `redis NAME { … }`",
    ),
    at(
        TOP,
        &["mariadb"],
        "declare it as a `mysql`: `mysql NAME { image \"mariadb:11.8\", … }`",
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
            "mongo",
            "mongodb",
            "elasticsearch",
            "opensearch",
            "rabbitmq",
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
        DATABASES,
        &["env", "config"],
        "delete it: its variables follow from `database`, `user` and `secret`",
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
    // ── A tier ──────────────────────────────────────────────────────────────────────────────────
    same(&["environment"], "env", "write `env { NAME = value }`"),
    other(
        &[
            "envfrom",
            "configmapref",
            "secretref",
            "configmapkeyref",
            "secretkeyref",
            "valuefrom",
            "envfile",
        ],
        "name what it sees: `env { NAME, ..config, ..secrets }`",
    ),
    same(
        &["dependson", "links", "requires", "after"],
        "needs",
        "write `needs NAME`",
    ),
    other(
        &["targetport", "nodeport", "hostport"],
        "say what it listens on as `port 3000`, and who reaches it as `expose nodeport 30080`",
    ),
    same(
        &["ports", "containerport"],
        "port",
        "write `port 3000`; who reaches it is said by `expose`",
    ),
    same(&["scale"], "replicas", "write `replicas N`"),
    other(
        &[
            "deploy",
            "autoscale",
            "autoscaler",
            "autoscaling",
            "hpa",
            "minreplicas",
            "maxreplicas",
            "horizontalpodautoscaler",
        ],
        "write `replicas N`, or `replicas 2..6 at cpu 70%`",
    ),
    other(
        &[
            "resources",
            "limits",
            "requests",
            "reservations",
            "cpus",
            "memlimit",
            "memreservation",
        ],
        "write request and limit as `cpu 100m..500m` and `memory 128Mi..512Mi`",
    ),
    same(
        &["entrypoint", "cmd", "run"],
        "command",
        "write `command \"program\" \"argument\"`",
    ),
    other(
        &[
            "healthcheck",
            "livenessprobe",
            "readinessprobe",
            "startupprobe",
            "probes",
            "httpget",
        ],
        "write `health \"/path\"`, with `{ liveness every 30s }` where one differs",
    ),
    other(
        &[
            "strategy",
            "rollingupdate",
            "maxsurge",
            "maxunavailable",
            "updateconfig",
        ],
        "write `rollout surge 1 unavailable 0`, or `rollout recreate`",
    ),
    other(
        &["restart", "restartpolicy"],
        "delete it: a tier is always started again, and a `job` ends",
    ),
    other(
        &[
            "securitycontext",
            "runasuser",
            "runasnonroot",
            "fsgroup",
            "privileged",
        ],
        "write `user N`; the rest is hardened by default",
    ),
    other(
        &[
            "volumemounts",
            "volumes",
            "mounts",
            "persistentvolumeclaim",
            "pvc",
            "emptydir",
            "tmpfs",
        ],
        "write `volume NAME 1Gi at \"/path\"`, or `writable \"/path\"` for what may be lost",
    ),
    other(
        &["dockerfile", "context"],
        "write `build dockerfile \"./folder\" { file \"Dockerfile\" }`",
    ),
    other(
        &["buildargs"],
        "write build arguments in the block of `build`: `KEY = value`",
    ),
    other(
        &["imagepullpolicy", "pullpolicy"],
        "write `pull missing`, `pull always` or `pull never` in `app` or a target",
    ),
    other(
        &["imagepullsecrets"],
        "write `pull_secret \"NAME\"` in `app` or a target",
    ),
    other(
        &[
            "containers",
            "container",
            "pod",
            "initcontainers",
            "sidecar",
            "sidecars",
        ],
        "a tier runs one container: say its `image` or `build` itself",
    ),
    other(
        &["annotations"],
        "write each as `annotate \"key\" = \"value\"`",
    ),
    other(
        &["matchlabels"],
        "delete it: selectors follow from the names; `naming { selector standard }` changes them",
    ),
    other(
        &["ingressclassname"],
        "write `ingress { class \"nginx\" }` in `app`",
    ),
    at(
        TIER,
        &["ingress", "host", "hostname", "domain", "url"],
        "write `expose ingress \"www.example.com\" tls`",
    ),
    other(
        &["loadbalancer", "clusterip", "type"],
        "write `expose loadbalancer`, `expose nodeport` or `expose ingress \"host\"`",
    ),
    at(
        TIER,
        &["networks", "network", "networkmode"],
        "delete it: who may connect follows from who refers to whom",
    ),
    at(
        TIER,
        &["secrets"],
        "name those that it sees: `env { NAME }`, or all: `env { ..secrets }`",
    ),
    other(
        &[
            "nodeselector",
            "affinity",
            "tolerations",
            "topologyspreadconstraints",
            "priorityclassname",
            "nodename",
            "runtimeclassname",
            "capabilities",
            "capadd",
            "capdrop",
            "dnsconfig",
            "extrahosts",
            "hostaliases",
            "hostnetwork",
            "sysctls",
        ],
        "say it in a patch: `patch Deployment {`, and its YAML on the lines below",
    ),
    other(
        &["workingdir"],
        "say it in the image, or in a patch: `patch Deployment {`, and its YAML below",
    ),
    other(
        &["logging", "platform", "tty", "stdinopen", "init", "ulimits"],
        "delete it: that is a matter of the cluster and its nodes",
    ),
    other(
        &["containername"],
        "delete it: a tier's name is that of its container",
    ),
    other(
        &["initialdelayseconds"],
        "write `after 10s` behind the probe",
    ),
    other(
        &["periodseconds", "interval"],
        "write `every 10s` behind the probe",
    ),
    other(
        &["timeoutseconds", "timeout"],
        "write `timeout 3s` behind the probe",
    ),
    other(
        &["failurethreshold", "retries"],
        "write `failures 3` behind the probe",
    ),
    other(
        &["arg", "argument"],
        "write build arguments as `KEY = value`",
    ),
    other(&["size", "capacity"], "write `storage 1Gi`"),
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

/// A word in lower case, without `_` and `-`.
fn plain(word: &str) -> String {
    let letters = word.chars().filter(|c| !matches!(c, '_' | '-'));
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

/// What to answer a word from elsewhere at a place.
#[must_use]
pub fn foreign(place: Place, word: &str) -> Option<&'static Foreign> {
    let plain = plain(word);
    FOREIGN.iter().find(|row| {
        let is_there = row.places.is_empty() || row.places.contains(&place);
        let stands = row
            .same
            .is_none_or(|same| super::rows(place).any(|it| it.word == same));
        is_there && stands && row.words.contains(&plain.as_str())
    })
}
