//! Objects that files held and no longer hold: they live on in the cluster, since `kubectl apply`
//! deletes nothing.

use super::survey::{Found, Owner, Survey};
use crate::backend::backend;
use std::collections::BTreeSet;

/// Kinds that hold no data, so that a line which deletes them may be copied. What a StatefulSet's
/// pods have stored stays in its claims.
const WITHOUT_DATA: &[&str] = &[
    "ConfigMap",
    "CronJob",
    "Deployment",
    "HorizontalPodAutoscaler",
    "Ingress",
    "Job",
    "NetworkPolicy",
    "PodDisruptionBudget",
    "Service",
    "ServiceAccount",
    "StatefulSet",
];

/// An object of the cluster.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Object {
    /// Its kind, such as `Deployment`.
    pub(super) kind: String,
    /// Its namespace, if it lives in one.
    pub(super) namespace: Option<String>,
    /// Its name.
    pub(super) name: String,
    /// Whether data may be lost with it, which no build brings back.
    pub(super) holds_data: bool,
}

/// The objects that a build takes out of files which are ours, in the order of the files.
pub(super) fn gone(survey: &Survey) -> Vec<Object> {
    let places = survey.places.iter();
    let places =
        places.filter(|place| backend("kubernetes").is_some_and(|it| it.writes(&place.path)));
    let ours = places.clone().filter_map(|place| match &place.found {
        Found::File(bytes, Owner::Us) => std::str::from_utf8(bytes).ok(),
        Found::File(..) | Found::Nothing | Found::Link | Found::Blocked(_) => None,
    });
    let mut before: Vec<_> = ours.flat_map(objects).collect();
    // A first build takes nothing out.
    if !before.is_empty() {
        let wanted = places.filter_map(|place| place.wanted);
        let after: BTreeSet<_> = wanted.flat_map(objects).collect();
        before.retain(|object| !after.contains(object));
    }
    before
}

/// The objects of a file. Our printer writes a field a line, so that no more of YAML is read here;
/// what has another shape is no object that could be named.
fn objects(text: &str) -> Vec<Object> {
    let mut objects = Vec::new();
    for document in text.split("---\n").filter(|text| !text.is_empty()) {
        let mut above = "";
        let (mut kind, mut namespace, mut name) = (None, None, None);
        let (mut is_passing, mut deletes_claims) = (false, false);
        for line in document.lines() {
            let (key, value) = line.split_once(": ").unwrap_or((line, ""));
            if !line.starts_with(' ') {
                above = key;
            }
            match (above, key) {
                ("kind", _) => kind = scalar(value),
                ("metadata:", "  name") => name = scalar(value),
                ("metadata:", "  namespace") => namespace = scalar(value),
                ("spec:", "    whenDeleted") => deletes_claims = value == "Delete",
                // The cluster deletes such a Job itself.
                ("spec:", "  ttlSecondsAfterFinished") => is_passing = true,
                _ => {}
            }
        }
        if let (Some(kind), Some(name), false) = (kind, name, is_passing) {
            objects.push(Object {
                holds_data: deletes_claims || !WITHOUT_DATA.contains(&kind.as_str()),
                kind,
                namespace,
                name,
            });
        }
    }
    objects
}

/// A text, plain or in double quotes.
fn scalar(value: &str) -> Option<String> {
    if value.starts_with('"') {
        return serde_json::from_str(value).ok();
    }
    (!value.is_empty()).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Object, objects};
    use crate::yaml::{Node, map, print};

    fn object(kind: &str, namespace: Option<&str>, name: &str) -> Object {
        Object {
            kind: kind.to_owned(),
            namespace: namespace.map(str::to_owned),
            name: name.to_owned(),
            holds_data: false,
        }
    }

    fn data(kind: &str, name: &str) -> Object {
        Object {
            holds_data: true,
            ..object(kind, None, name)
        }
    }

    #[test]
    fn objects_are_found_in_what_is_printed() {
        let inner = map! { "name": "inner", "namespace": "inner" };
        let job = map! { "ttlSecondsAfterFinished": 60_u32 };
        let documents = [
            map! {
                "kind": "Deployment",
                "metadata": map! {
                    "name": "web",
                    "namespace": "todo",
                    "labels": map! { "name": "label" },
                },
                "spec": map! { "template": map! { "metadata": inner, "kind": "Pod" } },
            },
            map! {
                "kind": "StatefulSet",
                "metadata": map! { "name": "db" },
                "spec": map! {
                    "persistentVolumeClaimRetentionPolicy": map! { "whenDeleted": "Delete" },
                },
            },
            map! { "kind": "Namespace", "metadata": map! { "name": "1e3" } },
            map! { "kind": "ConfigMap", "data": map! { "a": "---\nkind: Pod\nmetadata:\n  name: x" } },
            map! { "kind": "Job", "metadata": map! { "name": "migrate" }, "spec": job },
            Node::text("kind"),
        ];
        assert_eq!(
            objects(&print("kind: comment", &documents)),
            [
                object("Deployment", Some("todo"), "web"),
                data("StatefulSet", "db"),
                data("Namespace", "1e3"),
            ]
        );
        assert_eq!(objects(""), []);
    }
}
