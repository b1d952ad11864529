//! `todoc fmt`: the layout of texts changes nothing else, and is reached at once.

use fastrand::Rng;
use todoc::backend::BACKENDS;
use todoc::diag::Diagnostic;
use todoc::format::format;
use todoc::source::{FileId, Span};
use todoc::syntax::parse;
use todoc::syntax::tree::{Atom, AtomKind, Fact, Tree};
use todoc::{Options, compile_all};

use crate::cli::Test;
use crate::docs::fences;
use crate::generator::program;
use crate::support::{
    Fixture, builds, examples, expect, files, fixtures, named, path, programs, read, report,
};

/// A tree in words, without places: the same where two trees say the same.
fn said(text: &str, tree: &Tree) -> String {
    let facts = tree.facts.iter().map(fact_said);
    // The layout puts a blank behind the `#`.
    let words = |comment: &Span| text[comment.range()].trim_start_matches('#').trim();
    let comments = tree.comments.iter().map(words);
    let comments = comments.map(|words| format!("# {words}\n"));
    facts.chain(comments).collect()
}

fn fact_said(fact: &Fact) -> String {
    let mut words = vec![format!("{:?} {:?}", fact.form, fact.head.value)];
    words.extend(fact.atoms.iter().map(atom_said));
    if let Some(value) = &fact.value {
        words.push("=".to_owned());
        words.extend(value.atoms.iter().map(atom_said));
    }
    if let Some(raw) = &fact.raw {
        // It moves sideways.
        let lines: Vec<_> = raw.value.lines().map(str::trim_start).collect();
        words.push(format!("{lines:?}"));
    }
    if let Some(block) = &fact.block {
        let inner: String = block.facts.iter().map(fact_said).collect();
        words.push(format!("{{\n{inner}}}"));
    }
    words.join(" ") + "\n"
}

fn atom_said(atom: &Atom) -> String {
    match &atom.kind {
        AtomKind::Word(text) => text.clone(),
        AtomKind::Text(text) => format!("{text:?}"),
        AtomKind::Number(text) => format!("number {text}"),
        AtomKind::Range(from, to) => format!("{}..{}", from.value, to.value),
        AtomKind::Reference(parts, argument) => {
            let parts: Vec<_> = parts.iter().map(|part| part.value.as_str()).collect();
            let argument = argument.as_ref().map(|it| it.value.as_str());
            format!("{} {argument:?}", parts.join("."))
        }
        AtomKind::List(items) => {
            let item = |item: &Vec<Atom>| item.iter().map(atom_said).collect::<Vec<_>>().join(" ");
            format!(
                "[{}]",
                items.iter().map(item).collect::<Vec<_>>().join(", ")
            )
        }
    }
}

/// What is wrong with the layout of any text: P1, P2, and that no line with errors has changed.
fn failures(text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let once = format(text);
    let twice = format(&once.text);
    if twice != once {
        wrong.push(format!(
            "{text:?} becomes {:?}, and then {:?}",
            once.text, twice.text
        ));
    }
    let before = parse(FileId(0), text);
    let after = parse(FileId(0), &once.text);
    let (was, is) = (said(text, &before.tree), said(&once.text, &after.tree));
    if was != is {
        wrong.push(format!("{text:?} becomes {:?}: {was}\n=>\n{is}", once.text));
    }
    let pieces = |text: &str, tree: &Tree| -> Vec<String> {
        let junk = tree.junk.iter();
        junk.map(|it| text[it.span.range()].trim().replace("\r\n", "\n"))
            .collect()
    };
    let (was, is) = (pieces(text, &before.tree), pieces(&once.text, &after.tree));
    if was != is {
        wrong.push(format!("{text:?}: unreadable text {was:?} becomes {is:?}"));
    }
    wrong
}

#[test]
fn what_is_formatted_says_the_same_and_stays_so() {
    let mut wrong = Vec::new();
    let all = programs().into_iter().chain(fixtures("tests/errors"));
    for fixture in all.chain(fixtures("tests/mistakes")) {
        let found = failures(&fixture.text).into_iter();
        wrong.extend(found.map(|it| format!("{}: {it}", fixture.path)));
    }
    for seed in 0..cases(150) {
        let text = program(seed).text();
        wrong.extend(failures(&text));
        wrong.extend(failures(&ugly(&text)));
    }
    report(&wrong);
}

/// How many texts at random are tried.
fn cases(usual: u64) -> u64 {
    let cases = std::env::var("TODOC_CASES").ok();
    cases.and_then(|it| it.parse().ok()).unwrap_or(usual)
}

