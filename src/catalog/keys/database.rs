//! What stands in a database.

use super::Part::{Either, Maybe, Slot, Word};
use super::parts::{HOST, NAME, NUMBER, SECRET, TEXT};
use super::{Kind, Means, Place, Row, row};

/// Where a database of the application's own is described.
const OURS: &[Place] = &[Place::Postgres, Place::Redis];

/// The rows.
pub(super) const ROWS: &[Row] = &[
    row(
        OURS,
        "version",
        &[NUMBER],
        "the version; not beside `image`",
    ),
    row(
        OURS,
        "image",
        &[TEXT],
        "another image than the official one, which is made from it, such as one with extensions; the tag of a `postgres` must name the major version",
    ),
    row(OURS, "storage", &[NUMBER], "the size of its claim; a `redis` without one keeps nothing"),
    row(
        &[Place::Postgres],
        "database",
        &[NAME],
        "the database that is made at the first start",
    )
    .default("the application's name, with `_` for `-`"),
    row(&[Place::Postgres], "user", &[NAME], "the user who owns it").default("`postgres`"),
    row(
        &[Place::Redis],
        "policy",
        &[Either(&[
            &[Word("noeviction")],
            &[Word("allkeys-lru")],
            &[Word("allkeys-lfu")],
            &[Word("allkeys-random")],
            &[Word("volatile-lru")],
            &[Word("volatile-lfu")],
            &[Word("volatile-random")],
            &[Word("volatile-ttl")],
        ])],
        "what it drops when its memory is full: nothing, so that writes fail, or keys by this rule; it needs a `memory`",
    )
    .default("`noeviction`"),
    row(
        OURS,
        "workload",
        &[Either(&[&[Word("statefulset")], &[Word("deployment")]])],
        "what runs it: a StatefulSet, or a Deployment that is recreated",
    )
    .default("`statefulset`; without `storage` a Deployment"),
    row(
        &[Place::External],
        "url",
        &[SECRET],
        "the secret that holds its URL",
    ),
    row(
        &[Place::ExternalService],
        "host",
        &[HOST],
        "its host name or address",
    ),
    row(
        &[Place::ExternalService],
        "port",
        &[Maybe(&[Slot("scheme", Kind::Name(Means::Protocol))]), Slot("port", Kind::Number)],
        "where it listens, and the [protocol](#protocols) that it speaks, `http` where none is said",
    ),
];
