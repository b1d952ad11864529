//! The TextMate grammar: VS Code and others colour by it where no server runs.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use todoc::catalog::keys::{Free, Place};
use todoc::ide::tokens::Kind as Class;

use super::shape::{Shape, name, shapes};

/// A word, and what may not stand beside it.
const WORD: &str = r"[A-Za-z_][A-Za-z0-9_-]*";
const BEFORE: &str = r"(?<![A-Za-z0-9_.-])";
const AFTER: &str = r"(?![A-Za-z0-9_-])";
/// Where a statement ends.
const END: &str = r"(?=[,}#])|$";

/// The scope of a class. Themes know the first words of each.
pub(super) fn scope(class: Class) -> &'static str {
    match class {
        Class::Keyword => "keyword.other.todoc",
        Class::EnumMember => "constant.language.todoc",
        Class::Class => "entity.name.type.todoc",
        Class::Variable => "variable.other.todoc",
        Class::Property => "variable.other.property.todoc",
        Class::Function => "entity.name.function.todoc",
        Class::Macro => "keyword.control.directive.todoc",
        Class::Type => "support.type.todoc",
        Class::String => "string.quoted.double.todoc",
        Class::Number => "constant.numeric.todoc",
        Class::Comment => "comment.line.number-sign.todoc",
    }
}

/// The grammar.
pub(super) fn grammar() -> String {
    let mut repository = Map::new();
    for place in Place::ALL {
        let patterns = json!({ "patterns": statements(*place) });
        repository.insert(name(*place), patterns);
    }
    repository.insert("comment".to_owned(), coloured("#.*$", Class::Comment));
    repository.insert("value".to_owned(), json!({ "patterns": values() }));
    let grammar = json!({
        "information_for_contributors": "Made from the table of statements by tests/suite/grammars.",
        "name": "todoc",
        "scopeName": "source.todoc",
        "fileTypes": ["todo"],
        "firstLineMatch": r"^app[ \t]",
        "patterns": [include("comment"), include(&name(Place::Top))],
        "repository": repository,
    });
    format!("{grammar:#}\n")
}

fn include(key: &str) -> Value {
    json!({ "include": format!("#{key}") })
}

fn coloured(pattern: &str, class: Class) -> Value {
    json!({ "match": pattern, "name": scope(class) })
}

/// Groups of a pattern and their classes, from the first on.
fn captures(classes: &[Class]) -> Value {
    let named = classes.iter().enumerate();
    let all = named.map(|(at, class)| ((at + 1).to_string(), json!({ "name": scope(*class) })));
    Value::Object(all.collect())
}

/// What may stand in any statement besides its own words.
fn values() -> Vec<Value> {
    let reference = |first: &str, second: Class| {
        let class = if second == Class::Variable {
            Class::Keyword
        } else {
            Class::Class
        };
        let pattern = format!(r"{BEFORE}({first})\.({WORD})");
        json!({ "match": pattern, "captures": captures(&[class, second]) })
    };
    vec![
        include("comment"),
        json!({
            "begin": "\"",
            "end": "\"|$",
            "name": scope(Class::String),
            "patterns": [{ "match": r"\\.", "name": "constant.character.escape.todoc" }],
        }),
        reference("config|secret", Class::Variable),
        reference(WORD, Class::Property),
        json!({ "match": format!(r"\.({WORD})"), "captures": captures(&[Class::Property]) }),
        coloured(
            r"(?<![A-Za-z0-9_-])[0-9]+(?:\.[0-9]+)*[A-Za-z%]*(?:\.\.[0-9]+(?:\.[0-9]+)*[A-Za-z%]*)?",
            Class::Number,
        ),
        json!({
            "begin": r"\[",
            "end": r"\]|$",
            "patterns": [include("value")],
        }),
        coloured(&format!("{BEFORE}{WORD}"), Class::EnumMember),
    ]
}

