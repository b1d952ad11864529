//! Notes: what the text leaves open, or to the cluster. It is no fault. Each workload has its own, so that an
//! `allow` in its block accepts it. Sentences that may be true of several name one alone, in the first
//! backticks, and say nothing of its number: the summary puts the names of others beside it.

use std::collections::BTreeSet;

use super::{caches, metrics, readings, secrecy};
use crate::catalog::defaults::Switch;
use crate::check::context;
use crate::check::names::scope::{Scope, Thing};
use crate::check::workload::health::ALLOWED_HOSTS;
use crate::diag::{Code, Diagnostic};
use crate::ir::{
    Claim, Database, Edge, Expose, Handler, Identity, IngressSettings, Job, MountedBy, Pod, Port,
    Probe, Tier, Value, Volume,
};
use crate::source::Spanned;

/// Node ports that the cluster gives to nobody who doesn't ask for them, while others are free: of its
/// range the lowest thirty-second, and 16 to 128 of them (Kubernetes' `ServiceNodePortStaticSubrange`).
const KEPT: std::ops::RangeInclusive<u16> = 30000..=30085;

/// All notes: on what most would say, and then tier by tier.
pub(in crate::check) fn notes(
    (tiers, jobs, databases): (&[Tier], &[Job], &[Database]),
    edges: &[Edge],
    ingress: &IngressSettings,
    scope: &Scope<'_>,
) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    notes.extend(
        nothing_runs(scope).filter(|_| tiers.is_empty() && jobs.is_empty() && databases.is_empty()),
    );
    let pods = tiers.iter().map(|tier| (&tier.id, &tier.pod));
    for (id, pod) in pods.chain(jobs.iter().map(|job| (&job.id, &job.pod))) {
        notes.extend(unsized_pod(id, pod));
        notes.extend(unclassed(id, pod));
        notes.extend(read_only(id, pod));
        notes.extend(any_user(id, pod));
    }
    notes.extend(databases.iter().filter_map(unguarded));
    notes.extend(patterned(ingress));
    let (unreached, closed) = unreached(tiers, jobs, edges);
    notes.extend(unreached);
    for tier in tiers {
        let is_open = !closed.contains(tier.id.name.as_str()) && !has_own_policy(tier);
        notes.extend(is_open.then(|| metrics::shut_out(tier)).flatten());
        notes.extend(unprobed(tier));
        notes.extend(unserved(tier, ingress));
        of_tier(tier, scope, &mut notes);
        notes.extend(closed_to_probes(tier));
        notes.extend(hurried(tier, scope));
    }
    let pods = tiers.iter().map(|tier| &tier.pod);
    let pods = pods.chain(jobs.iter().map(|job| &job.pod));
    notes.extend(secrecy::unread_keys(pods, scope));
    notes.extend(context::notes(scope));
    notes.extend(caches::notes(tiers, scope));
    notes
}

/// An application without anything to run. One whose tiers this target leaves out has some.
fn nothing_runs(scope: &Scope<'_>) -> Option<Diagnostic> {
    let file = scope.file;
    let app = file.app.as_ref()?;
    if !file.is_whole() || file.workloads().next().is_some() || !file.databases.is_empty() {
        return None;
    }
    let name = &app.name.as_ref()?.value;
    let text = format!("nothing of `{name}` runs: it has no tier, job or database");
    let note = Diagnostic::new(Code::NothingRuns, app.span, text);
    Some(
        note.help(
            "write a `tier` for each part of it; `todoc init` does so for a folder of sources",
        ),
    )
}

/// A pod that doesn't say how much cpu or memory it needs.
fn unsized_pod(id: &Identity, pod: &Pod) -> Option<Diagnostic> {
    let (what, help) = match (&pod.resources.cpu, &pod.resources.memory) {
        (None, None) => (
            "cpu or memory",
            "say what a pod needs, such as `cpu 100m` and `memory 256Mi`",
        ),
        (None, Some(_)) => ("cpu", "say what a pod needs, such as `cpu 100m`"),
        (Some(_), None) => ("memory", "say what a pod needs, such as `memory 256Mi`"),
        (Some(_), Some(_)) => return None,
    };
    let text = format!(
        "no {what} is set for `{}`: Kubernetes reserves none and sets no limit",
        id.name
    );
    Some(Diagnostic::new(Code::NoResources, id.origin, text).help(help))
}

