//! Valkey, from the image of its project: Redis as it was before its licence changed, with programs of
//! other names.

use super::{Engine, Password, redis};

/// The row.
pub(in crate::catalog) const ENGINE: Engine = Engine {
    word: "valkey",
    doc: "a Valkey in the cluster: a cache, or a queue that outlives its pod",
    external: "a Valkey outside of the cluster, whose URL is a secret",
    prose: "A Valkey in the cluster, which speaks what a Redis speaks: its URLs are `redis://`. All else is as\n\
            of a `redis`.",
    example: include_str!("valkey.todo"),
    image: "valkey/valkey",
    versions: &["7.2", "8.0", "8.1", "8", "9.0", "9"],
    suggested: "9",
    schemes: &["rediss", "valkey", "valkeys"],
    password: Password {
        // Versions up to 7.2 read the old name alone, and later ones both.
        variables: &["REDISCLI_AUTH"],
        client: "REDISCLI_AUTH",
        required: false,
        changed_by: None,
    },
    start: |setup| redis::started("valkey-server", setup),
    answers: |host, _| redis::answers(CLIENT, host),
    logs_in: Some(|host, _| redis::logs_in(CLIENT, host)),
    ready: |_| redis::ready(CLIENT),
    ..redis::ENGINE
};

/// The client that the image has.
const CLIENT: &str = "valkey-cli";
