//! What stands in a database.

use super::Part::{Either, Slot, Word};
use super::parts::{NAME, NUMBER, TEXT};
use super::{Kind, Place, Row, row};

/// The rows.
pub(super) const ROWS: &[Row] = &[
    row(
        &[Place::Postgres],
        "version",
        &[NUMBER],
        "the major version; not beside `image`",
    ),
    row(
        &[Place::Postgres],
        "image",
        &[TEXT],
        "another image than the official one, such as one with extensions; its tag must name the major version",
    ),
    row(
        &[Place::Postgres],
        "storage",
        &[NUMBER],
        "the size of its claim",
    ),
    row(
        &[Place::Postgres],
        "database",
        &[NAME],
        "the database that is made at the first start",
    )
    .default("the application's name, with `_` for `-`"),
    row(&[Place::Postgres], "user", &[NAME], "the user who owns it").default("`postgres`"),
    row(
        &[Place::Postgres],
        "workload",
        &[Either(&[&[Word("statefulset")], &[Word("deployment")]])],
        "what runs it: a StatefulSet, or a Deployment on a claim",
    )
    .default("`statefulset`"),
    row(
        &[Place::External],
        "url",
        &[Slot("secret", Kind::Name)],
        "the secret that holds its URL",
    ),
];
