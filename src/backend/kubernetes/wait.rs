//! Init containers that hold a pod back until a database accepts connections.

use super::env::literal;
use super::pod::pull;
use super::security;
use crate::catalog::contract::USER;
use crate::ir::{App, Database, Wait};
use crate::source::Span;
use crate::yaml::{Node, map};

/// Runs its arguments until they succeed. The trap is for a pod that is deleted while it waits:
/// the first process of a container ignores the signals that it doesn't handle.
const UNTIL: &str = r#"trap 'exit 143' TERM; until "$@"; do sleep 1; done"#;

/// One container for each database, in its own image, which holds the client. `beside` is the container
/// that they go before.
pub(super) fn containers(app: &App, waits: &[Wait], beside: &str) -> Vec<Node> {
    waits
        .iter()
        .filter_map(|wait| {
            let database = app.database(&wait.database)?;
            Some(
                container(app, database, beside, wait.origin)
                    .at(wait.origin)
                    .because("wait"),
            )
        })
        .collect()
}

/// The name of the container that waits for a database.
pub(in crate::backend) fn name(database: &Database, beside: &str) -> String {
    let name = format!("wait-for-{}", database.id.name);
    // A tier may be called so, and its container with it.
    if name == beside {
        return format!("until-{}", database.id.name);
    }
    name
}

/// What a client takes that asks once a second. It is said, since a namespace with a quota refuses pods
/// with a container that doesn't; and both are the same, so that the pod's class is that of the container
/// that it waits for.
fn resources() -> Node {
    let amounts = || map! { "cpu": Node::quoted("100m"), "memory": Node::quoted("64Mi") };
    map! { "requests": amounts(), "limits": amounts() }
}

/// It reads nothing and writes nothing, so it runs as any user of any pod.
fn container(app: &App, database: &Database, beside: &str, place: Span) -> Node {
    let name = name(database, beside);
    let pull = pull(app, &database.pull);
    // What is said for all images is here for whoever waits.
    let pull = pull.map(|word| match word.origin.span {
        Some(_) => word.also([place]),
        None => word,
    });
    let ready = (database.engine.answers)(&database.id.service, database.account());
    let words = ready.iter().map(|word| Node::text(literal(word)));
    // What follows the script is its name, `$0`, and then its arguments, `$@`.
    let shell = ["sh", "-c", UNTIL, &name].map(Node::text);
    map! {
        "name": &name,
        "image": Node::text(database.image.value.to_string()).also([database.image.span]),
        "imagePullPolicy": pull,
        "command": shell.into_iter().chain(words).collect::<Vec<_>>(),
        "resources": resources(),
        "securityContext": security::restricted_container(USER),
    }
}
