//! Edits of Ingresses.

use super::super::edit::{Edits, only_lines};
use super::super::pod::{self, pairs};
use super::super::text::Expressions;
use crate::ir::{Ingress, Tier};
use crate::yaml::Node;

pub(super) fn own_ingress(edits: &mut Edits, tier: &Tier, with: Expressions<'_>) {
    let thing = Some(tier.id.name.as_str());
    let read = |field: &str| with.values.read(thing, &format!("ingress.{field}"));
    if let (Some(enabled), Some(own)) = (with.values.read(thing, "enabled"), read("enabled")) {
        let plain = unless_gateway(with);
        edits.guard_all(format!("if and {enabled} {own}{plain}"));
    }
    ingress(edits, &read, true, with);
}

/// The last part of a condition, where a Gateway may take the place of Ingresses.
fn unless_gateway(with: Expressions<'_>) -> String {
    let gateway = with.values.read(None, "ingress.gateway.name");
    gateway.map_or(String::new(), |gateway| format!(" (not {gateway})"))
}

/// Whether one of several holds, as a part of a condition.
pub(super) fn any(conditions: &[String]) -> String {
    match conditions {
        [only] => only.clone(),
        several => format!("({})", pod::any(several)),
    }
}

/// `has_issuer` says whether the object has its certificate made.
fn ingress(
    edits: &mut Edits,
    read: &dyn Fn(&str) -> Option<String>,
    has_issuer: bool,
    with: Expressions<'_>,
) {
    let (Some(host), Some(tls), Some(secret)) =
        (read("host"), read("tls.enabled"), read("tls.secretName"))
    else {
        return;
    };
    edits.set("spec.rules.0.host", format!("{{{{ {host} | quote }}}}"));
    edits.set("spec.tls.0.hosts.0", format!("{{{{ {host} | quote }}}}"));
    edits.set(
        "spec.tls.0.secretName",
        format!("{{{{ {secret} | quote }}}}"),
    );
    edits.guard("spec.tls", format!("if {tls}"));
    if let Some(class) = with.values.read(None, "ingress.className") {
        let node = Node::expression("{{ . | quote }}").guarded(format!("with {class}"));
        edits.put("spec", "ingressClassName", &[], node);
    }
    let issuer = with.values.read(None, "ingress.clusterIssuer");
    let annotations = with.values.read(None, "ingress.annotations");
    if let (Some(issuer), Some(of_all)) = (issuer, annotations) {
        let (map, some) = merged(&of_all, read("annotations").as_deref());
        let (text, condition) = if has_issuer {
            let by_issuer = format!("and {issuer} {tls}");
            let text = format!(
                "{{{{- if {by_issuer} }}}}\ncert-manager.io/cluster-issuer: {{{{ {issuer} | quote }}}}\n{{{{- end }}}}\n{}",
                pairs(&map)
            );
            (text, format!("if or {some} ({by_issuer})"))
        } else {
            (pairs(&map), format!("if {}", either(&some)))
        };
        edits.put(
            "metadata",
            "annotations",
            &["labels"],
            only_lines(&text).guarded(condition),
        );
    }
}

/// The annotations of all hosts with those of one, which win, and what holds where there are some: the parts
/// of an `or`.
pub(super) fn merged(of_all: &str, own: Option<&str>) -> (String, String) {
    match own {
        None => (of_all.to_owned(), of_all.to_owned()),
        Some(own) => (
            format!("merge (dict) {own} {of_all}"),
            format!("{own} {of_all}"),
        ),
    }
}

/// Whether one of these parts of an `or` holds.
pub(super) fn either(parts: &str) -> String {
    if parts.contains(' ') {
        format!("or {parts}")
    } else {
        parts.to_owned()
    }
}

pub(super) fn over_tiers(edits: &mut Edits, host: &Ingress, with: Expressions<'_>) {
    let at = format!("ingress.hosts.{}", with.shape.host_key(host));
    let read = |field: &str| with.values.read(None, &format!("{at}.{field}"));
    let tiers = host.routes.iter();
    let tiers: Vec<_> = tiers
        .map(|route| with.values.read(Some(&route.tier.0), "enabled"))
        .collect();
    for (index, enabled) in tiers.iter().enumerate() {
        if let Some(enabled) = enabled {
            let path = format!("spec.rules.0.http.paths.{index}");
            edits.guard(&path, format!("if {enabled}"));
        }
    }
    let mut some: Vec<_> = tiers.into_iter().flatten().collect();
    some.dedup();
    if let Some(enabled) = read("enabled") {
        let some = any(&some);
        let plain = unless_gateway(with);
        edits.guard_all(format!("if and {enabled} {some}{plain}"));
    }
    ingress(edits, &read, host.asks_for_certificate, with);
}
