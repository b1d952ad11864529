//! By which objects hosts lead to tiers: Ingresses, or routes of a Gateway.

use super::{App, Expose, HostSettings, Ingress, IngressSettings, Port, Route, ThingName, Tier};
use crate::source::Span;
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// What leads from a host to tiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostKind {
    /// An Ingress.
    Ingress,
    /// A route of a Gateway for http.
    HttpRoute,
    /// A route of a Gateway for gRPC.
    GrpcRoute,
}

impl HostKind {
    /// As Kubernetes writes it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            HostKind::Ingress => "Ingress",
            HostKind::HttpRoute => "HTTPRoute",
            HostKind::GrpcRoute => "GRPCRoute",
        }
    }
}

impl IngressSettings {
    /// Whether hosts have Ingresses.
    #[must_use]
    pub fn has_ingresses(&self) -> bool {
        self.gateway.is_none() || self.are_both
    }

    /// What leads to a port.
    #[must_use]
    pub fn kind_to(&self, port: Option<&Port>) -> HostKind {
        match &self.gateway {
            None => HostKind::Ingress,
            Some(_) if port.is_some_and(Port::is_grpc) => HostKind::GrpcRoute,
            Some(_) => HostKind::HttpRoute,
        }
    }

    /// The name of the route that leads a host of a Gateway from http to https, where there is one: clients of
    /// gRPC don't follow it.
    #[must_use]
    pub fn redirect(&self, kind: HostKind, name: &str, is_secure: bool) -> Option<String> {
        self.gateway.as_ref()?.redirect.as_ref()?;
        (is_secure && kind == HostKind::HttpRoute).then(|| redirect_name(name))
    }
}

/// The name of the route that leads a host from http to https, by the name of the host's own route.
#[must_use]
pub fn redirect_name(name: &str) -> String {
    format!("{name}-redirect")
}

/// Whether a host stands for all names below it.
#[must_use]
pub fn is_wildcard(host: &str) -> bool {
    host.starts_with('*')
}

impl Expose {
    /// What is said alone of the host of an Ingress of the tier's own.
    #[must_use]
    pub fn own_settings(&self) -> Option<&HostSettings> {
        if let Expose::Ingress {
            settings,
            shared: false,
            ..
        } = self
        {
            Some(settings)
        } else {
            None
        }
    }
}

/// A prefix of paths as a regular expression, where Ingresses write one: all that begins with it, up to a slash
/// or the end. The second group is what follows the slash. All have the same end, so that the longer prefix is
/// the longer text: the controller tries that first.
#[must_use]
pub fn path_pattern(path: &str) -> String {
    let prefix = path.trim_end_matches('/');
    if prefix.is_empty() {
        // Whatever begins with it.
        return "/".to_owned();
    }
    format!("{}(/|$)(.*)", escaped(prefix))
}

/// A text as a regular expression that stands for nothing else.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut pattern = String::new();
    for c in text.chars() {
        match c {
            // No reader has to be told of a backslash within its quotes.
            '.' | '*' | '+' | '?' | '(' | ')' | '[' | '{' | '}' | '|' | '$' => {
                pattern.extend(['[', c, ']']);
            }
            ']' | '^' | '\\' => pattern.extend(['\\', c]),
            c => pattern.push(c),
        }
    }
    pattern
}

impl Expose {
    /// Where it is said that the path of an Ingress is taken off.
    #[must_use]
    pub fn strip(&self) -> Option<Span> {
        match self {
            Expose::Ingress { strip, .. } => *strip,
            Expose::Internal
            | Expose::NodePort { .. }
            | Expose::LoadBalancer
            | Expose::Forward { .. }
            | Expose::Elsewhere { .. } => None,
        }
    }
}

/// A path of a host that leads to a tier.
#[derive(Debug, Clone, Copy)]
pub struct LedPath<'a> {
    /// The host.
    pub host: &'a str,
    /// The prefix of paths.
    pub path: &'a str,
    /// The port that it leads to; `None` where that isn't known.
    pub port: Option<&'a Port>,
    /// Where it was said.
    pub origin: Span,
}

