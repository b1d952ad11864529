//! Service.

use super::scope::said_or;
use super::{Scope, unless_empty};
use crate::ir::{Database, Expose, Port, Tier};
use crate::source::{Span, Spanned};
use crate::yaml::{Field, Node, map};

/// A tier's Service, unless it is a worker. Behind an ingress or a forward it stays within the
/// cluster, and beside a Service that publishes one port of several.
pub(super) fn of_tier(scope: &Scope, tier: &Tier) -> Option<Node> {
    let first = tier.port().or(tier.ports.first())?;
    let internal = Spanned::new(Expose::Internal, tier.expose.span);
    let way = match &tier.public_service {
        Some(_) => &internal,
        None => &tier.expose,
    };
    let spec = spec(scope, tier, way, &tier.ports);
    Some(service(scope, &tier.id.service, spec, first.origin))
}

/// The Services that publish ports besides the first one that is exposed.
pub(super) fn further(scope: &Scope, tier: &Tier) -> Vec<Node> {
    let all = tier.further.iter().filter_map(|exposure| {
        let name = exposure.service.as_ref()?;
        let port = std::slice::from_ref(tier.port_named(&exposure.port)?);
        let spec = spec(scope, tier, &exposure.expose, port);
        Some(service(scope, name, spec, exposure.expose.span))
    });
    all.collect()
}

/// The Service that publishes one port of several.
pub(super) fn public(scope: &Scope, tier: &Tier) -> Option<Node> {
    let name = tier.public_service.as_ref()?;
    let port = std::slice::from_ref(tier.exposed_port()?);
    let spec = spec(scope, tier, &tier.expose, port);
    Some(service(scope, name, spec, tier.expose.span))
}

fn spec(scope: &Scope, tier: &Tier, way: &Spanned<Expose>, ports: &[Port]) -> Node {
    let (kind, node_port) = match &way.value {
        Expose::Internal
        | Expose::Ingress { .. }
        | Expose::Forward { .. }
        | Expose::Elsewhere { .. } => ("ClusterIP", None),
        Expose::NodePort { port } => ("NodePort", *port),
        Expose::LoadBalancer => ("LoadBalancer", None),
    };
    let exposed = |node: Node| node.at(way.span);
    let kind = said_or(kind, way.span, tier.id.origin, "service");
    let port = |port: &Port| {
        map! {
            "name": &port.name,
            "port": port.service,
            "targetPort": &port.name,
            "protocol": port.transport.protocol(),
            "nodePort": node_port.map(Node::integer).map(exposed),
        }
        .at(port.origin)
    };
    map! {
        "type": kind,
        "selector": scope.selector().at(scope.origin),
        "ports": unless_empty(ports.iter().map(port).collect()),
    }
}

/// A database's Service: a headless one names a StatefulSet's pods.
pub(super) fn of_database(scope: &Scope, database: &Database, headless: bool) -> Node {
    let name = database.engine.scheme;
    let spec = map! {
        "type": "ClusterIP".because("service"),
        "clusterIP": headless.then_some("None").because("service"),
        "selector": scope.selector(),
        "ports": vec![map! {
            "name": name,
            "port": database.engine.port,
            "targetPort": name,
            "protocol": "TCP",
        }]
        .because("database"),
    };
    service(scope, &database.id.service, spec, scope.origin)
}

/// The headless Service that gives each pod a name, such as `shop-store-0.shop-store-pods`, from its start on:
/// some get ready only once they found each other.
pub(super) fn of_pods(scope: &Scope, tier: &Tier) -> Option<Node> {
    let name = tier.pods_service.as_ref()?;
    let mut volumes = tier.pod.volumes.iter();
    let volume = volumes.find(|volume| volume.claim_of_each().is_some())?;
    let port = |port: &Port| {
        map! {
            "name": &port.name,
            "port": port.container,
            "targetPort": &port.name,
            "protocol": port.transport.protocol(),
        }
        .at(port.origin)
    };
    let spec = map! {
        "type": "ClusterIP".because("service"),
        "clusterIP": "None".because("service"),
        "publishNotReadyAddresses": true.because("service"),
        "selector": scope.selector().at(scope.origin),
        "ports": unless_empty(tier.ports.iter().map(port).collect()),
    };
    Some(service(scope, name, spec, volume.origin))
}

fn service(scope: &Scope, name: &str, spec: Node, origin: Span) -> Node {
    map! {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": scope.metadata_by("service", name, None),
        "spec": spec,
    }
    .at(origin)
    .because("object")
}
