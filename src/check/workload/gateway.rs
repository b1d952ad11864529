//! A Gateway that leads to hosts in place of an Ingress controller, and what its routes can't say.

use std::collections::BTreeMap;

use crate::catalog::annotations::{AnnotationReader, reader};
use crate::check::findings::Findings;
use crate::check::names::overlay::AppView;
use crate::check::names::scope::{Scope, Thing};
use crate::check::types::texts;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Entry, Expose, Gateway, Ingress, LedPath, Tier, led_paths};
use crate::source::Span;
use crate::syntax::ast::{self, ExposeWay, Name, Setting};

/// Most rules of a route (the description of HTTPRoute in Gateway API 1.6).
const MOST_RULES: usize = 16;
/// Most paths of one rule (the same).
const MOST_PATHS_OF_RULE: usize = 64;
/// Most paths of all rules of a route (the same).
const MOST_PATHS: usize = 128;
/// Longest path (the same).
const LONGEST_PATH: usize = 1024;

/// The Gateway that holds. What the target replaces may be wrong as well.
pub(in crate::check) fn lower(view: &AppView<'_>, found: &mut Findings) -> Option<Gateway> {
    let gateway = view.gateway.read(|said| read(said, found));
    let said = view.gateway.holds?;
    let others = [("class", view.class.holds), ("issuer", view.issuer.holds)];
    for (word, other) in others {
        let Some(other) = other else { continue };
        let message = format!("`{word}` beside `gateway`: an Ingress has one, and a route doesn't");
        let diagnostic = Diagnostic::new(Code::Repeated, other.span, message);
        let diagnostic = diagnostic.also(said.span, "routes take the place of Ingresses");
        found.push(diagnostic.help(if word == "class" {
            "delete one of the two"
        } else {
            "delete `issuer`, and have cert-manager make the certificates of the Gateway: it reads \
             `cert-manager.io/cluster-issuer` among the Gateway's annotations"
        }));
    }
    gateway
}

fn read(said: &ast::Gateway, found: &mut Findings) -> Option<Gateway> {
    let name = said.name.as_ref()?;
    let mut is_right = texts::is_object_name(name, "a Gateway", found);
    if let Some(namespace) = &said.namespace {
        is_right &= texts::is_label(namespace, found);
    }
    for listener in [&said.section, &said.redirect].into_iter().flatten() {
        is_right &= texts::is_object_name(listener, "a listener", found);
    }
    match (&said.section, &said.redirect) {
        (None, Some(redirect)) => {
            let message =
                "`redirect` without `section`: hosts with `tls` would be served by both listeners";
            let diagnostic = Diagnostic::new(Code::Expected, redirect.span, message);
            found.push(
                diagnostic.help(
                    "name the listener of https as well: `section \"https\" redirect \"http\"`",
                ),
            );
        }
        (Some(section), Some(redirect)) if section.value == redirect.value => {
            let message = format!("the listener `{}` would lead to itself", section.value);
            let diagnostic = Diagnostic::new(Code::Repeated, redirect.span, message);
            let diagnostic = diagnostic.also(section.span, "the listener of https");
            found.push(diagnostic.help("name the listener of plain http behind `redirect`"));
        }
        _ => {}
    }
    let text = |name: &Option<Name>| name.as_ref().map(|name| name.value.clone());
    is_right.then(|| Gateway {
        name: name.value.clone(),
        namespace: text(&said.namespace),
        section: text(&said.section),
        redirect: text(&said.redirect),
        origin: said.span,
    })
}