/// Every path of the hosts that tiers have of their own, and of those over several tiers.
#[must_use]
pub fn led_paths<'a>(tiers: &'a [Tier], hosts: &'a [Ingress]) -> Vec<LedPath<'a>> {
    let own = tiers.iter().filter_map(|tier| {
        let (host, path, _) = tier.expose.value.own_ingress()?;
        Some(LedPath {
            host,
            path,
            port: tier.exposed_port(),
            origin: tier.expose.span,
        })
    });
    let by_name = tiers.iter().map(|tier| (tier.id.name.as_str(), tier));
    let by_name: BTreeMap<&str, &Tier> = by_name.collect();
    let shared = hosts.iter().flat_map(|host| {
        host.routes.iter().map(|route| {
            let tier = by_name.get(route.tier.0.as_str());
            LedPath {
                host: &host.host,
                path: &route.path,
                port: tier.and_then(|tier| tier.port_named(&route.port)),
                origin: route.origin,
            }
        })
    });
    own.chain(shared).collect()
}

/// The paths of a host that lead to one port of a tier.
#[derive(Debug)]
pub struct HostRule<'a> {
    /// The tier.
    pub tier: &'a ThingName,
    /// Its Service.
    pub service: &'a str,
    /// The port.
    pub port: &'a Port,
    /// Prefixes of paths, and where each was said.
    pub paths: Vec<(&'a str, Span)>,
    /// Where it is said that its only path is taken off.
    pub strip: Option<Span>,
}

impl App {
    /// The hosts of tiers, and whether browsers come to each by https. One may come twice.
    pub fn hosts(&self) -> impl Iterator<Item = (&str, bool)> {
        let own = self.tiers.iter().filter_map(|tier| {
            let (host, _, tls) = tier.expose.value.own_ingress()?;
            Some((host.as_str(), tls.is_some()))
        });
        let shared = self.ingresses.iter();
        own.chain(shared.map(|it| (it.host.as_str(), it.tls.is_some())))
    }

    /// The rules of a host over several tiers, in the order of the source.
    #[must_use]
    pub fn rules_of<'a>(&'a self, host: &'a Ingress) -> Vec<HostRule<'a>> {
        let mut rules: IndexMap<(&str, &str, Option<&str>), HostRule> = IndexMap::new();
        for route in &host.routes {
            let Some(port) = self.port_of(route) else {
                continue;
            };
            let path = (route.path.as_str(), route.origin);
            // A rule that takes a path off has no other.
            let stripped = route.strip.map(|_| route.path.as_str());
            let rule = rules.entry((route.tier.0.as_str(), port.name.as_str(), stripped));
            let rule = rule.or_insert_with(|| HostRule {
                tier: &route.tier,
                service: &route.service,
                port,
                paths: Vec::new(),
                strip: route.strip,
            });
            rule.paths.push(path);
        }
        rules.into_values().collect()
    }

    /// What leads to a tier that has a host of its own.
    #[must_use]
    pub fn kind_of_own(&self, tier: &Tier) -> HostKind {
        self.ingress.kind_to(tier.exposed_port())
    }

    /// What leads from a host to several tiers.
    #[must_use]
    pub fn kind_of_host(&self, host: &Ingress) -> HostKind {
        let first = host.routes.first();
        self.ingress.kind_to(first.and_then(|it| self.port_of(it)))
    }

    /// The port that a route leads to.
    #[must_use]
    pub fn port_of(&self, route: &Route) -> Option<&Port> {
        self.tier(&route.tier.0)?.port_named(&route.port)
    }

    /// The objects that lead from a tier's own host to it, by their kind and names.
    pub fn own_host_objects(&self, tier: &Tier) -> impl Iterator<Item = (HostKind, String)> {
        let own = tier.expose.value.own_ingress().into_iter();
        own.flat_map(|(_, _, tls)| {
            self.named(self.kind_of_own(tier), &tier.id.workload, tls.is_some())
        })
    }

    /// The same of a host over several tiers.
    pub fn host_objects(&self, host: &Ingress) -> impl Iterator<Item = (HostKind, String)> {
        self.named(self.kind_of_host(host), &host.name, host.tls.is_some())
    }

    fn named(
        &self,
        kind: HostKind,
        name: &str,
        is_secure: bool,
    ) -> impl Iterator<Item = (HostKind, String)> + use<> {
        let redirect = self.ingress.redirect(kind, name, is_secure);
        let names = std::iter::once(name.to_owned()).chain(redirect);
        names.map(move |name| (kind, name))
    }
}
