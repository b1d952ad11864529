//! A mistake in one block of a text leaves the others whole.
//!
//! The examples are damaged in every way that a single slip of a hand can: cut off anywhere, a
//! character less, a stray token more, two tokens or lines the wrong way round. Each time
//! everything ends without a panic, and:
//!
//! - what stands in other blocks is still in the tree, at its place;
//! - complaints of syntax lie in the damaged block;
//! - other complaints lie in it, or in blocks that mention what it declares;
//! - every place that a complaint shows is in the text, on character boundaries.
//!
//! Texts of random tokens hold to the last point.

use std::collections::BTreeSet;
use std::ops::Range;

use fastrand::Rng;
use todoc::backend::BACKENDS;
use todoc::check::{check, file_facts};
use todoc::diag::{Code, Diagnostic, render};
use todoc::source::{Beside, Contexts, FileId, Files, SourceMap, Span};
use todoc::syntax::{ast, parse};

use crate::support::{Fixture, check_each, examples};

/// How many failures of one example are shown: the first ones say what is wrong.
const MOST_FAILURES: usize = 5;

/// One mistake: this part of the text, replaced.
#[derive(Debug, Clone)]
struct Slip {
    at: Range<usize>,
    text: String,
}

impl Slip {
    fn new(at: Range<usize>, text: impl Into<String>) -> Slip {
        let text = text.into();
        Slip { at, text }
    }

    fn apply(&self, text: &str) -> String {
        [&text[..self.at.start], &self.text, &text[self.at.end..]].concat()
    }

    /// Where an offset of the sound text, outside of the slip, is in the damaged one.
    fn shift(&self, offset: usize) -> usize {
        if offset < self.at.end || offset == self.at.start && self.at.is_empty() {
            offset.min(self.at.start)
        } else {
            offset - self.at.len() + self.text.len()
        }
    }
}

/// A top-level statement of a sound text.
struct Block {
    /// From the line break before it to that before the next one.
    at: Range<usize>,
    /// What it declares: kind, name and place.
    declares: Vec<Declared>,
    /// What a text that depends on it mentions. `None` if that can be any.
    mentions: Option<Vec<String>>,
}

