//! A job: what it runs, and when.

use super::after::{self, Waiter};
use super::graph::Graph;
use super::image::runs_a_server;
use super::patches;
use super::pod;
use super::process::Processes;
use super::scaling;
use crate::catalog::defaults::{self, Switch};
use crate::check::findings::Findings;
use crate::check::names::face::TierFace;
use crate::check::names::scope::{Scope, Thing};
use crate::check::types::schedule;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Job, Schedule};
use crate::syntax::ast;

/// The defaults that a job has, of those that can be switched off: its pods are neither rolled nor
/// spread.
const SWITCHES: &[Switch] = &[
    Switch::ReadOnlyRoot,
    Switch::NetworkPolicy,
    Switch::EgressPolicy,
    Switch::ServiceAccount,
    Switch::Wait,
];

/// A lowered job, and the names of the shared secrets that it reads.
pub(in crate::check) struct LoweredJob {
    pub(in crate::check) job: Job,
    pub(in crate::check) secrets_read: indexmap::IndexSet<String>,
}

/// A job. `None` where its image can't be known; everything that is wrong has been said.
pub(in crate::check) fn lower<'a>(
    face: &TierFace<'a>,
    job: &ast::Job,
    scope: &Scope<'a>,
    processes: &mut Processes<'_, 'a>,
    graph: &mut Graph,
    found: &mut Findings,
) -> Option<LoweredJob> {
    switches_are_its(face, found);
    ends(face, scope, found);
    let cron = job.cron.as_ref();
    let schedule = cron.and_then(|cron| read_schedule(cron, found));
    let waiter = if cron.is_some() {
        Waiter::Cron
    } else {
        Waiter::Job
    };
    let after = after::lower(face, waiter, scope, found);
    let resources = scaling::resources(face, found);
    let pod::LoweredPod {
        pod,
        off,
        secrets_read,
    } = pod::lower(face, resources, scope, processes, graph, found)?;
    let job = Job {
        id: face.id.clone(),
        pod,
        schedule,
        after,
        off,
        patches: patches::lower(face.view.patches.iter().copied(), found),
    };
    Some(LoweredJob { job, secrets_read })
}

fn read_schedule(cron: &ast::Cron, found: &mut Findings) -> Option<Schedule> {
    if let Some(zone) = &cron.zone {
        schedule::is_zone(zone, found);
    }
    let times = cron.schedule.as_ref()?;
    schedule::is_schedule(times, found);
    Some(Schedule {
        times: times.clone(),
        zone: cron.zone.clone(),
    })
}

/// Complains of a `without` that would change nothing.
fn switches_are_its(face: &TierFace<'_>, found: &mut Findings) {
    for name in &face.tier.without {
        let Some(switch) = defaults::switch(&name.value) else {
            continue;
        };
        if !SWITCHES.contains(&switch) {
            let message = format!("a job has no `{}` to do without", name.value);
            found.push(
                Diagnostic::new(Code::Misplaced, name.span, message).help("delete this line"),
            );
        }
    }
}

/// Complains of a job that would run a server, which never ends. One with a `build` of its own is
/// complained of with its image.
fn ends(face: &TierFace<'_>, scope: &Scope<'_>, found: &mut Findings) {
    let tier = face.tier;
    let runs = |tier: &ast::Tier| !tier.command.is_empty() || !tier.args.is_empty();
    let own = tier.build.is_some() || tier.image.is_some() || runs(tier);
    let Some(from) = tier.from.as_ref().filter(|_| !own) else {
        return;
    };
    let Some(Thing::Tier(base)) = scope.things.get(from.value.as_str()) else {
        return;
    };
    if base.tier.build.is_some() && base.tier.command.is_empty() {
        runs_a_server(face, from.span, found);
    }
}
