//! Edits of the routes of a Gateway.

use super::super::edit::{Edits, only_lines};
use super::super::pod::pairs;
use super::super::text::Expressions;
use super::ingress::{any, either, merged};
use crate::ir::{HostKind, Ingress, Port, Tier, redirect_name};
use crate::yaml::{Node, map};

/// How templates read the Gateway.
struct Parent {
    name: String,
    namespace: String,
    section: String,
    redirect: String,
}

impl Parent {
    fn of(with: Expressions<'_>) -> Option<Self> {
        let read = |field: &str| with.values.read(None, &format!("ingress.gateway.{field}"));
        Some(Parent {
            name: read("name")?,
            namespace: read("namespace")?,
            section: read("sectionName")?,
            redirect: read("redirectSectionName")?,
        })
    }
}

/// The values of one host.
struct HostValues {
    enabled: String,
    host: String,
    tls: String,
    /// What is said of it alone, where any target says something.
    annotations: Option<String>,
    timeout: Option<String>,
}

impl HostValues {
    fn of(read: impl Fn(&str) -> Option<String>) -> Option<Self> {
        Some(HostValues {
            enabled: read("enabled")?,
            host: read("host")?,
            tls: read("tls.enabled")?,
            annotations: read("annotations"),
            timeout: read("timeout"),
        })
    }
}

/// Edits a route to a tier that has a host of its own, or the one that leads it to https.
pub(super) fn own(edits: &mut Edits, name: &str, tier: &Tier, with: Expressions<'_>) {
    let thing = Some(tier.id.name.as_str());
    let host = HostValues::of(|field| with.values.read(thing, &format!("ingress.{field}")));
    let (Some(parent), Some(host), Some(enabled)) =
        (Parent::of(with), host, with.values.read(thing, "enabled"))
    else {
        return;
    };
    if let Some(port) = tier.exposed_port() {
        leads_to(edits, 0, &tier.id.name, port, with);
    }
    let is_redirect = name == redirect_name(&tier.id.workload);
    route(edits, &parent, &host, (&enabled, is_redirect), with);
}

/// Edits a route of a host over several tiers, or the one that leads it to https.
pub(super) fn over_tiers(edits: &mut Edits, name: &str, said: &Ingress, with: Expressions<'_>) {
    let at = format!("ingress.hosts.{}", with.shape.host_key(said));
    let host = HostValues::of(|field| with.values.read(None, &format!("{at}.{field}")));
    let (Some(parent), Some(host)) = (Parent::of(with), host) else {
        return;
    };
    let mut some = Vec::new();
    for (index, rule) in with.shape.app.rules_of(said).iter().enumerate() {
        leads_to(edits, index, &rule.tier.0, rule.port, with);
        if let Some(enabled) = with.values.read(Some(&rule.tier.0), "enabled") {
            edits.guard(&format!("spec.rules.{index}"), format!("if {enabled}"));
            some.push(enabled);
        }
    }
    some.dedup();
    let is_redirect = name == redirect_name(&said.name);
    route(edits, &parent, &host, (&any(&some), is_redirect), with);
}

/// Routes lead to the number of a Service's port, which may have a value.
fn leads_to(edits: &mut Edits, rule: usize, tier: &str, port: &Port, with: Expressions<'_>) {
    if let Some(number) = with.service_port(tier, &port.name) {
        let path = format!("spec.rules.{rule}.backendRefs.0.port");
        edits.set(&path, format!("{{{{ {number} }}}}"));
    }
}

fn route(
    edits: &mut Edits,
    parent: &Parent,
    host: &HostValues,
    (enabled, is_redirect): (&str, bool),
    with: Expressions<'_>,
) {
    let Parent {
        name,
        namespace,
        section,
        redirect,
    } = parent;
    let HostValues {
        enabled: own,
        host,
        tls,
        annotations,
        timeout,
    } = host;
    let quoted = |value: &str| format!("{{{{ {value} | quote }}}}");
    edits.set("spec.parentRefs.0.name", quoted(name));
    edits.set("spec.parentRefs.0.namespace", quoted(namespace));
    edits.guard("spec.parentRefs.0.namespace", format!("if {namespace}"));
    edits.set("spec.hostnames.0", quoted(host));
    let listener = "spec.parentRefs.0.sectionName";
    if is_redirect {
        edits.set(listener, quoted(redirect));
        edits.guard_all(format!("if and {enabled} {own} {name} {redirect} {tls}"));
    } else {
        let of = format!("ternary {section} ({redirect} | default {section}) {tls}");
        edits.set(listener, quoted(&of));
        edits.guard(listener, format!("if {of}"));
        edits.guard_all(format!("if and {enabled} {own} {name}"));
    }
    if let Some(timeout) = timeout.as_ref().filter(|_| !is_redirect) {
        let rules = (0..).map(|at| format!("spec.rules.{at}"));
        let rules: Vec<_> = rules.take_while(|rule| edits.has(rule)).collect();
        // Calls of gRPC say their own.
        let is_http = edits.text("kind") == Some(HostKind::HttpRoute.word());
        for rule in rules.iter().filter(|_| is_http) {
            let request =
                Node::expression(format!("{{{{ printf \"%ds\" (int {timeout}) | quote }}}}"));
            let node = map! { "request": request };
            let node = node.guarded(format!("if {timeout}"));
            edits.put(rule, "timeouts", &["backendRefs"], node);
        }
    }
    if let Some(of_all) = with.values.read(None, "ingress.annotations") {
        let (map, some) = merged(&of_all, annotations.as_deref());
        let node = only_lines(&pairs(&map)).guarded(format!("if {}", either(&some)));
        edits.put("metadata", "annotations", &["labels"], node);
    }
}
