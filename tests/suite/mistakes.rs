//! What people write who know Compose, Kubernetes or twelve-factor applications, and not this
//! language: each mistake is found, by its code and at its line, and is one diagnostic.
//!
//! A file of `tests/mistakes` has many programs. A line `### what was thought` begins each, and
//! ` #! CODE`, which is no part of the program, ends the line that is at fault. `SHOW_MISTAKES=1` with
//! `--nocapture` shows what each is answered.

use todoc::check_all;
use todoc::diag::{Diagnostic, render};
use todoc::source::SourceMap;

use crate::support::{Fixture, fixtures, is_on, named, report};

/// What begins a program.
const HEAD: &str = "### ";
/// What stands before the code that a line gets.
const MARK: &str = " #! ";

/// A program with a mistake.
pub(crate) struct Mistake {
    /// What was thought.
    pub(crate) title: String,
    /// The program.
    pub(crate) text: String,
    /// The code that it gets, and the line, from 1.
    pub(crate) expected: Vec<(String, usize)>,
}

/// A program without its marks, and the codes that they say, each with its line.
pub(crate) fn unmarked(marked: &str) -> (String, Vec<(String, usize)>) {
    let mut text = String::new();
    let mut expected = Vec::new();
    for (index, line) in marked.lines().enumerate() {
        let (line, codes) = line.split_once(MARK).unwrap_or((line, ""));
        let codes = codes.split_whitespace();
        expected.extend(codes.map(|code| (code.to_owned(), index + 1)));
        text.extend([line, "\n"]);
    }
    (text, expected)
}

/// The programs of a file.
pub(crate) fn mistakes(fixture: &Fixture) -> Vec<Mistake> {
    let programs = fixture.text.split(HEAD).skip(1);
    let mistake = |program: &str| {
        let (title, marked) = program.split_once('\n').expect("a program has a title");
        let (text, expected) = unmarked(marked);
        Mistake {
            title: title.to_owned(),
            text,
            expected,
        }
    };
    programs.map(mistake).collect()
}

/// The codes that a text gets, each with its line.
pub(crate) fn found(text: &str, diagnostics: &[Diagnostic]) -> Vec<(String, usize)> {
    let line = |it: &Diagnostic| {
        let before = &text[..it.primary.span.range().start];
        before.matches('\n').count() + 1
    };
    let found = diagnostics.iter();
    found
        .map(|it| (it.code.number().to_owned(), line(it)))
        .collect()
}

#[expect(
    clippy::print_stdout,
    reason = "the figures are for whoever reads the log"
)]
#[test]
fn each_mistake_is_found_once_at_its_line() {
    let mut failures = Vec::new();
    let mut counts = Vec::new();
    for fixture in fixtures("tests/mistakes") {
        for mistake in mistakes(&fixture) {
            let diagnostics = check_all(&mistake.text, named(&mistake.text));
            let found = found(&mistake.text, &diagnostics);
            counts.push(found.len());
            let place = format!("{}: {}", fixture.path, mistake.title);
            if !mistake.expected.iter().all(|it| found.contains(it)) {
                failures.push(format!("{place}: {:?}, not {:?}", found, mistake.expected));
            }
            if mistake.expected.len() != 1 {
                failures.push(format!("{place}: a program has one mistake"));
            }
            if is_on("SHOW_MISTAKES") {
                let sources = SourceMap::single(fixture.path.as_str(), mistake.text.as_str());
                println!("══ {place}\n{}", render::text(&sources, &diagnostics));
            }
        }
    }
    counts.sort_unstable();
    let at_most = |most: usize| counts.iter().filter(|count| **count <= most).count();
    let all = counts.len();
    println!(
        "{all} mistakes: {} get one diagnostic, {} two at the most, one {} of them",
        at_most(1),
        at_most(2),
        counts.last().unwrap_or(&0)
    );
    report(&failures);
    assert!(all >= 150 && counts[all / 2] == 1, "{counts:?}");
    assert!(at_most(2) * 100 >= all * 95, "{counts:?}");
}
