//! Words and texts of which a token is one half.

use super::{AtomKind, Blamed, Fact, TreeBuilder, blame};
use crate::source::{Span, Spanned};
use crate::syntax::tree::{Atom, Form};

/// The word before a schedule.
const CRON: &str = "cron";
/// Minute, hour, day of the month, month, day of the week.
const FIELDS: usize = 5;

impl TreeBuilder<'_> {
    /// What to say of text without quotes that a token broke off, such as `nginx:1.29`: the token
    /// is no part of the statement, which begins with `word`.
    pub(super) fn half_of_text(&self, word: &str, fact: &mut Fact, rest: Span) -> Option<Blamed> {
        if word == CRON
            && let Some(blamed) = self.schedule(fact, rest)
        {
            return Some(blamed);
        }
        // Behind `=` stands a value, whatever the word.
        let (word, atoms) = match &mut fact.value {
            Some(value) => ("", &mut value.atoms),
            None => (word, &mut fact.atoms),
        };
        let begun = atoms.last().filter(|atom| {
            atom.span.end == rest.start
                && matches!(
                    atom.kind,
                    AtomKind::Word(_) | AtomKind::Number(_) | AtomKind::Reference(..)
                )
        });
        let whole = begun?.span.to(rest);
        let blamed = blame::half_of_text(word, self.text.get(whole.range())?, whole, rest)?;
        Some((blamed, atoms.pop().into_iter().collect()))
    }

    /// What to say of a schedule without quotes: its first numbers are tokens, which are no part of the
    /// statement, and `rest` begins with a `*` perhaps.
    fn schedule(&self, fact: &mut Fact, rest: Span) -> Option<Blamed> {
        let is_number = |atom: &Atom| matches!(atom.kind, AtomKind::Number(_));
        let numbers = fact.atoms.iter().rev().take_while(|atom| is_number(atom));
        let kept = fact.atoms.len() - numbers.count();
        let first = fact.atoms.get(kept).map_or(rest, |atom| atom.span);
        let text = self.text.get(first.range().start..rest.range().end)?;
        let schedule = first_fields(text)?;
        let blamed = blame::schedule(schedule, first);
        Some((blamed, fact.atoms.split_off(kept)))
    }
}

/// Whether unreadable text goes on with the only word of a statement: then nobody knows the word.
pub(super) fn is_half_a_word(fact: Option<&Fact>, rest: &str, place: Span) -> bool {
    let adjoins =
        fact.is_some_and(|fact| fact.span == fact.head.span && fact.span.end == place.start);
    adjoins && rest.starts_with(|c: char| !c.is_ascii_graphic())
}

/// The word of a statement that has no more than that, as a token.
pub(super) fn word_of(fact: Fact) -> Atom {
    let Spanned { value, span } = fact.head;
    let kind = match fact.form {
        Form::Text => AtomKind::Text(value),
        Form::Word | Form::Spread => AtomKind::Word(value),
    };
    Atom { kind, span }
}

/// The schedule that a text begins with, if what stands there has the form of one.
fn first_fields(text: &str) -> Option<&str> {
    let is_blank = |c: char| c == ' ' || c == '\t';
    let mut rest = text;
    for _ in 0..FIELDS {
        let field = rest.trim_start_matches(is_blank);
        let end = field.find(is_blank).unwrap_or(field.len());
        let (field, behind) = field.split_at(end);
        let is_field = |c: u8| c.is_ascii_alphanumeric() || b"*/-".contains(&c);
        if field.is_empty() || !field.bytes().all(is_field) {
            return None;
        }
        rest = behind;
    }
    text.get(..text.len() - rest.len())
}
