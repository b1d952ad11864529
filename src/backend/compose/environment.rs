//! The variables of containers.

use indexmap::IndexMap;

use super::Losses;
use super::address::Ports;
use super::project::Project;
use super::text::{literal, optional, required};
use super::variables::{OF_CLUSTER, demand, of_shell};
use crate::catalog::members::PodMember;
use crate::diag::Code;
use crate::ir::{
    EnvFromKind, Identity, Piece, Pod, Port, SecretKey, SecretRef, Setting, StatedFact, Text,
    Value, Variable,
};
use crate::source::Span;
use crate::yaml::{Kind, Node};

/// What to tell whoever sets no variable for a key of `config` that has no value.
const UNSET: &str = "a setting without a value: set it in your shell, or by --env-file";

/// The variables of a pod's container, in the order in which Kubernetes sets them: a later one of a
/// name wins.
pub(super) fn variables(
    project: &Project,
    (id, pod): (&Identity, &Pod),
    losses: &mut Losses,
) -> Option<Node> {
    let mut all: IndexMap<String, Node> = IndexMap::new();
    for from in &pod.env_from {
        match from.kind {
            EnvFromKind::ConfigMap => {
                let settings = project.settings(&from.object);
                for setting in settings.into_iter().flat_map(|it| &it.map.entries) {
                    let value = entry(project, &from.object, setting, Ports::Variable);
                    let node = node(value, from.origin, &setting.value).also([setting.origin]);
                    all.insert(setting.key.clone(), node);
                }
            }
            EnvFromKind::Secret => {
                for key in project.secret_keys(&from.object) {
                    unset(key, &key.key, from.origin, losses);
                    let node = whole(Some(key), &key.key).at(from.origin);
                    all.insert(key.key.clone(), node.also([key.origin]));
                }
            }
        }
    }
    for variable in &pod.env {
        match of_variable(project, (id, pod), variable, losses) {
            Some(node) => {
                all.insert(variable.name.clone(), node);
            }
            // One of a whole ConfigMap or Secret doesn't count in its place.
            None => {
                all.shift_remove(&variable.name);
            }
        }
    }
    if all.is_empty() {
        return None;
    }
    let places: Vec<_> = all.values().flat_map(|node| node.origin.spans()).collect();
    let all = all.into_iter().map(|(name, node)| (name, Some(node)));
    Some(Node::mapping(all).gathered(places))
}

