//! Parts that several statements have.

use super::{Kind, Part};

/// The name of a thing.
pub(super) const NAME: Part = Part::Slot("name", Kind::Name);
/// A string.
pub(super) const TEXT: Part = Part::Slot("text", Kind::Text);
/// The tier that a workload is taken from.
pub(super) const FROM: Part = Part::Maybe(&[Part::Word("from"), Part::Slot("tier", Kind::Name)]);
/// A number.
pub(super) const NUMBER: Part = Part::Slot("number", Kind::Number);
/// What a probe asks.
pub(super) const HANDLER: Part = Part::Either(&[
    &[Part::Slot("path", Kind::Text)],
    &[Part::Word("tcp")],
    &[Part::Word("grpc")],
    &[Part::Word("exec"), Part::Many("command", Kind::Text)],
]);
/// One amount, or request and limit.
pub(super) const AMOUNT: Part = Part::Slot("amount", Kind::Amount);
