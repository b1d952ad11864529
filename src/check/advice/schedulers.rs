//! Programs that start others by the clock: one pod runs them, and it writes its times to a file.

use super::at_risk::several;
use super::readings::{self, Readings};
use crate::catalog;
use crate::catalog::defaults::Switch;
use crate::catalog::schedulers::{Scheduler, started};
use crate::check::findings::Findings;
use crate::check::names::face::TierFace;
use crate::check::names::scope::{Scope, Thing};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{self, Name};

/// Warns of each.
pub(in crate::check) fn check(readings: &Readings<'_, '_>, found: &mut Findings) {
    let scope = readings.scope;
    for face in readings::faces(scope).filter(|face| !face.is_job) {
        let Some((scheduler, words, place)) = of(face.tier) else {
            continue;
        };
        if let Some(origin) = several(face) {
            let message = format!(
                "each pod of `{}` runs a scheduler, so that every task is started several times",
                face.id.name
            );
            found.push(
                Diagnostic::new(Code::SeveralSchedulers, place, message)
                    .also(origin, "this makes them several")
                    .help("write `replicas 1`"),
            );
        }
        let is_kept = words
            .iter()
            .any(|word| scheduler.keeps.iter().any(|it| word.starts_with(it)));
        if scheduler.keeps.is_empty() || is_kept || can_write(face, scope) {
            continue;
        }
        let message = format!(
            "`{}` can't write its schedule: its working directory is read-only",
            face.id.name
        );
        found.push(
            Diagnostic::new(Code::ScheduleUnwritable, place, message).help(
                "name a file that it can write: add `\"-s\" \"/tmp/celerybeat-schedule\"` to the command",
            ),
        );
    }
}

/// The scheduler that a tier starts, the words of its command and their place.
fn of(tier: &ast::Tier) -> Option<(&'static Scheduler, Vec<&str>, Span)> {
    let said: Vec<&Name> = tier.command.iter().chain(&tier.args).collect();
    let words: Vec<&str> = said.iter().map(|word| word.value.as_str()).collect();
    let (scheduler, words) = started(&words)?;
    let (first, last) = (said.first()?, said.last()?);
    Some((scheduler, words, first.span.to(last.span)))
}

/// Whether a process may write to its working directory, as far as is known: that of an image which a
/// recipe builds is read-only.
fn can_write(face: &TierFace<'_>, scope: &Scope<'_>) -> bool {
    let tier = face.tier;
    let base = tier.from.as_ref();
    let base = base.and_then(|name| match scope.things.get(name.value.as_str()) {
        Some(Thing::Tier(base)) => Some(base.tier),
        Some(
            Thing::Database(..) | Thing::External(_) | Thing::ExternalService(_) | Thing::Job(..),
        )
        | None => None,
    });
    let build = match (&tier.build, &tier.image) {
        (None, None) => base.and_then(|base| base.build.as_ref()),
        (build, _) => build.as_ref(),
    };
    let recipe = build.and_then(|build| build.recipe.as_ref());
    let recipe = recipe.and_then(|name| catalog::recipe(&name.value));
    let is_ours = recipe.is_some_and(|recipe| recipe.plan.is_some());
    let without = |tier: &ast::Tier| {
        let mut off = tier.without.iter();
        off.any(|name| catalog::defaults::switch(&name.value) == Some(Switch::ReadOnlyRoot))
    };
    let is_off = |tier: &ast::Tier| without(tier) || !tier.writable.is_empty();
    !is_ours
        || is_off(tier)
        || base.is_some_and(|base| !base.writable.is_empty())
        || scope
            .off
            .iter()
            .any(|off| off.value == Switch::ReadOnlyRoot)
}
