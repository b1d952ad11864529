//! Statements against their signatures: which row of the table each one is, what fills its slots,
//! and what is missing.

use super::tree::{Atom, AtomKind, Block, Fact, Form};
use super::usage;
use crate::catalog::keys::{self, Body, Free, Kind, Part, Place, Row};
use crate::diag::suggest::did_you_mean;
use crate::diag::{Bag, Code, Diagnostic};
use crate::source::{Span, Spanned};
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
    let mut once: BTreeMap<&str, &Spanned<String>> = BTreeMap::new();
    for fact in facts {
        let Some(row) = row_of(place, fact) else {
            match (place.free(), fact.form) {
                (Free::Settings, Form::Word) if fact.value.is_some() => inside.free.push(fact),
                (Free::Variables, Form::Word | Form::Spread) => inside.free.push(fact),
                _ => {
                    unknown(place, fact, bag);
                    inside.broken = true;
                }
            }
            inside.broken |= fact.broken;
            continue;
        };
        if place == Place::Top {
            stands_in_first_column(fact, text, bag);
        }
        let statement = statement(place, row, fact, text, bag);
        if row.many {
            inside.statements.push(statement);
            continue;
        }
        match once.entry(row.word) {
            Entry::Occupied(first) => repeated(first.get(), fact, bag),
            Entry::Vacant(none) => {
                none.insert(&fact.head);
                inside.statements.push(statement);
            }
        }
    }
    inside
}

/// The row of a statement: of several with its word, that whose fixed words are all there.
fn row_of(place: Place, fact: &Fact) -> Option<&'static Row> {
    if fact.form != Form::Word {
        return None;
    }
    let has = |word: &str| fact.atoms.iter().any(|atom| is_word(atom, word));
    let mut last = None;
    for row in keys::rows(place).filter(|row| row.word == fact.head.value) {
        let fixed = row
            .parts
            .iter()
            .all(|part| !matches!(part, Part::Word(word) if !has(word)));
        last = Some(row);
        if fixed {
            break;
        }
    }
    last
}

fn repeated(first: &Spanned<String>, fact: &Fact, bag: &mut Bag) {
    let word = &first.value;
    bag.push(
        Diagnostic::new(
            Code::Repeated,
            fact.head.span,
            format!("`{word}` stands here twice"),
        )
        .label("the second one")
        .also(first.span, "the first one")
        .help("keep one of the two"),
    );
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
        "`{}` stands in the first column, outside of blocks",
        fact.head.value
    );
    let diagnostic = Diagnostic::new(Code::Misplaced, fact.head.span, message);
    bag.push(if is_first {
        let file = fact.span.file;
        diagnostic.fix("move it there", Span::new(file, indent.len()..start), "")
    } else {
        diagnostic.help("begin a new line with it")
    });
}

/// A statement without a row, where it needs one.
fn unknown(place: Place, fact: &Fact, bag: &mut Bag) {
    let head = &fact.head;
    let word = head.value.as_str();
    if fact.form == Form::Word
        && place.free() == Free::Settings
        && keys::rows(place).next().is_none()
    {
        let message = format!("expected `=` and a value after `{word}`");
        bag.push(Diagnostic::new(Code::Expected, head.span, message));
        return;
    }
    let message = format!("`{word}` means nothing {}", place.phrase());
    let diagnostic = Diagnostic::new(Code::UnknownWord, head.span, message);
    let elsewhere = keys::ROWS.iter().find(|row| row.word == word);
    bag.push(match elsewhere {
        _ if fact.form == Form::Spread => {
            diagnostic.help("`..config` and `..secrets` stand in `env`")
        }
        _ if fact.form == Form::Text => diagnostic.help("begin a statement with a word"),
        Some(row) => {
            let places: Vec<_> = row.places.iter().map(|place| place.phrase()).collect();
            Diagnostic {
                code: Code::Misplaced,
                ..diagnostic
            }
            .help(format!("`{word}` stands {}", places.join(", or ")))
        }
        None => {
            let words: Vec<_> = keys::rows(place).map(|row| row.word).collect();
            if let Some(near) = did_you_mean(word, words.iter().copied()) {
                diagnostic.fix(format!("did you mean `{near}`?"), head.span, near)
            } else {
                let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
                diagnostic.help(format!("what may stand here: {}", usage::list(&words)))
            }
        }
    });
}

