//! The Job of a tier's migrations.

use super::Scope;
use super::job::{self, Purpose};
use super::network_policy::{Access, Clients, Egress, network_policy};
use super::pod::Pod;
use super::probes::words;
use super::process::{Container, Process};
use super::{reach, unless_empty};
use crate::catalog::defaults::Switch;
use crate::ir::{App, Migration, Tier};
use crate::yaml::{Field, Node};

/// The name of a tier's Job, if it has migrations.
pub(super) fn name(app: &App, tier: &Tier) -> Option<String> {
    let (scope, migration, pod) = parts(app, tier)?;
    Some(job::name(
        &migration.id.workload,
        &job::template(&scope, pod),
    ))
}

/// The name of the file with a tier's migrations and what they need: after databases and before tiers.
pub(super) fn file(tier: &Tier) -> String {
    format!("25-{}-migrate", tier.id.name)
}

/// A tier's migrations, if it has any.
pub(super) fn of_tier(app: &App, tier: &Tier) -> Option<Node> {
    let (scope, migration, pod) = parts(app, tier)?;
    let (name, after) = (&migration.id.workload, &migration.after);
    let job = job::job(&scope, name, pod, Purpose::Migration, after);
    Some(job::with_hash(job))
}

/// What the migrations' pod may connect to; nobody connects to it.
pub(super) fn policy(app: &App, tier: &Tier, clients: &Clients<'_>) -> Option<Node> {
    let migration = tier.migration.as_ref()?;
    let scope = scope(app, tier, migration)?;
    let access = Access {
        ports: Vec::new(),
        exposed: Vec::new(),
        clients: clients.nobody(),
        admitted: Vec::new(),
        egress: Egress::of_own(tier.keeps(Switch::EgressPolicy), &tier.pod),
    };
    tier.keeps(Switch::NetworkPolicy)
        .then(|| network_policy(&scope, &migration.id.workload, &access))
}

/// Whose the objects are.
fn scope<'a>(app: &'a App, tier: &Tier, migration: &'a Migration) -> Option<Scope<'a>> {
    let mut scope = Scope::own(app, &migration.id, &tier.pod);
    scope.origin = migration.commands.first()?.span;
    Some(scope)
}

/// The objects of a tier, its migrations and what they read, keep and may connect to first: apart from the
/// rest they can be applied, and waited for, while old pods go on.
pub(super) fn parted(migration: &Migration, objects: Vec<Node>) -> (Vec<Node>, Vec<Node>) {
    let is_first = |object: &Node| {
        let name = object.get("metadata").and_then(|it| it.get("name"));
        match object.get("kind").and_then(Node::as_text) {
            Some("ConfigMap" | "PersistentVolumeClaim" | "Job") => true,
            Some("NetworkPolicy") => name.and_then(Node::as_text) == Some(&migration.id.workload),
            _ => false,
        }
    };
    objects.into_iter().partition(is_first)
}

/// One pod, whose containers run in order. Several Jobs would run at once, and each would have to
/// be waited for.
fn parts<'a>(app: &'a App, tier: &'a Tier) -> Option<(Scope<'a>, &'a Migration, Pod)> {
    let migration = tier.migration.as_ref()?;
    let process = Process {
        app,
        pod: &tier.pod,
        off: &tier.off,
        is_migration: true,
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
            command: unless_empty(words(&command.value)).at(command.span),
            ..Container::default()
        })
        .collect();
    let last = containers.pop()?;
    let scope = scope(app, tier, migration)?;
    let others = if tier.keeps(Switch::Wait) {
        reach::containers(app, tier)
    } else {
        Vec::new()
    };
    let pod = process.pod(others, containers, last);
    Some((scope, migration, pod))
}

#[cfg(test)]
mod tests {
    use super::{name, of_tier};
    use crate::ir::{App, Identity, Migration, sample};
    use crate::source::Spanned;
    use crate::yaml;

    fn app(commands: &[&str]) -> App {
        let mut tier = sample::tier("api");
        let migrate = |name: &str| format!("{name}-migrate");
        let commands = commands
            .iter()
            .map(|command| Spanned::new(vec![(*command).to_owned()], sample::place()));
        tier.migration = Some(Migration {
            id: Identity {
                workload: migrate(&tier.id.workload),
                label: migrate(&tier.id.label),
                ..tier.id.clone()
            },
            commands: commands.collect(),
            after: Vec::new(),
        });
        sample::app(vec![tier])
    }

    fn text(app: &App) -> String {
        let job = of_tier(app, &app.tiers[0]).expect("a Job");
        yaml::print("", &[job])
    }

    #[test]
    fn migrations_run_in_order_before_the_last() {
        let text = text(&app(&["one", "two", "three"]));
        let at = |word: &str| {
            text.find(word)
                .unwrap_or_else(|| panic!("{word} in {text}"))
        };
        let order = [
            "initContainers:",
            "- one",
            "- two",
            "  containers:",
            "- three",
        ]
        .map(at);
        assert!(order.is_sorted(), "{text}");
    }

    #[test]
    fn another_pod_is_another_job_and_the_same_is_the_same() {
        let name = |app: &App| name(app, &app.tiers[0]).expect("a name");
        let before = app(&["one"]);
        assert_eq!(name(&before), name(&app(&["one"])));
        assert!(text(&before).contains(&format!("  name: {}\n", name(&before))));
        let mut released = app(&["one"]);
        released.tiers[0].pod.image.reference.tag = Some("next".to_owned());
        for other in [released, app(&["two"]), app(&["one", "two"])] {
            assert_ne!(name(&before), name(&other));
        }
        // What the Deployment alone has doesn't run it again.
        let mut scaled = app(&["one"]);
        scaled.tiers[0].replicas.least = 7;
        assert_eq!(name(&before), name(&scaled));
    }
}
