//! Each line of the output knows the statement, default or rule that it comes from, in the programs of
//! the repository and in those at random.

use std::collections::{BTreeMap, BTreeSet};

use todoc::backend::{Artifact, BACKENDS};
use todoc::catalog::defaults::DEFAULTS;
use todoc::catalog::rules::RULES;
use todoc::source::{FileId, Files, Span};
use todoc::yaml::{Mark, Origin, Why};
use todoc::{CompiledAll, Options, compile_all};

use crate::generator::program;
use crate::support::{Fixture, check_each, named, programs, report};

/// How many programs at random are looked at.
const GENERATED: u64 = 60;

/// What stands in a document only because its form asks for it: the rule of the same name accounts for
/// nothing else.
const FORM: &[&str] = &["apiVersion", "kind"];

fn compiled(text: &str, named: Files, marks: bool) -> CompiledAll {
    let options = Options {
        emit: BACKENDS.to_vec(),
        marks,
        source_name: "app.todo".to_owned(),
        files: named,
        ..Options::default()
    };
    compile_all(text, &options)
}

/// Every file that a program becomes, for every target.
fn files(text: &str, named: Files) -> BTreeMap<String, Artifact> {
    let builds = compiled(text, named, true).builds.into_iter();
    let files = builds.flat_map(|build| {
        let target = build.app.and_then(|app| app.target).unwrap_or_default();
        let artifacts = build.artifacts.into_iter();
        artifacts.map(move |file| (format!("{target}/{}", file.path), file))
    });
    files.collect()
}

fn is_known(name: &str) -> bool {
    DEFAULTS.iter().any(|default| default.name == name) || RULES.iter().any(|it| it.name == name)
}

/// What is wrong with the marks of a file of a text of so many bytes.
fn wrong(path: &str, file: &Artifact, length: usize) -> Vec<String> {
    let lines: Vec<_> = file.text.lines().collect();
    if lines.len() != file.marks.len() {
        let marks = file.marks.len();
        return vec![format!("{path}: {} lines, {marks} marks", lines.len())];
    }
    let marks = file.marks.iter().zip(&lines).enumerate();
    let faults = marks.filter_map(|(at, (mark, line))| {
        let fault = fault(mark, line, at + 1, length)?;
        Some(format!("{path}:{}: {fault}: {line}", at + 1))
    });
    faults.collect()
}

fn fault(mark: &Mark, line: &str, number: usize, length: usize) -> Option<String> {
    let Origin { span, why, .. } = &mark.origin;
    let is_in_text = |span: Span| span.file == FileId(0) && span.end as usize <= length;
    if mark.line != number {
        Some(format!("it is called line {}", mark.line))
    } else if span.is_none() {
        Some("it has no place".to_owned())
    } else if !mark.origin.spans().all(is_in_text) {
        Some("its place is outside of the text".to_owned())
    } else {
        match why {
            Why::Rule(name) if !is_known(name) => Some(format!("no table has `{name}`")),
            Why::Rule("object") if !is_form(line) => Some("nothing accounts for it".to_owned()),
            Why::Rule(_) | Why::Said => None,
        }
    }
}

/// Whether a line holds nothing but what the form of a document asks for.
fn is_form(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches("- ");
    line == "---" || line.ends_with(':') || FORM.iter().any(|key| line.starts_with(key))
}

#[test]
fn every_line_has_a_reason_that_is_in_a_table() {
    check_each(&programs(), |Fixture { text, .. }| {
        let files = files(text, named(text));
        let wrong = files
            .iter()
            .flat_map(|(path, file)| wrong(path, file, text.len()));
        wrong.collect()
    });
}

#[test]
fn every_rule_accounts_for_some_line() {
    let mut left: BTreeSet<_> = RULES.iter().map(|rule| rule.name).collect();
    for Fixture { text, .. } in programs() {
        for mark in files(&text, named(&text))
            .values()
            .flat_map(|file| &file.marks)
        {
            if let Why::Rule(name) = mark.origin.why {
                left.remove(name);
            }
        }
    }
    assert!(left.is_empty(), "{left:?}");
    let twice = RULES
        .iter()
        .filter(|rule| DEFAULTS.iter().any(|it| it.name == rule.name));
    assert_eq!(twice.map(|rule| rule.name).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn marks_change_no_text() {
    check_each(&programs(), |Fixture { text, .. }| {
        let plain = compiled(text, named(text), false).builds.into_iter();
        let plain = plain.flat_map(|build| build.artifacts);
        let marked = compiled(text, named(text), true).builds.into_iter();
        let marked = marked.flat_map(|build| build.artifacts);
        let differ = plain.zip(marked).filter_map(|(plain, marked)| {
            let is_same = plain.text == marked.text && plain.marks.is_empty();
            (!is_same).then(|| format!("{} differs", plain.path))
        });
        differ.collect()
    });
}

#[test]
fn every_line_of_programs_at_random_has_a_place_in_the_text() {
    let mut faults = Vec::new();
    let mut lines = 0;
    for seed in 0..GENERATED {
        let program = program(seed);
        let text = program.text();
        for (path, file) in files(&text, program.files) {
            lines += file.marks.len();
            let wrong = wrong(&path, &file, text.len()).into_iter();
            faults.extend(wrong.map(|fault| format!("seed {seed}: {fault}")));
        }
    }
    assert!(lines > 0, "nothing was looked at");
    report(&faults);
}
