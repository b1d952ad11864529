//! What stands in a database.

use super::Body::Required;
use super::Part::{Either, Maybe, Slot, Word};
use super::parts::{CLASS, HOST_TEXT, NAME, NEW_THING, NUMBER, ONE_BLOCK, SECRET, TEXT, WHO};
use super::places::{COUNT, DATABASES, EVICTING, OPERATED, WITH_USERS};
use super::repairs::{ADMITTED, ADMITTED_BLOCK, BYTES, PORTS};
use super::{Means, Place, Repair, Row, SlotKind as Kind, Token, row};
use crate::catalog::databases::ENGINES;

/// Where a database of the application's own is described.
const OURS: &[Place] = &DATABASES;

/// The statements with which databases are declared: outside of the cluster, and in it.
pub(super) const TOP: [Row; 2 * COUNT] = {
    const EMPTY: Row = row(&[], "", &[], "");
    let mut all = [EMPTY; 2 * COUNT];
    let mut at = 0;
    while at < COUNT {
        let engine = ENGINES[at];
        all[2 * at] = row(
            &[Place::Top],
            engine.word,
            &[NEW_THING, Word("external")],
            engine.external,
        )
        .many()
        .body(Required(Place::External));
        all[2 * at + 1] = row(&[Place::Top], engine.word, &[NEW_THING], engine.doc)
            .many()
            .body(Required(Place::Database(engine)));
        at += 1;
    }
    all
};

/// The rows.
pub(super) const ROWS: &[Row] = &[
    row(
        OURS,
        "version",
        &[NUMBER],
        "the version, or a release of it, such as `17.6` of `17`; not beside `image`",
    ),
    row(
        OURS,
        "image",
        &[TEXT],
        "another image than the official one, which is made from it, such as one with extensions; the tag of a `postgres` must name the major version",
    ),
    row(OURS, "storage", &[NUMBER, CLASS], "the size of its claim; a `redis` without one keeps nothing")
        .repairs(BYTES),
    row(
        WITH_USERS,
        "database",
        &[NAME],
        "the database that is made at the first start",
    )
    .default("the application's name, with `_` for `-`"),
    row(WITH_USERS, "user", &[NAME], "the user who owns it")
        .default("its keyword, such as `postgres`; with `instances` the name of the database")
        .repairs(&[Repair::advice(
            "name",
            &[Token::Number],
            "the number that its container runs as is `uid {0}`; `user` is a name within the server",
        )]),
    row(
        EVICTING,
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
        "what it drops when its memory is full: nothing, so that writes fail, or keys by this rule, for which it needs a `memory`",
    )
    .default("`noeviction`"),
    row(
        OPERATED,
        "instances",
        &[NUMBER],
        "how many servers it has, of which one takes writes and any other takes its place: the operator CloudNativePG runs them, by a `Cluster`",
    )
    .default("one, without an operator"),
    row(
        OURS,
        "workload",
        &[Either(&[&[Word("statefulset")], &[Word("deployment")]])],
        "what runs it: a StatefulSet, or a Deployment that is recreated",
    )
    .default("`statefulset`; without `storage` a Deployment"),
    row(
        OURS,
        "env",
        &[],
        "variables of its container besides those of its engine: `NAME = value`, of text alone",
    )
    .body(Required(Place::Env))
    .twice(ONE_BLOCK),
    row(OURS, "uid", &[NUMBER], "the number of the user and group that its container runs as, which its data then belongs to")
        .default("that of the official image"),
    row(
        OURS,
        "writable",
        &[Slot("path", Kind::Text(Means::Free))],
        "a folder that the server writes to besides its data, which is empty at each start",
    )
    .many(),
    row(
        OURS,
        "without",
        &[Slot("default", Kind::Name(Means::Switch))],
        "switches a default off: `read_only_root`, `network_policy` or `egress_policy`",
    )
    .many(),
    row(
        OURS,
        "admit",
        &[WHO],
        "who else may connect, besides what refers to it: the pods of a namespace, or those with labels (`\"KEY=VALUE\"`), there or in the application's own namespace; behind `cidr` addresses outside of the cluster, such as `\"10.0.0.0/8\"`",
    )
    .many()
    .repairs(&[ADMITTED_BLOCK, ADMITTED]),
    row(
        &[Place::External],
        "url",
        &[SECRET],
        "the secret that holds its URL",
    ),
    row(
        &[Place::ExternalService],
        "host",
        &[HOST_TEXT],
        "its host name or address",
    ),
    row(
        &[Place::ExternalService],
        "port",
        &[Maybe(&[Slot("scheme", Kind::Name(Means::Protocol))]), Slot("port", Kind::Number)],
        "where it listens, and the [protocol](#protocols) that it speaks, `http` where none is said",
    )
    .repairs(&[PORTS]),
];
