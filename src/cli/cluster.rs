//! What `kubectl apply` doesn't do: objects that files held and no longer hold live on in the cluster,
//! and some fields can't be changed there.

use super::survey::{Found, Owner, Survey, Task};
use crate::backend::backend;
use crate::yaml::{Node, parse};

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
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// Fields that no cluster changes once an object is there, by its kind. A Service is headless for
/// good, or never.
const FIXED: &[(&str, &[&str])] = &[
    ("Deployment", &["selector"]),
    ("Job", &["selector", "template"]),
    (CLAIM, &["accessModes", "storageClassName"]),
    ("Service", &["clusterIP"]),
    ("StatefulSet", &["selector", "serviceName", CLAIM_TEMPLATES]),
];
const CLAIM: &str = "PersistentVolumeClaim";
const CLAIM_TEMPLATES: &str = "volumeClaimTemplates";

/// What a build means for objects that may be in the cluster.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Change {
    /// Those that its files no longer hold, in the order of the files.
    pub(super) gone: Vec<Object>,
    /// Those that can't be changed into what its files hold, and must be made anew.
    pub(super) replaced: Vec<Object>,
    /// Those with claims that stay as they are, though its files say otherwise.
    pub(super) claims: Vec<Object>,
}

/// What the build changes about objects, as far as the files are ours.
pub(super) fn change(survey: &Survey) -> Change {
    let places = survey.places.iter().filter(|place| {
        backend("kubernetes").is_some_and(|it| it.writes(&place.path))
            && !matches!(place.task(), Task::Leave)
    });
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for place in places {
        if let Found::File(bytes, Owner::Us) = &place.found
            && let Ok(text) = std::str::from_utf8(bytes)
        {
            before.extend(objects(text));
        }
        after.extend(place.wanted.into_iter().flat_map(objects));
    }
    let mut change = Change::default();
    for (object, old) in before {
        let Some((_, new)) = after.iter().find(|(other, _)| other.is(&object)) else {
            change.gone.push(object);
            continue;
        };
        let differs = |field: &&&str| spec(&old, field) != spec(new, field);
        let fixed = FIXED.iter().find(|(kind, _)| *kind == object.kind);
        let fields: Vec<_> = fixed
            .map_or(&[][..], |(_, fields)| fields)
            .iter()
            .filter(differs)
            .collect();
        if fields.is_empty() {
            continue;
        }
        if object.holds_data || fields.contains(&&CLAIM_TEMPLATES) {
            change.claims.push(object.clone());
        }
        if !object.holds_data {
            change.replaced.push(object);
        }
    }
    change
}

fn spec<'n>(object: &'n Node, field: &str) -> Option<&'n Node> {
    object.get("spec")?.get(field)
}

/// The objects of a file, but for those that the cluster deletes itself.
fn objects(text: &str) -> Vec<(Object, Node)> {
    let documents = parse(text, &|_, _| None).unwrap_or_default();
    let object = |node: Node| {
        let metadata = node.get("metadata")?;
        let text = |node: Option<&Node>| node.and_then(Node::as_text).map(str::to_owned);
        let (kind, name) = (text(node.get("kind"))?, text(metadata.get("name"))?);
        let retention = spec(&node, "persistentVolumeClaimRetentionPolicy");
        let when_deleted = retention.and_then(|policy| policy.get("whenDeleted")?.as_text());
        let object = Object {
            holds_data: when_deleted == Some("Delete") || !WITHOUT_DATA.contains(&kind.as_str()),
            namespace: text(metadata.get("namespace")),
            kind,
            name,
        };
        let is_passing = spec(&node, "ttlSecondsAfterFinished").is_some();
        (!is_passing).then_some((object, node))
    };
    documents.into_iter().filter_map(object).collect()
}

impl Object {
    /// Whether it is the same one in the cluster.
    fn is(&self, other: &Object) -> bool {
        (&self.kind, &self.namespace, &self.name) == (&other.kind, &other.namespace, &other.name)
    }
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
        let found = |text: &str| -> Vec<Object> {
            let objects = objects(text).into_iter();
            objects.map(|(object, _)| object).collect()
        };
        assert_eq!(
            found(&print("kind: comment", &documents)),
            [
                object("Deployment", Some("todo"), "web"),
                data("StatefulSet", "db"),
                data("Namespace", "1e3"),
            ]
        );
        assert_eq!(found(""), []);
        // As people write it.
        let text = "# a\nkind: Service\nmetadata: {name: web, namespace: 'todo'} # b\n";
        let web = object("Service", Some("todo"), "web");
        assert_eq!(found(text), [web]);
        assert_eq!(found("kind: Service\nmetadata: {name: [\n"), []);
    }
}
