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
    ];
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    piped([words(&guard), words(&rows), words(&create)])
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
    Command::Shell(vec![vec![
        kubectl_create("tls", name, app),
        format!("--cert={}", file("crt")),
        format!("--key={}", file("key")),
    ]])
}

/// The beginning of the command, as one word.
pub(in crate::backend::kubernetes) fn kubectl_create(kind: &str, name: &str, app: &App) -> String {
    let (name, namespace) = (quote(name), &app.namespace.name);
    format!("kubectl create secret {kind} {name} -n {namespace}")
}

/// A guard, what prints the values, and the command that reads them.
pub(in crate::backend::kubernetes) fn piped(parts: [Vec<String>; 3]) -> Command {
    let [guard, rows, mut create] = parts;
    if let Some(first) = create.first_mut() {
        first.insert_str(0, "| ");
    }
    Command::Shell(vec![guard, rows, create])
}
