//! Values of whatever runs pods.

use super::super::names::camel_all;
use super::super::shape::{Shape, is_proxied};
use super::super::text::Expressions;
use super::super::values::{ValueKind as Is, Values, empty, text};
use crate::ir::{
    App, ChartSecrets, Identity, ImageReference, Pod, PullPolicy, Resources, SecretObject, Setting,
    StatedFact, Text, ThingName,
};
use crate::yaml::Node;

/// The default of a text, and what it comes to where it follows from other values: then its default is
/// empty. A key without a value stands for it there.
fn said(value: &Text, app: &App) -> (Node, Option<String>) {
    if !Expressions::varies(value) {
        return (text(value.to_string()), None);
    }
    let parts = value.parts().iter().map(|part| match &part.fact {
        Some(StatedFact::Config(key)) if app.unset.contains(key) => format!("<{key}>"),
        Some(_) | None => part.text.clone(),
    });
    (text(""), Some(parts.collect()))
}

/// Keys of a ConfigMap. One that follows from other values is empty here.
pub(super) fn config_keys(
    values: &mut Values,
    app: &App,
    thing: Option<&str>,
    entries: &[Setting],
) {
    let names: Vec<_> = entries.iter().map(|it| it.key.as_str()).collect();
    let short = camel_all(&names);
    for entry in entries {
        let Some(name) = short.get(entry.key.as_str()) else {
            continue;
        };
        let (default, derived) = said(&entry.value, app);
        let doc = format!("the variable {}", entry.key);
        let field = format!("config.{}", entry.key);
        let value = values.add_at(thing, &field, &["config", name], (Is::Config, default), doc);
        if let Some(value) = value {
            if derived.is_some() {
                value.kind = Is::Text;
            }
            value.derived = derived;
            value.required = thing.is_none() && app.unset.contains(&entry.key);
        }
    }
}

/// The key of the name of a Secret, beside those of its own keys.
const EXISTING: &str = "existingSecret";

/// The name of a Secret, and where the chart makes it, the values of its keys.
pub(super) fn secret_keys(
    values: &mut Values,
    app: &App,
    thing: Option<&str>,
    secret: &SecretObject,
) {
    if secret.keys.is_empty() {
        return;
    }
    let database = thing.and_then(|name| app.database(&ThingName(name.to_owned())));
    let plain = database.iter().flat_map(|database| database.plain_keys());
    let plain: Vec<_> = plain
        .map(|(key, text)| format!("{key} ({})", text.value))
        .collect();
    let names = secret.keys.iter().map(|key| key.key.as_str());
    let names: Vec<_> = names.chain(plain.iter().map(String::as_str)).collect();
    let (default, doc) = match app.helm.secrets {
        ChartSecrets::Values => (
            "",
            "a Secret that exists already, instead of one with the values below".to_owned(),
        ),
        ChartSecrets::Existing => (
            secret.name.as_str(),
            format!("the Secret that must exist, with {}", names.join(", ")),
        ),
    };
    values.add_at(
        thing,
        EXISTING,
        &["secrets", EXISTING],
        (Is::Name, text(default)),
        doc,
    );
    if app.helm.secrets == ChartSecrets::Existing {
        return;
    }
    let words = secret.keys.iter().map(|key| key.name.as_str());
    let words: Vec<_> = words.chain([EXISTING]).collect();
    let short = camel_all(&words);
    for key in &secret.keys {
        let name = match short.get(key.name.as_str()) {
            // No secret can be called that.
            Some(name) if name == EXISTING => "existing-secret",
            Some(name) => name.as_str(),
            None => continue,
        };
        let field = format!("secrets.{}", key.name);
        let doc = secret_doc(key);
        let value = values.add_at(
            thing,
            &field,
            &["secrets", name],
            (Is::Secret, text("")),
            doc,
        );
        if let Some(value) = value {
            value.required = !key.optional;
        }
    }
}

fn secret_doc(key: &crate::ir::SecretKey) -> String {
    let rules = key.rules.iter().map(crate::ir::Rule::clause);
    let clauses: Vec<_> = key
        .optional
        .then(|| "optional".to_owned())
        .into_iter()
        .chain(rules)
        .collect();
    if clauses.is_empty() {
        format!("the secret {}", key.name)
    } else {
        format!("the secret {}: {}", key.name, clauses.join(", "))
    }
}

