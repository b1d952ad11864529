//! A statement's atoms against the parts of its row: what fills its slots, and what is missing.

mod repair;
mod walk;

use super::build::put_comma;
use super::tree::{Atom, AtomKind, Fact};
use super::usage;
use crate::catalog::keys::{self, Body, Part, Place, Row, SlotKind};
use crate::diag::{Bag, Code, Diagnostic};
use crate::source::Spanned;
use walk::{Stopped, Walk};

/// What fills the slots of a statement.
#[derive(Debug)]
pub(super) struct Filled<'a> {
    /// Atoms by the names of their slots. A slot that isn't filled is missing.
    pub(super) slots: Vec<(&'static str, &'a Atom)>,
    /// The fixed words that the statement holds.
    pub(super) words: Vec<Spanned<&'static str>>,
    /// Whether something couldn't be read.
    pub(super) broken: bool,
}

/// What is wrong with a statement, found on the walk of its atoms along the parts of its row.
struct Matcher<'a> {
    row: &'static Row,
    fact: &'a Fact,
    walk: Walk<'a>,
    broken: bool,
}

/// Fills the slots of `row` from the atoms of `fact`, a statement of `place`.
pub(super) fn fill<'a>(
    place: Place,
    row: &'static Row,
    fact: &'a Fact,
    bag: &mut Bag,
) -> Filled<'a> {
    let mut matcher = Matcher {
        row,
        fact,
        walk: Walk::new(fact.atoms.iter().collect()),
        broken: fact.broken,
    };
    matcher.run(place, bag);
    Filled {
        slots: matcher.walk.slots,
        words: matcher.walk.words,
        broken: matcher.broken,
    }
}

