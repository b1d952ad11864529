//! Which parts of a text belong together: what can be folded, and what a selection grows to.

use crate::source::{FileId, Span};
use crate::syntax::tree::{Atom, AtomKind, Fact};

use super::Analysis;
use super::walk::walk;

/// Lines that can be folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fold {
    /// The first line, which stays; the first of the text is 0.
    pub first: usize,
    /// The last one.
    pub last: usize,
    /// Whether they are comments.
    pub is_comment: bool,
}

/// How many statements of one word make a run that can be folded.
const RUN: usize = 3;

/// What can be folded: blocks, runs of comments, and runs of `secret` and `allow`.
#[must_use]
pub fn folds(analysis: &Analysis) -> Vec<Fold> {
    let line = |offset: u32| analysis.lines.line(offset as usize);
    let mut folds = Vec::new();
    let mut add = |first: usize, last: usize, is_comment: bool| {
        if first < last {
            folds.push(Fold {
                first,
                last,
                is_comment,
            });
        }
    };
    let tree = &analysis.parsed.tree;
    walk(tree, &mut |met| {
        let block = met.fact.block.as_ref().map(|block| block.span);
        let raw = met.fact.raw.as_ref().map(|_| met.fact.span);
        if let Some(span) = block.or(raw) {
            // The line of the closing brace stays, as in every editor.
            let last = line(span.end.saturating_sub(1));
            add(line(span.start), last.saturating_sub(1), false);
        }
        if let Some(block) = &met.fact.block {
            runs(&block.facts, &line, &mut add);
        }
    });
    runs(&tree.facts, &line, &mut add);
    let own_line = tree.comments.iter().filter(|span| {
        let start = span.range().start;
        let range = analysis.lines.range(analysis.lines.line(start));
        let before = range.and_then(|range| analysis.text.get(range.start..start));
        before.is_some_and(|before| before.trim().is_empty())
    });
    let mut run: Option<(usize, usize)> = None;
    for span in own_line {
        let at = line(span.start);
        match &mut run {
            Some((_, last)) if *last + 1 == at => *last = at,
            _ => {
                if let Some((first, last)) = run.replace((at, at)) {
                    add(first, last, true);
                }
            }
        }
    }
    if let Some((first, last)) = run {
        add(first, last, true);
    }
    folds.sort();
    folds
}

/// Runs of statements with one word that stand on a line each.
fn runs(facts: &[Fact], line: &impl Fn(u32) -> usize, add: &mut impl FnMut(usize, usize, bool)) {
    for word in ["secret", "allow"] {
        let is_it =
            |fact: &Fact| fact.head.value == word && line(fact.span.start) == line(fact.span.end);
        let mut rest = facts;
        while let Some(start) = rest.iter().position(is_it) {
            let run = rest.get(start..).unwrap_or_default();
            let mut count = 1;
            while let (Some(one), Some(next)) = (run.get(count - 1), run.get(count))
                && is_it(next)
                && line(one.span.start) + 1 == line(next.span.start)
            {
                count += 1;
            }
            if count >= RUN
                && let (Some(first), Some(last)) = (run.first(), run.get(count - 1))
            {
                add(line(first.span.start), line(last.span.start), false);
            }
            rest = run.get(count..).unwrap_or_default();
        }
    }
}

/// What a selection at a place grows to, the smallest first: word, token, value, statement, block.
#[must_use]
pub fn around(analysis: &Analysis, offset: usize) -> Vec<Span> {
    let at = u32::try_from(offset).unwrap_or(u32::MAX);
    let holds = |span: Span| span.start <= at && at <= span.end;
    let mut all = vec![Span::new(FileId(0), 0..analysis.text.len())];
    let mut facts = analysis.parsed.tree.facts.as_slice();
    while let Some(fact) = facts.iter().find(|fact| holds(fact.span)) {
        all.push(fact.span);
        match &fact.block {
            Some(block) if block.span.start < at && at < block.span.end => {
                all.push(block.span);
                if let (Some(first), Some(last)) = (block.facts.first(), block.facts.last()) {
                    let inner = first.span.to(last.span);
                    all.extend(Some(inner).filter(|span| holds(*span)));
                }
                facts = &block.facts;
            }
            _ => {
                within(fact, &holds, &mut all);
                break;
            }
        }
    }
    all.dedup();
    all.reverse();
    all
}

fn within(fact: &Fact, holds: &impl Fn(Span) -> bool, all: &mut Vec<Span>) {
    if holds(fact.head.span) {
        all.push(fact.head.span);
        return;
    }
    let mut atoms = fact.atoms.as_slice();
    if let Some(value) = fact.value.as_ref().filter(|it| {
        let end = it.atoms.last().map_or(it.equals, |atom| atom.span).end;
        holds(Span { end, ..it.equals })
    }) {
        if let (Some(first), Some(last)) = (value.atoms.first(), value.atoms.last()) {
            all.extend(Some(first.span.to(last.span)).filter(|span| holds(*span)));
        }
        atoms = &value.atoms;
    }
    while let Some(Atom { kind, span }) = atoms.iter().find(|atom| holds(atom.span)) {
        all.push(*span);
        match kind {
            AtomKind::List(items) => {
                let Some(item) = items.iter().find(|item| {
                    item.first()
                        .zip(item.last())
                        .is_some_and(|(first, last)| holds(first.span.to(last.span)))
                }) else {
                    return;
                };
                atoms = item;
            }
            AtomKind::Reference(parts, _) => {
                all.extend(parts.iter().map(|it| it.span).find(|span| holds(*span)));
                return;
            }
            AtomKind::Text(_) if span.end - span.start >= 2 => {
                let inner = Span {
                    start: span.start + 1,
                    end: span.end - 1,
                    ..*span
                };
                all.extend(Some(inner).filter(|span| holds(*span)));
                return;
            }
            AtomKind::Word(_) | AtomKind::Text(_) | AtomKind::Number(_) | AtomKind::Range(..) => {
                return;
            }
        }
    }
}
