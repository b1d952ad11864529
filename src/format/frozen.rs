//! The lines that stay as they are, because something on them can't be read.

use std::ops::RangeInclusive;

use crate::diag::Severity;
use crate::source::{LineIndex, Span};
use crate::syntax::Parsed;
use crate::syntax::tree::Fact;

/// Lines that stay as they are.
#[derive(Debug)]
pub(super) struct Frozen {
    /// Where lines begin.
    pub(super) index: LineIndex,
    is_frozen: Vec<bool>,
}

impl Frozen {
    /// Whether a line, counted from zero, stays as it is.
    pub(super) fn is(&self, line: usize) -> bool {
        self.is_frozen.get(line).copied().unwrap_or(false)
    }

    /// The line, counted from zero, of a place.
    pub(super) fn line(&self, offset: u32) -> usize {
        self.index.line(offset as usize)
    }

    /// The lines of a piece of text.
    fn of(&self, span: Span) -> RangeInclusive<usize> {
        let last = span.end.saturating_sub(1).max(span.start);
        self.line(span.start)..=self.line(last)
    }

    fn freeze(&mut self, span: Span) {
        for line in self.of(span) {
            if let Some(it) = self.is_frozen.get_mut(line) {
                *it = true;
            }
        }
    }
}

/// The lines of `text` that stay as they are; `None` where all do, since not all faults are known.
pub(super) fn lines(text: &str, parsed: &Parsed) -> Option<Frozen> {
    let mut frozen = Frozen {
        index: LineIndex::new(text),
        is_frozen: vec![false; text.split('\n').count()],
    };
    for found in parsed.diagnostics.all() {
        if found.severity() != Severity::Error {
            continue;
        }
        let place = found.primary.span;
        let edits = found.fix.iter().flat_map(|fix| &fix.edits);
        // A statement that a fix deletes can be read. Whether there is that fix may depend on the layout.
        let edits = edits.filter(|edit| !(edit.text.is_empty() && edit.span.contains(place)));
        // What stands between two changes belongs together, such as a block without its braces.
        frozen.freeze(edits.fold(place, |whole, edit| whole.to(edit.span)));
    }
    for junk in &parsed.tree.junk {
        frozen.freeze(junk.span);
        if let Some(block) = &junk.block {
            frozen.freeze(block.span);
        }
    }
    freeze(text, &parsed.tree.facts, true, &mut frozen);
    freeze_before_commas(text, &parsed.tree.commas, &mut frozen);
    freeze_commas(text, &parsed.tree.commas, &mut frozen);
    (!parsed.diagnostics.is_full()).then_some(frozen)
}

/// Freezes statements of a block, or of the file, that can't be read as a whole.
fn freeze(text: &str, facts: &[Fact], is_top: bool, frozen: &mut Frozen) {
    // The column of a statement whose block may be what is indented below it.
    let mut owner: Option<usize> = None;
    for (at, fact) in facts.iter().enumerate() {
        let column = column(text, fact);
        let is_deeper = owner.zip(column).is_some_and(|(its, own)| own > its);
        let shares_line = owner.is_some() && column.is_none();
        // At the top level a statement that doesn't begin its line is a mistake.
        let is_astray = is_top && column != Some(0);
        // In what isn't closed a line may belong to anything.
        let is_open = is_top && is_unclosed(fact);
        // What begins in its block without being a part of it would be written behind it.
        let next = facts.get(at + 1);
        let is_around = next.is_some_and(|next| next.span.start < fact.span.end);
        if is_deeper || shares_line || is_astray || is_open || is_around {
            frozen.freeze(fact.span);
            continue;
        }
        owner = None;
        let head = match &fact.block {
            Some(block) => Span {
                end: block.span.start + 1,
                ..fact.span
            },
            None => fact.span,
        };
        let is_broken = fact.broken || frozen.of(head).any(|line| frozen.is(line));
        if is_broken {
            frozen.freeze(head);
        }
        match &fact.block {
            Some(block) => freeze(text, &block.facts, false, frozen),
            None if is_broken => owner = column,
            None => {}
        }
    }
}

/// Whether a statement or one in its block has a block that isn't closed.
fn is_unclosed(fact: &Fact) -> bool {
    match &fact.block {
        Some(block) => !block.closed || block.facts.iter().any(is_unclosed),
        None => fact.raw.is_some() && fact.broken,
    }
}

/// Freezes a comma that another one on a line that stays as it is follows: without the first the second
/// could be read.
fn freeze_before_commas(text: &str, commas: &[Span], frozen: &mut Frozen) {
    let is_empty = |line: &str| line.is_empty() || line.starts_with('#');
    for pair in commas.windows(2).rev() {
        let [first, second] = pair else { continue };
        let between = text.get(first.range().end..second.range().start);
        let is_doubled = between.is_some_and(|it| it.lines().map(str::trim).all(is_empty));
        if is_doubled && frozen.is(frozen.line(second.start)) {
            frozen.freeze(*first);
        }
    }
}

/// Freezes commas by themselves below a line that stays as it is: what they follow isn't known.
fn freeze_commas(text: &str, commas: &[Span], frozen: &mut Frozen) {
    for comma in commas {
        let line = frozen.line(comma.start);
        let start = frozen.index.range(line).map_or(0, |range| range.start);
        let is_blank = |text: &str| text.chars().all(|c| c.is_whitespace() || c == ',');
        let is_alone = text.get(start..comma.range().start).is_some_and(is_blank);
        let above = text.get(..start).unwrap_or_default().trim_end();
        if is_alone && !above.is_empty() && frozen.is(frozen.index.line(above.len() - 1)) {
            frozen.freeze(*comma);
        }
    }
}

/// How many blanks stand before a statement that begins its line.
fn column(text: &str, fact: &Fact) -> Option<usize> {
    let before = text.get(..fact.span.range().start)?;
    let line = before.trim_end_matches([' ', '\t']);
    let begins = line.is_empty() || line.ends_with('\n') || line == "\u{feff}";
    begins.then_some(before.len() - line.len())
}
