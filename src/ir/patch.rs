//! Patches: what a user merges into one object, for what the language has no statement.

use std::ops::Range;

use crate::source::{Span, Spanned};
use crate::yaml::{Marked, Node};

/// A mapping that is merged into an object. The backend that makes the object knows whether it may be.
#[derive(Debug, Clone)]
pub struct Patch {
    /// The object's kind.
    pub kind: Spanned<String>,
    /// The object's name, which may be left out where only one object has that kind.
    pub object: Option<Spanned<String>>,
    /// The text between its braces.
    pub text: Spanned<String>,
    /// What that text holds; its places are bytes of the text. `None` where it couldn't be read, which
    /// is an error.
    pub document: Option<Marked>,
}

impl Patch {
    /// What is merged; its nodes come from the patch.
    #[must_use]
    pub fn node(&self) -> Option<Node> {
        let from = |bytes: &Range<usize>, kind| Node::new(kind).at(self.place(bytes));
        Some(self.document.as_ref()?.node(&from))
    }

    /// The place of bytes of its text, up to the end of their line; where they are none, the word there.
    #[must_use]
    pub fn place(&self, bytes: &Range<usize>) -> Span {
        let text = self.text.value.as_str();
        // At the end of the text nothing stands that could be shown.
        let last = text
            .trim_end()
            .char_indices()
            .last()
            .map_or(0, |(at, _)| at);
        let start = bytes.start.min(last);
        let rest = &text[start..];
        let length = if bytes.is_empty() {
            let ends = |c: char| c.is_whitespace() || ":,[]{}".contains(c);
            let first = rest.chars().next().map_or(0, char::len_utf8);
            first + rest[first..].find(ends).unwrap_or(rest.len() - first)
        } else {
            let length = bytes.end.clamp(start, text.len()) - start;
            rest[..length].lines().next().map_or(length, str::len)
        };
        let from = self.text.span.range().start + start;
        Span::new(self.text.span.file, from..from + length)
    }
}
