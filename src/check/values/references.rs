//! References: what `backend.url`, `db.password` or `config.KEY` stands for.

use super::database_access;
use super::elsewhere;
use super::link;
use super::members::{ends_with, extras, member, ports_of};
use super::public;
use super::storage;
use crate::catalog::databases::Engine;
use crate::catalog::members::{DatabaseMember, MemberValue, Owner, POD, TierMember, members};
use crate::check::findings::Findings;
use crate::check::names::content::{Content, ReferencePlace};
use crate::check::names::face::TierFace;
use crate::check::names::link::Link;
use crate::check::names::ports;
use crate::check::names::scope::{Scope, Shared, Thing};
use crate::check::names::secrets;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Identity, Port, StatedFact, Text};
use crate::source::Span;
use crate::syntax::ast::{self, Name, Reference};

/// What a reference stands for; the thing that it refers to is added to `links`.
pub(in crate::check) fn resolve<'a>(
    reference: &'a Reference,
    span: Span,
    scope: &Scope<'a>,
    links: &mut Vec<Link>,
    found: &mut Findings,
) -> Option<Content<'a>> {
    let [owner, rest @ ..] = reference.parts.as_slice() else {
        return None;
    };
    if let Some(half) = reference.parts.iter().find(|part| part.value.is_empty()) {
        found.push(half_typed(owner, half, scope));
        return None;
    }
    if matches!(owner.value.as_str(), "config" | "secret") {
        return shared(reference, owner, rest, scope, found);
    }
    if owner.value == POD && !scope.things.contains_key(POD) && !scope.file.may_declare(POD) {
        return of_pod(reference, owner, rest, found);
    }
    if scope.things.get(owner.value.as_str()).is_none()
        && let Some(told) = elsewhere::shared(owner, rest, span, scope)
    {
        found.push(told);
        return None;
    }
    let thing = scope.reachable(owner, found)?;
    let port = port_of(thing, rest);
    if let (None, Thing::Tier(face), [name, rest @ ..]) = (port, thing, rest)
        && let Some(volume) = storage::volume_of(face, name, scope)
        // One that is called as a member counts where something follows it.
        && (!rest.is_empty() || members(Owner::Tier).all(|member| member.word != name.value))
    {
        let whole = format!("{}.{}", owner.value, name.value);
        if rest.is_empty() {
            let message = format!("`{whole}` is a volume, no value");
            let diagnostic = Diagnostic::new(Code::UnknownMember, name.span, message);
            let right = format!("{}.path", name.value);
            found.push(diagnostic.fix(format!("write `{whole}.path`"), name.span, right));
            return None;
        }
        let first = owner;
        let owner = Name::new(whole, owner.span.to(name.span));
        let member = member(&owner, rest, Owner::Volume, Some(thing), found)?;
        let below = extras(reference, member, &owner, None, found)?;
        links.push(Link::refers(first, span, member, None));
        let stated = StatedFact::VolumePath {
            tier: face.id.name.clone(),
            volume: name.value.clone(),
        };
        let path = storage::folder_before(&volume.path.as_ref()?.value, below);
        let place = reference.path.as_ref().map_or(span, |path| path.span);
        let text = Text::fact(stated, path, span).and(below, place);
        return Some(Content::Plain(text));
    }
    let (kind, whole, rest) = match (port, rest) {
        (Some(_), [name, rest @ ..]) => {
            let whole = format!("{}.{}", owner.value, name.value);
            let whole = Name::new(whole, owner.span.to(name.span));
            (Owner::Port, whole, rest)
        }
        _ => (thing.owner(), owner.clone(), rest),
    };
    let member = member(&whole, rest, kind, Some(thing), found)?;
    let engine = match thing {
        Thing::Database(_, engine, _) => Some(*engine),
        Thing::Tier(_) | Thing::External(_) | Thing::ExternalService(_) | Thing::Job(..) => None,
    };
    let path = extras(reference, member, &whole, engine, found)?;
    let number = link::port(thing, port, member);
    links.push(Link::refers(owner, span, member, number));
    let path_span = reference.path.as_ref().map_or(span, |path| path.span);
    let place = ReferencePlace {
        span,
        path,
        path_span,
    };
    let context = ReferenceContext {
        owner,
        place,
        scope,
    };
    match (thing, member.value) {
        (Thing::Tier(face), MemberValue::Tier(value)) => tier(face, value, &context, found),
        (Thing::Tier(face), MemberValue::Port(it)) => ports::member(face, port?, it, place, found),
        (Thing::Tier(face), MemberValue::PublicPort(it)) => {
            public::member(face, port, it, place, scope, found)
        }
        (Thing::Database(declared, engine, id), MemberValue::Database(value)) => {
            let scheme = reference
                .argument
                .as_ref()
                .map_or(engine.scheme, |name| &name.value);
            database(declared, engine, id, value, scheme, &context, found)
        }
        (Thing::External(external), MemberValue::ExternalUrl) => {
            let (reference, declared) = secrets::shared_ref(external.url?, scope, found)?;
            Some(Content::Secret(reference, declared))
        }
        (Thing::ExternalService(external), MemberValue::ExternalService(value)) => {
            super::external::member(external, value, place, found)
        }
        (Thing::ExternalService(external), MemberValue::ExternalHost) => {
            super::external::host(external, span).map(Content::Plain)
        }
        // A member is always of the thing's own kind.
        _ => None,
    }
}

