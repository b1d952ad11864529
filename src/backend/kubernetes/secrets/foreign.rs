//! Secrets that other programs make, or that are made of files: they are listed, and never written.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::{IndexMap, IndexSet};

use super::by_hand::{create_pull, create_tls};
use super::own::own;
use crate::backend::{Command, cluster_context};
use crate::ir::{App, SecretRef, Value};

/// A Secret that must exist and that nothing here writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignSecret<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it is, such as `the certificate of todo.example.com`.
    pub what: String,
    /// The keys that it must have, each with whether pods start without it.
    pub keys: Vec<(String, bool)>,
    /// The command that makes it, where that can be known.
    pub make: Option<Command>,
}

/// Every Secret that must exist and isn't ours: those of others, the registry's, certificates.
#[must_use]
pub fn foreign(app: &App) -> Vec<ForeignSecret<'_>> {
    let required = |key: &str| (key.to_owned(), false);
    let others = of_others(app).into_iter();
    let others = others.map(|(name, keys)| ForeignSecret {
        name,
        what: "somebody else's".to_owned(),
        keys: keys.into_iter().collect(),
        make: None,
    });
    let registry = app.pull_secret.iter().map(|said| ForeignSecret {
        name: &said.value,
        what: "the registry's credentials".to_owned(),
        keys: vec![required(".dockerconfigjson")],
        make: Some(of_context(create_pull(app, &said.value), app)),
    });
    let certificates = certificates(app).into_iter();
    let certificates = certificates.map(|(name, hosts)| ForeignSecret {
        name,
        what: format!("the certificate of {}", hosts.join(", ")),
        keys: vec![required("tls.crt"), required("tls.key")],
        make: Some(of_context(create_tls(app, name), app)),
    });
    others.chain(registry).chain(certificates).collect()
}

/// The command, with the context that the application names.
fn of_context(mut command: Command, app: &App) -> Command {
    if let Some(context) = &app.context {
        cluster_context::name(&mut command, context);
    }
    command
}

/// Secrets that aren't ours, and the keys that pods read of them, each with whether they start
/// without it.
pub(in crate::backend::kubernetes) fn of_others(
    app: &App,
) -> BTreeMap<&str, BTreeSet<(String, bool)>> {
    let own = own(app);
    let variables = app.pods().flat_map(|(_, pod)| &pod.env);
    let of_variables = variables.filter_map(|variable| match &variable.value {
        Value::Secret(key) => Some(key),
        Value::Text(_) | Value::Config { .. } | Value::Composed(_) | Value::Pod(_) => None,
    });
    let files = app.pods().flat_map(|(_, pod)| &pod.secret_files);
    let mut all: BTreeMap<&str, BTreeSet<(String, bool)>> = BTreeMap::new();
    for reference in of_variables.chain(files.map(|file| &file.key)) {
        let SecretRef {
            object,
            key,
            optional,
        } = reference;
        if own.iter().all(|secret| secret.object.name != *object) {
            let keys = all.entry(object).or_default();
            keys.insert((key.clone(), *optional));
        }
    }
    all
}

/// The Secrets of Ingresses that must be made by hand, each once, with the hosts that they are for.
pub(in crate::backend::kubernetes) fn certificates(app: &App) -> Vec<(&str, Vec<&str>)> {
    // A Gateway ends TLS with certificates of its own.
    if app.ingress.issuer.is_some() || app.ingress.gateway.is_some() {
        return Vec::new();
    }
    let own = app.tiers.iter().filter_map(|tier| {
        let (host, _, tls) = tier.expose.value.own_ingress()?;
        Some((host, tls))
    });
    let over_tiers = app.ingresses.iter().map(|host| (&host.host, &host.tls));
    let mut all: IndexMap<&str, IndexSet<&str>> = IndexMap::new();
    for (host, tls) in own.chain(over_tiers) {
        let Some(name) = tls else { continue };
        let hosts = all.entry(name.as_str()).or_default();
        hosts.insert(host.as_str());
    }
    let all = all.into_iter();
    all.map(|(name, hosts)| (name, hosts.into_iter().collect()))
        .collect()
}
