//! What is wrong, in the very words that users see.
//!
//! A fixture is a program in `tests/errors`. From the first line that is exactly `# ---` to its end
//! stands what the compiler answers to the text above that line: each line of the plain rendering
//! behind `# `, or `#` where it is empty. A fixture without such a line must be clean.
//!
//! ```text
//! tier web {
//! # ---
//! # error[E0104]: …
//! ```

use todoc::diag::render;
use todoc::source::SourceMap;

use crate::support::{Fixture, check_each, expect, faults_and_notes, fixtures};

/// The line between the program and the answer.
const RULE: &str = "# ---\n";

/// The program of a fixture, and the answer that it expects.
pub(crate) fn parts(text: &str) -> (&str, &str) {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line == RULE {
            return text.split_at(at);
        }
        at += line.len();
    }
    (text, "")
}

/// The fixture as it should be.
fn answered(fixture: &Fixture) -> String {
    let (program, _) = parts(&fixture.text);
    // Of notes those that it is a fixture of: most programs have some.
    let number = fixture.name.split('_').next().unwrap_or_default();
    let diagnostics = faults_and_notes(program, number);
    let mut text = program.to_owned();
    if !diagnostics.is_empty() {
        let sources = SourceMap::single(format!("{}.todo", fixture.name), program);
        text.push_str(RULE);
        for line in render::text(&sources, &diagnostics).trim_end().lines() {
            let gap = if line.is_empty() { "" } else { " " };
            text.extend(["#", gap, line, "\n"]);
        }
    }
    text
}

#[test]
fn every_program_is_answered_as_it_says() {
    check_each(&fixtures("tests/errors"), |fixture| {
        expect(&fixture.path, &answered(fixture))
            .into_iter()
            .collect()
    });
}

#[test]
fn the_answer_begins_at_the_rule() {
    assert_eq!(parts("a\n# ---\n# b\n"), ("a\n", "# ---\n# b\n"));
    assert_eq!(parts("# --- \n # ---\n"), ("# --- \n # ---\n", ""));
}
