//! Each grammar colours each word as the server does.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use todoc::ide::tokens::{Kind as Class, tokens};
use todoc::ide::{Analysis, Nothing};

use super::{queries, textmate, vim};
use crate::cli::Test;
use crate::support::{Fixture, fixtures, has_tool, path, programs, report};

/// All classes, as long as there are as many as the protocol has names.
const CLASSES: [Class; Class::NAMES.len()] = [
    Class::Keyword,
    Class::EnumMember,
    Class::Class,
    Class::Variable,
    Class::Property,
    Class::Function,
    Class::Macro,
    Class::Type,
    Class::String,
    Class::Number,
    Class::Comment,
];

/// What each byte of a text is, by line and column.
type Colours = BTreeMap<(usize, usize), Class>;

/// Programs that nothing is wrong with, in which every statement stands.
fn right() -> Vec<Fixture> {
    let mut all = programs();
    all.extend(fixtures("src/reference"));
    all
}

/// What the server says.
fn wanted(text: &str) -> Colours {
    let analysis = Analysis::new(text.to_owned(), None, &Nothing);
    let mut all = Colours::new();
    for token in tokens(&analysis) {
        for at in token.span.range() {
            let before = text.get(..token.span.range().start).unwrap_or_default();
            let line = before.matches('\n').count();
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            all.insert((line, at - start), token.kind);
        }
    }
    all
}

/// What a grammar says, as a list of `[line, first byte, last byte, name]`.
fn said(spans: &Value, name: impl Fn(Class) -> String) -> Result<Colours, String> {
    let classes: BTreeMap<String, Class> = CLASSES.iter().map(|it| (name(*it), *it)).collect();
    let mut all = Colours::new();
    for span in spans.as_array().into_iter().flatten() {
        let number = |at: usize| {
            let number = span.get(at).and_then(Value::as_u64).unwrap_or_default();
            usize::try_from(number).unwrap_or_default()
        };
        let name = span.get(3).and_then(Value::as_str).unwrap_or_default();
        let class = classes.get(name);
        let class = *class.ok_or_else(|| format!("nothing is called {name}"))?;
        for column in number(1)..number(2) {
            let known = all.insert((number(0), column), class);
            if known.is_some_and(|known| known != class) {
                return Err(format!("{span} is something else as well: {known:?}"));
            }
        }
    }
    Ok(all)
}

/// The first place of each line at which two differ. Blanks have no colour.
fn differences(text: &str, wanted: &Colours, said: &Colours) -> Vec<String> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let columns = line.bytes().enumerate().filter(|(_, byte)| *byte != b' ');
        let mut places = columns.map(|(column, _)| (number, column));
        let differs = places.find(|place| wanted.get(place) != said.get(place));
        found.extend(differs.map(|place| {
            let (want, said) = (wanted.get(&place), said.get(&place));
            let (number, column) = (number + 1, place.1 + 1);
            format!("{number}:{column} is {want:?}, and not {said:?}: {line}")
        }));
    }
    found
}

/// Holds what a grammar says of all programs, a value each, to what the server says.
fn hold(answers: &[u8], spans: impl Fn(&Value) -> Value, name: impl Fn(Class) -> String) {
    let answers: Value = serde_json::from_slice(answers).expect("it prints JSON");
    let answers = answers.as_array().expect("a list");
    let all = right();
    assert_eq!(answers.len(), all.len());
    let mut failures = Vec::new();
    for (fixture, answer) in all.iter().zip(answers) {
        let said = said(&spans(answer), &name).unwrap_or_else(|problem| {
            failures.push(format!("{}: {problem}", fixture.path));
            Colours::new()
        });
        let wanted = wanted(&fixture.text);
        assert!(!wanted.is_empty(), "{} has no token", fixture.path);
        let found = differences(&fixture.text, &wanted, &said);
        failures.extend(found.iter().map(|it| format!("{}:{it}", fixture.path)));
    }
    report(&failures);
}