/// A volume for several nodes without a class: what most clouds have for their default is for one.
fn unclassed(id: &Identity, pod: &Pod) -> Vec<Diagnostic> {
    let is_open = |claim: &Claim| claim.mounted_by == MountedBy::AllPods && claim.class.is_none();
    let open = pod.volumes.iter();
    let open = open.filter(|volume| volume.claim.as_ref().is_some_and(is_open));
    let note = |volume: &Volume| {
        let text = format!(
            "no storage class is set for `{}.{}`: few default classes let several nodes mount a volume",
            id.name, volume.name
        );
        let note = Diagnostic::new(Code::NoSharedClass, volume.origin, text);
        note.help("name one that does, such as `shared class \"nfs\"`; `kubectl get storageclass` lists them")
    };
    open.map(note).collect()
}

/// A tier that traffic reaches, and that nobody asks whether it is ready.
fn unprobed(tier: &Tier) -> Option<Diagnostic> {
    if tier.probes.is_some() || tier.ports.is_empty() {
        return None;
    }
    let Identity { name, origin, .. } = &tier.id;
    let text =
        format!("no health check is set for `{name}`: traffic reaches pods before they are ready");
    let note = Diagnostic::new(Code::NoHealth, *origin, text);
    Some(note.help("say what to ask, such as `health \"/health\"` or `health tcp`"))
}

/// An image of others whose root is read-only, since it names folders that it writes to. It may
/// write to more of them.
fn read_only(id: &Identity, pod: &Pod) -> Option<Diagnostic> {
    let first = pod.said.writable.first()?;
    if pod.contract.no_capabilities || !pod.contract.read_only_root {
        return None;
    }
    let text = format!(
        "`{}` can write to `/tmp`, its volumes and its `writable` folders: the rest of its image is read-only",
        id.name
    );
    let note = Diagnostic::new(Code::RootReadOnly, first.span, text);
    Some(note.help("name each folder that the image writes to, or add `without read_only_root`"))
}

/// A pod whose image alone says as whom it runs.
fn any_user(id: &Identity, pod: &Pod) -> Option<Diagnostic> {
    if pod.contract.user.is_some() {
        return None;
    }
    let text = format!(
        "no user is set for `{}`: it runs as root unless its image names another",
        id.name
    );
    let note = Diagnostic::new(Code::UserOfImage, id.origin, text);
    Some(note.help("write the number of the user that the image is made for, such as `user 1000`"))
}

/// A database that answers whoever reaches it. Its network policy lets in those that refer to it alone, but
/// not each cluster enforces policies.
fn unguarded(database: &Database) -> Option<Diagnostic> {
    if database.password.is_some() {
        return None;
    }
    let Identity { name, origin, .. } = &database.id;
    let text =
        format!("no password is set for `{name}`: whoever reaches it reads and changes its data");
    let note = Diagnostic::new(Code::NoPassword, *origin, text);
    let variable = name.to_ascii_uppercase().replace('-', "_");
    Some(note.help(format!(
        "write a secret in its block, such as `secret {variable}_PASSWORD from env`"
    )))
}

/// Whether a patch says who may connect to a tier.
fn has_own_policy(tier: &Tier) -> bool {
    let mut patches = tier.patches.iter();
    patches.any(|patch| patch.kind.value == "NetworkPolicy")
}

