//! The Secrets that must exist in the cluster before the application starts.

use crate::ir::{self, SecretRef};
use std::collections::{BTreeMap, BTreeSet};

/// Every Secret with keys of ours: shared, of tiers and jobs, of databases.
pub(super) fn secrets(app: &ir::App) -> Vec<&ir::SecretObject> {
    let own = app.pods().filter_map(|(_, pod)| pod.secret.as_ref());
    let of_databases = app
        .databases
        .iter()
        .filter_map(|database| database.secret.as_ref());
    let all = app.secret.iter().chain(own).chain(of_databases);
    all.filter(|secret| !secret.keys.is_empty()).collect()
}

/// Whether any Secret must exist, be it ours or not.
pub(super) fn asks_for_secrets(app: &ir::App) -> bool {
    !secret_lines(app).is_empty()
}

/// Each Secret that must exist and its keys, as lines with their indents.
pub(super) fn secret_lines(app: &ir::App) -> Vec<(usize, String)> {
    let mut lines = Vec::new();
    for secret in secrets(app) {
        lines.push((2, secret.name.clone()));
        let widest = secret
            .keys
            .iter()
            .map(|key| key.key.len())
            .max()
            .unwrap_or(0);
        for key in &secret.keys {
            lines.push((4, format!("{:widest$}  {}", key.key, demands(key))));
        }
    }
    for (name, keys) in of_others(app) {
        let keys: Vec<_> = keys.into_iter().collect();
        lines.push((
            2,
            format!("{name}: somebody else's, with {}", keys.join(", ")),
        ));
    }
    if let Some(said) = &app.pull_secret {
        let line = format!(
            "{}: the registry's credentials (kubernetes.io/dockerconfigjson)",
            said.value
        );
        lines.push((2, line));
    }
    for (name, hosts) in certificates(app) {
        lines.push((
            2,
            format!(
                "{name}: the certificate of {} (kubernetes.io/tls)",
                hosts.join(", ")
            ),
        ));
    }
    lines
}

/// Secrets that aren't ours, and the keys that pods read of them.
fn of_others(app: &ir::App) -> BTreeMap<&str, BTreeSet<String>> {
    let own = secrets(app);
    let variables = app.pods().flat_map(|(_, pod)| &pod.env);
    let mut all: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for variable in variables {
        if let ir::Value::Secret(SecretRef {
            object,
            key,
            optional,
        }) = &variable.value
            && own.iter().all(|secret| secret.name != *object)
        {
            let optional = if *optional { " (optional)" } else { "" };
            all.entry(object)
                .or_default()
                .insert(format!("{key}{optional}"));
        }
    }
    all
}

/// Where a value comes from, and what it must be like.
fn demands(key: &ir::SecretKey) -> String {
    let optional = key.optional.then(|| "optional".to_owned());
    let from = format!("from ${}", key.from_env);
    let clauses: Vec<_> = optional
        .into_iter()
        .chain([from])
        .chain(key.rules.iter().map(ir::Rule::clause))
        .collect();
    match &key.message {
        Some(message) => format!("{} ({message})", clauses.join(", ")),
        None => clauses.join(", "),
    }
}

/// The Secrets of Ingresses that somebody must make, each once, with the hosts that they are for.
pub(super) fn certificates(app: &ir::App) -> Vec<(&str, Vec<&str>)> {
    if app.ingress.issuer.is_some() {
        return Vec::new();
    }
    let own = app.tiers.iter().filter_map(|tier| {
        let (host, _, tls) = tier.expose.value.own_ingress()?;
        Some((host, tls))
    });
    let over_tiers = app.ingresses.iter().map(|host| (&host.host, &host.tls));
    let mut all: Vec<(&str, Vec<&str>)> = Vec::new();
    for (host, tls) in own.chain(over_tiers) {
        let Some(name) = tls else { continue };
        match all.iter_mut().find(|(known, _)| known == name) {
            None => all.push((name, vec![host])),
            Some((_, hosts)) if !hosts.contains(&host.as_str()) => hosts.push(host),
            Some(_) => {}
        }
    }
    all
}
