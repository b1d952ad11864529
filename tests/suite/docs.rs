//! The reference of the language is what the tables say, and every program in it is one.

use std::collections::BTreeSet;

use todoc::catalog::{defaults, members::MEMBERS};
use todoc::check_all;
use todoc::diag::{Code, render};
use todoc::reference::language;
use todoc::source::SourceMap;

use crate::support::{expect, faults, named, read, report};

/// A block of code in a Markdown text.
pub(crate) struct Fence<'a> {
    /// The word behind the backticks.
    pub(crate) language: &'a str,
    /// The number of its first line, from 1.
    pub(crate) line: usize,
    /// Its lines.
    pub(crate) text: String,
}

/// The blocks of code of a Markdown text, in order.
pub(crate) fn fences(text: &str) -> Vec<Fence<'_>> {
    let mut found: Vec<Fence<'_>> = Vec::new();
    let mut is_open = false;
    for (index, line) in text.lines().enumerate() {
        match (line.strip_prefix("```"), is_open) {
            (Some(language), false) => found.push(Fence {
                language,
                line: index + 2,
                text: String::new(),
            }),
            (None, true) => {
                let fence = found.last_mut().expect("an open fence was found");
                fence.text.extend([line, "\n"]);
            }
            (Some(_), true) | (None, false) => {}
        }
        is_open ^= line.starts_with("```");
    }
    found
}

/// What is wrong with the programs in a Markdown file.
pub(crate) fn wrong_programs(below: &str) -> Vec<String> {
    let text = read(below);
    let all = fences(&text);
    let programs: Vec<_> = all.iter().filter(|it| it.language == "todo").collect();
    assert!(!programs.is_empty(), "{below} shows no program");
    let wrong = programs.iter().filter_map(|program| {
        let diagnostics = check_all(&program.text, named(&program.text));
        let name = format!("{below} from line {}", program.line);
        let sources = SourceMap::single(name, &program.text);
        (!diagnostics.is_empty()).then(|| render::text(&sources, &diagnostics))
    });
    wrong.collect()
}

#[test]
fn the_pages_for_those_who_come_from_other_formats_are_what_the_tables_say() {
    for word in todoc::reference::formats() {
        let path = format!("docs/from-{word}.md");
        let page = todoc::reference::from_format(word).expect("it has a page");
        report(expect(&path, &page).as_slice());
        report(&wrong_programs(&path));
        let long = page.lines().filter(|line| line.chars().count() > 80);
        report(
            &long
                .map(|line| format!("{path}: too long: {line}"))
                .collect::<Vec<_>>(),
        );
    }
}

#[test]
fn the_reference_is_printed_from_the_tables() {
    report(expect("docs/language.md", &language()).as_slice());
}

#[test]
fn every_program_of_the_reference_is_right() {
    report(&wrong_programs("docs/language.md"));
}

/// The words of a text.
fn words(text: &str) -> Vec<&str> {
    let apart = |it: char| !it.is_ascii_alphanumeric() && it != '_';
    text.split(apart).collect()
}

/// The programs of a part of the reference.
fn programs(part: &str) -> String {
    let programs = fences(part)
        .into_iter()
        .filter(|fence| fence.language == "todo");
    programs.map(|fence| fence.text).collect()
}

/// What a table tells, a program shows: in its own section, but for blocks that have sections of
/// their own.
#[test]
fn every_row_of_a_section_stands_in_its_program() {
    let text = read("docs/language.md");
    let titles: Vec<_> = text
        .lines()
        .filter(|line| line.starts_with("## "))
        .collect();
    let mut missing = Vec::new();
    for section in text.split("\n## ").skip(1) {
        let (title, section) = section.split_once('\n').expect("a section");
        let shown = programs(section);
        let shown = words(&shown);
        if !section.contains("| statement |") {
            continue;
        }
        let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
        for row in rows {
            let word = words(row)[0];
            let own = format!("`{word}");
            if !shown.contains(&word) && !titles.iter().any(|title| title.contains(&own)) {
                missing.push(format!("no program below {title} shows `{word}`"));
            }
        }
    }
    report(&missing);
}

/// Fixed words of statements, members, and the defaults that can be switched off.
#[test]
fn every_word_stands_in_a_program_of_the_reference() {
    let text = read("docs/language.md");
    let programs = programs(&text);
    let shown = words(&programs);
    let sections = text
        .split("\n## ")
        .filter(|it| it.contains("| statement |"));
    let usages = sections.flat_map(|section| {
        let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
        rows.filter_map(|row| row.split_once('`'))
    });
    // The policies are the server's, and one of them shows how they are said.
    let usages = usages.filter(|(usage, _)| !usage.starts_with("policy "));
    let fixed = usages.flat_map(|(usage, _)| {
        let outside = usage.split('"').step_by(2).collect::<Vec<_>>().join(" ");
        let fixed = words(&outside)
            .into_iter()
            .filter(|it| it.starts_with(|first: char| first.is_ascii_lowercase()));
        fixed
            .map(|it| format!("{it} ({usage})"))
            .collect::<Vec<_>>()
    });
    let fixed = fixed.filter(|it| !shown.contains(&it.split(' ').next().unwrap_or_default()));
    let members = MEMBERS.iter().map(|member| format!(".{}", member.word));
    let switches = defaults::switches().map(|name| format!("without {name}"));
    let missing = members
        .chain(switches)
        .filter(|it| !programs.contains(it.as_str()));
    let missing = missing
        .chain(fixed)
        .map(|it| format!("no program shows `{it}`"));
    report(&missing.collect::<Vec<_>>());
}

#[test]
fn fences_are_found_with_their_lines() {
    let all = fences("a\n```todo\nb\nc\n```\n```\nd\n```\n");
    let all: Vec<_> = all
        .iter()
        .map(|it| (it.language, it.line, it.text.as_str()))
        .collect();
    assert_eq!(all, [("todo", 3, "b\nc\n"), ("", 7, "d\n")]);
}

/// The lower-case words that stand alone in backticks.
fn quoted(text: &str) -> BTreeSet<&str> {
    let quoted = text.split('`').skip(1).step_by(2);
    let is_word = |it: &&str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_lowercase());
    quoted.filter(is_word).collect()
}

/// Of all words that the reference has, those that can't be names are those that are said to be none.
#[test]
fn the_words_that_cannot_be_names_are_those_that_are_named() {
    let reference = read("docs/language.md");
    let all: BTreeSet<_> = words(&reference).into_iter().collect();
    let refused = all.into_iter().filter(|word| {
        let program = format!("app todo\ntier {word} {{\n  image \"acme/web:1.0\"\n}}\n");
        let mut found = faults(&program).into_iter();
        found.any(|it| it.message.ends_with("it is a word of the language"))
    });
    let refused: BTreeSet<_> = refused.collect();
    let between = |text, from, to| {
        let (_, behind) = str::split_once(text, from).expect("the sentence begins so");
        let (sentence, _) = behind.split_once(to).expect("the sentence ends so");
        quoted(sentence)
    };
    let in_prose = between(&reference, "up to 63 characters.", "aren't free");
    let page = Code::InvalidName.page();
    let on_page = between(page, "can't be names", "Ports");
    assert_eq!(in_prose, refused);
    assert_eq!(on_page, refused);
}
