//! ARCHITECTURE.md is true: each file and each word of our own has its line, the tables are the
//! house's, what is named is there.

use std::collections::BTreeSet;

use crate::docs::fences;
use crate::house::{FENCES, MAY_USE, sources};
use crate::support::{expect, files, path, read, report};

const PAGE: &str = "ARCHITECTURE.md";

/// The rows behind a table's head, up to the line after them.
fn table_of<'a>(page: &'a str, head: &str) -> &'a str {
    let (_, rest) = page
        .split_once(head)
        .unwrap_or_else(|| panic!("no table {head}"));
    rest.split_once("\n\n").map_or(rest, |(rows, _)| rows)
}

fn listed(names: &[&str]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => "nothing".to_owned(),
        _ => names.join(", "),
    }
}

/// The page with the tables of the house.
fn as_it_is() -> String {
    const MODULES: &str = "| module | may use |\n| --- | --- |";
    const OUTSIDE: &str = "| outside of the crate | may be used by |\n| --- | --- |";
    let page = read(PAGE);
    let modules = MAY_USE.iter().map(|(module, used)| {
        // Macros are exported at the root, under a name of their own.
        let used: Vec<_> = used
            .iter()
            .copied()
            .filter(|it| !it.starts_with("__"))
            .collect();
        let used = if used == [""] {
            "all".to_owned()
        } else {
            listed(&used)
        };
        format!("\n| `{module}` | {used} |")
    });
    let outside = FENCES
        .iter()
        .map(|(fenced, places)| format!("\n| {} | {} |", listed(fenced), listed(places)));
    let tables = [
        (MODULES, modules.collect::<String>()),
        (OUTSIDE, outside.collect()),
    ];
    tables.into_iter().fold(page, |page, (head, rows)| {
        let old = format!("{head}{}", table_of(&page, head));
        page.replacen(&old, &format!("{head}{rows}"), 1)
    })
}

#[test]
fn the_tables_are_those_of_the_house() {
    report(expect(PAGE, &as_it_is()).as_slice());
}

#[test]
fn every_file_has_its_line() {
    let page = read(PAGE);
    let mut named = BTreeSet::new();
    for section in page.split("\n### `src/").skip(1) {
        let (folder, rest) = section.split_once('`').expect("a folder in backticks");
        let section = rest.split("\n## ").next().unwrap_or(rest);
        for item in section.split("\n- ").skip(1) {
            let files = item.split(':').next().unwrap_or_default();
            let files = files.split('`').skip(1).step_by(2);
            named.extend(files.map(|file| format!("{folder}{file}")));
        }
    }
    let there: BTreeSet<_> = sources().into_iter().map(|it| it.path).collect();
    let unit_tests = |file: &&String| file.ends_with("tests.rs") && path("src").join(file).exists();
    let missing = there
        .difference(&named)
        .map(|file| format!("no line for {file}"));
    let extra = named.difference(&there).filter(|file| !unit_tests(file));
    let extra = extra.map(|file| format!("a line for {file}, which isn't there"));
    report(&missing.chain(extra).collect::<Vec<_>>());
}

#[test]
fn every_test_that_is_named_is_there() {
    let page = read(PAGE);
    let table = table_of(&page, "| invariant | held by |\n| --- | --- |");
    let code: String = ["src", "tests/suite"]
        .iter()
        .flat_map(|folder| files(&path(folder), folder))
        .filter(|file| file.strip_suffix(".rs").is_some())
        .map(|file| read(&file))
        .collect();
    let security = read("SECURITY.md");
    let promises = security.lines().filter(|line| line.starts_with("| "));
    let rows = table.lines().chain(promises);
    let cells = rows.filter_map(|row| row.split(" | ").nth(1));
    let tests = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    let is_there = |test: &&str| {
        let heads = ["#[test]\nfn", "#[test]\n    fn"];
        heads
            .iter()
            .any(|head| code.contains(&format!("{head} {test}()")))
    };
    let missing = tests
        .filter(|test| !is_there(test))
        .map(|test| format!("there is no test {test}"));
    report(&missing.collect::<Vec<_>>());
}

/// Each word of the glossary is the type that it says, and each rule that is named a function.
#[test]
fn words_of_our_own_are_in_the_source() {
    let page = read(PAGE);
    let words = table_of(&page, "| word | meaning | where |\n| --- | --- | --- |");
    let mut failures = Vec::new();
    for row in words.lines().filter(|row| !row.is_empty()) {
        let place = row.rsplit(" | ").next().unwrap_or_default();
        let [file, name] = place.split('`').skip(1).step_by(2).collect::<Vec<_>>()[..] else {
            failures.push(format!("no file and type in {row}"));
            continue;
        };
        let text = read(file);
        let is_there = |kind: &str| text.contains(&format!("{kind} {name}"));
        if !is_there("struct") && !is_there("enum") {
            failures.push(format!("{file} has no {name}"));
        }
    }
    let all: String = sources()
        .iter()
        .map(|it| read(&format!("src/{}", it.path)))
        .collect();
    let rules = page
        .lines()
        .find(|line| line.starts_with("- Rules are sentences: "));
    let rules = rules.expect("a line with rules").split('`');
    for rule in rules.skip(1).step_by(2) {
        if !all.contains(&format!("fn {rule}(")) {
            failures.push(format!("no rule {rule}"));
        }
    }
    report(&failures);
}

#[test]
fn every_line_of_the_sample_is_there() {
    let page = read(PAGE);
    let all = fences(&page);
    let diff = all.iter().find(|it| it.language == "diff").expect("a diff");
    let mut failures = Vec::new();
    let mut file = ("", String::new());
    for line in diff.text.lines() {
        if let Some(path) = line.strip_prefix("+++ ") {
            file = (path, read(path));
        } else if let Some(added) = line.strip_prefix('+')
            && !file.1.lines().any(|line| line == added)
        {
            failures.push(format!("{} has no line `{added}`", file.0));
        }
    }
    report(&failures);
}
