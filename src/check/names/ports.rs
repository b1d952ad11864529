//! What a tier listens on, and which of its ports is meant.

use super::content::{Content, ReferencePlace};
use super::face::TierFace;
use crate::catalog::members::PortMember;
use crate::catalog::protocols::{self, HTTP};
use crate::check::findings::Findings;
use crate::check::types::implausible;
use crate::check::types::numbers;
use crate::check::types::texts;
use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Expose, Port, StatedFact, Text, Transport};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, Name};

/// Longest name of a port (Kubernetes' `IsValidPortName`).
const MOST_NAME: usize = 15;

/// The ports that a tier says; those that can't be are left out.
pub(in crate::check) fn lower(tier: &ast::Tier, found: &mut Findings) -> Vec<Port> {
    let mut ports: Vec<Port> = Vec::new();
    for said in &tier.ports {
        let Some(port) = port(said, found) else {
            continue;
        };
        let twice = ports.iter().find_map(|first| {
            let what = if first.name == port.name {
                format!("the name `{}`", port.name)
            } else if first.transport != port.transport {
                return None;
            } else if first.container == port.container {
                format!("the number {}", port.container)
            } else if first.service == port.service {
                format!("the Service's number {}", port.service)
            } else {
                return None;
            };
            Some((first.origin, what))
        });
        match twice {
            Some((first, what)) => found.push(
                Diagnostic::new(
                    Code::PortTaken,
                    port.origin,
                    format!("two ports have {what}"),
                )
                .also(first, "the other one")
                .help("give each a name and a number of its own: `port grpc 9090`"),
            ),
            None => ports.push(port),
        }
    }
    ports
}

fn port(said: &ast::Port, found: &mut Findings) -> Option<Port> {
    let right = said.name.as_ref().is_none_or(|name| is_name(name, found));
    let container = numbers::port(said.container.as_ref()?, found);
    let service = match &said.service {
        Some(service) => numbers::port(service, found),
        None => container,
    };
    let scheme = said.scheme.as_ref();
    let scheme = scheme.filter(|scheme| texts::is_scheme(scheme, found));
    let is_named_right = names_what_it_speaks(said, scheme, found);
    if let (None, true, Some(written), Some(number)) =
        (&said.name, is_named_right, &said.container, container)
    {
        implausible::speaks_http(written, number, found);
    }
    let name = said.name.as_ref().map_or(HTTP, |name| &name.value);
    (right && is_named_right).then_some(Port {
        name: name.to_owned(),
        container: container?,
        service: service?,
        transport: match said.udp {
            Some(_) => Transport::Udp,
            None => Transport::Tcp,
        },
        scheme: scheme.map(|scheme| scheme.value.clone()),
        origin: said.span,
    })
}

/// Whether the name of a port says what its other words say: without a name it is `http`, which service
/// meshes and Ingress controllers believe.
fn names_what_it_speaks(said: &ast::Port, scheme: Option<&Name>, found: &mut Findings) -> bool {
    let Some(number) = &said.container else {
        return false;
    };
    match (&said.name, said.udp, scheme) {
        (None, Some(place), _) => {
            let message = "a UDP port needs a name: one without a name speaks http, over TCP";
            found.push(
                Diagnostic::new(Code::Expected, place, message).help(format!(
                    "name it before its number, such as `port dns {} udp`",
                    number.value
                )),
            );
            false
        }
        (Some(name), Some(place), _) if protocols::is_known(&name.value) => {
            let message = format!("`{}` names a port that speaks over TCP", name.value);
            let other = if protocols::is_http(&name.value) {
                "http3"
            } else {
                "data"
            };
            found.push(
                Diagnostic::new(Code::InvalidName, name.span, message)
                    .also(place, "this one is UDP")
                    .help(format!(
                        "call it something else, such as `port {other} {} udp`",
                        number.value
                    )),
            );
            false
        }
        (None, None, Some(scheme)) if scheme.value != HTTP => {
            let message = "a port without a name speaks http";
            let diagnostic = Diagnostic::new(Code::Expected, scheme.span, message);
            let (number, scheme) = (&number.value, &scheme.value);
            found.push(diagnostic.help(if protocols::is_known(scheme) {
                format!("write `port {scheme} {number}`: its name says its scheme")
            } else {
                format!(
                    "name it: `port {} {number} scheme \"{scheme}\"`",
                    word(scheme)
                )
            }));
            false
        }
        _ => true,
    }
}

