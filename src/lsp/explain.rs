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
    let kind = if view.client.marks_hovers {
        MarkupKind::Markdown
    } else {
        MarkupKind::PlainText
    };
    Some(Hover {
        contents: Contents::MarkupContent(MarkupContent::new(kind, found.text)),
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
            documentation: Some(documentation(
                format!("{}.{next}", it.doc),
                view.client.marks_signatures,
            )),
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

/// A text, in Markdown where a client takes that.
pub(super) fn documentation(text: String, is_marked: bool) -> Documentation {
    if is_marked {
        Documentation::MarkupContent(markdown(text))
    } else {
        Documentation::String(text)
    }
}

pub(super) fn markdown(text: String) -> MarkupContent {
    MarkupContent::new(MarkupKind::Markdown, text)
}
