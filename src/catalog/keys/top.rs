//! What stands in the first column.

use super::Body::{Optional, Required};
use super::Part::{Maybe, Slot, Word};
use super::parts::{FROM, KEY, NEW_THING, ONE_BLOCK};
use super::places::SECRETIVE;
use super::repairs::{instead_of, too_many};
use super::{Means, Names, Part, Place, Repair, Row, SlotKind as Kind, Token, row};

const APP: Part = Slot("name", Kind::Name(Means::Declares(Names::App)));
const TARGET: Part = Slot("name", Kind::Name(Means::Declares(Names::Targets)));
const NEW_SECRET: Part = Slot("name", Kind::Name(Means::Declares(Names::Shared)));

/// What secrets lack, and how other languages write a variable of the environment.
const OF_SECRET: &[Repair] = &[
    too_many(&[Token::Word], "write `secret {0} from env`", " from env")
        .alone()
        .at_end(),
    Repair::advice(
        "",
        &[Token::OneOf(&["at", "path", "mount"]), Token::Text],
        "declare it at the top level, `secret NAME from env`, and write in each tier that reads it as a file: `file secret.NAME at \"/path\"`",
    )
    .behind(),
    instead_of("env", &[Token::Variable], "write `env {0}`", "env {0}"),
    Repair::advice(
        "env",
        &[Token::OneOf(&["object"])],
        "say which key of it, too: `from object \"NAME\" key \"KEY\"`",
    ),
    Repair::advice(
        "env",
        &[Token::Text],
        "write `from env`, or `from object \"NAME\" key \"KEY\"` for a Secret that the cluster has already",
    ),
];

/// The rows.
pub(super) const ROWS: &[Row] = &[
    row(&[Place::Top], "app", &[APP], "the application's name, and what holds for all of it")
        .body(Optional(Place::App))
        .repairs(&[
            too_many(&[Token::Word, Token::Word], "write `app {0}-{1}`", "{0}-{1}"),
            Repair::advice(
                "",
                &[Token::Word, Token::Number],
                "write the version in the block of `app`: `version \"{1}\"`",
            )
            .behind(),
        ]),
    row(&[Place::Top], "config", &[], "plain settings that all tiers may read: a ConfigMap")
        .body(Required(Place::Shared))
        .repairs(&[
            Repair::advice(
                "",
                &[Token::Word],
                "leave `{0}` out: these are for all tiers; those of one tier stand in its own `config`",
            )
            .behind(),
            Repair::advice(
                "",
                &[Token::Text],
                "write the keys themselves in a block: `KEY = value`; a file as a whole is mounted by `file` in a tier",
            )
            .behind(),
        ])
        .twice(ONE_BLOCK),
    row(
        &[Place::Top, Place::Tier, Place::Job],
        "secret",
        &[
            NEW_SECRET,
            Word("from"),
            Word("object"),
            Slot("object", Kind::Text(Means::Free)),
            Word("key"),
            KEY,
        ],
        "a key of a Secret that exists already",
    )
    .many()
    .body(Optional(Place::Secret))
    .repairs(OF_SECRET)
    .hides(),
    row(
        &SECRETIVE,
        "secret",
        &[
            NEW_SECRET,
            Word("from"),
            Word("env"),
            Maybe(&[Slot("variable", Kind::Name(Means::Free))]),
            Maybe(&[Word("as"), KEY]),
        ],
        "a key of a Secret, whose value comes from the environment of whoever deploys; behind `env` the variable's name if it is another, behind `as` the key's",
    )
    .many()
    .body(Optional(Place::Secret))
    .repairs(OF_SECRET)
    .hides(),
    row(
        &[Place::Top],
        "tier",
        &[NEW_THING, FROM],
        "a workload: what it runs, needs and is reached by; behind `from` the tier whose image, variables, user and writable folders it shares",
    )
    .many()
    .body(Required(Place::Tier))
    .repairs(&[Repair::advice(
        "",
        &[Token::Word, Token::Text],
        "say in its block what it runs: `build node {1}`, or `image {1}`",
    )
    .behind()]),
    row(&[Place::Top], "job", &[NEW_THING, FROM], "runs to its end once, and once more when what it runs has changed")
        .many()
        .body(Required(Place::Job))
        .repairs(&[Repair::advice(
            "",
            &[Token::Word, Token::Text],
            "declare what runs by a schedule as a cron: `cron {0} {1}`",
        )
        .behind()]),
    row(
        &[Place::Top],
        "cron",
        &[
            NEW_THING,
            Slot("schedule", Kind::Text(Means::Schedule)),
            Maybe(&[Word("zone"), Slot("zone", Kind::Text(Means::Zone))]),
            FROM,
        ],
        "runs to its end at each time of a schedule of five fields, such as `\"30 3 * * *\"`, or `\"@daily\"`; behind `zone` the time zone that its hours are of",
    )
    .many()
    .body(Required(Place::Job))
    .repairs(&[
        instead_of(
            "schedule",
            &[Token::OneOf(&["hourly", "daily", "weekly", "monthly", "yearly"])],
            "write `\"@{0}\"`",
            "\"@{0}\"",
        ),
        Repair::advice(
            "name",
            &[Token::Text],
            "write its name before the schedule: `cron NAME {0}`",
        ),
        Repair::advice(
            "schedule",
            &[Token::Any],
            "write the five fields in double quotes: `\"30 3 * * *\"`",
        ),
    ]),
];

/// Those that the reference lists behind the databases.
pub(super) const LAST: &[Row] = &[
    row(
        &[Place::Top],
        "external",
        &[NEW_THING],
        "a service outside of the cluster, such as a mail server or an API",
    )
    .many()
    .body(Required(Place::ExternalService))
    .repairs(&[Repair::advice(
        "",
        &[Token::Text],
        "say in its block what it is known by: `host \"api.example.com\"` and `port https 443`",
    )
    .behind()]),
    row(
        &[Place::Top],
        "target",
        &[TARGET],
        "a place where the application is deployed, and what is different there",
    )
    .many()
    .body(Required(Place::Target)),
];
