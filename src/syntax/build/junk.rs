//! Text that fits no shape: it is kept in the tree, and what to say of it is noted.

use super::commas::begins_a_setting;
use super::half::{is_half_a_word, word_of};
use super::{Blamed, BlockBody, Fact, Last, TreeBuilder, blame};
use crate::diag::{Diagnostic, MOST_KEPT};
use crate::source::Span;
use crate::syntax::tree::{Atom, Junk};

/// The statement behind which somebody may have written a secret's value.
const SECRET: &str = "secret";

impl TreeBuilder<'_> {
    /// Notes what to say of unreadable text, as long as anybody would read of it.
    pub(super) fn complain(&mut self, place: Span, diagnostic: Diagnostic) {
        if self.blamed.len() < MOST_KEPT {
            self.blamed.push((place, diagnostic));
        }
    }

    /// Keeps unreadable text, with the tokens before it that are its beginning.
    pub(super) fn keep(&mut self, span: Span, atoms: Vec<Atom>) {
        let span = atoms.first().map_or(span, |first| first.span.to(span));
        self.junk.push(Junk {
            span,
            atoms,
            block: None,
        });
    }

    /// Notes text that fits no shape: behind the statement before it on its line, or by itself.
    pub(super) fn junk(&mut self, text: &str, span: Span, body: &mut BlockBody) {
        let touches = self.touches(body, span);
        let mut taken = Vec::new();
        if touches && is_half_a_word(body.facts.last(), text, span) {
            taken.extend(body.facts.pop().map(word_of));
            body.last = Last::Junk;
        }
        let before = body.facts.last_mut();
        let blamed = if let Some(fact) = before.filter(|_| body.last == Last::Fact && touches) {
            fact.broken = true;
            let (blamed, half) = self.behind(fact, text, span);
            taken = half;
            if fact.head.value == SECRET {
                blamed.mask(blame::inside(text, span))
            } else {
                blamed
            }
        } else {
            body.broken = true;
            blame::junk(text, span, blame::JunkPlace::Start)
        };
        self.keep(span, taken);
        self.complain(span, blamed);
        body.last = Last::Junk;
    }

    /// What to say of text that fits no shape behind a statement on its line.
    fn behind(&self, fact: &mut Fact, text: &str, span: Span) -> Blamed {
        let adjoins = fact.span.end == span.start;
        let is_head = adjoins && fact.span == fact.head.span;
        let word = fact.head.value.clone();
        let blamed = self.half_of_text(&word, fact, span);
        let blamed = blamed.or_else(|| begins_a_setting(fact, text));
        if let Some(blamed) = blamed {
            return blamed;
        }
        let blamed = match text.as_bytes().first() {
            Some(b':') if is_head => Some(blame::colon(&word, text, span)),
            Some(b'.') if is_head => blame::dotted(&word, text, span),
            _ => None,
        };
        let blamed = blamed.unwrap_or_else(|| {
            if adjoins {
                blame::adjoining(text, span)
            } else {
                blame::junk(text, span, blame::JunkPlace::InStatement)
            }
        });
        (blamed, Vec::new())
    }
}
