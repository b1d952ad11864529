//! The reference of the language is what the tables say, and every program in it is one.

use todoc::check_all;
use todoc::diag::render;
use todoc::reference::language;
use todoc::source::SourceMap;

use crate::support::{expect, named, read, report};

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
fn the_reference_is_printed_from_the_tables() {
    report(expect("docs/language.md", &language()).as_slice());
}

#[test]
fn every_program_of_the_reference_is_right() {
    report(&wrong_programs("docs/language.md"));
}

/// Each block is shown in a program that has it.
#[test]
fn every_statement_stands_in_a_program_of_the_reference() {
    let text = read("docs/language.md");
    let programs: String = fences(&text)
        .iter()
        .filter(|fence| fence.language == "todo")
        .map(|fence| fence.text.as_str())
        .collect();
    let words: Vec<&str> = programs
        .split(|it: char| !it.is_ascii_alphanumeric() && it != '_')
        .collect();
    let missing = todoc::catalog::keys::all()
        .filter(|row| !words.contains(&row.word))
        .map(|row| format!("no program shows `{}`", row.word));
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
