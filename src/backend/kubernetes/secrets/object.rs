//! Objects that stand for a Secret, without a value.

use super::own::{OwnSecret, SecretOwner};
use crate::backend::kubernetes::{self, scope::Scope};
use crate::ir::{App, Database};
use crate::yaml::{self, Node, map};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Where the External Secrets Operator finds values.
#[derive(Debug, Clone, Copy)]
pub struct Store<'a> {
    /// `SecretStore`, or `ClusterSecretStore`.
    pub kind: &'a str,
    /// Its name.
    pub name: &'a str,
}

/// Whose a Secret is. It has no version: a release that changes no value would change the object, and
/// it is by its change that one knows whom to restart.
fn scope<'a>(app: &'a App, owner: SecretOwner<'a>) -> Scope<'a> {
    match owner {
        SecretOwner::Shared => Scope::shared(app).of_any_version(),
        SecretOwner::Workload(id) => Scope::workload(app, id),
        SecretOwner::Database(database) => Scope::database(app, database),
    }
}

/// The lines of a Secret's document up to those of its keys: each stands below `data:` with two
/// blanks before it.
#[must_use]
pub fn head(app: &App, secret: &OwnSecret) -> String {
    let document = map! {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": metadata(app, secret),
        "type": "Opaque",
    };
    yaml::print("", &[document])
}

/// The lines of the keys whose texts anybody may know, as they stand below `data:`.
#[must_use]
pub fn plain_rows(secret: &OwnSecret) -> String {
    let rows = secret.plain_keys().into_iter();
    let rows = rows.map(|(key, text)| format!("  \"{key}\": \"{}\"\n", STANDARD.encode(text)));
    rows.collect()
}

/// That of a Secret.
fn metadata(app: &App, secret: &OwnSecret) -> Node {
    let mut metadata = scope(app, secret.owner).metadata(&secret.object.name);
    if let SecretOwner::Database(database) = secret.owner
        && let Some(labels) = kubernetes::operated::secret_labels(database)
    {
        metadata.merge(&map! { "labels": labels }, &|_| None);
    }
    metadata
}

/// The document of the namespace that Secrets live in.
#[must_use]
pub fn namespace(app: &App) -> String {
    yaml::print("", &[kubernetes::namespace::namespace(app)])
}

/// The claim with a database's data; `None` where its data ends with its pod.
#[must_use]
pub fn claim_name(database: &Database) -> Option<String> {
    kubernetes::database::claim_name(database)
}

/// The ExternalSecret that makes each Secret of values in a store, where they are called as the
/// variables. Keys that the application starts without aren't asked for: one that the store lacks
/// would keep all others from being made.
#[must_use]
pub fn external(app: &App, secrets: &[OwnSecret], store: Store, head: &str) -> String {
    let documents = secrets.iter().filter_map(|secret| {
        let keys = secret.object.keys.iter().filter(|key| !key.optional);
        let data: Vec<_> = keys
            .map(|key| {
                map! {
                    "secretKey": &key.key,
                    "remoteRef": map! { "key": &key.from_env },
                }
            })
            .collect();
        if data.is_empty() {
            return None;
        }
        let name = &secret.object.name;
        let plain = secret.plain_keys();
        let template = (!plain.is_empty()).then(|| {
            let texts = plain
                .iter()
                .map(|(key, text)| (*key, Some(Node::quoted(*text))));
            // With a template the labels of this object aren't those of the Secret.
            let labels = metadata(app, secret).get("labels").cloned();
            map! {
                "mergePolicy": "Merge",
                "metadata": map! { "labels": labels },
                "data": Node::mapping(texts),
            }
        });
        Some(map! {
            "apiVersion": "external-secrets.io/v1",
            "kind": "ExternalSecret",
            "metadata": metadata(app, secret),
            "spec": map! {
                "refreshInterval": "1h",
                "secretStoreRef": map! { "kind": store.kind, "name": store.name },
                "target": map! { "name": name, "template": template },
                "data": Node::sequence(data),
            },
        })
    });
    yaml::print(head, &documents.collect::<Vec<_>>())
}
