//! Pod Security's profile `restricted`, field by field, on every pod that doesn't run an image of
//! somebody else's.
//!
//! The fields are those of `k8s.io/pod-security-admission` for Kubernetes 1.36.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Value, json};
use todoc::backend::BACKENDS;
use todoc::{Compiled, ir};

use crate::support::{builds, check_each, programs};

/// The kinds of volume that a pod may have.
const VOLUMES: &[&str] = &[
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

/// The containers of a pod, of both kinds.
fn containers(pod: &Value) -> impl Iterator<Item = &Value> {
    ["initContainers", "containers"]
        .into_iter()
        .filter_map(|key| pod[key].as_array())
        .flatten()
}

/// Every object within `value` that has the key, with the key's value.
fn all<'v>(value: &'v Value, key: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get(key));
            for field in fields.values() {
                all(field, key, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| all(item, key, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What of a pod the profile forbids.
fn faults(pod: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let mut must = |holds: bool, what: &str| {
        if !holds {
            faults.push(what.to_owned());
        }
    };
    for shared in ["hostNetwork", "hostPID", "hostIPC"] {
        must(pod[shared].is_null() || pod[shared] == false, shared);
    }
    let of_pod = &pod["securityContext"];
    must(of_pod["runAsUser"] != 0, "runAsUser of the pod");
    must(of_pod["sysctls"].is_null(), "sysctls");
    for volume in pod["volumes"].as_array().into_iter().flatten() {
        let kinds = volume.as_object().into_iter().flatten();
        let mut kinds = kinds.map(|(key, _)| key).filter(|key| *key != "name");
        must(
            kinds.all(|kind| VOLUMES.contains(&kind.as_str())),
            "volumes",
        );
    }
    must(containers(pod).next().is_some(), "containers");
    for container in containers(pod) {
        let own = &container["securityContext"];
        let said = |key: &str| {
            if own[key].is_null() {
                &of_pod[key]
            } else {
                &own[key]
            }
        };
        must(
            own["allowPrivilegeEscalation"] == false,
            "allowPrivilegeEscalation",
        );
        must(
            own["capabilities"]["drop"] == json!(["ALL"]),
            "capabilities.drop",
        );
        must(own["capabilities"]["add"].is_null(), "capabilities.add");
        must(own["privileged"].is_null(), "privileged");
        must(own["procMount"].is_null(), "procMount");
        must(*said("runAsNonRoot") == true, "runAsNonRoot");
        must(own["runAsUser"] != 0, "runAsUser");
        must(
            said("seccompProfile")["type"] == "RuntimeDefault",
            "seccompProfile",
        );
        let (mut ports, mut hosts) = (Vec::new(), Vec::new());
        all(container, "hostPort", &mut ports);
        must(ports.is_empty(), "hostPort");
        for key in [
            "startupProbe",
            "readinessProbe",
            "livenessProbe",
            "lifecycle",
        ] {
            all(&container[key], "host", &mut hosts);
        }
        must(hosts.is_empty(), "host of a probe");
    }
    faults
}

/// The pods of an output, by their workload's name.
fn pods(built: &Compiled) -> Vec<(String, Value)> {
    let artifacts = built.artifacts.iter();
    let yaml = artifacts.filter(|artifact| artifact.path.starts_with("kubernetes/"));
    let objects = yaml.flat_map(|artifact| {
        serde_yaml::Deserializer::from_str(&artifact.text)
            .map(|document| Value::deserialize(document).expect("YAML"))
            .collect::<Vec<_>>()
    });
    objects
        .filter_map(|object| {
            let places = [
                "/spec/template/spec",
                "/spec/jobTemplate/spec/template/spec",
            ];
            let pod = places.iter().find_map(|place| object.pointer(place))?;
            let name = object["metadata"]["name"].as_str()?;
            Some((name.to_owned(), pod.clone()))
        })
        .collect()
}

/// The workloads that run what somebody else built, or wrote the Dockerfile of, who alone knows as
/// whom it runs.
pub(crate) fn foreign(app: &ir::App) -> BTreeSet<&str> {
    let theirs = |pod: &ir::Pod| {
        let build = pod.image.build.as_ref();
        build.is_some_and(|build| matches!(build.dockerfile, ir::DockerfileSource::Theirs { .. }))
    };
    let builders = app.pods().filter(|(_, pod)| theirs(pod));
    // By reference: a workload that is taken from another runs its image.
    let built: BTreeSet<_> = builders.map(|(_, pod)| &pod.image.reference).collect();
    let is_theirs = |pod: &ir::Pod| !pod.image.ours || built.contains(&pod.image.reference);
    let pods = app.pods().filter(|(_, pod)| is_theirs(pod));
    let tiers = app.tiers.iter().filter(|tier| is_theirs(&tier.pod));
    let migrations = tiers.filter_map(|tier| Some(&tier.migration.as_ref()?.id));
    let all = pods.map(|(id, _)| id).chain(migrations);
    all.map(|id| id.workload.as_str()).collect()
}

#[test]
fn pods_of_recipes_and_databases_are_restricted() {
    let mut seen = 0;
    for fixture in programs() {
        for built in builds(&fixture, BACKENDS) {
            seen += pods(&built).len();
        }
    }
    assert!(seen > 50, "{seen} pods");
    check_each(&programs(), |fixture| {
        let mut problems = Vec::new();
        for built in builds(fixture, BACKENDS) {
            let app = built.app.as_ref().expect("it compiles");
            let foreign = foreign(app);
            for (name, pod) in pods(&built) {
                // The name of a Job ends in a hash.
                let is_foreign = foreign.iter().any(|it| {
                    name.strip_prefix(it)
                        .is_some_and(|rest| rest.is_empty() || rest.len() == 9)
                });
                let faults = if is_foreign { Vec::new() } else { faults(&pod) };
                problems.extend(faults.iter().map(|fault| format!("{name}: {fault}")));
            }
        }
        problems
    });
}

/// Each field counts: a pod that breaks one rule is found by that rule's name.
#[test]
fn every_field_of_the_profile_is_looked_at() {
    let container = json!({
        "name": "a",
        "securityContext": {
            "allowPrivilegeEscalation": false,
            "capabilities": { "drop": ["ALL"] },
        },
        "readinessProbe": { "httpGet": { "path": "/", "port": "http" } },
        "ports": [{ "containerPort": 80 }],
    });
    let pod = json!({
        "securityContext": {
            "runAsNonRoot": true,
            "runAsUser": 10001,
            "seccompProfile": { "type": "RuntimeDefault" },
        },
        "initContainers": [container],
        "containers": [container],
        "volumes": [{ "name": "tmp", "emptyDir": {} }],
    });
    assert_eq!(faults(&pod), Vec::<String>::new());
    let own = "/initContainers/0/securityContext";
    for (place, value, fault) in [
        ("/hostNetwork", json!(true), "hostNetwork"),
        ("/hostPID", json!(true), "hostPID"),
        ("/hostIPC", json!(true), "hostIPC"),
        (
            "/securityContext/runAsUser",
            json!(0),
            "runAsUser of the pod",
        ),
        ("/securityContext/runAsNonRoot", json!(null), "runAsNonRoot"),
        (
            "/securityContext/seccompProfile",
            json!(null),
            "seccompProfile",
        ),
        ("/securityContext/sysctls", json!([]), "sysctls"),
        ("/volumes/0/hostPath", json!({ "path": "/" }), "volumes"),
        (
            &format!("{own}/allowPrivilegeEscalation"),
            json!(null),
            "allowPrivilegeEscalation",
        ),
        (
            &format!("{own}/capabilities/drop"),
            json!(["all"]),
            "capabilities.drop",
        ),
        (
            &format!("{own}/capabilities/add"),
            json!(["NET_RAW"]),
            "capabilities.add",
        ),
        (&format!("{own}/privileged"), json!(true), "privileged"),
        (&format!("{own}/procMount"), json!("Unmasked"), "procMount"),
        (&format!("{own}/runAsNonRoot"), json!(false), "runAsNonRoot"),
        (&format!("{own}/runAsUser"), json!(0), "runAsUser"),
        (
            &format!("{own}/seccompProfile"),
            json!({ "type": "Unconfined" }),
            "seccompProfile",
        ),
        ("/containers/0/ports/0/hostPort", json!(80), "hostPort"),
        (
            "/containers/0/readinessProbe/httpGet/host",
            json!("127.0.0.1"),
            "host of a probe",
        ),
        ("/containers", json!([]), ""),
    ] {
        let mut broken = pod.clone();
        let (parent, key) = place.rsplit_once('/').expect("a pointer");
        let parent = broken.pointer_mut(parent).expect("it is there");
        parent[key] = value;
        if fault.is_empty() {
            broken["initContainers"] = json!([]);
            assert_eq!(faults(&broken), ["containers"]);
        } else {
            assert!(faults(&broken).iter().any(|it| it == fault), "{place}");
        }
    }
}
