//! What services wait for.

use indexmap::IndexMap;

use super::health;
use super::project::Project;
use crate::catalog::defaults::Switch;
use crate::ir::{Identity, Job, Pod, ThingName, Tier};
use crate::source::{Span, Spanned};
use crate::yaml::{Node, map};

const HEALTHY: &str = "service_healthy";
const STARTED: &str = "service_started";
const ENDED: &str = "service_completed_successfully";

/// Services with the state that they must be in, and why.
#[derive(Default)]
struct Waits {
    all: IndexMap<String, (&'static str, Vec<Span>)>,
}

impl Waits {
    fn push(&mut self, service: String, state: &'static str, places: &[Span]) {
        let (_, known) = self
            .all
            .entry(service)
            .or_insert_with(|| (state, Vec::new()));
        known.extend(places);
    }

    fn into_node(self) -> Option<Node> {
        let places: Vec<_> = self.all.values().flat_map(|(_, it)| it.clone()).collect();
        let all = self.all.into_iter().map(|(service, (state, places))| {
            let node = map! { "condition": state }.because("wait");
            (service, Some(node.gathered(places)))
        });
        let all: Vec<_> = all.collect();
        (!all.is_empty()).then(|| Node::mapping(all).gathered(places).because("wait"))
    }
}

/// What a tier waits for: migrations of its image, databases, and the tiers that it needs.
pub(super) fn of_tier(project: &Project, tier: &Tier) -> Option<Node> {
    let mut waits = Waits::default();
    databases(project, &tier.id, &tier.pod, &tier.off, &mut waits);
    migrations(project, &tier.pod, &mut waits);
    if let (Some(first), Some(last)) = (
        tier.pod.first.first(),
        project.migrations(&tier.id.name).last(),
    ) {
        waits.push(last.clone(), ENDED, &[first.span]);
    }
    tiers(project, &tier.id, &mut waits);
    waits.into_node()
}

/// What a job waits for.
pub(super) fn of_job(project: &Project, job: &Job) -> Option<Node> {
    let mut waits = Waits::default();
    databases(project, &job.id, &job.pod, &job.off, &mut waits);
    migrations(project, &job.pod, &mut waits);
    others(project, &job.after, &mut waits);
    tiers(project, &job.id, &mut waits);
    waits.into_node()
}

/// Jobs and migrations that end well first.
fn others(project: &Project, after: &[Spanned<ThingName>], waits: &mut Waits) {
    for name in after {
        let thing = &name.value.0;
        let service = match project.tier(thing).map(|tier| tier.migration.as_ref()) {
            None => Some(project.service(thing)),
            Some(migration) => migration.and_then(|it| {
                let names = project.migrations(thing);
                names.get(it.commands.len().saturating_sub(1)).cloned()
            }),
        };
        if let Some(service) = service {
            waits.push(service, ENDED, &[name.span]);
        }
    }
}

/// A migration waits for the one before it, or for those of other tiers, and for databases and tiers that are stores.
pub(super) fn of_migration(
    project: &Project,
    tier: &Tier,
    before: Option<&String>,
) -> Option<Node> {
    let mut waits = Waits::default();
    databases(project, &tier.id, &tier.pod, &tier.off, &mut waits);
    for store in project.app.stores(tier) {
        let service = project.service(&store.tier.id.name);
        waits.push(service, state(project, store.tier), &[store.origin]);
    }
    if let Some(before) = before {
        waits.push(before.clone(), ENDED, &[tier.id.origin]);
    } else if let Some(migration) = &tier.migration {
        others(project, &migration.after, &mut waits);
    }
    waits.into_node()
}

/// Databases, which are ready before what uses them starts, unless it does without that.
fn databases(
    project: &Project,
    id: &Identity,
    pod: &Pod,
    off: &[Spanned<Switch>],
    waits: &mut Waits,
) {
    let keeps = off.iter().all(|off| off.value != Switch::Wait);
    let state = if keeps { HEALTHY } else { STARTED };
    for wait in &pod.waits {
        if project.app.database(&wait.database).is_some() {
            waits.push(project.service(&wait.database.0), state, &[wait.origin]);
        }
    }
    for edge in project.app.uses(&id.name) {
        if project.app.database(&edge.to).is_some() {
            waits.push(project.service(&edge.to.0), state, &edge.origins);
        }
    }
}

/// Migrations of the image that a pod runs, be they of another tier.
fn migrations(project: &Project, pod: &Pod, waits: &mut Waits) {
    for (tier, migration) in project.app.migrations_of(pod) {
        // Those that pods run themselves come behind.
        let names = project.migrations(&tier.id.name);
        if let Some(last) = names.get(migration.commands.len().saturating_sub(1)) {
            let places: Vec<_> = migration.commands.iter().map(|it| it.span).collect();
            waits.push(last.clone(), ENDED, &places);
        }
    }
}

/// The tiers that a tier or job says that it needs, and waits for.
fn tiers(project: &Project, id: &Identity, waits: &mut Waits) {
    for edge in project.waited.get(id.name.as_str()).into_iter().flatten() {
        if let Some(to) = project.tier(&edge.to.0) {
            let service = project.service(&edge.to.0);
            waits.push(service, state(project, to), &edge.origins);
        }
    }
}

/// The state in which a tier can be used, as far as Docker can tell.
fn state(project: &Project, tier: &Tier) -> &'static str {
    if health::has_check(project, tier) {
        HEALTHY
    } else {
        STARTED
    }
}
