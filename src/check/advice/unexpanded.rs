//! Text that names a value as a shell, a template or a reference does: here it stays as it is.

use super::command_line;
use super::readings::{self, LeafKind, Readings};
use crate::catalog::members::members;
use crate::check::findings::Findings;
use crate::check::names::face::TierFace;
use crate::check::names::scope::{Scope, Shared};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{Name, Value, ValueKind};

/// Programs that put variables into what they are given.
const SHELLS: &[&str] = &["sh", "ash", "bash", "dash", "zsh"];

/// Warns of such text in variables, settings, build arguments and commands.
pub(in crate::check) fn check(readings: &Readings<'_, '_>, found: &mut Findings) {
    let scope = readings.scope;
    for face in readings::faces(scope) {
        let tier = face.tier;
        let args = (!starts_shell(&tier.command)).then_some(&tier.args);
        for command in command_line::commands(tier).chain(args) {
            in_command(command, face, readings, found);
        }
    }
    for setting in readings::settings(scope.file) {
        let value = setting.value.iter().filter(|value| may_name(value));
        for leaf in value.flat_map(|value| readings::leaves(value, scope)) {
            if let LeafKind::Text(text) = leaf.kind
                && let Some(diagnostic) = unexpanded(text, leaf.span, scope)
            {
                found.push(diagnostic);
            }
        }
    }
}

/// Warns of the words of a command that name a variable of its tier, unless a shell reads them.
fn in_command(
    command: &[Name],
    face: &TierFace<'_>,
    readings: &Readings<'_, '_>,
    found: &mut Findings,
) {
    // A whole command line in one word is another fault.
    let is_line = matches!(command, [line] if line.value.contains(char::is_whitespace));
    if is_line || starts_shell(command) {
        return;
    }
    for word in command {
        let Some(whole) = variable(&word.value, |name| readings.sees(face, name)) else {
            continue;
        };
        let message =
            format!("no shell puts anything in for `{whole}`: a command gets these very letters");
        found.push(Diagnostic::new(Code::Unexpanded, word.span, message).help(
            "let a shell run it, as in `\"sh\" \"-c\" \"exec server --token $TOKEN\"`, or let the process read the variable",
        ));
    }
}

/// Whether a shell reads a command.
fn starts_shell(command: &[Name]) -> bool {
    let mut programs = command
        .iter()
        .map(|word| word.value.rsplit('/').next().unwrap_or_default());
    programs.any(|program| SHELLS.contains(&program))
}

/// The first `$NAME`, `${NAME}` or `$(NAME)` of a text whose name is known.
fn variable(text: &str, is_known: impl Fn(&str) -> bool) -> Option<&str> {
    text.match_indices('$').find_map(|(at, _)| {
        let behind = &text[at + 1..];
        let inside = behind.strip_prefix(['{', '(']).unwrap_or(behind);
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let length = inside.find(|c| !is_name(c)).unwrap_or(inside.len());
        let end = text.len() - inside.len() + length;
        // Of `${NAME:-default}`, all.
        let closed = text[end..]
            .find(['}', ')'])
            .filter(|_| inside.len() < behind.len());
        let whole = &text[at..closed.map_or(end, |close| end + close + 1)];
        is_known(&inside[..length]).then_some(whole)
    })
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
    let (whole, name) = placeholder(text).or_else(|| braced(text, scope))?;
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

/// The first `{NAME.MEMBER}` of a text that would refer to something, with and without its braces.
fn braced<'t>(text: &'t str, scope: &Scope<'_>) -> Option<(&'t str, &'t str)> {
    in_braces(text).find(|(_, inside)| is_reference(inside, scope))
}

/// What stands between an open brace and the next brace, if that closes it: with and without them. No part of
/// a text is looked through twice.
fn in_braces(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.match_indices('{').filter_map(|(start, _)| {
        let behind = &text[start + 1..];
        let end = behind.find(['{', '}'])?;
        let is_closed = behind[end..].starts_with('}');
        is_closed.then(|| (&text[start..start + end + 2], behind[..end].trim()))
    })
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
    use super::{in_braces, placeholder, variable};

    #[test]
    fn braces_hold_what_stands_before_the_next() {
        for (text, expected) in [
            ("{api.url}/v1", vec![("{api.url}", "api.url")]),
            ("{a{ b.url }}", vec![("{ b.url }", "b.url")]),
            ("{a}{b}", vec![("{a}", "a"), ("{b}", "b")]),
            ("{{{{", vec![]),
            ("{a\u{e9}", vec![]),
            ("}", vec![]),
        ] {
            assert_eq!(in_braces(text).collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn variables_of_shells_have_known_names() {
        let is_known = |name: &str| name == "TOKEN";
        for (text, expected) in [
            ("--token=$TOKEN,x", Some("$TOKEN")),
            ("${OTHER}${TOKEN:-none}", Some("${TOKEN:-none}")),
            ("a${TOKEN}b", Some("${TOKEN}")),
            ("$(TOKEN)", Some("$(TOKEN)")),
            ("$$TOKEN", Some("$TOKEN")),
            ("^a$|TOKEN$", None),
            ("$TOKENS $", None),
        ] {
            assert_eq!(variable(text, is_known), expected, "{text}");
        }
    }

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
