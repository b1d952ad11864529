//! Who reads each URL, and when: browsers know other addresses than pods do, and what a framework
//! sends to them is fixed while the image is built.

use std::collections::BTreeSet;

use super::known;
use super::readings::{self, Leaf, LeafKind, Reading, Readings, When};
use crate::catalog::RECIPES;
use crate::catalog::members::{MemberValue, PublicMember};
use crate::check::findings::Findings;
use crate::check::names::scope::{Scope, Thing};
use crate::check::types::urls::Url;
use crate::check::values::public::{Exposed, public_address, repeated};
use crate::diag::{Applicability, Code, Diagnostic, Edit, Fix};
use crate::source::Span;
use crate::syntax::ast::{EnvLine, Name, Reference, Value, ValueKind};

/// Checks all values that browsers are meant to read, and paths behind public URLs.
pub(in crate::check) fn check(readings: &Readings<'_, '_>, found: &mut Findings) {
    let scope = readings.scope;
    let mut late = BTreeSet::new();
    for reading in public(readings) {
        if reading.when == When::Build {
            for leaf in reading.leaves(scope) {
                browsers_reach(&leaf, &reading, scope, found);
            }
        } else if late.insert(reading.name.span) {
            too_late(&reading, scope, found);
        }
    }
    for reading in readings.all(|_, value| value.is_some_and(has_path)) {
        for leaf in reading.leaves(scope) {
            path_stands_once(&leaf, scope, found);
        }
    }
}

/// All names that a tier's framework sends to browsers.
pub(in crate::check) fn public<'s, 'a>(
    readings: &Readings<'s, 'a>,
) -> impl Iterator<Item = Reading<'s, 'a>> {
    let of_any = |name: &Name| RECIPES.iter().any(|recipe| recipe.is_public(&name.value));
    let all = readings.all(|name, _| of_any(name)).into_iter();
    all.filter(|reading| {
        let recipe = reading.recipe;
        recipe.is_some_and(|recipe| recipe.is_public(&reading.name.value))
    })
}

/// Whether a value is, or lists, a reference with a path.
fn has_path(value: &Value) -> bool {
    match &value.kind {
        ValueKind::Reference(reference) => reference.path.is_some(),
        ValueKind::List(items) | ValueKind::Json(items) => items.iter().any(has_path),
        ValueKind::Text(_) | ValueKind::Bare(_) => false,
    }
}

/// An address that pods alone can use, and what browsers can use instead.
struct Inner<'s, 'a> {
    /// As it is written.
    shown: String,
    /// The name of what it leads to.
    owner: String,
    thing: &'s Thing<'a>,
    /// What is to be replaced, and by what.
    instead: Option<(Span, String)>,
}

/// What of a leaf is an address within the cluster.
fn inner<'s, 'a>(leaf: &Leaf<'s, 'a>, scope: &'s Scope<'a>) -> Option<Inner<'s, 'a>> {
    match leaf.kind {
        LeafKind::Member(reference, thing, member) => {
            let public = readings::within_cluster(member)?;
            let words: Vec<_> = reference
                .parts
                .iter()
                .map(|part| part.value.as_str())
                .collect();
            let (Some(second), Some(last)) = (reference.parts.get(1), reference.parts.last())
            else {
                return None;
            };
            Some(Inner {
                shown: words.join("."),
                owner: reference.parts.first()?.value.clone(),
                thing,
                instead: public.map(|word| {
                    let word = match further(reference, thing, member) {
                        Some(port) => format!("{port}.{word}"),
                        None => word.to_owned(),
                    };
                    (second.span.to(last.span), word)
                }),
            })
        }
        LeafKind::Text(text) => {
            let url = Url::of(text)?;
            let host = url.host.split('.').next().unwrap_or(url.host);
            let is_service = host == url.host || url.host.contains(".svc");
            let mut faces = readings::faces(scope);
            let face = faces.find(|face| host == face.id.service || host == face.id.name);
            let face = face.filter(|face| is_service && !face.is_job)?;
            let path = match url.rest {
                "" | "/" => String::new(),
                rest => format!(" {}", serde_json::Value::from(rest)),
            };
            let thing = scope.things.get(face.id.name.as_str())?;
            Some(Inner {
                shown: text.to_owned(),
                owner: face.id.name.clone(),
                thing,
                instead: Some((leaf.span, format!("{}.public_url{path}", face.id.name))),
            })
        }
    }
}

/// The port that a member is of, where browsers know it by an address of its own.
fn further<'r>(
    reference: &'r Reference,
    thing: &Thing<'_>,
    member: MemberValue,
) -> Option<&'r str> {
    let (Thing::Tier(face), MemberValue::Port(_)) = (thing, member) else {
        return None;
    };
    let name = reference.parts.get(1)?.value.as_str();
    let is_first = face.exposed_port.as_ref().is_some_and(|it| it.name == name);
    let is_known = !is_first && face.further.iter().any(|it| it.port.name == name);
    is_known.then_some(name)
}