type Declared = (&'static str, String, usize);

/// What a file declares at its top level, in order.
fn declared(file: &ast::File) -> BTreeSet<Declared> {
    let mut found = BTreeSet::new();
    let mut add = |kind, name: Option<&ast::Name>, span: Span| {
        let name = name.map_or("", |name| name.value.as_str());
        found.insert((kind, name.to_owned(), span.range().start));
    };
    if let Some(it) = &file.app {
        add("app", it.name.as_ref(), it.span);
    }
    if let Some(it) = &file.config {
        add("config", None, it.span);
        for setting in &it.settings {
            add("key", Some(&setting.key), setting.key.span);
        }
    }
    for it in &file.secrets {
        add("secret", it.name.as_ref(), it.span);
    }
    for it in &file.databases {
        add("database", it.name.as_ref(), it.span);
    }
    for it in &file.externals {
        add("external", it.name.as_ref(), it.span);
    }
    for it in &file.external_services {
        add("external service", it.name.as_ref(), it.span);
    }
    for it in &file.jobs {
        add("job", it.tier.name.as_ref(), it.tier.span);
    }
    for it in &file.tiers {
        add("tier", it.name.as_ref(), it.span);
        for port in &it.ports {
            add("port", port.container.as_ref(), port.span);
        }
        for line in &it.env {
            let (ast::EnvLine::Shared(name)
            | ast::EnvLine::Spread(name)
            | ast::EnvLine::Set(ast::Setting { key: name, .. })) = line;
            add("variable", Some(name), name.span);
        }
    }
    for it in &file.targets {
        add("target", it.name.as_ref(), it.span);
        for tier in &it.tiers {
            add("change", tier.name.as_ref(), tier.span);
        }
    }
    found
}

fn blocks(text: &str) -> Vec<Block> {
    let parsed = parse(FileId(0), text);
    let facts = &parsed.tree.facts;
    let all = declared(&parsed.file);
    let starts: Vec<_> = facts.iter().map(|fact| fact.span.range().start).collect();
    let ends = starts
        .iter()
        .skip(1)
        .map(|start| start - 1)
        .chain([text.len()]);
    let mut blocks = Vec::new();
    for ((fact, start), end) in facts.iter().zip(&starts).zip(ends) {
        let at = start.saturating_sub(1)..end;
        let inside = all
            .iter()
            .filter(|(_, _, place)| (*start..end).contains(place));
        let declares: Vec<_> = inside.cloned().collect();
        let names = declares
            .iter()
            .filter(|(kind, ..)| !matches!(*kind, "port" | "variable" | "change"));
        let mut names: Vec<_> = names.map(|(_, name, _)| name.clone()).collect();
        let mentions = match fact.head.value.as_str() {
            // Every name, host and route is made of what these say.
            "app" | "target" => None,
            "secret" => {
                names.push("..secrets".to_owned());
                Some(names)
            }
            "config" => {
                names.retain(|name| !name.is_empty());
                names.push("..config".to_owned());
                Some(names)
            }
            _ => Some(names),
        };
        blocks.push(Block {
            at,
            declares,
            mentions,
        });
    }
    blocks
}

/// A text as tree, and all that is wrong with it for any target. (`check_all` gives no tree, and
/// reading each text twice would double the time that these tests take.)
fn read(text: &str) -> (ast::File, Vec<Diagnostic>) {
    let parsed = parse(FileId(0), text);
    let (file, mut bag) = (parsed.file, parsed.diagnostics);
    let files = Files::new();
    let beside = Beside {
        gives_values: false,
        commit: None,
        files: &files,
        contexts: &Contexts::new(),
    };
    let facts = file_facts(&file, &files);
    let formats: Vec<_> = BACKENDS.iter().map(|backend| backend.check).collect();
    let targets = file.targets.iter().map(Some);
    for target in targets.chain(file.targets.is_empty().then_some(None)) {
        bag.append(check(&file, target, (None, None), beside, &facts, &formats).diagnostics);
    }
    bag.append(facts.found);
    (file, bag.into_sorted())
}

/// What a slip did that it should not have done.
fn failures(text: &str, blocks: &[Block], slip: &Slip) -> Vec<String> {
    let damaged = slip.apply(text);
    let (file, diagnostics) = read(&damaged);
    let mut failures = misplaced(&damaged, &diagnostics);

    let touches = |block: &Block| block.at.start <= slip.at.end && slip.at.start <= block.at.end;
    let (hit, whole): (Vec<_>, Vec<_>) = blocks.iter().partition(|block| touches(block));
    let found = declared(&file);
    for (kind, name, place) in whole.iter().flat_map(|block| &block.declares) {
        if !found.contains(&(*kind, name.clone(), slip.shift(*place))) {
            failures.push(format!("lost: {kind} {name}"));
        }
    }
    // A slip can make a target of a comment's last word, and so another system to be checked.
    let targets = blocks.iter().flat_map(|block| &block.declares);
    let targets = targets.filter(|(kind, ..)| *kind == "target").count();
    let concerned = |block: &Block| {
        if file.targets.len() > targets {
            return true;
        }
        hit.iter().any(|hit| match &hit.mentions {
            None => true,
            Some(names) => names
                .iter()
                .any(|name| text[block.at.clone()].contains(name)),
        })
    };
    // Who reads a secret is a matter of the whole text.
    let of_blocks = diagnostics
        .iter()
        .filter(|it| it.code != Code::UnreadSecret);
    for diagnostic in of_blocks {
        let place = diagnostic.primary.span.range();
        let is_syntax = diagnostic.code.number().starts_with("E01");
        for block in &whole {
            let at = slip.shift(block.at.start) + 1..slip.shift(block.at.end);
            let lies_in = at.start <= place.start && place.start < at.end;
            if lies_in && (is_syntax || !concerned(block)) {
                failures.push(format!(
                    "{} in a sound block, at {place:?}: {}",
                    diagnostic.code, diagnostic.message
                ));
            }
        }
    }
    failures
}

/// Places of diagnostics that are not in the text, or in the middle of a character.
fn misplaced(text: &str, diagnostics: &[Diagnostic]) -> Vec<String> {
    let mut failures = Vec::new();
    for diagnostic in diagnostics {
        let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary);
        let edits = diagnostic.fix.iter().flat_map(|fix| &fix.edits);
        for span in labels
            .map(|label| label.span)
            .chain(edits.map(|edit| edit.span))
        {
            if text.get(span.range()).is_none() {
                failures.push(format!(
                    "{}: {:?} is no place",
                    diagnostic.code,
                    span.range()
                ));
            }
        }
    }
    failures
}

/// How many bytes of text are read for the slips of one example, about: of more slips than that
/// allows for, every second, third … is made. Optimised code reads more in the same time.
const MOST_READ: usize = if cfg!(debug_assertions) {
    500_000
} else {
    10_000_000
};

/// The failures of the slips of an example, the first ones.
fn try_all(fixture: &Fixture, slips: impl IntoIterator<Item = Slip>) -> Vec<String> {
    let blocks = blocks(&fixture.text);
    assert!(blocks.len() > 2, "{} has blocks", fixture.path);
    let slips: Vec<_> = slips.into_iter().collect();
    let stride = 1 + slips.len() * fixture.text.len() / MOST_READ;
    let mut all = Vec::new();
    for slip in slips.into_iter().step_by(stride) {
        let found = failures(&fixture.text, &blocks, &slip);
        all.extend(
            found
                .into_iter()
                .map(|failure| format!("{slip:?}: {failure}")),
        );
        if all.len() >= MOST_FAILURES {
            break;
        }
    }
    all
}

fn boundaries(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.char_indices().map(|(at, _)| at).chain([text.len()])
}

#[test]
fn a_text_may_end_anywhere() {
    check_each(&examples(), |fixture| {
        let end = fixture.text.len();
        try_all(
            fixture,
            boundaries(&fixture.text).map(|at| Slip::new(at..end, "")),
        )
    });
}

