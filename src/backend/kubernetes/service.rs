//! Service.

use super::Scope;
use crate::ir::{Database, Expose, Port, Tier};
use crate::source::Span;
use crate::yaml::{Node, map};

/// A tier's Service, unless it is a worker. Behind an ingress it stays within the cluster.
pub(super) fn of_tier(scope: &Scope, tier: &Tier) -> Option<Node> {
    let main = tier.port().or(tier.ports.first())?;
    let (kind, node_port) = match tier.expose.value {
        Expose::Internal | Expose::Ingress { .. } => ("ClusterIP", None),
        Expose::NodePort { port } => ("NodePort", port),
        Expose::LoadBalancer => ("LoadBalancer", None),
    };
    let exposed = |node: Node| node.at(tier.expose.span);
    let port = |port: &Port| {
        map! {
            "name": &port.name,
            "port": Node::integer(port.service).at(port.origin),
            "targetPort": &port.name,
            "protocol": "TCP",
            "nodePort": node_port.filter(|_| port == main).map(Node::integer).map(exposed),
        }
    };
    let spec = map! {
        "type": exposed(Node::text(kind)),
        "selector": scope.selector(),
        "ports": tier.ports.iter().map(port).collect::<Vec<_>>(),
    };
    Some(service(scope, &tier.id.service, spec, main.origin))
}

/// A database's Service: a headless one names a StatefulSet's pods.
pub(super) fn of_database(scope: &Scope, database: &Database, headless: bool) -> Node {
    let name = database.engine.scheme;
    let spec = map! {
        "type": "ClusterIP",
        "clusterIP": headless.then_some("None"),
        "selector": scope.selector(),
        "ports": vec![map! {
            "name": name,
            "port": database.engine.port,
            "targetPort": name,
            "protocol": "TCP",
        }],
    };
    service(scope, &database.id.service, spec, scope.origin)
}

fn service(scope: &Scope, name: &str, spec: Node, origin: Span) -> Node {
    map! {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": scope.metadata(name),
        "spec": spec,
    }
    .at(origin)
}
