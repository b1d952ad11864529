//! What the API server refuses, todoc refuses at the line: for each rule an object that breaks it,
//! which the server must refuse in the words that the rule is known by, and a program that would
//! become such an object, which gets its code.

use serde_json::{Value, json};
use todoc::backend::BACKENDS;
use todoc::{Options, compile};

use crate::server::{Server, Verb};
use crate::support::report;

/// A rule of the API server.
struct Rule {
    /// What it is about.
    name: &'static str,
    /// The object that is broken, by its kind.
    kind: &'static str,
    /// Where, as a JSON pointer, and what stands there.
    place: &'static str,
    value: Value,
    /// A part of the server's refusal.
    refusal: &'static str,
    /// The program: what stands behind `app a`, with what is wrong in it.
    program: String,
    /// Its code.
    code: &'static str,
}

/// The smallest object of a kind that the server takes.
fn sound(kind: &str) -> Value {
    let pod = json!({
        "containers": [{
            "name": "web",
            "image": "web:1",
            "ports": [{ "name": "http", "containerPort": 80 }],
            "env": [{ "name": "A", "value": "b" }],
            "resources": { "requests": { "memory": "64Mi" }, "limits": { "memory": "128Mi" } },
            "readinessProbe": { "httpGet": { "path": "/", "port": "http" }, "periodSeconds": 5 },
            "volumeMounts": [{ "name": "data", "mountPath": "/data" }],
        }],
        "volumes": [{ "name": "data", "emptyDir": {} }],
    });
    let template = json!({ "metadata": { "labels": { "app": "web" } }, "spec": pod });
    let ends = json!({ "spec": { "restartPolicy": "Never", "containers": pod["containers"],
        "volumes": pod["volumes"] } });
    let (version, spec) = match kind {
        "Deployment" => (
            "apps/v1",
            json!({
                "replicas": 1,
                "selector": { "matchLabels": { "app": "web" } },
                "strategy": { "rollingUpdate": { "maxSurge": 1, "maxUnavailable": 0 } },
                "template": template,
            }),
        ),
        "Service" => (
            "v1",
            json!({ "type": "NodePort", "ports": [{ "name": "http", "port": 80 }] }),
        ),
        "Ingress" => (
            "networking.k8s.io/v1",
            json!({ "rules": [{ "host": "a.example.com", "http": { "paths": [{
                "path": "/", "pathType": "Prefix",
                "backend": { "service": { "name": "web", "port": { "name": "http" } } },
            }] } }] }),
        ),
        "CronJob" => (
            "batch/v1",
            json!({ "schedule": "0 3 * * *", "timeZone": "Etc/UTC",
                "jobTemplate": { "spec": { "template": ends } } }),
        ),
        "HorizontalPodAutoscaler" => (
            "autoscaling/v2",
            json!({
                "scaleTargetRef": { "apiVersion": "apps/v1", "kind": "Deployment", "name": "web" },
                "minReplicas": 1, "maxReplicas": 2,
                "metrics": [{ "type": "Resource", "resource": { "name": "cpu",
                    "target": { "type": "Utilization", "averageUtilization": 70 } } }],
            }),
        ),
        "PersistentVolumeClaim" => (
            "v1",
            json!({ "accessModes": ["ReadWriteOnce"],
                "resources": { "requests": { "storage": "1Gi" } } }),
        ),
        "ConfigMap" => ("v1", Value::Null),
        other => panic!("no {other} here"),
    };
    let mut object = json!({ "apiVersion": version, "kind": kind,
        "metadata": { "name": "web", "labels": { "app": "web" }, "annotations": {} } });
    if spec.is_null() {
        object["data"] = json!({ "A": "b" });
    } else {
        object["spec"] = spec;
    }
    object
}

