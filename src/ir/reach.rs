//! How a workload is reached, and asked for its health.

use crate::source::Span;

/// A port of a container and of its Service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Port {
    /// What everything refers to it by; also its protocol.
    pub name: String,
    /// What the container listens on.
    pub container: u16,
    /// The Service's.
    pub service: u16,
    /// Where it was said.
    pub origin: Span,
}

impl Port {
    /// The name of a port where none is said.
    pub const HTTP: &str = "http";

    /// The port that stands for its tier where none is named: the one called `http`, else the only
    /// one.
    #[must_use]
    pub fn main(ports: &[Port]) -> Option<&Port> {
        match ports {
            [only] => Some(only),
            _ => ports.iter().find(|port| port.name == Port::HTTP),
        }
    }
}

/// Who outside of the cluster reaches a tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expose {
    /// Nobody.
    Internal,
    /// Everyone who reaches a node.
    NodePort {
        /// The port of the node, 30000 to 32767; the cluster chooses where it isn't said.
        port: Option<u16>,
    },
    /// Everyone, by a load balancer of the cloud.
    LoadBalancer,
    /// Everyone, by the cluster's ingress controller.
    Ingress {
        /// The host name.
        host: String,
        /// The prefix of the paths that are its.
        path: String,
        /// The Secret with the host's certificate, where it is served by https.
        tls: Option<String>,
    },
}

/// The three probes; each may be switched off.
#[derive(Debug, Clone)]
pub struct Probes {
    /// Gates the other two until the process has started.
    pub startup: Option<Probe>,
    /// Decides whether the pod gets traffic.
    pub readiness: Option<Probe>,
    /// Decides whether the container is restarted.
    pub liveness: Option<Probe>,
}

/// One probe: a GET of a path on the container's port. Times are in seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// The path, which starts with a slash.
    pub path: String,
    /// The name of the port that is asked.
    pub port: String,
    /// From one probe to the next.
    pub every: u32,
    /// Before the first one, where said.
    pub after: Option<u32>,
    /// Until a probe counts as failed.
    pub timeout: u32,
    /// Failures in a row until it acts.
    pub failures: u32,
    /// Where it was said.
    pub origin: Span,
}