/// A scheme as the name of a port.
fn word(scheme: &str) -> String {
    let base = scheme.split(['+', '.']).next().unwrap_or_default();
    let word: String = base.chars().take(MOST_NAME).collect();
    word.trim_end_matches('-').to_owned()
}

/// Whether a text can name a port (Kubernetes' `IsValidPortName`); it has a letter, for it is a
/// word.
fn is_name(name: &Name, found: &mut Findings) -> bool {
    let known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let right = |text: &str| {
        text.len() <= MOST_NAME
            && text.chars().all(known)
            && !text.contains("--")
            && !text.ends_with('-')
            && text.contains(|c: char| c.is_ascii_lowercase())
    };
    if matches!(name.value.as_str(), "udp" | "tcp") {
        let message = format!("`{}` can't be the name of a port", name.value);
        found.push(Diagnostic::new(Code::InvalidName, name.span, message).help(
            if name.value == "udp" {
                "name the port, and write `udp` behind its number: `port dns 53 udp`"
            } else {
                "leave it out: a port is TCP unless it says `udp`"
            },
        ));
        return false;
    }
    if right(&name.value) {
        return true;
    }
    let message = format!("`{}` can't be the name of a port", name.value);
    let diagnostic = Diagnostic::new(Code::InvalidName, name.span, message);
    let fixed = name.value.to_ascii_lowercase().replace('_', "-");
    found.push(if right(&fixed) && !fixed.starts_with('-') {
        diagnostic.maybe(format!("write `{fixed}`"), name.span, fixed)
    } else {
        diagnostic.help("write up to 15 lower-case letters, digits and single `-`")
    });
    false
}

impl TierFace<'_> {
    /// The port that stands for the tier. Complains where none does; `why` says what `place` needs
    /// it for, `instead` how it could name another one.
    pub(in crate::check) fn main_port(
        &self,
        place: Span,
        why: &str,
        instead: &str,
        found: &mut Findings,
    ) -> Option<&Port> {
        let port = Port::main(&self.ports);
        // A port that is wrong may be the one that is meant.
        let all_are_right = self.ports.len() == self.tier.ports.len() && !self.tier.broken;
        match self.ports.as_slice() {
            [] => self.needs_port(place, why, found),
            [first, ..] if port.is_none() && all_are_right => {
                let message = format!("`{}` has several ports, and none is `http`", self.id.name);
                found.push(
                    Diagnostic::new(Code::MissingPort, place, message)
                        .label(why)
                        .also(first.origin, "the first of its ports")
                        .help(instead),
                );
            }
            _ => {}
        }
        port.filter(|_| all_are_right)
    }

    /// The port of that name, which stands behind `of`; complains where there is none.
    pub(in crate::check) fn named_port(&self, name: &Name, found: &mut Findings) -> Option<&Port> {
        let port = self.ports.iter().find(|port| port.name == name.value);
        if port.is_none() && self.ports.len() == self.tier.ports.len() && !self.tier.broken {
            let message = format!("`{}` has no port `{}`", self.id.name, name.value);
            let diagnostic = Diagnostic::new(Code::UnknownName, name.span, message);
            let names: Vec<_> = self.ports.iter().map(|port| port.name.as_str()).collect();
            found.push(match nearest(&name.value, names.iter().copied()) {
                Some(near) => diagnostic.meant(near.unsure(), name.span),
                None if names.is_empty() => {
                    diagnostic.help(format!("say it: `port {} 9090`", name.value))
                }
                None => diagnostic.help(format!("its ports are `{}`", names.join("`, `"))),
            });
        }
        port
    }
}

/// The statement of a port with these numbers.
pub(in crate::check) fn written(port: &Port, container: u16, service: u16) -> String {
    let mut text = "port ".to_owned();
    if port.name != HTTP {
        text.extend([&port.name, " "]);
    }
    text.push_str(&container.to_string());
    if service != container {
        text.extend([format!(" as {service}")]);
    }
    if !port.is_tcp() {
        text.push_str(" udp");
    }
    if let Some(scheme) = &port.scheme {
        text.extend([format!(" scheme \"{scheme}\"")]);
    }
    text
}

