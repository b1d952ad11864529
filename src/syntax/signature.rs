//! Statements against the table: which row each one is, and what doesn't belong where it stands.

mod indented;
mod parted;

use std::borrow::Cow;

use super::matcher::{self, Filled};
use super::tree::{Atom, AtomKind, Block, Fact, Form};
use super::usage;
use crate::catalog::keys::{self, Body, Free, Part, Place, Row};
use crate::diag::suggest::nearest;
use crate::diag::{Applicability, Bag, Code, Diagnostic, Edit};
use crate::source::{Span, Spanned};
pub(super) use indented::indented;
use indented::without_braces;
use parted::{commas, parted};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

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

/// Matches the statements of one block, or of the file.
pub(super) fn inside<'a>(
    place: Place,
    facts: &'a [Fact],
    broken: bool,
    text: &str,
    bag: &mut Bag,
) -> Inside<'a> {
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
                | (Free::Routes, Form::Text) => fact.value.is_some(),
                (Free::Keys | Free::Variables, Form::Word) | (Free::Variables, Form::Spread) => {
                    true
                }
                _ => false,
            };
            if is_free {
                inside.free.push(fact);
            } else {
                let rest = facts.get(at + 1..).unwrap_or_default();
                skipped = at + 1 + unknown(place, fact, rest, text, bag);
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
        let statement = statement(place, row, fact, block, text, bag);
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
    let is_key = is_key && place.is_of_keys();
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

/// A statement without a row, where it needs one. Returns how many of `rest` are words of it that commas made
/// statements.
fn unknown(place: Place, fact: &Fact, rest: &[Fact], text: &str, bag: &mut Bag) -> usize {
    // What couldn't be read has been complained of, and may be what is missing.
    if fact.broken && place.free() == Free::Settings {
        return 0;
    }
    let head = &fact.head;
    let word = head.value.as_str();
    if fact.form == Form::Word && place.free() == Free::Settings && place.is_of_keys() {
        let message = format!("expected `=` and a value after `{word}`");
        let diagnostic = Diagnostic::new(Code::Expected, head.span, message);
        bag.push(diagnostic.help(format!("write `{word} = \"…\"`")));
        return 0;
    }
    let (shown, span) = match fact.form {
        Form::Word | Form::Text => (word.to_owned(), head.span),
        Form::Spread => (format!("..{word}"), fact.span),
    };
    let message = format!("`{shown}` means nothing {}", place.phrase());
    let diagnostic = Diagnostic::new(Code::UnknownWord, span, message);
    let elsewhere = keys::all().find(|row| row.word == word);
    let foreign = keys::foreign(place, word);
    let ours = foreign.and_then(|it| keys::named(place, it.same?).last());
    let commas = ours.map_or_else(Vec::new, |row| commas(fact, row, rest, place, text));
    // Of a word of ours that is out of place, that is said, unless it means another thing there.
    let foreign = foreign.filter(|_| fact.form == Form::Word);
    let foreign = foreign.filter(|it| elsewhere.is_none() || !it.places.is_empty());
    // Where an application or a tier is described, a word from elsewhere is that and no more.
    let of_both = |it: &keys::Foreign| {
        let places = it.places;
        !places.contains(&Place::Top) && !places.contains(&Place::Tier)
    };
    let code = match elsewhere {
        Some(_) if foreign.is_some_and(of_both) => Code::Misplaced,
        _ => diagnostic.code,
    };
    let diagnostic = without_secrets(place, Diagnostic { code, ..diagnostic }, fact);
    if let Some(foreign) = foreign {
        // A block that ours doesn't take stays a fault.
        let takes_it = |same: &&str| {
            let ours = keys::named(place, same);
            fact.block.is_none() || ours.into_iter().any(|row| row.body != Body::None)
        };
        bag.push(match foreign.same.filter(takes_it) {
            Some(same) => {
                let commas = commas.iter().map(|comma| Edit::replace(*comma, " "));
                let mut diagnostic = diagnostic.fix(foreign.instead, head.span, same);
                if let Some(fix) = &mut diagnostic.fix {
                    fix.edits.extend(commas);
                }
                diagnostic
            }
            None => diagnostic.help(foreign.instead),
        });
        return commas.len();
    }
    bag.push(match elsewhere {
        _ if fact.form == Form::Spread => {
            diagnostic.help("`..config` and `..secrets` stand in `env`")
        }
        _ if place.free() == Free::Routes => {
            diagnostic.help("write a path and a tier: `\"/api\" = api`")
        }
        _ if fact.form == Form::Text => diagnostic.help("begin a statement with a word"),
        Some(_) => Diagnostic {
            code: Code::Misplaced,
            ..diagnostic
        }
        .help(format!("`{word}` stands {}", places_of(word).join(", or "))),
        None => {
            let mut words: Vec<_> = keys::rows(place).map(|row| row.word).collect();
            words.dedup();
            if let Some(near) = nearest(word, words.iter().copied()) {
                diagnostic.meant(near, head.span)
            } else {
                let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
                diagnostic.help(format!("what may stand here: {}", usage::list(&words)))
            }
        }
    });
    commas.len()
}

/// Where a word of ours may stand.
fn places_of(word: &str) -> Vec<Cow<'static, str>> {
    let rows = keys::all().filter(|row| row.word == word);
    let mut phrases = Vec::new();
    for row in rows {
        if row.places == keys::BLOCKS {
            return vec!["in any block".into()];
        }
        for place in row.places {
            if !phrases.contains(&place.phrase()) {
                phrases.push(place.phrase());
            }
        }
    }
    phrases
}

/// With a mask over what stands behind a word such as `password`, or among the rules of a secret: it may
/// be one.
fn without_secrets(place: Place, diagnostic: Diagnostic, fact: &Fact) -> Diagnostic {
    let word = fact.head.value.to_ascii_lowercase();
    let is_secret = ["password", "passwd", "secret", "token", "apikey", "api_key"];
    if place != Place::Secret && !is_secret.iter().any(|part| word.contains(part)) {
        return diagnostic;
    }
    let value = fact.value.iter().flat_map(|value| &value.atoms);
    let texts = fact.atoms.iter().chain(value);
    let texts = texts.filter(|atom| matches!(atom.kind, AtomKind::Text(_)));
    texts.fold(diagnostic, |diagnostic, atom| diagnostic.mask(atom.span))
}

fn statement<'a>(
    place: Place,
    row: &'static Row,
    fact: &'a Fact,
    indented: &'a [Fact],
    text: &str,
    bag: &mut Bag,
) -> Statement<'a> {
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
            if !block.is_broken() {
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
            Some(inside(place, indented, false, text, bag))
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
        (Body::Optional(place) | Body::Required(place), Some(Block { facts, broken, .. })) => {
            Some(inside(place, facts, *broken, text, bag))
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
