//! The objects of a tier.

use super::network_policy::{Access, Clients, Egress, Listened, network_policy};
use super::patch::patched;
use super::pod::Pod;
use super::process::{Container, Process, said_words, stored};
use super::scope::said_or;
use super::stateful_set::{OwnOfSet, stateful_set};
use super::{
    Scope, autoscaler, checksum, claim, dapr, deployment, disruption_budget, ingress, migration,
    probes, service, unless_empty,
};
use crate::catalog::contract::DRAIN_SECONDS;
use crate::catalog::defaults::Switch;
use crate::catalog::dns::MOST_LABEL;
use crate::ir::{Admission, App, Port, Probe, Probes, Tier, UniqueNames};
use crate::source::Span;
use crate::yaml::{Field, Node, map};

/// Seconds that a pod must live to count as ready where no probe asks it: without it a
/// rollout of a program that ends at once, again and again, would be told as a success.
const UNASKED_SECONDS: u32 = 10;

/// All objects, in the order in which Helm installs kinds: what pods need comes before them.
pub(super) fn objects(app: &App, tier: &Tier, clients: &Clients<'_>) -> Vec<Node> {
    let scope = &Scope::own(app, &tier.id, &tier.pod);
    let name = &tier.id.workload;
    // Whoever calls it by Dapr calls the sidecar.
    let sidecar = dapr::enabled(&tier.pod.annotations);
    let sidecar = sidecar.map(|place| Listened::tcp(dapr::PORT, Some(place)));
    let access = Access {
        ports: tier.ports.iter().map(listened).chain(sidecar).collect(),
        clients: clients.to(&tier.id),
        admitted: tier
            .admits
            .iter()
            .map(|it| (it, reached(tier, it)))
            .collect(),
        exposed: exposed(tier),
        egress: Egress::of_own(tier.keeps(Switch::EgressPolicy), &tier.pod),
    };
    // With an autoscaler the number is its own: writing one would undo it at each apply.
    let replicas = tier.replicas.autoscaling.is_none();
    let replicas = replicas
        .then(|| {
            said_or(
                tier.replicas.least,
                tier.replicas.origin,
                scope.origin,
                "sizes",
            )
        })
        .flatten();
    let template = pod(scope, tier).template(scope);
    let before = [
        tier.keeps(Switch::NetworkPolicy)
            .then(|| network_policy(scope, name, &access)),
        migration::policy(app, tier, clients),
        disruption_budget::disruption_budget(scope, tier),
    ];
    let after = [
        service::of_tier(scope, tier),
        migration::of_tier(app, tier),
        service::public(scope, tier),
        service::of_pods(scope, tier),
        Some(workload(scope, tier, replicas, template)),
        autoscaler::autoscaler(scope, tier),
    ];
    let stored = stored(scope, &tier.pod).into_iter();
    let before = before.into_iter().flatten().chain(stored);
    let further = service::further(scope, tier);
    let all = before.chain(after.into_iter().flatten());
    let all = all.chain(ingress::of_tier(scope, tier)).chain(further);
    patched(all.collect(), &tier.patches)
}

/// What runs its pods: a StatefulSet where each has claims of its own.
fn workload(scope: &Scope, tier: &Tier, replicas: Option<Node>, template: Node) -> Node {
    let name = &tier.id.workload;
    let mut probes = tier.probes.iter();
    let unasked = probes.all(|probes| probes.readiness.is_none());
    let least_ready = unasked.then_some(UNASKED_SECONDS).because("rollout");
    let Some(service) = &tier.pods_service else {
        let strategy = said_or(
            deployment::strategy(tier.rollout.value),
            tier.rollout.span,
            scope.origin,
            "rollout",
        );
        return deployment::deployment(scope, name, replicas, strategy, least_ready, template);
    };
    let claims = tier.pod.volumes.iter().filter_map(|volume| {
        let claim = volume.claim_of_each()?;
        Some(claim::template(
            &volume.name,
            &claim.size,
            claim.class.as_deref(),
        ))
    });
    let own = OwnOfSet {
        service,
        replicas,
        // Members of a group start together, and a pod that never gets ready keeps no later version out.
        order: "Parallel".because("rollout"),
        least_ready,
        claims: claims.collect(),
    };
    let places = tier.pod.volumes.iter();
    let places = places.filter(|volume| volume.claim_of_each().is_some());
    let places: Vec<_> = places.map(|volume| volume.origin).collect();
    stateful_set(scope, name, own, template).also(places)
}