fn statement<'a>(
    place: Place,
    row: &'static Row,
    fact: &'a Fact,
    text: &str,
    bag: &mut Bag,
) -> Statement<'a> {
    let mut matcher = Matcher {
        row,
        atoms: fact.atoms.iter().collect(),
        at: 0,
        fact,
        slots: Vec::new(),
        words: Vec::new(),
        broken: fact.broken,
    };
    matcher.run(place, bag);
    let Matcher {
        slots,
        words,
        mut broken,
        ..
    } = matcher;
    let body = match (row.body, &fact.block) {
        (Body::None, Some(block)) => {
            let place = Span {
                end: block.span.start + 1,
                ..block.span
            };
            let message = format!("`{}` takes no block", row.word);
            bag.push(Diagnostic::new(Code::Expected, place, message).help(usage::help(row)));
            broken = true;
            None
        }
        (Body::Required(_), None) => {
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
        (Body::None | Body::Optional(_), None) => None,
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

/// Walks the atoms of a statement along the parts of its row.
struct Matcher<'a> {
    row: &'static Row,
    fact: &'a Fact,
    atoms: Vec<&'a Atom>,
    at: usize,
    slots: Vec<(&'static str, &'a Atom)>,
    words: Vec<Spanned<&'static str>>,
    broken: bool,
}

/// The walk stopped: what is wrong has been said.
struct Stopped;

impl Matcher<'_> {
    fn run(&mut self, place: Place, bag: &mut Bag) {
        let fact = self.fact;
        let last_is_key = matches!(
            self.atoms.last().map(|atom| &atom.kind),
            Some(AtomKind::Word(_))
        );
        if let Some(value) = &fact.value
            && !last_is_key
        {
            let message = format!("`{}` takes its value without `=`", self.row.word);
            bag.push(Diagnostic::new(Code::Expected, value.equals, message).fix(
                "delete the `=`",
                value.equals,
                "",
            ));
            self.atoms.extend(&value.atoms);
        }
        if self.sequence(self.row.parts, bag).is_err() {
            self.broken = true;
            return;
        }
        let Some(rest) = self.atoms.get(self.at) else {
            return;
        };
        self.broken = true;
        let word = if let AtomKind::Word(word) = &rest.kind {
            word.as_str()
        } else {
            ""
        };
        let begins_statement = !word.is_empty()
            && (fact.value.is_some() || keys::rows(place).any(|row| row.word == word));
        if begins_statement {
            let gap = Span {
                end: rest.span.start,
                ..rest.span
            };
            let message = format!("expected a comma or a new line before `{word}`");
            bag.push(
                Diagnostic::new(Code::MissingSeparator, rest.span, message).fix(
                    "put a comma between the two",
                    gap,
                    ", ",
                ),
            );
        } else {
            let message = format!("unexpected {} behind `{}`", rest.describe(), self.row.word);
            bag.push(
                Diagnostic::new(Code::Expected, rest.span, message).help(usage::help(self.row)),
            );
        }
    }

    fn sequence(&mut self, parts: &'static [Part], bag: &mut Bag) -> Result<(), Stopped> {
        for (at, part) in parts.iter().enumerate() {
            // The optional variable in `from env VAR as "key"` isn't the word `as`.
            let belongs_to_later =
                |atom: &Atom| parts[at + 1..].iter().any(|later| begins(later, atom));
            let next = self.atoms.get(self.at).copied();
            if let (Part::Maybe([Part::Slot(..), ..]), Some(atom)) = (part, next)
                && belongs_to_later(atom)
            {
                continue;
            }
            self.part(part, bag)?;
        }
        Ok(())
    }

    fn part(&mut self, part: &'static Part, bag: &mut Bag) -> Result<(), Stopped> {
        let next = self.atoms.get(self.at).copied();
        let fits = next.is_some_and(|atom| begins(part, atom));
        match part {
            Part::Word(word) => match next.filter(|_| fits) {
                Some(atom) => {
                    self.words.push(Spanned::new(word, atom.span));
                    self.at += 1;
                    Ok(())
                }
                None => Err(self.expected(part, bag)),
            },
            Part::Slot(name, _) => match next.filter(|_| fits) {
                Some(atom) => {
                    self.slots.push((name, atom));
                    self.at += 1;
                    Ok(())
                }
                None => Err(self.expected(part, bag)),
            },
            Part::Many(name, kind) => {
                if !fits {
                    return Err(self.expected(part, bag));
                }
                while let Some(atom) = self.atoms.get(self.at).filter(|atom| fills(*kind, atom)) {
                    self.slots.push((name, atom));
                    self.at += 1;
                }
                Ok(())
            }
            Part::Maybe(parts) => {
                if fits {
                    self.sequence(parts, bag)?;
                }
                Ok(())
            }
            Part::Either(choices) => {
                let chosen = choices
                    .iter()
                    .find(|parts| next.is_some_and(|atom| begins(&parts[0], atom)))
                    .or_else(|| choices.iter().find(|parts| may_be_empty(parts)));
                match chosen {
                    Some(parts) => self.sequence(parts, bag),
                    None => Err(self.expected(part, bag)),
                }
            }
            Part::Options(options) => {
                let mut left: Vec<_> = options.iter().collect();
                while let Some(atom) = self.atoms.get(self.at).copied()
                    && let Some(found) = left.iter().position(|parts| begins(&parts[0], atom))
                {
                    self.sequence(left.remove(found), bag)?;
                }
                Ok(())
            }
        }
    }

    /// Says what should stand where the walk has come to.
    fn expected(&self, part: &'static Part, bag: &mut Bag) -> Stopped {
        // Text that couldn't be read has been complained of, and may hold what is missing.
        if self.fact.broken && self.at >= self.atoms.len() {
            return Stopped;
        }
        let what = usage::expectation(part);
        let Some(found) = self.atoms.get(self.at) else {
            let last = self
                .atoms
                .last()
                .map_or(self.fact.head.span, |atom| atom.span);
            let message = format!("expected {what} after this");
            bag.push(Diagnostic::new(Code::Expected, last, message).help(usage::help(self.row)));
            return Stopped;
        };
        let message = format!("expected {what}, found {}", found.describe());
        let diagnostic = Diagnostic::new(Code::Expected, found.span, message);
        bag.push(match repair(part, found) {
            Some((title, text)) => diagnostic.fix(title, found.span, text),
            None => diagnostic.help(usage::help(self.row)),
        });
        Stopped
    }
}

