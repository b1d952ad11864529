//! What the build's summary says of what the text leaves open, or to the cluster. It is no fault, and is
//! said once for all that it is true of.

use std::collections::BTreeSet;

use super::readings;
use crate::catalog::defaults::Switch;
use crate::check::context;
use crate::check::names::scope::{Scope, Thing};
use crate::ir::{Edge, Expose, Handler, Identity, IngressSettings, Job, Pod, Probe, Tier, Value};
use crate::source::Spanned;

/// Node ports that the cluster gives to nobody who doesn't ask for them, while others are free: of its
/// range the lowest thirty-second, and 16 to 128 of them (Kubernetes' `ServiceNodePortStaticSubrange`).
const KEPT: std::ops::RangeInclusive<u16> = 30000..=30085;

/// All notes: on what most would say, and then tier by tier.
pub(in crate::check) fn notes(
    tiers: &[Tier],
    jobs: &[Job],
    edges: &[Edge],
    ingress: &IngressSettings,
    scope: &Scope<'_>,
) -> Vec<Spanned<String>> {
    let mut notes = unsaid(tiers, jobs);
    notes.extend(unwritable(tiers, jobs));
    notes.extend(unreached(tiers, jobs, edges));
    notes.extend(unserved(tiers, ingress));
    for tier in tiers {
        of_tier(tier, scope, &mut notes);
        notes.extend(closed_to_probes(tier));
    }
    notes.extend(context::notes(scope));
    notes
}

/// What most would say of workloads, and these don't.
fn unsaid(tiers: &[Tier], jobs: &[Job]) -> Vec<Spanned<String>> {
    let pods = tiers.iter().map(|tier| (&tier.id, &tier.pod));
    let pods: Vec<_> = pods
        .chain(jobs.iter().map(|job| (&job.id, &job.pod)))
        .collect();
    let mut notes = Vec::new();
    for what in ["cpu or memory", "cpu", "memory"] {
        let lacking = pods
            .iter()
            .filter(|(_, pod)| unsaid_size(pod) == Some(what));
        let lacking: Vec<_> = lacking.map(|(id, _)| *id).collect();
        notes.extend(note(&lacking, |says, it, _| {
            format!("{says} no {what}: nothing is set aside for {it}, and nothing bounds {it}")
        }));
    }
    let unasked = tiers
        .iter()
        .filter(|tier| tier.probes.is_none() && !tier.ports.is_empty());
    let unasked: Vec<_> = unasked.map(|tier| &tier.id).collect();
    notes.extend(note(&unasked, |says, it, is| {
        format!("{says} no health: traffic reaches {it} before {is} ready")
    }));
    notes
}

/// Pods of images of others that keep data as nobody knows whom: a new claim belongs to root, and a
/// group that may write is set with `user` alone.
fn unwritable(tiers: &[Tier], jobs: &[Job]) -> Option<Spanned<String>> {
    let pods = tiers.iter().map(|tier| (&tier.id, &tier.pod));
    let pods = pods.chain(jobs.iter().map(|job| (&job.id, &job.pod)));
    let keeps = |pod: &Pod| pod.volumes.iter().any(|volume| !volume.read_only);
    let unknown = pods.filter(|(_, pod)| pod.contract.user.is_none() && keeps(pod));
    let unknown: Vec<_> = unknown.map(|(id, _)| id).collect();
    note(&unknown, |says, _, _| {
        format!(
            "{says} no user: a new volume belongs to root, and an image that runs as another needs `user N` to write to it"
        )
    })
}

/// Ports that network policies let nobody connect to, though they may be meant for somebody: what
/// connects without a reference, by a file perhaps, isn't seen here.
fn unreached(tiers: &[Tier], jobs: &[Job], edges: &[Edge]) -> Vec<Spanned<String>> {
    let is_alone = tiers.len() + jobs.len() == 1;
    let clients = edges.iter().filter_map(|edge| Some((edge, edge.client()?)));
    let from_others = clients.filter(|(edge, client)| **client != edge.to);
    let connected: BTreeSet<&str> = from_others.map(|(edge, _)| edge.to.0.as_str()).collect();
    let mut notes = Vec::new();
    let mut whole = Vec::new();
    for tier in tiers {
        let own_policy = tier.patches.iter().any(|it| it.kind == "NetworkPolicy");
        let has_clients = connected.contains(tier.id.name.as_str());
        if has_clients || own_policy || !tier.keeps(Switch::NetworkPolicy) {
            continue;
        }
        let exposed = tier.exposed_port.as_ref();
        let unreached = tier.ports.iter().filter(|port| Some(&port.name) != exposed);
        let unreached: Vec<_> = unreached.map(|port| format!("`{}`", port.name)).collect();
        if exposed.is_none() {
            whole.extend((!unreached.is_empty() && !is_alone).then_some(&tier.id));
        } else if !unreached.is_empty() {
            let ports = unreached.join(", ");
            let name = &tier.id.name;
            let text = format!(
                "nothing refers to `{name}`: its network policy lets nobody connect to {ports}; `without network_policy` lets all"
            );
            notes.push(Spanned::new(text, tier.id.origin));
        }
    }
    let names: Vec<_> = whole.iter().map(|id| format!("`{}`", id.name)).collect();
    let names = names.join(", ");
    let text = match whole.as_slice() {
        [] => return notes,
        [_] => format!("nothing refers to {names}: its network policy lets nobody connect"),
        _ => format!("nothing refers to {names}: their network policies let nobody connect"),
    };
    notes.insert(0, Spanned::new(text, whole[0].origin));
    notes
}

