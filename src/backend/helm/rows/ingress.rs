//! Values of Ingresses.

use std::collections::BTreeMap;

use super::super::hosts::SettingsAnywhere;
use super::super::names::camel_all;
use super::super::shape::Shape;
use super::super::values::{ValueKind as Is, Values, number, text, truth};
use crate::ir::{App, Gateway, HostSettings, Ingress, Tier};
use crate::yaml::Node;

pub(super) fn of_ingresses(values: &mut Values, shape: &Shape<'_>) {
    let settings = &shape.app.ingress;
    let class = settings.class.as_ref();
    let class = class.map_or(String::new(), |class| class.value.clone());
    let doc = "the class of the Ingress controller; empty for the cluster's default";
    values.add(None, "ingress.className", (Is::Name, text(class)), doc);
    let issuer = settings.issuer.as_ref();
    let issuer = issuer.map_or(String::new(), |issuer| issuer.value.clone());
    let doc = "the ClusterIssuer by which cert-manager makes certificates, if it does";
    values.add(None, "ingress.clusterIssuer", (Is::Name, text(issuer)), doc);
    let annotations = settings.annotations.iter();
    let annotations = annotations.map(|it| (it.key.clone(), Some(Node::quoted(&it.value))));
    let default = (Is::Texts, Node::mapping(annotations));
    values.add(
        None,
        "ingress.annotations",
        default,
        "annotations of all Ingresses",
    );
    if shape.has_gateway() {
        of_gateway(values, settings.gateway.as_ref());
    }
    let hosts = shape.hosts();
    let labels: Vec<_> = hosts.iter().map(|host| shape.host_key(host)).collect();
    let keys = camel_all(&labels);
    let mut own_hosts: BTreeMap<&str, &Ingress> = BTreeMap::new();
    for host in &shape.app.ingresses {
        own_hosts.entry(shape.host_key(host)).or_insert(host);
    }
    for host in hosts {
        let name = shape.host_key(host);
        let Some(key) = keys.get(name) else { continue };
        let own = own_hosts.get(name).copied();
        let said = own.unwrap_or(host);
        let fallback = format!("{}-tls", host.name);
        let about = "whether the Ingress of this host is made";
        let rows = of_host(
            (own.is_some(), about),
            &said.host,
            said.tls.as_ref(),
            fallback,
        );
        let settings = own.map(|own| &own.settings);
        let said = settings_of(shape.app, settings, shape.settings_of_host(host));
        for (field, default, doc) in rows.into_iter().chain(said) {
            let keys: Vec<_> = ["ingress", "hosts", key]
                .into_iter()
                .chain(field.split('.'))
                .collect();
            let field = format!("ingress.hosts.{name}.{field}");
            values.add_at(None, &field, &keys, default, doc);
        }
    }
}

/// The Gateway whose routes take the place of Ingresses, where it has a name.
fn of_gateway(values: &mut Values, gateway: Option<&Gateway>) {
    let name = gateway.map(|it| it.name.clone());
    let of = |field: fn(&Gateway) -> &Option<String>| gateway.and_then(|it| field(it).clone());
    let rows = [
        (
            "name",
            name,
            "the Gateway that leads to the hosts by routes; empty for Ingresses in their place",
        ),
        (
            "namespace",
            of(|it| &it.namespace),
            "the namespace of the Gateway; empty for that of the release",
        ),
        (
            "sectionName",
            of(|it| &it.section),
            "the listener of the Gateway that serves hosts by https; empty for every one that serves the host",
        ),
        (
            "redirectSectionName",
            of(|it| &it.redirect),
            "the listener for plain http, which leads hosts of https there, and serves the others; empty for none",
        ),
    ];
    for (field, default, doc) in rows {
        let default = (Is::Name, text(default.unwrap_or_default()));
        values.add(None, &format!("ingress.gateway.{field}"), default, doc);
    }
}

/// What is said of one host: whether it has an Ingress, its name and its certificate.
fn of_host(
    (is_on, about): (bool, &'static str),
    host: &str,
    tls: Option<&String>,
    fallback: String,
) -> [(&'static str, (Is, Node), &'static str); 4] {
    let secret = tls.cloned().unwrap_or(fallback);
    [
        ("enabled", (Is::Boolean, truth(is_on)), about),
        (
            "host",
            (Is::Host, text(host)),
            "the host name of the Ingress",
        ),
        (
            "tls.enabled",
            (Is::Boolean, truth(tls.is_some())),
            "whether the host is served by https",
        ),
        (
            "tls.secretName",
            (Is::Name, text(secret)),
            "the Secret with the host's certificate",
        ),
    ]
}

/// What is said of one host alone, where any target says something.
fn settings_of(
    app: &App,
    settings: Option<&HostSettings>,
    any: SettingsAnywhere,
) -> Vec<(&'static str, (Is, Node), &'static str)> {
    let mut rows = Vec::new();
    if any.has_annotations {
        let said = settings.into_iter().flat_map(|it| &it.annotations);
        let said = said.map(|it| (it.key.clone(), Some(Node::quoted(&it.value))));
        let default = (Is::Texts, Node::mapping(said));
        let doc = "annotations of this host alone, which win over those of all";
        rows.push(("annotations", default, doc));
    }
    if any.has_timeout {
        let own = settings.and_then(|it| it.timeout.as_ref());
        let said = own.or(app.ingress.timeout.as_ref());
        let default = (Is::Seconds, number(said.map_or(0, |it| it.value)));
        let doc = "the seconds that an answer may take where a Gateway leads to the host; 0 for its own default";
        rows.push(("timeout", default, doc));
    }
    rows
}

pub(super) fn own_ingress(values: &mut Values, shape: &Shape<'_>, tier: &Tier) {
    let name = Some(tier.id.name.as_str());
    let own = tier.expose.value.own_ingress();
    let any = shape.own_ingress(tier);
    let (host, tls) = own.map_or(("", None), |(host, _, tls)| (host, tls.as_ref()));
    let other = any.and_then(|it| it.tls.cloned());
    let fallback = other.unwrap_or_else(|| format!("{}-tls", tier.id.workload));
    let about = "whether it has an Ingress";
    let settings = tier.expose.value.own_settings();
    let said = settings_of(shape.app, settings, shape.settings_of_own(tier));
    let rows = of_host((own.is_some(), about), host, tls, fallback);
    for (field, default, doc) in rows.into_iter().chain(said) {
        values.add(name, &format!("ingress.{field}"), default, doc);
    }
}
