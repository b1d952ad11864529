//! Ingress, where no Gateway takes its place.

use super::{Scope, gateway};
use crate::ir::{App, HostSettings, Ingress, Tier, path_pattern};
use crate::yaml::{Node, map};

/// The Ingress of a tier that has a host of its own, or the routes of a Gateway in its place.
pub(super) fn of_tier(scope: &Scope, tier: &Tier) -> Vec<Node> {
    let settings = &scope.app.ingress;
    let routes = settings.gateway.as_ref();
    let routes = routes.map_or(Vec::new(), |it| gateway::of_tier(scope, it, tier));
    let own = own(scope, tier).filter(|_| settings.has_ingresses());
    own.into_iter().chain(routes).collect()
}

fn own(scope: &Scope, tier: &Tier) -> Option<Node> {
    let (host, path, tls) = tier.expose.value.own_ingress()?;
    let is_pattern = scope.app.ingress.pattern_hosts.contains_key(host);
    let port = &tier.exposed_port()?.name;
    let path = route((path, is_pattern), &tier.id.service, port);
    let host = ObjectHost {
        name: &tier.id.workload,
        host,
        tls: tls.as_deref(),
        settings: tier.expose.value.own_settings()?,
        has_issuer: true,
    };
    Some(ingress(scope, &host, vec![path]).at(tier.expose.span))
}

/// The Ingresses over several tiers, or the routes of a Gateway in their place.
pub(super) fn over_tiers(app: &App) -> Vec<Node> {
    let scope = Scope::shared(app);
    let of_host = |host: &Ingress| {
        let routes = host.routes.iter();
        let is_pattern = app.ingress.pattern_hosts.contains_key(&host.host);
        let routes = routes.map(|said| {
            let node = route((&said.path, is_pattern), &said.service, &said.port).at(said.origin);
            node.also(said.strip)
        });
        let routes = routes.collect();
        let led = ObjectHost {
            name: &host.name,
            host: &host.host,
            tls: host.tls.as_deref(),
            settings: &host.settings,
            has_issuer: host.asks_for_certificate,
        };
        ingress(&scope, &led, routes).at(host.origin)
    };
    let settings = &app.ingress;
    let routes = settings.gateway.as_ref();
    let routes = routes.map_or(Vec::new(), |it| gateway::over_tiers(app, it));
    let own = app.ingresses.iter();
    let own = own.filter(|_| settings.has_ingresses()).map(of_host);
    own.chain(routes).collect()
}

/// What an Ingress says of its host.
struct ObjectHost<'a> {
    name: &'a str,
    host: &'a str,
    tls: Option<&'a str>,
    settings: &'a HostSettings,
    has_issuer: bool,
}

fn ingress(scope: &Scope, led: &ObjectHost<'_>, paths: Vec<Node>) -> Node {
    let ObjectHost {
        name,
        host,
        tls,
        settings,
        has_issuer,
    } = *led;
    let certificate = |secret| {
        vec![map! {
            "hosts": vec![Node::text(host)],
            "secretName": Node::text(secret),
        }]
    };
    map! {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "metadata": scope.metadata_by("workload", name, annotations(scope, tls.is_some() && has_issuer, settings)),
        "spec": map! {
            "ingressClassName": scope.app.ingress.class.as_ref().map(|class| &class.value),
            "tls": tls.map(certificate),
            "rules": vec![map! {
                "host": host,
                "http": map! { "paths": paths },
            }],
        },
    }
}

/// What was said, behind what makes cert-manager see to the certificate.
fn annotations(scope: &Scope, tls: bool, own: &HostSettings) -> Option<Node> {
    let settings = &scope.app.ingress;
    let issuer = settings.issuer.as_ref().filter(|_| tls);
    let issuer = issuer.map(|issuer| {
        let key = "cert-manager.io/cluster-issuer".to_owned();
        (key, Some(Node::quoted(&issuer.value)))
    });
    let all: Vec<_> = issuer
        .into_iter()
        .chain(scope.annotations_of(own))
        .collect();
    (!all.is_empty()).then(|| Node::mapping(all))
}

/// A prefix of paths, or its pattern, and the port of a Service that it leads to.
fn route((path, is_pattern): (&str, bool), service: &str, port: &str) -> Node {
    let (path, kind) = if is_pattern {
        (path_pattern(path), "ImplementationSpecific")
    } else {
        (path.to_owned(), "Prefix")
    };
    map! {
        "path": Node::text(path),
        "pathType": kind,
        "backend": map! {
            "service": map! {
                "name": service,
                "port": map! { "name": port },
            },
        },
    }
}
