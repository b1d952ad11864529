//! References: what `backend.url`, `db.password` or `config.KEY` stands for.

use super::expose::public_address;
use super::findings::Findings;
use super::scope::{Scope, Shared, Thing, TierFace};
use super::values::Content;
use super::{secrets, texts};
use crate::catalog::databases::Engine;
use crate::catalog::members::{
    DatabaseMember, Member, MemberValue, Owner, PublicMember, TierMember, members,
};
use crate::diag::suggest::did_you_mean;
use crate::diag::{Code, Diagnostic};
use crate::ir::Identity;
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, Name, Reference};

/// What a reference stands for; the things whose address it holds are added to `connects`.
pub(super) fn resolve<'a>(
    reference: &'a Reference,
    span: Span,
    scope: &Scope<'a>,
    connects: &mut Vec<Spanned<String>>,
    found: &mut Findings,
) -> Option<Content<'a>> {
    let [owner, rest @ ..] = reference.parts.as_slice() else {
        return None;
    };
    if let Some(half) = reference.parts.iter().find(|part| part.value.is_empty()) {
        let message = format!("expected a member after `{}.`", owner.value);
        let place = owner.span.to(half.span);
        found.push(
            Diagnostic::new(Code::Expected, place, message)
                .help(format!("write one, such as `{}.url`", owner.value)),
        );
        return None;
    }
    if matches!(owner.value.as_str(), "config" | "secret") {
        return shared(reference, owner, rest, scope, found);
    }
    let thing = scope.thing(owner, found)?;
    if let (Thing::Tier(face), [name, rest @ ..]) = (thing, rest)
        && let Some(volume) = volume_of(face, name)
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
        let owner = Name::new(whole, owner.span.to(name.span));
        let member = member(&owner, rest, Owner::Volume, found)?;
        extras(reference, member, &owner, found)?;
        return Some(Content::Plain(volume.path.as_ref()?.value.clone()));
    }
    let member = member(owner, rest, thing.owner(), found)?;
    let path = extras(reference, member, owner, found)?;
    let context = Context {
        owner,
        span,
        path,
        scope,
    };
    match (thing, member.value) {
        (Thing::Tier(face), MemberValue::Tier(value)) => {
            tier(face, value, &context, connects, found)
        }
        (Thing::Database(declared, engine, id), MemberValue::Database(value)) => {
            connects.push(owner.clone());
            let scheme = reference
                .argument
                .as_ref()
                .map_or(engine.scheme, |name| &name.value);
            database(declared, engine, id, value, scheme, &context)
        }
        (Thing::External(external), MemberValue::ExternalUrl) => {
            let (reference, declared) = secrets::shared_ref(external.url?, scope, found)?;
            Some(Content::Secret(reference, declared))
        }
        // A member is always of the thing's own kind.
        _ => None,
    }
}

/// The volume by that name that a tier mounts.
fn volume_of<'f>(face: &'f TierFace<'_>, name: &Name) -> Option<&'f ast::Volume> {
    let mut volumes = face.tier.volumes.iter();
    volumes.find(|volume| volume.name().is_some_and(|it| it.value == name.value))
}

/// Where a reference stands, and what follows it.
struct Context<'c, 'a> {
    owner: &'c Name,
    span: Span,
    path: &'c str,
    scope: &'c Scope<'a>,
}

/// The member that a thing has under the words behind its name.
fn member(
    owner: &Name,
    rest: &[Name],
    kind: Owner,
    found: &mut Findings,
) -> Option<&'static Member> {
    let [word, more @ ..] = rest else { return None };
    let member = members(kind).find(|member| member.word == word.value);
    if member.is_none() {
        let known: Vec<_> = members(kind).map(|member| member.word).collect();
        let message = format!(
            "`{}` is {}, which has no `{}`",
            owner.value,
            kind.noun(),
            word.value
        );
        let diagnostic = Diagnostic::new(Code::UnknownMember, word.span, message);
        let near = did_you_mean(&word.value, known.iter().copied());
        found.push(match (near, known.as_slice()) {
            (Some(near), _) => diagnostic.fix(format!("did you mean `{near}`?"), word.span, near),
            (None, [only]) => {
                diagnostic.fix(format!("write `{}.{only}`", owner.value), word.span, *only)
            }
            (None, _) => diagnostic.help(format!("choose a member: `{}`", known.join("`, `"))),
        });
    }
    member.filter(|_| ends_with(owner, word, more, found))
}

