//! Addresses of the application's own parts that are typed as text. Nothing holds them to the names
//! of Services, and a policy admits those alone that refer to what they call.

use std::collections::BTreeSet;

use super::findings::Findings;
use super::origins;
use super::readings::{self, LeafKind, Reading, When};
use super::scope::{Scope, Thing};
use super::urls::Url;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{Name, Value, ValueKind};

/// Warns of each.
pub(super) fn check(scope: &Scope<'_>, found: &mut Findings) {
    let wanted = |name: &Name, value: Option<&Value>| {
        value.is_some_and(is_text) && !origins::is_list(&name.value.to_ascii_uppercase())
    };
    let mut seen = BTreeSet::new();
    for reading in readings::all(scope, wanted) {
        if reading.when == When::Build || !wanted(reading.name, reading.value) {
            continue;
        }
        for leaf in reading.leaves(scope) {
            if let LeafKind::Text(text) = leaf.kind
                && let Some(diagnostic) = typed(text, leaf.span, &reading, scope)
                && seen.insert(leaf.span)
            {
                found.push(diagnostic);
            }
        }
    }
}

/// Whether a value is, or lists, text.
fn is_text(value: &Value) -> bool {
    match &value.kind {
        ValueKind::Text(_) => true,
        ValueKind::List(items) | ValueKind::Json(items) => items.iter().any(is_text),
        ValueKind::Bare(_) | ValueKind::Reference(_) => false,
    }
}

/// What to say of a text that leads to a part of the application.
fn typed(
    text: &str,
    span: Span,
    reading: &Reading<'_, '_>,
    scope: &Scope<'_>,
) -> Option<Diagnostic> {
    let url = Url::of_address(text);
    let is_host = reading.name.value.to_ascii_uppercase().ends_with("HOST");
    let host = match url {
        Some(url) => url.host,
        None if is_host => text,
        None => return None,
    };
    let first = host.split('.').next().unwrap_or(host);
    let is_inner = first == host || host.contains(".svc");
    let mut things = scope.things.iter().filter_map(|(name, thing)| {
        let (Thing::Tier(_) | Thing::Database(..)) = thing else {
            return None;
        };
        Some((*name, thing, service(thing)?))
    });
    let (name, thing, service) =
        things.find(|(name, _, service)| is_inner && (first == *name || first == *service))?;
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
