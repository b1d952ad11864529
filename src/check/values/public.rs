//! The address by which browsers know a tier.

use crate::catalog::members::PublicMember;
use crate::catalog::protocols::{self, HTTP, HTTPS};
use crate::check::findings::Findings;
use crate::check::names::content::{Content, ReferencePlace};
use crate::check::names::face::TierFace;
use crate::check::names::ports;
use crate::check::names::scope::Scope;
use crate::diag::{Applicability, Code, Diagnostic, Edit, Fix};
use crate::ir::{Expose, Port, PublicAddress, StatedFact, Text, is_wildcard};
use crate::source::Span;
use crate::syntax::ast::Name;

/// By which name a machine knows itself.
const LOCALHOST: &str = "localhost";

/// Why browsers know a tier by no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum NoAddress {
    /// Nothing exposes it.
    NotExposed,
    /// The cluster chooses the node port.
    PortIsChosen,
    /// No host is said.
    NoHost,
    /// Its host stands for several.
    Wildcard,
}

/// The address by which browsers know a tier.
pub(in crate::check) fn public_address(
    face: &TierFace<'_>,
    scope: &Scope<'_>,
) -> Result<PublicAddress, NoAddress> {
    let port = face.exposed_port.as_ref();
    address_of(&face.expose.value, port, face.balancer, scope)
}

/// The address by which browsers know what is exposed so.
fn address_of(
    expose: &Expose,
    exposed: Option<&Port>,
    balancer: Option<&Name>,
    scope: &Scope<'_>,
) -> Result<PublicAddress, NoAddress> {
    if let Expose::Ingress { host, .. } = expose
        && is_wildcard(host)
    {
        return Err(NoAddress::Wildcard);
    }
    if let Expose::Elsewhere { address } = expose {
        return Ok(address.clone());
    }
    let host = balancer
        .or(scope.settings.host)
        .map(|host| host.value.clone());
    let host = host.ok_or(NoAddress::NoHost);
    // What it speaks is what reaches it: a node's port, a balancer or a forward passes it on.
    let scheme = exposed.and_then(Port::url_scheme).unwrap_or(HTTP);
    let at = |host, port| PublicAddress {
        scheme: scheme.to_owned(),
        host,
        port,
        path: String::new(),
    };
    Ok(match expose {
        Expose::Internal => return Err(NoAddress::NotExposed),
        Expose::Elsewhere { address } => address.clone(),
        Expose::NodePort { port: None } => return Err(NoAddress::PortIsChosen),
        Expose::NodePort { port } => at(host?, *port),
        Expose::LoadBalancer => {
            let own = if scheme == HTTPS { 443 } else { 80 };
            let port = exposed.map(|port| port.service);
            at(host?, port.filter(|port| *port != own))
        }
        Expose::Forward { port } => {
            let own = protocols::browsers_port(scheme);
            let port = Some(*port).filter(|port| Some(*port) != own);
            at(LOCALHOST.to_owned(), port)
        }
        Expose::Ingress {
            host, path, tls, ..
        } => PublicAddress {
            scheme: if tls.is_some() { HTTPS } else { HTTP }.to_owned(),
            host: host.clone(),
            port: None,
            path: path.trim_end_matches('/').to_owned(),
        },
    })
}

impl NoAddress {
    /// What to say at a place that refers to the address.
    fn diagnostic(self, face: &TierFace<'_>, scope: &Scope<'_>, place: Span) -> Diagnostic {
        let name = &face.id.name;
        let unknown = |what: &str, help: &str| {
            let message = format!("the public address of `{name}` can't be known: {what}");
            Diagnostic::new(Code::UnknownAddress, place, message)
                .also(face.expose.span, "it is exposed here")
                .help(help)
        };
        let fixed = |diagnostic: Diagnostic, title: String, edit| {
            diagnostic.with_fix(Fix {
                title,
                edits: vec![edit],
                applicability: Applicability::Maybe,
            })
        };
        match self {
            NoAddress::NotExposed => {
                let message = format!("`{name}` has no public address: nothing exposes it");
                let ingress = format!("expose ingress \"{name}.example.com\"");
                let diagnostic = Diagnostic::new(Code::NotExposed, place, message)
                    .also(face.tier.span, "reached from within the cluster alone")
                    .help(format!(
                        "expose it: `{ingress}`, or `expose nodeport 30080`"
                    ));
                let title = format!("expose `{name}` by an ingress");
                fixed(diagnostic, title, Edit::add(face.tier.span, ingress))
            }
            NoAddress::PortIsChosen => {
                let diagnostic = unknown(
                    "the cluster chooses the node port",
                    "choose it: `expose nodeport 30080`",
                );
                if face.ports.len() > 1 {
                    return diagnostic;
                }
                let right = "expose nodeport 30080";
                let title = format!("write `{right}`");
                fixed(diagnostic, title, Edit::replace(face.expose.span, right))
            }
            NoAddress::Wildcard => unknown(
                "its host stands for several",
                "write the address as text where it is read, or expose the tier at one host",
            ),
            NoAddress::NoHost => {
                let diagnostic = unknown(
                    "no host is said",
                    "say by which name browsers reach the cluster: `host \"localhost\"`",
                );
                let Some(app) = &scope.file.app else {
                    return diagnostic;
                };
                let title = "say the host in `app`".to_owned();
                fixed(diagnostic, title, Edit::add(app.span, "host \"localhost\""))
            }
        }
    }
}

