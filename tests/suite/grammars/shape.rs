//! The shape of each statement, for grammars that know words: which names follow which words.
//!
//! Everything here is read off the table of statements, so that a new row is in every grammar.

use std::collections::{BTreeMap, BTreeSet};

use todoc::catalog::keys::{self, Body, Part, Place, Row, SlotKind};
use todoc::ide::tokens::{Kind as Class, of_means};

/// A statement of a place: all rows with one word as one.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// What the names right behind the word are, in order. Any of them may be missing.
    pub(super) lead: Vec<Class>,
    /// What a name behind a fixed word is.
    pub(super) after: BTreeMap<&'static str, Class>,
    /// What any other name is, where there may be several.
    pub(super) rest: Option<Class>,
    /// Its fixed words.
    pub(super) fixed: BTreeSet<&'static str>,
    /// What its block holds.
    pub(super) bodies: BTreeSet<Place>,
    /// Whether its block is YAML.
    pub(super) is_yaml: bool,
}

/// What a name may follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Before {
    Head,
    Word(&'static str),
    /// The name so many places behind the head.
    Name(usize),
    Other,
}

/// The statements of a place, by their words.
pub(super) fn shapes(place: Place) -> BTreeMap<&'static str, Shape> {
    let mut all: BTreeMap<&'static str, Shape> = BTreeMap::new();
    for row in keys::rows(place) {
        all.entry(row.word).or_default().take(row);
    }
    all
}

/// The words of the statements of a place.
pub(super) fn words(place: Place) -> BTreeSet<&'static str> {
    keys::rows(place).map(|row| row.word).collect()
}

/// What to call a place in a grammar.
pub(super) fn name(place: Place) -> String {
    if let Place::Database(engine) = place {
        return engine.word.to_owned();
    }
    let mut name = String::new();
    for letter in format!("{place:?}").chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.extend(letter.to_lowercase());
    }
    name
}

impl Shape {
    fn take(&mut self, row: &'static Row) {
        self.parts(row.parts, BTreeSet::from([Before::Head]));
        if let Body::Optional(place) | Body::Required(place) = row.body {
            self.bodies.insert(place);
        }
        self.is_yaml |= row.body == Body::Yaml;
    }

    /// Takes parts that follow any of `before`, and says what the next ones follow.
    fn parts(&mut self, parts: &'static [Part], before: BTreeSet<Before>) -> BTreeSet<Before> {
        parts
            .iter()
            .fold(before, |before, part| self.part(part, before))
    }

    fn part(&mut self, part: &'static Part, before: BTreeSet<Before>) -> BTreeSet<Before> {
        match part {
            Part::Word(word) => {
                self.fixed.insert(word);
                BTreeSet::from([Before::Word(word)])
            }
            Part::Slot(_, SlotKind::Name(means)) => self.name(of_means(*means), &before),
            Part::Many(_, SlotKind::Name(means)) => {
                self.rest = Some(of_means(*means));
                BTreeSet::from([Before::Other])
            }
            Part::Slot(_, SlotKind::Fact) => {
                self.rest = Some(Class::EnumMember);
                BTreeSet::from([Before::Other])
            }
            Part::Slot(..) | Part::Many(..) => BTreeSet::from([Before::Other]),
            Part::Maybe(parts) => {
                let after = self.parts(parts, before.clone());
                before.into_iter().chain(after).collect()
            }
            Part::Either(choices) => {
                let all = choices.iter();
                all.flat_map(|parts| self.parts(parts, before.clone()))
                    .collect()
            }
            // In any order: each may follow each.
            Part::Options(options) => {
                let mut all = before;
                for _ in 0..2 {
                    for parts in *options {
                        let after = self.parts(parts, all.clone());
                        all.extend(after);
                    }
                }
                all
            }
        }
    }

    fn name(&mut self, class: Class, before: &BTreeSet<Before>) -> BTreeSet<Before> {
        let mut after = BTreeSet::new();
        for before in before {
            let is_new = match before {
                Before::Head => self.lead(0, class, &mut after),
                Before::Name(at) => self.lead(at + 1, class, &mut after),
                Before::Word(word) => {
                    after.insert(Before::Other);
                    let known = self.after.insert(word, class);
                    known.is_none_or(|known| known == class)
                }
                // The matcher tells them apart by more than the token before.
                Before::Other => false,
            };
            assert!(is_new, "a grammar can't tell what this name is: {before:?}");
        }
        after
    }

    fn lead(&mut self, at: usize, class: Class, after: &mut BTreeSet<Before>) -> bool {
        after.insert(Before::Name(at));
        if let Some(known) = self.lead.get(at) {
            return *known == class;
        }
        self.lead.push(class);
        self.lead.len() == at + 1
    }
}
