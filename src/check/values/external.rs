//! Services outside of the cluster: what refers to them, and what is wrong with them.

use crate::catalog::members::PortMember;
use crate::catalog::protocols::{self, HTTP, PROTOCOLS};
use crate::check::findings::Findings;
use crate::check::names::content::{Content, ReferencePlace};
use crate::check::names::ports::web_socket;
use crate::check::types::numbers;
use crate::check::types::texts;
use crate::diag::suggest::did_you_mean;
use crate::diag::{Code, Diagnostic};
use crate::ir::{StatedFact, Text};
use crate::source::Span;
use crate::syntax::ast::{ExternalService, Name};

/// Complains of what is missing or can't be.
pub(in crate::check) fn is_right(external: &ExternalService, found: &mut Findings) {
    if let Some(host) = &external.host {
        texts::is_host(host, true, found);
    }
    if let Some(scheme) = &external.scheme {
        is_protocol(scheme, found);
    }
    if let Some(port) = &external.port {
        numbers::port(port, found);
    }
    let (what, example) = match (&external.host, &external.port) {
        (None, None) => ("where it is", "host \"api.example.com\", port https 443"),
        (None, Some(_)) => ("its host", "host \"api.example.com\""),
        (Some(_), None) => ("its port", "port https 443"),
        (Some(_), Some(_)) => return,
    };
    if external.broken {
        return;
    }
    let message = format!("this external service doesn't say {what}");
    let diagnostic = Diagnostic::new(Code::MissingStatement, external.span, message);
    found.push(diagnostic.help(format!("say it: `{example}`")));
}

/// The protocols that have a name.
fn names() -> impl Iterator<Item = &'static str> + Clone {
    PROTOCOLS.iter().map(|it| it.name).chain([HTTP])
}

/// Complains of a word that is no protocol. Unlike that of a tier's port, which is a name of its own, a
/// word that is unknown would stand in URLs.
fn is_protocol(scheme: &Name, found: &mut Findings) {
    if names().any(|name| name == scheme.value) {
        return;
    }
    let message = format!("`{}` isn't a known protocol", scheme.value);
    let diagnostic = Diagnostic::new(Code::UnknownName, scheme.span, message);
    found.push(match did_you_mean(&scheme.value, names()) {
        Some(near) => diagnostic.fix(format!("did you mean `{near}`?"), scheme.span, near),
        None => diagnostic.help(format!(
            "choose one: `{}`; of any other, refer to `.address`",
            names().collect::<Vec<_>>().join("`, `")
        )),
    });
}

/// The host, as `place` refers to it, if it can be one; what is wrong with it is said once, where it stands.
pub(in crate::check) fn host(external: &ExternalService, place: Span) -> Option<Text> {
    let host = external.host.as_ref()?;
    let stated = StatedFact::ExternalHost(external.name.as_ref()?.value.clone());
    let text = || Text::fact(stated, &host.value, place).stated_at(&[host.span]);
    texts::is_host_name(&host.value, true).then(text)
}

/// A member that needs the port.
pub(in crate::check) fn member<'a>(
    external: &ExternalService,
    value: PortMember,
    place: ReferencePlace<'_>,
    found: &mut Findings,
) -> Option<Content<'a>> {
    let said = external.port.as_ref()?;
    let number = numbers::port_number(&said.value)?;
    let ReferencePlace { span, .. } = place;
    let stated = StatedFact::ExternalPort(external.name.as_ref()?.value.clone());
    let port = Text::fact(stated, number.to_string(), span).stated_at(&[said.span]);
    if value == PortMember::Number {
        return Some(Content::Plain(port));
    }
    let host = host(external, span)?;
    if value == PortMember::Address {
        return Some(Content::Plain(host.and(":", span).then(port)));
    }
    let name = match &external.scheme {
        None => HTTP,
        Some(name) if names().any(|known| known == name.value) => &name.value,
        Some(_) => return None,
    };
    let declared = external.scheme.as_ref().or(external.port.as_ref())?.span;
    let Some(scheme) = protocols::scheme(name) else {
        let message = format!("what speaks `{name}` has no URL");
        found.push(
            Diagnostic::new(Code::UnknownMember, place.span, message)
                .also(declared, "it is said here")
                .help("refer to `.address`, which is `HOST:PORT`"),
        );
        return None;
    };
    let own = protocols::own_port(scheme) == Some(number);
    let scheme = match value {
        PortMember::WebSocket => web_socket(scheme, name, declared, place.span, found)?,
        PortMember::Url | PortMember::Number | PortMember::Address => scheme,
    };
    let url = Text::literal(format!("{scheme}://"), span).then(host);
    let url = if own {
        url
    } else {
        url.and(":", span).then(port)
    };
    Some(Content::Plain(place.with_path(url)))
}