/// Ports that network policies let nobody connect to, though they may be meant for somebody: what
/// connects without a reference, by a file perhaps, isn't seen here. Behind them the tiers that nobody
/// connects to at all.
fn unreached<'a>(
    tiers: &'a [Tier],
    jobs: &[Job],
    edges: &[Edge],
) -> (Vec<Diagnostic>, BTreeSet<&'a str>) {
    let is_alone = tiers.len() + jobs.len() == 1;
    let clients = edges.iter().filter_map(|edge| Some((edge, edge.client()?)));
    let from_others = clients.filter(|(edge, client)| **client != edge.to);
    let connected: BTreeSet<&str> = from_others.map(|(edge, _)| edge.to.0.as_str()).collect();
    let mut notes = Vec::new();
    let mut closed = BTreeSet::new();
    for tier in tiers {
        let name = tier.id.name.as_str();
        if connected.contains(name) || has_own_policy(tier) || !tier.keeps(Switch::NetworkPolicy) {
            continue;
        }
        let exposed: Vec<&str> = tier
            .exposures()
            .map(|(_, port, _)| port.name.as_str())
            .collect();
        let scraped = metrics::scraped(tier);
        let is_other = |port: &&Port| exposed.is_empty() || !scraped.contains(&port.container);
        let unreached = tier.ports.iter();
        let unreached = unreached.filter(|port| !exposed.contains(&port.name.as_str()));
        let is_admitted = |port: &&Port| tier.admits.iter().any(|it| it.reaches(&port.name));
        let unreached = unreached.filter(|port| is_other(port) && !is_admitted(port));
        let unreached: Vec<_> = unreached.map(|port| format!("`{}`", port.name)).collect();
        if unreached.is_empty() || exposed.is_empty() && is_alone {
            continue;
        }
        // Of an exposed tier all but one port are meant.
        let ports = if exposed.is_empty() {
            String::new()
        } else {
            format!(" to {}", unreached.join(", "))
        };
        if exposed.is_empty() {
            closed.insert(name);
        }
        let text =
            format!("nothing refers to `{name}`: the network policy lets nobody connect{ports}");
        let note = Diagnostic::new(Code::NobodyConnects, tier.id.origin, text);
        notes.push(note.help(
            "write `needs` where something connects, `admit namespace \"NAME\"` for pods of another namespace, or `without network_policy` for all",
        ));
    }
    (notes, closed)
}

/// An Ingress without a class: most controllers serve those of their own class alone, and not each makes
/// itself the default.
fn unserved(tier: &Tier, settings: &IngressSettings) -> Option<Diagnostic> {
    const OLD: &str = "kubernetes.io/ingress.class";
    let mut annotations = settings.annotations.iter();
    let is_set = settings.class.is_some()
        || settings.gateway.is_some()
        || annotations.any(|it| it.key == OLD)
        || tier
            .patches
            .iter()
            .any(|patch| patch.kind.value == "Ingress");
    if is_set || !matches!(tier.expose.value, Expose::Ingress { .. }) {
        return None;
    }
    let text = format!(
        "no Ingress class is set for `{}`: only a cluster with a default class serves an Ingress without one",
        tier.id.name
    );
    let note = Diagnostic::new(Code::NoIngressClass, tier.expose.span, text);
    Some(note.help("name the class in `app`, such as `ingress { class \"nginx\" }`"))
}

/// Hosts of which ingress-nginx takes all paths for regular expressions, in whatever Ingress.
fn patterned(settings: &IngressSettings) -> impl Iterator<Item = Diagnostic> {
    settings.pattern_hosts.iter().map(|(host, place)| {
        let text = format!(
            "ingress-nginx reads all paths of the host `{host}` as regular expressions: `/x` of another application there takes `/xy` as well"
        );
        let note = Diagnostic::new(Code::PathsArePatterns, *place, text);
        note.help("give other applications hosts of their own")
    })
}

/// A list of the hosts that a server answers to, which nobody knows here: the kubelet asks for the pod's
/// address, and Django answers 400 to a host that isn't in it.
fn closed_to_probes(tier: &Tier) -> Option<Diagnostic> {
    let probes = tier.probes.as_ref()?;
    let probes = [&probes.startup, &probes.readiness, &probes.liveness];
    let gets = |probe: &Probe| matches!(probe.handler, Handler::Get { host: None, .. });
    let is_asked = probes.into_iter().flatten().any(gets);
    let is_secret = |value: &Value| matches!(value, Value::Secret(_) | Value::Composed(_));
    let set = tier.pod.env.iter().filter(|it| is_secret(&it.value));
    let set = set.map(|it| (&it.name, it.origin));
    let own = tier.pod.secret.iter().flat_map(|secret| &secret.keys);
    let own = own.map(|key| (&key.name, key.origin));
    let mut lists = set.chain(own).filter(|_| is_asked);
    let (name, place) = lists.find(|(name, _)| name.ends_with(ALLOWED_HOSTS))?;
    let text = format!(
        "Kubernetes probes `{}` by the pod's address: the probe is refused if that isn't in `{name}`",
        tier.id.name
    );
    let note = Diagnostic::new(Code::HostsClosedToProbes, place, text);
    Some(note.help(
        "say which host the probe asks for, such as `health \"/up\" { host \"www.example.com\" }`",
    ))
}

