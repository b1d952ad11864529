//! How the kubelet asks for a container's health.

use super::env::literal;
use crate::ir::{Handler, Probe};
use crate::yaml::{Node, map};

/// When a probe runs and what its failure takes. Times are in seconds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Timing {
    /// Before the first one.
    pub(super) after: Option<u32>,
    /// From one to the next.
    pub(super) every: u32,
    /// Until it counts as failed.
    pub(super) timeout: u32,
    /// Failures in a row until it acts.
    pub(super) failures: u32,
}

/// A tier's probe.
pub(super) fn of_tier(said: &Probe) -> Node {
    let timing = Timing {
        after: said.after,
        every: said.every,
        timeout: said.timeout,
        failures: said.failures,
    };
    probe(&said.handler, timing)
        .at(said.origin)
        .also(said.also.iter().copied())
}

/// A probe. The host to connect to is always the pod, since `restricted` forbids another; the header may
/// name any.
pub(super) fn probe(handler: &Handler, timing: Timing) -> Node {
    let (mut get, mut tcp, mut grpc, mut exec) = (None, None, None, None);
    match handler {
        Handler::Get {
            path,
            port,
            tls,
            host,
        } => {
            let scheme = tls.then_some("HTTPS");
            let header = host.as_ref().map(|host| {
                let said = |node: Node| node.also(host.places());
                let (name, value) = (Node::text("Host"), Node::text(host.to_string()));
                let header = map! { "name": said(name), "value": said(value) };
                said(Node::sequence([said(header)]))
            });
            get = Some(map! {
                "path": path,
                "port": port,
                "scheme": scheme,
                "httpHeaders": header,
            });
        }
        Handler::Tcp { port } => tcp = Some(map! { "port": port }),
        Handler::Grpc { port } => grpc = Some(map! { "port": *port }),
        Handler::Exec(command) => exec = Some(map! { "command": words(command) }),
    }
    map! {
        "httpGet": get,
        "tcpSocket": tcp,
        "grpc": grpc,
        "exec": exec,
        "initialDelaySeconds": timing.after,
        "periodSeconds": timing.every,
        "timeoutSeconds": timing.timeout,
        "failureThreshold": timing.failures,
    }
}

/// Words of a command: the kubelet expands variables in them, in those of probes too.
pub(super) fn words(command: &[String]) -> Vec<Node> {
    command
        .iter()
        .map(|word| Node::text(literal(word)))
        .collect()
}
