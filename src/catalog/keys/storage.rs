//! What a tier keeps and reads besides its image: volumes.

use super::Part::{Either, Maybe, Slot, Word};
use super::parts::NAME;
use super::{Kind, Part, Place, Row, row};

/// Where in the container it is seen.
const AT: Part = Slot("path", Kind::Text);

/// The rows.
pub(super) const ROWS: &[Row] = &[row(
    &[Place::Tier],
    "volume",
    &[Either(&[
        &[
            NAME,
            Slot("size", Kind::Number),
            Maybe(&[Word("shared"), Maybe(&[Word("class"), Slot("class", Kind::Text)])]),
            Word("at"),
            AT,
        ],
        &[Slot("volume", Kind::Volume), Word("at"), AT, Maybe(&[Word("read")])],
    ])],
    "a folder that outlives the pods, on a claim of this size; one that isn't `shared` belongs to a single pod. `TIER.VOLUME` is the shared one of another tier",
)
.many()];
