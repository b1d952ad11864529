//! Deployments that run already, and programs whose objects are applied over them: no field that
//! can't be changed is another.
//!
//! `tests/adoption/NAME.yaml` is written by hand, `NAME.todo` describes it.

use serde::Deserialize;
use serde_json::Value;
use todoc::backend::BACKENDS;

use crate::support::{Fixture, builds, check_each, fixtures, read};

/// The fields that the API server refuses to change, by kind (`ValidateDeploymentUpdate`,
/// `ValidateStatefulSetUpdate`, `ValidatePersistentVolumeClaimUpdate` and `ValidateServiceUpdate` of
/// Kubernetes 1.36; of a Service's `clusterIP`, whether it has one).
const FIXED: &[(&str, &[&str])] = &[
    ("Deployment", &["/spec/selector"]),
    (
        "StatefulSet",
        &[
            "/spec/selector",
            "/spec/serviceName",
            "/spec/podManagementPolicy",
            "/spec/volumeClaimTemplates",
        ],
    ),
    (
        "PersistentVolumeClaim",
        &[
            "/spec/accessModes",
            "/spec/storageClassName",
            "/spec/volumeName",
            "/spec/volumeMode",
            "/spec/selector",
        ],
    ),
    ("Service", &["/spec/clusterIP"]),
];

/// The documents of a text.
fn documents(text: &str) -> Vec<Value> {
    serde_yaml::Deserializer::from_str(text)
        .filter_map(|document| Value::deserialize(document).ok())
        .filter(|object| !object.is_null())
        .collect()
}

fn text<'a>(object: &'a Value, pointer: &str) -> &'a str {
    object
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or("")
}

/// Kind, namespace and name.
fn identity(object: &Value) -> (&str, &str, &str) {
    let namespace = match text(object, "/metadata/namespace") {
        "" => "default",
        namespace => namespace,
    };
    (
        text(object, "/kind"),
        namespace,
        text(object, "/metadata/name"),
    )
}

/// A field as the server keeps it: it writes what a claim's template leaves out.
fn stored(object: &Value, field: &str) -> Option<Value> {
    let mut value = object.pointer(field)?.clone();
    if field.ends_with("/volumeClaimTemplates") {
        for template in value.as_array_mut().into_iter().flatten() {
            let defaults = [
                ("", "apiVersion", "v1"),
                ("", "kind", "PersistentVolumeClaim"),
                ("/spec", "volumeMode", "Filesystem"),
                ("/status", "phase", "Pending"),
            ];
            template["status"] = Value::Object(serde_json::Map::new());
            for (parent, key, default) in defaults {
                let parent = template.pointer_mut(parent).and_then(Value::as_object_mut);
                parent
                    .expect("a mapping")
                    .entry(key)
                    .or_insert_with(|| default.into());
            }
        }
    }
    Some(value)
}

/// What of `new` could not be applied over the objects that run.
fn refusals(running: &[Value], new: &[Value]) -> Vec<String> {
    let mut refusals = Vec::new();
    for old in running {
        let id = identity(old);
        let Some(new) = new.iter().find(|new| identity(new) == id) else {
            refusals.push(format!("nothing takes over {id:?}"));
            continue;
        };
        let fields = FIXED.iter().find(|(kind, _)| *kind == id.0);
        for field in fields.into_iter().flat_map(|(_, fields)| *fields) {
            let (old, new) = (stored(old, field), stored(new, field));
            if old != new {
                refusals.push(format!(
                    "{field} of {id:?} is {old:?}, and would be {new:?}"
                ));
            }
        }
    }
    refusals
}

/// What runs, and what a program would make of it.
fn pair(fixture: &Fixture) -> (Vec<Value>, Vec<Value>) {
    let running = documents(&read(&fixture.path.replace(".todo", ".yaml")));
    let built = builds(fixture, BACKENDS);
    let artifacts = built.iter().flat_map(|built| &built.artifacts);
    let yaml = artifacts.filter(|artifact| artifact.path.starts_with("kubernetes/"));
    let new = yaml.flat_map(|artifact| documents(&artifact.text));
    (running, new.collect())
}

#[test]
fn what_runs_is_taken_over() {
    let all = fixtures("tests/adoption");
    assert_eq!(all.len(), 3, "the shapes of deployments");
    check_each(&all, |fixture| {
        let (running, new) = pair(fixture);
        let mut problems = refusals(&running, &new);
        if running.is_empty() {
            problems.push("nothing runs".to_owned());
        }
        problems
    });
}

/// The check is one: another name, label or claim is refused.
#[test]
fn what_is_called_otherwise_is_not() {
    let all = fixtures("tests/adoption");
    for (name, from, to, refused) in [
        (
            "plain",
            "\"{tier}-svc\"",
            "\"{tier}-service\"",
            "nothing takes over",
        ),
        (
            "plain",
            "label       \"{tier}\"",
            "label \"{tier}-x\"",
            "/spec/selector",
        ),
        ("standard", "    selector standard\n", "", "/spec/selector"),
        (
            "suffixes",
            "name: redis-data\n          spec",
            "name: other\n          spec",
            "/spec/volumeClaimTemplates",
        ),
        ("suffixes", " class \"nfs\"", "", "/spec/storageClassName"),
    ] {
        let fixture = all.iter().find(|it| it.name == name).expect("a fixture");
        assert!(fixture.text.contains(from), "{name} has no {from}");
        let changed = Fixture {
            path: fixture.path.clone(),
            name: fixture.name.clone(),
            text: fixture.text.replace(from, to),
        };
        let (running, new) = pair(&changed);
        let refusals = refusals(&running, &new);
        assert!(
            refusals.iter().any(|it| it.contains(refused)),
            "{name} with {to:?}: {refusals:?}"
        );
    }
}