/// Writes the texts of all programs into a file.
fn texts(test: &Test) -> PathBuf {
    let texts: Vec<_> = right().into_iter().map(|it| it.text).collect();
    let file = test.path("texts.json");
    fs::write(&file, json!(texts).to_string()).expect("a file");
    file
}

fn run(command: &mut Command) -> Vec<u8> {
    let output = command.output().expect("it starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{:?}: {said}", output.status);
    assert!(!output.stdout.is_empty(), "{said}");
    output.stdout
}

/// Whether a program of ours is here.
fn has_own(tool: &str) -> bool {
    has_tool(tool, Command::new("sh").args(["-c", "command -v $0", tool]))
}

fn has_neovim() -> bool {
    has_tool("nvim", Command::new("nvim").arg("--version"))
}

/// Neovim, which runs a script of `tests/grammars` on some texts.
fn neovim(script: &str, texts: &Path) -> Command {
    // With `-l`, an error in the script ends it.
    let mut command = Command::new("timeout");
    command
        .args(["600", "nvim", "--headless", "--clean"])
        .args(["--cmd", "set rtp^=editors/neovim"])
        .args(["-l", &format!("tests/grammars/{script}")])
        .env("TODOC_TEXTS", texts)
        .current_dir(path("."));
    command
}

#[test]
fn textmate_colours_words_as_the_server_does() {
    if !has_own("todoc-textmate") {
        return;
    }
    let test = Test::new();
    let grammar = path("editors/vscode/syntaxes/todoc.tmLanguage.json");
    let answers = run(Command::new("todoc-textmate")
        .arg(grammar)
        .arg(texts(&test)));
    hold(&answers, Value::clone, |class| {
        textmate::scope(class).to_owned()
    });
}

#[test]
fn vim_colours_words_as_the_server_does() {
    if has_neovim() {
        let test = Test::new();
        let answers = run(&mut neovim("vim.lua", &texts(&test)));
        hold(&answers, Value::clone, vim::group);
    }
}

#[test]
fn tree_sitter_colours_words_as_the_server_does() {
    if !has_neovim() {
        return;
    }
    let test = Test::new();
    let parser = test.path("todoc.so");
    let sources = path("editors/tree-sitter/src");
    let status = Command::new("cc")
        .args([
            "-shared",
            "-fPIC",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-Wno-unused",
            "-I",
        ])
        .arg(&sources)
        .args(["parser.c", "scanner.c"].map(|file| sources.join(file)))
        .arg("-o")
        .arg(&parser)
        .status();
    assert!(status.expect("a C compiler").success());
    let answers = run(neovim("tree_sitter.lua", &texts(&test))
        .env("TODOC_PARSER", parser)
        .env("TODOC_QUERIES", path("editors/tree-sitter/queries")));
    let errors: Value = serde_json::from_slice(&answers).expect("it prints JSON");
    let errors = errors.as_array().into_iter().flatten().zip(right());
    let errors =
        errors.filter(|(answer, _)| answer["errors"].as_array().is_none_or(|it| !it.is_empty()));
    let errors = errors.map(|(answer, it)| format!("{}: {}", it.path, answer["errors"]));
    report(&errors.collect::<Vec<_>>());
    let name = |class| queries::capture(class).to_owned();
    hold(&answers, |answer| answer["spans"].clone(), name);
}

#[test]
fn the_parser_is_what_its_grammar_says() {
    let tool = "todoc-tree-sitter";
    if !has_own(tool) {
        return;
    }
    let test = Test::new();
    let status = Command::new(tool)
        .arg(path("editors/tree-sitter/grammar.js"))
        .arg(test.path("src"))
        .status();
    assert!(status.expect("it starts").success());
    let files = [
        "parser.c",
        "grammar.json",
        "node-types.json",
        "tree_sitter/parser.h",
    ];
    let failures = files.into_iter().filter_map(|file| {
        let made = fs::read_to_string(test.path("src").join(file)).expect("it is there");
        crate::support::expect(&format!("editors/tree-sitter/src/{file}"), &made)
    });
    report(&failures.collect::<Vec<_>>());
}