/// Whether a reference ends with `word`; complains of `more` behind it.
fn ends_with(owner: &Name, word: &Name, more: &[Name], found: &mut Findings) -> bool {
    let Some(extra) = more.first() else {
        return true;
    };
    let whole = format!("{}.{}", owner.value, word.value);
    let message = format!("`{whole}` has no members");
    let rest = Span {
        start: word.span.end,
        ..more.last().unwrap_or(extra).span
    };
    found.push(
        Diagnostic::new(Code::UnknownMember, extra.span, message).fix(
            format!("write `{whole}`"),
            rest,
            "",
        ),
    );
    false
}

/// The path behind a reference; complains of a scheme or path that the member doesn't take.
fn extras<'r>(
    reference: &'r Reference,
    member: &Member,
    owner: &Name,
    found: &mut Findings,
) -> Option<&'r str> {
    let whole = format!("{}.{}", owner.value, member.word);
    if let Some(argument) = &reference.argument {
        if !member.scheme {
            let message = format!("`{whole}` takes no scheme");
            found.push(
                Diagnostic::new(Code::Expected, argument.span, message)
                    .help(format!("write `{whole}`")),
            );
            return None;
        }
        if !texts::is_scheme(argument, found) {
            return None;
        }
    }
    let Some(path) = &reference.path else {
        return Some("");
    };
    if !member.path {
        let message = format!("`{whole}` takes no path");
        let diagnostic = Diagnostic::new(Code::Expected, path.span, message);
        found.push(diagnostic.help("let a path follow a URL: `backend.url \"/api\"`"));
        return None;
    }
    if path.value.starts_with(['/', '?']) && path.value.chars().all(texts::is_url_char) {
        return Some(&path.value);
    }
    let message = format!("{} can't follow a URL", texts::shown(&path.value));
    let diagnostic = Diagnostic::new(Code::InvalidPath, path.span, message);
    let right = format!("/{}", path.value);
    found.push(if right.chars().all(texts::is_url_char) {
        diagnostic.fix(
            format!("write \"{right}\""),
            path.span,
            format!("\"{right}\""),
        )
    } else {
        diagnostic.help("begin it with `/` or `?`, and write a space as `%20`")
    });
    None
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
                .fix(format!("write `{right}.{}`", key.value), owner.span, right),
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
    context: &Context<'_, '_>,
    connects: &mut Vec<Spanned<String>>,
    found: &mut Findings,
) -> Option<Content<'a>> {
    let Context {
        owner,
        span,
        path,
        scope,
    } = *context;
    if let TierMember::Public(value) = value {
        let address = public_address(face, scope, span, found)?;
        return Some(Content::Plain(match value {
            PublicMember::Url => address.url() + path,
            PublicMember::Origin => address.origin() + path,
            PublicMember::Host => address.host,
        }));
    }
    face.needs_port(span, "this connects to it", found);
    let port = face.port()?;
    connects.push(owner.clone());
    let host = &face.id.service;
    Some(Content::Plain(match value {
        TierMember::Url | TierMember::Public(_) => format!("http://{host}:{}{path}", port.service),
        TierMember::Host => host.clone(),
        TierMember::Port => port.container.to_string(),
        TierMember::Address => format!("{host}:{}", port.service),
    }))
}

fn database<'a>(
    declared: &ast::Database,
    engine: &Engine,
    id: &Identity,
    value: DatabaseMember,
    scheme: &str,
    context: &Context<'_, '_>,
) -> Option<Content<'a>> {
    let Context { path, scope, .. } = *context;
    Some(match value {
        DatabaseMember::Host => Content::Plain(id.service.clone()),
        DatabaseMember::Port => Content::Plain(engine.port.to_string()),
        DatabaseMember::Address => Content::Plain(format!("{}:{}", id.service, engine.port)),
        DatabaseMember::User => Content::Plain(super::database::user(declared, engine)),
        DatabaseMember::Name => Content::Plain(super::database::name(declared, scope)),
        DatabaseMember::Password => {
            let (password, place) = super::database::password(declared, scope)?;
            Content::Secret(password, place)
        }
        DatabaseMember::Url => Content::Composed(super::database::url(
            declared, engine, id, scheme, path, scope,
        )?),
    })
}
