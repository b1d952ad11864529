//! The table of statements against the programs that have goldens: what no golden shows, nobody has
//! looked at.

use std::collections::BTreeSet;

use todoc::catalog::keys::{Body, Part, Place, Row, all, foreign, foreign_words, rows};
use todoc::source::FileId;
use todoc::syntax::tree::{AtomKind, Fact};
use todoc::syntax::{parse, usage};

use crate::support::{programs, report};

/// What programs show: statements at their places, and fixed words of statements at any.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    statements: BTreeSet<(Place, String)>,
    words: BTreeSet<(String, &'static str)>,
}

impl Seen {
    /// Notes what one program shows.
    pub(crate) fn add(&mut self, text: &str) {
        walk(Place::Top, &parse(FileId(0), text).tree.facts, self);
    }

    /// What none of them shows; `any` is what to call them in "no … shows".
    pub(crate) fn missing(&self, any: &str) -> Vec<String> {
        let mut missing = Vec::new();
        for row in all() {
            let usage = usage(row);
            for place in row.places {
                // It reads the same wherever it stands, which is in every block.
                let anywhere =
                    row.word == "allow" && self.statements.iter().any(|it| it.1 == usage);
                if !anywhere && !self.statements.contains(&(*place, usage.clone())) {
                    missing.push(format!("no {any} shows `{usage}` {}", place.phrase()));
                }
            }
            for word in words(row.parts) {
                if !self.words.contains(&(usage.clone(), word)) {
                    missing.push(format!("no {any} shows `{word}` of `{usage}`"));
                }
            }
        }
        missing
    }
}

/// The fixed words of parts, those of all alternatives.
fn words(parts: &[Part]) -> Vec<&'static str> {
    let mut all = Vec::new();
    for part in parts {
        match part {
            Part::Word(word) => all.push(*word),
            Part::Slot(..) | Part::Many(..) => {}
            Part::Maybe(parts) => all.extend(words(parts)),
            // Many words that stand for values of one field: what they become is the same but for
            // the word.
            Part::Either(ways) if ways.len() > 5 && ways.iter().all(|way| way.len() == 1) => {}
            Part::Either(ways) | Part::Options(ways) => {
                all.extend(ways.iter().flat_map(|way| words(way)));
            }
        }
    }
    all
}

/// The words that must stand in a row's statements.
fn fixed(row: &Row) -> impl Iterator<Item = &'static str> {
    row.parts.iter().filter_map(|part| match part {
        Part::Word(word) => Some(*word),
        Part::Slot(..) | Part::Many(..) | Part::Maybe(_) | Part::Either(_) | Part::Options(_) => {
            None
        }
    })
}

/// Notes the rows and words of statements at a place, and of what stands in them.
fn walk(place: Place, facts: &[Fact], seen: &mut Seen) {
    for fact in facts {
        let said: Vec<_> = fact
            .atoms
            .iter()
            .filter_map(|atom| match &atom.kind {
                AtomKind::Word(word) => Some(word.as_str()),
                AtomKind::Text(_)
                | AtomKind::Number(_)
                | AtomKind::Range(..)
                | AtomKind::Reference(..)
                | AtomKind::List(_) => None,
            })
            .collect();
        let mut fitting: Vec<_> = rows(place)
            .filter(|row| row.word == fact.head.value)
            .filter(|row| fixed(row).all(|word| said.contains(&word)))
            .collect();
        // Of several the one with most words of its own is meant.
        fitting.sort_by_key(|row| {
            (
                fixed(row).count(),
                row.parts.is_empty() == fact.atoms.is_empty(),
            )
        });
        let Some(row) = fitting.last() else { continue };
        seen.statements.insert((place, usage(row)));
        let shown = words(row.parts).into_iter();
        let shown = shown.filter(|word| said.contains(word));
        seen.words.extend(shown.map(|word| (usage(row), word)));
        if let (Body::Optional(inner) | Body::Required(inner), Some(block)) =
            (row.body, &fact.block)
        {
            walk(inner, &block.facts, seen);
        }
    }
}

#[test]
fn every_statement_and_each_of_its_words_is_in_a_golden() {
    let mut seen = Seen::default();
    for fixture in programs() {
        seen.add(&fixture.text);
    }
    report(&seen.missing("golden"));
}

/// A word from elsewhere that is a statement at its place would never be answered.
#[test]
fn no_word_from_elsewhere_is_a_statement_where_it_is_answered() {
    let mut wrong = Vec::new();
    for row in foreign_words() {
        for word in row.words {
            let places = Place::ALL.iter().copied().filter(|place| {
                foreign(*place, word).is_some_and(|it| it.instead == row.instead)
                    && row.places.contains(place)
            });
            for place in places {
                if rows(place).any(|it| it.word == *word) {
                    wrong.push(format!("`{word}` is a statement {}", place.phrase()));
                }
            }
            let is_answered = Place::ALL
                .iter()
                .any(|place| foreign(*place, word).is_some_and(|it| it.instead == row.instead));
            if !is_answered {
                wrong.push(format!("`{word}` is answered by another row everywhere"));
            }
            if row.places.is_empty() && all().any(|it| it.word == *word) {
                wrong.push(format!(
                    "`{word}` is a word of ours, which is said of it instead"
                ));
            }
        }
    }
    report(&wrong);
}
