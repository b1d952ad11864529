//! The words of the language: one row for each statement.
//!
//! One matcher reads these rows to turn text into the typed tree; the reference in
//! `docs/language.md` is printed from them. A new statement is a row here, a field of the tree and
//! its lowering.
//!
//! Long because every statement is a row of one table.

/// Where a statement may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// In the first column of the file.
    Top,
    /// In `app`.
    App,
    /// In `naming`.
    Naming,
    /// In `config`: any word is a key.
    Config,
    /// In the rules of a `secret`.
    Secret,
    /// In a `postgres` that runs in the cluster.
    Postgres,
    /// In a `postgres … external`.
    External,
    /// In `tier`.
    Tier,
    /// In `build`: besides its options, any word is a build argument.
    Build,
    /// In `health`.
    Health,
    /// In `env`: any word is a variable.
    Env,
    /// In `target`.
    Target,
    /// In a target's `tier`.
    TargetTier,
}

impl Place {
    /// Every place, in the order of the reference.
    pub const ALL: &[Place] = &[
        Place::Top,
        Place::App,
        Place::Naming,
        Place::Config,
        Place::Secret,
        Place::Postgres,
        Place::External,
        Place::Tier,
        Place::Build,
        Place::Health,
        Place::Env,
        Place::Target,
        Place::TargetTier,
    ];

    /// What to call it in a sentence: "`x` means nothing … ".
    #[must_use]
    pub fn phrase(self) -> &'static str {
        match self {
            Place::Top => "at the top level",
            Place::App => "in `app`",
            Place::Naming => "in `naming`",
            Place::Config => "in `config`",
            Place::Secret => "in a secret's rules",
            Place::Postgres => "in `postgres`",
            Place::External => "in an external database",
            Place::Tier => "in `tier`",
            Place::Build => "in `build`",
            Place::Health => "in `health`",
            Place::Env => "in `env`",
            Place::Target => "in `target`",
            Place::TargetTier => "in a target's `tier`",
        }
    }

    /// What a word without a row means here.
    #[must_use]
    pub fn free(self) -> Free {
        match self {
            Place::Config | Place::Build => Free::Settings,
            Place::Env => Free::Variables,
            Place::Top
            | Place::App
            | Place::Naming
            | Place::Secret
            | Place::Postgres
            | Place::External
            | Place::Tier
            | Place::Health
            | Place::Target
            | Place::TargetTier => Free::Nothing,
        }
    }
}

/// What a word without a row means at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Free {
    /// Nothing: it is unknown.
    Nothing,
    /// `KEY = value`.
    Settings,
    /// `KEY = value`, `KEY` alone, or `..config` and `..secrets`.
    Variables,
}

/// A part of a statement behind its word.
#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    /// This very word.
    Word(&'static str),
    /// Something to be filled in, by the name it goes by in messages and in the tree.
    Slot(&'static str, Kind),
    /// One or more of them.
    Many(&'static str, Kind),
    /// All of these, or nothing.
    Maybe(&'static [Part]),
    /// One of these.
    Either(&'static [&'static [Part]]),
    /// Any of these, each once at most, in any order.
    Options(&'static [&'static [Part]]),
}

/// What fills a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A bare word: the name of a thing, or a word from another table.
    Name,
    /// A string.
    Text,
    /// A number, with or without a unit.
    Number,
    /// A number, or two of them as `A..B`.
    Amount,
}

impl Kind {
    /// What to call it in "expected …".
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Kind::Name => "a name",
            Kind::Text => "a string in double quotes",
            Kind::Number => "a number",
            Kind::Amount => "an amount, or two as `A..B`",
        }
    }
}

/// The block behind a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// There is none.
    None,
    /// There may be one.
    Optional(Place),
    /// There must be one.
    Required(Place),
}

/// A statement.
#[derive(Debug)]
pub struct Row {
    /// Where it may stand.
    pub places: &'static [Place],
    /// The word that it begins with.
    pub word: &'static str,
    /// Whether it may stand more than once in its block.
    pub many: bool,
    /// What follows the word.
    pub parts: &'static [Part],
    /// Whether `=` and a value follow that.
    pub value: bool,
    /// Its block.
    pub body: Body,
    /// What it means, as a sentence without its full stop.
    pub doc: &'static str,
    /// What holds where it isn't said; empty where there is nothing to say.
    pub default: &'static str,
}

use Body::{Optional, Required};
use Part::{Either, Many, Maybe, Options, Slot, Word};

const NAME: Part = Slot("name", Kind::Name);
const TEXT: Part = Slot("text", Kind::Text);
const AMOUNT: Part = Slot("amount", Kind::Amount);
const FLAVOUR: Part = Maybe(&[Either(&[&[Word("slim")], &[Word("alpine")]])]);
const TIMES: Part = Options(&[
    &[Word("every"), Slot("every", Kind::Number)],
    &[Word("after"), Slot("after", Kind::Number)],
    &[Word("timeout"), Slot("timeout", Kind::Number)],
    &[Word("failures"), Slot("failures", Kind::Number)],
]);
const PROBE: &[Part] = &[Either(&[&[Word("off")], &[TIMES]])];