/// What to say of a reference whose member isn't typed yet.
fn half_typed(owner: &Name, half: &Name, scope: &Scope<'_>) -> Diagnostic {
    let message = format!("expected a member after `{}.`", owner.value);
    let place = owner.span.to(half.span);
    let is_pod = owner.value == POD && !scope.things.contains_key(POD);
    let member = if is_pod { "name" } else { "url" };
    Diagnostic::new(Code::Expected, place, message)
        .help(format!("write one, such as `{}.{member}`", owner.value))
}

/// What the pod that reads it knows of itself.
fn of_pod<'a>(
    reference: &Reference,
    owner: &Name,
    rest: &[Name],
    found: &mut Findings,
) -> Option<Content<'a>> {
    let member = member(owner, rest, Owner::Pod, None, found)?;
    extras(reference, member, owner, None, found)?;
    // A member is always of the owner's own kind.
    let MemberValue::Pod(value) = member.value else {
        return None;
    };
    Some(Content::Pod(value))
}

/// A reference to a member of `owner`.
struct ReferenceContext<'c, 'a> {
    owner: &'c Name,
    place: ReferencePlace<'c>,
    scope: &'c Scope<'a>,
}

/// The port that the first of `rest` names, if a member of it may follow.
fn port_of<'t>(thing: &'t Thing<'_>, rest: &[Name]) -> Option<&'t Port> {
    let [name, _, ..] = rest else { return None };
    ports_of(thing).find(|port| port.name == name.value)
}

/// `config.KEY` and `secret.NAME`.
fn shared<'a>(
    reference: &'a Reference,
    owner: &Name,
    rest: &'a [Name],
    scope: &Scope<'a>,
    found: &mut Findings,
) -> Option<Content<'a>> {
    let [key, more @ ..] = rest else { return None };
    if !ends_with(owner, key, more, found) {
        return None;
    }
    if let Some(extra) = reference.argument.as_ref().or(reference.path.as_ref()) {
        let message = "nothing may follow this reference";
        found.push(
            Diagnostic::new(Code::Expected, extra.span, message)
                .help(format!("write `{}.{}`", owner.value, key.value)),
        );
        return None;
    }
    let shared = scope.shared(key, found)?;
    let (right, other) = match shared {
        Shared::Config(_) => ("config", "secret"),
        Shared::Secret(_) => ("secret", "key of `config`"),
    };
    if owner.value != right {
        let message = format!("`{}` is {}, no {other}", key.value, shared.noun());
        found.push(
            Diagnostic::new(Code::WrongKind, owner.span, message)
                .also(shared.span(), "declared here")
                .maybe(format!("write `{right}.{}`", key.value), owner.span, right),
        );
        return None;
    }
    match shared {
        Shared::Config(setting) => Some(Content::Config(setting)),
        Shared::Secret(secret) => Some(Content::Secret(
            secrets::reference(secret, &scope.secret_name)?,
            secret.span,
        )),
    }
}

