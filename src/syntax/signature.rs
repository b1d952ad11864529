//! Statements against the table: which row each one is, and what doesn't belong where it stands.

mod elsewhere;
mod indented;
mod parted;
mod unknown;

use super::matcher::{self, Filled};
use super::tree::{Atom, Fact, Form};
use super::usage;
use crate::catalog::keys::{self, Body, Free, Part, Place, Row};
use crate::diag::{Applicability, Bag, Code, Diagnostic, Edit};
use crate::source::{Span, Spanned};
use elsewhere::Top;
pub(super) use indented::indented;
use indented::without_braces;
use parted::parted;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use unknown::unknown;

/// A statement whose word is known.
#[derive(Debug)]
pub(super) struct Statement<'a> {
    /// Its row.
    pub(super) row: &'static Row,
    /// Its text.
    pub(super) fact: &'a Fact,
    /// What fills its slots, by their names. A slot that isn't filled is missing.
    pub(super) slots: Vec<(&'static str, &'a Atom)>,
    /// The fixed words that it holds.
    pub(super) words: Vec<Spanned<&'static str>>,
    /// The inside of its block.
    pub(super) body: Option<Inside<'a>>,
    /// Whether something in it, but not in its block, couldn't be read.
    pub(super) broken: bool,
}

/// The inside of a block.
#[derive(Debug, Default)]
pub(super) struct Inside<'a> {
    /// Its statements, in order.
    pub(super) statements: Vec<Statement<'a>>,
    /// Keys and variables: what has no row where any word may stand.
    pub(super) free: Vec<&'a Fact>,
    /// Whether something in it couldn't be read: then nothing is known to be missing.
    pub(super) broken: bool,
    /// At the top level, statements whose words are unknown: what they declare is lost.
    pub(super) lost: Vec<Span>,
}

/// What statements stand in.
#[derive(Debug, Clone, Copy)]
struct Surroundings<'a> {
    /// The text, up to the end of the block.
    text: &'a str,
    /// What the top level declares.
    top: &'a Top<'a>,
}

/// Matches the statements of a file.
pub(super) fn all<'a>(facts: &'a [Fact], broken: bool, text: &str, bag: &mut Bag) -> Inside<'a> {
    let top = &Top::of(facts);
    inside(Place::Top, facts, broken, Surroundings { text, top }, bag)
}

/// Matches the statements of one block, or of the file.
fn inside<'a>(
    place: Place,
    facts: &'a [Fact],
    broken: bool,
    whole: Surroundings<'_>,
    bag: &mut Bag,
) -> Inside<'a> {
    let text = whole.text;
    let mut inside = Inside {
        broken,
        ..Inside::default()
    };
    // Statements that may stand once, by their words.
    let mut once: BTreeMap<&str, &Fact> = BTreeMap::new();
    let mut skipped = 0;
    for (at, fact) in facts.iter().enumerate() {
        if at < skipped {
            continue;
        }
        let Some(row) = row_of(place, fact) else {
            let is_free = match (place.free(), fact.form) {
                (Free::Settings, Form::Word)
                | (Free::Labels, Form::Word | Form::Text)
                | (Free::Variables | Free::Routes, Form::Text) => fact.value.is_some(),
                // In a target, `env` is such a block.
                (Free::Settings, Form::Text) => place == Place::Config && fact.value.is_some(),
                (Free::Keys | Free::Variables, Form::Word) | (Free::Variables, Form::Spread) => {
                    true
                }
                _ => false,
            };
            if is_free {
                inside.free.push(fact);
            } else {
                skipped = at + 1 + unknown(place, (facts, at), whole, bag);
                if place == Place::Top {
                    inside.lost.push(fact.span);
                } else {
                    inside.broken = true;
                }
            }
            inside.broken |= fact.broken;
            continue;
        };
        if place == Place::Top {
            stands_in_first_column(fact, text, bag);
        }
        let rest = facts.get(at + 1..).unwrap_or_default();
        let more = parted(fact, row, rest, place, text, bag).len();
        inside.broken |= more > 0;
        let block = indented(fact, row, place, rest.get(more..).unwrap_or_default(), text);
        skipped = at + 1 + more + block.len();
        let statement = statement(place, row, fact, block, whole, bag);
        // At the top level, a statement whose name is known hides no other.
        let is_known =
            place == Place::Top && statement.slots.iter().any(|(slot, _)| *slot == "name");
        inside.broken |= statement.broken && !is_known;
        if row.many {
            inside.statements.push(statement);
            continue;
        }
        match once.entry(row.word) {
            Entry::Occupied(first) => repeated(row, first.get(), fact, text, bag),
            Entry::Vacant(none) => {
                none.insert(fact);
                inside.statements.push(statement);
            }
        }
    }
    inside
}

