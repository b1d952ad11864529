//! A container's variables.

use crate::catalog::members::PodMember;
use crate::ir::{EnvFrom, EnvFromKind, Piece, SecretRef, Value, Variable};
use crate::source::Span;
use crate::yaml::{Node, map};

/// Variables, in their order: a composed one refers to those before it.
pub(super) fn variables(variables: &[Variable]) -> Vec<Node> {
    variables.iter().map(variable).collect()
}

/// Objects whose keys are all variables.
pub(super) fn sources(sources: &[EnvFrom]) -> Vec<Node> {
    let source = |from: &EnvFrom| {
        let object = map! { "name": &from.object };
        let source = match from.kind {
            EnvFromKind::ConfigMap => map! { "configMapRef": object },
            EnvFromKind::Secret => map! { "secretRef": object },
        };
        source.at(from.origin)
    };
    sources.iter().map(source).collect()
}

/// A variable with a plain value.
pub(super) fn plain(name: &str, value: &str) -> Node {
    map! { "name": name, "value": Node::quoted(literal(value)) }
}

/// A variable that holds a Secret's key.
pub(super) fn secret(name: &str, key: &SecretRef) -> Node {
    let reference = map! {
        "name": &key.object,
        "key": &key.key,
        "optional": key.optional.then_some(true),
    };
    map! { "name": name, "valueFrom": map! { "secretKeyRef": reference } }
}

/// Text that Kubernetes takes literally in a variable's value, a command and its arguments. There
/// `$(NAME)` stands for a variable and `$$` for one `$`; every `$` is doubled, since a lone one at
/// the end of a text would meet the next text's parenthesis.
pub(in crate::backend) fn literal(text: &str) -> String {
    text.replace('$', "$$")
}

fn variable(variable: &Variable) -> Node {
    let name = &variable.name;
    let node = match &variable.value {
        Value::Text(text) => plain(name, &text.joined()),
        Value::Config { object, key } => config(name, object, key),
        Value::Secret(key) => secret(name, key),
        Value::Pod(member) => {
            let field = map! { "fieldPath": field_path(*member) };
            map! { "name": name, "valueFrom": map! { "fieldRef": field } }
        }
        Value::Composed(pieces) => {
            let text: String = pieces.iter().map(piece).collect();
            map! { "name": name, "value": Node::quoted(text) }
        }
    };
    node.at(variable.origin).also(places(&variable.value))
}

/// The field of a pod that holds it, of those that the downward API knows.
fn field_path(member: PodMember) -> &'static str {
    match member {
        PodMember::Name => "metadata.name",
        PodMember::Ip => "status.podIP",
        PodMember::Namespace => "metadata.namespace",
        PodMember::Node => "spec.nodeName",
        PodMember::NodeIp => "status.hostIP",
        PodMember::Account => "spec.serviceAccountName",
    }
}

/// The statements that a value is made from.
fn places(value: &Value) -> Vec<Span> {
    match value {
        Value::Text(text) => text.places().collect(),
        Value::Composed(pieces) => pieces.iter().flat_map(places_of_piece).collect(),
        Value::Config { .. } | Value::Secret(_) | Value::Pod(_) => Vec::new(),
    }
}

fn places_of_piece(piece: &Piece) -> Vec<Span> {
    match piece {
        Piece::Text(text) => text.places().collect(),
        Piece::Secret { origin, .. } => vec![*origin],
    }
}

fn config(name: &str, object: &str, key: &str) -> Node {
    let reference = map! { "name": object, "key": key };
    map! { "name": name, "valueFrom": map! { "configMapKeyRef": reference } }
}

fn piece(piece: &Piece) -> String {
    match piece {
        Piece::Text(text) => literal(&text.joined()),
        Piece::Secret { variable, .. } => format!("$({variable})"),
    }
}
