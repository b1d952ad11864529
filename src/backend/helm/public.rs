//! By which address browsers know a tier, as the values say it.

use super::shape::Shape;
use super::text::Expressions;
use crate::catalog::protocols::HTTP;
use crate::ir::{Expose, Tier};

/// The default of `publicUrl`: the address that no other value says.
pub(super) fn default_origin(shape: &Shape<'_>, tier: &Tier) -> String {
    let Some(address) = &tier.public else {
        return String::new();
    };
    let is_said = match tier.expose.value {
        Expose::Forward { .. } | Expose::Elsewhere { .. } => true,
        // A balancer may have a name of its own.
        Expose::LoadBalancer => {
            let first = shape.published();
            first.is_some_and(|first| first != address.host)
        }
        Expose::Internal | Expose::NodePort { .. } | Expose::Ingress { .. } => false,
    };
    if is_said {
        address.origin()
    } else {
        String::new()
    }
}

/// Whether everyone may connect to a tier whatever the values are, since something publishes a further port.
pub(super) fn is_always_open(tier: &Tier) -> bool {
    let mut further = tier.further.iter();
    further.any(|it| it.expose.value.is_published())
}

/// The conditions under which an Ingress leads to a tier, or something else that isn't in the chart.
pub(super) fn ingresses(with: Expressions<'_>, tier: &Tier) -> Vec<String> {
    let name = Some(tier.id.name.as_str());
    let own = with.values.read(name, "ingress.enabled");
    let open = with.values.read(name, "service.open");
    let hosts = with.shape.hosts_of(tier).iter();
    let hosts = hosts.filter_map(|host| {
        let field = format!("ingress.hosts.{}.enabled", with.shape.host_key(host));
        with.values.read(None, &field)
    });
    own.into_iter().chain(hosts).chain(open).collect()
}

/// The template that gives the origin of a tier's public address, or nothing where none is known.
pub(super) fn origin(with: Expressions<'_>, tier: &Tier) -> Option<String> {
    let name = Some(tier.id.name.as_str());
    let read = |field: &str| with.values.read(name, field);
    let shared = |field: &str| with.values.read(None, field);
    let mut branches: Vec<(String, String)> = Vec::new();
    if let Some(public) = read("publicUrl") {
        branches.push((public.clone(), format!("{{{{ {public} }}}}")));
    }
    let secure =
        |tls: &str, host: &str| format!("http{{{{ if {tls} }}}}s{{{{ end }}}}://{{{{ {host} }}}}");
    if let (Some(enabled), Some(tls), Some(host)) = (
        read("ingress.enabled"),
        read("ingress.tls.enabled"),
        read("ingress.host"),
    ) {
        branches.push((enabled, secure(&tls, &host)));
    }
    for host in with.shape.names_of(tier) {
        let of = |field: &str| {
            shared(&format!(
                "ingress.hosts.{}.{field}",
                with.shape.host_key(host)
            ))
        };
        if let (Some(enabled), Some(tls), Some(host)) =
            (of("enabled"), of("tls.enabled"), of("host"))
        {
            branches.push((enabled, secure(&tls, &host)));
        }
    }
    let port = with.shape.exposed_port(tier);
    let scheme = port.map_or(HTTP, |port| match port.url_scheme() {
        Some(scheme) => scheme,
        None if port.is_tcp() => HTTP,
        None => "udp",
    });
    if let (Some(kind), Some(node_port), Some(port), Some(host)) = (
        read("service.type"),
        read("service.nodePort"),
        read("service.port"),
        shared("host"),
    ) {
        branches.push((
            format!("and (eq {kind} \"NodePort\") {node_port} {host}"),
            format!("{scheme}://{{{{ {host} }}}}:{{{{ int {node_port} }}}}"),
        ));
        let own = if scheme == "https" { 443 } else { 80 };
        branches.push((
            format!("and (eq {kind} \"LoadBalancer\") {host}"),
            format!(
                "{scheme}://{{{{ {host} }}}}{{{{ if ne (int {port}) {own} }}}}:{{{{ int {port} }}}}{{{{ end }}}}"
            ),
        ));
    }
    if branches.is_empty() {
        return None;
    }
    let mut body = String::new();
    for (at, (condition, text)) in branches.iter().enumerate() {
        let word = if at == 0 { "if" } else { "else if" };
        body.extend([format!("{{{{- {word} {condition} -}}}}\n{text}\n")]);
    }
    body.push_str("{{- end -}}\n");
    Some(body)
}
