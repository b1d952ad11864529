//! What may stand in every block.

use super::Part::Slot;
use super::{Means, Place, Row, SlotKind as Kind, row};

/// Every block of statements.
pub const BLOCKS: &[Place] = match Place::ALL {
    [Place::Top, blocks @ ..] => blocks,
    all => all,
};

/// The rows.
pub(super) const ROWS: &[Row] = &[row(
    BLOCKS,
    "allow",
    &[Slot("code", Kind::Name(Means::Code)), Slot("reason", Kind::Text(Means::Free))],
    "accepts the warnings, losses and notes of one code in this block, in `app` those of the whole file; the reason is for whoever reads it",
)
.many()];
