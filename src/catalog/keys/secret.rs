//! The rules of a secret.

use super::parts::{NUMBER, TEXT};
use super::{Place, Row, row};

/// The rows.
pub(super) const ROWS: &[Row] = &[
    row(
        &[Place::Secret],
        "optional",
        &[],
        "the application starts without it",
    ),
    row(
        &[Place::Secret],
        "starts_with",
        &[TEXT],
        "its value starts with this",
    ),
    row(
        &[Place::Secret],
        "min_length",
        &[NUMBER],
        "its value has at least so many characters",
    ),
    row(
        &[Place::Secret],
        "url",
        &[TEXT],
        "its value is a URL of this scheme",
    ),
    row(
        &[Place::Secret],
        "message",
        &[TEXT],
        "what to tell whoever forgets it",
    ),
];
