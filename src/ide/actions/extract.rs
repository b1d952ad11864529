//! Values as statements of their own.

use super::{Action, Kind};
use crate::catalog::keys::Place;
use crate::diag::Edit;
use crate::ide::Analysis;
use crate::ide::names::Set;
use crate::ide::values::{Told, told};
use crate::source::{FileId, Span};
use crate::syntax::tree::{Atom, Fact, Form};

/// A text as a shared key.
pub(super) fn to_config<'a>(
    analysis: &'a Analysis,
    place: Option<Place>,
    fact: &Fact,
    atom: &Atom,
) -> Option<Action<'a>> {
    let key = fact.head.value.as_str();
    let is_env = matches!(place, Some(Place::Env)) && fact.form == Form::Word;
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
pub(super) fn to_secret<'a>(
    analysis: &'a Analysis,
    place: Option<Place>,
    fact: &Fact,
) -> Option<Action<'a>> {
    let key = fact.head.value.as_str();
    let only = fact.value.as_ref().is_some_and(|it| it.atoms.len() == 1);
    if place != Some(Place::Env) || fact.form != Form::Word || !only || taken(analysis, key) {
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
