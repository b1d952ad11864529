//! How the statement at a place is written, and which of its parts is there.

use super::Analysis;
use crate::catalog::keys::named;
use crate::syntax::{At, expectation, locate, usage};

/// A way to write a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// It, as in `port PORT [as SERVICE]`.
    pub usage: String,
    /// What it means.
    pub doc: String,
    /// What may stand at the place.
    pub next: String,
}

/// The ways to write the statement at a place, and which of them is meant.
#[must_use]
pub fn signatures(analysis: &Analysis, offset: usize) -> Option<(Vec<Signature>, usize)> {
    let cursor = locate(&analysis.parsed, &analysis.text, offset);
    let fact = cursor.path.last()?;
    let (row, place) = (cursor.row?, cursor.place?);
    if !matches!(cursor.at, At::Token(..) | At::Behind) {
        return None;
    }
    let next: Vec<_> = cursor.next.iter().map(|part| expectation(part)).collect();
    let rows: Vec<_> = named(place, &fact.head.value).collect();
    let active = rows.iter().position(|it| std::ptr::eq(*it, row));
    let all = rows.iter().map(|row| Signature {
        usage: usage(row),
        doc: row.doc.to_owned(),
        next: next.join(", "),
    });
    Some((all.collect(), active.unwrap_or(0)))
}
