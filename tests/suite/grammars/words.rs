//! Lists of words, for editors that want no more: Emacs, and snippets of VS Code.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use todoc::catalog::keys::{self, Place, Row};
use todoc::ide::completion::snippet;

use super::queries::between;
use super::shape::{name, shapes};

/// Each statement of the first column, of tiers and of applications as a snippet. Other places have
/// theirs from the server alone: a snippet knows nothing of where it is written.
pub(super) fn snippets() -> String {
    let mut all = Map::new();
    for place in [Place::Top, Place::App, Place::Tier] {
        for row in keys::rows(place) {
            let key = unique(
                &all,
                &format!("{}: {}", name(place), todoc::syntax::usage(row)),
            );
            all.insert(
                key,
                json!({
                    "prefix": row.word,
                    "body": body(row),
                    "description": row.doc,
                }),
            );
        }
    }
    format!("{:#}\n", Value::Object(all))
}

fn unique(all: &Map<String, Value>, key: &str) -> String {
    let mut key = key.to_owned();
    while all.contains_key(&key) {
        key.push('\'');
    }
    key
}

/// The lines of a snippet, indented by tabs, which editors take for the file's own indentation.
fn body(row: &Row) -> Vec<String> {
    let text = snippet(row);
    text.lines().map(|line| line.replace("  ", "\t")).collect()
}

/// The mode for Emacs: its lists stand between the marks of a file that is written by hand.
pub(super) fn emacs(file: &str) -> String {
    let mut statements = BTreeSet::new();
    let mut fixed = BTreeSet::new();
    for place in Place::ALL {
        for (word, shape) in shapes(*place) {
            statements.insert(word);
            fixed.extend(shape.fixed);
        }
    }
    let lists = [
        (
            "todoc-mode--statements",
            "Words that statements begin with.",
            statements,
        ),
        ("todoc-mode--fixed", "Fixed words within statements.", fixed),
    ];
    let lists = lists.map(|(name, doc, words)| {
        let words: Vec<_> = words.iter().map(|word| format!("    \"{word}\"")).collect();
        format!(
            "(defconst {name}\n  '(\n{})\n  \"{doc}\")\n",
            words.join("\n")
        )
    });
    between(
        file,
        ";; Made from the table of statements by tests/suite/grammars.\n",
        ";; End of what is made.\n",
        &lists.join("\n"),
    )
}
