//! The address by which browsers know a tier.

use crate::catalog::members::PublicMember;
use crate::catalog::protocols::{self, HTTP};
use crate::check::findings::Findings;
use crate::check::names::content::{Content, Place};
use crate::check::names::face::TierFace;
use crate::check::names::ports;
use crate::check::names::scope::Scope;
use crate::diag::{Applicability, Code, Diagnostic, Edit, Fix};
use crate::ir::{Expose, Fact, PublicAddress, Text};
use crate::source::Span;

/// How to choose a node port.
const CHOOSE_PORT: &str = "choose it: `expose nodeport 30080`";

/// How to say a host.
const SAY_HOST: &str = "say by which name browsers reach the cluster: `host \"localhost\"`";

/// The address by which browsers know a tier; complains at `place` where there is none.
pub(in crate::check) fn public_address(
    face: &TierFace<'_>,
    scope: &Scope<'_>,
    place: Span,
    found: &mut Findings,
) -> Option<PublicAddress> {
    let name = &face.id.name;
    // What couldn't be read may say how it is reached.
    let unread = scope.settings.broken || face.view.broken;
    let host = face
        .balancer
        .or(scope.settings.host)
        .map(|host| host.value.clone());
    let exposed = face.exposed_port.as_ref();
    // What it speaks is what reaches it: a node's port, a balancer or a forward passes it on.
    let scheme = exposed.and_then(|port| protocols::scheme(&port.name));
    let scheme = scheme.unwrap_or(HTTP);
    let at = |host, port| PublicAddress {
        scheme,
        host,
        port,
        path: String::new(),
    };
    let mut unknown = |what: &str, help: &str| {
        let message = format!("the public address of `{name}` can't be known: {what}");
        let mut diagnostic = Diagnostic::new(Code::UnknownAddress, place, message)
            .also(face.expose.span, "it is exposed here")
            .help(help);
        if let Some(app) = scope.file.app.as_ref().filter(|_| help == SAY_HOST) {
            diagnostic = diagnostic.with_fix(Fix {
                title: "say the host in `app`".to_owned(),
                edits: vec![Edit::add(app.span, "host \"localhost\"")],
                applicability: Applicability::Maybe,
            });
        }
        if help == CHOOSE_PORT && face.ports.len() < 2 {
            let right = "expose nodeport 30080";
            diagnostic = diagnostic.with_fix(Fix {
                title: format!("write `{right}`"),
                edits: vec![Edit::replace(face.expose.span, right)],
                applicability: Applicability::Maybe,
            });
        }
        if !unread {
            found.lacks(diagnostic);
        }
    };
    match &face.expose.value {
        Expose::Internal => {
            let message = format!("`{name}` has no public address: nothing exposes it");
            if !unread {
                let ingress = format!("expose ingress \"{name}.example.com\"");
                found.lacks(
                    Diagnostic::new(Code::NotExposed, place, message)
                        .also(face.tier.span, "reached from within the cluster alone")
                        .help(format!(
                            "expose it: `{ingress}`, or `expose nodeport 30080`"
                        ))
                        .with_fix(Fix {
                            title: format!("expose `{name}` by an ingress"),
                            edits: vec![Edit::add(face.tier.span, ingress)],
                            applicability: Applicability::Maybe,
                        }),
                );
            }
            None
        }
        Expose::NodePort { port: None } => {
            unknown("the cluster chooses the node port", CHOOSE_PORT);
            None
        }
        Expose::NodePort { port } => {
            let Some(host) = host else {
                unknown("no host is said", SAY_HOST);
                return None;
            };
            Some(at(host, *port))
        }
        Expose::LoadBalancer => {
            let Some(host) = host else {
                unknown("no host is said", SAY_HOST);
                return None;
            };
            let own = if scheme == "https" { 443 } else { 80 };
            let port = exposed.map(|port| port.service);
            Some(at(host, port.filter(|port| *port != own)))
        }
        Expose::Forward { port } => Some(at("localhost".to_owned(), Some(*port))),
        Expose::Ingress {
            host, path, tls, ..
        } => Some(PublicAddress {
            scheme: if tls.is_some() { "https" } else { HTTP },
            host: host.clone(),
            port: None,
            path: path.trim_end_matches('/').to_owned(),
        }),
    }
}

/// What browsers know a tier by.
pub(in crate::check) fn member<'a>(
    face: &TierFace<'_>,
    value: PublicMember,
    place: Place<'_>,
    scope: &Scope<'_>,
    found: &mut Findings,
) -> Option<Content<'a>> {
    let Place { span, .. } = place;
    let address = public_address(face, scope, span, found)?;
    if value != PublicMember::Host {
        ports::url_scheme(face.exposed_port.as_ref()?, span, found)?;
    }
    let text = match value {
        PublicMember::Url => address.url(),
        PublicMember::WebSocket => {
            let port = face.exposed_port.as_ref()?;
            let scheme = ports::web_socket(address.scheme, &port.name, port.origin, span, found)?;
            address.with_scheme(scheme).url()
        }
        PublicMember::Origin => address.origin(),
        PublicMember::Host => address.host,
    };
    let stated = Fact::Public {
        tier: face.id.name.clone(),
        member: value,
    };
    Some(Content::Plain(
        place.with_path(Text::fact(stated, text, span)),
    ))
}

/// The address by which browsers know a tier, where it can be known and has a URL; without a
/// complaint.
pub(in crate::check) fn known(face: &TierFace<'_>, scope: &Scope<'_>) -> Option<PublicAddress> {
    let mut unsaid = Findings::default();
    ports::url_scheme(face.exposed_port.as_ref()?, face.expose.span, &mut unsaid)?;
    public_address(face, scope, face.expose.span, &mut unsaid)
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
