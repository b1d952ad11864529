//! The commands that make Secrets of what only a person has: a login at a registry, the files of a
//! certificate.

use crate::backend::{Command, quote};
use crate::ir::App;

/// The file that `docker login` writes isn't taken: where a helper keeps the credentials, as on most
/// laptops, it has none.
pub(in crate::backend::kubernetes) fn create_pull(app: &App, name: &str) -> Command {
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
        AS_OBJECT,
    ];
    let words = |words: &[&str]| {
        words
            .iter()
            .map(|&word| word.to_owned())
            .collect::<Vec<_>>()
    };
    let create = words(&create);
    Command::Shell(vec![words(&guard), words(&rows), piped(create), apply()])
}

/// Where images come from that nodes need credentials for: where ours are pushed, else the first that
/// an image names, else Docker Hub, by the name that its credentials have.
fn registry(app: &App) -> &str {
    let mut images: Vec<_> = app.pods().map(|(_, pod)| &pod.image).collect();
    images.sort_by_key(|image| image.build.is_none());
    let mut hosts = images.into_iter().filter_map(|image| {
        let (host, _) = image.reference.repository.split_once('/')?;
        (host.contains(['.', ':']) || host == "localhost").then_some(host)
    });
    hosts.next().unwrap_or("https://index.docker.io/v1/")
}

pub(in crate::backend::kubernetes) fn create_tls(app: &App, name: &str) -> Command {
    let file = |end: &str| quote(&format!("{name}.{end}"));
    let create = vec![
        kubectl_create("tls", name, app),
        format!("--cert={}", file("crt")),
        format!("--key={}", file("key")),
        AS_OBJECT.to_owned(),
    ];
    Command::Shell(vec![create, apply()])
}

/// Makes `kubectl create` print its object instead of sending it: it would refuse one that is there.
const AS_OBJECT: &str = "--dry-run=client -o json";

/// The beginning of the command, as one word.
fn kubectl_create(kind: &str, name: &str, app: &App) -> String {
    let (name, namespace) = (quote(name), &app.namespace.name);
    format!("kubectl create secret {kind} {name} -n {namespace}")
}

/// The command that makes the object, or changes it. The server keeps no second copy of its values in
/// an annotation, as it does where `kubectl apply` is told nothing else.
fn apply() -> Vec<String> {
    let words = [
        "kubectl apply",
        "--server-side",
        "--field-manager=todoc",
        "--force-conflicts",
        "-f -",
    ];
    piped(words.map(str::to_owned).to_vec())
}

/// A command that reads what the one before it prints.
fn piped(mut command: Vec<String>) -> Vec<String> {
    if let Some(first) = command.first_mut() {
        first.insert_str(0, "| ");
    }
    command
}
