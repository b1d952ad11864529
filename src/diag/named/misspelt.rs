//! Values of secrets where a statement isn't as it should be: without its `=`, with the operator of another
//! language, or as a line of another tool. The message quotes such a line, and has to leave the value out.

use super::{inside, is_mixed, is_reference, is_value, word, words};
use crate::catalog::secret_names::names_a_secret;
use crate::diag::logins::LONGEST_NAME;
use std::ops::Range;

/// Names that a value may follow, beside those that are written as variables are.
const WORDS: &[&str] = &[
    "masterauth",
    "passphrase",
    "passwd",
    "password",
    "requirepass",
];
/// What stands between a name and its value in other languages; the longer ones first.
const OPERATORS: &[&str] = &[":=", "+=", "?=", "==", "=>", "=", ":"];
/// What may stand in front of a value behind an operator.
const FRONTS: &[&str] = &["secret.", "-", "$", "<", "("];
/// What a value is given as, in the block of a secret and in lists of other tools.
const GIVES: &[&str] = &["default", "value", "Value"];
/// So far, in bytes, a block of a secret is looked at.
const LONGEST_BLOCK: usize = 512;
/// The least length of a word in such a block that is taken for a value.
const LEAST_IN_BLOCK: usize = 8;

/// The values in a text that are written so; in time linear in its length.
pub(super) fn misspelt(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for name in names(text) {
        let word = &text[name.clone()];
        if GIVES.contains(&word) && is_of_secret(text, name.start) {
            found.extend(behind(text, name.end));
        } else if word == "secret" {
            found.extend(declared(text, name.end));
        } else if is_variable(word) && names_a_secret(word) || WORDS.contains(&word) {
            found.extend(behind(text, name.end));
        }
    }
    found
}

/// The words of a text that may be names.
fn names(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.".contains(byte);
    let mut at = 0;
    std::iter::from_fn(move || {
        let bytes = text.as_bytes();
        let start = at + bytes.get(at..)?.iter().position(is_name)?;
        let length = bytes[start..].iter().position(|byte| !is_name(byte));
        at = length.map_or(bytes.len(), |length| start + length);
        Some(start..at)
    })
    .filter(|it| it.len() <= LONGEST_NAME)
}

/// Whether a word is written as a variable of the environment is.
fn is_variable(word: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    word.bytes().all(is_part) && !word.starts_with(|c: char| c.is_ascii_digit())
}

/// The values behind the end of a name: several strings in a row, or one word.
fn behind(text: &str, end: usize) -> Vec<Range<usize>> {
    let rest = text[end..].trim_start_matches(['"', '\'']);
    let bare = rest.trim_start_matches([' ', '\t']);
    let operator = OPERATORS.iter().find(|it| bare.starts_with(**it));
    if operator.is_none() && bare.len() == text.len() - end {
        return Vec::new();
    }
    let mut rest = bare[operator.map_or(0, |it| it.len())..].trim_start_matches([' ', '\t']);
    let front = operator.and_then(|_| FRONTS.iter().find(|it| rest.starts_with(**it)));
    rest = &rest[front.map_or(0, |it| it.len())..];
    let mut found = Vec::new();
    let mut from = text.len() - rest.len();
    while let Some(string) = inside(text, from) {
        from = (string.end + 1).min(text.len());
        if is_value(&text[string.clone()]) {
            found.push(string);
        }
        let rest = text.get(from..).unwrap_or_default();
        from += rest.len() - rest.trim_start_matches([' ', '\t']).len();
    }
    if found.is_empty() {
        let word = word(rest);
        let stands_for = front == Some(&"<") && rest[word.len()..].starts_with('>');
        if is_bare_value(word) && !stands_for {
            let from = text.len() - rest.len();
            found.push(from..from + word.len());
        }
    }
    found
}

/// Whether a word without quotes is the value of a secret.
fn is_bare_value(word: &str) -> bool {
    is_value(word) && is_mixed(word) && !is_variable(word) && !is_reference(word)
}

/// Whether what stands in front of `value` says the name of a secret: `name: DB_PASSWORD` in YAML, or
/// `"name": "DB_PASSWORD",` in JSON.
fn is_of_secret(text: &str, at: usize) -> bool {
    let mut from = at.saturating_sub(2 * LONGEST_NAME);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = text[from..at].trim_end_matches([' ', '\t', '\n', '\r', '"', '\'', ',']);
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    let rest = before.trim_end_matches(is_name);
    let name = &before[rest.len()..];
    let key = rest.trim_end_matches([' ', '\t', '"', '\'', ':', '=']);
    names_a_secret(name)
        && ["name", "Name", "key", "Key"]
            .iter()
            .any(|it| key.ends_with(it))
}

