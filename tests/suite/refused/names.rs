//! Rules for names, labels and keys.

use serde_json::json;

use super::{Rule, code, later, never, refused, rule, taken, tier, warned};

const NAME: &str = "/metadata/name";
const PORT: &str = "/spec/template/spec/containers/0/ports/0/name";
const LABEL: &str = "/metadata/labels/team";

fn long(length: usize) -> String {
    "a".repeat(length)
}

/// A program that gives all objects a label.
fn labelled(key: &str, value: &str) -> String {
    format!("app a {{ labels {{ \"{key}\" = \"{value}\" }} }}\ntier web {{ image \"web:1\" }}")
}

fn named(pattern: &str) -> String {
    format!("app a {{ naming {{ {pattern} }} }}\ntier web {{ image \"web:1\", port 80 }}")
}

#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn rules() -> Vec<Rule> {
    vec![
        // ── Objects ─────────────────────────────────────────────────────────────────────────────
        rule(
            "a namespace's name has no dots",
            refused("Namespace", NAME, "my.ns", "must not contain dots"),
            code(
                "E0107",
                "app a { namespace my.ns }\ntier web { image \"web:1\" }",
            ),
        ),
        rule(
            "a namespace's name has 63 characters at most",
            refused("Namespace", NAME, long(64), "must be no more than 63"),
            code(
                "E0205",
                format!(
                    "app a {{ namespace {} }}\ntier web {{ image \"web:1\" }}",
                    long(64)
                ),
            ),
        ),
        rule(
            "a StatefulSet's name has no dots",
            refused("StatefulSet", NAME, "my.db", "must not contain dots"),
            code(
                "E0107",
                "postgres my.db { version 17, storage 1Gi, secret P from env }",
            ),
        ),
        later(
            "a StatefulSet's name leaves its pods room for a hash",
            code(
                "E0205",
                format!(
                    "postgres {} {{ version 17, storage 1Gi, secret P from env }}",
                    long(51)
                ),
            ),
        ),
        rule(
            "a Service's name has 63 characters at most",
            refused("Service", NAME, long(64), "must be no more than 63"),
            code(
                "E0205",
                named(&format!("service \"{{tier}}-{}\"", long(60))),
            ),
        ),
        rule(
            "a Service's name begins with a letter, for servers before 1.36",
            taken("Service", NAME, "1a"),
            code("E0215", named("service \"1{tier}\"")),
        ),
        rule(
            "a Deployment's name is also one of pods",
            warned("Deployment", NAME, "web.x", "a DNS label is recommended"),
            code("E0215", named("workload \"{tier}.x\"")),
        ),
        rule(
            "names have no upper case",
            refused("Deployment", NAME, "Web", "RFC 1123"),
            code("E0205", "tier Web { image \"web:1\" }"),
        ),
        rule(
            "names have no underscore",
            refused("Service", NAME, "my_web", "RFC 1123"),
            code("E0205", "tier my_web { image \"web:1\", port 80 }"),
        ),
        rule(
            "names end in a letter or digit",
            refused("ConfigMap", NAME, "web-", "RFC 1123"),
            code("E0205", "tier web- { image \"web:1\" }"),
        ),
        rule(
            "a CronJob's name has 52 characters at most",
            refused("CronJob", NAME, long(53), "must be no more than 52"),
            code(
                "E0205",
                format!("cron {} \"@daily\" {{ image \"web:1\" }}", long(51)),
            ),
        ),
        rule(
            "a Job's name is a label of its pods",
            refused("Job", NAME, long(64), "must be no more than 63"),
            code("E0205", format!("job {} {{ image \"web:1\" }}", long(62))),
        ),
        later(
            "an application's name and a tier's leave room for what is joined to them",
            code(
                "E0205",
                format!("app {}\ntier {} {{ image \"web:1\" }}", long(26), long(26)),
            ),
        ),
        later(
            "two objects of a kind have two names",
            code(
                "E0306",
                "app a { naming { workload \"{app}\" } }\ntier b { image \"web:1\" }\n\
                 tier c { image \"web:1\" }",
            ),
        ),
        // ── Parts of pods ───────────────────────────────────────────────────────────────────────
        rule(
            "a container's name has 63 characters at most",
            refused(
                "Deployment",
                "/spec/template/spec/containers/0/name",
                long(64),
                "must be no more than 63",
            ),
            code(
                "E0205",
                format!("tier {} {{ name \"x\", image \"web:1\" }}", long(64)),
            ),
        ),
        rule(
            "the container that waits is another than the one that works",
            refused(
                "Deployment",
                "/spec/template/spec/initContainers",
                json!([{ "name": "web", "image": "web:1" }]),
                "Duplicate value: \"web\"",
            ),
            never("a tier that is called as what it waits with has another name for that"),
        ),
        rule(
            "a volume's name is a label",
            refused(
                "Deployment",
                "/spec/template/spec/volumes/0/name",
                "my_data",
                "RFC 1123",
            ),
            tier("E0205", "volume my_data 1Gi at \"/data\""),
        ),
        rule(
            "a volume's name has 63 characters at most",
            refused(
                "Deployment",
                "/spec/template/spec/volumes/0/name",
                long(64),
                "must be no more than 63",
            ),
            tier("E0205", format!("volume {} 1Gi at \"/data\"", long(64))),
        ),
        rule(
            "two volumes have two names",
            refused(
                "Deployment",
                "/spec/template/spec/volumes/-",
                json!(null),
                "Duplicate value: \"data\"",
            ),
            tier(
                "E0204",
                "volume data 1Gi at \"/a\"\n  volume data 1Gi at \"/b\"",
            ),
        ),
        rule(
            "two containers have two names",
            refused(
                "Deployment",
                "/spec/template/spec/containers/-",
                json!(null),
                "Duplicate value: \"web\"",
            ),
            never("a pod has one container, named after its tier"),
        ),
        // ── Ports ───────────────────────────────────────────────────────────────────────────────
        rule(
            "a port's name has 15 characters at most",
            refused("Deployment", PORT, long(16), "must be no more than 15"),
            tier("E0205", format!("port {} 81", long(16))),
        ),
        rule(
            "a port's name has no double hyphen",
            refused("Deployment", PORT, "a--b", "consecutive hyphens"),
            tier("E0205", "port a--b 81"),
        ),
        rule(
            "a port's name has a letter",
            refused("Deployment", PORT, "80", "at least one letter"),
            code("E0107", "tier web { image \"web:1\", port 80 81 }"),
        ),
        rule(
            "a port's name has no upper case",
            refused(
                "Deployment",
                PORT,
                "HTTP",
                "alpha-numeric characters (a-z, 0-9)",
            ),
            tier("E0205", "port HTTP 81"),
        ),
        rule(
            "a port's name ends in a letter or digit",
            refused(
                "Deployment",
                PORT,
                "a-",
                "must not begin or end with a hyphen",
            ),
            tier("E0205", "port a- 81"),
        ),
        rule(
            "a Service's port is found by a name that containers can have as well",
            taken("Service", "/spec/ports/0/name", "a--b"),
            tier("E0205", "port a--b 81"),
        ),
        rule(
            "two ports of a Service have names",
            refused(
                "Service",
                "/spec/ports",
                json!([{ "port": 80 }, { "port": 81 }]),
                "ports[0].name: Required value",
            ),
            tier("E0307", "port 81"),
        ),
        rule(
            "two ports of a Service have two names",
            refused(
                "Service",
                "/spec/ports/-",
                json!({ "name": "http", "port": 81 }),
                "Duplicate value: \"http\"",
            ),
            tier("E0307", "port http 81"),
        ),
        rule(
            "two ports of a Service have two numbers",
            refused(
                "Service",
                "/spec/ports/-",
                json!({ "name": "more", "port": 80 }),
                "spec.ports[1]: Duplicate value",
            ),
            tier("E0307", "port more 81 as 80"),
        ),
        rule(
            "two ports of a container have two names",
            refused(
                "Deployment",
                "/spec/template/spec/containers/0/ports/-",
                json!({ "name": "http", "containerPort": 81 }),
                "Duplicate value: \"http\"",
            ),
            tier("E0307", "port http 81"),
        ),
        rule(
            "two ports of a container have two numbers",
            warned(
                "Deployment",
                "/spec/template/spec/containers/0/ports/-",
                json!({ "name": "more", "containerPort": 80 }),
                "duplicate port definition",
            ),
            tier("E0307", "port more 80 as 81"),
        ),
        // ── Labels and annotations ──────────────────────────────────────────────────────────────
        rule(
            "a label's key is a qualified name",
            refused(
                "Deployment",
                "/metadata/labels/a b",
                "c",
                "name part must consist of",
            ),
            code("E0215", labelled("a b", "c")),
        ),
        rule(
            "a label's key has 63 characters at most",
            refused(
                "Deployment",
                "/metadata/labels/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "c",
                "name part must be no more than 63",
            ),
            code("E0215", labelled(&long(64), "c")),
        ),
        rule(
            "the prefix of a label's key is a domain",
            refused(
                "Deployment",
                "/metadata/labels/A~1b",
                "c",
                "prefix part a lowercase RFC 1123 subdomain",
            ),
            code("E0215", labelled("A/b", "c")),
        ),
        rule(
            "the prefix of a label's key isn't empty",
            refused(
                "Deployment",
                "/metadata/labels/~1b",
                "c",
                "prefix part must be non-empty",
            ),
            code("E0215", labelled("/b", "c")),
        ),
        rule(
            "a label's key has one slash",
            refused(
                "Deployment",
                "/metadata/labels/a~1b~1c",
                "c",
                "a valid label key must consist of",
            ),
            code("E0215", labelled("a/b/c", "c")),
        ),
        rule(
            "a label's value has 63 characters at most",
            refused("Deployment", LABEL, long(64), "must be no more than 63"),
            code("E0215", labelled("team", &long(64))),
        ),
        rule(
            "a label's value has no blanks",
            refused("Deployment", LABEL, "a b", "a valid label must be"),
            code("E0215", labelled("team", "a b")),
        ),
        rule(
            "a label's value ends in a letter or digit",
            refused("Deployment", LABEL, "a.", "a valid label must be"),
            code("E0215", labelled("team", "a.")),
        ),
        rule(
            "a version is a label's value",
            refused("Deployment", LABEL, "1.0.0+build", "a valid label must be"),
            never("the label has `_` for the `+` of a version"),
        ),
        rule(
            "an annotation's key is a qualified name",
            refused(
                "Deployment",
                "/metadata/annotations/a b",
                "c",
                "name part must consist of",
            ),
            tier("E0215", "annotate \"a b\" = \"c\""),
        ),
        rule(
            "annotations hold 256 KiB",
            refused(
                "Deployment",
                "/spec/template/metadata/annotations",
                json!({ "k": long(262_144) }),
                "may not be more than 262144 bytes",
            ),
            tier("E0310", format!("annotate \"k\" = \"{}\"", long(262_144))),
        ),
        // ── Variables and keys ──────────────────────────────────────────────────────────────────
        rule(
            "a variable's name has no `=`",
            refused(
                "Deployment",
                "/spec/template/spec/containers/0/env/0/name",
                "A=B",
                "other than '='",
            ),
            tier("E0206", "env { \"A=B\" = \"c\" }"),
        ),
        rule(
            "a variable's name is one for shells and for servers before 1.32",
            taken(
                "Deployment",
                "/spec/template/spec/containers/0/env/0/name",
                "A.B",
            ),
            tier("E0103", "env { A.B = \"c\" }"),
        ),
        rule(
            "a variable stands once",
            warned(
                "Deployment",
                "/spec/template/spec/containers/0/env/-",
                json!({ "name": "A", "value": "c" }),
                "hides previous definition of",
            ),
            tier("E0217", "env { A = \"b\", A = \"c\" }"),
        ),
        rule(
            "keys of a ConfigMap are plain",
            refused("ConfigMap", "/data/a b", "c", "a valid config key"),
            code(
                "E0206",
                "config { a-b = \"c\" }\ntier web { image \"web:1\", env { ..config } }",
            ),
        ),
        rule(
            "keys of a ConfigMap have 253 characters at most",
            refused(
                "ConfigMap",
                "/data",
                json!({ long(254): "c" }),
                "must be no more than 253",
            ),
            code(
                "E0206",
                format!(
                    "config {{ {0} = \"c\" }}\ntier web {{ image \"web:1\", env {{ {0} }} }}",
                    long(254)
                ),
            ),
        ),
        rule(
            "a file's name is a key of a ConfigMap",
            refused("ConfigMap", "/data/..conf", "c", "must not start with '..'"),
            never(
                "the key of a file has no dot at its beginning, and `-` for what no key may have",
            ),
        ),
        rule(
            "keys of a Secret are plain",
            refused(
                "Deployment",
                "/spec/template/spec/containers/0/env/1/valueFrom/secretKeyRef/key",
                "a b",
                "a valid config key",
            ),
            code(
                "E0206",
                "secret A from env as \"a b\"\ntier web { image \"web:1\", env { A } }",
            ),
        ),
        rule(
            "keys of a Secret don't begin with two dots",
            refused(
                "Deployment",
                "/spec/template/spec/containers/0/env/1/valueFrom/secretKeyRef/key",
                "..a",
                "must not start with '..'",
            ),
            code(
                "E0206",
                "secret A from env as \"..a\"\ntier web { image \"web:1\", env { A } }",
            ),
        ),
        rule(
            "a Secret that exists has a name",
            refused(
                "Deployment",
                "/spec/template/spec/containers/0/env/1/valueFrom/secretKeyRef/name",
                "My_Secret",
                "RFC 1123 subdomain",
            ),
            code(
                "E0205",
                "secret A from object \"My_Secret\" key \"k\"\ntier web { image \"web:1\", env { A } }",
            ),
        ),
    ]
}
