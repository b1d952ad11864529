//! Addresses of the application's own parts that are typed as text. Nothing holds them to the names
//! of Services, and a policy admits those alone that refer to what they call.

use std::collections::{BTreeMap, BTreeSet};

use super::origins;
use super::readings::{LeafKind, Reading, Readings, When};
use crate::check::findings::Findings;
use crate::check::names::scope::{Scope, Thing};
use crate::check::types::urls::Url;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{Name, Value, ValueKind};

/// Warns of each.
pub(in crate::check) fn check(readings: &Readings<'_, '_>, found: &mut Findings) {
    let scope = readings.scope;
    let parts = parts(scope);
    let wanted = |name: &Name, value: Option<&Value>| {
        value.is_some_and(|value| leads_to(name, value, &parts))
            && !origins::is_list(&name.value.to_ascii_uppercase())
    };
    let mut seen = BTreeSet::new();
    for reading in readings.all(wanted) {
        if reading.when == When::Build || !wanted(reading.name, reading.value) {
            continue;
        }
        for leaf in reading.leaves(scope) {
            if let LeafKind::Text(text) = leaf.kind
                && let Some(diagnostic) = typed(text, leaf.span, &reading, &parts)
                && seen.insert(leaf.span)
            {
                found.push(diagnostic);
            }
        }
    }
}

/// A part of the application that has an address.
#[derive(Clone, Copy)]
struct AddressPart<'s, 'a> {
    name: &'s str,
    thing: &'s Thing<'a>,
    service: &'s str,
}

/// All of them, by their names and by those of their Services.
fn parts<'s, 'a>(scope: &'s Scope<'a>) -> BTreeMap<&'s str, AddressPart<'s, 'a>> {
    let mut parts = BTreeMap::new();
    for (name, thing) in &scope.things {
        if let Some(service) = service(thing) {
            let part = AddressPart {
                name,
                thing,
                service,
            };
            parts.insert(service, part);
            parts.entry(*name).or_insert(part);
        }
    }
    parts
}

/// Whether a value is, or lists, the address of a part.
fn leads_to(name: &Name, value: &Value, parts: &BTreeMap<&str, AddressPart<'_, '_>>) -> bool {
    match &value.kind {
        ValueKind::Text(text) => part_of(text, name, parts).is_some(),
        ValueKind::List(items) | ValueKind::Json(items) => {
            items.iter().any(|item| leads_to(name, item, parts))
        }
        // A shared key says it itself.
        ValueKind::Bare(_) | ValueKind::Reference(_) => false,
    }
}

/// The part that a text leads to, its URL if it is one, and the host's first word.
fn part_of<'t, 's, 'a>(
    text: &'t str,
    name: &Name,
    parts: &BTreeMap<&str, AddressPart<'s, 'a>>,
) -> Option<(AddressPart<'s, 'a>, Option<Url<'t>>, &'t str)> {
    let url = Url::of_address(text);
    let is_host = name.value.to_ascii_uppercase().ends_with("HOST");
    let host = match url {
        Some(url) => url.host,
        None if is_host => text,
        None => return None,
    };
    let first = host.split('.').next().unwrap_or(host);
    let is_inner = first == host || host.contains(".svc");
    let part = *parts.get(first).filter(|_| is_inner)?;
    Some((part, url, first))
}

/// What to say of a text that leads to a part of the application.
fn typed(
    text: &str,
    span: Span,
    reading: &Reading<'_, '_>,
    parts: &BTreeMap<&str, AddressPart<'_, '_>>,
) -> Option<Diagnostic> {
    let (part, url, first) = part_of(text, reading.name, parts)?;
    let AddressPart {
        name,
        thing,
        service,
    } = part;
    // A process may ask itself, and what a tier needs lets it through.
    let mut needs = reading.face.tier.needs.iter();
    let is_needed = first == service && needs.any(|needed| needed.value == name);
    if name == reading.face.id.name || is_needed {
        return None;
    }
    let message = if first == service {
        format!("`{text}` leads to `{name}`, and nothing says so: the traffic isn't let through")
    } else {
        format!("`{text}` leads nowhere: the Service of `{name}` is `{service}`")
    };
    let diagnostic =
        Diagnostic::new(Code::TypedAddress, span, message).also(thing.span(), "declared here");
    let right = match (thing, url) {
        (_, None) => Some(format!("{name}.host")),
        (Thing::Tier(_), Some(url)) if url.scheme.is_empty() => {
            (url.rest.is_empty()).then(|| format!("{name}.address"))
        }
        (Thing::Tier(_), Some(url)) => {
            let member = if url.scheme.starts_with("ws") {
                "ws_url"
            } else {
                "url"
            };
            let path = match url.rest {
                "" | "/" => String::new(),
                rest => format!(" {}", serde_json::Value::from(rest)),
            };
            Some(format!("{name}.{member}{path}"))
        }
        (_, Some(url)) if url.scheme.is_empty() => Some(format!("{name}.address")),
        (_, Some(_)) => Some(format!("{name}.url")),
    };
    Some(match right {
        Some(right) => diagnostic.maybe(format!("write `{right}`"), span, right),
        None => diagnostic.help(format!("refer to it: `{name}.url`")),
    })
}

/// The name of a thing's Service, where it has one.
fn service<'s>(thing: &'s Thing<'_>) -> Option<&'s str> {
    match thing {
        Thing::Tier(face) if !face.tier.ports.is_empty() => Some(&face.id.service),
        Thing::Database(_, _, id) => Some(&id.service),
        Thing::Tier(_) | Thing::External(_) | Thing::ExternalService(_) | Thing::Job(..) => None,
    }
}