/// A program as somebody may leave it: more blanks, and fewer.
fn ugly(text: &str) -> String {
    let mut out = String::new();
    let mut raw: Option<usize> = None;
    for line in text.lines() {
        let rest = line.trim_start();
        let indent = line.len() - rest.len();
        let is_end = raw.is_some_and(|its| rest == "}" && indent == its);
        if is_end {
            raw = None;
        }
        if let Some(its) = raw.filter(|_| !rest.is_empty()) {
            // YAML moves sideways.
            out.push_str(&" ".repeat(2 * its));
            out.push_str(line);
            out.push('\n');
            continue;
        }
        if rest.starts_with("patch ") {
            raw = Some(indent);
        }
        out.push_str(&" ".repeat(3 * indent));
        out.push_str(&if rest.contains('"') || rest.contains('#') {
            rest.to_owned()
        } else {
            rest.replace(" = ", "=").replace(", ", " ,")
        });
        out.push('\n');
    }
    out
}

#[test]
fn programs_that_people_read_are_formatted() {
    let mut wrong = Vec::new();
    let shown = ["src/reference", "src/catalog/databases"];
    let shown = shown.into_iter().flat_map(fixtures);
    for fixture in programs().into_iter().chain(shown) {
        wrong.extend(expect(&fixture.path, &format(&fixture.text).text));
    }
    let pages = files(&path("src/diag/explain"), "src/diag/explain").into_iter();
    for page in pages.chain(["README.md".to_owned()]) {
        let text = read(&page);
        let blocks = fences(&text).into_iter();
        let programs = blocks.filter(|block| block.language == "todo");
        let formatted = programs.fold(text.clone(), |text, block| {
            let fence = |text: &str| format!("```todo\n{text}```\n");
            text.replacen(&fence(&block.text), &fence(&format(&block.text).text), 1)
        });
        wrong.extend(expect(&page, &formatted));
    }
    report(&wrong);
}

#[test]
fn ugly_examples_come_back() {
    let mut wrong = Vec::new();
    for fixture in examples() {
        let formatted = format(&ugly(&fixture.text)).text;
        if formatted != fixture.text {
            wrong.push(format!("{} comes back as:\n{formatted}", fixture.path));
        }
    }
    report(&wrong);
}

/// Diagnostics without their places.
fn words(found: &[Diagnostic]) -> Vec<String> {
    let mut words: Vec<_> = found
        .iter()
        .map(|it| format!("{} {}", it.code, it.message))
        .collect();
    words.sort();
    words
}

#[test]
fn what_is_formatted_becomes_the_same() {
    let mut wrong = Vec::new();
    for fixture in programs() {
        let ugly = Fixture {
            text: ugly(&fixture.text),
            path: fixture.path.clone(),
            name: fixture.name.clone(),
        };
        let (is, was) = (builds(&fixture, BACKENDS), builds(&ugly, BACKENDS));
        let same = is.iter().zip(&was).all(|(is, was)| {
            let files = |all: &[todoc::backend::Artifact]| -> Vec<(String, String)> {
                all.iter()
                    .map(|it| (it.path.clone(), it.text.clone()))
                    .collect()
            };
            files(&is.artifacts) == files(&was.artifacts)
        });
        if !same {
            wrong.push(format!("{} becomes other files", fixture.path));
        }
    }
    for fixture in fixtures("tests/errors") {
        let all = |text: &str| {
            let options = Options {
                files: named(text),
                ..Options::default()
            };
            words(&compile_all(text, &options).diagnostics)
        };
        let formatted = format(&fixture.text).text;
        let (was, is) = (all(&fixture.text), all(&formatted));
        if was != is {
            wrong.push(format!(
                "{} is answered {is:?} instead of {was:?}: {formatted}",
                fixture.path
            ));
        }
    }
    report(&wrong);
}

/// What may be put anywhere, and what it is to be left out of.
const SOUP: &[&str] = &[
    "{",
    "}",
    "{\n",
    "\n",
    "\n}\n",
    "\"",
    ",",
    "#",
    "# c\n",
    " ",
    "\t",
    "=",
    "nginx:1.29 ",
    "é",
    "\u{feff}",
    "\r",
    "\r\n",
    "\npatch Deployment {\n",
    "[",
    "]",
    "..",
    ".",
    ":",
    "\ntier a {",
    "\n  port 80 ",
    "?",
    "\nconfig ",
    "'",
    "  ",
];

#[test]
fn broken_lines_stay_as_they_are() {
    let mut rng = Rng::with_seed(1309);
    let texts = programs();
    let mut wrong = Vec::new();
    for _ in 0..cases(500) {
        let mut text = rng.choice(&texts).expect("there are some").text.clone();
        for _ in 0..rng.usize(1..4) {
            let places: Vec<_> = text.char_indices().map(|(at, _)| at).collect();
            let Some(at) = rng.choice(&places).copied() else {
                continue;
            };
            match rng.u8(..3) {
                0 => text.truncate(at),
                1 => drop(text.remove(at)),
                _ => text.insert_str(at, rng.choice(SOUP).expect("it isn't empty")),
            }
        }
        wrong.extend(failures(&text));
    }
    for _ in 0..4 * cases(500) {
        let soup: String = (0..rng.usize(1..30))
            .map(|_| *rng.choice(SOUP).expect("it isn't empty"))
            .collect();
        wrong.extend(failures(&soup));
    }
    report(&wrong);
}

