//! Keys of Compose files and fields of Kubernetes objects, written in a program as they are written there:
//! each is one error at its line, and says what stands here instead.

use todoc::catalog::foreign_formats::{Answer, FORMATS};
use todoc::catalog::keys::{Place, rows};
use todoc::check_all;
use todoc::diag::render;
use todoc::source::SourceMap;

use crate::mistakes::found;
use crate::support::{named, report};

/// How people write a key and what belongs to it, before they know how it is done here.
const SPELLINGS: &[&str] = &[
    "KEY: value",
    "KEY = value",
    "KEY \"value\"",
    "KEY 80",
    "KEY",
    "KEY {\n    80\n    one: two\n  }",
];

/// A program with a statement, which is on its line 5.
fn program(place: Place, statement: &str) -> Option<String> {
    if place == Place::Top {
        Some(format!(
            "app a\n\n# One\n# Two\n{statement}\n\ntier web {{\n  image \"nginx:1.29.1\"\n  port 80\n}}\n"
        ))
    } else if place == Place::Tier {
        Some(format!(
            "app a\n\ntier web {{\n  image \"nginx:1.29.1\"\n  {statement}\n  port 80\n}}\n"
        ))
    } else {
        None
    }
}

#[test]
fn each_key_of_another_format_is_one_error_at_its_line() {
    let mut failures = Vec::new();
    let mut count = 0;
    for format in FORMATS {
        for block in format.blocks() {
            for key in block.keys() {
                let is_a_word = key.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_');
                if !is_a_word || rows(block.place).any(|row| row.word == key) {
                    continue;
                }
                let answer = match block.answer(key) {
                    Some(Answer::Instead(answer)) => answer,
                    Some(_) | None => "",
                };
                for spelling in SPELLINGS {
                    let statement = spelling.replace("KEY", key);
                    let Some(text) = program(block.place, &statement) else {
                        continue;
                    };
                    count += 1;
                    let diagnostics = check_all(&text, named(&text));
                    let lines: Vec<_> = found(&text, &diagnostics);
                    let sources = SourceMap::single("app.todo", text.as_str());
                    let told = render::text(&sources, &diagnostics);
                    if lines.len() != 1 || lines[0].1 != 5 {
                        failures.push(format!("{}: {statement}: {lines:?}", block.path));
                    } else if !told.contains("help: ") {
                        failures.push(format!("{}: {statement}: no way out, {answer}", block.path));
                    }
                }
            }
        }
    }
    assert!(count > 1000, "{count}");
    report(&failures);
}
