//! The Secrets that must exist in the cluster before the application starts.

use crate::backend::{Detail, Purpose, Step, When};
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

/// Each Secret that must exist, be it ours or not, and its keys.
pub(super) fn step(app: &ir::App) -> Option<Step> {
    let title = format!(
        "Secrets that must exist in namespace {}",
        app.namespace.name
    );
    Step::tell(Purpose::NeedSecrets, When::Once, &title, lines(app)).unless_empty()
}

fn lines(app: &ir::App) -> Vec<Detail> {
    let mut lines = Vec::new();
    for secret in secrets(app) {
        lines.push(Detail::new(secret.name.as_str()));
        let widest = secret
            .keys
            .iter()
            .map(|key| key.key.len())
            .max()
            .unwrap_or(0);
        for key in &secret.keys {
            let line = format!("{:widest$}  {}", key.key, demands(key));
            lines.push(Detail::below(1, line));
        }
    }
    for (name, keys) in of_others(app) {
        let keys: Vec<_> = keys.into_iter().collect();
        let line = format!("{name}: somebody else's, with {}", keys.join(", "));
        lines.push(Detail::new(line));
    }
    if let Some(said) = &app.pull_secret {
        lines.push(Detail::new(format!(
            "{}: the registry's credentials (kubernetes.io/dockerconfigjson)",
            said.value
        )));
    }
    for (name, hosts) in certificates(app) {
        lines.push(Detail::new(format!(
            "{name}: the certificate of {} (kubernetes.io/tls)",
            hosts.join(", ")
        )));
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
