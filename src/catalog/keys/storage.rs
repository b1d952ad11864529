//! What a workload has besides its image: volumes, files, patches; and objects of other kinds.

use super::Part::{Either, Maybe, Slot, Word};
use super::parts::CLASS;
use super::places::{CHANGEABLE, DATABASES};
use super::repairs::{NO_PLACE, PATH, PLACE};
use super::{Body, Means, Names, Part, Place, Repair, Row, SlotKind as Kind, Token, row};

/// Where a pod is described.
const RUNS: &[Place] = &[Place::Tier, Place::Job];

/// The volume of another tier.
const OF_ANOTHER: &[Part] = &[
    Slot("volume", Kind::Volume),
    Word("at"),
    AT,
    Maybe(&[Word("read")]),
];

/// What to write instead of other things in a volume.
const OF_VOLUMES: &[Repair] = &[
    PATH,
    Repair::advice(
        "name",
        &[Token::Text],
        "a pod doesn't see the folders of your machine: write `volume data 1Gi at \"/data\"` for what is kept, and `file \"./app.conf\" at \"/etc/app.conf\"` for a file that is read; the code comes with the image, by `build`",
    ),
    Repair::advice(
        "size",
        &[Token::OneOf(&["at"])],
        "say how large it is: `volume data 10Gi at \"/path\"`",
    ),
    Repair::advice(
        "",
        &[Token::OneOf(&["class", "shared", "per"])],
        "write `{0}` before `at`",
    )
    .behind(),
];

/// Where in the container it is seen.
const AT: Part = Slot("path", Kind::Text(Means::Free));

/// The rows.
pub(super) const ROWS: &[Row] = &[
row(
    &[Place::Tier],
    "volume",
    &[Either(&[
        &[
            Slot("name", Kind::Name(Means::Declares(Names::Volumes))),
            Slot("size", Kind::Number),
            Maybe(&[Either(&[&[Word("shared")], &[Word("per"), Word("pod")]])]),
            CLASS,
            Word("at"),
            AT,
        ],
        OF_ANOTHER,
    ])],
    "a folder that outlives the pods, on a claim of this size. It belongs to a single pod; `shared` is for all pods, and with `per pod` each has its own. `TIER.VOLUME` is the shared one of another tier",
)
.many()
.repairs(OF_VOLUMES),
row(
    &[Place::Job],
    "volume",
    &[Either(&[
        &[
            Slot("name", Kind::Name(Means::Declares(Names::Volumes))),
            Slot("size", Kind::Number),
            Maybe(&[Word("shared")]),
            CLASS,
            Word("at"),
            AT,
        ],
        OF_ANOTHER,
    ])],
    "a folder that outlives the pods, on a claim of this size; one that isn't `shared` belongs to a single pod. `TIER.VOLUME` is the shared one of another tier",
)
.many()
.repairs(OF_VOLUMES),
row(
    RUNS,
    "file",
    &[Slot("file", Kind::FileOrSecret), Word("at"), AT],
    "a file beside the source, or a shared secret as a file, which the containers can read at this path",
)
.many()
.repairs(&[
    PATH,
    PLACE,
    NO_PLACE,
    Repair::advice(
        "file",
        &[Token::Word],
        "write a file beside the source in double quotes, `file \"./{0}\" at \"/path\"`, and a secret as `file secret.{0} at \"/path\"`",
    ),
]),
row(
    &DATABASES,
    "file",
    &[Slot("file", Kind::Text(Means::File)), Word("at"), AT],
    "a file beside the source, which the containers can read at this path",
)
.many()
.repairs(&[
    PATH,
    PLACE,
    NO_PLACE,
    Repair::advice(
        "file",
        &[Token::Secret],
        "name a file beside the source: `file \"./notes.sql\" at \"/path\"`; only tiers, jobs and crons read secrets as files",
    ),
]),
row(
    &CHANGEABLE,
    "patch",
    &[Slot("kind", Kind::Name(Means::ObjectKind)), Maybe(&[Slot("object", Kind::Text(Means::Free))])],
    "YAML that is merged last into one of its objects, for what no statement says; behind the kind the object's name where there are several",
)
.many()
.body(Body::Yaml),
row(
    &[Place::Top, Place::Target],
    "object",
    &[Slot("file", Kind::Text(Means::File))],
    "objects of other kinds, from a YAML file beside the source",
)
.many(),
];
