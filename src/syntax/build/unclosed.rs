//! Blocks that aren't closed, and which of them it is.

use super::TreeBuilder;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

impl TreeBuilder<'_> {
    /// What to say of a block that isn't closed, from its statement to its brace. Those that lean in it
    /// are the ones from `leaning` on.
    pub(super) fn unclosed(&self, owner: Span, open: Span, leaning: usize) -> Diagnostic {
        let line = self.text[owner.range().start..]
            .split('\n')
            .next()
            .unwrap_or("")
            .trim_end();
        let start = owner.range().start;
        let line = Span::new(self.file, start..start + line.len());
        let open = if line.contains(open) { line } else { open };
        let message = "this block has no closing `}`";
        // The first in it whose brace stands where this one's belongs has taken it.
        let took = self.leaning.get(leaning);
        match took {
            Some(took) => Diagnostic::new(Code::UnclosedBlock, *took, message)
                .label("it opens here")
                .also(open, "and so this one has none either")
                .help("close it with a `}` below its first letter"),
            None => Diagnostic::new(Code::UnclosedBlock, open, message)
                .label("it opens here")
                .help("close it with a `}`"),
        }
    }

    /// Whether a brace begins its line, and stands further left than a statement that begins its.
    pub(super) fn leans(&self, statement: Span, brace: Span) -> bool {
        let own = indent(self.text, brace.range().start);
        let its = indent(self.text, statement.range().start);
        own.zip(its)
            .is_some_and(|(brace, statement)| brace < statement)
    }
}

/// How many blanks stand before what begins a line at this byte.
pub(super) fn indent(text: &str, at: usize) -> Option<usize> {
    let before = &text[..at];
    let blanks = before.len() - before.trim_end_matches([' ', '\t']).len();
    let begins = before.len() == blanks || before[..before.len() - blanks].ends_with('\n');
    begins.then_some(blanks)
}
