//! Parts that several statements have.

use super::{Means, Names, Part, SlotKind as Kind};

/// The name of a thing that the statement declares.
pub(super) const NEW_THING: Part = Part::Slot("name", Kind::Name(Means::Declares(Names::Things)));
/// The name of a thing that is declared elsewhere.
pub(super) const THING: Part = Part::Slot("name", Kind::Name(Means::Refers(Names::Things)));
/// A secret that is declared elsewhere.
pub(super) const SECRET: Part = Part::Slot("secret", Kind::Name(Means::Refers(Names::Shared)));
/// A name that means nothing else in the text.
pub(super) const NAME: Part = Part::Slot("name", Kind::Name(Means::Free));
/// A string.
pub(super) const TEXT: Part = Part::Slot("text", Kind::Text(Means::Free));
/// A host name.
pub(super) const HOST: Part = Part::Slot("host", Kind::Text(Means::Host));
/// A host name that is all of its statement.
pub(super) const HOST_TEXT: Part = Part::Slot("text", Kind::Text(Means::Host));
/// A key of a map, such as that of an annotation.
pub(super) const KEY: Part = Part::Slot("key", Kind::Text(Means::Free));
/// The tier that a workload is taken from.
pub(super) const FROM: Part = Part::Maybe(&[
    Part::Word("from"),
    Part::Slot("tier", Kind::Name(Means::Refers(Names::Things))),
]);
/// The StorageClass of a claim.
pub(super) const CLASS: Part = Part::Maybe(&[
    Part::Word("class"),
    Part::Slot("class", Kind::Text(Means::Free)),
]);
/// A number.
pub(super) const NUMBER: Part = Part::Slot("number", Kind::Number);
/// What a probe asks.
pub(super) const HANDLER: Part = Part::Either(&[
    &[Part::Slot("path", Kind::Text(Means::Url))],
    &[Part::Word("tcp")],
    &[Part::Word("grpc")],
    &[
        Part::Word("exec"),
        Part::Many("command", Kind::Text(Means::Free)),
    ],
]);
/// Who else may connect.
pub(super) const WHO: Part = Part::Either(&[
    &[
        Part::Word("namespace"),
        Part::Slot("namespace", Kind::Text(Means::Free)),
        Part::Maybe(PODS),
    ],
    PODS,
    &[
        Part::Word("cidr"),
        Part::Many("block", Kind::Text(Means::Free)),
    ],
]);
const PODS: &[Part] = &[
    Part::Word("pods"),
    Part::Many("label", Kind::Text(Means::Free)),
];
/// One amount, or request and limit.
pub(super) const AMOUNT: Part = Part::Slot("amount", Kind::Amount);
/// What to do with two blocks of settings or variables.
pub(super) const ONE_BLOCK: &str = "write all of it in one block";
