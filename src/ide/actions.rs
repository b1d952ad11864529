//! Changes that a text offers: the fixes of what is wrong, and others of the same meaning.

mod extract;
mod rewrite;

use super::Analysis;
use crate::diag::{Applicability, Diagnostic, Edit, Fix};
use crate::source::Span;
use crate::syntax::tree::{AtomKind, Fact};
use crate::syntax::{At, locate};
use extract::{to_config, to_secret};
use rewrite::{broken, to_reference};

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
