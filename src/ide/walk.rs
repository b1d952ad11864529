//! The statements of a text with their rows, from its tree alone: so in broken text as in a right one.

use crate::catalog::keys::{Place, Row};
use crate::syntax::tree::{Fact, Tree};
use crate::syntax::{inside, row_of};

/// A statement as it is met on the way through a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Met<'a, 'w> {
    /// The statement.
    pub(super) fact: &'a Fact,
    /// Where it stands; `None` in the block of one that nobody knows.
    pub(super) place: Option<Place>,
    /// Its row; keys and variables have none.
    pub(super) row: Option<&'static Row>,
    /// The statements around it, outermost first.
    pub(super) around: &'w [&'a Fact],
}

/// Shows every statement of a text, each before those in its block.
pub(super) fn walk<'a>(tree: &'a Tree, visit: &mut impl FnMut(Met<'a, '_>)) {
    level(Some(Place::Top), &tree.facts, &mut Vec::new(), visit);
    for block in tree.junk.iter().filter_map(|junk| junk.block.as_ref()) {
        level(None, &block.facts, &mut Vec::new(), visit);
    }
}

fn level<'a>(
    place: Option<Place>,
    facts: &'a [Fact],
    around: &mut Vec<&'a Fact>,
    visit: &mut impl FnMut(Met<'a, '_>),
) {
    for fact in facts {
        visit(Met {
            fact,
            place,
            row: place.and_then(|place| row_of(place, fact)),
            around,
        });
        if let Some(block) = &fact.block {
            around.push(fact);
            let within = place.and_then(|place| inside(place, fact));
            level(within, &block.facts, around, visit);
            around.pop();
        }
    }
}
