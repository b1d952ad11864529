//! Routes of a Gateway: HTTPRoute and GRPCRoute, in place of Ingresses.

use super::Scope;
use crate::ir::{App, Gateway, HostKind, HostRule, HostSettings, ThingName, Tier};
use crate::source::Span;
use crate::yaml::{Node, map};

/// What is said of one host.
struct LedHost<'a> {
    kind: HostKind,
    /// The name of its route.
    name: &'a str,
    host: &'a str,
    is_secure: bool,
    /// What is said of it alone.
    settings: &'a HostSettings,
    /// What its paths lead to, in the order of the source.
    rules: Vec<HostRule<'a>>,
    origin: Span,
}

/// The routes to a tier that has a host of its own.
pub(super) fn of_tier(scope: &Scope, gateway: &Gateway, tier: &Tier) -> Vec<Node> {
    let own = tier.expose.value.own_ingress().zip(tier.exposed_port());
    let own = own.zip(tier.expose.value.own_settings());
    let Some((((host, path, tls), port), settings)) = own else {
        return Vec::new();
    };
    let name = ThingName(tier.id.name.clone());
    let rule = HostRule {
        tier: &name,
        service: &tier.id.service,
        port,
        paths: vec![(path, tier.expose.span)],
        strip: tier.expose.value.strip(),
    };
    let host = LedHost {
        kind: scope.app.kind_of_own(tier),
        name: &tier.id.workload,
        host,
        is_secure: tls.is_some(),
        settings,
        rules: vec![rule],
        origin: tier.expose.span,
    };
    routes(scope, gateway, &host)
}

/// The routes of the hosts over several tiers.
pub(super) fn over_tiers(app: &App, gateway: &Gateway) -> Vec<Node> {
    let scope = Scope::shared(app);
    let hosts = app.ingresses.iter();
    hosts
        .flat_map(|said| {
            let host = LedHost {
                kind: app.kind_of_host(said),
                name: &said.name,
                host: &said.host,
                is_secure: said.tls.is_some(),
                settings: &said.settings,
                rules: app.rules_of(said),
                origin: said.origin,
            };
            routes(&scope, gateway, &host)
        })
        .collect()
}

/// The route of a host, and the one that leads it from http to https.
fn routes(scope: &Scope, gateway: &Gateway, host: &LedHost<'_>) -> Vec<Node> {
    let timeout = host.settings.timeout.as_ref();
    let timeout = timeout.or(scope.app.ingress.timeout.as_ref());
    // Calls of gRPC say their own.
    let timeout = timeout.filter(|_| host.kind == HostKind::HttpRoute);
    let rules = host.rules.iter().map(|rule| {
        let timeouts = timeout.map(|said| {
            let request = Node::text(format!("{}s", said.value));
            map! { "request": request.at(said.span) }
        });
        map! {
            "matches": matches(host.kind, rule),
            "filters": rule.strip.map(|place| vec![without_prefix().at(place)]),
            "backendRefs": vec![map! {
                "name": rule.service,
                "port": u32::from(rule.port.service),
            }],
            "timeouts": timeouts,
        }
    });
    let listener = gateway.listener(host.is_secure);
    let own = route(scope, gateway, host, host.name, listener, rules.collect());
    let redirect = scope
        .app
        .ingress
        .redirect(host.kind, host.name, host.is_secure);
    let redirect = redirect.map(|name| {
        let rules = host.rules.iter().map(|rule| {
            map! {
                "matches": matches(host.kind, rule),
                "filters": vec![map! {
                    "type": "RequestRedirect",
                    "requestRedirect": map! { "scheme": "https", "statusCode": 301_u32 },
                }],
            }
        });
        let listener = gateway.redirect.as_ref();
        route(scope, gateway, host, &name, listener, rules.collect())
    });
    std::iter::once(own).chain(redirect).collect()
}

/// Takes off what a rule's only path matches.
fn without_prefix() -> Node {
    map! {
        "type": "URLRewrite",
        "urlRewrite": map! {
            "path": map! { "type": "ReplacePrefixMatch", "replacePrefixMatch": "/" },
        },
    }
}

/// The prefixes of paths that a rule is for. Calls of gRPC are told apart by services, and all go one way.
fn matches(kind: HostKind, rule: &HostRule<'_>) -> Option<Vec<Node>> {
    let prefix = |(path, origin): &(&str, Span)| {
        map! {
            "path": map! { "type": "PathPrefix", "value": Node::text(*path) },
        }
        .at(*origin)
    };
    (kind == HostKind::HttpRoute).then(|| rule.paths.iter().map(prefix).collect())
}

fn route(
    scope: &Scope,
    gateway: &Gateway,
    host: &LedHost<'_>,
    name: &str,
    listener: Option<&String>,
    rules: Vec<Node>,
) -> Node {
    let annotations = scope.annotations_of(host.settings);
    let annotations = (!annotations.is_empty()).then(|| Node::mapping(annotations));
    let parent = map! {
        "name": Node::text(&gateway.name),
        "namespace": gateway.namespace.as_ref().map(Node::text),
        "sectionName": listener.map(Node::text),
    };
    map! {
        "apiVersion": "gateway.networking.k8s.io/v1",
        "kind": host.kind.word(),
        "metadata": scope.metadata_by("workload", name, annotations),
        "spec": map! {
            "parentRefs": vec![parent.at(gateway.origin)],
            "hostnames": vec![Node::text(host.host)],
            "rules": rules,
        },
    }
    .at(host.origin)
    .also([gateway.origin])
}
