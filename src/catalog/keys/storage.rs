//! What stands beside the source and outlives the pods: volumes, files and objects.

use super::Part::{Either, Maybe, Slot, Word};
use super::parts::NAME;
use super::{Kind, Part, Place, Row, row};

/// Where in the container it is seen.
const AT: Part = Slot("path", Kind::Text);

/// The rows.
pub(super) const ROWS: &[Row] = &[
row(
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
.many(),
row(
    &[Place::Tier],
    "file",
    &[Slot("file", Kind::Text), Word("at"), AT],
    "a file beside the source, which the containers can read at this path",
)
.many(),
row(
    &[Place::Top, Place::Target],
    "object",
    &[Slot("file", Kind::Text)],
    "objects of other kinds, from a YAML file beside the source",
)
.many(),
];