impl Inner<'_, '_> {
    /// What browsers can use instead, as it is written.
    fn public(&self) -> String {
        match &self.instead {
            Some((_, right)) if right.starts_with(&format!("{}.", self.owner)) => right.clone(),
            Some((_, right)) => format!("{}.{right}", self.owner),
            None => format!("{}.public_url", self.owner),
        }
    }
}

/// Complains of what browsers are given at build time and can't use.
fn browsers_reach(
    leaf: &Leaf<'_, '_>,
    reading: &Reading<'_, '_>,
    scope: &Scope<'_>,
    found: &mut Findings,
) {
    let name = &reading.name.value;
    let Some(inner) = inner(leaf, scope) else {
        return page_may_call(leaf, reading, scope, found);
    };
    let owner = inner.owner.as_str();
    let message = format!("`{name}` gives browsers an address that only pods can reach");
    let diagnostic = Diagnostic::new(Code::ClusterAddress, leaf.span, message)
        .label(format!(
            "`{}` means nothing outside of the cluster",
            inner.shown
        ))
        .also(reading.name.span, "browsers read this, as its prefix says");
    let whole = inner.public();
    found.push(match (inner.thing, inner.instead) {
        (Thing::Tier(face), Some((span, right))) => {
            if known::is_known_to_browsers(face.tier, scope) {
                let title = format!("write `{whole}`");
                let is_its_own = reading.value.is_some_and(|value| value.span.contains(span));
                if is_its_own {
                    diagnostic.fix(title, span, right)
                } else {
                    // Others may read the shared key, and be pods.
                    diagnostic.maybe(title, span, right)
                }
            } else {
                let expose = format!("expose ingress \"{owner}.example.com\"");
                let title = format!("expose it, as by `{expose}`, and write `{owner}.public_url`");
                let diagnostic = diagnostic
                    .also(face.tier.span, "browsers know no address of it")
                    .help(title.clone());
                // Where some target exposes it already, each knows best what it lacks.
                if face.tier.scale.expose.is_some() || !scope.file.targets.is_empty() {
                    diagnostic
                } else {
                    diagnostic.with_fix(Fix {
                        title,
                        edits: vec![
                            Edit::replace(span, right),
                            Edit::add(face.tier.span, expose),
                        ],
                        applicability: Applicability::Maybe,
                    })
                }
            }
        }
        (Thing::Tier(face), None) => {
            diagnostic
                .also(face.tier.span, "declared here")
                .help(format!(
                    "write `{owner}.public_url`, or `{owner}.public_host`"
                ))
        }
        (thing, _) => diagnostic
            .also(thing.span(), "browsers can't connect to it at all")
            .help("give browsers the `public_url` of a tier, which asks it for them"),
    });
}

/// Complains of http content that a page from https would call: browsers block it.
fn page_may_call(
    leaf: &Leaf<'_, '_>,
    reading: &Reading<'_, '_>,
    scope: &Scope<'_>,
    found: &mut Findings,
) {
    let front = reading.face;
    if public_address(front, scope).map_or(true, |page| page.scheme != "https") {
        return;
    }
    let (shown, other) = match leaf.kind {
        LeafKind::Text(text) => {
            let plain = Url::of(text).filter(|url| matches!(url.scheme, "http" | "ws"));
            if plain.is_none_or(|url| url.is_loopback()) {
                return;
            }
            (text.to_owned(), None)
        }
        LeafKind::Member(reference, thing, member) => {
            let read = Exposed::read(reference, thing, member);
            let Some((exposed, _)) = read.filter(|(_, member)| *member != PublicMember::Host)
            else {
                return;
            };
            let address = exposed.address(scope).ok();
            let Some(address) = address.filter(|it| it.scheme != "https" && it.host != "localhost")
            else {
                return;
            };
            (address.url(), Some(exposed))
        }
    };
    let message = format!("browsers refuse `{shown}` to a page that came by https");
    let diagnostic = Diagnostic::new(Code::MixedContent, leaf.span, message).also(
        front.expose.span,
        format!("`{}` is such a page", front.id.name),
    );
    found.push(if let Some(exposed) = other {
        let (name, of) = (&exposed.face().id.name, exposed.suffix());
        diagnostic
            .also(exposed.place(), "this speaks http alone")
            .help(format!(
                "let `{name}` speak https as well: `expose ingress \"{name}.example.com\" tls{of}`"
            ))
    } else {
        let scheme = shown.split(':').next().unwrap_or_default();
        let right = format!("\"{scheme}s{}\"", &shown[scheme.len()..]);
        let title = format!("write {right}, if it speaks https");
        diagnostic.maybe(title, leaf.span, right)
    });
}