/// Ingresses without a class: most controllers serve those of their own class alone, and not each makes
/// itself the default.
fn unserved(tiers: &[Tier], settings: &IngressSettings) -> Option<Spanned<String>> {
    const OLD: &str = "kubernetes.io/ingress.class";
    let mut annotations = settings.annotations.iter();
    if settings.class.is_some() || annotations.any(|it| it.key == OLD) {
        return None;
    }
    let is_served = |tier: &Tier| tier.patches.iter().any(|patch| patch.kind == "Ingress");
    let is_ingress = |tier: &&Tier| matches!(tier.expose.value, Expose::Ingress { .. });
    let first = tiers
        .iter()
        .filter(is_ingress)
        .find(|tier| !is_served(tier))?;
    let text = "no class of Ingresses is said: only a cluster with a default one serves them; `ingress { class \"nginx\" }` in `app` names one";
    Some(Spanned::new(text.to_owned(), first.expose.span))
}

/// Django's list of the hosts that it answers for: the kubelet names none of them but the pod's address,
/// so that each probe gets a 400.
fn closed_to_probes(tier: &Tier) -> Option<Spanned<String>> {
    let probes = tier.probes.as_ref()?;
    let probes = [&probes.startup, &probes.readiness, &probes.liveness];
    let gets = |probe: &Probe| matches!(probe.handler, Handler::Get { .. });
    let is_asked = probes.into_iter().flatten().any(gets);
    let set = tier.pod.env.iter().filter_map(|it| match &it.value {
        Value::Text(text) => Some((&it.name, text.joined(), it.origin)),
        Value::Config { .. } | Value::Secret(_) | Value::Composed(_) => None,
    });
    let read = tier.pod.config_read.iter();
    let mut all = set.chain(read.map(|it| (&it.key, it.value.joined(), it.origin)));
    let (name, _, origin) = all
        .find(|(name, hosts, _)| name.ends_with("ALLOWED_HOSTS") && !hosts.contains('*'))
        .filter(|_| is_asked)?;
    let text = format!(
        "Kubernetes asks `{}` for its health by its pod's address, which isn't in `{name}`: answer before hosts are looked at, in a middleware",
        tier.id.name
    );
    Some(Spanned::new(text, origin))
}

/// What of its size a pod doesn't say.
fn unsaid_size(pod: &Pod) -> Option<&'static str> {
    match (&pod.resources.cpu, &pod.resources.memory) {
        (None, None) => Some("cpu or memory"),
        (None, Some(_)) => Some("cpu"),
        (Some(_), None) => Some("memory"),
        (Some(_), Some(_)) => None,
    }
}

/// A note of all that it is true of, at the first of them; the words are those for one or for several.
fn note(of: &[&Identity], words: impl Fn(&str, &str, &str) -> String) -> Option<Spanned<String>> {
    let first = of.first()?;
    let names: Vec<_> = of.iter().map(|id| format!("`{}`", id.name)).collect();
    let words = match of {
        [_] => words("says", "it", "it is"),
        _ => words("say", "them", "they are"),
    };
    Some(Spanned::new(
        format!("{} {words}", names.join(", ")),
        first.origin,
    ))
}

fn of_tier(tier: &Tier, scope: &Scope<'_>, notes: &mut Vec<Spanned<String>>) {
    let name = &tier.id.name;
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
    if tier.replicas.autoscaling.is_some() && scope.settings.local_images {
        let least = tier.replicas.least;
        let text = format!(
            "`{name}` has {least} pods, and not more until something measures what they use, such as `minikube addons enable metrics-server`"
        );
        notes.push(Spanned::new(text, tier.replicas.origin));
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
