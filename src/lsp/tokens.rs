//! Tokens, as the protocol says them: five numbers each, counted from the one before.

use gen_lsp_types::{
    Range, SemanticToken, SemanticTokens, SemanticTokensDelta, SemanticTokensDeltaResponse,
    SemanticTokensEdit,
};

use super::convert::clamp;
use super::view::View;
use crate::ide::tokens::{Token, tokens as of};

/// How many numbers a token is.
const NUMBERS: usize = 5;

pub(super) fn all(view: &View<'_>) -> SemanticTokens {
    let tokens = said(view, &of(&view.analysis));
    let mut told = view.document.tokens.borrow_mut();
    told.0 = told.0.wrapping_add(1);
    told.1.clone_from(&tokens.data);
    SemanticTokens {
        result_id: Some(told.0.to_string()),
        ..tokens
    }
}

/// What has changed since the client was told of these; all of them where it was told of others since.
pub(super) fn changed(view: &View<'_>, since: &str) -> SemanticTokensDeltaResponse {
    let (number, before) = view.document.tokens.borrow().clone();
    let now = all(view);
    if number.to_string() != since {
        return SemanticTokensDeltaResponse::SemanticTokens(now);
    }
    let edit = edit(&before, &now.data);
    SemanticTokensDeltaResponse::SemanticTokensDelta(SemanticTokensDelta {
        result_id: now.result_id,
        edits: edit.into_iter().collect(),
    })
}

/// The one change between two lists, if they aren't the same: what lies between the beginning and the end
/// that both have.
fn edit(before: &[SemanticToken], now: &[SemanticToken]) -> Option<SemanticTokensEdit> {
    if before == now {
        return None;
    }
    let same = |(one, other): &(&SemanticToken, &SemanticToken)| one == other;
    let start = before.iter().zip(now).take_while(same).count();
    let (before, now) = (before.get(start..)?, now.get(start..)?);
    let pairs = before.iter().rev().zip(now.iter().rev());
    let end = pairs.take_while(same).count();
    let numbers = |count: usize| clamp(count * NUMBERS);
    let data = now.get(..now.len() - end)?.iter().flat_map(|it| {
        [
            it.delta_line,
            it.delta_start,
            it.length,
            it.token_type,
            it.token_modifiers_bitset,
        ]
    });
    let data: Vec<u32> = data.collect();
    Some(SemanticTokensEdit {
        start: numbers(start),
        delete_count: numbers(before.len() - end),
        data: (!data.is_empty()).then_some(data),
    })
}

pub(super) fn range(view: &View<'_>, range: Range) -> SemanticTokens {
    let within = view.places.span(range);
    let mut all = of(&view.analysis);
    all.retain(|token| token.span.start < within.end && within.start < token.span.end);
    said(view, &all)
}

fn said(view: &View<'_>, tokens: &[Token]) -> SemanticTokens {
    let places = &view.places;
    let (mut line, mut at) = (0, 0);
    let data = tokens.iter().map(|token| {
        let range = token.span.range();
        let now = places.lines.line(range.start);
        // Of a line that goes on, what lies between the two alone is counted.
        let from = if now == line {
            at
        } else {
            let start = places.lines.range(now).map(|range| range.start);
            start.unwrap_or(range.start)
        };
        let said = SemanticToken {
            delta_line: clamp(now - line),
            delta_start: places.length(places.text.get(from..range.start).unwrap_or_default()),
            length: places.length(places.text.get(range.clone()).unwrap_or_default()),
            token_type: token.kind as u32,
            token_modifiers_bitset: token.modifiers,
        };
        (line, at) = (now, range.start);
        said
    });
    SemanticTokens {
        result_id: None,
        data: data.collect(),
    }
}
