//! Init containers that hold migrations back until stores answer that aren't databases of ours: tiers
//! that keep data, and what a secret is the URL of.

use super::env::{literal, variables};
use super::pod::pull;
use super::wait::{GAVE_UP, PATIENCE_SECONDS};
use super::{resources, security};
use crate::catalog::databases::{ENGINES, Engine};
use crate::catalog::runtimes::{NODE, PYTHON};
use crate::catalog::{Choice, SelfCheck};
use crate::ir::{App, DockerfileSource, Pod, Rule, SecretRef, Store, Tier, Value, Variable};
use crate::source::Span;
use crate::yaml::{Node, map};

/// How the name of a container begins that waits for the server of a URL.
const BY_URL: &str = "reach-";

/// What is waited for.
struct Server {
    /// The name of the container.
    name: String,
    /// Where it is, as the script reads it.
    place: Node,
    /// Its port where a URL has none.
    port: u16,
    /// The variable with its URL.
    variable: Option<Variable>,
    /// The statement that says so.
    origin: Span,
}

/// The containers. They ask by the runtime of the tier's own image, so that there are none where the
/// image isn't known to have one: then a Job that fails is tried again.
pub(super) fn containers(app: &App, tier: &Tier) -> Vec<Node> {
    let Some(script) = script(app, &tier.pod) else {
        return Vec::new();
    };
    let stores = app.stores(tier).into_iter().map(by_port);
    let servers = stores.chain(by_url(app, &tier.pod));
    let containers = servers.map(|server| container(app, tier, script, &server));
    containers.collect()
}

/// The name of the container that waits for a tier.
pub(in crate::backend) fn name(tier: &Tier) -> String {
    format!("wait-for-{}", tier.id.name)
}

/// How its server is written for the script, with the number of its port as a text.
pub(in crate::backend) fn place(tier: &Tier, port: &str) -> String {
    format!("tcp://{}:{port}", tier.id.service)
}

fn by_port(store: Store<'_>) -> Server {
    let Store { tier, port, origin } = store;
    let place = place(tier, &port.service.to_string());
    Server {
        name: name(tier),
        place: Node::text(literal(&place)).also([port.origin]),
        port: port.service,
        variable: None,
        origin,
    }
}

/// The databases outside of the cluster: of each the variable that holds its URL.
fn by_url(app: &App, pod: &Pod) -> Vec<Server> {
    let mut servers: Vec<Server> = Vec::new();
    for variable in &pod.env {
        let Value::Secret(key) = &variable.value else {
            continue;
        };
        let Some(engine) = engine(app, key) else {
            continue;
        };
        let base = format!("{BY_URL}{}", engine.word);
        let begin = |server: &&Server| server.name.starts_with(&base);
        let name = match servers.iter().filter(begin).count() {
            0 => base,
            others => format!("{base}-{}", others + 1),
        };
        servers.push(Server {
            name,
            place: Node::text(literal(&variable.name)),
            port: engine.port,
            variable: Some(variable.clone()),
            origin: variable.origin,
        });
    }
    servers
}

/// The engine whose URL a secret must be, by its rules.
fn engine(app: &App, key: &SecretRef) -> Option<&'static Engine> {
    let secret = app.secrets_of(&key.object).next()?;
    let declared = secret.keys.iter().find(|it| it.key == key.key)?;
    let scheme = declared.rules.iter().find_map(|rule| match rule {
        Rule::Url { scheme } => scheme.split('+').next(),
        Rule::StartsWith(_) | Rule::MinLength(_) | Rule::UrlSafe => None,
    })?;
    let mut engines = ENGINES.iter().copied();
    engines.find(|engine| engine.scheme == scheme || engine.schemes.contains(&scheme))
}

/// The words that begin a wait, where the image of a pod has a runtime that can ask.
fn script(app: &App, pod: &Pod) -> Option<&'static [&'static str]> {
    let built = app
        .builder(&pod.image.reference)
        .filter(|_| pod.image.ours)?;
    let DockerfileSource::Planned { plan, choice } = &built.image.build.as_ref()?.dockerfile else {
        return None;
    };
    // What an image is built with isn't always what it runs on: its own check shows that.
    let choice = Choice {
        health: Some(SelfCheck::Connect),
        port: Some(1),
        ..(**choice).clone()
    };
    let check = plan.check_command(&choice, &built.contract)?;
    let scripts = [&NODE, &PYTHON].into_iter().find_map(|runtime| {
        let scripts = runtime.health.as_ref()?;
        (scripts.tcp.first().copied() == check.first().map(String::as_str)).then_some(scripts)
    });
    scripts.map(|scripts| scripts.wait)
}

/// It sees the one variable, and takes what the tier's own containers may.
fn container(app: &App, tier: &Tier, script: &[&str], server: &Server) -> Node {
    let pod = &tier.pod;
    let image = &pod.image;
    let numbers = [
        u32::from(server.port).to_string(),
        PATIENCE_SECONDS.to_string(),
        GAVE_UP.to_string(),
    ];
    let words = script.iter().map(|word| Node::text(literal(word)));
    let words = words.chain([server.place.clone()]);
    let words = words.chain(numbers.map(Node::text));
    let variable = server.variable.as_slice();
    map! {
        "name": &server.name,
        "image": Node::text(image.reference.to_string())
            .also([image.origin])
            .also(image.named_by.iter().copied()),
        "imagePullPolicy": pull(app, &image.pull),
        "command": words.collect::<Vec<_>>(),
        "env": super::unless_empty(variables(variable)),
        "resources": resources::resources(&pod.resources),
        "securityContext": security::container(
            pod.contract.no_capabilities,
            pod.contract.read_only_root,
            pod.said.read_only_root,
        ),
    }
    .at(server.origin)
    .because("wait")
}
