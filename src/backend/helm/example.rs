//! `ci/example-values.yaml`: values with which the chart can be rendered as it is, for linters. No
//! secret of it is one.

use super::nested::Nested;
use super::rows;
use super::text::Expressions;
use crate::ir::{Rule, SecretKey};
use crate::yaml::{self, Node};

/// The file, where the chart asks for values.
pub(super) fn text(head: &str, with: Expressions<'_>) -> Option<String> {
    let mut root = Nested::default();
    for (value, name) in rows::of_secrets(with.values).filter(|(value, _)| value.required) {
        let key = with.shape.secret_key(value.thing.as_deref(), name)?;
        root.put(&value.path, Node::quoted(fake(key)));
    }
    for value in &with.values.all {
        if value.required && value.field.starts_with("config.") {
            root.put(&value.path, Node::quoted("example"));
        }
    }
    (!root.is_empty()).then(|| yaml::print(head, &[root.into_node()]))
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
