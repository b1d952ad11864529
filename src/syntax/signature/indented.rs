//! Blocks that are indented, and have no braces.

use super::row_of;
use crate::catalog::keys::{Body, Free, Place, Row};
use crate::diag::{Applicability, Code, Diagnostic, Edit, Fix};
use crate::source::Span;
use crate::syntax::tree::{Fact, Form};

/// The statements behind `fact` that are its block by their indentation: there are none where it has a
/// block, or takes none.
pub(in crate::syntax) fn indented<'a>(
    fact: &Fact,
    row: &Row,
    place: Place,
    rest: &'a [Fact],
    text: &str,
) -> &'a [Fact] {
    let none = &rest[..0];
    let (Body::Required(inner) | Body::Optional(inner)) = row.body else {
        return none;
    };
    if fact.block.is_some() {
        return none;
    }
    let (Some(first), Some(column)) = (rest.first(), column(fact, text)) else {
        return none;
    };
    let is_deeper = |it: &Fact| self::column(it, text).is_some_and(|its| its > column);
    // Where a block may be left out, what may stand without one is none.
    let stands_alone = matches!(row.body, Body::Optional(_)) && row_of(place, first).is_some();
    if !is_deeper(first) || stands_alone || !may_stand(inner, first) {
        return none;
    }
    // What shares a line with one of them is another.
    let is_one = |it: &&Fact| is_deeper(it) || self::column(it, text).is_none();
    let count = rest.iter().take_while(is_one).count();
    &rest[..count]
}

/// What to say of a block by indentation.
pub(super) fn without_braces(fact: &Fact, row: &Row, block: &[Fact], text: &str) -> Diagnostic {
    let behind = Span {
        start: fact.span.end,
        ..fact.span
    };
    let title = "open it with ` {` there, and close it with `}` on a line of its own";
    let message = format!("the block of `{}` has no braces", row.word);
    let diagnostic = Diagnostic::new(Code::Expected, behind, message).help(title);
    let (Some(last), Some(column)) = (block.last(), column(fact, text)) else {
        return diagnostic;
    };
    // A brace that is there already is the one that lacks another.
    let end = last.span.range().end;
    let is_closed = text[end..].trim_start().starts_with('}');
    let close = format!("\n{}}}", " ".repeat(column));
    let close = Edit::replace(Span::new(fact.span.file, end..end), close);
    let edits = [Edit::replace(behind, " {")].into_iter();
    diagnostic.with_fix(Fix {
        title: title.to_owned(),
        edits: edits.chain((!is_closed).then_some(close)).collect(),
        applicability: Applicability::Maybe,
    })
}

/// How many blanks stand before a statement that begins its line.
fn column(fact: &Fact, text: &str) -> Option<usize> {
    let before = &text[..fact.span.range().start];
    let line = before.trim_end_matches([' ', '\t']);
    let begins = line.is_empty() || line.ends_with('\n') || line == "\u{feff}";
    begins.then_some(before.len() - line.len())
}

/// Whether a statement may stand in a place.
fn may_stand(place: Place, fact: &Fact) -> bool {
    let is_free = match place.free() {
        Free::Keys | Free::Variables => true,
        Free::Settings | Free::Labels | Free::Routes => fact.value.is_some() || fact.broken,
        Free::Nothing => false,
    };
    row_of(place, fact).is_some()
        || (is_free && (fact.form != Form::Spread || place.free() == Free::Variables))
}
