//! Addresses such as `localhost` that a process in a container reads: there it is the container itself.

use std::collections::BTreeSet;

use super::origins;
use super::readings::{self, LeafKind, Reading, Readings, When};
use crate::catalog::hosts::is_of_a_laptop;
use crate::check::findings::Findings;
use crate::check::names::scope::{Scope, Thing};
use crate::check::types::urls::{Url, is_loopback};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{Name, Value, ValueKind};

/// Parts of names whose values are told to browsers, or say where a process listens.
const OF_OTHERS: &[&str] = &[
    "AUTH_URL", "BIND", "CALLBACK", "FRONTEND", "HOSTNAME", "HOSTS", "LISTEN", "NO_PROXY",
    "ORIGIN", "PUBLIC", "REDIRECT", "SITE",
];

/// Warns of such addresses.
pub(in crate::check) fn check(readings: &Readings<'_, '_>, found: &mut Findings) {
    let scope = readings.scope;
    let mut seen = BTreeSet::new();
    let wanted =
        |name: &Name, value: Option<&Value>| value.is_some_and(|value| may_loop(name, value));
    for reading in readings.all(wanted) {
        let Some(value) = reading.value else { continue };
        if reading.when == When::Build || !may_loop(reading.name, value) {
            continue;
        }
        for leaf in reading.leaves(scope) {
            if let LeafKind::Text(text) = leaf.kind
                && !seen.contains(&leaf.span)
                && let Some(diagnostic) = is_of_another(text, leaf.span, &reading, scope)
            {
                seen.insert(leaf.span);
                found.push(diagnostic);
            }
        }
    }
}

/// Whether a variable of that name leads its reader to what its value, as text, says.
fn may_loop(name: &Name, value: &Value) -> bool {
    let upper = name.value.to_ascii_uppercase();
    let is_theirs = OF_OTHERS.iter().any(|part| upper.contains(part)) || origins::is_list(&upper);
    let is_text = match &value.kind {
        ValueKind::Text(_) | ValueKind::Bare(_) => true,
        ValueKind::List(items) | ValueKind::Json(items) => items
            .iter()
            .any(|item| matches!(item.kind, ValueKind::Text(_))),
        ValueKind::Reference(_) => false,
    };
    is_text && !is_theirs && upper != "HOST"
}

/// What to say of an address that its reader takes for another's.
fn is_of_another(
    text: &str,
    span: Span,
    reading: &Reading<'_, '_>,
    scope: &Scope<'_>,
) -> Option<Diagnostic> {
    let url = Url::of_address(text);
    let named = url.map_or(text, |url| url.host);
    if is_of_a_laptop(named) {
        let message =
            format!("`{named}` is the machine of whoever develops: no cluster has such a name");
        return Some(
            Diagnostic::new(Code::Loopback, span, message).help(what_is_there(reading, scope)),
        );
    }
    let url = url.filter(Url::is_loopback);
    let is_host = reading.name.value.to_ascii_uppercase().ends_with("HOST") && is_loopback(text);
    if url.is_none() && !is_host {
        return None;
    }
    let port = url.and_then(|url| url.port);
    let mut own = reading
        .face
        .ports
        .iter()
        .map(|port| port.container.to_string());
    // A process may ask itself, or what runs beside it.
    if port.is_some_and(|port| own.any(|own| own == port)) {
        return None;
    }
    let message = format!(
        "in the containers of `{}`, `{text}` is the container itself",
        reading.face.id.name
    );
    let diagnostic = Diagnostic::new(Code::Loopback, span, message);
    let said = |face: &crate::check::names::face::TierFace<'_>| {
        face.ports
            .iter()
            .any(|it| Some(it.container.to_string().as_str()) == port)
    };
    let mut others = readings::faces(scope).filter(|face| said(face));
    Some(match (others.next(), others.next(), url) {
        (Some(other), None, Some(url)) => {
            let path = match url.rest {
                "" | "/" => String::new(),
                rest => format!(" {}", serde_json::Value::from(rest)),
            };
            let right = format!("{}.url{path}", other.id.name);
            diagnostic
                .also(
                    other.tier.span,
                    format!("this listens on port {}", port.unwrap_or_default()),
                )
                .maybe(format!("write `{right}`"), span, right)
        }
        _ => diagnostic.help(what_is_there(reading, scope)),
    })
}

/// How to name what a process connects to, by what there is.
fn what_is_there(reading: &Reading<'_, '_>, scope: &Scope<'_>) -> String {
    let own = &reading.face.id.name;
    let others = scope.things.iter().filter(|(name, _)| *name != own);
    let known = others.filter_map(|(name, thing)| match thing {
        Thing::Tier(face) => face.port().map(|_| format!("`{name}.url`")),
        Thing::Database(..) | Thing::External(_) => Some(format!("`{name}.url`")),
        Thing::ExternalService(_) => Some(format!("`{name}.address`")),
        Thing::Job(..) => None,
    });
    let known: Vec<_> = known.take(3).collect();
    let outside = "declare what runs elsewhere, as `external NAME { … }`";
    if known.is_empty() {
        return outside.to_owned();
    }
    format!(
        "name what it connects to, such as {}, or {outside}",
        known.join(", ")
    )
}
