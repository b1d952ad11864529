//! Blocks that a brace too many closes early: the lines below it are indented as their own.

use super::TreeBuilder;
use super::unclosed::indent;
use crate::diag::{Bag, Code, Diagnostic};
use crate::source::Span;
use crate::syntax::tree::{Block, Fact};

impl TreeBuilder<'_> {
    /// Gives the statements behind such a brace to the block that it closes, and its place to the brace
    /// that closes nothing. Of other braces that close nothing, says so; yes where there are any.
    pub(super) fn strays(&mut self, facts: &mut Vec<Fact>, bag: &mut Bag) -> bool {
        let mut strays = std::mem::take(&mut self.strays).into_iter().peekable();
        let mut left = Vec::new();
        let mut read = std::mem::take(facts).into_iter().peekable();
        while let Some(mut fact) = read.next() {
            while let Some(stray) = strays.next_if(|stray| stray.start < fact.span.start) {
                left.push(stray);
            }
            let Some((brace, closing)) = self.early(&fact, strays.peek().copied()) else {
                facts.push(fact);
                continue;
            };
            let is_inside = |next: &Fact| {
                next.span.end <= closing.start
                    && indent(self.text, next.span.range().start).is_none_or(|blanks| blanks > 0)
            };
            let first = read.peek().filter(|next| is_inside(next));
            if first.is_none_or(|next| indent(self.text, next.span.range().start).is_none()) {
                facts.push(fact);
                continue;
            }
            let mut late = Vec::new();
            while let Some(next) = read.next_if(is_inside) {
                late.push(next);
            }
            strays.next();
            bag.push(too_early(brace, &fact));
            if let Some(block) = &mut fact.block {
                block.facts.extend(late);
                block.span = block.span.to(closing);
                fact.span = fact.span.to(closing);
            }
            self.keep(brace, Vec::new());
            facts.push(fact);
        }
        left.extend(strays);
        for stray in &left {
            let message = "this `}` closes nothing";
            let diagnostic = Diagnostic::new(Code::StrayBrace, *stray, message);
            bag.push(diagnostic.maybe("delete it", *stray, ""));
            self.keep(*stray, Vec::new());
        }
        !left.is_empty()
    }

    /// The brace that closes the block of a statement of the first column, where it is indented as what
    /// stands in the block; and the one that stands where its own belongs, and closes nothing.
    fn early(&self, fact: &Fact, stray: Option<Span>) -> Option<(Span, Span)> {
        let Block { span, closed, .. } = fact.block.as_ref()?;
        let stray = stray.filter(|stray| *closed && span.end <= stray.start)?;
        let brace = Span {
            start: span.end.saturating_sub(1),
            ..*span
        };
        let own = indent(self.text, fact.span.range().start)?;
        let its = indent(self.text, brace.range().start)?;
        let last = indent(self.text, stray.range().start)?;
        (own == 0 && its > 0 && last == 0).then_some((brace, stray))
    }
}

fn too_early(brace: Span, fact: &Fact) -> Diagnostic {
    let head = &fact.head;
    let message = format!(
        "this `}}` closes the block of `{}`, and the lines below it are indented as a part of it",
        head.value
    );
    Diagnostic::new(Code::StrayBrace, brace, message)
        .also(head.span, "the block")
        .maybe("delete it", brace, "")
}
