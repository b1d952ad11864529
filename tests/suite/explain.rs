//! The page of every code: it shows the fault in a program that has no other, and a way out. The page of
//! every word of the language, and of those from elsewhere.

use todoc::catalog::keys::foreign_words;
use todoc::diag::{Code, Severity};
use todoc::reference;

use crate::support::{self, report};

/// Most columns of a line: the pages are read on terminals.
const MOST_COLUMNS: usize = 80;

/// Each page of a code, with a check that gives back its failures.
fn check_pages(check: impl Fn(Code, &str) -> Vec<String>) {
    let pages = Code::ALL.iter().map(|code| (code, code.page()));
    let failures = pages.flat_map(|(code, page)| {
        let found = check(*code, page);
        found.into_iter().map(move |text| format!("{code}: {text}"))
    });
    report(&failures.collect::<Vec<_>>());
}

/// The `todo` blocks of a page, each with the line that introduces it.
fn programs(page: &str) -> Vec<(&str, String)> {
    let mut programs = Vec::new();
    let mut introduction = "";
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if line == "```todo" {
            let program = lines.by_ref().take_while(|line| *line != "```");
            let program = program.flat_map(|line| [line, "\n"]).collect();
            programs.push((introduction, program));
        } else if !line.is_empty() {
            introduction = line;
        }
    }
    programs
}

/// The codes of what is wrong with a program, and that of a page if it is noted.
fn faults(program: &str, code: Code) -> Vec<Code> {
    support::faults_and_notes(program, code.number())
        .iter()
        .map(|found| found.code)
        .collect()
}

#[test]
fn a_page_begins_with_its_code_and_summary() {
    check_pages(|code, page| {
        let first = format!("# {code}: {}", code.summary());
        let is_right = page.lines().next() == Some(&first);
        (!is_right)
            .then(|| format!("the first line isn't `{first}`"))
            .into_iter()
            .collect()
    });
}

#[test]
fn a_page_fits_a_terminal() {
    check_pages(|_, page| {
        let long = page
            .lines()
            .filter(|line| line.chars().count() > MOST_COLUMNS);
        long.map(|line| format!("too long: {line}")).collect()
    });
}

#[test]
fn a_page_says_what_it_means_and_why_it_matters() {
    check_pages(|_, page| {
        let prose = page.split("```todo").next().unwrap_or_default();
        let paragraphs = prose
            .split("\n\n")
            .filter(|it| it.contains(". ") || it.ends_with('.'));
        (paragraphs.count() < 2)
            .then(|| "it has less than two paragraphs before its programs".to_owned())
            .into_iter()
            .collect()
    });
}

#[test]
fn a_page_shows_the_fault_and_a_way_out() {
    check_pages(|code, page| {
        let programs = programs(page);
        // Bytes that are no text can't be shown in one: that page has the way out alone.
        let wrong: &[_] = if code == Code::NotUtf8 { &[] } else { &[code] };
        let words = match code.severity() {
            Severity::Loss => ["Lost", "Not lost"],
            Severity::Note => ["Noted", "Not noted"],
            Severity::Error | Severity::Warning | _ => ["Wrong", "Right"],
        };
        let expected = [(wrong, words[0]), (&[], words[1])];
        let expected = &expected[usize::from(wrong.is_empty())..];
        let mut failures = Vec::new();
        if programs.len() != expected.len() {
            failures.push(format!("it shows {} programs", programs.len()));
        }
        for ((introduction, program), (codes, word)) in programs.iter().zip(expected) {
            if !introduction.starts_with(word) || !introduction.ends_with(':') {
                failures.push(format!("`{introduction}` isn't `{word}:`"));
            }
            let found = faults(program, code);
            if found != *codes {
                failures.push(format!("`{word}` has {found:?}:\n{program}"));
            }
        }
        failures
    });
}

#[test]
fn programs_are_found_with_what_introduces_them() {
    let page = "# A\n\nWrong:\n\n```todo\napp a\n\n```\nRight:\n```todo\n```\n```\nno\n```\n";
    let expected = [
        ("Wrong:", "app a\n\n".to_owned()),
        ("Right:", String::new()),
    ];
    assert_eq!(programs(page), expected);
}

#[test]
fn every_word_has_a_page_that_fits_a_terminal() {
    let foreign = foreign_words().flat_map(|row| row.words);
    let mut failures = Vec::new();
    for word in reference::words()
        .filter(|word| !word.is_empty())
        .chain(foreign.copied())
    {
        let Some(page) = reference::explain(word) else {
            failures.push(format!("`{word}` has no page"));
            continue;
        };
        if !page.starts_with(&format!("# {word}\n\n")) || !page.ends_with(".\n") {
            failures.push(format!("`{word}`: {page}"));
        }
        let long = page
            .lines()
            .filter(|line| line.chars().count() > MOST_COLUMNS);
        failures.extend(long.map(|line| format!("`{word}` is too long: {line}")));
    }
    report(&failures);
}

#[test]
fn the_page_of_a_word_says_all_that_the_tables_say() {
    let page = |word| reference::explain(word).unwrap_or_default();
    for (word, parts) in [
        ("expose", &["## In `tier`", "Default: `internal`."][..]),
        ("nodeport", &["## A word of `expose`\n"]),
        ("storage", &["the size of its claim", "storage NUMBER"]),
        ("health", &["In its block:", "liveness"]),
        ("public_url", &["## `.public_url`, of a tier"]),
        (".url", &["## `.url`, of a database"]),
        ("fastapi", &["## A recipe", "build fastapi"]),
        ("python", &["## A runtime, in `build`", "## A recipe"]),
        ("grpc", &["## A protocol, as a port's name"]),
        (
            "read_only_root",
            &["## Where nothing is said", "without read_only_root"],
        ),
        ("environment", &["`env { NAME = value }`"]),
        ("ReadinessProbe", &["`health \"/path\"`"]),
    ] {
        for part in parts {
            let page = page(word);
            let is_there = page.to_lowercase().contains(&part.to_lowercase());
            assert!(is_there, "{word}: no {part:?} in {page}");
        }
    }
    assert_eq!(reference::explain("nonsense"), None);
    assert_eq!(reference::explain(""), None);
    assert_eq!(reference::explain(".expose"), None);
}
