//! How a workload is reached, and asked for its health.

use super::{Entry, Gateway, HostSettings, Text, ThingName};
use crate::catalog::protocols::{self, GRPC, HTTP, HTTPS};
use crate::source::{Span, Spanned};
use std::collections::BTreeMap;

/// A port of a container and of its Service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Port {
    /// What everything refers to it by; also its protocol, by the catalog's table.
    pub name: String,
    /// What the container listens on.
    pub container: u16,
    /// The Service's.
    pub service: u16,
    /// What carries it.
    pub transport: Transport,
    /// The scheme of its URLs, where it isn't the one that its name says.
    pub scheme: Option<String>,
    /// Where it was said.
    pub origin: Span,
}

/// What carries what is spoken on a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Transport {
    /// Connections.
    Tcp,
    /// Datagrams: nothing connects, so no probe asks it and no `kubectl port-forward` leads to it.
    Udp,
}

impl Transport {
    /// As Kubernetes writes it.
    #[must_use]
    pub fn protocol(self) -> &'static str {
        match self {
            Transport::Tcp => "TCP",
            Transport::Udp => "UDP",
        }
    }
}

impl Port {
    /// The port that stands for its tier where none is named: the one called `http`, else the only
    /// one, or the only one that takes connections.
    #[must_use]
    pub fn main(ports: &[Port]) -> Option<&Port> {
        let mut connected = ports.iter().filter(|port| port.is_tcp());
        match (ports, connected.next(), connected.next()) {
            ([only], ..) | (_, Some(only), None) => Some(only),
            _ => ports.iter().find(|port| port.name == HTTP),
        }
    }

    /// Whether clients connect to it.
    #[must_use]
    pub fn is_tcp(&self) -> bool {
        self.transport == Transport::Tcp
    }

    /// The scheme of its URLs: what was said, else by its name.
    #[must_use]
    pub fn url_scheme(&self) -> Option<&str> {
        let said = self.scheme.as_deref();
        said.or_else(|| protocols::scheme(&self.name))
    }

    /// Whether it is said what is spoken on it.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.scheme.is_some() || protocols::is_known(&self.name)
    }

    /// Whether a GET is answered on it: one of which nothing is said may speak http. What its name says
    /// counts before its scheme, since some clients take the address of a gRPC server as `http://`.
    #[must_use]
    pub fn is_http(&self) -> bool {
        let by_scheme = || {
            let said = self.scheme.as_deref();
            said.is_none_or(|said| matches!(said, HTTP | HTTPS | "ws" | "wss"))
        };
        let by_name = protocols::is_http(&self.name);
        self.is_tcp() && by_name && (protocols::is_known(&self.name) || by_scheme())
    }

    /// Whether http within TLS is spoken on it.
    #[must_use]
    pub fn is_https(&self) -> bool {
        let by_scheme = || matches!(self.scheme.as_deref(), Some(HTTPS | "wss"));
        protocols::is_https(&self.name) || !protocols::is_known(&self.name) && by_scheme()
    }
}

impl Port {
    /// Whether gRPC is spoken on it, be it within TLS.
    #[must_use]
    pub fn is_grpc(&self) -> bool {
        let by_scheme = || matches!(self.scheme.as_deref(), Some(GRPC | "grpcs"));
        protocols::is_grpc(&self.name) || !protocols::is_known(&self.name) && by_scheme()
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
        /// What is said of it alone.
        settings: HostSettings,
        /// Where it is said that the tier is asked for what follows the path, and not for the whole.
        strip: Option<Span>,
    },
    /// Whoever runs `kubectl port-forward`.
    Forward {
        /// The port of that machine.
        port: u16,
    },
    /// Everyone, by what isn't described here: a tunnel, a balancer that ends TLS.
    Elsewhere {
        /// By which address browsers know it.
        address: PublicAddress,
    },
}

