//! How a workload is reached, and asked for its health.

use super::{Entry, Text, ThingName};
use crate::catalog::protocols::HTTP;
use crate::source::{Span, Spanned};

/// A port of a container and of its Service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Port {
    /// What everything refers to it by; also its protocol, by the catalog's table.
    pub name: String,
    /// What the container listens on.
    pub container: u16,
    /// The Service's.
    pub service: u16,
    /// Where it was said.
    pub origin: Span,
}

impl Port {
    /// The port that stands for its tier where none is named: the one called `http`, else the only
    /// one.
    #[must_use]
    pub fn main(ports: &[Port]) -> Option<&Port> {
        match ports {
            [only] => Some(only),
            _ => ports.iter().find(|port| port.name == HTTP),
        }
    }
}

/// Who outside of the cluster reaches a tier.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
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
        /// Whether the Ingress is one of [`App::ingresses`](super::App::ingresses), of several
        /// paths the first. Else the tier has one of its own.
        shared: bool,
    },
    /// Whoever runs `kubectl port-forward`.
    Forward {
        /// The port of that machine.
        port: u16,
    },
}

impl Expose {
    /// Host, path and certificate of an Ingress of the tier's own.
    #[must_use]
    pub fn own_ingress(&self) -> Option<(&String, &String, &Option<String>)> {
        if let Expose::Ingress {
            host,
            path,
            tls,
            shared: false,
        } = self
        {
            Some((host, path, tls))
        } else {
            None
        }
    }
}

/// The address by which browsers know a tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicAddress {
    /// The URL's scheme.
    pub scheme: &'static str,
    /// The bare host.
    pub host: String,
    /// The port, where it isn't the scheme's own.
    pub port: Option<u16>,
    /// The exposure's path without a slash at its end; empty for the root.
    pub path: String,
}

impl PublicAddress {
    /// Scheme, host and port.
    #[must_use]
    pub fn origin(&self) -> String {
        let port = self.port.map_or(String::new(), |port| format!(":{port}"));
        format!("{}://{}{port}", self.scheme, self.host)
    }

    /// The origin and the exposure's path.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}{}", self.origin(), self.path)
    }

    /// The same by another scheme, as `wss` for web sockets.
    #[must_use]
    pub fn with_scheme(&self, scheme: &'static str) -> Self {
        PublicAddress {
            scheme,
            ..self.clone()
        }
    }
}

/// What all Ingresses have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IngressSettings {
    /// The class of controllers that serve them, where it isn't the cluster's default.
    pub class: Option<Spanned<String>>,
    /// The `ClusterIssuer` by which cert-manager makes certificates.
    pub issuer: Option<Spanned<String>>,
    /// Annotations.
    pub annotations: Vec<Entry>,
}

/// An Ingress over several tiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ingress {
    /// Its name.
    pub name: String,
    /// The host name.
    pub host: String,
    /// The Secret with the host's certificate, where it is served by https.
    pub tls: Option<String>,
    /// Which paths lead where, in the order of the source.
    pub routes: Vec<Route>,
    /// Where it was said.
    pub origin: Span,
}

/// A path that leads to a tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The prefix of the paths.
    pub path: String,
    /// The tier.
    pub tier: ThingName,
    /// The tier's Service.
    pub service: String,
    /// The name of its port.
    pub port: String,
    /// Where it was said.
    pub origin: Span,
}

/// What a probe asks.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Handler {
    /// A GET of a path that starts with a slash, on the port of that name.
    Get {
        /// The path.
        path: String,
        /// The port's name.
        port: String,
        /// The host that it asks for, if not the pod's address.
        host: Option<Text>,
    },
    /// A connection to the port of that name.
    Tcp {
        /// The port's name.
        port: String,
    },
    /// The health service of gRPC, on this port of the container: Kubernetes takes no name here.
    Grpc {
        /// The container's port.
        port: u16,
    },
    /// A command in the container that succeeds.
    Exec(Vec<String>),
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

/// One probe. Times are in seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// What it asks.
    pub handler: Handler,
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
    /// Statements about other probes that it follows from.
    pub also: Vec<Span>,
}
