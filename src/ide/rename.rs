//! Other names for what a text declares, wherever it is named.

use super::Analysis;
use super::names::{Mention, Set};
use super::values::apps;
use crate::compile::check_all;
use crate::diag::{Applicability, Diagnostic, Edit, Fix, Severity};
use crate::source::{FileId, Span};
use crate::syntax::tree::{AtomKind, Fact};
use std::collections::BTreeMap;

/// What a rename changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renaming {
    /// The changes of the name.
    pub edits: Vec<Edit>,
    /// What keeps the names in the cluster as they are, where they would follow: what it does, and how.
    pub keep: Option<(String, Vec<Edit>)>,
    /// What becomes another one in the cluster without that; empty where nothing does.
    pub follows: String,
}

/// The name at a place, if it can be another one.
///
/// # Errors
///
/// Why it can't, as a clause.
pub fn renamable(analysis: &Analysis, offset: usize) -> Result<&Mention, String> {
    let Some(mention) = analysis.names.at(offset) else {
        return Err("there is no name that the text declares".to_owned());
    };
    if analysis.names.same(mention).any(|it| it.declares) {
        Ok(mention)
    } else {
        Err(format!("nothing declares `{}`", mention.name))
    }
}

/// Gives what is named at a place another name.
///
/// # Errors
///
/// Why it can't have that, as a clause.
pub fn rename(analysis: &Analysis, offset: usize, new: &str) -> Result<Renaming, String> {
    let mention = renamable(analysis, offset)?;
    let old = &mention.name;
    let all = analysis.names.same(mention);
    let edits: Vec<_> = all.clone().map(|it| Edit::replace(it.span, new)).collect();
    if new == old {
        return Ok(Renaming {
            edits: Vec::new(),
            keep: None,
            follows: String::new(),
        });
    }
    let is_of_words = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if new.is_empty() || !new.chars().all(is_of_words) {
        return Err(format!(
            "`{new}` isn't a name: write letters, digits, `-` and `_`"
        ));
    }
    if mention.set == Set::Things && matches!(new, "config" | "secret") {
        return Err(format!(
            "`{new}` is what references to shared keys begin with"
        ));
    }
    if let Some(taken) = taken(analysis, mention, new) {
        let line = analysis.lines.line(taken.span.range().start) + 1;
        return Err(format!("`{new}` is declared already, at line {line}"));
    }
    let renamed = applied(&analysis.text, &edits);
    refused(&analysis.text, &renamed)?;
    let declaration = all.clone().find(|it| it.declares);
    let keep = declaration.and_then(|it| kept(analysis, it, old));
    // What keeps the names must be right as well.
    let keep = keep.filter(|(_, more)| {
        let mut both = edits.clone();
        both.extend(more.iter().cloned());
        refused(&analysis.text, &applied(&analysis.text, &both)).is_ok()
    });
    Ok(Renaming {
        follows: follows(analysis, mention),
        edits,
        keep,
    })
}

/// Where another thing has the name already.
fn taken<'a>(analysis: &'a Analysis, mention: &Mention, new: &str) -> Option<&'a Mention> {
    let names = &analysis.names;
    let owner = mention.owner.as_deref();
    names.declaration(mention.set, owner, new).or_else(|| {
        // A tier's own key hides a shared one.
        let is_key = mention.set == Set::Keys;
        let mut all = names.all().filter(|it| is_key && it.declares);
        all.find(|it| it.set == Set::Keys && it.name == new)
    })
}

/// Why a text can't be as it is then: the first error that wasn't there before.
fn refused(old: &str, new: &str) -> Result<(), String> {
    let count = |all: &[Diagnostic]| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let errors = all.iter().filter(|it| it.severity() == Severity::Error);
        for found in errors {
            *counts.entry(found.code.number()).or_default() += 1;
        }
        counts
    };
    let check = |text: &str| check_all(text, crate::source::Files::new());
    let (before, after) = (check(old), check(new));
    let mut left = count(&before);
    for found in after.iter().filter(|it| it.severity() == Severity::Error) {
        match left.get_mut(found.code.number()).filter(|left| **left > 0) {
            Some(left) => *left -= 1,
            None => return Err(found.message.clone()),
        }
    }
    Ok(())
}

/// A text with changes that don't overlap.
#[must_use]
pub fn applied(text: &str, edits: &[Edit]) -> String {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| edit.span);
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for edit in edits {
        let range = edit.span.range();
        out.push_str(text.get(from..range.start).unwrap_or_default());
        out.push_str(&edit.text);
        from = range.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// What keeps the names in the cluster, where the statement has a word for that and doesn't say it yet.
fn kept(analysis: &Analysis, declared: &Mention, old: &str) -> Option<(String, Vec<Edit>)> {
    let facts = &analysis.parsed.tree.facts;
    let fact = facts.iter().find(|fact| fact.span == declared.statement)?;
    let word = fact.head.value.as_str();
    match (declared.set, word) {
        (Set::Things, "tier" | "job" | "cron") => {
            let mut inside = fact.block.iter().flat_map(|block| &block.facts);
            if inside.any(|it| it.head.value == "name") {
                return None;
            }
            let last = fact.atoms.last()?;
            let owner = fact.head.span.to(last.span);
            let statement = format!("name \"{old}\"");
            let title = format!("keep the names in the cluster: add `{statement}`");
            let mut fix = Fix {
                title,
                edits: vec![Edit::add(owner, statement)],
                applicability: Applicability::Maybe,
            };
            fix.settle(&analysis.text);
            Some((fix.title, fix.edits))
        }
        (Set::Keys, "secret") => secret(fact, old),
        _ => None,
    }
}

/// `from env OLD as "OLD"` for a secret that says neither.
fn secret(fact: &Fact, old: &str) -> Option<(String, Vec<Edit>)> {
    let is = |at: usize, word: &str| {
        let atom = fact.atoms.get(at);
        atom.is_some_and(|atom| matches!(&atom.kind, AtomKind::Word(it) if it == word))
    };
    if fact.atoms.len() != 3 || !is(1, "from") || !is(2, "env") {
        return None;
    }
    let end = fact.atoms.last()?.span.range().end;
    let edit = Edit::replace(
        Span::new(FileId(0), end..end),
        format!(" {old} as \"{old}\""),
    );
    let title = format!("keep key and variable: `from env {old} as \"{old}\"`");
    Some((title, vec![edit]))
}

/// What has the name in the cluster as well.
fn follows(analysis: &Analysis, mention: &Mention) -> String {
    let name = &mention.name;
    let readers = || {
        let all = analysis.names.same(mention).filter(|it| !it.declares);
        let mut readers: Vec<_> = all
            .filter_map(|it| it.within.as_ref().map(|it| it.value.as_str()))
            .collect();
        readers.sort_unstable();
        readers.dedup();
        readers.join("`, `")
    };
    match mention.set {
        Set::Things => {
            let tiers = apps(analysis).flat_map(|app| &app.tiers);
            let databases = apps(analysis).flat_map(|app| &app.databases);
            let ids = tiers.map(|it| &it.id).chain(databases.map(|it| &it.id));
            let id = ids.into_iter().find(|id| id.name == *name);
            id.map_or_else(String::new, |id| {
                format!(
                    "objects called `{}` will be others under the new name: what they hold, such as claims, stays behind",
                    id.workload
                )
            })
        }
        Set::Keys => {
            let readers = readers();
            if readers.is_empty() {
                String::new()
            } else {
                format!("the variable `{name}` of `{readers}` has another name then")
            }
        }
        Set::Ports | Set::Volumes | Set::Targets | Set::App => String::new(),
    }
}
