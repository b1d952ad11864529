//! Tiers that need each other, and jobs and migrations that wait for each other: which of them starts first,
//! nobody could say.

use indexmap::{IndexMap, IndexSet};

use super::readings::{self, Readings};
use crate::check::findings::Findings;
use crate::check::names::face::TierFace;
use crate::check::names::scope::{Scope, Thing};
use crate::diag::{Code, Diagnostic};
use crate::syntax::ast::{Name, Tier};

/// How many steps of a circle are shown.
const MOST_SHOWN: usize = 8;

/// A statement that names what comes first.
struct Order {
    /// What it names.
    named: fn(&Tier) -> &[Name],
    /// The thing whose own such statement counts for one that names it; `None` where none does.
    follows: for<'s, 'a> fn(&TierFace<'_>, &'s Thing<'a>) -> Option<&'s TierFace<'a>>,
    code: Code,
    /// What to say of a thing that names itself, and of one that names what names it.
    alone: fn(&str) -> String,
    several: fn(&str) -> String,
    help: &'static str,
}

const NEEDS: Order = Order {
    named: |tier| &tier.needs,
    follows: |_, thing| thing.face().filter(|face| !face.is_job),
    code: Code::CircularNeeds,
    alone: |name| format!("`{name}` needs itself"),
    several: |name| format!("`{name}` needs what needs it"),
    help: "delete one: a variable that refers to it, as `API_URL = api.url`, lets the traffic through, and orders nothing",
};

const AFTER: Order = Order {
    named: |tier| &tier.after,
    // Migrations wait for no job.
    follows: |from, thing| thing.face().filter(|face| from.is_job || !face.is_job),
    code: Code::CircularAfter,
    alone: |name| format!("`{name}` waits for itself, and never begins"),
    several: |name| format!("`{name}` waits for what waits for it: neither ever begins"),
    help: "delete one of these names, with `after` where it is the only one",
};

/// Complains of each circle, at the first step of it.
pub(in crate::check) fn check(readings: &Readings<'_, '_>, found: &mut Findings) {
    for order in [NEEDS, AFTER] {
        walk(readings.scope, &order, found);
    }
}

/// A walk without recursion: a text may hold a chain of any length.
fn walk(scope: &Scope<'_>, order: &Order, found: &mut Findings) {
    let mut done = IndexSet::new();
    for face in readings::faces(scope) {
        let mut path: IndexMap<&str, _> = IndexMap::new();
        let root = face.id.name.as_str();
        if !done.contains(root) {
            path.insert(root, (None, face, (order.named)(face.tier).iter()));
        }
        while let Some(mut last) = path.last_entry() {
            let Some(next) = last.get_mut().2.next() else {
                done.extend(path.pop().map(|(name, _)| name));
                continue;
            };
            let from = last.get().1;
            let name = next.value.as_str();
            let followed = scope.things.get(name);
            let Some(face) = followed.and_then(|thing| (order.follows)(from, thing)) else {
                continue;
            };
            if let Some(at) = path.get_index_of(name) {
                let steps = path.values().skip(at + 1).filter_map(|(step, ..)| *step);
                if let Some(circle) = circle(steps.chain([next]).collect(), order) {
                    found.push(circle);
                }
            } else if !done.contains(name) {
                path.insert(name, (Some(next), face, (order.named)(face.tier).iter()));
            }
        }
    }
}

/// What to say of names each of which is named by the one before, and the first by the last.
fn circle(mut steps: Vec<&Name>, order: &Order) -> Option<Diagnostic> {
    let first = (0..steps.len()).min_by_key(|at| steps[*at].span)?;
    steps.rotate_left(first);
    let (first, last) = (steps.first()?, steps.last()?);
    let message = if steps.len() == 1 {
        (order.alone)(&first.value)
    } else {
        (order.several)(&last.value)
    };
    let mut diagnostic = Diagnostic::new(order.code, first.span, message);
    for step in steps.iter().skip(1).take(MOST_SHOWN) {
        diagnostic = diagnostic.also(step.span, "by way of this");
    }
    Some(diagnostic.help(order.help))
}