/// The row of a statement: of several with its word, that whose fixed words are all there, and
/// which has parts if there are atoms.
#[must_use]
pub fn row_of(place: Place, fact: &Fact) -> Option<&'static Row> {
    // Where any word may be a key, only what can't be one is a statement.
    let is_optional = matches!(fact.atoms.as_slice(), [atom] if matcher::is_word(atom, "optional"));
    let is_optional = is_optional && place.free() == Free::Keys;
    let is_key = fact.atoms.is_empty() || fact.value.is_some() || is_optional;
    // Among routes no word is one: paths are strings.
    let is_key = is_key && place.is_of_keys() && place.free() != Free::Routes;
    if fact.form != Form::Word || is_key {
        return None;
    }
    let has = |word: &str| fact.atoms.iter().any(|atom| matcher::is_word(atom, word));
    let mut last = None;
    for row in keys::named(place, &fact.head.value) {
        let fixed = row
            .parts
            .iter()
            .all(|part| !matches!(part, Part::Word(word) if !has(word)));
        let takes_atoms = !row.parts.is_empty() || fact.atoms.is_empty();
        last = Some(row);
        if fixed && takes_atoms {
            break;
        }
    }
    last
}

fn repeated(row: &Row, first: &Fact, fact: &Fact, text: &str, bag: &mut Bag) {
    let diagnostic = twice(&first.head.value, first.head.span, fact.head.span);
    // Of the first one, no more is compared than there is of the second.
    let same = text.get(first.span.range()) == text.get(fact.span.range());
    bag.push(if same {
        without_second(diagnostic, fact.span)
    } else {
        diagnostic.help(row.twice)
    });
}

/// `..config` behind `..config`.
pub(super) fn spread_again(first: &Spanned<String>, second: &Spanned<String>) -> Diagnostic {
    let shown = format!("..{}", first.value);
    without_second(twice(&shown, first.span, second.span), second.span)
}

fn twice(shown: &str, first: Span, second: Span) -> Diagnostic {
    Diagnostic::new(
        Code::Repeated,
        second,
        format!("`{shown}` stands here twice"),
    )
    .label("the second one")
    .also(first, "the first one")
}

fn without_second(diagnostic: Diagnostic, second: Span) -> Diagnostic {
    let title = "delete the second one, which says the same";
    diagnostic.edit(Applicability::Certain, title, Edit::delete(second))
}

fn stands_in_first_column(fact: &Fact, text: &str, bag: &mut Bag) {
    let start = fact.span.range().start;
    let before = &text[..start];
    if before.is_empty() || before.ends_with('\n') || before == "\u{feff}" {
        return;
    }
    // The line isn't searched for its beginning: it may be long, and hold many statements.
    let indent = before.trim_end_matches([' ', '\t']);
    let is_first = indent.is_empty() || indent.ends_with('\n') || indent == "\u{feff}";
    let message = format!(
        "`{}` must begin in the first column, outside of blocks",
        fact.head.value
    );
    let diagnostic = Diagnostic::new(Code::Misplaced, fact.head.span, message);
    let blanks = Span::new(fact.span.file, indent.len()..start);
    bag.push(if is_first {
        diagnostic.fix("delete the blanks before it", blanks, "")
    } else {
        diagnostic.fix("begin a new line with it", blanks, "\n")
    });
}

fn statement<'a>(
    place: Place,
    row: &'static Row,
    fact: &'a Fact,
    indented: &'a [Fact],
    whole: Surroundings<'_>,
    bag: &mut Bag,
) -> Statement<'a> {
    let text = whole.text;
    let Filled {
        slots,
        words,
        mut broken,
    } = matcher::fill(place, row, fact, bag);
    let body = match (row.body, &fact.block) {
        (Body::None, Some(block)) => {
            let place = Span {
                end: block.span.start + 1,
                ..block.span
            };
            let message = format!("`{}` takes no block", row.word);
            // Half a statement has been complained of.
            if !block.is_broken() && !broken {
                bag.push(Diagnostic::new(Code::Expected, place, message).help(usage::help(row)));
            }
            broken = true;
            None
        }
        (Body::Yaml, None) if fact.raw.is_some() || fact.broken => None,
        (Body::Optional(place) | Body::Required(place), None) if !indented.is_empty() => {
            if !broken {
                bag.push(without_braces(fact, row, indented, text));
            }
            Some(inside(place, indented, false, whole, bag))
        }
        (Body::Required(_) | Body::Yaml, None) => {
            if !broken {
                let message = format!("`{}` takes a block", row.word);
                let end = Span {
                    start: fact.span.end,
                    ..fact.span
                };
                bag.push(Diagnostic::new(Code::Expected, end, message).help(usage::help(row)));
            }
            broken = true;
            None
        }
        (Body::Optional(place) | Body::Required(place), Some(block)) => {
            // Nobody looks for the end of a line beyond the block.
            let text = text.get(..block.span.range().end).unwrap_or(text);
            let whole = Surroundings { text, ..whole };
            Some(inside(place, &block.facts, block.broken, whole, bag))
        }
        // A patch with a block of statements was complained of when it was read.
        (Body::None | Body::Optional(_), None) | (Body::Yaml, Some(_)) => None,
    };
    Statement {
        row,
        fact,
        slots,
        words,
        body,
        broken,
    }
}
