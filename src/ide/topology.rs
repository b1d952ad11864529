//! Who names whom: the things of an application as callers and called.

use super::Analysis;
use super::names::{Mention, Set};
use crate::source::Span;

/// A thing, with the places that connect it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    /// The thing.
    pub name: String,
    /// Where the one names the other.
    pub places: Vec<Span>,
}

/// Where a thing is declared.
#[must_use]
pub fn declaration<'a>(analysis: &'a Analysis, name: &str) -> Option<&'a Mention> {
    analysis.names.declaration(Set::Things, None, name)
}

/// Those that use a thing.
#[must_use]
pub fn users(analysis: &Analysis, name: &str) -> Vec<Neighbour> {
    let uses = uses(analysis).filter(|(_, it)| it.name == name);
    gathered(uses.map(|(from, it)| (from, it.span)))
}

/// Those that a thing uses.
#[must_use]
pub fn used(analysis: &Analysis, name: &str) -> Vec<Neighbour> {
    let uses = uses(analysis).filter(|(from, _)| *from == name);
    gathered(uses.map(|(_, it)| (it.name.as_str(), it.span)))
}

fn uses(analysis: &Analysis) -> impl Iterator<Item = (&str, &Mention)> {
    let all = analysis.names.all();
    let things = all.filter(|it| it.set == Set::Things && !it.declares);
    things.filter_map(|it| {
        let from = it.within.as_ref()?.value.as_str();
        let is_there = declaration(analysis, from).is_some()
            && declaration(analysis, &it.name).is_some()
            && from != it.name;
        is_there.then_some((from, it))
    })
}

fn gathered<'a>(uses: impl Iterator<Item = (&'a str, Span)>) -> Vec<Neighbour> {
    let mut all: Vec<Neighbour> = Vec::new();
    for (name, place) in uses {
        match all.iter_mut().find(|it| it.name == name) {
            Some(known) => known.places.push(place),
            None => all.push(Neighbour {
                name: name.to_owned(),
                places: vec![place],
            }),
        }
    }
    all
}
