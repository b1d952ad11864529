//! The same said in another way.

use super::{Action, Kind};
use crate::catalog::keys::Place;
use crate::diag::Edit;
use crate::ide::Analysis;
use crate::ide::values::apps;
use crate::syntax::tree::{Atom, Fact};

/// A URL that some reference of the text stands for, in all targets, as that reference.
pub(super) fn to_reference<'a>(
    analysis: &'a Analysis,
    place: Option<Place>,
    atom: &Atom,
    text: &str,
) -> Option<Action<'a>> {
    if !text.contains("://")
        || !matches!(
            place,
            Some(Place::Env | Place::Shared | Place::Config | Place::Build)
        )
    {
        return None;
    }
    let apps = apps(analysis);
    let mut known: Option<Vec<(String, String)>> = None;
    for app in apps {
        let urls = app.tiers.iter().flat_map(|tier| {
            let name = &tier.id.name;
            let public = tier
                .public
                .iter()
                .map(move |it| (format!("{name}.public_url"), it.url()));
            let inner = tier.port().filter(|port| port.name == "http").map(|port| {
                (
                    format!("{name}.url"),
                    format!("http://{}:{}", tier.id.service, port.service),
                )
            });
            let further = tier.further.iter().filter_map(move |it| {
                let port = it.port.as_str();
                let is_own = tier.exposed_port.as_deref() == Some(port);
                let address = tier.public_of(port).filter(|_| !is_own)?;
                Some((format!("{name}.{port}.public_url"), address.url()))
            });
            public.chain(inner).chain(further)
        });
        let urls: Vec<_> = urls.collect();
        known = Some(match known {
            None => urls,
            // What differs by target isn't what was typed.
            Some(before) => before.into_iter().filter(|it| urls.contains(it)).collect(),
        });
    }
    let known = known?;
    let begins = |url: &str| {
        let rest = text.strip_prefix(url)?;
        (rest.is_empty() || rest.starts_with(['/', '?'])).then_some(rest)
    };
    let (reference, rest) = known
        .iter()
        .find_map(|(reference, url)| Some((reference, begins(url)?)))?;
    let right = if rest.is_empty() {
        reference.clone()
    } else {
        format!("{reference} \"{rest}\"")
    };
    Some(Action {
        title: format!("refer to it: `{right}`"),
        kind: Kind::Rewrite,
        is_certain: false,
        edits: vec![Edit::replace(atom.span, right)],
        mends: None,
    })
}

/// A block of one line on several, or one of several on one.
pub(super) fn broken<'a>(analysis: &'a Analysis, fact: &Fact, offset: usize) -> Option<Action<'a>> {
    let block = fact.block.as_ref().filter(|it| it.closed && !it.broken)?;
    if offset > block.span.range().start {
        return None;
    }
    let text = analysis.text.get(block.span.range())?;
    if text.contains('#') || block.facts.is_empty() {
        return None;
    }
    let statements: Vec<&str> = block
        .facts
        .iter()
        .filter_map(|it| analysis.text.get(it.span.range()))
        .collect();
    let (title, new) = if text.contains('\n') {
        if statements.iter().any(|it| it.contains('\n')) {
            return None;
        }
        (
            "write the block on one line",
            format!("{{ {} }}", statements.join(", ")),
        )
    } else {
        let range = analysis.lines.range(analysis.lines.line(offset))?;
        let line = analysis.text.get(range)?;
        let indent: String = line
            .chars()
            .take_while(|c| matches!(c, ' ' | '\t'))
            .collect();
        let mut inner = String::new();
        for statement in statements {
            inner.extend([&indent, "  ", statement, "\n"]);
        }
        (
            "write the block on several lines",
            format!("{{\n{inner}{indent}}}"),
        )
    };
    Some(Action {
        title: title.to_owned(),
        kind: Kind::Rewrite,
        is_certain: false,
        edits: vec![Edit::replace(block.span, new)],
        mends: None,
    })
}
