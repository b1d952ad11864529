//! What Kubernetes' rules and its users' mistakes become here: `tests/ledger.md` has a row for each,
//! and every claim in it holds.

use std::ops::RangeInclusive;

use todoc::backend::BACKENDS;
use todoc::{Compiled, Options, check_all, compile};

use crate::mistakes::{found, unmarked};
use crate::support::{named, read, report};

/// The rows that there are, by the letter of their part.
const ROWS: &[(char, RangeInclusive<u32>)] =
    &[('N', 1..=19), ('Q', 1..=31), ('S', 1..=24), ('P', 1..=32)];

/// Most columns of a line of prose.
const MOST_COLUMNS: usize = 100;

/// A row of the ledger.
struct Row<'t> {
    /// Its number, such as `N1`.
    number: &'t str,
    /// What stands between its heading and the next.
    body: &'t str,
}

/// A block between fences: what stands behind the first one, and its lines.
struct Block<'t> {
    info: &'t str,
    text: String,
}

fn rows(ledger: &str) -> Vec<Row<'_>> {
    let rows = ledger.split("\n## ").skip(1);
    let row = |text| -> Option<Row<'_>> {
        let (heading, body): (&str, &str) = str::split_once(text, '\n')?;
        let (number, _) = heading.split_once(' ')?;
        Some(Row { number, body })
    };
    rows.filter_map(row).collect()
}

fn blocks(body: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut lines = body.lines();
    while let Some(line) = lines.next() {
        if let Some(info) = line.strip_prefix("```") {
            let inside = lines.by_ref().take_while(|line| *line != "```");
            let text = inside.flat_map(|line| [line, "\n"]).collect();
            blocks.push(Block { info, text });
        }
    }
    blocks
}

/// Whether lines stand in a text, one below the other, whatever their common indentation and
/// whatever ends the last one.
fn stands_in(lines: &str, text: &str) -> bool {
    let lines: Vec<_> = lines.lines().map(str::trim).collect();
    let text: Vec<_> = text.lines().map(str::trim).collect();
    text.windows(lines.len()).any(|window| {
        let mut pairs = window.iter().zip(&lines);
        let last = pairs.next_back();
        pairs.all(|(line, expected)| line == expected)
            && last.is_some_and(|(line, expected)| line.starts_with(expected))
    })
}

/// What a program becomes.
fn built(program: &str) -> Compiled {
    let options = Options {
        emit: BACKENDS.to_vec(),
        files: named(program),
        ..Options::default()
    };
    compile(program, &options)
}

/// What of a row isn't so.
fn failures(row: &Row<'_>) -> Vec<String> {
    let mut failures = Vec::new();
    let mut program = String::new();
    for block in blocks(row.body) {
        match block.info.split_once(' ').unwrap_or((block.info, "")) {
            ("todo", "") => {
                let own = block.text.starts_with("app ");
                let marked = [if own { "" } else { "app shop\n" }, &block.text].concat();
                let (text, expected) = unmarked(&marked);
                let found = found(&text, &check_all(&text, named(&text)));
                if found != expected {
                    failures.push(format!("{found:?}, not {expected:?}:\n{text}"));
                }
                program = text;
            }
            ("output", "") => {
                let artifacts = built(&program).artifacts;
                if !artifacts.iter().any(|it| stands_in(&block.text, &it.text)) {
                    failures.push(format!("isn't written:\n{}", block.text));
                }
            }
            ("note", "") => {
                let mut notes = built(&program).notes.into_iter();
                if !notes.any(|note| note.message.contains(block.text.trim())) {
                    failures.push(format!("isn't noted: {}", block.text));
                }
            }
            (kind @ ("golden" | "file"), path) => {
                let folder = if kind == "golden" {
                    "tests/golden/"
                } else {
                    ""
                };
                let text = read(&format!("{folder}{path}"));
                let is_there = if kind == "golden" {
                    stands_in(&block.text, &text)
                } else {
                    text.contains(block.text.trim())
                };
                if !is_there {
                    failures.push(format!("isn't in {path}:\n{}", block.text));
                }
            }
            _ => failures.push(format!("`{}` is no kind of block", block.info)),
        }
    }
    if blocks(row.body).is_empty() {
        failures.push("nothing holds it".to_owned());
    }
    failures
}

#[test]
fn every_rule_and_every_pitfall_has_its_row() {
    let expected = ROWS.iter().flat_map(|(letter, numbers)| {
        numbers
            .clone()
            .map(move |number| format!("{letter}{number}"))
    });
    let ledger = read("tests/ledger.md");
    let numbers: Vec<_> = rows(&ledger)
        .iter()
        .map(|row| row.number.to_owned())
        .collect();
    assert_eq!(numbers, expected.collect::<Vec<_>>());
}

#[test]
fn every_claim_of_the_ledger_holds() {
    let ledger = read("tests/ledger.md");
    let mut wrong = Vec::new();
    for row in rows(&ledger) {
        let found = failures(&row);
        wrong.extend(found.iter().map(|text| format!("{}: {text}", row.number)));
    }
    let long = ledger
        .lines()
        .filter(|it| it.chars().count() > MOST_COLUMNS);
    wrong.extend(long.map(|line| format!("too long: {line}")));
    report(&wrong);
}

#[test]
fn a_false_claim_fails() {
    fn row(body: &str) -> Vec<String> {
        failures(&Row { number: "X1", body })
    }
    let program = "tier web { image \"nginx:1.29\" }\n";
    for wrong in [
        format!("```todo\n{program}```\n```output\nkind: Secret\n```\n"),
        format!("```todo\n{program}```\n```note\nno such note\n```\n"),
        "```todo\ntier web { } #! E0103\n```\n".to_owned(),
        "```todo\ntier web { }\n```\n".to_owned(),
        "```golden todo/local/kubernetes.txt\nkind: Secret\n```\n".to_owned(),
        "```yaml\n```\n".to_owned(),
        "Nothing.\n".to_owned(),
    ] {
        assert_eq!(row(&wrong).len(), 1, "{wrong}");
    }
    assert_eq!(row(&format!("```todo\n{program}```\n")), [""; 0]);
}
