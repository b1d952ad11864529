//! Words of one statement that commas made several of.

use super::row_of;
use crate::catalog::keys::{Part, Place, Row, SlotKind};
use crate::diag::{Applicability, Bag, Code, Diagnostic, Edit, Fix};
use crate::source::Span;
use crate::syntax::tree::{Fact, Form};

/// The statements, at `at` and behind it, that are no statements: a comma stands between the words of
/// `before`, whose last part takes several. Says so.
pub(super) fn parted<'a>(
    before: &Fact,
    row: &Row,
    rest: &'a [Fact],
    place: Place,
    text: &str,
    bag: &mut Bag,
) -> &'a [Fact] {
    let commas = commas(before, row, rest, place, text);
    let Some(first) = commas.first() else {
        return &[];
    };
    let message = format!("no comma stands between the words of `{}`", row.word);
    let title = "write them apart by blanks";
    let fix = Fix {
        title: title.to_owned(),
        edits: commas
            .iter()
            .map(|comma| Edit::replace(*comma, " "))
            .collect(),
        applicability: Applicability::Certain,
    };
    let comma = Span {
        end: first.start + 1,
        ..*first
    };
    let diagnostic = Diagnostic::new(Code::UnexpectedText, comma, message);
    bag.push(diagnostic.help(title).with_fix(fix));
    rest.get(..commas.len()).unwrap_or_default()
}

/// The commas between the words of `before`, a statement of `row` whose last part takes several: each
/// stands before one of `rest` that is no statement.
pub(super) fn commas(
    before: &Fact,
    row: &Row,
    rest: &[Fact],
    place: Place,
    text: &str,
) -> Vec<Span> {
    let mut commas: Vec<Span> = Vec::new();
    let Some(Part::Many(_, kind)) = row.parts.last() else {
        return commas;
    };
    let mut last = before.span;
    for fact in rest {
        let comma = Span {
            start: last.end,
            end: fact.span.start,
            ..last
        };
        let is_comma = text
            .get(comma.range())
            .is_some_and(|it| it.trim() == "," && !it.contains('\n'));
        let is_word = match (fact.form, kind) {
            (Form::Text, SlotKind::Text(_) | SlotKind::FileOrSecret) => true,
            (Form::Word, SlotKind::Name(_)) => row_of(place, fact).is_none(),
            _ => false,
        };
        let is_alone = fact.value.is_none() && fact.block.is_none() && !fact.broken;
        if !is_comma || !is_word || !is_alone {
            break;
        }
        commas.push(comma);
        last = fact.span;
    }
    commas
}
