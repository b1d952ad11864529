//! What stands in `health`.

use super::Part::{Either, Maybe, Options, Slot, Word};
use super::parts::{HANDLER, HOST_TEXT};
use super::repairs::INTERVAL;
use super::{Means, Names, Part, Place, Row, SlotKind as Kind, row};

const TIMES: Part = Options(&[
    &[Word("every"), Slot("every", Kind::Number)],
    &[Word("after"), Slot("after", Kind::Number)],
    &[Word("timeout"), Slot("timeout", Kind::Number)],
    &[Word("failures"), Slot("failures", Kind::Number)],
]);
const PROBE: &[Part] = &[Either(&[&[Word("off")], &[Maybe(&[HANDLER]), TIMES]])];

/// The rows.
pub(super) const ROWS: &[Row] = &[
    row(
        &[Place::Health],
        "host",
        &[HOST_TEXT],
        "the host that GETs ask for; else it is the first of a plain `ALLOWED_HOSTS`, or the pod's address",
    ),
    row(
        &[Place::Health],
        "port",
        &[Slot("name", Kind::Name(Means::Refers(Names::Ports)))],
        "the name of the port that is asked; else it is the one that stands for the tier",
    ),
    row(
        &[Place::Health],
        "startup",
        PROBE,
        "until it succeeds, the other two wait; it lasts as long as those that begin `after` a time would",
    )
    .default("`every 5s timeout 3s failures 24`")
    .repairs(&[INTERVAL]),
    row(
        &[Place::Health],
        "readiness",
        PROBE,
        "while it fails, the pod gets no traffic",
    )
    .default("`every 10s timeout 3s failures 3`")
    .repairs(&[INTERVAL]),
    row(
        &[Place::Health],
        "liveness",
        PROBE,
        "when it fails, the container is restarted",
    )
    .default("`every 10s timeout 3s failures 6`")
    .repairs(&[INTERVAL]),
];
