//! How the kubelet asks for a container's health.

use super::env::literal;
use crate::ir::Probe;
use crate::yaml::{Node, map};

/// What a probe does.
pub(super) enum Handler<'a> {
    /// A GET of the path, on the port of that name, that is answered with a status below 400.
    Get(&'a str, &'a str),
    /// A connection to the port of that name.
    Tcp(&'a str),
    /// A command that succeeds.
    Exec(&'a [String]),
}

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
    probe(&Handler::Get(&said.path, &said.port), timing).at(said.origin)
}

/// A probe. It never names a host, which `restricted` forbids.
pub(super) fn probe(handler: &Handler, timing: Timing) -> Node {
    let (get, tcp, exec) = match handler {
        Handler::Get(path, port) => (Some(map! { "path": *path, "port": *port }), None, None),
        Handler::Tcp(port) => (None, Some(map! { "port": *port }), None),
        Handler::Exec(command) => (None, None, Some(map! { "command": words(command) })),
    };
    map! {
        "httpGet": get,
        "tcpSocket": tcp,
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