/// The port that an exposure means.
pub(in crate::check) fn exposed(
    face: &TierFace<'_>,
    expose: &Spanned<Expose>,
    of: Option<&Name>,
    found: &mut Findings,
) -> Option<Port> {
    let why = "this exposes it";
    let instead = "say which one: `expose … of PORT`";
    match (&expose.value, of) {
        (Expose::Internal, _) => None,
        (_, Some(name)) => {
            let port = face.named_port(name, found).cloned();
            port.filter(|port| carries(expose, port, found))
        }
        (_, None) => {
            let place = expose.span;
            let port = face.main_port(place, why, instead, found).cloned();
            port.filter(|port| carries(expose, port, found))
        }
    }
}

/// Whether what an exposure puts before a port passes on what it carries; complains if it doesn't.
fn carries(expose: &Spanned<Expose>, port: &Port, found: &mut Findings) -> bool {
    let what = match &expose.value {
        _ if port.is_tcp() => return true,
        Expose::Internal | Expose::NodePort { .. } | Expose::LoadBalancer => return true,
        Expose::Ingress { .. } | Expose::Elsewhere { .. } => {
            "what has a public address of http passes on no UDP"
        }
        Expose::Forward { .. } => "a forward passes on TCP, and no UDP",
    };
    found.push(
        Diagnostic::new(Code::UdpPort, expose.span, what)
            .also(port.origin, "this port is UDP")
            .help(format!(
                "write `expose nodeport 30053 of {0}`, or `expose loadbalancer of {0}`",
                port.name
            )),
    );
    false
}

/// A member of a port.
pub(in crate::check) fn member<'a>(
    face: &TierFace<'_>,
    port: &Port,
    value: PortMember,
    place: ReferencePlace<'_>,
    found: &mut Findings,
) -> Option<Content<'a>> {
    let ReferencePlace { span, .. } = place;
    let (tier, name) = (face.id.name.clone(), port.name.clone());
    if value == PortMember::Number {
        let stated = StatedFact::ContainerPort { tier, port: name };
        let number = Text::fact(stated, port.container.to_string(), span);
        let number = number.stated_at(&[port.origin]);
        return Some(Content::Plain(number));
    }
    let host = Text::fact(StatedFact::Host(tier.clone()), &face.id.service, span);
    let stated = StatedFact::ServicePort { tier, port: name };
    let number = Text::fact(stated, port.service.to_string(), span).stated_at(&[port.origin]);
    let address = host.and(":", span).then(number);
    let scheme = match value {
        PortMember::Number | PortMember::Address => return Some(Content::Plain(address)),
        PortMember::Url => url_scheme(port, place.span, found)?,
        PortMember::WebSocket => web_socket(
            &url_scheme(port, place.span, found)?,
            &port.name,
            port.origin,
            place.span,
            found,
        )?
        .to_owned(),
    };
    let url = Text::literal(format!("{scheme}://"), span).then(address);
    Some(Content::Plain(place.with_path(url)))
}

/// The scheme of a port's URLs; complains at `place` where it has none.
pub(in crate::check) fn url_scheme(
    port: &Port,
    place: Span,
    found: &mut Findings,
) -> Option<String> {
    let scheme = port.url_scheme().map(str::to_owned);
    if scheme.is_none() {
        let message = format!("a port called `{}` has no URL", port.name);
        found.push(
            Diagnostic::new(Code::UnknownMember, place, message)
                .also(port.origin, "this port")
                .help(if protocols::is_known(&port.name) || !port.is_tcp() {
                    "refer to `.address`, which is `HOST:PORT`".to_owned()
                } else {
                    format!(
                        "say what it speaks by its name, such as `http` or `http-{0}`, or by a scheme: `port {0} {1} scheme \"http\"`; or refer to `.address`, which is `HOST:PORT`",
                        port.name, port.container
                    )
                }),
        );
    }
    scheme
}

/// The scheme of web sockets beside that of a port's URLs.
pub(in crate::check) fn web_socket(
    scheme: &str,
    name: &str,
    declared: Span,
    place: Span,
    found: &mut Findings,
) -> Option<&'static str> {
    match scheme {
        HTTP | "ws" => Some("ws"),
        "https" | "wss" => Some("wss"),
        _ => {
            let message = format!("a port called `{name}` has no web sockets");
            found.push(
                Diagnostic::new(Code::UnknownMember, place, message)
                    .also(declared, "this port")
                    .help("refer to `.url`"),
            );
            None
        }
    }
}
