//! Files of values, such as `.env`, given in place of a program. Any line of one may hold a secret, so that
//! none is shown.

use crate::catalog::keys::{Place, rows};
use crate::diag::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// What to say of a text that is a file of values, and nothing else of it.
pub(super) fn told(file: FileId, text: &str) -> Option<Diagnostic> {
    if !holds_values(text) {
        return None;
    }
    let whole = Span::new(file, 0..text.len());
    Some(
        Diagnostic::new(
            Code::UnexpectedText,
            Span::new(file, 0..0),
            "this is a file of values, and no program of todoc",
        )
        .help(
            "name the program, and this file behind `--env-file`: `todoc secrets check app.todo \
             --env-file FILE`",
        )
        .mask(whole),
    )
}

/// Whether a text has a line `NAME=value`, or `NAME: value` in capitals, and none that begins a
/// statement of the first column or a block. Lines within the quotes of a value are none of its own.
#[must_use]
pub fn holds_values(text: &str) -> bool {
    let mut has_value = false;
    let mut open = None;
    for line in text.trim_start_matches('\u{feff}').lines() {
        if let Some(quote) = open {
            if line.contains(quote) {
                open = None;
            }
            continue;
        }
        if let Some(value) = value(line) {
            has_value = true;
            let quote = value.chars().next().filter(|it| matches!(it, '\'' | '"'));
            open = quote.filter(|quote| !value[1..].contains(*quote));
        } else if begins_statement(line) || line.trim_end().ends_with('{') {
            return false;
        }
    }
    has_value
}

/// What shells have in front of a name.
const BEFORE: [&str; 6] = [
    "export ",
    "set ",
    "setenv ",
    "declare -x ",
    "$env:",
    "$Env:",
];

/// What stands behind the name that a line gives a value.
fn value(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let before = BEFORE.into_iter().find(|it| line.starts_with(it));
    let bare = line[before.map_or(0, str::len)..].trim_start();
    let quote = bare.chars().next().filter(|it| matches!(it, '\'' | '"'));
    let bare = quote.map_or(bare, |_| &bare[1..]);
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let end = bare.find(|c| !is_part(c))?;
    let (name, behind) = bare.split_at(end);
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let is_capital = !name.contains(|c: char| c.is_ascii_lowercase());
    let behind = quote.map_or(Some(behind), |quote| behind.strip_prefix(quote))?;
    let behind = behind.trim_start();
    let value = match behind.strip_prefix(':') {
        Some(value) if is_capital => value,
        _ if before == Some("setenv ") => behind,
        _ => behind.strip_prefix('=')?,
    };
    begins.then_some(value.trim_start())
}

/// Whether a line begins with a word that stands in the first column, and more.
fn begins_statement(line: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let end = line.find(|c| !is_part(c)).unwrap_or(line.len());
    let (word, behind) = line.split_at(end);
    let is_known = rows(Place::Top).any(|row| row.word == word);
    is_known && (behind.is_empty() || behind.starts_with([' ', '\t', '{']))
}

#[cfg(test)]
mod tests {
    use super::holds_values;

    #[test]
    fn files_of_values_are_known() {
        for text in [
            "API_KEY=hunter2",
            "# comment\n\n  export API_KEY='a'\r\n",
            "\u{feff}A=\n",
            "API KEY hunter2\nB=c",
            "api_key = hunter2",
            "API_KEY: hunter2\nOTHER: 'x'\n",
            "KEY='-----BEGIN\napp x {\ntier y\n-----END'\nB=1\n",
            "KEY=\"never ends\napp x\n",
            "app=hunter2\n",
            "my-app.pw=hunter2\n",
            "set API_KEY=hunter2\r\n",
            "setenv API_KEY hunter2\n",
            "$env:API_KEY = 'hunter2'\n",
            "\"API_KEY\": \"hunter2\"\n",
            "'api-key'=hunter2\n",
        ] {
            assert!(holds_values(text), "{text:?}");
        }
        for text in [
            "",
            "# A=b\n",
            "app todo\nA=b\n",
            "A=b\ntier web { image \"a\" }\n",
            "config { A = \"b\" }",
            "config {\n  A=\"b\"\n}",
            "tier web",
            "tir web {\n  port 80\n}\n",
            "services:\n  web: a\n",
            "tir web {\n  env {\n    A = \"b\"\n  }\n}\n",
        ] {
            assert!(!holds_values(text), "{text:?}");
        }
    }
}
