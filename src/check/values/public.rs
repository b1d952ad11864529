//! The address by which browsers know a tier.

use crate::catalog::members::{MemberValue, PublicMember, TierMember};
use crate::catalog::protocols::{self, HTTP, HTTPS};
use crate::check::findings::Findings;
use crate::check::names::content::{Content, ReferencePlace};
use crate::check::names::face::TierFace;
use crate::check::names::ports;
use crate::check::names::scope::{Scope, Thing};
use crate::diag::{Applicability, Code, Diagnostic, Edit, Fix};
use crate::ir::{Expose, Port, PublicAddress, StatedFact, Text, is_wildcard, known_way};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Name, Reference};

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
    Exposed::of(face, None).address(scope)
}

/// The way in which a tier, or one of its ports, is exposed to browsers.
#[derive(Debug, Clone, Copy)]
pub(in crate::check) struct Exposed<'f> {
    face: &'f TierFace<'f>,
    /// The port, where it isn't the one by which browsers know the tier.
    further: Option<&'f Port>,
    /// Who reaches it; nobody where it isn't said.
    expose: Option<&'f Spanned<Expose>>,
    port: Option<&'f Port>,
    balancer: Option<&'f Name>,
}

impl<'f> Exposed<'f> {
    /// Of a tier, or of its port of a name.
    pub(in crate::check) fn of(face: &'f TierFace<'f>, port: Option<&Port>) -> Self {
        let own = face.exposed_port.as_ref();
        let Some(port) = port.filter(|port| own.is_none_or(|own| own.name != port.name)) else {
            return Exposed {
                face,
                further: None,
                expose: Some(&face.expose),
                port: own,
                balancer: face.balancer,
            };
        };
        let port = face.ports.iter().find(|it| it.name == port.name);
        let all = face.further.iter();
        let all = all.filter(|it| port.is_some_and(|port| it.port.name == port.name));
        let way = known_way(all, |it| &it.expose.value);
        Exposed {
            face,
            further: port,
            expose: way.map(|way| &way.expose),
            port,
            balancer: way.and_then(|way| way.balancer),
        }
    }

    /// What a reference to a public member is about, and which member it is.
    pub(in crate::check) fn read(
        reference: &Reference,
        thing: &'f Thing<'f>,
        member: MemberValue,
    ) -> Option<(Self, PublicMember)> {
        let Thing::Tier(face) = thing else {
            return None;
        };
        if let MemberValue::Tier(TierMember::Public(member)) = member {
            return Some((Self::of(face, None), member));
        }
        let MemberValue::PublicPort(member) = member else {
            return None;
        };
        let name = reference.parts.get(1)?;
        let port = face.ports.iter().find(|port| port.name == name.value)?;
        Some((Self::of(face, Some(port)), member))
    }

    /// The tier.
    pub(in crate::check) fn face(&self) -> &'f TierFace<'f> {
        self.face
    }

    /// Where it is said, else where the tier is.
    pub(in crate::check) fn place(&self) -> Span {
        self.expose
            .map_or(self.face.tier.span, |expose| expose.span)
    }

    /// What stands behind an `expose` of the same.
    pub(in crate::check) fn suffix(&self) -> String {
        let further = self.further.map(|port| format!(" of {}", port.name));
        further.unwrap_or_default()
    }

    /// The address by which browsers know it.
    pub(in crate::check) fn address(&self, scope: &Scope<'_>) -> Result<PublicAddress, NoAddress> {
        let expose = self.expose.ok_or(NoAddress::NotExposed)?;
        address_of(&expose.value, self.port, self.balancer, scope)
    }
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
    fn diagnostic(self, exposed: &Exposed<'_>, scope: &Scope<'_>, place: Span) -> Diagnostic {
        let face = exposed.face;
        let name = &face.id.name;
        let suffix = exposed.suffix();
        let whole = exposed.further.map(|port| format!("{name}.{}", port.name));
        let whole = whole.as_ref().unwrap_or(name);
        let unknown = |what: &str, help: &str| {
            let message = format!("the public address of `{whole}` can't be known: {what}");
            Diagnostic::new(Code::UnknownAddress, place, message)
                .also(exposed.place(), "it is exposed here")
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
                if let Some(port) = exposed.further {
                    return port_is_not_exposed(face, port, whole, place);
                }
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
                let right = format!("expose nodeport 30080{suffix}");
                let diagnostic = unknown(
                    "the cluster chooses the node port",
                    &format!("choose it: `{right}`"),
                );
                if face.ports.len() > 1 {
                    return diagnostic;
                }
                let title = format!("write `{right}`");
                fixed(diagnostic, title, Edit::replace(exposed.place(), right))
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

/// What to say where something refers to the public address of a port that nothing exposes.
fn port_is_not_exposed(face: &TierFace<'_>, port: &Port, whole: &str, place: Span) -> Diagnostic {
    let message = format!("`{whole}` has no public address: nothing exposes this port");
    let diagnostic = Diagnostic::new(Code::NotExposed, place, message);
    if let Some((_, route)) = face.view.routes.first() {
        let name = &face.id.name;
        return diagnostic
            .also(
                route.path.span,
                format!("this path stands in place of every `expose` of `{name}`"),
            )
            .help(format!(
                "write the address as text where it is read, or delete this path, so that every `expose` of `{name}` counts"
            ));
    }
    let (name, of) = (&face.id.name, &port.name);
    diagnostic
        .also(port.origin, "reached from within the cluster alone")
        .help(if port.is_tcp() {
            format!(
                "expose it: `expose ingress \"{of}.{name}.example.com\" of {of}`, or `expose nodeport 30081 of {of}`"
            )
        } else {
            format!("expose it: `expose nodeport 30081 of {of}`")
        })
}

/// What browsers know a tier, or one of its ports, by. Complains where they know it by nothing.
pub(in crate::check) fn member<'a>(
    face: &TierFace<'_>,
    port: Option<&Port>,
    value: PublicMember,
    place: ReferencePlace<'_>,
    scope: &Scope<'_>,
    found: &mut Findings,
) -> Option<Content<'a>> {
    let ReferencePlace { span, .. } = place;
    let exposed = Exposed::of(face, port);
    let address = match exposed.address(scope) {
        Ok(address) => address,
        Err(why) => {
            // What couldn't be read may say how it is reached.
            if !(scope.settings.broken || face.view.broken) {
                found.push_merged(why.diagnostic(&exposed, scope, span));
            }
            return None;
        }
    };
    if value != PublicMember::Host {
        let port = exposed.port?;
        let is_proxied = matches!(
            exposed.expose?.value,
            Expose::Ingress { .. } | Expose::Elsewhere { .. }
        );
        if !is_proxied || port.is_known() {
            ports::url_scheme(port, span, found)?;
        }
    }
    let text = match value {
        PublicMember::Url => address.url(),
        PublicMember::WebSocket => {
            let port = exposed.port?;
            let scheme = ports::web_socket(&address.scheme, &port.name, port.origin, span, found)?;
            address.with_scheme(scheme).url()
        }
        PublicMember::Origin => address.origin(),
        PublicMember::Host => address.host.clone(),
    };
    let stated = StatedFact::Public {
        tier: face.id.name.clone(),
        port: exposed.further.map(|port| port.name.clone()),
        member: value,
    };
    let host = exposed.balancer.or(scope.settings.host);
    let host = host.filter(|host| host.value == address.host);
    let places: Vec<_> = std::iter::once(exposed.place())
        .chain(host.map(|host| host.span))
        .chain(exposed.port.map(|port| port.origin))
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
