//! Tiers that need each other: which of them starts first, nobody could say.

use indexmap::{IndexMap, IndexSet};

use super::readings::{self, Readings};
use crate::check::findings::Findings;
use crate::check::names::scope::Thing;
use crate::diag::{Code, Diagnostic};
use crate::syntax::ast::Name;

/// How many steps of a circle are shown.
const MOST_SHOWN: usize = 8;

/// Complains of each circle, at the first step of it. A walk without recursion: a text may hold a
/// chain of any length.
pub(in crate::check) fn check(readings: &Readings<'_, '_>, found: &mut Findings) {
    let scope = readings.scope;
    let mut done = IndexSet::new();
    for face in readings::faces(scope) {
        let mut path: IndexMap<&str, _> = IndexMap::new();
        let root = face.id.name.as_str();
        if !done.contains(root) {
            path.insert(root, (None, face.tier.needs.iter()));
        }
        while let Some(mut last) = path.last_entry() {
            let Some(next) = last.get_mut().1.next() else {
                done.extend(path.pop().map(|(name, _)| name));
                continue;
            };
            let name = next.value.as_str();
            if let Some(at) = path.get_index_of(name) {
                let steps = path.values().skip(at + 1).filter_map(|(step, _)| *step);
                if let Some(circle) = circle(steps.chain([next]).collect()) {
                    found.push(circle);
                }
            } else if let Some(Thing::Tier(face)) = scope.things.get(name)
                && !done.contains(name)
            {
                path.insert(name, (Some(next), face.tier.needs.iter()));
            }
        }
    }
}

/// What to say of names each of which is needed by the one before, and the first by the last.
fn circle(mut steps: Vec<&Name>) -> Option<Diagnostic> {
    let first = (0..steps.len()).min_by_key(|at| steps[*at].span)?;
    steps.rotate_left(first);
    let (first, last) = (steps.first()?, steps.last()?);
    let message = if steps.len() == 1 {
        format!("`{}` needs itself", first.value)
    } else {
        format!("`{}` needs what needs it", last.value)
    };
    let mut diagnostic = Diagnostic::new(Code::CircularNeeds, first.span, message);
    for step in steps.iter().skip(1).take(MOST_SHOWN) {
        diagnostic = diagnostic.also(step.span, "by way of this");
    }
    Some(diagnostic.help("delete one: a variable that refers to it, as `API_URL = api.url`, lets the traffic through, and orders nothing"))
}
