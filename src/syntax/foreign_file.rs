//! Compose files, Kubernetes objects and Dockerfiles, given in place of a program.

use crate::diag::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// What to say of a text that is a file of another kind, and nothing else of it.
pub(super) fn told(file: FileId, text: &str) -> Option<Diagnostic> {
    let start = first(text)?;
    let line = text[start..].lines().next().unwrap_or_default().trim_end();
    let is_yaml = line == "---" || key(line).is_some();
    let has = |wanted: &str| text.lines().any(|line| key(line) == Some(wanted));
    let (kind, instead) = if is_yaml && has("services") {
        ("a Compose file", "write each of its services as a `tier`")
    } else if is_yaml && has("apiVersion") && has("kind") {
        (
            "a file of Kubernetes objects",
            "write each of its workloads as a `tier`: the objects follow from that",
        )
    } else if line.split_whitespace().next() == Some("FROM") {
        (
            "a Dockerfile",
            "name the folder that it is in: `build dockerfile \"./folder\"` in a `tier`",
        )
    } else {
        return None;
    };
    // What stands behind a key may be a secret.
    let behind = start + key(line).map_or(line.len(), |key| key.len() + 1);
    let end = start + line.len();
    let message = format!("this is {kind}, and no program of todoc");
    let diagnostic = Diagnostic::new(
        Code::UnexpectedText,
        Span::new(file, start..behind),
        message,
    );
    let diagnostic = if behind < end {
        diagnostic.mask(Span::new(file, behind..end))
    } else {
        diagnostic
    };
    Some(diagnostic.help(format!(
        "{instead}; `todoc init` writes a first program from the folders that it finds"
    )))
}

/// Where the first line begins that is neither blank nor a comment.
fn first(text: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_start_matches('\u{feff}').trim();
        if !words.is_empty() && !words.starts_with('#') {
            return Some(at);
        }
        at += line.len();
    }
    None
}

/// The key of YAML that begins a line in its first column.
fn key(line: &str) -> Option<&str> {
    let (key, behind) = line.split_once(':')?;
    let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key
            .bytes()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_'));
    (is_key && (behind.is_empty() || behind.starts_with([' ', '\t', '\r']))).then_some(key)
}
