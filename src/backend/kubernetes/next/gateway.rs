//! What the hosts of a Gateway need besides their routes.

use crate::ir::{App, Gateway, HostKind};
use std::collections::BTreeSet;

/// A line for each thing that must be there, with the commands that show it.
pub(super) fn needs(app: &App, gateway: &Gateway) -> Vec<String> {
    let all: BTreeSet<&str> = app.hosts().map(|(host, _)| host).collect();
    let secure = app.hosts().filter(|(_, is_secure)| *is_secure);
    let secure: BTreeSet<&str> = secure.map(|(host, _)| host).collect();
    let plain: Vec<_> = all.difference(&secure).copied().collect();
    let kinds = kinds(app);
    let namespace = gateway.namespace.as_ref().unwrap_or(&app.namespace.name);
    let words = |hosts: Vec<&str>| hosts.join(", ");
    let called = |is_secure| {
        let listener = gateway.listener(is_secure);
        listener.map_or(String::new(), |listener| format!(" called {listener}"))
    };
    let mut lines = vec![
        format!(
            "the Gateway API with {}, and a controller for it: `kubectl get gatewayclass` shows one that is accepted",
            kinds.join(" and ")
        ),
        format!(
            "the Gateway {} in the namespace {namespace}, with an address: `kubectl get gateway {} -n {namespace}`",
            gateway.name, gateway.name
        ),
    ];
    if !secure.is_empty() {
        lines.push(format!(
            "a listener of it{} that ends TLS, with certificates for {}",
            called(true),
            words(secure.iter().copied().collect())
        ));
    }
    if !plain.is_empty() {
        lines.push(format!(
            "a listener of it{} for plain http, for {}",
            called(false),
            words(plain)
        ));
    } else if gateway.redirect.is_some() {
        lines.push(format!(
            "a listener of it{} for plain http, which leads to https",
            called(false)
        ));
    }
    if *namespace != app.namespace.name {
        lines.push(format!(
            "`allowedRoutes` of these listeners that let in the namespace {}; by themselves they take routes of their own alone",
            app.namespace.name
        ));
    }
    if !secure.is_empty() && gateway.section.is_none() {
        lines.push(
            "where the Gateway listens for plain http as well, hosts with tls are served there, too: `gateway \"…\" section \"https\" redirect \"http\"` leads them to https"
                .to_owned(),
        );
    }
    let resources: Vec<_> = kinds.iter().map(|kind| kind.to_ascii_lowercase()).collect();
    lines.push(format!(
        "DNS: {} to the address of the Gateway",
        words(all.into_iter().collect())
    ));
    lines.push(format!(
        "whether the Gateway took the routes: `kubectl describe {} -n {}` says Accepted, and ResolvedRefs",
        resources.join(","),
        app.namespace.name
    ));
    lines
}

/// The kinds of their routes.
fn kinds(app: &App) -> Vec<&'static str> {
    let own = app.tiers.iter();
    let own = own.flat_map(|tier| app.own_host_objects(tier));
    let shared = app.ingresses.iter();
    let shared = shared.flat_map(|host| app.host_objects(host));
    let all: Vec<HostKind> = own.chain(shared).map(|(kind, _)| kind).collect();
    let kinds = [HostKind::HttpRoute, HostKind::GrpcRoute];
    let kinds = kinds.into_iter().filter(|kind| all.contains(kind));
    kinds.map(HostKind::word).collect()
}
