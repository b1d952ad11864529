//! Valid values that a chart doesn't have.

use serde_json::{Value, json};
use todoc::backend::helm::ValueKind as Is;

/// A valid value of a kind, other than `now`.
pub(super) fn another(kind: Is, now: &Value) -> Value {
    let of = |options: &[Value]| {
        let mut options = options.iter();
        let other = options.find(|it| *it != now).expect("two options");
        other.clone()
    };
    match kind {
        Is::Text | Is::Config | Is::Secret => json!("another text: 1%, $HOME & {{ more }}"),
        Is::Boolean => json!(now != true),
        Is::Count | Is::Seconds => json!(now.as_u64().unwrap_or(0) + 3),
        Is::Servers => of(&[json!(4), json!(5)]),
        Is::Percent | Is::PercentOrNone => of(&[json!(61), json!(62)]),
        Is::Port => of(&[json!(7117), json!(7118)]),
        Is::NodePort => of(&[json!(31_717), json!(31_718)]),
        Is::ServiceType => of(&[json!("NodePort"), json!("ClusterIP")]),
        Is::PullPolicy => of(&[json!("Always"), json!("Never")]),
        Is::Repository => json!("registry.example.org:5000/another/image"),
        Is::Tag => json!("v9.9.9-another"),
        Is::Digest => json!(format!("sha256:{}", "a1".repeat(32))),
        Is::Host => json!("another.example.org"),
        Is::Origin => json!("https://another.example.org:8443"),
        Is::Path => json!("/another/path"),
        Is::Name => json!("another-name"),
        Is::Quantity => json!("77Gi"),
        Is::Resources => json!({ "requests": { "cpu": "77m", "memory": "77Mi" },
            "limits": { "memory": "78Mi" } }),
        Is::Texts => json!({ "ANOTHER": "text" }),
        Is::Names => json!([{ "name": "another-name" }]),
        Is::Tolerations => json!([{ "key": "another", "operator": "Exists" }]),
        Is::Affinity => {
            json!({ "podAffinity": { "requiredDuringSchedulingIgnoredDuringExecution": [
            { "topologyKey": "kubernetes.io/hostname",
              "labelSelector": { "matchLabels": { "app": "another" } } }] } })
        }
        _ => panic!("a kind of value that this test doesn't know: {kind:?}"),
    }
}

/// Values with one of them set, by its keys.
pub(super) fn nested(path: &[String], value: Value) -> Value {
    let keys = path.iter().rev();
    keys.fold(value, |value, key| json!({ key: value }))
}
