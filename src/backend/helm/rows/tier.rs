//! Values of tiers.

use super::super::public;
use super::super::shape::{Shape, port_keys};
use super::super::values::{ValueKind as Is, Values, empty, number, text, truth};
use super::ingress::own_ingress;
use super::pods::{image, of_pod, resources, scheduling};
use crate::catalog::defaults::Switch;
use crate::ir::{App, Expose, Handler, Image, Tier, known_way};

/// `host` is the value of that name.
pub(super) fn of_tier(values: &mut Values, shape: &Shape<'_>, tier: &Tier, host: Option<&str>) {
    let name = Some(tier.id.name.as_str());
    let yes = || (Is::Boolean, truth(true));
    values.add(
        name,
        "enabled",
        yes(),
        "whether it is part of the installation",
    );
    let least = i64::from(tier.replicas.least);
    let doc = "the number of its pods";
    values.add(name, "replicaCount", (Is::Count, number(least)), doc);
    if let Some(scaling) = shape.autoscaling(tier) {
        let own = tier.replicas.autoscaling;
        let mut add = |field: &str, default, doc: &str| {
            values.add(name, &format!("autoscaling.{field}"), default, doc);
        };
        add(
            "enabled",
            (Is::Boolean, truth(own.is_some())),
            "whether a HorizontalPodAutoscaler sets the number of its pods, instead of `replicaCount`",
        );
        add(
            "minReplicas",
            (Is::Count, number(least)),
            "the least number of pods that autoscaling sets",
        );
        let most = i64::from(own.unwrap_or(scaling).most);
        add(
            "maxReplicas",
            (Is::Count, number(most)),
            "the greatest number of pods that autoscaling sets",
        );
        let of_this = own.unwrap_or(scaling);
        // Where it follows both in some target, each may be left out.
        let is_both = scaling.cpu_percent.is_some() && scaling.memory_percent.is_some();
        for (field, any, this, doc) in [
            (
                "targetCPUUtilizationPercentage",
                scaling.cpu_percent,
                of_this.cpu_percent,
                "the average cpu use at which autoscaling aims, in percent of the cpu request",
            ),
            (
                "targetMemoryUtilizationPercentage",
                scaling.memory_percent,
                of_this.memory_percent,
                "the average memory use at which autoscaling aims, in percent of the memory request",
            ),
        ] {
            if any.is_none() {
                continue;
            }
            let percent = number(i64::from(this.unwrap_or_default()));
            if is_both {
                let doc = format!("{doc}; 0 for none");
                add(field, (Is::PercentOrNone, percent), &doc);
            } else {
                add(field, (Is::Percent, percent), doc);
            }
        }
    }
    let has_own_image = base(shape.app, &tier.pod.image) == name;
    if has_own_image {
        image(
            values,
            name,
            &tier.pod.image.reference,
            tier.pod.image.pull.value,
        );
    }
    if !tier.ports.is_empty() {
        service(values, shape, tier);
    }
    if shape.has_ingress(tier) {
        own_ingress(values, shape, tier);
    }
    if shape.public_tiers().contains(tier.id.name.as_str()) {
        let (expose, address) = (&tier.expose.value, tier.public.as_ref());
        let origin = public::default_origin(expose, address, host);
        let default = (Is::Origin, text(origin));
        let doc = "scheme, host and port by which browsers reach it, where they don't follow from the other values";
        values.add(name, "publicUrl", default, doc);
    }
    ports(values, shape, tier, host);
    resources(values, name, &tier.pod.resources);
    if let Some(path) = health_path(tier) {
        let doc = "the path that probes ask for";
        values.add(name, "healthPath", (Is::Path, text(path)), doc);
    }
    of_pod(values, shape, &tier.id, &tier.pod);
    scheduling(values, name);
}

/// The path that probes ask for: that of the first which asks for one.
pub(in crate::backend::helm) fn health_path(tier: &Tier) -> Option<&str> {
    let probes = tier.probes.as_ref()?;
    let all = [&probes.readiness, &probes.liveness, &probes.startup];
    all.into_iter()
        .flatten()
        .find_map(|probe| match &probe.handler {
            Handler::Get { path, .. } => Some(path.as_str()),
            Handler::Tcp { .. } | Handler::Grpc { .. } | Handler::Exec(_) => None,
        })
}

