//! What values are made of, and where those that refer to something stand.

use crate::ir::{Piece, SecretRef};
use crate::source::{Span, Spanned};
use crate::syntax::ast;

/// What a value stands for.
#[derive(Debug)]
pub(super) enum Content<'a> {
    /// Text that anyone may read.
    Plain(String),
    /// A key of the shared ConfigMap, under another name.
    Config(&'a ast::Setting),
    /// One key of a Secret; the place is where it is declared.
    Secret(SecretRef, Span),
    /// Text around a password, put together in the pod.
    Composed(Composed),
}

/// A value that holds a password, which only the pod knows.
#[derive(Debug, Clone)]
pub(super) struct Composed {
    pub(super) pieces: Vec<Piece>,
    /// The variable that the pieces refer to, and what it holds.
    pub(super) variable: String,
    pub(super) password: SecretRef,
    /// Where the password is declared.
    pub(super) declared: Span,
}

impl Content<'_> {
    /// Where the secret in it is declared, if there is one.
    pub(super) fn secret(&self) -> Option<Span> {
        match self {
            Content::Plain(_) | Content::Config(_) => None,
            Content::Secret(_, span) => Some(*span),
            Content::Composed(composed) => Some(composed.declared),
        }
    }
}

/// A value that anyone may read.
#[derive(Debug, Clone)]
pub(super) struct Plain {
    pub(super) text: String,
    pub(super) connects: Vec<Spanned<String>>,
}

/// Where a reference stands, and the path that follows it.
#[derive(Clone, Copy)]
pub(super) struct Place<'r> {
    pub(super) span: Span,
    pub(super) path: &'r str,
}
