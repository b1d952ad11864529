//! Values of Ingresses.

use super::super::names::camel_all;
use super::super::shape::{Shape, label};
use super::super::values::{ValueKind as Is, Values, text, truth};
use crate::ir::Tier;
use crate::yaml::Node;

pub(super) fn of_ingresses(values: &mut Values, shape: &Shape<'_>) {
    let settings = &shape.app.ingress;
    let class = settings.class.clone().unwrap_or_default();
    let doc = "the class of the Ingress controller; empty for the cluster's default";
    let keys = ["ingress", "className"];
    values.add(
        None,
        "ingress.className",
        &keys,
        (Is::Name, text(class)),
        doc,
    );
    let issuer = settings.issuer.clone().unwrap_or_default();
    let doc = "the ClusterIssuer by which cert-manager makes certificates, if it does";
    let keys = ["ingress", "clusterIssuer"];
    values.add(
        None,
        "ingress.clusterIssuer",
        &keys,
        (Is::Name, text(issuer)),
        doc,
    );
    let annotations = settings.annotations.iter();
    let annotations = annotations.map(|it| (it.key.clone(), Some(Node::quoted(&it.value))));
    let default = (Is::Texts, Node::mapping(annotations));
    let keys = ["ingress", "annotations"];
    values.add(
        None,
        "ingress.annotations",
        &keys,
        default,
        "annotations of all Ingresses",
    );
    let hosts = shape.hosts();
    let labels: Vec<_> = hosts.iter().map(|host| label(host)).collect();
    let keys = camel_all(&labels);
    for host in &hosts {
        let name = label(host);
        let Some(key) = keys.get(name) else { continue };
        let mut own = shape.app.ingresses.iter();
        let own = own.find(|it| label(it) == name);
        let mut add = |field: &str, below: &[&str], default, doc: &str| {
            let keys = [&["ingress", "hosts", key][..], below].concat();
            let field = format!("ingress.hosts.{name}.{field}");
            values.add(None, &field, &keys, default, doc);
        };
        add(
            "enabled",
            &["enabled"],
            (Is::Boolean, truth(own.is_some())),
            "whether the Ingress of this host is made",
        );
        let host_name = own.unwrap_or(host).host.as_str();
        add(
            "host",
            &["host"],
            (Is::Host, text(host_name)),
            "its host name",
        );
        let tls = own.unwrap_or(host).tls.clone();
        add(
            "tls.enabled",
            &["tls", "enabled"],
            (Is::Boolean, truth(tls.is_some())),
            "whether it is served by https",
        );
        let secret = tls.unwrap_or_else(|| format!("{}-tls", host.name));
        add(
            "tls.secretName",
            &["tls", "secretName"],
            (Is::Name, text(secret)),
            "the Secret with the host's certificate",
        );
    }
}

pub(super) fn own_ingress(values: &mut Values, shape: &Shape<'_>, tier: &Tier) {
    let name = Some(tier.id.name.as_str());
    let own = tier.expose.value.own_ingress();
    let mut any = shape.views(tier).into_iter();
    let any = any.find_map(|it| it.expose.value.own_ingress());
    let mut add = |field: &str, below: &[&str], default, doc: &str| {
        let keys = [&["ingress"][..], below].concat();
        values.add(name, &format!("ingress.{field}"), &keys, default, doc);
    };
    add(
        "enabled",
        &["enabled"],
        (Is::Boolean, truth(own.is_some())),
        "whether it has an Ingress",
    );
    let host = own.map_or("", |(host, _, _)| host);
    add("host", &["host"], (Is::Host, text(host)), "its host name");
    let tls = own.and_then(|(_, _, tls)| tls.clone());
    add(
        "tls.enabled",
        &["tls", "enabled"],
        (Is::Boolean, truth(tls.is_some())),
        "whether it is served by https",
    );
    let secret = tls.or_else(|| any.and_then(|(_, _, tls)| tls.clone()));
    let default = (
        Is::Name,
        text(secret.unwrap_or_else(|| format!("{}-tls", tier.id.workload))),
    );
    add(
        "tls.secretName",
        &["tls", "secretName"],
        default,
        "the Secret with the host's certificate",
    );
}
