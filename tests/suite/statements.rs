//! The table of statements against the programs that have goldens: what no golden shows, nobody has
//! looked at.

use std::collections::BTreeSet;

use todoc::catalog::keys::{Body, Part, Place, Row, rows};
use todoc::source::FileId;
use todoc::syntax::tree::{AtomKind, Fact};
use todoc::syntax::{parse, usage};

use crate::support::{examples, programs, report};

/// A row at a place, with a fixed word of it, or with none for the statement itself.
type Seen = BTreeSet<(String, String)>;

/// The name of a row at a place.
fn key(place: Place, row: &Row) -> String {
    format!("`{}` {}", usage(row), place.phrase())
}

/// The fixed words of parts, those of all alternatives.
fn words(parts: &[Part]) -> Vec<&'static str> {
    let mut all = Vec::new();
    for part in parts {
        match part {
            Part::Word(word) => all.push(*word),
            Part::Slot(..) | Part::Many(..) => {}
            Part::Maybe(parts) => all.extend(words(parts)),
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
                _ => None,
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
                !row.parts.is_empty() && !said.is_empty(),
            )
        });
        let Some(row) = fitting.last() else { continue };
        seen.insert((key(place, row), String::new()));
        for word in words(row.parts)
            .into_iter()
            .filter(|word| said.contains(word))
        {
            seen.insert((key(place, row), word.to_owned()));
        }
        if let (Body::Optional(inner) | Body::Required(inner), Some(block)) =
            (row.body, &fact.block)
        {
            walk(inner, &block.facts, seen);
        }
    }
}

#[test]
fn every_statement_and_each_of_its_words_is_in_a_golden() {
    let mut seen = Seen::new();
    for fixture in examples().into_iter().chain(programs()) {
        let parsed = parse(FileId(0), &fixture.text);
        walk(Place::Top, &parsed.tree.facts, &mut seen);
    }
    let mut missing = Vec::new();
    for place in Place::ALL {
        for row in rows(*place) {
            let key = key(*place, row);
            let parts = words(row.parts).into_iter().map(str::to_owned);
            for word in std::iter::once(String::new()).chain(parts) {
                if !seen.contains(&(key.clone(), word.clone())) {
                    missing.push(format!("no golden shows {key} {word}"));
                }
            }
        }
    }
    report(&missing);
}
