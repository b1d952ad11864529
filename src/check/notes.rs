//! What the build's summary says of what the text leaves open, or to the cluster. It is no fault.

use super::context;
use super::pod;
use super::readings;
use super::scope::{Scope, Thing};
use crate::ir::{Expose, Job, Tier};
use crate::source::Spanned;

/// Node ports that the cluster gives to nobody who doesn't ask for them, while others are free: of its
/// range the lowest thirty-second, and 16 to 128 of them (Kubernetes' `ServiceNodePortStaticSubrange`).
const KEPT: std::ops::RangeInclusive<u16> = 30000..=30085;

/// All notes, tier by tier.
pub(super) fn notes(tiers: &[Tier], jobs: &[Job], scope: &Scope<'_>) -> Vec<Spanned<String>> {
    let mut notes = Vec::new();
    for tier in tiers {
        of_tier(tier, scope, &mut notes);
    }
    let sizes = |job: &Job| pod::size_note(&job.id, &job.pod.resources);
    notes.extend(jobs.iter().filter_map(sizes));
    notes.extend(context::notes(scope));
    notes
}

fn of_tier(tier: &Tier, scope: &Scope<'_>, notes: &mut Vec<Spanned<String>>) {
    let name = &tier.id.name;
    notes.extend(pod::size_note(&tier.id, &tier.pod.resources));
    if tier.probes.is_none() && !tier.ports.is_empty() {
        let text = format!("`{name}` says no health: traffic reaches it before it is ready");
        notes.push(Spanned::new(text, tier.id.origin));
    }
    match tier.expose.value {
        Expose::NodePort { port: Some(port) } if !KEPT.contains(&port) => {
            let (first, last) = (KEPT.start(), KEPT.end());
            let text = format!(
                "the cluster may have given node port {port} to another Service: it keeps {first} to {last} for those that are chosen"
            );
            notes.push(Spanned::new(text, tier.expose.span));
        }
        Expose::LoadBalancer if scope.settings.local_images => {
            let text = format!(
                "`{name}` has no address until something gives the cluster load balancers, such as `minikube tunnel`"
            );
            notes.push(Spanned::new(text, tier.expose.span));
        }
        Expose::Internal
        | Expose::NodePort { .. }
        | Expose::LoadBalancer
        | Expose::Ingress { .. }
        | Expose::Forward { .. } => {}
    }
    if tier.replicas.least > 1 || tier.replicas.autoscaling.is_some() {
        let Some(Thing::Tier(face)) = scope.things.get(name.as_str()) else {
            return;
        };
        let recipe = readings::recipe(face, scope);
        if let Some(known) = recipe
            .map(|recipe| recipe.several)
            .filter(|it| !it.is_empty())
        {
            let text = format!("`{name}` has several pods: {known}");
            notes.push(Spanned::new(text, tier.replicas.origin));
        }
    }
}