/// What to write instead of an atom where `part` should stand, if that is certain.
fn repair(part: &'static Part, found: &Atom) -> Option<(String, String)> {
    match (part, &found.kind) {
        (Part::Either(_) | Part::Word(_), AtomKind::Word(word)) => {
            let near = did_you_mean(word, usage::first_words(part))?;
            Some((format!("did you mean `{near}`?"), near.to_owned()))
        }
        (
            Part::Slot(_, Kind::Text) | Part::Many(_, Kind::Text),
            AtomKind::Word(text) | AtomKind::Number(text),
        ) => Some((
            "write it in double quotes".to_owned(),
            format!("\"{text}\""),
        )),
        (Part::Slot(_, kind) | Part::Many(_, kind), AtomKind::Text(text)) => {
            let starts =
                |test: fn(&char) -> bool| text.chars().next().is_some_and(|first| test(&first));
            let bare = text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
            let right = match kind {
                Kind::Name => starts(char::is_ascii_alphabetic) && !text.contains('.'),
                Kind::Number | Kind::Amount => {
                    starts(char::is_ascii_digit) && !text.contains(['-', '_'])
                }
                Kind::Text => false,
            };
            (bare && right).then(|| ("write it without quotes".to_owned(), text.clone()))
        }
        _ => None,
    }
}

fn is_word(atom: &Atom, word: &str) -> bool {
    matches!(&atom.kind, AtomKind::Word(found) if found == word)
}

fn fills(kind: Kind, atom: &Atom) -> bool {
    match kind {
        Kind::Name => matches!(atom.kind, AtomKind::Word(_)),
        Kind::Text => matches!(atom.kind, AtomKind::Text(_)),
        Kind::Number => matches!(atom.kind, AtomKind::Number(_)),
        Kind::Amount => matches!(atom.kind, AtomKind::Number(_) | AtomKind::Range(..)),
    }
}

/// Whether an atom is the first of a part.
fn begins(part: &Part, atom: &Atom) -> bool {
    match part {
        Part::Word(word) => is_word(atom, word),
        Part::Slot(_, kind) | Part::Many(_, kind) => fills(*kind, atom),
        Part::Maybe(parts) => begins(&parts[0], atom),
        Part::Either(choices) | Part::Options(choices) => {
            choices.iter().any(|parts| begins(&parts[0], atom))
        }
    }
}

fn may_be_empty(parts: &[Part]) -> bool {
    parts
        .iter()
        .all(|part| matches!(part, Part::Maybe(_) | Part::Options(_)))
}
