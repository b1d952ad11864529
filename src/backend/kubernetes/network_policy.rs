//! NetworkPolicy.

use std::collections::{BTreeMap, BTreeSet};

use super::scope::match_labels;
use super::{Scope, unless_empty};
use crate::ir::{App, Identity};
use crate::yaml::{Node, map};

/// Who may connect to a workload's pods. Egress stays open: addresses outside of the cluster have
/// no names here, and DNS lies elsewhere in each.
pub(super) struct Access<'a> {
    /// What the pods listen on: policies see the pod's port, never the Service's.
    pub(super) ports: Vec<u16>,
    /// Which of them everyone may connect to: what comes through a node or a load balancer has lost
    /// its address.
    pub(super) exposed: Option<u16>,
    /// Labels of the workloads that may connect, sorted.
    pub(super) clients: &'a BTreeSet<&'a str>,
}

/// For each thing, the labels of the pods that connect to it.
#[derive(Debug, Default)]
pub(super) struct Clients<'a> {
    labels: BTreeMap<&'a str, BTreeSet<&'a str>>,
    nobody: BTreeSet<&'a str>,
}

impl<'a> Clients<'a> {
    /// What the edges say. Migrations connect to what their tier connects to.
    pub(super) fn of(app: &'a App) -> Self {
        let migrations = app.tiers.iter().map(|tier| {
            let migration = tier.migration.as_ref();
            migration.map(|migration| migration.id.label.as_str())
        });
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
                let labels = clients.labels.entry(&edge.to.0).or_default();
                labels.insert(label);
                labels.extend(*migration);
            }
        }
        clients
    }

    /// The labels of those that connect to a thing.
    pub(super) fn to(&self, id: &Identity) -> &BTreeSet<&'a str> {
        self.labels.get(id.name.as_str()).unwrap_or(&self.nobody)
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
            "ingress": unless_empty(rules(scope, access)),
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
    let port = |port: u16| map! { "protocol": "TCP", "port": port };
    let ports = || access.ports.iter().copied().map(port).collect::<Vec<_>>();
    let peers = access.clients.iter().map(|label| {
        map! { "podSelector": match_labels(scope.app, label) }
    });
    let clients = (!access.clients.is_empty())
        .then(|| map! { "from": peers.collect::<Vec<_>>(), "ports": ports() });
    let everyone = access
        .exposed
        .map(|exposed| map! { "ports": vec![port(exposed)] });
    clients.into_iter().chain(everyone).collect()
}
