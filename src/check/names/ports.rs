//! What a tier listens on, and which of its ports is meant.

use super::content::{Content, ReferencePlace};
use super::face::TierFace;
use crate::catalog::members::PortMember;
use crate::catalog::protocols::{self, HTTP};
use crate::check::findings::Findings;
use crate::check::types::implausible;
use crate::check::types::numbers;
use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Expose, Port, StatedFact, Text};
use crate::source::Span;
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
    if let (None, Some(written), Some(number)) = (&said.name, &said.container, container) {
        implausible::speaks_http(written, number, found);
    }
    let name = said.name.as_ref().map_or(HTTP, |name| &name.value);
    right.then_some(Port {
        name: name.to_owned(),
        container: container?,
        service: service?,
        origin: said.span,
    })
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

/// The port that an exposure means.
pub(in crate::check) fn exposed(
    face: &TierFace<'_>,
    of: Option<&Name>,
    found: &mut Findings,
) -> Option<Port> {
    let why = "this exposes it";
    let instead = "say which one: `expose … of PORT`";
    match (&face.expose.value, of) {
        (Expose::Internal, _) => None,
        (_, Some(name)) => face.named_port(name, found).cloned(),
        (_, None) => {
            let place = face.expose.span;
            face.main_port(place, why, instead, found).cloned()
        }
    }
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
            url_scheme(port, place.span, found)?,
            &port.name,
            port.origin,
            place.span,
            found,
        )?,
    };
    let url = Text::literal(format!("{scheme}://"), span).then(address);
    Some(Content::Plain(place.with_path(url)))
}

/// The scheme of a port's URLs; complains at `place` where it has none.
pub(in crate::check) fn url_scheme(
    port: &Port,
    place: Span,
    found: &mut Findings,
) -> Option<&'static str> {
    let scheme = protocols::scheme(&port.name);
    if scheme.is_none() {
        let message = format!("a port called `{}` has no URL", port.name);
        found.push(
            Diagnostic::new(Code::UnknownMember, place, message)
                .also(port.origin, "this port")
                .help(if protocols::is_known(&port.name) {
                    "refer to `.address`, which is `HOST:PORT`".to_owned()
                } else {
                    format!(
                        "say by its name what it speaks, such as `http` or `http-{}`, or refer to `.address`, which is `HOST:PORT`",
                        port.name
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
        HTTP => Some("ws"),
        "https" => Some("wss"),
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
