//! What to say of statements on one line that no comma keeps apart.

use super::Blamed;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::tree::{AtomKind, Fact};

/// What to say of a statement that begins on the line of the one before it.
pub(super) fn missing_comma(before: Span, statement: Span) -> Diagnostic {
    let place = Span {
        end: statement.start,
        ..statement
    };
    let message = "expected a comma or a new line before this statement";
    let diagnostic = Diagnostic::new(Code::MissingSeparator, place, message);
    put_comma(diagnostic, before, statement.start)
}

/// With the fix that puts a comma behind `before`, to keep it apart from what begins at `start`.
pub(in crate::syntax) fn put_comma(diagnostic: Diagnostic, before: Span, start: u32) -> Diagnostic {
    let place = Span {
        start: before.end,
        ..before
    };
    let comma = if before.end == start { ", " } else { "," };
    diagnostic.fix("put a comma between the two", place, comma)
}

/// What to say of a `=` behind the value of a setting and a word more: the word begins another one.
pub(super) fn begins_a_setting(fact: &mut Fact, junk: &str) -> Option<Blamed> {
    let atoms = &mut fact.value.as_mut()?.atoms;
    let [.., before, key] = atoms.as_slice() else {
        return None;
    };
    let AtomKind::Word(word) = &key.kind else {
        return None;
    };
    if !junk.starts_with('=') {
        return None;
    }
    let message = format!("expected a comma or a new line before `{word}`");
    let diagnostic = Diagnostic::new(Code::MissingSeparator, key.span, message);
    let blamed = put_comma(diagnostic, before.span, key.span.start);
    Some((blamed, atoms.pop().into_iter().collect()))
}