#[expect(clippy::too_many_lines, reason = "a table")]
fn rules() -> Vec<Rule> {
    let tier =
        |inside: &str| format!("tier web {{\n  image \"web:1\"\n  port 80\n  {inside}\n}}\n");
    let long = "a".repeat(64);
    let mut rules = Vec::new();
    let mut rule = |name, kind, place, value, refusal, program, code| {
        rules.push(Rule {
            name,
            kind,
            place,
            value,
            refusal,
            program,
            code,
        });
    };
    let name = "/metadata/name";
    // ── Names ───────────────────────────────────────────────────────────────────────────────────
    rule(
        "a Service's name has 63 characters at most",
        "Service",
        name,
        json!(long),
        "must be no more than 63",
        format!("tier {long} {{ image \"web:1\", port 80 }}\n"),
        "E0205",
    );
    rule(
        "names have no upper case",
        "Deployment",
        name,
        json!("Web"),
        "RFC 1123",
        "tier Web { image \"web:1\" }\n".into(),
        "E0205",
    );
    rule(
        "names have no underscore",
        "Service",
        name,
        json!("my_web"),
        "RFC 1123",
        "tier my_web { image \"web:1\", port 80 }\n".into(),
        "E0205",
    );
    rule(
        "names end in a letter or digit",
        "ConfigMap",
        name,
        json!("web-"),
        "RFC 1123",
        "tier web- { image \"web:1\" }\n".into(),
        "E0205",
    );
    rule(
        "a CronJob's name has 52 characters at most",
        "CronJob",
        name,
        json!("a".repeat(53)),
        "must be no more than 52",
        format!("cron {} \"@daily\" {{ image \"web:1\" }}\n", "a".repeat(53)),
        "E0205",
    );
    rule(
        "a port's name has 15 characters at most",
        "Deployment",
        "/spec/template/spec/containers/0/ports/0/name",
        json!("a".repeat(16)),
        "must be no more than 15",
        tier(&format!("port {} 81", "a".repeat(16))),
        "E0205",
    );
    rule(
        "a port's name has no double hyphen",
        "Deployment",
        "/spec/template/spec/containers/0/ports/0/name",
        json!("a--b"),
        "consecutive hyphens",
        tier("port a--b 81"),
        "E0205",
    );
    rule(
        "a variable's name has no `=`",
        "Deployment",
        "/spec/template/spec/containers/0/env/0/name",
        json!("A=B"),
        "other than '='",
        tier("env { \"A=B\" = \"c\" }"),
        "E0109",
    );
    rule(
        "keys of a ConfigMap are plain",
        "ConfigMap",
        "/data/a b",
        json!("c"),
        "a valid config key",
        "config { a-b = \"c\" }\ntier web { image \"web:1\", env { ..config } }\n".into(),
        "E0206",
    );
    rule(
        "an annotation's key is a qualified name",
        "Deployment",
        "/metadata/annotations/a b",
        json!("c"),
        "name part must consist of",
        tier("annotate \"a b\" = \"c\""),
        "E0215",
    );
    rule(
        "a label's value has 63 characters at most",
        "Deployment",
        "/metadata/labels/team",
        json!(long),
        "must be no more than 63",
        format!("app a {{ labels {{ team = \"{long}\" }} }}\ntier web {{ image \"web:1\" }}\n"),
        "E0215",
    );
    rule(
        "a label's value has no blanks",
        "Deployment",
        "/metadata/labels/team",
        json!("a b"),
        "a valid label must be",
        "app a { labels { team = \"a b\" } }\ntier web { image \"web:1\" }\n".into(),
        "E0215",
    );
    // ── Numbers ─────────────────────────────────────────────────────────────────────────────────
    rule(
        "ports begin with 1",
        "Service",
        "/spec/ports/0/port",
        json!(0),
        "between 1 and 65535",
        tier("port x 0"),
        "E0207",
    );
    rule(
        "ports end with 65535",
        "Deployment",
        "/spec/template/spec/containers/0/ports/0/containerPort",
        json!(65536),
        "between 1 and 65535",
        tier("port x 65536"),
        "E0207",
    );
    rule(
        "node ports have their range",
        "Service",
        "/spec/ports/0/nodePort",
        json!(80),
        "The range of valid ports is 30000-32767",
        tier("expose nodeport 80"),
        "E0207",
    );
    rule(
        "quantities have Kubernetes' units",
        "Deployment",
        "/spec/template/spec/containers/0/resources/limits/memory",
        json!("128MB"),
        "quantities must match",
        tier("memory 128MB"),
        "E0208",
    );
    rule(
        "k is a small letter",
        "Deployment",
        "/spec/template/spec/containers/0/resources/limits/memory",
        json!("128K"),
        "unable to parse quantity's suffix",
        tier("memory 128K"),
        "E0208",
    );
    rule(
        "a request isn't above its limit",
        "Deployment",
        "/spec/template/spec/containers/0/resources/requests/memory",
        json!("1Gi"),
        "must be less than or equal to memory limit",
        tier("memory 1Gi..512Mi"),
        "E0209",
    );
    rule(
        "also in different units",
        "Deployment",
        "/spec/template/spec/containers/0/resources/requests/memory",
        json!("0.25Gi"),
        "must be less than or equal to memory limit",
        tier("memory 0.25Gi..128Mi"),
        "E0209",
    );
    rule(
        "replicas are whole",
        "Deployment",
        "/spec/replicas",
        json!(2.5),
        "cannot unmarshal number 2.5",
        tier("replicas 2.5"),
        "E0211",
    );
    rule(
        "probes have whole seconds",
        "Deployment",
        "/spec/template/spec/containers/0/readinessProbe/periodSeconds",
        json!(-5),
        "must be greater than or equal to 0",
        tier("health \"/\" { readiness every 0s }"),
        "E0210",
    );
    rule(
        "a rollout moves",
        "Deployment",
        "/spec/strategy/rollingUpdate/maxSurge",
        json!(0),
        "may not be 0 when `maxSurge` is 0",
        tier("rollout surge 0 unavailable 0"),
        "E0211",
    );
    rule(
        "an autoscaler's bounds are in order",
        "HorizontalPodAutoscaler",
        "/spec/minReplicas",
        json!(5),
        "greater than or equal to `minReplicas`",
        tier("cpu 100m\n  replicas 6..2 at cpu 70%"),
        "E0209",
    );
    rule(
        "an autoscaler aims at something",
        "HorizontalPodAutoscaler",
        "/spec/metrics/0/resource/target/averageUtilization",
        json!(0),
        "must be greater than 0",
        tier("cpu 100m\n  replicas 1..2 at cpu 0%"),
        "E0211",
    );
    rule(
        "users have numbers of 31 bits",
        "Deployment",
        "/spec/template/spec/securityContext",
        json!({ "runAsUser": 4_294_967_296_i64 }),
        "between 0 and 2147483647",
        tier("user 4294967296"),
        "E0211",
    );
    rule(
        "claims have a size",
        "PersistentVolumeClaim",
        "/spec/resources/requests/storage",
        json!("0"),
        "must be greater than zero",
        tier("volume data 0 at \"/data\""),
        "E0208",
    );
    // ── Structure ───────────────────────────────────────────────────────────────────────────────
    rule(
        "two things can't be mounted at one path",
        "Deployment",
        "/spec/template/spec/containers/0/volumeMounts/1",
        json!(null),
        "",
        tier("volume data 1Gi at \"/data\"\n  volume more 1Gi at \"/data\""),
        "E0312",
    );
    rule(
        "schedules have five fields",
        "CronJob",
        "/spec/schedule",
        json!("0 3 * * * *"),
        "expected exactly 5 fields",
        "cron c \"0 3 * * * *\" { image \"web:1\" }\n".into(),
        "E0218",
    );
    rule(
        "minutes end with 59",
        "CronJob",
        "/spec/schedule",
        json!("60 3 * * *"),
        "above maximum",
        "cron c \"60 3 * * *\" { image \"web:1\" }\n".into(),
        "E0218",
    );
    rule(
        "a zone stands beside its schedule",
        "CronJob",
        "/spec/schedule",
        json!("TZ=Europe/Berlin 0 3 * * *"),
        "cannot use TZ or CRON_TZ",
        "cron c \"TZ=Europe/Berlin 0 3 * * *\" { image \"web:1\" }\n".into(),
        "E0218",
    );
    rule(
        "zones are those of the database",
        "CronJob",
        "/spec/timeZone",
        json!("Local"),
        "Invalid value: \"Local\"",
        "cron c \"0 3 * * *\" zone \"Local\" { image \"web:1\" }\n".into(),
        "E0218",
    );
    rule(
        "an ingress has a name for a host",
        "Ingress",
        "/spec/rules/0/host",
        json!("10.0.0.1"),
        "must be a DNS name, not an IP address",
        tier("expose ingress \"10.0.0.1\""),
        "E0213",
    );
    rule(
        "hosts have no upper case",
        "Ingress",
        "/spec/rules/0/host",
        json!("A.example.com"),
        "RFC 1123",
        tier("expose ingress \"A.example.com\""),
        "E0213",
    );
    rule(
        "hosts have no port",
        "Ingress",
        "/spec/rules/0/host",
        json!("a.example.com:80"),
        "RFC 1123",
        tier("expose ingress \"a.example.com:80\""),
        "E0213",
    );
    rule(
        "routes begin at the root",
        "Ingress",
        "/spec/rules/0/http/paths/0/path",
        json!("api"),
        "must be an absolute path",
        tier("expose ingress \"a.example.com\" path \"api\""),
        "E0214",
    );
    rule(
        "routes climb nowhere",
        "Ingress",
        "/spec/rules/0/http/paths/0/path",
        json!("/a/../b"),
        "must not contain '/../'",
        tier("expose ingress \"a.example.com\" path \"/a/../b\""),
        "E0214",
    );
    rule(
        "a ConfigMap holds a mebibyte",
        "ConfigMap",
        "/data/A",
        json!("x".repeat(1_048_577)),
        "may not be more than 1048576 bytes",
        format!(
            "config {{ A = \"{}\" }}\ntier web {{ image \"web:1\", env {{ A }} }}\n",
            "x".repeat(1_048_577)
        ),
        "E0310",
    );
    rules
}

