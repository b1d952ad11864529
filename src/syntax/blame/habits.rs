//! Forms that people bring from YAML, Compose, shells and other languages, and how they are written
//! here.

use super::{is_digits, sized, token, unexpected};
use crate::catalog::keys;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

/// What to say of text without quotes that was hardly meant as text: two ports, a range, a path on a
/// reference. `word` is that of its statement, where it is known.
pub(super) fn no_text(word: &str, text: &str, span: Span) -> Option<Diagnostic> {
    let wrong = |message: String| Diagnostic::new(Code::UnexpectedText, span, message);
    let write = |right: String| {
        let title = format!("write `{right}`");
        wrong(format!("`{text}` can't be read")).maybe(title, span, right)
    };
    let is_number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let is_plain = |text: &str| text.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'.');
    if let Some((outside, inside)) = text.split_once(':') {
        match word {
            // Compose's order: the port outside, then the one inside.
            "port" | "ports" | "expose" if is_digits(outside) && is_digits(inside) => {
                return Some(write(ports(outside, inside)));
            }
            "needs" if is_digits(inside) => return Some(write(outside.to_owned())),
            "user" if is_digits(outside) && outside == inside => {
                let title = format!("write `{outside}`: it means the group as well");
                let diagnostic = wrong(format!("`{text}` can't be read"));
                return Some(diagnostic.fix(title, span, outside));
            }
            "user" if is_digits(outside) => {
                let help = format!("write `{outside}`: the group has the number of the user");
                return Some(wrong(format!("`{text}` can't be read")).help(help));
            }
            _ => {}
        }
        if inside.starts_with('/') && !inside.starts_with("//") && is_plain(outside) {
            let help = format!("write the path behind a word of its own: `at \"{inside}\"`");
            return Some(wrong(format!("`{text}` can't be read")).help(help));
        }
    }
    if let Some((name, port)) = text.split_once('.')
        && port.len() > 1
        && is_digits(port)
        && name.len() > 1
        && name.bytes().all(|c| c.is_ascii_lowercase())
    {
        let help = format!("write `{name}.port`, or of a port with a name `{name}.metrics.port`");
        return Some(wrong(format!("`{text}` can't be read")).help(help));
    }
    if let Some((major, "x" | "X" | "*")) = text.split_once('.')
        && is_digits(major)
    {
        return Some(write(major.to_owned()));
    }
    match text.split_once('/') {
        Some((port, "tcp")) if is_digits(port) => return Some(write(port.to_owned())),
        Some((port, "udp")) if is_digits(port) => {
            return Some(write(format!("{port} udp")));
        }
        _ => {}
    }
    if let Some((from, to)) = text.split_once('-')
        && is_plain(from)
        && is_plain(to)
    {
        if is_number(from) && is_number(to) {
            return Some(write(format!("{from}..{to}")));
        }
        if is_number(from) && matches!(to, "slim" | "alpine") {
            return Some(write(format!("{from} {to}")));
        }
        if from.is_empty() && is_number(to) {
            let help = "write a number without a sign";
            return Some(wrong(format!("`{text}` is below nothing")).help(help));
        }
    }
    if let Some(slash) = text.find('/')
        && let (reference, path) = text.split_at(slash)
        && let Some((_, member)) = reference.split_once('.')
        && matches!(
            member,
            "url" | "public_url" | "ws_url" | "public_ws_url" | "origin"
        )
    {
        return Some(write(format!("{reference} \"{path}\"")));
    }
    None
}

/// The ports of a Service and of its container, as they are written here.
pub(in crate::syntax) fn ports(outside: &str, inside: &str) -> String {
    if outside == inside {
        inside.to_owned()
    } else {
        format!("{inside} as {outside}")
    }
}

/// What to say of signs that `text` begins with, where they stand for something in other languages.
pub(super) fn signs(text: &str, span: Span) -> Option<Diagnostic> {
    let at = |length: usize| sized(span, length);
    if text.starts_with("...") {
        let dots = text.len() - text.trim_start_matches('.').len();
        let title = "write two dots: `..config`";
        return Some(unexpected("...", at(dots)).fix(title, at(dots), ".."));
    }
    if text.starts_with("..") && !text[2..].starts_with(|c: char| c.is_ascii_graphic()) {
        let help = "write a range without blanks: `128Mi..512Mi`";
        return Some(unexpected("..", at(2)).help(help));
    }
    if text.starts_with("->") {
        let help = "write the Service's port behind `as`: `port 3000 as 80`";
        return Some(unexpected("->", at(2)).help(help));
    }
    if text.starts_with('(') {
        let help = "write what belongs to a word behind a blank, without parentheses: `needs db`";
        return Some(unexpected("(", at(1)).help(help));
    }
    if text.starts_with('>') && !text.starts_with(">>") {
        let title = "write `NAME = value`, with `=` alone";
        return Some(unexpected(">", at(1)).fix(title, at(1), ""));
    }
    None
}

/// What to say of a colon behind the word of a statement, with what follows on its line.
pub(in crate::syntax) fn colon(word: &str, rest: &str, span: Span) -> Diagnostic {
    let place = sized(span, 1);
    let diagnostic = unexpected(":", place);
    let is_key = word
        .bytes()
        .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == b'_');
    let says_more = !rest[1..].trim().is_empty();
    if keys::all().any(|row| row.word == word) {
        diagnostic.fix("delete it: no colon follows a word", place, "")
    } else if is_key && says_more {
        diagnostic.fix(format!("write `{word} = value`"), place, " =")
    } else {
        diagnostic.help("write `port 3000`, without a colon, and variables as `NAME = value`")
    }
}

/// What to say of a dot in the name of a variable.
pub(in crate::syntax) fn dotted(word: &str, rest: &str, span: Span) -> Option<Diagnostic> {
    let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let end = rest.find(|c: char| !known(c)).unwrap_or(rest.len());
    let is_setting = rest[end..].trim_start().starts_with('=');
    let key = rest[..end].trim_start_matches('.');
    if matches!(word, "config" | "secret") && !key.is_empty() && !is_setting {
        let message = format!("`{word}.{key}` is a value, and a name is expected here");
        return Some(
            Diagnostic::new(Code::UnexpectedText, sized(span, end), message).help(format!(
                "write `{key}` alone, or `NAME = {word}.{key}` for another name"
            )),
        );
    }
    if !rest.starts_with('.') || !is_setting {
        return None;
    }
    let name = format!("{word}{}", &rest[..end]);
    let plain = name.replace(['.', '-'], "_");
    let message = format!("a dot can't stand in a name without quotes: `{name}`");
    Some(
        Diagnostic::new(Code::UnexpectedText, sized(span, end), message).help(format!(
            "in `env`, write `\"{name}\"`; a key or a build argument may be `{plain}`"
        )),
    )
}

/// A sign that stands for a computation in other languages, or anything else that can't stand there.
pub(super) fn operator(text: &str, span: Span) -> Diagnostic {
    let diagnostic = token(text, span);
    match text.chars().next() {
        Some('*') if text.starts_with("* *") => {
            diagnostic.help("write a schedule in double quotes: `\"30 3 * * *\"`")
        }
        Some('%') => diagnostic.help("write it behind its number, without a blank: `70%`"),
        Some('|' | '?' | '*' | '&' | '<' | '>' | '!' | '^') => diagnostic.help(
            "nothing is computed here: write the value itself, and what differs in a `target`",
        ),
        _ => diagnostic,
    }
}