/// What is typed, and what is deleted while it is.
#[test]
fn every_beginning_and_every_gap_has_a_layout() {
    let texts = examples();
    let text = texts.iter().map(|it| it.text.as_str());
    let text = text.min_by_key(|text| text.len()).expect("there are some");
    let mut wrong = Vec::new();
    for (at, found) in text.char_indices() {
        wrong.extend(failures(&text[..at]));
        let behind = &text[at + found.len_utf8()..];
        wrong.extend(failures(&format!("{}{behind}", &text[..at])));
    }
    report(&wrong);
}

const PLAIN: &str = "app a\n\ntier web {\n  image \"nginx:1.29\"\n}\n";
const UGLY: &str = "app   a\ntier web {\n image   \"nginx:1.29\"\n}";

#[test]
fn files_are_formatted_in_place() {
    let test = Test::new().file("a.todo", UGLY).file("b.todo", PLAIN);
    let ran = test.run(&["fmt", "a.todo", "b.todo"]);
    assert_eq!(
        (ran.status, ran.stdout.as_str()),
        (Some(0), "a.todo: formatted\n")
    );
    assert_eq!(
        (test.read("a.todo"), test.read("b.todo")),
        (PLAIN.into(), PLAIN.into())
    );
    let ran = test.run(&["fmt", "a.todo"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(0), ""));
}

#[test]
fn folders_are_searched() {
    let test = Test::new()
        .file("one/a.todo", UGLY)
        .file("one/two/b.todo", UGLY)
        .file("one/node_modules/c.todo", UGLY)
        .file("one/.git/d.todo", UGLY)
        .file("one/e.txt", UGLY)
        .file("other/f.txt", UGLY);
    let ran = test.run(&["fmt", "--check", "."]);
    let listed = "./one/a.todo: not formatted\n./one/two/b.todo: not formatted\n";
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(1), listed));
    assert_eq!(test.run(&["fmt", "--check"]).status, Some(1));
    assert_eq!(test.read("one/a.todo"), UGLY);
    assert_eq!(test.run(&["fmt", "one"]).status, Some(0));
    assert_eq!(test.read("one/two/b.todo"), PLAIN);
    assert_eq!(test.read("one/node_modules/c.todo"), UGLY);
    assert_eq!(test.run(&["fmt", "--check", "one"]).status, Some(0));
    let ran = test.run(&["fmt", "other", "nowhere", "one"]);
    assert_eq!(ran.status, Some(2));
    assert!(
        ran.stderr.contains("no `.todo` file in `other`"),
        "{}",
        ran.stderr
    );
}

#[test]
fn standard_input_is_printed() {
    let ran = Test::new().stdin(UGLY).run(&["fmt", "-"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(0), PLAIN));
    let ran = Test::new().stdin(UGLY).run(&["fmt", "-", "--check"]);
    assert_eq!(
        (ran.status, ran.stdout.as_str()),
        (Some(1), "<stdin>: not formatted\n")
    );
    assert_eq!(Test::new().run(&["fmt", "-", "-"]).status, Some(2));
}

#[test]
fn a_diff_writes_nothing() {
    let test = Test::new().file("a.todo", UGLY);
    let ran = test.run(&["fmt", "--diff", "a.todo"]);
    assert_eq!(ran.status, Some(1));
    assert!(
        ran.stdout.contains("\n-app   a\n") && ran.stdout.contains("\n+app a\n"),
        "{}",
        ran.stdout
    );
    assert_eq!(test.read("a.todo"), UGLY);
}

#[test]
fn a_broken_text_is_formatted_but_for_its_lines() {
    let test = Test::new().file("a.todo", "app   a\n\ntier web {\n  image   nginx:1.29\n}\n");
    let ran = test.run(&["fmt", "a.todo"]);
    assert_eq!(ran.status, Some(1));
    assert!(
        ran.stderr.contains("lines with errors of syntax stay"),
        "{}",
        ran.stderr
    );
    assert_eq!(
        test.read("a.todo"),
        "app a\n\ntier web {\n  image   nginx:1.29\n}\n"
    );
    let ran = Test::new()
        .file("b.todo", b"app \xff")
        .run(&["fmt", "b.todo"]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.stderr.contains("not UTF-8"), "{}", ran.stderr);
}

/// A credential in a text isn't printed, whatever is printed of it.
#[test]
fn a_diff_shows_no_credential() {
    let secret = "AKIAIOSFODNN7EXAMPLE";
    let text = format_text(secret);
    let ran = Test::new()
        .file("a.todo", &text)
        .run(&["fmt", "--diff", "a.todo"]);
    assert!(!ran.stdout.contains(secret), "{}", ran.stdout);
    assert!(ran.stdout.contains("AWS_ACCESS_KEY_ID"), "{}", ran.stdout);
}

fn format_text(secret: &str) -> String {
    format!(
        "app a\n\ntier web {{\n  image \"nginx:1.29\"\n  env {{\n    AWS_ACCESS_KEY_ID   =  \"{secret}\"\n  }}\n}}\n"
    )
}
