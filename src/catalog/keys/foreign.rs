//! Words that people bring from Compose and Kubernetes, and what stands here instead.

use super::Place;

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
    other(
        &["apiversion", "kind", "metadata", "spec", "template"],
        "name the thing instead: `tier NAME { … }`, `postgres NAME { … }`; objects follow from it",
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
    other(&["timeoutseconds"], "write `timeout 3s` behind the probe"),
    other(
        &["failurethreshold", "retries"],
        "write `failures 3` behind the probe",
    ),
    other(
        &["arg", "argument"],
        "write build arguments as `KEY = value`",
    ),
    other(&["size", "capacity"], "write `storage 1Gi`"),
    other(
        &["password", "postgrespassword", "passwordfrom"],
        "write `secret POSTGRES_PASSWORD from env`",
    ),
    other(&["username"], "write `user NAME`"),
    at(
        &[Place::Postgres],
        &["dbname", "name"],
        "write `database NAME`",
    ),
];

/// What to answer a word from elsewhere at a place.
#[must_use]
pub fn foreign(place: Place, word: &str) -> Option<&'static Foreign> {
    let plain: String = word
        .chars()
        .filter(|c| !matches!(c, '_' | '-'))
        .map(|c| c.to_ascii_lowercase())
        .collect();
    FOREIGN.iter().find(|row| {
        let is_there = row.places.is_empty() || row.places.contains(&place);
        let stands = row
            .same
            .is_none_or(|same| super::rows(place).any(|it| it.word == same));
        is_there && stands && row.words.contains(&plain.as_str())
    })
}
