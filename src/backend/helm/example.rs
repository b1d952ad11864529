//! `ci/example-values.yaml`: values with which the chart can be rendered as it is, for linters. No
//! secret of it is one.

use super::pod::owner_of_secrets;
use super::rows;
use super::text::Expressions;
use crate::ir::{Rule, SecretKey};
use crate::yaml::{self, Key, Kind, Node};

/// The file, where the chart asks for values.
pub(super) fn text(head: &str, with: Expressions<'_>) -> Option<String> {
    let mut root = Node::mapping::<&str>([]);
    for (value, name) in rows::of_secrets(with.values).filter(|(value, _)| value.required) {
        let secret = owner_of_secrets(with.shape.app, value.thing.as_deref())?;
        let key = secret.keys.iter().find(|key| key.name == name)?;
        put(&mut root, &value.path, Node::quoted(fake(key)));
    }
    for value in &with.values.all {
        if value.required && value.field.starts_with("config.") {
            put(&mut root, &value.path, Node::quoted("example"));
        }
    }
    let is_empty = root.kind == Kind::Mapping(Vec::new());
    (!is_empty).then(|| yaml::print(head, &[root]))
}

/// Sets the value at a path.
pub(super) fn put(node: &mut Node, path: &[String], value: Node) {
    let Some((first, rest)) = path.split_first() else {
        *node = value;
        return;
    };
    let Kind::Mapping(fields) = &mut node.kind else {
        return;
    };
    let at = fields.iter().position(|(key, _)| key == first);
    let at = at.unwrap_or_else(|| {
        fields.push((Key::from(first.clone()), Node::mapping::<&str>([])));
        fields.len() - 1
    });
    if let Some((_, below)) = fields.get_mut(at) {
        put(below, rest, value);
    }
}

/// A text that keeps to the rules of a secret, and opens nothing.
fn fake(key: &SecretKey) -> String {
    let mut text = String::new();
    for rule in &key.rules {
        match rule {
            Rule::Url { scheme } => text = format!("{scheme}://example.invalid/example"),
            Rule::StartsWith(start) => text.insert_str(0, start),
            Rule::MinLength(_) | Rule::UrlSafe => {}
        }
    }
    text.push_str("example");
    for rule in &key.rules {
        if let Rule::MinLength(least) = rule {
            let least = usize::try_from(*least).unwrap_or(usize::MAX).min(1 << 20);
            while text.chars().count() < least {
                text.push_str("-example");
            }
        }
    }
    text
}
