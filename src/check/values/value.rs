//! Values: what stands behind `=`, and where it may flow.

use super::references;
use crate::catalog::bounds::MOST_CONFIG;
use crate::check::findings::Findings;
use crate::check::names::content::{Content, Plain};
use crate::check::names::link::Link;
use crate::check::names::scope::{Scope, SharedValue};
use crate::check::types::config_size::too_large;
use crate::diag::{Code, Diagnostic};
use crate::ir::{MOST_PLACES, StatedFact, Text, TextPart};
use crate::source::Span;
use crate::syntax::ast::{self, Giver, ValueKind};

/// What a value stands for, and which things it refers to.
#[derive(Debug)]
pub(in crate::check) struct Resolved<'a> {
    pub(in crate::check) content: Content<'a>,
    /// Things that it refers to, and how.
    pub(in crate::check) links: Vec<Link>,
}

/// What `value` stands for. `None` where it can't be known, which has been complained of.
pub(in crate::check) fn resolve<'a>(
    value: &'a ast::Value,
    scope: &Scope<'a>,
    found: &mut Findings,
) -> Option<Resolved<'a>> {
    let mut links = Vec::new();
    let content = match &value.kind {
        ValueKind::Text(text) | ValueKind::Bare(text) => {
            Content::Plain(Text::literal(text, value.span))
        }
        ValueKind::Reference(reference) => {
            references::resolve(reference, value.span, scope, &mut links, found)?
        }
        ValueKind::List(items) => {
            let texts = items_of(items, value.span, scope, &mut links, found)?;
            Content::Plain(joined(Text::default(), items, texts))
        }
        ValueKind::Json(items) => {
            let texts = items_of(items, value.span, scope, &mut links, found)?;
            let texts = items.iter().zip(texts).map(|(item, text)| match item.kind {
                ValueKind::Bare(_) => text,
                ValueKind::Text(_)
                | ValueKind::Reference(_)
                | ValueKind::List(_)
                | ValueKind::Json(_) => text.into_json(item.span),
            });
            let array = joined(Text::literal("[", value.span), items, texts);
            Content::Plain(array.and("]", value.span))
        }
    };
    Some(Resolved { content, links })
}

/// The values of a list behind `start`, with commas between them.
fn joined(start: Text, items: &[ast::Value], texts: impl IntoIterator<Item = Text>) -> Text {
    let mut all = start;
    for (index, (item, text)) in items.iter().zip(texts).enumerate() {
        let comma = if index > 0 { "," } else { "" };
        all = all.and(comma, item.span).then(text);
    }
    all
}

/// The values of a list; complains where that is more than fits anywhere.
fn items_of<'a>(
    items: &'a [ast::Value],
    span: Span,
    scope: &Scope<'a>,
    links: &mut Vec<Link>,
    found: &mut Findings,
) -> Option<Vec<Text>> {
    let mut texts = Vec::new();
    let mut size = 0;
    for item in items {
        let Some(plain) = plain(item, scope, LIST, found) else {
            continue;
        };
        size += usize::from(size > 0) + plain.text.len();
        // What is too large isn't kept: lists of lists would fill the memory.
        if size <= MOST_CONFIG {
            texts.push(plain.text);
        }
        for link in plain.links {
            if !links.iter().any(|known| known.is_same(&link)) {
                links.push(link);
            }
        }
    }
    if size > MOST_CONFIG {
        found.push(too_large(span, size));
    }
    (texts.len() == items.len()).then_some(texts)
}

/// The place of values that containers see, which may be given when the application is installed.
pub(in crate::check) const CONFIG: &str = "`config`";
/// The place of the value of a build argument.
pub(in crate::check) const ARGUMENT: &str = "a build argument";
/// The place of an item of a list. What is said of the list holds for it.
const LIST: &str = "a list";

/// A shared key in a text whose value nobody knows before the application is installed.
pub(in crate::check) fn unset<'t>(text: &'t Text, scope: &Scope<'_>) -> Option<&'t TextPart> {
    let mut parts = text.parts().iter();
    parts.find(|part| match &part.fact {
        Some(StatedFact::Config(key)) => scope.unset.contains(key.as_str()),
        Some(_) | None => false,
    })
}

/// What `value` stands for, where only plain text may stand; `place` says where that is.
pub(in crate::check) fn plain<'a>(
    value: &'a ast::Value,
    scope: &Scope<'a>,
    place: &str,
    found: &mut Findings,
) -> Option<Plain> {
    let plain = anywhere(value, scope, place, found)?;
    if place == CONFIG || place == LIST {
        return Some(plain);
    }
    let Some(part) = unset(&plain.text, scope) else {
        return Some(plain);
    };
    let message = format!("{place} needs a value, which nobody gives before the installation");
    found.push(
        Diagnostic::new(Code::MissingStatement, part.origin, message)
            .help("give the key of `config` a value, or write the text itself here"),
    );
    None
}

/// The same, where a value that nobody knows yet may stand as well.
fn anywhere<'a>(
    value: &'a ast::Value,
    scope: &Scope<'a>,
    place: &str,
    found: &mut Findings,
) -> Option<Plain> {
    let resolved = resolve(value, scope, found)?;
    if let Some(declared) = resolved.content.secret() {
        let message = format!("a secret can't stand in {place}, where anyone may read it");
        let help = if place == ARGUMENT {
            "give it to the container, in the tier's `env`, or to the build by a variable of whoever builds: `secret NAME`"
        } else {
            "give it to a container as a variable of its own, in the tier's `env`"
        };
        found.push(
            Diagnostic::new(Code::SecretExposed, value.span, message)
                .also(declared, "the secret is declared here")
                .help(help),
        );
        return None;
    }
    match resolved.content {
        Content::Plain(text) => Some(Plain {
            text,
            links: resolved.links,
        }),
        Content::Config(setting) => {
            if setting.giver == Giver::Anyone {
                let message = format!("`{}` has no value here", setting.key.value);
                found.push(
                    Diagnostic::new(Code::MissingStatement, value.span, message)
                        .also(setting.key.span, "it is optional, and nothing gives it one")
                        .help("give it a value, or let a container read it by its own name"),
                );
            }
            let key = setting.key.value.as_str();
            let SharedValue {
                setting: entry,
                links,
            } = scope.values.get(key)?.as_ref()?;
            let text = &entry.value;
            let places = std::iter::once(setting.key.span).chain(text.places());
            let places: Vec<_> = places.take(MOST_PLACES).collect();
            Some(Plain {
                text: Text::fact(
                    StatedFact::Config(key.to_owned()),
                    text.joined(),
                    value.span,
                )
                .stated_at(&places),
                links: links.clone(),
            })
        }
        Content::Pod(_) => {
            let message = format!("{place} can't hold what only a running pod knows");
            found.push(
                Diagnostic::new(Code::PodValue, value.span, message)
                    .help("write it in the `env` of the tier or job, as a variable of its own: `POD_NAME = pod.name`"),
            );
            None
        }
        Content::Secret(..) | Content::Composed(_) => None,
    }
}
