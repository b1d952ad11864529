//! The examples: what each becomes, for every target and backend, and what all of them keep to.
//! The programs in `tests/programs` are held to the same, but needn't be good to read.
//!
//! What one becomes stands in `tests/golden/EXAMPLE/TARGET/BACKEND.txt`, one text that a person can
//! review; an example without targets has the one folder `default`. The programs in
//! `tests/programs`, which have what no example has, keep to the same.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use todoc::backend::{BACKENDS, Backend};
use todoc::{Compiled, check_all};

use crate::support::{
    Fixture, builds, check_each, examples, golden, is_on, named, overview, path, programs, report,
};

/// Folders of `tests/golden` that belong to other tests.
const OF_OTHER_TESTS: &[&str] = &["changes", "defaults", "recipes", "reports", "support"];

/// How many lines an example may have: it is read in one go.
const MOST_LINES: usize = 80;
/// How many may be neither blank nor a comment in those that describe a system as somebody else
/// documented it.
const MOST_LINES_OF_A_SEED: usize = 45;
/// Those.
const SEEDS: &[&str] = &[
    "hackathon-todo",
    "todo-chatbot",
    "todo-crud",
    "todo-helm",
    "todo-neon",
];

/// Examples whose charts are reviewed. Those of all others are held to the same objects elsewhere.
const CHARTS: &[&str] = &[
    "fullstack",
    "images",
    "todo-chatbot",
    "todo-helm",
    "todo-neon",
];

/// An example's golden file for one of its targets and one backend, and what it should hold.
fn outputs(fixture: &Fixture) -> Vec<(String, String)> {
    let mut outputs = Vec::new();
    let is_chart = CHARTS.contains(&fixture.name.as_str());
    let backends = BACKENDS.iter();
    for backend in backends.filter(|backend| backend.name != "helm" || is_chart) {
        for (target, built) in targets(fixture, backend) {
            let file = format!("{}/{target}/{}.txt", fixture.name, backend.name);
            outputs.push((file, overview(&built.artifacts)));
        }
    }
    outputs
}

/// What a backend makes of an example, with the name of each target.
fn targets(fixture: &Fixture, backend: &'static Backend) -> Vec<(String, Compiled)> {
    let built = builds(fixture, &[backend]);
    let mut names = built[0].targets.clone();
    if names.is_empty() {
        names.push("default".to_owned());
    }
    assert_eq!(names.len(), built.len(), "a build for each target");
    names.into_iter().zip(built).collect()
}

#[test]
fn every_example_becomes_what_was_reviewed() {
    check_each(&programs(), |fixture| {
        let outputs = outputs(fixture);
        let failures = outputs
            .iter()
            .filter_map(|(file, actual)| golden(file, actual));
        failures.collect()
    });
}

#[test]
fn every_reviewed_text_belongs_to_an_example() {
    let expected: BTreeSet<String> = programs()
        .iter()
        .flat_map(outputs)
        .map(|(file, _)| file)
        .collect();
    let mut left_over = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(path("tests/golden").join(&folder)).expect("a folder") {
            let entry = entry.expect("an entry");
            let name = entry.file_name().into_string().expect("a plain name");
            if entry.path().is_file() {
                let file = format!("{folder}{name}");
                if !expected.contains(&file) {
                    left_over.push(file);
                }
            } else if !(folder.is_empty() && OF_OTHER_TESTS.contains(&name.as_str())) {
                folders.push(format!("{folder}{name}/"));
            }
        }
    }
    if is_on("UPDATE_EXPECT") && !is_on("CI") {
        for file in left_over.drain(..) {
            fs::remove_file(path("tests/golden").join(file)).expect("a file that can be removed");
        }
    }
    let left_over = left_over.iter().map(|file| {
        format!("tests/golden/{file}: no example becomes this (UPDATE_EXPECT=1 removes it)")
    });
    report(&left_over.collect::<Vec<_>>());
}

#[test]
fn every_example_is_right_for_every_target() {
    check_each(&programs(), |fixture| {
        let found = check_all(&fixture.text, named(&fixture.text));
        let found = found
            .iter()
            .map(|it| format!("{}: {}", it.code, it.message));
        found.collect()
    });
}

/// As whoever tries one does, from a clone: without its sources, and nothing is written.
#[test]
fn every_example_builds_where_it_lies() {
    check_each(&examples(), |Fixture { name, .. }| {
        let ran = Command::new(env!("CARGO_BIN_EXE_todoc"))
            .args(["build", &format!("examples/{name}.todo")])
            .args(["--stdout", "--deny", "warnings"])
            .current_dir(path(""))
            .output()
            .expect("todoc runs");
        let told = String::from_utf8_lossy(&ran.stderr).into_owned();
        (!ran.status.success())
            .then_some(told)
            .into_iter()
            .collect()
    });
}

#[test]
fn every_example_compiles_twice_to_the_same_bytes() {
    check_each(&programs(), |fixture| {
        let all = || -> Vec<_> {
            let built = builds(fixture, BACKENDS);
            built.into_iter().map(|built| built.artifacts).collect()
        };
        let same = all() == all();
        (!same)
            .then(|| "the second output differs".to_owned())
            .into_iter()
            .collect()
    });
}

#[test]
fn every_example_is_written_with_care() {
    check_each(&examples(), |Fixture { name, text, .. }| {
        let most = if SEEDS.contains(&name.as_str()) {
            MOST_LINES_OF_A_SEED
        } else {
            MOST_LINES
        };
        let is_short = text.lines().count() <= MOST_LINES;
        let statements = text.lines().map(str::trim);
        let statements = statements.filter(|line| !line.is_empty() && !line.starts_with('#'));
        let rules = [
            ("begins with a comment", text.starts_with("# ")),
            ("has no tabs", !text.contains('\t')),
            ("has no carriage returns", !text.contains('\r')),
            (
                "has no blanks at the end of lines",
                text.lines().all(|line| !line.ends_with(' ')),
            ),
            (
                "ends with one line break",
                text.ends_with('\n') && !text.ends_with("\n\n"),
            ),
            ("isn't too long", is_short && statements.count() <= most),
        ];
        let broken = rules.iter().filter(|(_, holds)| !holds);
        broken
            .map(|(rule, _)| format!("a good example {rule}"))
            .collect()
    });
}