/// Warns of a public variable that is set when the container starts.
fn too_late(reading: &Reading<'_, '_>, scope: &Scope<'_>, found: &mut Findings) {
    let name = &reading.name.value;
    let message = format!("`{name}` reaches no browser: it is set when the container starts");
    let recipe = reading.recipe.map_or("", |recipe| recipe.name);
    let mut diagnostic = Diagnostic::new(Code::PublicTooLate, reading.name.span, message).label(
        format!("`{recipe}` writes such names into the pages while it builds"),
    );
    let build = reading.face.tier.build.as_ref();
    let Some(value) = reading.value.filter(|_| !reading.is_secret) else {
        let help = "what browsers read is no secret: give it to `build` as text, or rename it";
        found.push(diagnostic.help(help));
        return;
    };
    let leaves = readings::leaves(value, scope);
    let inner = leaves
        .iter()
        .find_map(|leaf| Some((leaf.span, inner(leaf, scope)?)));
    if let Some((span, inner)) = &inner {
        let text = format!(
            "besides, `{}` is an address that only pods can reach",
            inner.shown
        );
        diagnostic = diagnostic.also(*span, text);
    }
    let Some(build) = build else {
        found.push(diagnostic.help("move it into the block of `build`"));
        return;
    };
    let line = own_line(reading);
    if build.arguments.iter().any(|it| it.key.value == *name) {
        let diagnostic = diagnostic.also(build.span, "built with it as well");
        found.push(match line {
            Some(line) => diagnostic.edit(
                Applicability::Certain,
                "delete this one",
                Edit::delete(line),
            ),
            None => diagnostic.help("delete this one"),
        });
        return;
    }
    let right = inner.as_ref().map(|(_, inner)| inner);
    let title = match &right {
        Some(inner) => {
            let public = inner.public();
            format!("move it into the block of `build`, as `{name} = {public}`")
        }
        None => "move it into the block of `build`".to_owned(),
    };
    let is_known = |thing: &Thing<'_>| matches!(thing, Thing::Tier(face) if known::is_known_to_browsers(face.tier, scope));
    let is_certain = inner
        .as_ref()
        .is_none_or(|(_, inner)| is_known(inner.thing));
    let moved = written(value, right.and_then(|inner| inner.instead.as_ref()));
    found.push(match (line, moved) {
        (Some(line), Some(moved)) if is_certain => diagnostic.help(title.clone()).with_fix(Fix {
            title,
            edits: vec![
                Edit::add(build.span, format!("{name} = {moved}")),
                Edit::delete(line),
            ],
            applicability: Applicability::Certain,
        }),
        _ => diagnostic.help(title),
    });
}

/// The statement that sets a variable, if it stands in the tier: what targets and shared keys say
/// is of others, too.
fn own_line(reading: &Reading<'_, '_>) -> Option<Span> {
    let tier = reading.face.tier;
    let lines = tier.env.iter().filter_map(|line| match line {
        EnvLine::Set(setting) => Some(&setting.key),
        EnvLine::Shared(_) | EnvLine::Spread(_) => None,
    });
    let keys = tier.config.iter().flat_map(|config| &config.settings);
    let mut all = lines.chain(keys.map(|setting| &setting.key));
    let key = all.find(|key| key.span == reading.name.span)?;
    Some(key.span.to(reading.value?.span))
}

/// A value as it would be written, with something else at a place.
fn written(value: &Value, instead: Option<&(Span, String)>) -> Option<String> {
    let whole = instead.filter(|(span, _)| *span == value.span);
    match (&value.kind, whole) {
        (_, Some((_, right))) => Some(right.clone()),
        (ValueKind::Text(text), _) => Some(serde_json::Value::from(text.as_str()).to_string()),
        (ValueKind::Reference(reference), _) if reference.argument.is_none() => {
            let mut text = reference.parts.first()?.value.clone();
            if let Some((_, right)) = instead {
                text = format!("{text}.{right}");
            } else {
                for part in reference.parts.iter().skip(1) {
                    text = format!("{text}.{}", part.value);
                }
            }
            if let Some(path) = &reference.path {
                text = format!("{text} {}", serde_json::Value::from(path.value.as_str()));
            }
            Some(text)
        }
        _ => None,
    }
}

/// Warns of a path that stands in the exposure of what it follows.
fn path_stands_once(leaf: &Leaf<'_, '_>, scope: &Scope<'_>, found: &mut Findings) {
    let LeafKind::Member(reference, thing, member) = leaf.kind else {
        return;
    };
    let (Some(path), Some((exposed, PublicMember::Url | PublicMember::WebSocket))) =
        (&reference.path, Exposed::read(reference, thing, member))
    else {
        return;
    };
    let Ok(address) = exposed.address(scope) else {
        return;
    };
    let Some((again, rest)) = repeated(&address.path, &path.value) else {
        return;
    };
    let message = format!(
        "the path `{again}` stands twice in this URL: `{}{}`",
        address.url(),
        path.value
    );
    let diagnostic = Diagnostic::new(Code::PathTwice, path.span, message);
    let diagnostic = diagnostic.also(exposed.place(), "its first time");
    let right = serde_json::Value::from(rest).to_string();
    found.push(match rest {
        "" => diagnostic.fix("leave it out here", path.span, ""),
        _ => diagnostic.fix(format!("write `{right}`"), path.span, right),
    });
}
