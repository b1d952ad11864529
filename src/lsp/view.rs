//! A text as requests see it.

use std::rc::Rc;

use gen_lsp_types::{Location, Position, Range, Uri};

use super::client::Client;
use super::convert::Places;
use super::documents::Document;
use crate::ide::{Analysis, Beside};
use crate::source::Span;

/// A text that is open, with all that is known of it.
pub(super) struct View<'a> {
    pub(super) uri: &'a str,
    pub(super) document: &'a Document,
    pub(super) analysis: Rc<Analysis>,
    pub(super) places: Places<'a>,
    pub(super) client: &'a Client,
    pub(super) beside: &'a dyn Beside,
    /// The target whose values are shown, where the user chose one.
    pub(super) target: Option<&'a str>,
    /// The user's settings.
    pub(super) settings: &'a serde_json::Value,
}

impl View<'_> {
    pub(super) fn offset(&self, place: Position) -> usize {
        self.places.offset(place)
    }

    pub(super) fn range(&self, span: Span) -> Range {
        self.places.range(span)
    }

    /// A text with a mask over what nobody may read.
    pub(super) fn masked(&self, text: &str) -> String {
        self.analysis.masks().over(text).into_owned()
    }

    pub(super) fn location(&self, span: Span) -> Location {
        Location::new(Uri(self.uri.to_owned()), self.range(span))
    }
}