/// The variables of a database's container that hold its password.
pub(super) fn passwords(
    project: &Project,
    names: &[&'static str],
    password: Option<&SecretRef>,
) -> Vec<(&'static str, Node)> {
    let names = password
        .into_iter()
        .flat_map(|key| names.iter().map(move |name| (*name, key)));
    names
        .map(|(name, key)| {
            let key = project.secret(key);
            let node = whole(key, name);
            (name, node.gathered(key.map(|key| key.origin)))
        })
        .collect()
}

/// Variables of text.
pub(super) fn plain(project: &Project, variables: &[Variable]) -> Vec<(String, Node)> {
    let plain = variables.iter().filter_map(|variable| {
        let Value::Text(text) = &variable.value else {
            return None;
        };
        let node = node(value(project, text, Ports::Variable), variable.origin, text);
        Some((variable.name.clone(), node))
    });
    plain.collect()
}

/// The value of a variable; `None` where it isn't set here.
fn of_variable(
    project: &Project,
    of: (&Identity, &Pod),
    variable: &Variable,
    losses: &mut Losses,
) -> Option<Node> {
    let name = &variable.name;
    let node = match &variable.value {
        Value::Pod(member) => return of_pod(project, of, variable, *member, losses),
        Value::Text(text) => node(value(project, text, Ports::Variable), variable.origin, text),
        Value::Config { object, key } => {
            let settings = project.settings(object);
            let setting = settings.and_then(|settings| settings.of(key));
            setting.map_or(Node::quoted(""), |setting| {
                let value = entry(project, object, setting, Ports::Variable);
                node(value, variable.origin, &setting.value).also([setting.origin])
            })
        }
        Value::Secret(key) => {
            let known = project.secret(key);
            match known {
                Some(key) => unset(key, name, variable.origin, losses),
                None => of_others(key, name, variable.origin, losses),
            }
            let node = match known {
                None if key.optional => Node::new(Kind::Null),
                known => whole(known, name),
            };
            node.at(variable.origin).also(known.map(|key| key.origin))
        }
        Value::Composed(pieces) => {
            let mut places = Vec::new();
            let text = pieces.iter().map(|piece| match piece {
                Piece::Text(text) => {
                    places.extend(text.places());
                    value(project, text, Ports::Variable)
                }
                Piece::Secret {
                    variable,
                    key,
                    origin,
                } => {
                    let known = project.secret(key);
                    places.push(*origin);
                    places.extend(known.map(|key| key.origin));
                    expression(known, variable)
                }
            });
            let text: String = text.collect();
            Node::quoted(text).at(variable.origin).also(places)
        }
    };
    Some(node)
}

/// What a pod knows of itself: its name is that of the service here, and an address isn't known before a
/// container runs, so that the variable isn't set.
fn of_pod(
    project: &Project,
    (id, pod): (&Identity, &Pod),
    variable: &Variable,
    member: PodMember,
    losses: &mut Losses,
) -> Option<Node> {
    let account = pod.account.as_ref();
    let known = match member {
        PodMember::Name => Some(project.service(&id.name)),
        PodMember::Namespace => Some(project.app.namespace.name.clone()),
        PodMember::Account => Some(account.map_or(&project.app.name, |it| &it.value).clone()),
        PodMember::Ip | PodMember::Node | PodMember::NodeIp => None,
    };
    let becomes = match &known {
        Some(text) => format!("is `{text}` in each container"),
        None => "isn't set".to_owned(),
    };
    let message = format!(
        "what a pod of `{}` knows of itself: `{}` {becomes}",
        id.name, variable.name
    );
    losses.lose(Code::PodLost, variable.origin, message);
    known.map(|text| Node::quoted(literal(&text)).at(variable.origin))
}

/// Says of a key of a Secret that another program makes where its value comes from here.
pub(super) fn of_others(key: &SecretRef, name: &str, place: Span, losses: &mut Losses) {
    let message = format!(
        "the Secret `{}`: Compose reads none; `{name}` comes from the environment",
        key.object
    );
    losses.lose(Code::SecretOfOthers, place, message);
}

/// Says of an optional secret that a container gets an empty one where nobody gives a value: Compose
/// passes through, or leaves out, a variable of the same name alone.
fn unset(key: &SecretKey, name: &str, place: Span, losses: &mut Losses) {
    if key.optional && key.from_env != name {
        let message = format!(
            "the absence of `{name}`: it is set and empty where ${} isn't set",
            key.from_env
        );
        losses.lose(Code::AbsenceLost, place, message);
    }
}

/// A variable that is a secret's value and nothing else.
fn whole(key: Option<&SecretKey>, name: &str) -> Node {
    match key {
        // Passed through, and not set where it is missing.
        Some(key) if key.optional && key.from_env == name => Node::new(Kind::Null),
        key => Node::quoted(expression(key, name)),
    }
}

/// The value of a secret; where another program makes it, the variable of the same name.
fn expression(key: Option<&SecretKey>, name: &str) -> String {
    let Some(key) = key else {
        return required(&of_shell(name), OF_CLUSTER);
    };
    if key.optional {
        return optional(&key.from_env);
    }
    required(&key.from_env, &demand(key))
}

fn node(value: String, place: Span, text: &Text) -> Node {
    Node::quoted(value).at(place).also(text.places())
}

/// A value as Compose reads it.
pub(super) fn value(project: &Project, text: &Text, ports: Ports) -> String {
    let told = text.parts().iter().map(|part| {
        let Some(fact) = &part.fact else {
            return literal(&part.text);
        };
        let own = match fact {
            StatedFact::Host(_)
            | StatedFact::ReadHost(_)
            | StatedFact::ContainerPort { .. }
            | StatedFact::DatabasePort(_)
            | StatedFact::DatabaseUser(_)
            | StatedFact::DatabaseName(_)
            | StatedFact::VolumePath { .. }
            | StatedFact::ExternalHost(_)
            | StatedFact::ExternalPort(_) => None,
            StatedFact::ServicePort { tier, port } => container_port(project, tier, port),
            StatedFact::Public { tier, port, member } => {
                project.address((tier, port.as_deref()), *member, ports)
            }
            StatedFact::Config(key) => shared(project, key, ports),
        };
        match own {
            None => literal(&part.text),
            Some(own) if part.in_json => in_json(&own),
            Some(own) => own,
        }
    });
    told.collect()
}

/// There is no Service between two containers.
fn container_port(project: &Project, tier: &str, port: &str) -> Option<String> {
    let mut ports = project.tier(tier)?.ports.iter();
    let found = ports.find(|it: &&Port| it.name == port)?;
    Some(found.container.to_string())
}

/// The value of a shared key, which is made of facts as well.
fn shared(project: &Project, key: &str, ports: Ports) -> Option<String> {
    let setting = project.app.shared(key)?;
    Some(shared_entry(project, setting, ports))
}

/// The value of a key of a ConfigMap.
fn entry(project: &Project, object: &str, setting: &Setting, ports: Ports) -> String {
    let shared = project.app.config.as_ref();
    if shared.is_some_and(|map| map.name == object) {
        shared_entry(project, setting, ports)
    } else {
        value(project, &setting.value, ports)
    }
}

/// The value of a shared key, or the variable of its name where the program has none.
fn shared_entry(project: &Project, setting: &Setting, ports: Ports) -> String {
    if project.app.is_unset(&setting.key) {
        required(&setting.key, UNSET)
    } else {
        value(project, &setting.value, ports)
    }
}

/// A text with the escapes of a string of JSON.
fn in_json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted
        .get(1..quoted.len() - 1)
        .unwrap_or_default()
        .to_owned()
}