/// The tier or job whose image a pod runs: of those with this image, the first.
pub(in crate::backend::helm) fn base<'a>(app: &'a App, image: &Image) -> Option<&'a str> {
    app.first_with(image)
}

/// The ports that are exposed besides the first.
fn ports(values: &mut Values, shape: &Shape<'_>, tier: &Tier, host: Option<&str>) {
    let name = Some(tier.id.name.as_str());
    let keys = port_keys(tier);
    let mut add = |port: &str, field: &str, default, doc: &str| {
        if let Some(key) = keys.get(port) {
            let path = ["ports", key, field];
            values.add_at(name, &format!("ports.{port}.{field}"), &path, default, doc);
        }
    };
    for (further, here) in shape.published_ports(tier) {
        let port = further.port.as_str();
        let (kind, node_port) = match here.map(|it| &it.expose.value) {
            Some(Expose::NodePort { port }) => ("NodePort", *port),
            Some(Expose::LoadBalancer) => ("LoadBalancer", None),
            Some(_) | None => ("ClusterIP", None),
        };
        let doc =
            "NodePort or LoadBalancer for a Service that publishes this port, ClusterIP for none";
        add(port, "type", (Is::ServiceType, text(kind)), doc);
        let default = node_port.map_or_else(|| text(""), number);
        let doc = "the port of each node, unless the type is ClusterIP; empty for one that the cluster chooses";
        add(port, "nodePort", (Is::NodePort, default), doc);
        let doc = "annotations of that Service, as load balancers ask for them";
        add(port, "annotations", (Is::Texts, empty()), doc);
    }
    for port in shape.public_ports(tier) {
        let own = tier.further.iter().filter(|it| it.port == port);
        let way = known_way(own, |it| &it.expose.value);
        let origin = way.map_or(String::new(), |it| {
            public::default_origin(&it.expose.value, it.public.as_ref(), host)
        });
        let doc = "scheme, host and port by which browsers reach this port, where they don't follow from the other values";
        add(port, "publicUrl", (Is::Origin, text(origin)), doc);
    }
}

fn service(values: &mut Values, shape: &Shape<'_>, tier: &Tier) {
    let name = Some(tier.id.name.as_str());
    let Some(port) = shape.exposed_port(tier) else {
        return;
    };
    let (kind, node_port) = match tier.expose.value {
        Expose::NodePort { port } => ("NodePort", port),
        Expose::LoadBalancer => ("LoadBalancer", None),
        Expose::Internal
        | Expose::Ingress { .. }
        | Expose::Forward { .. }
        | Expose::Elsewhere { .. } => ("ClusterIP", None),
    };
    if shape.has_type(tier) {
        let doc = "ClusterIP within the cluster alone, NodePort for everyone who reaches a node, LoadBalancer for everyone";
        values.add(name, "service.type", (Is::ServiceType, text(kind)), doc);
    }
    let doc = "the port by which others in the cluster reach it";
    values.add(name, "service.port", (Is::Port, number(port.service)), doc);
    if shape.has_type(tier) {
        let default = node_port.map_or_else(|| text(""), number);
        let doc = "the port of each node, unless the type is ClusterIP; empty for one that the cluster chooses";
        values.add(name, "service.nodePort", (Is::NodePort, default), doc);
    }
    // Nothing else asks whether it is open.
    let is_asked =
        tier.keeps(Switch::NetworkPolicy) || !tier.pod.contract.proxied_variables.is_empty();
    if shape.elsewhere(tier).is_some() && is_asked {
        let is_open = matches!(tier.expose.value, Expose::Elsewhere { .. });
        let doc =
            "whether anyone may connect to it, since something that isn't in the chart leads to it";
        values.add(name, "service.open", (Is::Boolean, truth(is_open)), doc);
    }
    let doc = "annotations of its Service, as load balancers ask for them";
    values.add(name, "service.annotations", (Is::Texts, empty()), doc);
}
