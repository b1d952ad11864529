//! Text that names a value as a shell, a template or a reference does: here it stays as it is.

use std::collections::BTreeSet;

use super::findings::Findings;
use super::readings::{self, LeafKind};
use super::scope::{Scope, Shared};
use crate::catalog::members::members;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{Name, Value, ValueKind};

/// Warns of such text in variables, settings and build arguments.
pub(super) fn check(scope: &Scope<'_>, found: &mut Findings) {
    let wanted = |_: &Name, value: Option<&Value>| value.is_some_and(may_name);
    let mut seen = BTreeSet::new();
    for reading in readings::all(scope, wanted) {
        if !reading.value.is_some_and(may_name) {
            continue;
        }
        for leaf in reading.leaves(scope) {
            let LeafKind::Text(text) = leaf.kind else {
                continue;
            };
            if let Some(diagnostic) = unexpanded(text, leaf.span, scope)
                && seen.insert(leaf.span)
            {
                found.push(diagnostic);
            }
        }
    }
}

/// Whether a value is, or lists, text that may name another value.
fn may_name(value: &Value) -> bool {
    match &value.kind {
        ValueKind::Text(text) => text.contains(['$', '.']) || text.contains("{{"),
        ValueKind::List(items) | ValueKind::Json(items) => items.iter().any(may_name),
        ValueKind::Bare(_) | ValueKind::Reference(_) => false,
    }
}

/// What to say of text that names a value.
fn unexpanded(text: &str, span: Span, scope: &Scope<'_>) -> Option<Diagnostic> {
    if is_reference(text, scope) {
        let message = format!("`{text}` stands in quotes, and stays these very letters");
        let diagnostic = Diagnostic::new(Code::Unexpanded, span, message);
        return Some(diagnostic.maybe(format!("write `{text}`"), span, text));
    }
    let (whole, name) = placeholder(text)?;
    let message = format!("nothing is put in for `{whole}`: text stays as it is written");
    let diagnostic = Diagnostic::new(Code::Unexpanded, span, message);
    if let Some((right, path)) = as_reference(text, whole, name, scope) {
        let path = if path.is_empty() {
            String::new()
        } else {
            format!(" {}", serde_json::Value::from(path))
        };
        let right = format!("{right}{path}");
        return Some(diagnostic.maybe(format!("write `{right}`"), span, right));
    }
    Some(match scope.shared.get(name) {
        Some(Shared::Secret(secret)) => diagnostic.also(secret.span, "declared here").help(
            "let the secret be the whole value, as in `secret DATABASE_URL from env`, or let the process put the parts together",
        ),
        Some(Shared::Config(_)) | None => diagnostic
            .help("write the value out, or refer to another one: `api.url \"/v1\"`, `config.KEY`"),
    })
}

/// The first `${NAME}`, `$(NAME)` or `{{ NAME }}` of a text, whole and without its signs.
fn placeholder(text: &str) -> Option<(&str, &str)> {
    let signs = [("${", "}"), ("$(", ")"), ("{{", "}}")];
    let found = signs.iter().filter_map(|(open, close)| {
        let start = text.find(open)?;
        let inside = &text[start + open.len()..];
        let end = inside.find(close)?;
        let whole = &text[start..start + open.len() + end + close.len()];
        // Of `${NAME:-default}`, the name.
        let name = inside[..end].trim().split([':', '-', '|', ' ']).next()?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || "_.".contains(c);
        (!name.is_empty() && name.chars().all(is_name)).then_some((start, whole, name))
    });
    let (_, whole, name) = found.min_by_key(|(start, ..)| *start)?;
    Some((whole, name))
}

/// What a text with a placeholder would be as a reference with a path.
fn as_reference<'t>(
    text: &'t str,
    whole: &str,
    name: &'t str,
    scope: &Scope<'_>,
) -> Option<(&'t str, &'t str)> {
    let path = text.strip_prefix(whole)?;
    let fits = path.is_empty() || path.starts_with(['/', '?']);
    (fits && is_reference(name, scope)).then_some((name, path))
}

/// Whether a text is what would refer to something, were it not in quotes.
fn is_reference(text: &str, scope: &Scope<'_>) -> bool {
    let Some((owner, member)) = text.split_once('.') else {
        return false;
    };
    if matches!(owner, "config" | "secret") {
        return scope.shared.contains_key(member);
    }
    scope
        .things
        .get(owner)
        .is_some_and(|thing| members(thing.owner()).any(|known| known.word == member))
}

#[cfg(test)]
mod tests {
    use super::placeholder;

    #[test]
    fn placeholders_have_names() {
        for (text, expected) in [
            ("a ${HOST:-b} c", Some(("${HOST:-b}", "HOST"))),
            ("$(A)${B}", Some(("$(A)", "A"))),
            (
                "{{ .Values.tag }}",
                Some(("{{ .Values.tag }}", ".Values.tag")),
            ),
            ("${{ secrets.A }}", Some(("{{ secrets.A }}", "secrets.A"))),
            ("$5 (or more)", None),
            ("${}", None),
            ("${a b", None),
            ("{\"a\": {\"b\": {}}}", None),
            ("$(echo \"x\")", Some(("$(echo \"x\")", "echo"))),
        ] {
            assert_eq!(placeholder(text), expected, "{text}");
        }
    }
}