/// The pod. Its command is in the image, which is built from the same contract, and here where it
/// is said.
fn pod(scope: &Scope, tier: &Tier) -> Pod {
    let process = Process {
        app: scope.app,
        pod: &tier.pod,
        off: &tier.off,
        is_migration: false,
    };
    let probe = |choose: fn(&Probes) -> Option<&Probe>| {
        let probe = tier.probes.as_ref().and_then(choose);
        probe.map(probes::of_tier)
    };
    let container = Container {
        name: &tier.id.name,
        command: said_words(&tier.pod.command),
        args: said_words(&tier.pod.args),
        ports: unless_empty(tier.ports.iter().map(port_of).collect()),
        startup: probe(|probes| probes.startup.as_ref()),
        readiness: probe(|probes| probes.readiness.as_ref()),
        liveness: probe(|probes| probes.liveness.as_ref()),
        lifecycle: (!tier.ports.is_empty()).then(|| {
            map! {
                "preStop": map! { "sleep": map! { "seconds": DRAIN_SECONDS } },
            }
            .because("shutdown")
        }),
    };
    let mut names = UniqueNames::default();
    names.take(&tier.id.name);
    let commands = &tier.pod.first;
    let names: Vec<_> = commands
        .iter()
        .map(|_| names.free("migrate", MOST_LABEL))
        .collect();
    let first = commands.iter().zip(&names);
    let first = first.map(|(command, name)| Container {
        name,
        command: unless_empty(probes::words(&command.value)).at(command.span),
        ..Container::default()
    });
    let first = first.collect();
    let checksum = tier.keeps(Switch::ConfigChecksum);
    let checksum =
        checksum.then(|| checksum::annotation(&tier.pod.config_read, tier.pod.files.as_ref()));
    Pod {
        annotations: process.annotations(checksum.flatten()),
        spread: spread(scope, tier),
        ..process.pod(Vec::new(), first, container)
    }
}

/// The ports that everyone may connect to, each with the statements that expose it.
fn exposed(tier: &Tier) -> Vec<(Listened, Vec<Span>)> {
    let mut all: Vec<(Listened, Vec<Span>)> = Vec::new();
    for (expose, port, _) in tier.exposures() {
        if !expose.value.is_open() {
            continue;
        }
        let listened = Listened {
            place: None,
            ..listened(port)
        };
        let is_it = |(it, _): &&mut (Listened, Vec<Span>)| {
            (it.port, it.transport) == (listened.port, listened.transport)
        };
        match all.iter_mut().find(is_it) {
            Some((_, places)) => places.push(expose.span),
            None => all.push((listened, vec![expose.span])),
        }
    }
    all
}

/// The ports that somebody who was let in may connect to.
fn reached(tier: &Tier, admission: &Admission) -> Vec<Listened> {
    let ports = tier.ports.iter();
    let ports = ports.filter(|port| admission.reaches(&port.name));
    ports.map(listened).collect()
}

fn listened(port: &Port) -> Listened {
    Listened {
        port: port.container,
        transport: port.transport,
        place: Some(port.origin),
    }
}

fn port_of(port: &Port) -> Node {
    map! {
        "name": &port.name,
        "containerPort": port.container,
        "protocol": port.transport.protocol(),
    }
    .at(port.origin)
}

/// Pods of one tier go to different nodes where they can: one node's loss isn't the tier's.
fn spread(scope: &Scope, tier: &Tier) -> Option<Node> {
    (tier.replicas.least >= 2 && tier.keeps(Switch::Spread)).then(|| {
        map! {
            "maxSkew": 1_u32,
            "topologyKey": "kubernetes.io/hostname",
            "whenUnsatisfiable": "ScheduleAnyway",
            "labelSelector": scope.match_labels(),
        }
        .at(tier.replicas.origin)
        .because("spread")
    })
}