/// The patterns of a place: one for each statement, then what stands for a key there.
fn statements(place: Place) -> Vec<Value> {
    let mut all = vec![include("comment")];
    for (word, shape) in &shapes(place) {
        if shape.is_yaml {
            all.push(yaml(word, shape));
        } else {
            all.push(statement(place, word, shape));
        }
    }
    let keys = |pattern: &str, class: Class, word: Class| {
        let mut patterns = vec![];
        if word != Class::EnumMember {
            patterns.push(coloured(&format!("{BEFORE}{WORD}{AFTER}(?!\\.)"), word));
        }
        patterns.push(include("value"));
        json!({
            "begin": pattern,
            "beginCaptures": captures(&[class]),
            "end": END,
            "patterns": patterns,
        })
    };
    let word = format!("{BEFORE}({WORD})");
    let text = r#"("(?:[^"\\]|\\.)*")"#;
    let free = place.free();
    if free == Free::Variables {
        all.push(coloured(&format!(r"\.\.{WORD}"), Class::Macro));
    }
    if free != Free::Nothing && free != Free::Routes {
        all.push(keys(&word, Class::Variable, Class::EnumMember));
    }
    if matches!(free, Free::Labels | Free::Variables) || place == Place::Config {
        all.push(keys(text, Class::String, Class::EnumMember));
    }
    if free == Free::Routes {
        all.push(keys(text, Class::String, Class::Class));
    }
    all
}

/// A statement: from its word to the end of its line, or of the block that begins there.
fn statement(place: Place, word: &str, shape: &Shape) -> Value {
    let mut begin = format!("{BEFORE}({word}){AFTER}");
    // Where any word is a key, only what can't be one is a statement.
    if place.is_of_keys() {
        begin.push_str(r"(?=[ \t]+[^ \t={},#])");
    }
    let mut classes = vec![Class::Keyword];
    if !shape.lead.is_empty() {
        begin.push_str(&lead(&shape.lead, &shape.fixed));
        classes.extend(&shape.lead);
    }
    let mut patterns = Vec::new();
    for (word, class) in &shape.after {
        let follows = lead(&[*class], &shape.fixed);
        patterns.push(json!({
            "match": format!("{BEFORE}({word}){AFTER}{follows}"),
            "captures": captures(&[Class::EnumMember, *class]),
        }));
    }
    if let Some(class) = shape.rest {
        if !shape.fixed.is_empty() {
            let fixed: Vec<&str> = shape.fixed.iter().copied().collect();
            let fixed = format!("{BEFORE}(?:{}){AFTER}(?!\\.)", fixed.join("|"));
            patterns.push(coloured(&fixed, Class::EnumMember));
        }
        patterns.push(coloured(&format!("{BEFORE}{WORD}{AFTER}(?!\\.)"), class));
    }
    patterns.push(include("value"));
    if !shape.bodies.is_empty() {
        let inside = shape.bodies.iter().map(|place| include(&name(*place)));
        patterns.push(json!({
            "begin": r"\{",
            "end": r"\}",
            "patterns": inside.collect::<Vec<_>>(),
        }));
    }
    json!({
        "begin": begin,
        "beginCaptures": captures(&classes),
        "end": END,
        "patterns": patterns,
    })
}

/// Names that may follow, each only behind the one before it, and none of the statement's own words.
fn lead(classes: &[Class], fixed: &BTreeSet<&str>) -> String {
    let fixed: Vec<&str> = fixed.iter().copied().collect();
    let not = if fixed.is_empty() {
        String::new()
    } else {
        format!("(?!(?:{}){AFTER})", fixed.join("|"))
    };
    classes.iter().rev().fold(String::new(), |behind, _| {
        format!(r"(?:[ \t]+{not}({WORD}){AFTER}(?!\.){behind})?")
    })
}

/// A statement whose block is YAML: its lines are those that are indented.
fn yaml(word: &str, shape: &Shape) -> Value {
    let mut classes = vec![Class::Keyword];
    classes.extend(&shape.lead);
    let names = lead(&shape.lead, &shape.fixed);
    json!({
        "begin": format!(r"^[ \t]*({word}){AFTER}{names}"),
        "beginCaptures": captures(&classes),
        "end": r"^[ \t]*\}|^(?=[^ \t\r\n])",
        "patterns": [
            {
                "begin": r"^(?=([ \t]+)[^ \t}])",
                "while": r"^(?=\1|[ \t]*$)",
                "contentName": "meta.embedded.block.yaml",
                "patterns": [{ "include": "source.yaml" }],
            },
            { "match": r"\{" },
            include("value"),
        ],
    })
}
