//! The tree loses nothing: whatever stands in a text is reached by its place.

use std::ops::Range;

use fastrand::Rng;
use todoc::source::FileId;
use todoc::syntax::parse;
use todoc::syntax::tree::{Block, Fact, Junk, Tree};

use crate::support::{fixtures, programs, report};

/// The places of all that a tree holds, and of the braces of its patches.
#[derive(Default)]
struct Pieces {
    found: Vec<Range<usize>>,
    /// Patches, whose braces are the only signs that no node has.
    patches: Vec<Range<usize>>,
}

impl Pieces {
    fn of(tree: &Tree) -> Pieces {
        let mut all = Pieces::default();
        all.facts(&tree.facts);
        let spans = tree.comments.iter().chain(&tree.commas);
        all.found.extend(spans.map(|span| span.range()));
        for junk in &tree.junk {
            all.junk(junk);
        }
        all.found.sort_by_key(|piece| (piece.start, piece.end));
        all
    }

    fn facts(&mut self, facts: &[Fact]) {
        for fact in facts {
            // A spread has its dots before its word.
            self.found
                .push(fact.span.range().start..fact.head.span.range().end);
            self.found
                .extend(fact.atoms.iter().map(|atom| atom.span.range()));
            if let Some(value) = &fact.value {
                self.found.push(value.equals.range());
                self.found
                    .extend(value.atoms.iter().map(|atom| atom.span.range()));
            }
            if let Some(raw) = &fact.raw {
                self.found.push(raw.span.range());
                self.patches.push(fact.span.range());
            }
            if let Some(block) = &fact.block {
                self.block(block);
            }
        }
    }

    fn block(&mut self, block: &Block) {
        let Range { start, end } = block.span.range();
        self.found.push(start..start + 1);
        self.facts(&block.facts);
        if block.closed {
            self.found.push(end - 1..end);
        }
    }

    fn junk(&mut self, junk: &Junk) {
        assert!(
            junk.atoms.iter().all(|atom| junk.span.contains(atom.span)),
            "tokens of unreadable text lie in it"
        );
        self.found.push(junk.span.range());
        if let Some(block) = &junk.block {
            self.block(block);
        }
    }
}

/// What is wrong with the tree of a text.
fn failures(text: &str) -> Vec<String> {
    let pieces = Pieces::of(&parse(FileId(0), text).tree);
    let mut wrong = Vec::new();
    let mut at = 0;
    let ends = std::iter::once(text.len()..text.len());
    for piece in pieces.found.into_iter().chain(ends) {
        if piece.start < at {
            wrong.push(format!("{piece:?} is there twice in {text:?}"));
        }
        let gap = at..piece.start.max(at);
        let in_patch = |offset: usize| pieces.patches.iter().any(|it| it.contains(&offset));
        let is_lost = text[gap.clone()].char_indices().any(|(offset, found)| {
            let place = gap.start + offset;
            let is_line_break = found == '\n' || text[place..].starts_with("\r\n");
            let is_mark = found == '\u{feff}' && place == 0;
            let is_brace = matches!(found, '{' | '}') && in_patch(place);
            !(matches!(found, ' ' | '\t') || is_line_break || is_mark || is_brace)
        });
        if is_lost {
            wrong.push(format!("{:?} is lost from {text:?}", &text[gap]));
        }
        at = at.max(piece.end);
    }
    wrong
}

#[test]
fn whatever_stands_in_a_program_is_in_its_tree() {
    let mut wrong = Vec::new();
    for fixture in programs().into_iter().chain(fixtures("tests/errors")) {
        let found = failures(&fixture.text).into_iter();
        wrong.extend(found.map(|it| format!("{}: {it}", fixture.path)));
    }
    report(&wrong);
}

/// Halves of words and texts belong to no statement, but they are there.
#[test]
fn what_belongs_to_no_statement_is_kept() {
    let kept = |text: &str| -> Vec<(String, usize)> {
        let tree = parse(FileId(0), text).tree;
        let junk = tree.junk.iter();
        junk.map(|it| (text[it.span.range()].to_owned(), it.atoms.len()))
            .collect()
    };
    for (text, junk, atoms) in [
        ("tier web {\n  image nginx:1.29\n}\n", "nginx:1.29", 1),
        (
            "tier web {\n  env { A = \"1\" B = \"2\" }\n}\n",
            "B = \"2\" ",
            1,
        ),
        ("cron c 30 3 * * * {\n}\n", "30 3 * * *", 2),
        ("tiér web {}\n", "ér web", 0),
        ("tier web { }\n}\n", "}", 0),
        ("tier a { env { x { y { z } } } }\n", "{ z }", 0),
        ("tier a { patch Job { a: 1 } }\n", "{ a: 1 }", 0),
    ] {
        assert_eq!(
            kept(text).first(),
            Some(&(junk.to_owned(), atoms)),
            "of {text:?}"
        );
    }
}

#[test]
fn blocks_without_a_statement_are_kept() {
    let tree = parse(FileId(0), "? { port 80 }\n").tree;
    let block = tree.junk.first().and_then(|junk| junk.block.as_ref());
    assert_eq!(block.map(|block| block.facts.len()), Some(1));
}

/// Pieces of texts, which any may follow any.
const SOUP: &[&str] = &[
    "tier a ",
    "{",
    "}",
    "{\n",
    "\n",
    "\n}\n",
    "\"x\" ",
    "\"x",
    ",",
    "# c\n",
    "secret X ",
    "= ",
    "nginx:1.29 ",
    "é",
    "\u{feff}",
    "\r",
    "\r\n",
    "\t",
    "patch Deployment {\n",
    "    a: 1\n",
    "[",
    "]",
    "[a, b] ",
    "..config ",
    "cron c 5 * * * * ",
    "1..2 ",
    "a.b ",
    "a.b(\"c\") ",
    ": ",
    "env {",
    "\n  port 80 ",
    "?",
    "\nconfig ",
    "A",
    "'",
];

#[test]
fn whatever_stands_in_any_text_is_in_its_tree() {
    let mut rng = Rng::with_seed(12);
    let texts = programs();
    let mut wrong = Vec::new();
    for _ in 0..3000 {
        let soup: String = (0..rng.usize(1..40))
            .map(|_| *rng.choice(SOUP).expect("it isn't empty"))
            .collect();
        wrong.extend(failures(&soup));
    }
    for _ in 0..600 {
        let mut text = rng.choice(&texts).expect("there are some").text.clone();
        let places: Vec<_> = text.char_indices().map(|(at, _)| at).collect();
        let at = *rng.choice(&places).expect("it isn't empty");
        match rng.u8(..3) {
            0 => text.truncate(at),
            1 => drop(text.remove(at)),
            _ => text.insert_str(at, rng.choice(SOUP).expect("it isn't empty")),
        }
        wrong.extend(failures(&text));
    }
    report(&wrong);
}
