//! The fuzzer knows every word of the language: its dictionary is what the tables say. What it begins with
//! keeps its rules: else it would find that alone.

use std::collections::BTreeSet;
use std::path::Path;

use todoc::catalog::packages::PACKAGE_MANAGERS;

use crate::support::{expect, files, path, report};

#[path = "../../fuzz/src/lib.rs"]
#[expect(
    dead_code,
    unreachable_pub,
    clippy::pedantic,
    reason = "it is a library of its own"
)]
mod rules;

/// What is no word: marks, units, and what values are made of.
const MARKS: &[&str] = &[
    "{\n",
    "}\n",
    "{ ",
    " }",
    ", ",
    " = ",
    "..",
    "[",
    "]",
    "(\"",
    "\")",
    "\"",
    "\\u",
    "\n  ",
    "# ",
    "\r\n",
    "\u{feff}",
    "./",
    "/",
    "0",
    "65535",
    "30000",
    "100m",
    "1Gi",
    "70%",
    "10s",
    "true",
    "optional",
    "as json",
    "config.",
    "secret.",
    "{app}",
    "{tier}",
    "1.0.0",
    "@daily",
    "0 3 * * *",
    "x:1",
    "a.b",
    "E0220",
    "W0501",
    "null",
];

/// A line of a dictionary of libFuzzer's.
fn entry(text: &str) -> String {
    let escaped = text.bytes().map(|byte| match byte {
        b'"' => "\\\"".to_owned(),
        b'\\' => "\\\\".to_owned(),
        b' '..=b'~' => char::from(byte).to_string(),
        _ => format!("\\x{byte:02x}"),
    });
    format!("\"{}\"\n", escaped.collect::<String>())
}

#[test]
fn the_dictionary_of_the_fuzzer_is_what_the_tables_say() {
    let mut all: BTreeSet<_> = todoc::reference::words().collect();
    all.extend(PACKAGE_MANAGERS.iter().map(|manager| manager.name));
    all.remove("");
    let mut text = "# Every word of the language, from its tables: `UPDATE_EXPECT=1 cargo test \
                    fuzzer` writes it anew.\n"
        .to_owned();
    text.extend(all.iter().map(|word| entry(word)));
    text.push_str("# What is no word.\n");
    text.extend(MARKS.iter().map(|mark| entry(mark)));
    report(expect("fuzz/todo.dict", &text).as_slice());
}

#[test]
fn what_the_fuzzer_begins_with_keeps_its_rules() {
    let mut failures = Vec::new();
    for folder in ["examples", "tests", "src"] {
        let all = files(&path(folder), folder).into_iter();
        for name in all.filter(|name| Path::new(name).extension().is_some_and(|it| it == "todo")) {
            // Bytes that are no text are another test's.
            let Ok(text) = std::fs::read_to_string(path(&name)) else {
                continue;
            };
            if std::panic::catch_unwind(|| rules::answer_to(&text)).is_err() {
                failures.push(name);
            }
        }
    }
    report(&failures);
}
