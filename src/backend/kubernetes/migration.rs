//! The Job of a tier's migrations.

use super::Scope;
use super::job::{self, Kept};
use super::pod::Pod;
use super::process::{Container, Process};
use crate::ir::{App, Migration, Tier};
use crate::yaml::Node;

/// The name of a tier's Job, if it has migrations.
pub(super) fn name(app: &App, tier: &Tier) -> Option<String> {
    let (scope, migration, pod) = parts(app, tier)?;
    Some(job::name(
        &migration.id.workload,
        &job::template(&scope, pod),
    ))
}

/// A tier's migrations, if it has any.
pub(super) fn of_tier(app: &App, tier: &Tier) -> Option<Node> {
    let (scope, migration, pod) = parts(app, tier)?;
    Some(job::job(&scope, &migration.id.workload, pod, Kept::ForADay))
}

/// One pod, whose containers run in order. Several Jobs would run at once, and each would have to
/// be waited for.
fn parts<'a>(app: &'a App, tier: &'a Tier) -> Option<(Scope<'a>, &'a Migration, Pod)> {
    let migration = tier.migration.as_ref()?;
    let process = Process {
        app,
        pod: &tier.pod,
        off: &tier.off,
    };
    let names: Vec<_> = match migration.commands.as_slice() {
        [_] => vec!["migrate".to_owned()],
        several => (1..=several.len())
            .map(|number| format!("migrate-{number}"))
            .collect(),
    };
    let mut containers: Vec<_> = migration
        .commands
        .iter()
        .zip(&names)
        .map(|(command, name)| Container {
            name,
            command: &command.value,
            ..Container::default()
        })
        .collect();
    let last = containers.pop()?;
    let scope = Scope::own(app, &migration.id, &tier.pod);
    let pod = process.pod(containers, last);
    Some((scope, migration, pod))
}
