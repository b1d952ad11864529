//! The application with everything in it that a value can switch on.

use super::anywhere::OwnIngress;
use super::shape::Shape;
use crate::ir::{
    App, Expose, Exposure, Gateway, HostSettings, Replicas, Route, Text, Tier, Value, Variable,
};
use crate::source::Spanned;

/// The application without its patches.
pub(super) fn plain(app: &App) -> App {
    let mut app = app.clone();
    app.tiers.iter_mut().for_each(|it| it.patches.clear());
    app.databases.iter_mut().for_each(|it| it.patches.clear());
    app.jobs.iter_mut().for_each(|it| it.patches.clear());
    app.namespace.create = false;
    app
}

/// The application of which each tier has two pods, its autoscaler where any target has one, and is
/// exposed: budgets, policies and Ingresses are there then.
pub(super) fn fullest(shape: &Shape<'_>) -> App {
    let mut app = plain(shape.app);
    for (tier, said) in app.tiers.iter_mut().zip(&shape.app.tiers) {
        tier.replicas = Replicas {
            least: said.replicas.least.max(2),
            autoscaling: shape.autoscaling(said),
            origin: said.replicas.origin,
        };
        expose(tier, said, shape);
    }
    app.ingresses = shape.hosts().iter().copied().cloned().collect();
    for host in &mut app.ingresses {
        host.tls.get_or_insert_default();
    }
    // Hosts have their settings by edits, whether or not this target has any.
    app.ingress.class = Some(Spanned::new(String::new(), app.origin));
    app.ingress.issuer = None;
    app.ingress.annotations = Vec::new();
    app.ingress.pattern_hosts = shape.pattern_hosts();
    app.ingress.are_both = shape.has_gateway();
    app.ingress.gateway = shape.has_gateway().then(|| Gateway {
        name: String::new(),
        namespace: Some(String::new()),
        section: Some(String::new()),
        redirect: Some(String::new()),
        origin: app.origin,
    });
    app
}

fn expose(tier: &mut Tier, said: &Tier, shape: &Shape<'_>) {
    if tier.ports.is_empty() {
        return;
    }
    tier.exposed_port = shape.exposed_port(said).map(|port| port.name.clone());
    tier.public_service = shape.public_service(said).cloned();
    further(tier, said, shape);
    let is_proxied = shape.is_proxied(said);
    let proxied = tier.pod.contract.proxied_variables.iter();
    let missing = proxied.filter(|(name, _)| tier.pod.env.iter().all(|it| it.name != *name));
    let missing = missing
        .filter(|_| is_proxied)
        .map(|(name, value)| Variable {
            name: name.clone(),
            value: Value::Text(Text::literal(value, said.id.origin)),
            origin: said.id.origin,
        });
    let missing: Vec<_> = missing.collect();
    tier.pod.env.splice(0..0, missing);
    if let Some(OwnIngress {
        host, path, strip, ..
    }) = shape.own_ingress(said)
    {
        tier.expose.value = Expose::Ingress {
            host: host.clone(),
            path: path.clone(),
            tls: Some(shape.own_tls(said).cloned().unwrap_or_default()),
            shared: false,
            settings: HostSettings::default(),
            strip,
        };
    } else if shape.has_type(said) {
        tier.expose.value = Expose::NodePort { port: None };
    } else if let Some(host) = shape.hosts_of(said).first() {
        tier.expose.value = Expose::Ingress {
            host: host.host.clone(),
            path: "/".to_owned(),
            tls: None,
            shared: true,
            settings: HostSettings::default(),
            strip: None,
        };
    } else if let Some(address) = shape.elsewhere(said) {
        tier.expose.value = Expose::Elsewhere {
            address: address.clone(),
        };
    } else {
        tier.expose.value = Expose::Internal;
    }
}

/// Whatever any target exposes besides its first port: what publishes a port is there, and says its node port
/// by a value.
fn further(tier: &mut Tier, said: &Tier, shape: &Shape<'_>) {
    let views = shape.views(said).iter().flat_map(|it| &it.further);
    let others = views.filter(|it| {
        let is_ingress = matches!(it.expose.value, Expose::Ingress { .. });
        let mut routes = shape.hosts_of(said).iter().flat_map(|host| &host.routes);
        let leads_there = |route: &Route| route.tier.0 == said.id.name && route.port == it.port;
        it.service.is_some() || is_ingress && routes.any(leads_there)
    });
    for exposure in others {
        let has_same = |own: &Exposure| {
            own.port == exposure.port && own.service.is_some() == exposure.service.is_some()
        };
        if !tier.further.iter().any(has_same) {
            tier.further.push(exposure.clone());
        }
    }
    for exposure in &mut tier.further {
        if exposure.service.is_some() {
            exposure.expose.value = Expose::NodePort { port: None };
        }
    }
}
