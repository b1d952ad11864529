//! What the slots of statements mean: what is declared and what refers to it.

use std::collections::BTreeSet;

use todoc::catalog::keys::{Means, Names, Part, Row, SlotKind, all};
use todoc::syntax::usage;

use crate::support::report;

/// The slots of parts.
fn slots(parts: &[Part]) -> Vec<(&'static str, SlotKind)> {
    let mut found = Vec::new();
    for part in parts {
        match part {
            Part::Word(_) => {}
            Part::Slot(name, kind) | Part::Many(name, kind) => found.push((*name, *kind)),
            Part::Maybe(parts) => found.extend(slots(parts)),
            Part::Either(ways) | Part::Options(ways) => {
                found.extend(ways.iter().flat_map(|way| slots(way)));
            }
        }
    }
    found
}

/// Every slot of every statement.
fn every_slot() -> impl Iterator<Item = (&'static Row, &'static str, SlotKind)> {
    all().flat_map(|row| {
        let slots = slots(row.parts).into_iter();
        slots.map(move |(name, kind)| (row, name, kind))
    })
}

/// Bare words are names of something. Those that no part of the text and no table knows are named
/// outside of both: in the cluster, in the database, in the environment of whoever deploys.
#[test]
fn every_word_to_fill_in_means_something() {
    let free: BTreeSet<_> = every_slot()
        .filter(|(_, _, kind)| *kind == SlotKind::Name(Means::Free))
        .map(|(row, slot, _)| format!("{} {slot}", row.word))
        .collect();
    let free: Vec<_> = free.iter().map(String::as_str).collect();
    assert_eq!(
        free,
        [
            "database name",
            "namespace name",
            "secret name",
            "secret variable",
            "user name"
        ]
    );
}

#[test]
fn every_set_of_names_is_declared_and_referred_to() {
    let means: BTreeSet<_> = every_slot().map(|(_, _, kind)| kind.means()).collect();
    let sets = [
        Names::Things,
        Names::Shared,
        Names::Ports,
        Names::Volumes,
        Names::Targets,
        Names::App,
    ];
    let mut wrong = Vec::new();
    for set in sets {
        if !means.contains(&Means::Declares(set)) {
            wrong.push(format!("nothing declares {set:?}"));
        }
        // Targets are named on the command line, and the application nowhere.
        let is_named = !matches!(set, Names::Targets | Names::App);
        if is_named != means.contains(&Means::Refers(set)) {
            wrong.push(format!("whether something refers to {set:?} has changed"));
        }
    }
    report(&wrong);
}

/// A statement with two slots of one name would fill one field from both.
#[test]
fn a_slot_means_one_thing_in_its_statement() {
    let mut wrong = Vec::new();
    for row in all() {
        let slots = slots(row.parts);
        for (at, (name, kind)) in slots.iter().enumerate() {
            if slots[..at]
                .iter()
                .any(|(other, its)| other == name && its.means() != kind.means())
            {
                wrong.push(format!("`{name}` means two things in `{}`", usage(row)));
            }
        }
    }
    report(&wrong);
}
