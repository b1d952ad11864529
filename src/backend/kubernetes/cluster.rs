//! What `kubectl apply` doesn't do: objects that files held and no longer hold live on in the cluster,
//! and some fields can't be changed there.

use super::BACKEND;
use crate::backend::FileChange;
use crate::catalog::dns;
use crate::yaml::{Node, parse};
use std::collections::BTreeMap;

/// The file of the namespace.
pub(super) const NAMESPACE: &str = "kubernetes/00-namespace.yaml";

/// Kinds that hold no data, so that a line which deletes them may be copied. What a StatefulSet's
/// pods have stored stays in its claims.
pub(super) const WITHOUT_DATA: &[&str] = &[
    "ConfigMap",
    "CronJob",
    "Deployment",
    "GRPCRoute",
    "HTTPRoute",
    "HorizontalPodAutoscaler",
    "Ingress",
    "Job",
    "NetworkPolicy",
    "PodDisruptionBudget",
    "Service",
    "ServiceAccount",
    SET,
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
    /// Whether data may be lost with it, which no build brings back; or whether it isn't certain that it
    /// is the application's own.
    pub(super) holds_data: bool,
}

/// Fields that no cluster changes once an object is there, by its kind: it refuses to, or leaves them
/// as they are without a word. A Service is headless for good, or never.
const FIXED: &[(&str, &[&str])] = &[
    ("Deployment", &["selector"]),
    ("Job", &["selector", "template"]),
    (CLAIM, &["accessModes", "storageClassName"]),
    ("Service", &["clusterIP"]),
    (SET, &["selector", "serviceName", CLAIM_TEMPLATES]),
];
const CLAIM: &str = "PersistentVolumeClaim";
const CLAIM_TEMPLATES: &str = "volumeClaimTemplates";
/// The kind whose pods have claims of their own, which outlive it.
pub(super) const SET: &str = "StatefulSet";

/// What a build means for objects that may be in the cluster.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Change {
    /// Those that its files no longer hold, in the order of the files.
    pub(super) gone: Vec<Object>,
    /// Those that can't be changed into what its files hold, and must be made anew.
    pub(super) replaced: Vec<Object>,
    /// Those of them whose pods needn't end for that: the new object takes them over.
    pub(super) replaced_alone: Vec<Object>,
    /// Those with claims that stay as they are, though its files say otherwise.
    pub(super) claims: Vec<Object>,
}

/// What changes of files mean for objects. `namespace` is the application's.
pub(super) fn change(files: &[FileChange], namespace: &str) -> Change {
    let files = files.iter().filter(|file| BACKEND.writes(&file.path));
    let before = files.clone().filter_map(|file| file.before.as_deref());
    let mut before: Vec<_> = before.flat_map(objects).collect();
    let made = files.clone().filter(|file| file.path == NAMESPACE);
    let made = made
        .filter_map(|file| file.before.as_deref())
        .flat_map(objects);
    let made = made.map(|(object, _)| object.name).next();
    keep_to_own(&mut before, namespace, made.as_deref());
    let mut change = Change::default();
    // To read what a build writes takes longer than to make it, and a first build needs it for nothing.
    if before.is_empty() {
        return change;
    }
    let wanted = files.filter_map(|file| file.after).flat_map(objects);
    let after: BTreeMap<_, _> = wanted.map(|(object, node)| (object.key(), node)).collect();
    for (object, old) in before {
        let Some(new) = after.get(&object.key()) else {
            // The application stays in its namespace, whoever makes that now.
            if object.kind != "Namespace" || object.name != namespace {
                change.gone.push(object);
            }
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
        if object.holds_data {
            continue;
        }
        if fields == [&CLAIM_TEMPLATES] && pods_fit(&old, new) {
            change.replaced_alone.push(object);
        } else {
            change.replaced.push(object);
        }
    }
    change
}

/// Lets no object be deleted by a line that may be copied unless it is in the application's namespace, or
/// in the one that an earlier build `made` for it, and has a name that an object can have. Files lie in
/// folders that others may write to as well, and so does the lock that says who wrote them.
fn keep_to_own(objects: &mut [(Object, Node)], namespace: &str, made: Option<&str>) {
    let made = made.filter(|made| !dns::is_system_namespace(made));
    for (object, _) in objects {
        let place = object.namespace.as_deref();
        let is_own = place == Some(namespace) || place.is_some() && place == made;
        let is_named = dns::is_label(place.unwrap_or_default()) && dns::is_name(&object.name);
        object.holds_data |= !is_own || !is_named;
    }
}

/// Whether a StatefulSet made anew takes over the pods of the old one: each has the volumes of all its
/// claims. It never replaces a pod that lacks one, for it tries to add it first.
fn pods_fit(old: &Node, new: &Node) -> bool {
    let names = |set| {
        let templates = spec(set, CLAIM_TEMPLATES).into_iter();
        let templates = templates.flat_map(Node::children);
        templates.map(|it| it.get("metadata")?.get("name")?.as_text())
    };
    names(new).all(|name| names(old).any(|there| there == name))
}

fn spec<'n>(object: &'n Node, field: &str) -> Option<&'n Node> {
    object.get("spec")?.get(field)
}

