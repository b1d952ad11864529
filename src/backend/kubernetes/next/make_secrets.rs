//! The commands that make the Secrets which an application reads, but for those of somebody else.

use super::secrets_needed::{certificates, secrets};
use crate::backend::{Command, Purpose, Step, When, quote};
use crate::ir;

/// The steps, of which each is taken once.
pub(super) fn steps(app: &ir::App) -> Vec<Step> {
    let secrets = secrets(app).into_iter();
    let pull_secret = app.pull_secret.iter();
    let certificates = certificates(app).into_iter();
    let steps: [(&str, Vec<Command>); 3] = [
        (
            "make the Secrets, once, from variables of your shell (values of one line)",
            secrets.map(|secret| create(app, secret)).collect(),
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

/// The file that `docker login` writes isn't taken: where a helper keeps the credentials, as on most
/// laptops, it has none.
fn create_pull(app: &ir::App, name: &str) -> Command {
    let guard = [
        ":",
        "\"${REGISTRY_USER:?}\"",
        "\"${REGISTRY_TOKEN:?}\"",
        "&&",
    ];
    let auths = format!(
        "'{{\"auths\":{{\"{}\":{{\"auth\":\"%s\"}}}}}}'",
        registry(app)
    );
    // Whatever the token holds, as a key of Google's does, which is JSON by itself.
    let encoded = r#""$(printf %s:%s "$REGISTRY_USER" "$REGISTRY_TOKEN" | base64 | tr -d '\n')""#;
    let rows = ["printf", &auths].into_iter().chain(encoded.split(' '));
    let rows: Vec<_> = rows.collect();
    let create = [
        &kubectl_create("generic", name, app),
        "--type=kubernetes.io/dockerconfigjson",
        "--from-file=.dockerconfigjson=/dev/stdin",
    ];
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    piped([words(&guard), words(&rows), words(&create)])
}

/// Where images come from that nodes need credentials for: where ours are pushed, else the first that
/// an image names, else Docker Hub, by the name that its credentials have.
fn registry(app: &ir::App) -> &str {
    let mut images: Vec<_> = app.pods().map(|(_, pod)| &pod.image).collect();
    images.sort_by_key(|image| image.build.is_none());
    let mut hosts = images.into_iter().filter_map(|image| {
        let (host, _) = image.reference.repository.split_once('/')?;
        (host.contains(['.', ':']) || host == "localhost").then_some(host)
    });
    hosts.next().unwrap_or("https://index.docker.io/v1/")
}

fn create_tls(app: &ir::App, name: &str) -> Command {
    let file = |end: &str| quote(&format!("{name}.{end}"));
    Command::Shell(vec![vec![
        kubectl_create("tls", name, app),
        format!("--cert={}", file("crt")),
        format!("--key={}", file("key")),
    ]])
}

/// The beginning of the command, as one word.
fn kubectl_create(kind: &str, name: &str, app: &ir::App) -> String {
    let (name, namespace) = (quote(name), &app.namespace.name);
    format!("kubectl create secret {kind} {name} -n {namespace}")
}

/// A guard, what prints the values, and the command that reads them.
fn piped(parts: [Vec<String>; 3]) -> Command {
    let [guard, rows, mut create] = parts;
    if let Some(first) = create.first_mut() {
        first.insert_str(0, "| ");
    }
    Command::Shell(vec![guard, rows, create])
}