/// One more way in which a tier is exposed, besides its first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exposure {
    /// Who reaches it. An Ingress is one of [`App::ingresses`](super::App::ingresses).
    pub expose: Spanned<Expose>,
    /// The name of the port that they reach.
    pub port: String,
    /// The Service that publishes that port, of a node port or a load balancer.
    pub service: Option<String>,
    /// The address that browsers know, where it can be known.
    pub public: Option<PublicAddress>,
}

/// The way by which browsers know what is exposed in several: the first Ingress, else the first.
pub fn known_way<T>(all: impl IntoIterator<Item = T>, way: impl Fn(&T) -> &Expose) -> Option<T> {
    let mut first = None;
    for it in all {
        if matches!(way(&it), Expose::Ingress { .. }) {
            return Some(it);
        }
        first = first.or(Some(it));
    }
    first
}

impl Expose {
    /// Whether everyone outside of the cluster reaches it, so that no policy may stand in the way. A forward
    /// ends at the node of the pod, where none does.
    #[must_use]
    pub fn is_open(&self) -> bool {
        match self {
            Expose::Internal | Expose::Forward { .. } => false,
            Expose::NodePort { .. }
            | Expose::LoadBalancer
            | Expose::Ingress { .. }
            | Expose::Elsewhere { .. } => true,
        }
    }

    /// Whether a Service publishes it.
    #[must_use]
    pub fn is_published(&self) -> bool {
        matches!(self, Expose::NodePort { .. } | Expose::LoadBalancer)
    }

    /// Host, path and certificate of an Ingress of the tier's own.
    #[must_use]
    pub fn own_ingress(&self) -> Option<(&String, &String, &Option<String>)> {
        if let Expose::Ingress {
            host,
            path,
            tls,
            shared: false,
            ..
        } = self
        {
            Some((host, path, tls))
        } else {
            None
        }
    }
}

/// Who may connect besides those that refer to a workload: pods, or whoever has one of some addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admission {
    /// The namespace of the pods, where it isn't the application's.
    pub namespace: Option<String>,
    /// Labels that the pods have, all of them; empty for all pods of the namespace.
    pub labels: Vec<(String, String)>,
    /// CIDR blocks of addresses, such as `10.0.0.0/8`; then no pods are meant.
    pub blocks: Vec<Spanned<String>>,
    /// The names of the ports that they may connect to; empty for all.
    pub ports: Vec<String>,
    /// Where it was said.
    pub origin: Span,
}

impl Admission {
    /// Whether they may connect to a port.
    #[must_use]
    pub fn reaches(&self, port: &str) -> bool {
        self.ports.is_empty() || self.ports.iter().any(|name| name == port)
    }
}

/// The address by which browsers know a tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicAddress {
    /// The URL's scheme.
    pub scheme: String,
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
    pub fn with_scheme(&self, scheme: &str) -> Self {
        PublicAddress {
            scheme: scheme.to_owned(),
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
    /// How many seconds an answer may take, where a Gateway leads to the hosts.
    pub timeout: Option<Spanned<u32>>,
    /// The Gateway whose routes take their place.
    pub gateway: Option<Gateway>,
    /// The hosts whose paths an Ingress controller takes for regular expressions, since it takes one of them
    /// off, and where that is said. What leads to them writes [`path_pattern`](super::path_pattern)s.
    pub pattern_hosts: BTreeMap<String, Span>,
    /// Whether there are Ingresses beside those routes: in the templates of a chart, of which values choose one.
    pub are_both: bool,
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
    /// Whether this object asks cert-manager for the host's certificate. Only one object of a host does.
    pub asks_for_certificate: bool,
    /// What is said of it alone.
    pub settings: HostSettings,
    /// What tells it from the first of several that lead to one host, whose settings differ.
    pub part: Option<String>,
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
    /// Where it is said that the tier is asked for what follows the path, and not for the whole.
    pub strip: Option<Span>,
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
        /// Whether it asks within TLS, whatever the certificate.
        tls: bool,
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