/// The objects of a file, but for those that the cluster deletes itself.
pub(super) fn objects(text: &str) -> Vec<(Object, Node)> {
    let parsed = parse(text);
    // Nothing is known of a file that was damaged.
    if !parsed.faults.is_empty() {
        return Vec::new();
    }
    let documents = parsed.documents.iter();
    let documents = documents.map(|it| it.node(&|_, kind| Node::new(kind)));
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
    documents.filter_map(object).collect()
}

impl Object {
    /// What it is known by in the cluster.
    pub(super) fn key(&self) -> [String; 3] {
        let namespace = self.namespace.clone().unwrap_or_default();
        [self.kind.clone(), namespace, self.name.clone()]
    }
}

#[cfg(test)]
mod tests {
    use super::{Object, change, objects};
    use crate::backend::FileChange;
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

    /// The objects for which a line deletes, of files that are gone.
    fn deleted(files: &[&str]) -> Vec<String> {
        let files: Vec<_> = files
            .iter()
            .map(|text| FileChange {
                path: if text.starts_with("kind: Namespace") {
                    super::NAMESPACE.to_owned()
                } else {
                    "kubernetes/30-z.yaml".to_owned()
                },
                before: Some((*text).to_owned()),
                after: None,
            })
            .collect();
        let gone = change(&files, "a").gone.into_iter();
        let gone = gone.filter(|object| !object.holds_data);
        gone.map(|object| object.name).collect()
    }

    #[test]
    fn no_line_deletes_what_is_not_of_the_application() {
        let service = |name: &str, place: &str| {
            format!("kind: Service\nmetadata: {{name: \"{name}\", namespace: \"{place}\"}}\n")
        };
        let (own, old) = (service("web", "a"), service("web.b", "before"));
        assert_eq!(deleted(&[&own]), ["web"]);
        // All of it was in another namespace.
        let namespace = "kind: Namespace\nmetadata: {name: before}\n";
        assert_eq!(deleted(&[namespace, &old, &old]), ["web.b", "web.b"]);
        let nowhere = "kind: Service\nmetadata: {name: coredns}\n";
        for other in [
            service("coredns", "kube-system").as_str(),
            service("web", "--all-namespaces").as_str(),
            service("web", "").as_str(),
            nowhere,
        ] {
            assert_eq!(deleted(&[&own, other]), ["web"], "{other}");
            assert_eq!(deleted(&[other]), [""; 0], "{other}");
        }
        for name in [
            "--all",
            "x; rm -rf /",
            "a\\u001b[2J",
            "",
            "A",
            "a_b",
            "a..b",
            "-a",
        ] {
            let other = service(name, "a");
            assert_eq!(deleted(&[&own, &other]), ["web"], "{name}");
        }
    }

    #[test]
    fn pods_of_a_set_go_on_where_they_fit_the_new_one() {
        let set = |claim: &str, more: &str| {
            format!(
                "kind: StatefulSet\nmetadata: {{name: db, namespace: a}}\nspec:\n  \
                 serviceName: db{more}\n  volumeClaimTemplates:\n  - metadata: {{name: {claim}}}\n"
            )
        };
        let larger = |claim: &str| set(claim, "") + "    spec: {storage: 2Gi}\n";
        let old = set("data", "");
        for (new, alone, whole) in [
            (&old, 0, 0),
            (&larger("data"), 1, 0),
            (&larger("files"), 0, 1),
            (&set("data", "-pods"), 0, 1),
            (&(larger("data") + "  selector: {a: b}\n"), 0, 1),
        ] {
            let file = FileChange {
                path: "kubernetes/30-z.yaml".to_owned(),
                before: Some(old.clone()),
                after: Some(new),
            };
            let found = change(&[file], "a");
            let counts = (found.replaced_alone.len(), found.replaced.len());
            assert_eq!(counts, (alone, whole), "{new}");
        }
    }
}
