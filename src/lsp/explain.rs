//! Hovers and signatures, as the protocol says them.

use gen_lsp_types::{
    Contents, Documentation, Hover, MarkupContent, MarkupKind, Position, SignatureHelp,
    SignatureInformation,
};

use super::convert::clamp;
use super::view::View;
use crate::ide::{hover, signature};

pub(super) fn hover(view: &View<'_>, place: Position) -> Option<Hover> {
    let found = hover::hover(&view.analysis, view.offset(place), view.target)?;
    Some(Hover {
        contents: Contents::MarkupContent(markdown(found.text)),
        range: Some(view.range(found.span)),
    })
}

pub(super) fn signatures(view: &View<'_>, place: Position) -> Option<SignatureHelp> {
    let (all, active) = signature::signatures(&view.analysis, view.offset(place))?;
    let signatures = all.into_iter().map(|it| {
        let next = if it.next.is_empty() {
            String::new()
        } else {
            format!("\n\nHere: {}", it.next)
        };
        SignatureInformation {
            label: it.usage,
            documentation: Some(Documentation::MarkupContent(markdown(format!(
                "{}.{next}",
                it.doc
            )))),
            parameters: None,
            active_parameter: None,
        }
    });
    Some(SignatureHelp {
        signatures: signatures.collect(),
        active_signature: Some(clamp(active)),
        active_parameter: None,
    })
}

pub(super) fn markdown(text: String) -> MarkupContent {
    MarkupContent::new(MarkupKind::Markdown, text)
}
