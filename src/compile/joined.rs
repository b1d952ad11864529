//! What several targets of a file have in common: their diagnostics as one list.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::Compiled;
use crate::check::Accepted;
use crate::diag::Diagnostic;
use crate::source::Span;
use crate::syntax::{Parsed, ast};

/// The diagnostics of a file's targets as one list: each once, and one that isn't shared by all
/// says whose it is.
pub(super) fn joined(
    parsed: &Parsed,
    builds: &[Compiled],
    list: fn(&Compiled) -> &Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let mut all: Vec<(&Diagnostic, usize)> = Vec::new();
    for (index, build) in builds.iter().enumerate() {
        all.extend(list(build).iter().map(|found| (found, index)));
    }
    let key = |found: &Diagnostic| (found.primary.span, found.code);
    all.sort_by(|(a, _), (b, _)| by_place(a, b));

    let length = |help: &[String]| help.iter().map(String::len).sum::<usize>();
    let mut rows: Vec<(Diagnostic, Vec<usize>)> = Vec::new();
    for (found, index) in all {
        // Equal ones stand near each other, though not always side by side.
        let near = rows
            .iter_mut()
            .rev()
            .take_while(|(row, _)| key(row) == key(found));
        match near.into_iter().find(|(row, _)| is_same(row, found)) {
            Some((row, targets)) => {
                row.merge_places(found);
                if let (Some(fix), Some(other)) = (&mut row.fix, &found.fix) {
                    fix.merge(other);
                }
                // Of a list of what there is, the longest: one target may lack some of it.
                if length(&found.help) > length(&row.help) {
                    row.help.clone_from(&found.help);
                }
                targets.push(index);
            }
            None => rows.push((found.clone(), vec![index])),
        }
    }
    let statements = statements(parsed);
    let row = |(found, mut targets): (Diagnostic, Vec<usize>)| {
        targets.dedup();
        let note =
            (targets.len() < builds.len()).then(|| whose(&found, &targets, &statements, parsed));
        match note.flatten() {
            // What mends one target may break another.
            Some(note) => found.help(note).unsure(),
            None => found,
        }
    };
    rows.into_iter().map(row).collect()
}

/// The order of diagnostics: by place, and of one place by what they say.
pub(super) fn by_place(one: &Diagnostic, other: &Diagnostic) -> Ordering {
    let key = |found: &Diagnostic| (found.primary.span, found.code);
    let places = key(one).cmp(&key(other));
    places.then_with(|| one.message.cmp(&other.message))
}

/// What is accepted in several targets, each once.
pub(super) fn each_once<'a>(all: impl Iterator<Item = &'a Accepted>) -> Vec<Accepted> {
    let mut once: Vec<Accepted> = Vec::new();
    let mut seen: BTreeMap<(Span, Span), Vec<usize>> = BTreeMap::new();
    for found in all {
        let here = seen.entry((found.allow, found.diagnostic.primary.span));
        let here = here.or_default();
        if here.iter().all(|at| once.get(*at) != Some(found)) {
            here.push(once.len());
            once.push(found.clone());
        }
    }
    once
}

/// Whether two targets have the same fault, though what belongs to it isn't the same in both, such as
/// the names that there are.
fn is_same(one: &Diagnostic, other: &Diagnostic) -> bool {
    let fixes_agree = match (&one.fix, &other.fix) {
        (Some(one), Some(other)) => one.agrees_with(other),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    };
    fixes_agree && one.message == other.message
}

/// Which targets have a fault that others don't have. `None` where its place or its message says so.
fn whose(
    found: &Diagnostic,
    targets: &[usize],
    statements: &[Span],
    parsed: &Parsed,
) -> Option<String> {
    let all = &parsed.file.targets;
    let before = statements.partition_point(|it| it.start <= found.primary.span.start);
    let last = before.checked_sub(1).and_then(|at| statements.get(at));
    if last.is_some_and(|statement| statement.contains(found.primary.span)) {
        return None;
    }
    let targets = targets.iter().filter_map(|index| all.get(*index));
    let names: Vec<_> = targets.into_iter().filter_map(name).collect();
    match names.as_slice() {
        [] => None,
        [name] if found.target.as_deref() == Some(*name) => None,
        [name] => Some(format!("this is so for target `{name}` only")),
        names => Some(format!(
            "this is so for targets `{}` only",
            names.join("`, `")
        )),
    }
}

/// The statements of all targets with their blocks, which lie apart, in the order of the text.
fn statements(parsed: &Parsed) -> Vec<Span> {
    let mut facts = parsed.tree.facts.iter().map(|fact| fact.span).peekable();
    let targets = parsed.file.targets.iter().map(|target| target.span);
    let whole = targets.map(|target| {
        while facts.next_if(|fact| fact.end < target.end).is_some() {}
        let fact = facts.peek().filter(|fact| fact.contains(target));
        fact.copied().unwrap_or(target)
    });
    whole.collect()
}

/// The names of a file's targets, in its order.
pub(super) fn names(file: &ast::File) -> Vec<String> {
    let names = file.targets.iter().filter_map(name);
    names.map(str::to_owned).collect()
}

/// The name of a target, if it has one.
pub(super) fn name(target: &ast::Target) -> Option<&str> {
    target.name.as_ref().map(|name| name.value.as_str())
}
