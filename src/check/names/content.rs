//! What values are made of, and where those that refer to something stand.

use super::link::Link;
use crate::catalog::members::PodMember;
use crate::ir::{Piece, SecretRef, Text};
use crate::source::Span;
use crate::syntax::ast;

/// What a value stands for.
#[derive(Debug)]
pub(in crate::check) enum Content<'a> {
    /// Text that anyone may read.
    Plain(Text),
    /// A key of the shared ConfigMap, under another name.
    Config(&'a ast::Setting),
    /// One key of a Secret; the place is where it is declared.
    Secret(SecretRef, Span),
    /// Text around a password, put together in the pod.
    Composed(Composed),
    /// What the pod that reads it knows of itself.
    Pod(PodMember),
}

/// A value that holds a password, which only the pod knows.
#[derive(Debug, Clone)]
pub(in crate::check) struct Composed {
    pub(in crate::check) pieces: Vec<Piece>,
    /// The variable that the pieces refer to, and what it holds.
    pub(in crate::check) variable: String,
    pub(in crate::check) password: SecretRef,
    /// Where the password is declared.
    pub(in crate::check) declared: Span,
}

impl Content<'_> {
    /// Where the secret in it is declared, if there is one.
    pub(in crate::check) fn secret(&self) -> Option<Span> {
        match self {
            Content::Plain(_) | Content::Config(_) | Content::Pod(_) => None,
            Content::Secret(_, span) => Some(*span),
            Content::Composed(composed) => Some(composed.declared),
        }
    }
}

/// A value that anyone may read.
#[derive(Debug, Clone)]
pub(in crate::check) struct Plain {
    pub(in crate::check) text: Text,
    pub(in crate::check) links: Vec<Link>,
}

impl ReferencePlace<'_> {
    /// A URL's beginning, and the path of the reference behind it.
    pub(in crate::check) fn with_path(self, url: Text) -> Text {
        url.and(self.path, self.path_span)
    }
}

/// Where a reference stands, and the path that follows it.
#[derive(Clone, Copy)]
pub(in crate::check) struct ReferencePlace<'r> {
    pub(in crate::check) span: Span,
    pub(in crate::check) path: &'r str,
    /// Where the path stands, if there is one.
    pub(in crate::check) path_span: Span,
}
