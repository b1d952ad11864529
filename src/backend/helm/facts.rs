//! Facts that `value` may give a path of their own, by the words of the source.

use crate::ir::NamedValue;

/// A word of the source, and the field of a value that it means.
const FACTS: &[(&str, &str)] = &[
    ("enabled", "enabled"),
    ("replicas", "replicaCount"),
    ("instances", "instances"),
    ("image", "image.repository"),
    ("tag", "image.tag"),
    ("pull", "image.pullPolicy"),
    ("expose", "service.type"),
    ("port", "service.port"),
    ("nodeport", "service.nodePort"),
    ("host", "ingress.host"),
    ("health", "healthPath"),
    ("resources", "resources"),
    ("storage", "persistence.size"),
    ("schedule", "schedule"),
];

/// The fields of values that a fact means: of a thing, or of the application.
pub(super) fn fields(fact: &str) -> Vec<String> {
    let known = FACTS.iter().find(|(word, _)| *word == fact);
    let mut fields: Vec<String> = known
        .map(|(_, field)| (*field).to_owned())
        .into_iter()
        .collect();
    match fact.rsplit_once('.') {
        Some((port, "expose")) => fields.push(format!("ports.{port}.type")),
        Some((port, "nodeport")) => fields.push(format!("ports.{port}.nodePort")),
        _ => {}
    }
    match fact.strip_prefix("secret.") {
        Some(name) => fields.push(format!("secrets.{name}")),
        // Of the application: its namespace and its host; keys of `config`.
        None => fields.push(fact.to_owned()),
    }
    fields
}

/// What the one fact of [`is_of_all`] means.
pub(super) const OF_ALL: &str = "when nodes pull images: IfNotPresent, Always or Never";

/// Whether a fact of the application is one that every thing has, each with a value of its own.
pub(super) fn is_of_all(named: &NamedValue) -> bool {
    named.thing.is_none() && named.fact == "pull"
}