fn tier<'a>(
    face: &TierFace<'_>,
    value: TierMember,
    context: &ReferenceContext<'_, '_>,
    found: &mut Findings,
) -> Option<Content<'a>> {
    let ReferenceContext {
        owner,
        place,
        scope,
    } = *context;
    let value = match value {
        TierMember::Public(value) => return public::member(face, None, value, place, scope, found),
        TierMember::Host => {
            face.needs_port(place.span, "this connects to it", found);
            let stated = StatedFact::Host(face.id.name.clone());
            let host = Text::fact(stated, &face.id.service, place.span);
            return Some(Content::Plain(host));
        }
        TierMember::Pods => {
            face.needs_port(place.span, "this connects to it", found);
            if storage::of_each(face.tier).is_none() {
                found.push(unnamed_pods(face, place.span));
                return None;
            }
            let stated = StatedFact::Host(face.id.name.clone());
            let pods = Text::fact(stated, face.pods_service(), place.span);
            return Some(Content::Plain(pods));
        }
        TierMember::Port(value) => value,
    };
    let instead = face.ports.first().map_or(String::new(), |port| {
        format!("name the port: `{}.{}.url`", owner.value, port.name)
    });
    let port = face.main_port(place.span, "this connects to it", &instead, found)?;
    ports::member(face, port, value, place, found)
}

/// What to say of the names of pods that have none.
fn unnamed_pods(face: &TierFace<'_>, place: Span) -> Diagnostic {
    let name = &face.id.name;
    let message =
        format!("the pods of `{name}` have no names that stay: none has a volume of its own");
    Diagnostic::new(Code::UnknownMember, place, message)
        .also(face.tier.span, "declared here")
        .help(format!(
            "write `{name}.host`, which leads to any of its pods, or give each pod a volume there: `volume data 1Gi per pod at \"/data\"`"
        ))
}

fn database<'a>(
    declared: &ast::Database,
    engine: &Engine,
    id: &Identity,
    value: DatabaseMember,
    scheme: &str,
    context: &ReferenceContext<'_, '_>,
    found: &mut Findings,
) -> Option<Content<'a>> {
    let ReferenceContext { place, scope, .. } = *context;
    let ReferencePlace { span, .. } = place;
    let account = || database_access::account(declared, engine, scope);
    Some(match value {
        DatabaseMember::Host => Content::Plain(database_access::host(id, span)),
        DatabaseMember::Port => Content::Plain(database_access::port(engine, id, span)),
        DatabaseMember::Address => Content::Plain(database_access::address(engine, id, span)),
        DatabaseMember::User => Content::Plain(database_access::user(account()?, id, span)),
        DatabaseMember::Name => Content::Plain(database_access::name(account()?, id, span)),
        DatabaseMember::Password => {
            database_access::has_a_password(declared, engine, span, found);
            let (password, place) = database_access::password(declared, scope)?;
            Content::Secret(password, place)
        }
        DatabaseMember::Url | DatabaseMember::ReadUrl => {
            if place.path.starts_with('/') && account().is_some() {
                found.push(behind_its_name(&id.name, place));
                return None;
            }
            let host = if value == DatabaseMember::ReadUrl {
                database_access::read_host(declared, engine, id, span)
            } else {
                database_access::host(id, span)
            };
            database_access::url(declared, engine, id, (scheme, host), place, scope)?
        }
    })
}

/// A path behind a URL that ends with the name of a database.
fn behind_its_name(name: &str, place: ReferencePlace<'_>) -> Diagnostic {
    let message = format!(
        "the URL of `{name}` ends with the name of its database, which `{}` would become a part of",
        place.path
    );
    Diagnostic::new(Code::InvalidPath, place.path_span, message).help(format!(
        "write parameters alone, as in `{name}.url \"?connect_timeout=5\"`; another name of the database stands in its block: `database NAME`"
    ))
}