const fn row(
    places: &'static [Place],
    word: &'static str,
    parts: &'static [Part],
    doc: &'static str,
) -> Row {
    Row {
        places,
        word,
        many: false,
        parts,
        value: false,
        body: Body::None,
        doc,
        default: "",
    }
}

impl Row {
    const fn many(mut self) -> Row {
        self.many = true;
        self
    }

    const fn value(mut self) -> Row {
        self.value = true;
        self
    }

    const fn body(mut self, body: Body) -> Row {
        self.body = body;
        self
    }

    const fn default(mut self, text: &'static str) -> Row {
        self.default = text;
        self
    }
}

/// Every statement, place by place. Of several rows with one word at one place, that whose fixed
/// words are all there counts, else the last.
pub const ROWS: &[Row] = &[
    // ── Top level
    row(&[Place::Top], "app", &[NAME], "the application's name, and what holds for all of it")
        .body(Optional(Place::App)),
    row(&[Place::Top, Place::Tier], "config", &[], "plain settings: a ConfigMap, whose keys are variables")
        .body(Required(Place::Config)),
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
    // ── app, target
    row(&[Place::App, Place::Target], "namespace", &[NAME], "the namespace of all objects; the build makes it, unless it is `default`")
        .default("the application's name"),
    row(&[Place::App], "version", &[TEXT], "the application's version").default("`\"0.1.0\"`"),
    row(&[Place::App, Place::Target], "tag", &[TEXT], "the tag of the images that are built")
        .default("the version; in a target that doesn't set it, `VERSION-TARGET` for tiers with build arguments that browsers read"),
    row(&[Place::App, Place::Target], "registry", &[TEXT], "the registry, and folder in it, that images are pushed to"),
    row(&[Place::App, Place::Target], "host", &[TEXT], "a bare name by which browsers reach node ports and load balancers"),
    row(
        &[Place::App, Place::Target],
        "pull",
        &[Either(&[&[Word("missing")], &[Word("never")], &[Word("always")]])],
        "when nodes pull images",
    )
    .default("`missing`"),
    row(&[Place::App, Place::Target], "images", &[Word("local")], "images are loaded into the cluster by hand: no registry"),
    row(&[Place::App], "naming", &[], "patterns over `{app}` and `{tier}` that objects are named by")
        .body(Required(Place::Naming)),
    // ── naming
    row(&[Place::Naming], "workload", &[TEXT], "Deployments, StatefulSets and what belongs to them")
        .default("{app}-{tier}"),
    row(&[Place::Naming], "service", &[TEXT], "Services").default("{app}-{tier}"),
    row(&[Place::Naming], "image", &[TEXT], "images that are built").default("{app}-{tier}"),
    row(&[Place::Naming], "label", &[TEXT], "the label `app`, which selects pods").default("{app}-{tier}"),
    row(&[Place::Naming], "config", &[TEXT], "the shared ConfigMap").default("{app}-config"),
    row(&[Place::Naming], "secret", &[TEXT], "the shared Secret").default("{app}-secrets"),
    row(&[Place::Naming], "tier_config", &[TEXT], "a tier's own ConfigMap").default("{app}-{tier}-config"),
    row(&[Place::Naming], "tier_secret", &[TEXT], "a tier's or database's own Secret").default("{app}-{tier}-secrets"),
    // ── secret
    row(&[Place::Secret], "optional", &[], "the application starts without it"),
    row(&[Place::Secret], "starts_with", &[TEXT], "its value starts with this"),
    row(&[Place::Secret], "min_length", &[Slot("number", Kind::Number)], "its value has at least so many characters"),
    row(&[Place::Secret], "url", &[TEXT], "its value is a URL of this scheme"),
    row(&[Place::Secret], "message", &[TEXT], "what to tell whoever forgets it"),
    // ── postgres
    row(&[Place::Postgres], "version", &[Slot("number", Kind::Number)], "the major version; not beside `image`"),
    row(&[Place::Postgres], "image", &[TEXT], "another image than the official one, such as one with extensions; its tag must name the major version"),
    row(&[Place::Postgres], "storage", &[Slot("number", Kind::Number)], "the size of its claim"),
    row(&[Place::Postgres], "database", &[NAME], "the database that is made at the first start")
        .default("the application's name, with `_` for `-`"),
    row(&[Place::Postgres], "user", &[NAME], "the user who owns it").default("`postgres`"),
    row(
        &[Place::Postgres],
        "workload",
        &[Either(&[&[Word("statefulset")], &[Word("deployment")]])],
        "what runs it: a StatefulSet, or a Deployment on a claim",
    )
    .default("`statefulset`"),
    row(&[Place::External], "url", &[Slot("secret", Kind::Name)], "the secret that holds its URL"),
    // ── tier
    row(
        &[Place::Tier],
        "build",
        &[Slot("recipe", Kind::Name), Slot("context", Kind::Text)],
        "the image is built by a recipe from a folder of sources",
    )
    .body(Optional(Place::Build)),
    row(&[Place::Tier], "image", &[TEXT], "the image is there already"),
    row(
        &[Place::Tier],
        "port",
        &[Slot("port", Kind::Number), Maybe(&[Word("as"), Slot("service", Kind::Number)])],
        "what the container listens on, and the Service's port if it is another; without it the tier is a worker",
    ),
    row(
        &[Place::Tier, Place::TargetTier],
        "replicas",
        &[
            AMOUNT,
            Maybe(&[Word("at"), Word("cpu"), Slot("percent", Kind::Number)]),
        ],
        "how many pods; `2..6 at cpu 70%` leaves it to the load, as a share of the cpu request",
    )
    .default("`1`"),
    row(&[Place::Tier, Place::TargetTier, Place::Postgres], "cpu", &[AMOUNT], "request and limit; one amount means both"),
    row(&[Place::Tier, Place::TargetTier, Place::Postgres], "memory", &[AMOUNT], "request and limit; one amount means both"),
    row(&[Place::Tier], "disk", &[AMOUNT], "request and limit of what a container writes besides volumes"),
    row(
        &[Place::Tier],
        "health",
        &[Slot("path", Kind::Text)],
        "the path that answers while the tier is healthy; startup, readiness and liveness probes GET it",
    )
    .body(Optional(Place::Health)),
    row(
        &[Place::Tier, Place::TargetTier],
        "expose",
        &[Either(&[
            &[Word("internal")],
            &[Word("nodeport"), Maybe(&[Slot("port", Kind::Number)])],
            &[Word("loadbalancer"), Maybe(&[Slot("host", Kind::Text)])],
            &[
                Word("ingress"),
                Slot("host", Kind::Text),
                Options(&[
                    &[Word("path"), Slot("path", Kind::Text)],
                    &[Word("tls"), Maybe(&[Slot("secret", Kind::Text)])],
                ]),
            ],
        ])],
        "who reaches it from outside of the cluster",
    )
    .default("`internal`"),
    row(
        &[Place::Tier],
        "rollout",
        &[Either(&[
            &[Word("recreate")],
            &[Options(&[
                &[Word("surge"), Slot("surge", Kind::Number)],
                &[Word("unavailable"), Slot("unavailable", Kind::Number)],
            ])],
        ])],
        "how new pods replace old ones: so many more than wanted, so many fewer, or all old ones first",
    )
    .default("`surge 1 unavailable 0`"),
    row(&[Place::Tier], "command", &[Many("text", Kind::Text)], "replaces what the image starts"),
    row(&[Place::Tier], "args", &[Many("text", Kind::Text)], "replaces the arguments of what the image starts"),
    row(&[Place::Tier], "user", &[Slot("number", Kind::Number)], "the user and group that the container runs as")
        .default("10001 for recipes, the image's own for images"),
    row(&[Place::Tier], "writable", &[Slot("path", Kind::Text)], "a folder that the container writes to, which is empty at each start; for an image it also makes the rest read-only")
        .many(),
    row(&[Place::Tier], "annotate", &[Slot("key", Kind::Text)], "an annotation of the pods").value().many(),
    row(&[Place::Tier], "name", &[TEXT], "what stands for `{tier}` in the names of its objects").default("the tier's name"),
    row(&[Place::App, Place::Tier], "without", &[Slot("default", Kind::Name)], "switches a default off; in `app` for all tiers")
        .many(),
    row(&[Place::Tier], "needs", &[Many("name", Kind::Name)], "connects to these; starts after the databases among them"),
    row(&[Place::Tier], "env", &[], "variables: shared keys and secrets by name, `NAME = value`, `..config`, `..secrets`")
        .body(Required(Place::Env)),
    // ── build
    row(&[Place::Build], "node", &[Slot("version", Kind::Number), FLAVOUR], "the version of Node.js, and `slim` or `alpine`")
        .default("`24 slim`"),
    row(&[Place::Build], "python", &[Slot("version", Kind::Number), FLAVOUR], "the version of Python, and `slim` or `alpine`")
        .default("`3.13 slim`"),
    row(&[Place::Build], "packages", &[NAME], "the package manager").default("the recipe's first"),
    row(&[Place::Build], "entry", &[TEXT], "what the server is started from").default("the recipe's"),
    // ── health
    row(&[Place::Health], "startup", PROBE, "until it succeeds, the other two wait")
        .default("`every 5s timeout 3s failures 24`"),
    row(&[Place::Health], "readiness", PROBE, "while it fails, the pod gets no traffic")
        .default("`every 10s timeout 3s failures 3`"),
    row(&[Place::Health], "liveness", PROBE, "when it fails, the container is restarted")
        .default("`every 10s timeout 3s failures 6`"),
    // ── target
    row(&[Place::Target], "tier", &[NAME], "what is different about this tier there")
        .many()
        .body(Required(Place::TargetTier)),
];

/// The rows of a place, in order.
pub fn rows(place: Place) -> impl Iterator<Item = &'static Row> {
    ROWS.iter().filter(move |row| row.places.contains(&place))
}
