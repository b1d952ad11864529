//! NetworkPolicy.

use std::collections::{BTreeMap, BTreeSet};

use super::scope::match_labels;
use super::{Scope, dapr, unless_empty};
use crate::ir::{Admission, App, Identity, Migration, Pod, Transport};
use crate::source::Span;
use crate::yaml::{Field, Node, map};

/// Who may connect to a workload's pods, and to whom they may.
pub(super) struct Access<'a> {
    /// What the pods listen on, and where that is said: policies see the pod's port, never the Service's.
    pub(super) ports: Vec<Listened>,
    /// Which of them everyone may connect to: what comes through a node or a load balancer has lost
    /// its address. Each is there once.
    pub(super) exposed: Vec<(Listened, Vec<Span>)>,
    /// The workloads that may connect.
    pub(super) clients: &'a Peers<'a>,
    /// Who else may, each to the ports beside it.
    pub(super) admitted: Vec<(&'a Admission, Vec<Listened>)>,
    /// To whom they may connect.
    pub(super) egress: Egress,
}

/// What pods listen on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listened {
    /// The number of the port.
    pub(super) port: u16,
    /// What carries it.
    pub(super) transport: Transport,
    /// Where it was said, unless it is known.
    pub(super) place: Option<Span>,
}

impl Listened {
    /// A port for connections.
    pub(super) fn tcp(port: u16, place: Option<Span>) -> Self {
        Listened {
            port,
            transport: Transport::Tcp,
            place,
        }
    }

    fn node(self) -> Node {
        map! { "protocol": self.transport.protocol(), "port": self.port }.also(self.place)
    }
}

/// To whom pods may connect. Addresses outside of the cluster have no names here, and DNS lies elsewhere
/// in each, so that there is no list of those that they need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Egress {
    /// To anyone.
    Open,
    /// To anyone but the cloud's metadata server.
    NotMetadata,
    /// To nobody: answers to those who connected pass.
    Closed,
}

impl Egress {
    /// That of pods of the application's own, whose policy says something of it if `keeps` is true. A
    /// sidecar of Dapr asks the API server, whose address some networks take for no address of
    /// a block: Cilium knows nodes by other means.
    pub(super) fn of_own(keeps: bool, pod: &Pod) -> Self {
        if keeps && dapr::enabled(&pod.annotations).is_none() {
            Egress::NotMetadata
        } else {
            Egress::Open
        }
    }
}

/// The metadata servers of clouds: AWS, Azure, Google Cloud, Oracle Cloud, Hetzner and others have the
/// first, AWS the other as well. Each is told to whoever asks from a node what that node may do.
const METADATA: [(&str, &str); 2] = [
    ("0.0.0.0/0", "169.254.169.254/32"),
    ("::/0", "fd00:ec2::254/128"),
];

/// Labels of pods, sorted, each with the statements by which they connect.
pub(super) type Peers<'a> = BTreeMap<&'a str, BTreeSet<Span>>;

/// For each thing, the pods that connect to it.
#[derive(Debug, Default)]
pub(super) struct Clients<'a> {
    peers: BTreeMap<&'a str, Peers<'a>>,
    nobody: Peers<'a>,
}

impl<'a> Clients<'a> {
    /// Those of pods that listen on nothing.
    pub(super) fn nobody(&self) -> &Peers<'a> {
        &self.nobody
    }

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
        let exposed = self
            .exposed
            .iter()
            .flat_map(|(_, places)| places.iter().copied());
        let ports = self.ports.iter().filter_map(|port| port.place);
        let admitted = self.admitted.iter().map(|(admission, _)| admission.origin);
        exposed
            .chain(ports)
            .chain(admitted)
            .chain(self.clients.values().flatten().copied())
    }
}

/// The policy that lets those in and nobody else. The kubelet's probes always pass.
pub(super) fn network_policy(scope: &Scope, name: &str, access: &Access) -> Node {
    network_policy_of(scope, name, scope.match_labels(), Vec::new(), access)
}

/// The same for pods that are selected otherwise, with more rules behind the others.
pub(super) fn network_policy_of(
    scope: &Scope,
    name: &str,
    pods: Node,
    more: Vec<Node>,
    access: &Access,
) -> Node {
    let rules = rules(scope, access).into_iter().chain(more);
    map! {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": scope.metadata(name),
        "spec": map! {
            "podSelector": pods,
            "policyTypes": types(access.egress),
            "ingress": unless_empty(rules.collect()).map(|rules| rules.also(access.places())),
            "egress": egress(access.egress).because("egress_policy"),
        },
    }
    .at(scope.origin)
    .because("network_policy")
}