/// The words and slots that may follow `atoms` in a statement of `row`: none where `atoms` don't begin
/// one.
#[must_use]
pub fn follow(row: &'static Row, atoms: &[Atom]) -> Vec<&'static Part> {
    let mut walk = Walk::new(atoms.iter().collect());
    match walk.sequence(row.parts) {
        Ok(()) | Err(Stopped(_)) => walk.next,
    }
}

/// The word or slot of `row` that takes each of `atoms`, up to the first that none takes.
#[must_use]
pub fn taken(row: &'static Row, atoms: &[Atom]) -> Vec<&'static Part> {
    let mut walk = Walk::new(atoms.iter().collect());
    match walk.sequence(row.parts) {
        Ok(()) | Err(Stopped(_)) => walk.taken,
    }
}

impl Matcher<'_> {
    fn run(&mut self, place: Place, bag: &mut Bag) {
        let fact = self.fact;
        let last_is_key = matches!(
            self.walk.atoms.last().map(|atom| &atom.kind),
            Some(AtomKind::Word(_))
        );
        if let Some(value) = &fact.value
            && !last_is_key
            && !self.row.value
        {
            let message = format!("`{}` takes its value without `=`", self.row.word);
            bag.push(Diagnostic::new(Code::Expected, value.equals, message).fix(
                "delete the `=`",
                value.equals,
                "",
            ));
            self.walk.atoms.extend(&value.atoms);
        }
        if let Some(told) = repair::told_secret(self.row, fact) {
            bag.push(told);
            self.broken = true;
            // Whoever names it refers to something.
            self.name();
            return;
        }
        if let Err(Stopped(part)) = self.walk.sequence(self.row.parts) {
            self.expected(part, bag);
            self.broken = true;
            return;
        }
        let Some(rest) = self.walk.found() else {
            if self.row.value {
                self.has_value(bag);
            } else if let Some(value) = fact.value.as_ref().filter(|_| last_is_key) {
                self.broken = true;
                let message = format!("`{}` takes no value", self.row.word);
                bag.push(
                    Diagnostic::new(Code::Expected, value.equals, message)
                        .help(usage::help(self.row)),
                );
            }
            return;
        };
        self.broken = true;
        let word = if let AtomKind::Word(word) = &rest.kind {
            word.as_str()
        } else {
            ""
        };
        let begins_statement = !word.is_empty()
            && !repair::is_known(self.row, &self.walk.atoms, self.walk.at)
            && (fact.value.is_some() || keys::rows(place).any(|row| row.word == word));
        let takes_keys = matches!(self.row.body, Body::Required(inside) if inside.is_of_keys());
        if begins_statement && takes_keys && self.walk.at == 0 && fact.block.is_none() {
            let message = format!("expected `{{` before `{word}`");
            let right = format!("write `{} {{ {word} = value }}`", self.row.word);
            bag.push(Diagnostic::new(Code::Expected, rest.span, message).help(right));
        } else if begins_statement {
            let before = self
                .walk
                .at
                .checked_sub(1)
                .and_then(|at| self.walk.atoms.get(at));
            let before = before.map_or(fact.head.span, |atom| atom.span);
            let message = format!("expected a comma or a new line before `{word}`");
            let diagnostic = Diagnostic::new(Code::MissingSeparator, rest.span, message);
            let diagnostic = put_comma(diagnostic, before, rest.span.start);
            // It may be a word of this statement, or the block that follows its own.
            let is_own = self.row.word == word || has_word(self.row.parts, word);
            let takes_block = matches!(self.row.body, Body::Required(_) | Body::Yaml);
            bag.push(if is_own || takes_block {
                diagnostic.unsure()
            } else {
                diagnostic
            });
        } else {
            if let Some(exposed) = repair::exposed(self.row, rest) {
                bag.push(exposed);
                return;
            }
            let message = format!(
                "expected the end of `{}`, found {}",
                self.row.word,
                rest.describe()
            );
            let diagnostic = Diagnostic::new(Code::Expected, rest.span, message);
            let diagnostic = repair::unseen(diagnostic, self.row, rest);
            bag.push(repair::one_too_many(
                diagnostic,
                self.row,
                &self.walk.atoms,
                self.walk.at,
            ));
        }
    }

    /// Fills the slot of a name that stands first, and no more.
    fn name(&mut self) {
        if let (Some(Part::Slot(name, kind)), Some(atom)) =
            (self.row.parts.first(), self.walk.atoms.first())
            && fills(*kind, atom)
        {
            self.walk.slots.push((name, atom));
        }
    }

    /// Complains where a statement that takes a value has none.
    fn has_value(&mut self, bag: &mut Bag) {
        if self.fact.value.is_some() || self.fact.broken {
            return;
        }
        self.broken = true;
        let last = self
            .walk
            .atoms
            .last()
            .map_or(self.fact.head.span, |atom| atom.span);
        let message = "expected `=` and a value after this";
        bag.push(Diagnostic::new(Code::Expected, last, message).help(usage::help(self.row)));
    }

    /// Says what should stand where the walk has come to.
    fn expected(&self, part: &'static Part, bag: &mut Bag) {
        // Text that couldn't be read has been complained of, and may hold what is missing.
        if self.fact.broken && self.walk.at >= self.walk.atoms.len() {
            return;
        }
        let what = usage::expectation(part);
        let Some(found) = self.walk.found() else {
            let last = self
                .walk
                .atoms
                .last()
                .map_or(self.fact.head.span, |atom| atom.span);
            let message = format!("expected {what} after this");
            let diagnostic = Diagnostic::new(Code::Expected, last, message);
            bag.push(repair::at_end(diagnostic, self.row, &self.walk.atoms));
            return;
        };
        if let Some(exposed) = repair::exposed(self.row, found) {
            bag.push(exposed);
            return;
        }
        let message = format!("expected {what}, found {}", found.describe());
        let diagnostic = Diagnostic::new(Code::Expected, found.span, message);
        // The first atom is a name, in quotes perhaps.
        let diagnostic = match self.walk.at {
            0 => diagnostic,
            _ => repair::unseen(diagnostic, self.row, found),
        };
        // A word before what belongs here may be one too many.
        let next = self.walk.atoms.get(self.walk.at + 1);
        let is_alone = !next.is_some_and(|next| begins(part, next));
        let found = (self.walk.atoms.as_slice(), self.walk.at);
        bag.push(repair::instead(diagnostic, self.row, part, found, is_alone));
    }
}

/// Whether an atom is this very word.
pub(super) fn is_word(atom: &Atom, word: &str) -> bool {
    matches!(&atom.kind, AtomKind::Word(found) if found == word)
}

fn fills(kind: SlotKind, atom: &Atom) -> bool {
    match kind {
        SlotKind::FileOrSecret => atom.as_text().is_some() || atom.as_secret().is_some(),
        SlotKind::Name(_) => matches!(atom.kind, AtomKind::Word(_)),
        SlotKind::Text(_) => matches!(atom.kind, AtomKind::Text(_)),
        SlotKind::Number => matches!(atom.kind, AtomKind::Number(_)),
        SlotKind::Amount => matches!(atom.kind, AtomKind::Number(_) | AtomKind::Range(..)),
        SlotKind::Fact => matches!(atom.kind, AtomKind::Word(_) | AtomKind::Reference(_, None)),
        SlotKind::Volume => {
            matches!(&atom.kind, AtomKind::Reference(parts, None) if parts.len() == 2)
        }
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

/// The words and slots that a part may begin with.
pub(super) fn firsts(part: &'static Part) -> Vec<&'static Part> {
    match part {
        Part::Word(_) | Part::Slot(..) | Part::Many(..) => vec![part],
        Part::Maybe(parts) => firsts(&parts[0]),
        Part::Either(choices) | Part::Options(choices) => {
            choices.iter().flat_map(|parts| firsts(&parts[0])).collect()
        }
    }
}

/// Whether a fixed word stands somewhere in parts.
fn has_word(parts: &[Part], word: &str) -> bool {
    parts.iter().any(|part| match part {
        Part::Word(found) => *found == word,
        Part::Slot(..) | Part::Many(..) => false,
        Part::Maybe(parts) => has_word(parts, word),
        Part::Either(choices) | Part::Options(choices) => {
            choices.iter().any(|parts| has_word(parts, word))
        }
    })
}
