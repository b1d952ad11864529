//! `allow`.

use super::Name;
use crate::source::Span;

/// `allow CODE "reason"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allow {
    /// The statement.
    pub span: Span,
    /// The code.
    pub code: Name,
    /// Why it is accepted.
    pub reason: Name,
    /// Where it is accepted: the statement whose block this stands in. Nothing for the whole file.
    pub within: Option<Span>,
}