/// What the policy is about.
fn types(egress: Egress) -> Vec<Node> {
    let out = match egress {
        Egress::Open => None,
        Egress::NotMetadata | Egress::Closed => Some(Node::text("Egress").because("egress_policy")),
    };
    [Node::text("Ingress")].into_iter().chain(out).collect()
}

/// Without a rule nothing is let out.
fn egress(egress: Egress) -> Option<Vec<Node>> {
    match egress {
        Egress::Open | Egress::Closed => None,
        Egress::NotMetadata => Some(vec![
            map! { "to": METADATA.map(but).into_iter().chain([all_pods()]).collect::<Vec<_>>() },
            names_of_metadata(),
        ]),
    }
}

/// All addresses of a family but one.
fn but((all, one): (&'static str, &'static str)) -> Node {
    map! {
        "ipBlock": map! { "cidr": Node::quoted(all), "except": vec![Node::quoted(one)] },
    }
}

/// All pods: for Cilium a pod is in no block of addresses.
fn all_pods() -> Node {
    map! { "namespaceSelector": Node::mapping::<&str>([]) }
}

/// The one of Google Cloud answers DNS as well, for the pods of clusters with Cloud DNS.
fn names_of_metadata() -> Node {
    let (_, one) = METADATA[0];
    let port = |protocol: &'static str| map! { "protocol": protocol, "port": 53_u16 };
    map! {
        "to": vec![map! { "ipBlock": map! { "cidr": Node::quoted(one) } }],
        "ports": vec![port("UDP"), port("TCP")],
    }
}

/// Without a rule nothing is let in; a rule without `from` lets everyone in. No list stands for an
/// empty one, which the API server drops: each later `kubectl apply` would take that for a change.
fn rules(scope: &Scope, access: &Access) -> Vec<Node> {
    if access.ports.is_empty() {
        return Vec::new();
    }
    let ports = || access.ports.iter().copied().map(Listened::node);
    let ports = || ports().collect::<Vec<_>>();
    let peers = access.clients.iter().map(|(label, places)| {
        map! { "podSelector": match_labels(scope.app, label) }.also(places.iter().copied())
    });
    let places = || access.clients.values().flatten().copied();
    let clients = (!access.clients.is_empty())
        .then(|| map! { "from": peers.collect::<Vec<_>>(), "ports": ports() }.also(places()));
    let exposed = access.exposed.iter();
    let everyone = (!access.exposed.is_empty()).then(|| {
        let places = exposed
            .clone()
            .flat_map(|(_, places)| places.iter().copied());
        let places: Vec<_> = places.collect();
        let ports: Vec<_> = exposed.map(|(port, _)| port.node()).collect();
        map! { "ports": ports }.also(places)
    });
    let admitted = access.admitted.iter().map(admitted);
    clients
        .into_iter()
        .chain(admitted)
        .chain(everyone)
        .collect()
}

/// The rule for those who were let in by a statement: addresses, or pods. Every namespace has a label with its name.
fn admitted((who, ports): &(&Admission, Vec<Listened>)) -> Node {
    let said = |node: Node| node.at(who.origin);
    let namespace = who.namespace.as_ref().map(|name| {
        map! { "matchLabels": map! { "kubernetes.io/metadata.name": Node::text(name) } }
    });
    if !who.blocks.is_empty() {
        let blocks = who.blocks.iter().map(|block| {
            map! { "ipBlock": map! { "cidr": Node::quoted(&block.value) } }.at(block.span)
        });
        return said(map! {
            "from": blocks.collect::<Vec<_>>(),
            "ports": listened(ports),
        });
    }
    let labels = who.labels.iter();
    let labels = labels.map(|(key, value)| (key.clone(), Some(Node::text(value))));
    let labels: Vec<_> = labels.collect();
    let pods = (!labels.is_empty()).then(|| map! { "matchLabels": Node::mapping(labels) });
    said(map! {
        "from": vec![map! { "namespaceSelector": namespace, "podSelector": pods }],
        "ports": listened(ports),
    })
}

fn listened(ports: &[Listened]) -> Vec<Node> {
    ports.iter().copied().map(Listened::node).collect()
}
