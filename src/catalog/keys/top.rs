//! What stands in the first column.

use super::Body::{Optional, Required};
use super::Part::{Maybe, Slot, Word};
use super::parts::NAME;
use super::{Kind, Place, Row, row};

/// The rows.
pub(super) const ROWS: &[Row] = &[
    row(&[Place::Top], "app", &[NAME], "the application's name, and what holds for all of it")
        .body(Optional(Place::App)),
    row(&[Place::Top], "config", &[], "plain settings that all tiers may read: a ConfigMap")
        .body(Required(Place::Shared)),
    row(
        &[Place::Top, Place::Tier],
        "secret",
        &[
            NAME,
            Word("from"),
            Word("object"),
            Slot("object", Kind::Text),
            Word("key"),
            Slot("key", Kind::Text),
        ],
        "a key of a Secret that exists already",
    )
    .many()
    .body(Optional(Place::Secret)),
    row(
        &[Place::Top, Place::Tier, Place::Postgres],
        "secret",
        &[
            NAME,
            Word("from"),
            Word("env"),
            Maybe(&[Slot("variable", Kind::Name)]),
            Maybe(&[Word("as"), Slot("key", Kind::Text)]),
        ],
        "a key of a Secret, whose value comes from the environment of whoever deploys; behind `env` the variable's name if it is another, behind `as` the key's",
    )
    .many()
    .body(Optional(Place::Secret)),
    row(&[Place::Top], "tier", &[NAME], "a workload: what it runs, needs and is reached by")
        .many()
        .body(Required(Place::Tier)),
    row(
        &[Place::Top],
        "postgres",
        &[NAME, Word("external")],
        "a PostgreSQL database outside of the cluster",
    )
    .many()
    .body(Required(Place::External)),
    row(&[Place::Top], "postgres", &[NAME], "a PostgreSQL database in the cluster")
        .many()
        .body(Required(Place::Postgres)),
    row(&[Place::Top], "target", &[NAME], "a place where the application is deployed, and what is different there")
        .many()
        .body(Required(Place::Target)),
];
