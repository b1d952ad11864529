//! By which address browsers know a tier, as the values say it.

use super::text::Expressions;
use crate::catalog::protocols::HTTP;
use crate::ir::{Expose, Ingress, PublicAddress, Tier};

/// The default of `publicUrl`: the address that no other value says. `host` is the value of that name.
pub(super) fn default_origin(
    expose: &Expose,
    public: Option<&PublicAddress>,
    host: Option<&str>,
) -> String {
    let Some(address) = public else {
        return String::new();
    };
    let is_said = match expose {
        Expose::Forward { .. } | Expose::Elsewhere { .. } => true,
        // A balancer may have a name of its own.
        Expose::LoadBalancer => host.is_some_and(|host| host != address.host),
        Expose::Internal | Expose::NodePort { .. } | Expose::Ingress { .. } => false,
    };
    if is_said {
        address.origin()
    } else {
        String::new()
    }
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

/// The conditions under which everyone may connect to a port of a tier: an Ingress leads there, a Service
/// publishes it, or something that isn't in the chart leads there. That of a Service is in parentheses.
pub(super) fn opened(with: Expressions<'_>, tier: &Tier, port: &str) -> Vec<String> {
    let said = tier.further.iter().filter(|it| it.port == port);
    if said
        .clone()
        .any(|it| matches!(it.expose.value, Expose::Elsewhere { .. }))
    {
        return vec!["true".to_owned()];
    }
    let name = Some(tier.id.name.as_str());
    let is_first = tier.exposed_port.as_deref() == Some(port);
    let read = |field: &str| with.values.read(name, field);
    let own = read("ingress.enabled").filter(|_| is_first);
    let open = read("service.open").filter(|_| is_first);
    let leads_there = |host: &&&Ingress| {
        let mut routes = host.routes.iter();
        routes.any(|route| route.tier.0 == tier.id.name && route.port == port)
    };
    let hosts = with.shape.hosts_of(tier).iter().filter(leads_there);
    let hosts = hosts.filter_map(|host| {
        let field = format!("ingress.hosts.{}.enabled", with.shape.host_key(host));
        with.values.read(None, &field)
    });
    let kinds = [
        read("service.type").filter(|_| is_first),
        read(&format!("ports.{port}.type")),
    ];
    let kinds = kinds.into_iter().flatten();
    let kinds = kinds.map(|kind| format!("(ne {kind} \"ClusterIP\")"));
    own.into_iter()
        .chain(hosts)
        .chain(open)
        .chain(kinds)
        .collect()
}

/// The template that gives the origin of the public address of a tier, or of one of its ports that is exposed
/// besides its first, or nothing where none is known.
pub(super) fn origin(with: Expressions<'_>, tier: &Tier, further: Option<&str>) -> Option<String> {
    let name = Some(tier.id.name.as_str());
    let read = |field: &str| with.values.read(name, field);
    let shared = |field: &str| with.values.read(None, field);
    let mut branches: Vec<(String, String)> = Vec::new();
    let of_port = |field: &str| further.map(|port| format!("ports.{port}.{field}"));
    let public = of_port("publicUrl").unwrap_or_else(|| "publicUrl".to_owned());
    if let Some(public) = read(&public) {
        branches.push((public.clone(), format!("{{{{ {public} }}}}")));
    }
    let secure =
        |tls: &str, host: &str| format!("http{{{{ if {tls} }}}}s{{{{ end }}}}://{{{{ {host} }}}}");
    if let (None, Some(enabled), Some(tls), Some(host)) = (
        further,
        read("ingress.enabled"),
        read("ingress.tls.enabled"),
        read("ingress.host"),
    ) {
        branches.push((enabled, secure(&tls, &host)));
    }
    for (host, _) in with.shape.names_of(tier, further) {
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
    let port = match further {
        None => with.shape.exposed_port(tier),
        Some(port) => tier.port_named(port),
    };
    let scheme = port.map_or(HTTP, |port| match port.url_scheme() {
        Some(scheme) => scheme,
        None if port.is_tcp() => HTTP,
        None => "udp",
    });
    let (kind, node_port, number) = match further {
        None => (
            read("service.type"),
            read("service.nodePort"),
            read("service.port"),
        ),
        Some(_) => (
            of_port("type").and_then(|field| read(&field)),
            of_port("nodePort").and_then(|field| read(&field)),
            port.map(|port| port.service.to_string()),
        ),
    };
    if let (Some(kind), Some(node_port), Some(port), Some(host)) =
        (kind, node_port, number, shared("host"))
    {
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