pub(super) fn image(
    values: &mut Values,
    name: Option<&str>,
    image: &ImageReference,
    pull: PullPolicy,
) {
    let mut add = |field: &str, default, doc: &str| {
        values.add(name, &format!("image.{field}"), default, doc);
    };
    add(
        "repository",
        (Is::Repository, text(&image.repository)),
        "the repository of its image, with the registry",
    );
    let tag = image.tag.clone().unwrap_or_default();
    add("tag", (Is::Tag, text(tag)), "the tag of its image");
    let digest = image.digest.clone().unwrap_or_default();
    add(
        "digest",
        (Is::Digest, text(digest)),
        "the digest of its image, `sha256:…`; where it is set, nodes pull by it, whatever the tag is",
    );
    add(
        "pullPolicy",
        (Is::PullPolicy, text(pull.word())),
        "when nodes pull its image: IfNotPresent, Always or Never",
    );
}

pub(super) fn resources(values: &mut Values, name: Option<&str>, said: &Resources) {
    let node = crate::backend::kubernetes::resources(said);
    let default = (Is::Resources, node.unwrap_or_else(empty));
    let doc = "requests and limits of its containers";
    values.add(name, "resources", default, doc);
}

/// Variables, ConfigMaps, Secrets and volumes of a pod.
pub(super) fn of_pod(values: &mut Values, shape: &Shape<'_>, id: &Identity, pod: &Pod) {
    let name = id.name.as_str();
    let thing = Some(name);
    if let Some(config) = &pod.config {
        config_keys(values, shape.app, thing, &config.entries);
    }
    let set: Vec<_> = pod
        .env
        .iter()
        .filter_map(|variable| {
            let crate::ir::Value::Text(value) = &variable.value else {
                return None;
            };
            let is_set =
                shape.differs(name, &variable.name) && !is_proxied(pod, id.origin, variable);
            is_set.then_some((variable.name.as_str(), value))
        })
        .collect();
    let short = camel_all(&set.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    for (variable, value) in set {
        let Some(key) = short.get(variable) else {
            continue;
        };
        let (default, derived) = said(value, shape.app);
        let doc = format!("the variable {variable}");
        let field = format!("env.{variable}");
        if let Some(value) = values.add_at(thing, &field, &["env", key], (Is::Config, default), doc)
        {
            value.derived = derived;
        }
    }
    if let Some(secret) = &pod.secret {
        secret_keys(values, shape.app, thing, secret);
    }
    let own = pod.volumes.iter().filter(|volume| volume.claim.is_some());
    let names: Vec<_> = own.clone().map(|volume| volume.name.as_str()).collect();
    let short = camel_all(&names);
    for volume in own {
        let (Some(key), Some(claim)) = (short.get(volume.name.as_str()), &volume.claim) else {
            continue;
        };
        let size = text(&claim.size.value.text);
        let keys = ["persistence", key, "size"];
        let field = format!("persistence.{}.size", volume.name);
        let doc = format!(
            "the size of its volume {}, at the first installation",
            volume.name
        );
        values.add_at(thing, &field, &keys, (Is::Quantity, size), doc);
        let class = text(claim.class.clone().unwrap_or_default());
        let keys = ["persistence", key, "storageClass"];
        let field = format!("persistence.{}.storageClass", volume.name);
        let doc = "its StorageClass, at the first installation; empty for the cluster's default";
        values.add_at(thing, &field, &keys, (Is::Name, class), doc);
    }
}

/// What only the cluster knows of where pods run.
pub(super) fn scheduling(values: &mut Values, name: Option<&str>) {
    let mut add = |field: &str, default, doc: &str| {
        values.add(name, field, default, doc);
    };
    add(
        "extraEnv",
        (Is::Texts, empty()),
        "more environment variables of its containers: `NAME: text`",
    );
    add(
        "podAnnotations",
        (Is::Texts, empty()),
        "more annotations of its pods",
    );
    add("podLabels", (Is::Texts, empty()), "more labels of its pods");
    about_nodes(values, name, true);
}

/// On which nodes they run, and before which others.
pub(super) fn about_nodes(values: &mut Values, name: Option<&str>, with_affinity: bool) {
    let mut add = |field: &str, default, doc: &str| {
        values.add(name, field, default, doc);
    };
    add(
        "nodeSelector",
        (Is::Texts, empty()),
        "labels of the nodes that its pods run on",
    );
    add(
        "tolerations",
        (Is::Tolerations, Node::sequence([])),
        "taints of nodes that its pods tolerate",
    );
    if with_affinity {
        add(
            "affinity",
            (Is::Affinity, empty()),
            "the affinity of its pods",
        );
    }
    add(
        "priorityClassName",
        (Is::Name, text("")),
        "the PriorityClass of its pods",
    );
}
