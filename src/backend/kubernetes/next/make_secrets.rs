//! The commands that make the Secrets which an application reads, but for those of somebody else.

use crate::backend::kubernetes::secrets::{
    certificates, create_pull, create_tls, kubectl_create, own, piped,
};
use crate::backend::{Command, Purpose, Step, When};
use crate::ir;

/// The steps, of which each is taken once.
pub(super) fn steps(app: &ir::App) -> Vec<Step> {
    let secrets = own(app).into_iter();
    let pull_secret = app.pull_secret.iter();
    let certificates = certificates(app).into_iter();
    let steps: [(&str, Vec<Command>); 3] = [
        (
            "make the Secrets, once, from variables of your shell (values of one line)",
            secrets.map(|secret| create(app, secret.object)).collect(),
        ),
        (
            "make the Secret of the registry, once, from a name and a token that may pull",
            pull_secret
                .map(|said| create_pull(app, &said.value))
                .collect(),
        ),
        (
            "make the Secrets of certificates, once, from files with chain and key",
            certificates
                .map(|(name, _)| create_tls(app, name))
                .collect(),
        ),
    ];
    let steps = steps.into_iter().filter_map(|(title, commands)| {
        Step::run(Purpose::MakeSecrets, When::Once, title, commands).unless_empty()
    });
    steps.collect()
}

/// Values go through a pipe from the shell itself, so that no list of processes shows one. A
/// required value that is missing stops it all first; an optional one leaves its key out.
fn create(app: &ir::App, secret: &ir::SecretObject) -> Command {
    let required = secret.keys.iter().filter(|key| !key.optional);
    let mut guard = vec![":".to_owned()];
    guard.extend(required.map(|key| format!("\"${{{}:?}}\"", key.from_env)));
    guard.push("&&".to_owned());

    let mut rows = vec!["printf '%s\\n'".to_owned()];
    rows.extend(secret.keys.iter().map(|key| {
        let (key, from, optional) = (&key.key, &key.from_env, key.optional);
        let row = format!("\"{key}=${from}\"");
        if optional {
            format!("${{{from}:+{row}}}")
        } else {
            row
        }
    }));
    let create = [
        kubectl_create("generic", &secret.name, app),
        "--from-env-file=/dev/stdin".to_owned(),
    ];
    piped([guard, rows, create.to_vec()])
}
