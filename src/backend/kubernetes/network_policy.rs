//! NetworkPolicy.

use std::collections::{BTreeMap, BTreeSet};

use super::scope::match_labels;
use super::{Scope, unless_empty};
use crate::ir::{App, Identity, Migration};
use crate::source::Span;
use crate::yaml::{Node, map};

/// Who may connect to a workload's pods. Egress stays open: addresses outside of the cluster have
/// no names here, and DNS lies elsewhere in each.
pub(super) struct Access<'a> {
    /// What the pods listen on, and where that is said: policies see the pod's port, never the Service's.
    pub(super) ports: Vec<(u16, Option<Span>)>,
    /// Which of them everyone may connect to: what comes through a node or a load balancer has lost
    /// its address.
    pub(super) exposed: Option<(u16, Span)>,
    /// The workloads that may connect.
    pub(super) clients: &'a Peers<'a>,
}

/// Labels of pods, sorted, each with the statements by which they connect.
pub(super) type Peers<'a> = BTreeMap<&'a str, BTreeSet<Span>>;

/// For each thing, the pods that connect to it.
#[derive(Debug, Default)]
pub(super) struct Clients<'a> {
    peers: BTreeMap<&'a str, Peers<'a>>,
    nobody: Peers<'a>,
}

impl<'a> Clients<'a> {
    /// What the edges say. Migrations connect to what their tier connects to.
    pub(super) fn of(app: &'a App) -> Self {
        let migrations = app.tiers.iter().map(|tier| tier.migration.as_ref());
        let tiers = app.tiers.iter().map(|tier| &tier.id).zip(migrations);
        let jobs = app.jobs.iter().map(|job| (&job.id, None));
        let own: BTreeMap<&str, _> = tiers
            .chain(jobs)
            .map(|(id, migration)| (id.name.as_str(), (id.label.as_str(), migration)))
            .collect();
        let mut clients = Clients::default();
        for edge in &app.edges {
            let from = edge.client().and_then(|name| own.get(name.0.as_str()));
            if let Some((label, migration)) = from {
                let peers = clients.peers.entry(&edge.to.0).or_default();
                let places = peers.entry(label).or_default();
                places.extend(edge.origins.iter().copied());
                if let Some(Migration { id, .. }) = migration {
                    let places = peers.entry(id.label.as_str()).or_default();
                    places.extend(edge.origins.iter().copied().chain([id.origin]));
                }
            }
        }
        clients
    }

    /// Those that connect to a thing.
    pub(super) fn to(&self, id: &Identity) -> &Peers<'a> {
        self.peers.get(id.name.as_str()).unwrap_or(&self.nobody)
    }
}

impl Access<'_> {
    /// The statements that let somebody in.
    fn places(&self) -> impl Iterator<Item = Span> {
        let exposed = self.exposed.iter().map(|(_, place)| *place);
        let ports = self.ports.iter().filter_map(|(_, place)| *place);
        exposed
            .chain(ports)
            .chain(self.clients.values().flatten().copied())
    }
}

/// The policy that lets those in and nobody else. The kubelet's probes always pass.
pub(super) fn network_policy(scope: &Scope, name: &str, access: &Access) -> Node {
    map! {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": scope.metadata(name),
        "spec": map! {
            "podSelector": scope.match_labels(),
            "policyTypes": vec![Node::text("Ingress")],
            "ingress": unless_empty(rules(scope, access)).map(|rules| rules.also(access.places())),
        },
    }
    .at(scope.origin)
    .because("network_policy")
}

/// Without a rule nothing is let in; a rule without `from` lets everyone in. No list stands for an
/// empty one, which the API server drops: each later `kubectl apply` would take that for a change.
fn rules(scope: &Scope, access: &Access) -> Vec<Node> {
    if access.ports.is_empty() {
        return Vec::new();
    }
    let port =
        |(port, place): (u16, Option<Span>)| map! { "protocol": "TCP", "port": port }.also(place);
    let ports = || access.ports.iter().copied().map(port).collect::<Vec<_>>();
    let peers = access.clients.iter().map(|(label, places)| {
        map! { "podSelector": match_labels(scope.app, label) }.also(places.iter().copied())
    });
    let places = || access.clients.values().flatten().copied();
    let clients = (!access.clients.is_empty())
        .then(|| map! { "from": peers.collect::<Vec<_>>(), "ports": ports() }.also(places()));
    let everyone = access
        .exposed
        .map(|(exposed, place)| map! { "ports": vec![port((exposed, None))] }.also([place]));
    clients.into_iter().chain(everyone).collect()
}
