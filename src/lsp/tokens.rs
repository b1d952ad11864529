//! Tokens, as the protocol says them: five numbers each, counted from the one before.

use gen_lsp_types::{Range, SemanticToken, SemanticTokens};

use super::view::View;
use crate::ide::tokens::{Token, tokens as of};

pub(super) fn all(view: &View<'_>) -> SemanticTokens {
    said(view, &of(&view.analysis))
}

pub(super) fn range(view: &View<'_>, range: Range) -> SemanticTokens {
    let within = view.places.span(range);
    let mut all = of(&view.analysis);
    all.retain(|token| token.span.start < within.end && within.start < token.span.end);
    said(view, &all)
}

fn said(view: &View<'_>, tokens: &[Token]) -> SemanticTokens {
    let (mut line, mut column) = (0, 0);
    let data = tokens.iter().map(|token| {
        let start = view.places.position(token.span.range().start);
        let text = view.places.text.get(token.span.range()).unwrap_or_default();
        if start.line != line {
            column = 0;
        }
        let said = SemanticToken {
            delta_line: start.line - line,
            delta_start: start.character - column,
            length: view.places.length(text),
            token_type: token.kind as u32,
            token_modifiers_bitset: token.modifiers,
        };
        (line, column) = (start.line, start.character);
        said
    });
    SemanticTokens {
        result_id: None,
        data: data.collect(),
    }
}