/// The first version of Node.js that may wait for longer: later ones do, for 65 seconds.
const PATIENT: u32 = 26;

/// A server of Node.js behind a proxy: as it comes, it closes a connection after five seconds without a
/// request, and proxies keep theirs for a minute. What a proxy sends at that moment fails.
fn hurried(tier: &Tier, scope: &Scope<'_>) -> Option<Diagnostic> {
    let is_behind = match tier.expose.value {
        Expose::Ingress { .. } | Expose::LoadBalancer | Expose::Elsewhere { .. } => true,
        Expose::Internal | Expose::NodePort { .. } | Expose::Forward { .. } => false,
    };
    let Some(Thing::Tier(face)) = scope.things.get(tier.id.name.as_str()) else {
        return None;
    };
    let recipe = readings::recipe(face, scope)?;
    let port = tier.exposed_port()?;
    let mut versions = face.tier.build.iter().flat_map(|build| &build.versions);
    let version = versions.find_map(|option| option.version.as_ref()?.value.parse::<u32>().ok());
    if version.is_some_and(|version| version >= PATIENT) {
        return None;
    }
    let is_node = recipe.name == "node" && port.is_http();
    if !is_behind || !is_node {
        return None;
    }
    let text = format!(
        "Node.js closes idle connections after 5s, before the proxy of `{}` does: now and then a request fails",
        tier.id.name
    );
    let note = Diagnostic::new(Code::IdleTooShort, tier.expose.span, text);
    Some(note.help(
        "set `server.keepAliveTimeout = 75_000` where it listens, and accept this with `allow N0517`",
    ))
}

fn of_tier(tier: &Tier, scope: &Scope<'_>, notes: &mut Vec<Diagnostic>) {
    for expose in tier.exposes() {
        of_exposure(tier, expose, scope, notes);
    }
    of_replicas(tier, scope, notes);
}

fn of_exposure(
    tier: &Tier,
    expose: &Spanned<Expose>,
    scope: &Scope<'_>,
    notes: &mut Vec<Diagnostic>,
) {
    let name = &tier.id.name;
    match expose.value {
        Expose::NodePort { port: Some(port) } if !KEPT.contains(&port) => {
            let (first, last) = (KEPT.start(), KEPT.end());
            let text = format!(
                "node port {port} may be taken: Kubernetes assigns it to other Services as well"
            );
            let note = Diagnostic::new(Code::NodePortMayBeTaken, expose.span, text);
            notes.push(note.help(format!(
                "choose one of {first} to {last}, which Kubernetes assigns last"
            )));
        }
        Expose::LoadBalancer if scope.settings.local_images => {
            let text = format!("no address for `{name}` until the cluster has load balancers");
            let note = Diagnostic::new(Code::NoLoadBalancers, expose.span, text);
            notes.push(note.help("run `minikube tunnel`, or write `expose forward PORT`"));
        }
        Expose::Internal
        | Expose::NodePort { .. }
        | Expose::LoadBalancer
        | Expose::Ingress { .. }
        | Expose::Elsewhere { .. }
        | Expose::Forward { .. } => {}
    }
}

fn of_replicas(tier: &Tier, scope: &Scope<'_>, notes: &mut Vec<Diagnostic>) {
    let name = &tier.id.name;
    if tier.replicas.autoscaling.is_some() && scope.settings.local_images {
        let least = tier.replicas.least;
        let pods = if least == 1 { "pod" } else { "pods" };
        let text = format!(
            "no more than {least} {pods} of `{name}` until the cluster measures what pods use"
        );
        let note = Diagnostic::new(Code::NoMetrics, tier.replicas.origin, text);
        notes.push(note.help(format!(
            "run `minikube addons enable metrics-server`, or write `replicas {least}`"
        )));
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
            let text = format!("several pods of `{name}`: {known}");
            notes.push(Diagnostic::new(
                Code::SeveralPods,
                tier.replicas.origin,
                text,
            ));
        }
    }
}
