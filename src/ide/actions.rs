//! Changes that a text offers: the fixes of what is wrong, and others of the same meaning.

use super::Analysis;
use super::names::Set;
use super::values::{Told, told};
use crate::catalog::keys::Place;
use crate::diag::{Applicability, Diagnostic, Edit, Fix};
use crate::source::{FileId, Span};
use crate::syntax::tree::{Atom, AtomKind, Fact};
use crate::syntax::{At, locate};

/// What kind of change it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It mends what is wrong.
    Fix,
    /// It moves a value to a statement of its own.
    Extract,
    /// It says the same in another way.
    Rewrite,
}

/// A change that is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action<'a> {
    /// What it does, as an imperative.
    pub title: String,
    /// What kind of change it is.
    pub kind: Kind,
    /// Whether it says what was meant.
    pub is_certain: bool,
    /// The changes.
    pub edits: Vec<Edit>,
    /// What it mends.
    pub mends: Option<&'a Diagnostic>,
}

/// What is offered for a part of the text.
#[must_use]
pub fn actions(analysis: &Analysis, within: Span) -> Vec<Action<'_>> {
    let touches = |span: Span| span.start <= within.end && within.start <= span.end;
    let mut all = Vec::new();
    let found = analysis.all.diagnostics.iter().chain(&analysis.all.notes);
    for found in found.filter(|found| touches(found.primary.span)) {
        if let Some(fix) = &found.fix {
            all.push(Action {
                title: title(&fix.title),
                kind: Kind::Fix,
                is_certain: fix.applicability == Applicability::Certain,
                edits: fix.edits.clone(),
                mends: Some(found),
            });
        }
        all.extend(accepted(analysis, found));
    }
    let offset = within.range().start;
    let cursor = locate(&analysis.parsed, &analysis.text, offset);
    if let (At::Value(Some(atom)), Some(fact)) = (cursor.at, cursor.path.last())
        && let AtomKind::Text(text) = &atom.kind
    {
        all.extend(to_reference(analysis, cursor.place, atom, text));
        all.extend(to_config(analysis, cursor.place, fact, atom));
        all.extend(to_secret(analysis, cursor.place, fact));
    }
    if let Some(fact) = cursor.path.last() {
        all.extend(broken(analysis, fact, offset));
    }
    all
}

/// A help line as an imperative.
fn title(help: &str) -> String {
    match help
        .strip_prefix("did you mean ")
        .and_then(|rest| rest.strip_suffix('?'))
    {
        Some(word) => format!("write {word}"),
        None => help.to_owned(),
    }
}

/// An `allow` in the block that the diagnostic stands in.
fn accepted<'a>(analysis: &'a Analysis, found: &'a Diagnostic) -> Option<Action<'a>> {
    if !found.code.may_be_allowed() {
        return None;
    }
    let facts = &analysis.parsed.tree.facts;
    let is_around = |fact: &&Fact| {
        fact.span.contains(found.primary.span)
            && fact.block.is_some()
            && !matches!(fact.head.value.as_str(), "allow" | "object")
    };
    let owner = facts.iter().find(is_around);
    let owner = owner.or_else(|| facts.iter().find(|fact| fact.head.value == "app"))?;
    let last = owner.atoms.last().map_or(owner.head.span, |atom| atom.span);
    let number = found.code.number();
    let statement = format!("allow {number} \"it is meant so\"");
    let mut fix = Fix {
        title: format!("accept it: `{statement}`"),
        edits: vec![Edit::add(owner.head.span.to(last), statement)],
        applicability: Applicability::Maybe,
    };
    fix.settle(&analysis.text);
    Some(Action {
        title: fix.title,
        kind: Kind::Fix,
        is_certain: false,
        edits: fix.edits,
        mends: Some(found),
    })
}

/// A URL that some reference of the text stands for, in all targets, as that reference.
fn to_reference<'a>(
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
    let apps = super::values::apps(analysis);
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
            public.chain(inner)
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

/// A text as a shared key.
fn to_config<'a>(
    analysis: &'a Analysis,
    place: Option<Place>,
    fact: &Fact,
    atom: &Atom,
) -> Option<Action<'a>> {
    let key = fact.head.value.as_str();
    let is_env = matches!(place, Some(Place::Env));
    let only = fact.value.as_ref().is_some_and(|it| it.atoms.len() == 1);
    if !is_env || !only || taken(analysis, key) || told_secret(analysis, atom) {
        return None;
    }
    let text = analysis.text.get(atom.span.range())?;
    let declared = format!("{key} = {text}");
    let (span, added) = match block(analysis, "config") {
        Some(at) => (at, format!("\n  {declared}")),
        None => (begin(analysis)?, format!("config {{\n  {declared}\n}}\n\n")),
    };
    Some(Action {
        title: format!("make it the shared key `{key}`"),
        kind: Kind::Extract,
        is_certain: false,
        edits: vec![Edit::replace(span, added), Edit::replace(fact.span, key)],
        mends: None,
    })
}

/// A text as a secret: its value goes nowhere.
fn to_secret<'a>(analysis: &'a Analysis, place: Option<Place>, fact: &Fact) -> Option<Action<'a>> {
    let key = fact.head.value.as_str();
    let only = fact.value.as_ref().is_some_and(|it| it.atoms.len() == 1);
    if place != Some(Place::Env) || !only || taken(analysis, key) {
        return None;
    }
    let added = format!("secret {key} from env\n\n");
    let span = begin(analysis)?;
    Some(Action {
        title: format!("make it a secret: set {key} where you deploy"),
        kind: Kind::Extract,
        is_certain: false,
        edits: vec![Edit::replace(span, added), Edit::replace(fact.span, key)],
        mends: None,
    })
}

/// Whether a value looks like what nobody may read.
fn told_secret(analysis: &Analysis, atom: &Atom) -> bool {
    let text = analysis.text.get(atom.span.range()).unwrap_or_default();
    analysis.masks().over(text) != text
        || told(analysis, atom.span)
            .iter()
            .any(|(_, it)| matches!(it, Told::Secret { .. }))
}

fn taken(analysis: &Analysis, key: &str) -> bool {
    let mut all = analysis.names.all();
    all.any(|it| it.set == Set::Keys && it.declares && it.name == key)
}

/// Behind the open brace of a block of the first column that stands on several lines.
fn block(analysis: &Analysis, word: &str) -> Option<Span> {
    let mut facts = analysis.parsed.tree.facts.iter();
    let block = facts.find(|it| it.head.value == word)?.block.as_ref()?;
    let at = block.span.range().start + 1;
    let rest = analysis.text.get(at..)?;
    let is_of_lines = rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n');
    is_of_lines.then(|| Span::new(FileId(0), at..at))
}

/// Where the first tier, job or target begins, with the comment above it: what is shared stands before.
fn begin(analysis: &Analysis) -> Option<Span> {
    let mut facts = analysis.parsed.tree.facts.iter();
    let first = facts.find(|it| {
        !matches!(
            it.head.value.as_str(),
            "app" | "config" | "secret" | "allow"
        )
    })?;
    let mut at = first.span.range().start;
    let before = analysis.text.get(..at)?;
    for line in before.lines().rev() {
        if !line.trim_start().starts_with('#') {
            break;
        }
        at = at.checked_sub(line.len() + 1)?;
    }
    analysis
        .text
        .is_char_boundary(at)
        .then(|| Span::new(FileId(0), at..at))
}

/// A block of one line on several, or one of several on one.
fn broken<'a>(analysis: &'a Analysis, fact: &Fact, offset: usize) -> Option<Action<'a>> {
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
