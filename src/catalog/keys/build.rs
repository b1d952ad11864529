//! The options of `build`.

use super::Part::{Either, Maybe, Slot, Word};
use super::parts::{NAME, TEXT};
use super::{Kind, Part, Place, Row, row};

const FLAVOUR: Part = Maybe(&[Either(&[&[Word("slim")], &[Word("alpine")]])]);
/// The rows.
pub(super) const ROWS: &[Row] = &[
    row(
        &[Place::Build],
        "node",
        &[Slot("version", Kind::Number), FLAVOUR],
        "the version of Node.js, and `slim` or `alpine`",
    )
    .default("`24 slim`"),
    row(
        &[Place::Build],
        "python",
        &[Slot("version", Kind::Number), FLAVOUR],
        "the version of Python, and `slim` or `alpine`",
    )
    .default("`3.13 slim`"),
    row(&[Place::Build], "packages", &[NAME], "the package manager").default("the recipe's first"),
    row(
        &[Place::Build],
        "entry",
        &[TEXT],
        "what the server is started from",
    )
    .default("the recipe's"),
];