/// Leaves the annotations that only Ingress controllers read out of those of routes, and warns of each.
pub(in crate::check) fn keep_read(
    annotations: &mut Vec<Entry>,
    said: &[&Setting],
    found: &mut Findings,
) {
    let is_unread = |key: &str| matches!(reader(key), Some(AnnotationReader::Ingresses));
    annotations.retain(|entry| !is_unread(&entry.key));
    for said in said {
        let key = &said.key;
        if !is_unread(&key.value) {
            continue;
        }
        let message = format!(
            "`{}` does nothing behind a Gateway: it is read from Ingresses, and left out",
            key.value
        );
        let warning = Diagnostic::new(Code::AnnotationUnread, key.span, message);
        found.push(warning.help(
            "say it in the words of the Gateway's controller, in an `object` file or a `patch HTTPRoute`; \
             where other targets have Ingresses, move it into `ingress` of those",
        ));
    }
}

/// Complains of what no route can say, and warns of certificates that none reads.
pub(in crate::check) fn check(
    tiers: &[Tier],
    hosts: &[Ingress],
    view: &AppView<'_>,
    scope: &Scope<'_>,
    found: &mut Findings,
) {
    certificates(view, scope, found);
    let routes = led_paths(tiers, hosts);
    for route in &routes {
        let Some(port) = route.port else { continue };
        if port.is_grpc() && route.path != "/" {
            let message = "a Gateway tells calls of gRPC apart by their service, and not by a path";
            let diagnostic = Diagnostic::new(Code::InvalidPath, route.origin, message);
            found.push(diagnostic.help(
                "give it a host of its own, and leave the path out: `expose ingress \"grpc.example.com\" of grpc`",
            ));
        } else if let Some(fault) = path_fault(route.path) {
            let message = format!(
                "{} can't be the path of a route: {fault}",
                texts::shown(route.path)
            );
            let diagnostic = Diagnostic::new(Code::InvalidPath, route.origin, message);
            found.push(diagnostic.help("write the path that all of them begin with"));
        }
    }
    protocols_differ(&routes, found);
    for host in hosts {
        is_small(host, found);
    }
}

/// Why a path that an Ingress takes is none of a route.
fn path_fault(path: &str) -> Option<&'static str> {
    let mut escapes = path.split('%').skip(1);
    let is_escape = |rest: &str| {
        let digits = rest.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    if path.len() > LONGEST_PATH {
        Some("it is longer than 1024 bytes")
    } else if path.contains(['?', '[', ']']) {
        Some("it holds `?`, `[` or `]`")
    } else if !escapes.all(is_escape) {
        Some("a `%` in it stands before no code of a character")
    } else {
        None
    }
}

