//! What jobs and migrations wait for: others, until these have ended well.

use crate::check::findings::Findings;
use crate::check::names::face::TierFace;
use crate::check::names::scope::{Scope, Thing};
use crate::diag::{Code, Diagnostic};
use crate::ir::ThingName;
use crate::source::Spanned;
use crate::syntax::ast::{self, Name};

/// Who waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Waiter {
    Job,
    Cron,
    Migration,
}

/// What the `after` of a job or tier names, each once.
pub(in crate::check) fn lower(
    face: &TierFace<'_>,
    waiter: Waiter,
    scope: &Scope<'_>,
    found: &mut Findings,
) -> Vec<Spanned<ThingName>> {
    let names = &face.tier.after;
    if !can_wait(face, waiter, found) {
        return Vec::new();
    }
    let mut after: Vec<Spanned<ThingName>> = Vec::new();
    for name in names {
        let is_there = after.iter().any(|it| it.value.0 == name.value);
        if ends(name, waiter, scope, found) && !is_there {
            after.push(Spanned::new(ThingName(name.value.clone()), name.span));
        }
    }
    after
}

/// Whether what says `after` begins with a release; complains where it doesn't.
fn can_wait(face: &TierFace<'_>, waiter: Waiter, found: &mut Findings) -> bool {
    let Some(first) = face.tier.after.first() else {
        return true;
    };
    let name = &face.id.name;
    let (message, help) = match waiter {
        Waiter::Job => return true,
        Waiter::Cron => (
            format!("`{name}` begins by its schedule, not with a release"),
            "delete this line; what is to run once, after others, is a `job`",
        ),
        Waiter::Migration if has_job(face.tier) || face.tier.broken => return true,
        Waiter::Migration => (
            format!("`{name}` has no migration that a Job runs, so nothing of it waits"),
            "delete this line, or say what runs then: `migrate \"COMMAND\"`; for a database, or another tier, write `needs`",
        ),
    };
    found.push(Diagnostic::new(Code::Misplaced, first.span, message).help(help));
    false
}

fn has_job(tier: &ast::Tier) -> bool {
    tier.migrations.iter().any(|line| line.in_pod.is_none())
}

/// Whether a thing ends, and before what waits for it; complains where it doesn't.
fn ends(name: &Name, waiter: Waiter, scope: &Scope<'_>, found: &mut Findings) -> bool {
    let Some(thing) = scope.thing(name, found) else {
        return false;
    };
    let called = &name.value;
    let (message, help) = match thing {
        Thing::Tier(face) if has_job(face.tier) || face.tier.broken => return true,
        Thing::Tier(face) => {
            let message = format!("`{called}` has no migration that a Job runs: it never ends");
            let help = if face.tier.migrations.is_empty() {
                format!(
                    "to connect to it, write `needs {called}`; to wait for a migration, name the tier that says `migrate`"
                )
            } else {
                format!(
                    "let a Job run it, by `migrate` without `in pod`, or delete `{called}` here"
                )
            };
            (message, help)
        }
        Thing::Job(_, job) if job.cron.is_some() => (
            format!("`{called}` is a cron, which runs again and again: nothing waits for it"),
            format!(
                "say what it runs in a `job` as well, and name that, or delete `{called}` here"
            ),
        ),
        Thing::Job(..) if waiter == Waiter::Migration => (
            format!("`{called}` is a job, which begins after all migrations"),
            format!("make it the first `migrate` of this tier, or delete `{called}` here"),
        ),
        Thing::Job(..) => return true,
        Thing::Database(..) | Thing::External(_) | Thing::ExternalService(_) => (
            format!("`{called}` is {}, which never ends", thing.owner().noun()),
            format!("write `needs {called}`: what needs a database starts after it"),
        ),
    };
    let diagnostic = Diagnostic::new(Code::WrongKind, name.span, message);
    found.push(diagnostic.also(thing.span(), "declared here").help(help));
    false
}
