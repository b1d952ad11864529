//! Init containers that hold a pod back until a database lets it in.

use super::env::{self, literal};
use super::pod::pull;
use super::security;
use super::unless_empty;
use crate::catalog::contract::USER;
use crate::catalog::databases::STARTING;
use crate::ir::{App, Database, EnvFromKind, Piece, Pod, SecretRef, Value, Wait};
use crate::yaml::{Node, map};

/// Runs its arguments until they succeed. What they print stands in the log: it says what is waited
/// for. The trap is for a pod that is deleted while it waits: the first process of a container ignores
/// the signals that it doesn't handle.
const UNTIL: &str = r#"trap 'exit 143' TERM; until "$@"; do sleep 1; done"#;

/// Seconds until what must end gives up. It is as long as a database may take to start.
pub(super) const PATIENCE_SECONDS: u32 = STARTING.every * STARTING.failures;

/// The status of a container that gave up, which no other program ends with by habit.
pub(super) const GAVE_UP: u32 = 199;

/// How long a pod waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Patience {
    /// For as long as it takes: the rollout is told as one that isn't done, and old pods go on.
    Endless,
    /// Until [`PATIENCE_SECONDS`] have passed; then it ends with [`GAVE_UP`].
    Bounded,
}

impl Patience {
    /// What runs its arguments for so long, as a shell reads it.
    fn script(self) -> String {
        match self {
            Patience::Endless => UNTIL.to_owned(),
            Patience::Bounded => literal(&format!(
                "trap 'exit 143' TERM; end=$(($(date +%s) + {PATIENCE_SECONDS}))\n\
                 until \"$@\"; do\n  \
                 if [ \"$(date +%s)\" -gt \"$end\" ]; then echo \"gave up\"; exit {GAVE_UP}; fi\n  \
                 sleep 1\ndone"
            )),
        }
    }
}

/// One container for each database, in its own image, which holds the client. `beside` is the container
/// that they go before.
pub(super) fn containers(app: &App, pod: &Pod, beside: &str, patience: Patience) -> Vec<Node> {
    let waits = pod.waits.iter();
    let containers = waits.filter_map(|wait| {
        let database = app.database(&wait.database)?;
        let container = container(app, pod, (database, wait), beside, patience);
        Some(container.at(wait.origin).because("wait"))
    });
    containers.collect()
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

/// It writes nothing, so it runs as any user of any pod.
fn container(
    app: &App,
    pod: &Pod,
    (database, wait): (&Database, &Wait),
    beside: &str,
    patience: Patience,
) -> Node {
    let place = wait.origin;
    let name = name(database, beside);
    let pull = pull(app, &database.pull);
    // What is said for all images is here for whoever waits.
    let pull = pull.map(|word| match word.origin.span {
        Some(_) => word.also([place]),
        None => word,
    });
    let (command, password) = asks(pod, database);
    let words = command.iter().map(|word| Node::text(literal(word)));
    // What follows the script is its name, `$0`, and then its arguments, `$@`.
    let script = patience.script();
    let shell = ["sh", "-c", &script, &name].map(Node::text);
    let client = database.engine.password.client;
    let password = password.map(|key| env::secret(client, key)).into_iter();
    map! {
        "name": &name,
        "image": Node::text(database.image.value.to_string()).also([database.image.span]),
        "imagePullPolicy": pull,
        "command": shell.into_iter().chain(words).collect::<Vec<_>>(),
        "env": unless_empty(password.collect()),
        "resources": resources(),
        "securityContext": security::restricted_container(USER),
    }
}

/// What a pod asks of a database, and with which password. It logs in where its own process does: a
/// password that is wrong keeps it waiting, with the reason in the log. One that doesn't know the password
/// gets none for this.
fn asks<'a>(pod: &Pod, database: &'a Database) -> (Vec<String>, Option<&'a SecretRef>) {
    let engine = database.engine;
    let (host, account) = (&database.id.service, database.account());
    match (engine.logs_in, &database.password) {
        (Some(logs_in), Some(key)) if reads(pod, key) => (logs_in(host, account), Some(key)),
        (Some(logs_in), None) => (logs_in(host, account), None),
        (Some(_) | None, Some(_) | None) => ((engine.answers)(host, account), None),
    }
}

/// Whether a pod's process reads the key of a Secret.
fn reads(pod: &Pod, key: &SecretRef) -> bool {
    let is_it = |other: &SecretRef| other.object == key.object && other.key == key.key;
    let mut sources = pod.env_from.iter();
    let mut variables = pod.env.iter();
    sources.any(|from| from.kind == EnvFromKind::Secret && from.object == key.object)
        || variables.any(|variable| match &variable.value {
            Value::Secret(other) => is_it(other),
            Value::Composed(pieces) => pieces.iter().any(|piece| match piece {
                Piece::Secret { key, .. } => is_it(key),
                Piece::Text(_) => false,
            }),
            Value::Text(_) | Value::Config { .. } | Value::Pod(_) => false,
        })
}
