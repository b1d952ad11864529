//! Layout, as the protocol says it.

use gen_lsp_types::{Position, Range, TextEdit};

use super::view::View;
use crate::diag::Edit;
use crate::ide::layout;
use crate::source::Span;

pub(super) fn all(view: &View<'_>) -> Vec<TextEdit> {
    said(view, &layout::layout(&view.analysis.text))
}

pub(super) fn range(view: &View<'_>, range: Range) -> Vec<TextEdit> {
    let facts = view.analysis.parsed.tree.facts.iter();
    let blocks: Vec<Span> = facts.map(|fact| fact.span).collect();
    let wanted = view.places.span(range);
    let edits = layout::layout_of(&view.analysis.text, &blocks, wanted);
    said(view, &edits)
}

pub(super) fn on_type(view: &View<'_>, place: Position) -> Vec<TextEdit> {
    let offset = view.offset(place);
    let edit = layout::indent(&view.analysis.text, offset);
    said(view, edit.as_slice())
}

fn said(view: &View<'_>, edits: &[Edit]) -> Vec<TextEdit> {
    edits.iter().map(|edit| view.places.edit(edit)).collect()
}
