//! Words and texts of which a token is one half.

use super::{AtomKind, Builder, Fact, blame};
use crate::diag::Diagnostic;
use crate::source::Span;

impl Builder<'_> {
    /// What to say of text without quotes that a token broke off, such as `nginx:1.29`: the token
    /// is no part of the statement.
    pub(super) fn half_of_text(&self, fact: &mut Fact, rest: Span) -> Option<Diagnostic> {
        let atoms = match &mut fact.value {
            Some(value) => &mut value.atoms,
            None => &mut fact.atoms,
        };
        let begun = atoms.last().filter(|atom| {
            atom.span.end == rest.start
                && matches!(
                    atom.kind,
                    AtomKind::Word(_) | AtomKind::Number(_) | AtomKind::Reference(..)
                )
        });
        let whole = begun?.span.to(rest);
        let blamed = blame::half_of_text(self.text.get(whole.range())?, whole, rest)?;
        atoms.pop();
        Some(blamed)
    }
}

/// Whether unreadable text goes on with the only word of a statement: then nobody knows the word.
pub(super) fn is_half_a_word(fact: Option<&Fact>, rest: &str, place: Span) -> bool {
    let adjoins =
        fact.is_some_and(|fact| fact.span == fact.head.span && fact.span.end == place.start);
    adjoins && rest.starts_with(|c: char| !c.is_ascii_graphic())
}
