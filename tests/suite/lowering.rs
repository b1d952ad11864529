//! What a lowering could lose or add without an object becoming one that is refused.

use serde_json::{Value, json};
use todoc::backend::BACKENDS;
use todoc::{Options, compile};

use crate::accepted::objects;

/// The objects of a program that is right.
fn objects_of(program: &str) -> Vec<Value> {
    let options = Options {
        emit: BACKENDS.to_vec(),
        ..Options::default()
    };
    let built = compile(program, &options);
    assert!(built.app.is_some(), "{:?}", built.diagnostics);
    objects(&built)
}

/// The specs of a program's objects of a kind, by name.
pub(crate) fn spec(program: &str, kind: &str, name: &str) -> Value {
    let objects = objects_of(program);
    let found = objects
        .iter()
        .find(|it| it["kind"] == kind && it["metadata"]["name"] == name);
    found.unwrap_or_else(|| panic!("no {kind} {name}"))["spec"].clone()
}

#[test]
fn a_cron_runs_by_the_clock_of_its_zone() {
    let program = |zone: &str| {
        format!("app a\ncron c \"30 3 * * mon\" {zone} {{ image \"x:1\", command \"y\" }}\n")
    };
    let zoned = spec(&program("zone \"Asia/Tokyo\""), "CronJob", "a-c");
    assert_eq!(
        (&zoned["schedule"], &zoned["timeZone"]),
        (&json!("30 3 * * mon"), &json!("Asia/Tokyo"))
    );
    let plain = spec(&program(""), "CronJob", "a-c");
    assert_eq!(plain["timeZone"], Value::Null);
}

/// A number beside it would undo its work at each apply.
#[test]
fn an_autoscaler_alone_says_how_many() {
    let program = |replicas: &str| {
        format!("app a\ntier t {{ image \"x:1\", cpu 100m, replicas {replicas} }}\n")
    };
    let elastic = program("2..6 at cpu 70%");
    assert_eq!(spec(&elastic, "Deployment", "a-t")["replicas"], Value::Null);
    let scaler = spec(&elastic, "HorizontalPodAutoscaler", "a-t");
    let bounds = (&scaler["minReplicas"], &scaler["maxReplicas"]);
    assert_eq!(bounds, (&json!(2), &json!(6)));
    assert_eq!(scaler["scaleTargetRef"]["name"], "a-t");
    let fixed = spec(&program("3"), "Deployment", "a-t");
    assert_eq!(fixed["replicas"], 3);
}

/// A release is pinned, and its data lies where that of its major version does.
#[test]
fn a_database_may_be_pinned_to_a_release() {
    let program = |version: &str| {
        format!("app a\npostgres db {{ version {version}, storage 1Gi, secret P from env }}\n")
    };
    let container = |version: &str| {
        let spec = spec(&program(version), "StatefulSet", "a-db");
        spec["template"]["spec"]["containers"][0].clone()
    };
    let (pinned, plain) = (container("17.6"), container("17"));
    assert_eq!(pinned["image"], "postgres:17.6");
    assert_eq!(pinned["volumeMounts"], plain["volumeMounts"]);
}

/// cert-manager makes one certificate for one Secret, for the hosts of the object that asked first.
#[test]
fn one_host_has_one_certificate_and_one_object_asks_for_it() {
    let program = "app a {\n ingress { class \"nginx\", issuer \"le\" }\n}\ntier t {\n image \"x:1\"\n port 80\n \
                   port admin 81\n port docs 82\n expose ingress \"a.example\" tls\n \
                   expose ingress \"a.example\" path \"/admin\" tls of admin { body 2Mi }\n \
                   expose ingress \"a.example\" path \"/docs\" tls of docs\n \
                   expose ingress \"b.example\" path \"/admin\" tls of admin\n \
                   expose ingress \"b.example\" path \"/docs\" tls of docs { body 2Mi }\n}\n";
    let objects = objects_of(program);
    let ingresses = objects.iter().filter(|it| it["kind"] == "Ingress");
    let mut found: Vec<_> = ingresses
        .map(|it| {
            let tls = &it["spec"]["tls"][0];
            let asks = &it["metadata"]["annotations"]["cert-manager.io/cluster-issuer"];
            let text = |it: &Value| it.as_str().unwrap_or("none").to_owned();
            (
                text(&tls["hosts"][0]),
                text(&tls["secretName"]),
                asks == "le",
            )
        })
        .collect();
    found.sort();
    let expected = [
        ("a.example", "a-t-tls", false),
        ("a.example", "a-t-tls", false),
        ("a.example", "a-t-tls", true),
        ("b.example", "a-b.example-tls", false),
        ("b.example", "a-b.example-tls", true),
    ];
    let expected = expected.map(|(host, secret, asks)| (host.to_owned(), secret.to_owned(), asks));
    assert_eq!(found, expected);
}
