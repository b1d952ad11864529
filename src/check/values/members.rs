//! Which member a word behind a thing's name is, and what may follow it.

use crate::catalog::databases::Engine;
use crate::catalog::members::{Member, MemberValue, Owner, members};
use crate::check::findings::Findings;
use crate::check::names::scope::Thing;
use crate::check::types::{implausible, texts};
use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic};
use crate::ir::Port;
use crate::source::Span;
use crate::syntax::ast::{Name, Reference};

/// The ports of a tier; none of anything else.
pub(in crate::check) fn ports_of<'t>(
    thing: &'t Thing<'_>,
) -> impl Iterator<Item = &'t Port> + Clone {
    let ports = match thing {
        Thing::Tier(face) => face.ports.as_slice(),
        Thing::Database(..) | Thing::External(_) | Thing::ExternalService(_) | Thing::Job(..) => {
            &[]
        }
    };
    ports.iter()
}

/// The member that a thing has under the words behind its name.
pub(in crate::check) fn member(
    owner: &Name,
    rest: &[Name],
    kind: Owner,
    thing: Option<&Thing<'_>>,
    found: &mut Findings,
) -> Option<&'static Member> {
    let [word, more @ ..] = rest else { return None };
    let engine = match thing {
        Some(Thing::Database(_, engine, _)) => Some(*engine),
        Some(Thing::Tier(_) | Thing::External(_) | Thing::ExternalService(_) | Thing::Job(..))
        | None => None,
    };
    let has = |member: &&Member| match (engine, member.value) {
        (Some(engine), MemberValue::Database(value)) => engine.has(value),
        _ => true,
    };
    let member = members(kind)
        .filter(has)
        .find(|member| member.word == word.value);
    if member.is_none() {
        let mut values = Vec::new();
        let mut is_first = |member: &&Member| {
            let is_known = values.contains(&member.value);
            values.push(member.value);
            !is_known
        };
        let known = members(kind).filter(has).filter(|it| is_first(it));
        let known: Vec<_> = known.map(|member| member.word).collect();
        let noun = engine.map_or(kind.noun().to_owned(), |engine| {
            format!("a {}", engine.word)
        });
        let message = format!("`{}` is {noun}, which has no `{}`", owner.value, word.value);
        let diagnostic = Diagnostic::new(Code::UnknownMember, word.span, message);
        let all_ports = || thing.into_iter().flat_map(ports_of);
        let ports = all_ports().filter(|_| kind == Owner::Tier && !more.is_empty());
        let ports = ports.map(|port| port.name.as_str());
        let near = nearest(&word.value, known.iter().copied().chain(ports));
        // Members are all known; a port may be one that isn't declared yet.
        let near = near.map(|near| {
            if known.contains(&near.word) {
                near
            } else {
                near.unsure()
            }
        });
        let is_port = kind == Owner::Tier && all_ports().any(|port| port.name == word.value);
        found.push(match (near, known.as_slice()) {
            _ if is_port => diagnostic.help(format!(
                "`{0}` is a port of it: write `{1}.{0}.url`",
                word.value, owner.value
            )),
            (Some(near), _) => diagnostic.meant(near, word.span),
            (None, [only]) => {
                diagnostic.maybe(format!("write `{}.{only}`", owner.value), word.span, *only)
            }
            (None, _) => diagnostic.help(format!("choose a member: `{}`", known.join("`, `"))),
        });
    }
    member.filter(|_| ends_with(owner, word, more, found))
}

/// Whether a reference ends with `word`; complains of `more` behind it.
pub(in crate::check) fn ends_with(
    owner: &Name,
    word: &Name,
    more: &[Name],
    found: &mut Findings,
) -> bool {
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
        Diagnostic::new(Code::UnknownMember, extra.span, message).maybe(
            format!("write `{whole}`"),
            rest,
            "",
        ),
    );
    false
}

/// The path behind a reference; complains of a scheme or path that the member doesn't take.
pub(in crate::check) fn extras<'r>(
    reference: &'r Reference,
    member: &Member,
    owner: &Name,
    engine: Option<&Engine>,
    found: &mut Findings,
) -> Option<&'r str> {
    let whole = format!("{}.{}", owner.value, member.word);
    let is_theirs = matches!(member.value, MemberValue::ExternalUrl);
    let as_it_is = || {
        format!(
            "its secret holds all of the URL: write `{whole}` alone, in the `env` of a target if it is outside there alone"
        )
    };
    if let Some(argument) = &reference.argument {
        if !member.scheme {
            let message = format!("`{whole}` takes no scheme");
            let diagnostic = Diagnostic::new(Code::Expected, argument.span, message);
            found.push(diagnostic.help(if is_theirs {
                as_it_is()
            } else {
                format!("write `{whole}`")
            }));
            return None;
        }
        if !texts::is_scheme(argument, found) {
            return None;
        }
        if let Some(engine) = engine {
            implausible::scheme(argument, &whole, engine, found);
        }
    }
    let Some(path) = &reference.path else {
        return Some("");
    };
    if !member.path {
        let message = format!("`{whole}` takes no path");
        let diagnostic = Diagnostic::new(Code::Expected, path.span, message);
        found.push(if is_theirs {
            diagnostic.help(as_it_is())
        } else {
            diagnostic.help("let a path follow a URL: `backend.url \"/api\"`")
        });
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