/// The codes that a program gets.
fn codes(program: &str) -> Vec<&'static str> {
    let text = if program.starts_with("app ") {
        program.to_owned()
    } else {
        format!("app a\n{program}")
    };
    let options = Options {
        emit: BACKENDS.to_vec(),
        ..Options::default()
    };
    let compiled = compile(&text, &options);
    compiled
        .diagnostics
        .iter()
        .map(|it| it.code.number())
        .collect()
}

#[test]
fn what_the_server_would_refuse_has_its_code() {
    let wrong = rules().into_iter().filter_map(|rule| {
        let codes = codes(&rule.program);
        (!codes.contains(&rule.code))
            .then(|| format!("{}: {codes:?}, not {}", rule.name, rule.code))
    });
    report(&wrong.collect::<Vec<_>>());
}

#[test]
fn the_server_refuses_it_in_these_words() {
    let Some(mut server) = Server::start() else {
        return;
    };
    let namespace = server.namespace(&json!({}));
    let mut wrong = Vec::new();
    for rule in rules() {
        let mut object = sound(rule.kind);
        object["metadata"]["namespace"] = json!(namespace);
        let verdict = server.ask_one(Verb::Check, &object);
        assert!(verdict.problems().is_empty(), "{}: {verdict:?}", rule.kind);
        let (parent, key) = rule.place.rsplit_once('/').expect("a pointer");
        let parent = object.pointer_mut(parent).expect("it is there");
        if let Some(items) = parent.as_array_mut() {
            // One more of the same.
            items.push(items[0].clone());
        } else {
            parent[key] = rule.value.clone();
        }
        // A node port out of its range passes a dry run.
        let verb = if rule.kind == "Service" {
            Verb::Create
        } else {
            Verb::Check
        };
        let verdict = server.ask_one(verb, &object);
        if verdict.is_yes() || !verdict.message.contains(rule.refusal) {
            wrong.push(format!(
                "{}: {} {}",
                rule.name, verdict.code, verdict.message
            ));
        }
    }
    report(&wrong);
}
