//! Words from elsewhere that stand within statements of ours.

use super::plain;

/// A word from elsewhere in a statement of ours: a row of [`PARTS`].
#[derive(Debug)]
pub struct ForeignPart {
    /// The statement's word.
    pub row: &'static str,
    /// The word from elsewhere in all its spellings, in lower case without `_` and `-`.
    pub words: &'static [&'static str],
    /// The word that says the same in its place, if there is one.
    pub same: Option<&'static str>,
    /// What to write instead, as an imperative.
    pub instead: &'static str,
}

const fn part(
    row: &'static str,
    words: &'static [&'static str],
    same: Option<&'static str>,
    instead: &'static str,
) -> ForeignPart {
    ForeignPart {
        row,
        words,
        same,
        instead,
    }
}

/// How often a probe may fail.
const fn retries(row: &'static str) -> ForeignPart {
    part(
        row,
        &["retries", "failurethreshold"],
        Some("failures"),
        "write `failures 3`",
    )
}

/// When a probe begins to ask.
const fn delay(row: &'static str) -> ForeignPart {
    part(
        row,
        &[
            "initialdelayseconds",
            "initialdelay",
            "delay",
            "startperiod",
        ],
        None,
        "write `after 10s`",
    )
}

/// Every word from elsewhere within a statement.
pub const PARTS: &[ForeignPart] = &[
    part(
        "expose",
        &["clusterip", "private", "none", "cluster", "false"],
        Some("internal"),
        "write `expose internal`, or nothing: it means the same",
    ),
    part(
        "expose",
        &["public", "http", "host", "domain", "true", "external"],
        None,
        "say by which name: `expose ingress \"www.example.com\"`",
    ),
    part(
        "expose",
        &["https", "ssl", "cert", "certificate"],
        None,
        "write `tls` behind the host: `expose ingress \"www.example.com\" tls`",
    ),
    part(
        "pull",
        &["ifnotpresent"],
        Some("missing"),
        "write `pull missing`",
    ),
    part(
        "health",
        &["http", "get", "httpget", "path", "https"],
        None,
        "write the path alone: `health \"/health\"`",
    ),
    part(
        "health",
        &["off", "none", "false", "no", "disabled"],
        None,
        "delete it: a tier without `health` has no probes",
    ),
    part(
        "health",
        &[
            "every", "after", "timeout", "failures", "interval", "retries",
        ],
        None,
        "say it of a probe: `health \"/\" { liveness every 30s }`",
    ),
    part(
        "secret",
        &["file", "vault", "value", "aws", "gcp", "azure", "ssm"],
        None,
        "write `from env`: whoever deploys takes the value from there, or `from object \"NAME\" key \"KEY\"`",
    ),
    part(
        "secret",
        &["at", "path", "mount", "mountpath", "target"],
        None,
        "declare it at the top level, `secret NAME from env`, and write in each tier that reads it as a file: `file secret.NAME at \"/path\"`",
    ),
    part(
        "tier",
        &["extends", "inherits", "like", "as"],
        Some("from"),
        "write `tier NAME from TIER`",
    ),
    part(
        "job",
        &["extends", "inherits", "like", "as"],
        Some("from"),
        "write `job NAME from TIER`",
    ),
    part(
        "user",
        &["root", "node", "nginx", "www", "nobody", "app"],
        None,
        "write the number of a user, as `id -u` says it in the image: `user 1000`",
    ),
    part(
        "rollout",
        &["rolling", "rollingupdate", "gradual"],
        None,
        "delete it: pods are replaced one by one already",
    ),
    part(
        "rollout",
        &["bluegreen", "canary"],
        None,
        "write as many as it has replicas, as `rollout surge 3`: then all new pods start before an old one ends",
    ),
    part(
        "admit",
        &["all", "any", "anyone", "everyone", "internet"],
        None,
        "leave the policy out, so that all may connect: `without network_policy`",
    ),
    part(
        "admit",
        &[
            "ip",
            "ips",
            "address",
            "addresses",
            "range",
            "block",
            "subnet",
            "network",
        ],
        None,
        "write `admit cidr \"10.0.0.0/8\"`",
    ),
    part(
        "admit",
        &["from"],
        None,
        "leave `from` out: `admit namespace \"monitoring\"`",
    ),
    part(
        "volume",
        &["rwx", "readwritemany"],
        Some("shared"),
        "write `shared`",
    ),
    part(
        "volume",
        &["each", "perpod", "eachpod", "replica", "perreplica"],
        None,
        "write `per pod` in a tier whose pods each have a volume of their own",
    ),
    part(
        "volume",
        &["rwo", "readwriteonce", "rw"],
        None,
        "delete it: a volume that isn't `shared` belongs to a single pod, which writes to it",
    ),
    part(
        "volume",
        &["ro", "readonly"],
        None,
        "delete it; the volume of another tier is mounted for reading as `volume TIER.VOLUME at \"/path\" read`",
    ),
    part(
        "expose",
        &["tunnel", "url", "cloudflare", "ngrok", "proxy"],
        None,
        "write the address by which it is known: `expose elsewhere \"https://www.example.com\"`",
    ),
    part(
        "expose",
        &["issuer", "clusterissuer", "letsencrypt"],
        None,
        "name the issuer in `app`, for all hosts with `tls`: `ingress { issuer \"letsencrypt\" }`",
    ),
    retries("liveness"),
    retries("readiness"),
    retries("startup"),
    delay("liveness"),
    delay("readiness"),
    part(
        "startup",
        &["startperiod", "initialdelayseconds", "initialdelay"],
        None,
        "say how long it may take by `every` and `failures`: `startup every 5s failures 12` is a minute",
    ),
    part(
        "node",
        &["latest", "lts", "current", "stable"],
        None,
        "write a number, such as `node 24`, or leave it out",
    ),
    part(
        "python",
        &["latest", "current", "stable"],
        None,
        "write a number, such as `python 3.13`, or leave it out",
    ),
    part(
        "memory",
        &["unlimited", "max", "none", "auto"],
        None,
        "leave `memory` out: then nothing limits it",
    ),
    part(
        "cpu",
        &["unlimited", "max", "none", "auto"],
        None,
        "leave `cpu` out: then nothing limits it",
    ),
    part(
        "secret",
        &["random", "generate", "generated", "auto"],
        None,
        "write `from env { min_length 32 }`: `todoc secrets apply` can make such a value",
    ),
    part(
        "secret",
        &["secret", "secretref", "secretkeyref", "kubernetes", "k8s"],
        None,
        "write `from object \"NAME\" key \"KEY\"`",
    ),
    part(
        "replicas",
        &["auto", "autoscale", "automatic"],
        None,
        "say between what and by what: `replicas 2..6 at cpu 70%`",
    ),
    part(
        "replicas",
        &["requests", "rps", "concurrency"],
        None,
        "write `at cpu 70%` or `at memory 80%`: an autoscaler here follows what the pods use",
    ),
];

/// What to answer a word from elsewhere within a statement.
#[must_use]
pub fn foreign_part(row: &str, word: &str) -> Option<&'static ForeignPart> {
    let plain = plain(word);
    PARTS
        .iter()
        .find(|it| it.row == row && it.words.contains(&plain.as_str()))
}