/// Complains of hosts at which a Gateway would have to serve gRPC as well as http: of two routes of different
/// kinds it takes one.
fn protocols_differ(routes: &[LedPath<'_>], found: &mut Findings) {
    // The hosts of http, and all that they lie below, as `.example.com` is of `www.example.com`.
    let mut exact: BTreeMap<&str, Span> = BTreeMap::new();
    let mut above: BTreeMap<&str, Span> = BTreeMap::new();
    let with_ports = routes.iter().filter_map(|route| Some((route, route.port?)));
    let (of_grpc, of_http): (Vec<_>, Vec<_>) = with_ports.partition(|(_, port)| port.is_grpc());
    for (route, _) in of_http {
        exact.entry(route.host).or_insert(route.origin);
        for domain in domains(route.host) {
            above.entry(domain).or_insert(route.origin);
        }
    }
    for (route, _) in of_grpc {
        let below = route.host.strip_prefix('*');
        let within = below.and_then(|domain| above.get(domain));
        let mut wildcards = domains(route.host).filter_map(|domain| {
            let wildcard = format!("*{domain}");
            exact.get(wildcard.as_str())
        });
        let other = exact
            .get(route.host)
            .or(within)
            .or_else(|| wildcards.next());
        let Some(other) = other else { continue };
        let message = format!(
            "the host `{}` is one of gRPC as well as of http, and a Gateway serves one of the two at a host",
            route.host
        );
        let diagnostic = Diagnostic::new(Code::ProtocolsMixed, route.origin, message);
        let diagnostic = diagnostic.also(*other, "http");
        found.push(diagnostic.help("expose one of the two at another host"));
    }
}

/// The domains that a host lies in, each with the dot before it.
fn domains(host: &str) -> impl Iterator<Item = &str> {
    host.match_indices('.').filter_map(|(at, _)| host.get(at..))
}

/// Complains of a host with more paths than a route may have.
fn is_small(host: &Ingress, found: &mut Findings) {
    let mut rules: BTreeMap<(&str, &str, Option<&str>), usize> = BTreeMap::new();
    for route in &host.routes {
        let stripped = route.strip.map(|_| route.path.as_str());
        *rules
            .entry((&route.service, &route.port, stripped))
            .or_default() += 1;
    }
    let most = rules.values().copied().max().unwrap_or_default();
    let message = if rules.len() > MOST_RULES {
        format!(
            "the host `{}` leads to {} ports of tiers, and a route to {MOST_RULES} at most",
            host.host,
            rules.len()
        )
    } else if most > MOST_PATHS_OF_RULE {
        format!(
            "{most} paths of the host `{}` lead to one port, and those of a route are {MOST_PATHS_OF_RULE} at most",
            host.host
        )
    } else if host.routes.len() > MOST_PATHS {
        format!(
            "the host `{}` has {} paths, and a route {MOST_PATHS} at most",
            host.host,
            host.routes.len()
        )
    } else {
        return;
    };
    let diagnostic = Diagnostic::new(Code::InvalidNumber, host.origin, message);
    found.push(diagnostic.help("spread them over several hosts"));
}

/// Warns of Secrets with certificates: the Gateway ends TLS.
fn certificates(view: &AppView<'_>, scope: &Scope<'_>, found: &mut Findings) {
    let mut warn = |secret: &Name| {
        let message = format!(
            "no route reads the Secret `{}`: the Gateway has the certificates of its listeners",
            secret.value
        );
        let warning = Diagnostic::new(Code::CertificateUnread, secret.span, message);
        found.push(
            warning.help("name the Secret in the Gateway's listener, and leave it out here: `tls`"),
        );
    };
    for host in view.hosts.iter().filter(|host| host.is_there) {
        host.said.secret.iter().for_each(&mut warn);
    }
    for thing in scope.things.values() {
        let Thing::Tier(face) = thing else { continue };
        if !face.view.routes.is_empty() {
            continue;
        }
        for said in face.view.expose.holds.into_iter().chain(face.view.further) {
            if let Some(ExposeWay::Ingress {
                secret: Some(secret),
                ..
            }) = &said.way
            {
                warn(secret);
            }
        }
    }
}

/// Warns of what a Gateway doesn't speak to a tier unless it is told.
pub(in crate::check) fn tiers_speak(tiers: &[Tier], found: &mut Findings) {
    let exposed = tiers.iter().flat_map(|tier| {
        let all = tier.exposures();
        all.map(move |(expose, port, _)| (tier, expose, port))
    });
    for (tier, expose, said) in exposed {
        let is_tls = said.is_https() || said.is_grpc() && said.scheme.as_deref() == Some("grpcs");
        let is_fine = (said.is_http() || said.is_grpc()) && !is_tls;
        if is_fine || !matches!(expose.value, Expose::Ingress { .. }) {
            continue;
        }
        let (name, port) = (&tier.id.name, &said.name);
        let spoken = if said.is_grpc() { "gRPC" } else { "http" };
        let message =
            format!("a Gateway speaks plain {spoken} to `{name}`, and its port `{port}` doesn't");
        let diagnostic = Diagnostic::new(Code::IngressOfNoHttp, expose.span, message);
        found.push(diagnostic.help(if is_tls {
            format!(
                "have an `object` file hold a BackendTLSPolicy for the Service `{}`, and say so: \
                 `allow W0519 \"a BackendTLSPolicy says so\"`",
                tier.id.service
            )
        } else {
            "expose it as it is: `expose loadbalancer`, or `expose nodeport 30080`".to_owned()
        }));
    }
}
