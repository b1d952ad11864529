//! The Secrets that must exist in the cluster before the application starts.

use crate::backend::kubernetes::secrets::{certificates, demands, of_others, own};
use crate::backend::{Detail, Purpose, Step, When};
use crate::ir;

/// Each Secret that must exist, and its keys; those that have keys of the application's own are among
/// them if `with_own`.
pub(super) fn step(app: &ir::App, with_own: bool) -> Option<Step> {
    let title = format!(
        "Secrets that must exist in namespace {}",
        app.namespace.name
    );
    Step::tell(
        Purpose::NeedSecrets,
        When::Once,
        &title,
        lines(app, with_own),
    )
    .unless_empty()
}

fn lines(app: &ir::App, with_own: bool) -> Vec<Detail> {
    let mut lines = Vec::new();
    let own = own(app).into_iter().filter(|_| with_own);
    for (secret, plain) in own.map(|it| (it.object, it.plain_keys())) {
        lines.push(Detail::new(secret.name.as_str()));
        let widest = secret
            .keys
            .iter()
            .map(|key| key.key.len())
            .chain(plain.iter().map(|(key, _)| key.len()))
            .max()
            .unwrap_or(0);
        for key in &secret.keys {
            let line = format!("{:widest$}  {}", key.key, demands(key));
            lines.push(Detail::below(1, line));
        }
        for (key, text) in plain {
            let line = format!("{key:widest$}  the text {text}");
            lines.push(Detail::below(1, line));
        }
    }
    for (name, keys) in of_others(app) {
        let keys = keys.into_iter().map(|(key, optional)| {
            let optional = if optional { " (optional)" } else { "" };
            format!("{key}{optional}")
        });
        let keys: Vec<_> = keys.collect();
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