#[test]
fn any_character_may_be_missing() {
    check_each(&examples(), |fixture| {
        let characters = fixture.text.char_indices();
        try_all(
            fixture,
            characters.map(|(at, c)| Slip::new(at..at + c.len_utf8(), "")),
        )
    });
}

/// What a hand or a clipboard may leave in a text.
const STRAY: &[&str] = &[
    "\"",
    "'",
    "`",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "=",
    ",",
    "#",
    ".",
    "..",
    ":",
    ";",
    "-",
    "\\",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\0",
    "\u{7f}",
    "\u{202e}",
    "\u{feff}",
    "\u{301}",
    "é",
    "日",
    "🙂",
    "x",
    "0",
    " ",
    " = ",
    " { ",
    "{{{{",
    "}}}",
    "\n}\n",
    "\n{\n",
    "\"\"",
    "\"x",
    "x\"",
    "\\\"",
    "[x,",
    "a.b.c",
    "a.b(\"c\")",
    "1..2",
    "..config",
    "from env",
    "tier",
    "\ntier x {\n",
    "\nsecret x\n",
    "\ntarget",
    "<<<<<<< HEAD\n",
    "- a: b\n",
    "%",
    "$X",
    "${X}",
    "{{ x }}",
];

#[test]
fn anything_may_be_added_anywhere() {
    check_each(&examples(), |fixture| {
        let mut rng = Rng::with_seed(1);
        let slips =
            boundaries(&fixture.text).map(|at| Slip::new(at..at, STRAY[rng.usize(..STRAY.len())]));
        try_all(fixture, slips)
    });
}

#[test]
fn two_tokens_or_lines_may_be_the_wrong_way_round_or_one_be_there_twice() {
    check_each(&examples(), |fixture| {
        let text = &fixture.text;
        let tokens = pieces(text, char::is_whitespace);
        let lines = pieces(text, |it| it == '\n');
        let slips = [tokens, lines].into_iter().flat_map(|pieces| {
            let swaps = pieces.windows(2).map(|pair| {
                let [a, b] = [pair[0].clone(), pair[1].clone()];
                let between = &text[a.end..b.start];
                let turned = [&text[b.clone()], between, &text[a.clone()]].concat();
                Slip::new(a.start..b.end, turned)
            });
            let copies = pieces
                .iter()
                .map(|piece| Slip::new(piece.end..piece.end, [" ", &text[piece.clone()]].concat()));
            let losses = pieces.iter().map(|piece| Slip::new(piece.clone(), ""));
            swaps.chain(copies).chain(losses).collect::<Vec<_>>()
        });
        try_all(fixture, slips)
    });
}

/// The parts of a text between separators, but for empty ones.
fn pieces(text: &str, separates: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, character) in text.char_indices().chain([(text.len(), '\n')]) {
        if separates(character) {
            if start < at {
                found.push(start..at);
            }
            start = at + character.len_utf8();
        }
    }
    found
}

/// Words, numbers and signs that mean something, or nearly do.
const TOKENS: &[&str] = &[
    "app",
    "tier",
    "secret",
    "config",
    "env",
    "target",
    "postgres",
    "build",
    "nextjs",
    "port",
    "health",
    "expose",
    "ingress",
    "nodeport",
    "from",
    "as",
    "needs",
    "replicas",
    "naming",
    "a",
    "b",
    "a.url",
    "a.public_url",
    "KEY",
    "8000",
    "100m",
    "1Gi",
    "1..2",
    "3.13",
    "\"/x\"",
    "\"{tier}\"",
    "\"\"",
    "..config",
    "..secrets",
    "=",
    ",",
    "{",
    "}",
    "{",
    "}",
    "[",
    "]",
    "(",
    ".",
    "\"",
    "#",
    "\n",
    "\n",
    "\n",
    " ",
    "\t",
    "\r",
    "\\",
    "é",
    "\u{202e}",
    "\u{feff}",
    "\0",
];

/// How many texts of random tokens are tried; optimised code gets more in the same time.
const SOUPS: usize = if cfg!(debug_assertions) {
    10_000
} else {
    100_000
};
/// Of how many such texts one is shown as a person would see it, which takes longer.
const SHOWN: usize = 20;

#[test]
fn any_tokens_are_answered() {
    let mut rng = Rng::with_seed(2);
    for turn in 0..SOUPS {
        let mut soup = String::new();
        for _ in 0..rng.usize(1..10) {
            soup.push_str(TOKENS[rng.usize(..TOKENS.len())]);
            soup.push_str(["", " ", " "][rng.usize(..3)]);
        }
        let (_, diagnostics) = read(&soup);
        assert_eq!(misplaced(&soup, &diagnostics), [""; 0], "{soup:?}");
        if turn % SHOWN == 0 {
            let sources = SourceMap::single("soup.todo", soup.as_str());
            let shown = render::text(&sources, &diagnostics);
            assert!(!shown.is_empty() || diagnostics.is_empty(), "{soup:?}");
        }
    }
}