/// The values in a statement `secret` that say one, in place of where it comes from.
fn declared(text: &str, end: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut line = words(text, end);
    let (Some(_name), Some(next)) = (line.next(), line.next()) else {
        return found;
    };
    if text.get(next.clone()) != Some("from") {
        if let Some(string) = inside(text, next.start) {
            found.extend(Some(string).filter(|it| is_value(&text[it.clone()])));
        } else if is_bare_value(word(&text[next.start..])) {
            found.push(next.start..next.start + word(&text[next.start..]).len());
        }
        return found;
    }
    let mut most = text.len().min(end + LONGEST_BLOCK);
    while !text.is_char_boundary(most) {
        most -= 1;
    }
    let rest = &text[next.end..most];
    let first_line = rest.find('\n').unwrap_or(rest.len());
    let Some(open) = rest[..first_line].find('{') else {
        return found;
    };
    let block = &rest[open + 1..];
    let block = &block[..block.find('}').unwrap_or(block.len())];
    let mut from = next.end + open + 1;
    for line in block.split_inclusive(['\n', ',']) {
        let bare = line.trim_start();
        let at = from + line.len() - bare.len();
        let head = word(bare);
        if GIVES.contains(&head) {
            found.extend(behind(text, at + head.len()));
        } else if let Some(string) = inside(text, at) {
            found.extend(Some(string).filter(|it| is_value(&text[it.clone()])));
        } else if head.len() >= LEAST_IN_BLOCK && is_bare_value(head) {
            found.push(at..at + head.len());
        }
        from += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::named;

    #[test]
    fn values_in_statements_that_are_nearly_right_are_found() {
        const VALUE: &str = "Tr0ub4dor3xQz";
        for text in [
            "env { DB_PASSWORD \"V\" }",
            "env { DB_PASSWORD V }",
            "secret DB_PASSWORD V",
            "secret WHAT V",
            "secret WHAT \"V\"",
            "secret WHAT from env { value V }",
            "secret WHAT from env { default \"V\" }",
            "secret WHAT from env { \"V\" }",
            "secret WHAT from env { V }",
            "secret WHAT from env {\n  url \"postgresql\"\n  value V\n}",
            "config { DB_PASSWORD := \"V\" }",
            "config { DB_PASSWORD += \"V\" }",
            "config { DB_PASSWORD == \"V\" }",
            "config { DB_PASSWORD => \"V\" }",
            "config { DB_PASSWORD = (\"V\") }",
            "env { DB_PASSWORD = -V }",
            "env { DB_PASSWORD = $V }",
            "env { DB_PASSWORD = <V }",
            "env { DB_PASSWORD = secret.\"V\" }",
            "redis r { version 8, requirepass V }",
            "password V\n",
            "- name: DB_PASSWORD\n  value: V\n",
            "- name: \"DB_PASSWORD\"\n  value: \"V\"\n",
            "{ \"name\": \"DB_PASSWORD\", \"value\": \"V\" }",
        ] {
            let text = text.replace('V', VALUE);
            let text = text.replace("Tr0ub4dor3xQzalue", "Value");
            let found: Vec<_> = named(&text).into_iter().map(|it| &text[it]).collect();
            assert!(!found.is_empty(), "{text}");
            assert!(found.iter().all(|it| *it == VALUE), "{text}: {found:?}");
        }
        let both = "env { DB_PASSWORD = \"hunter2a\" \"hunter2b\" }";
        let found: Vec<_> = named(both).into_iter().map(|it| &both[it]).collect();
        assert_eq!(found, ["hunter2a", "hunter2b"]);
    }

    #[test]
    fn right_statements_have_no_values() {
        for text in [
            "secret STRIPE_KEY2 from env { url \"postgresql\", length 32 }",
            "secret A2 from object \"shop-db-1\" { starts_with \"sk_\" }",
            "env { API_KEY, TOKEN2 }",
            "env { API_KEY TOKEN2 }",
            "DB_PASSWORD = db2.password",
            "DB_PASSWORD = <a-password-1>",
            "cron rotate-token2 \"@daily\"",
            "volume secrets 10Gi at \"/srv2/x\"",
            "port token 8080",
            "- name: COLOUR\n  value: Tr0ub4dor3xQz\n",
            "value Tr0ub4dor3xQz",
            "password",
            "DB_PASSWORD",
            "DB_PASSWORD =",
            "secret",
            "secret A from env {",
            "é value: é",
        ] {
            let found = named(text);
            assert!(found.is_empty(), "{text}: {found:?}");
        }
    }
}