/// What browsers know a tier by. Complains where they know it by nothing.
pub(in crate::check) fn member<'a>(
    face: &TierFace<'_>,
    value: PublicMember,
    place: ReferencePlace<'_>,
    scope: &Scope<'_>,
    found: &mut Findings,
) -> Option<Content<'a>> {
    let ReferencePlace { span, .. } = place;
    let address = match public_address(face, scope) {
        Ok(address) => address,
        Err(why) => {
            // What couldn't be read may say how it is reached.
            if !(scope.settings.broken || face.view.broken) {
                found.push_merged(why.diagnostic(face, scope, span));
            }
            return None;
        }
    };
    if value != PublicMember::Host {
        let port = face.exposed_port.as_ref()?;
        let is_proxied = matches!(
            face.expose.value,
            Expose::Ingress { .. } | Expose::Elsewhere { .. }
        );
        if !is_proxied || port.is_known() {
            ports::url_scheme(port, span, found)?;
        }
    }
    let text = match value {
        PublicMember::Url => address.url(),
        PublicMember::WebSocket => {
            let port = face.exposed_port.as_ref()?;
            let scheme = ports::web_socket(&address.scheme, &port.name, port.origin, span, found)?;
            address.with_scheme(scheme).url()
        }
        PublicMember::Origin => address.origin(),
        PublicMember::Host => address.host.clone(),
    };
    let stated = StatedFact::Public {
        tier: face.id.name.clone(),
        member: value,
    };
    let host = face.balancer.or(scope.settings.host);
    let host = host.filter(|host| host.value == address.host);
    let places: Vec<_> = std::iter::once(face.expose.span)
        .chain(host.map(|host| host.span))
        .chain(face.exposed_port.as_ref().map(|port| port.origin))
        .collect();
    let stated = Text::fact(stated, text, span).stated_at(&places);
    Some(Content::Plain(place.with_path(stated)))
}

/// The address by which browsers know a tier, where it can be known and has a URL.
pub(in crate::check) fn known(face: &TierFace<'_>, scope: &Scope<'_>) -> Option<PublicAddress> {
    let port = face.exposed_port.as_ref()?;
    known_of(&face.expose.value, port, face.balancer, scope)
}

/// The same of any way in which something is exposed.
pub(in crate::check) fn known_of(
    expose: &Expose,
    port: &Port,
    balancer: Option<&Name>,
    scope: &Scope<'_>,
) -> Option<PublicAddress> {
    // Whatever an Ingress leads to is asked by http.
    let is_proxied = matches!(expose, Expose::Ingress { .. } | Expose::Elsewhere { .. });
    let is_asked = is_proxied && !port.is_known();
    if !is_asked {
        port.url_scheme()?;
    }
    address_of(expose, Some(port), balancer, scope).ok()
}

/// The part of a path that stands in the exposure's path already, and what follows it: all of the
/// path, or a beginning that is all of the exposure's.
pub(in crate::check) fn repeated<'p>(exposed: &str, path: &'p str) -> Option<(&'p str, &'p str)> {
    let whole = path.trim_end_matches('/');
    if !whole.is_empty() && exposed.ends_with(whole) {
        return Some((whole, ""));
    }
    let (again, rest) = path.split_at_checked(exposed.len())?;
    let is_again = !again.is_empty() && again == exposed;
    (is_again && rest.starts_with(['/', '?'])).then_some((again, rest))
}
