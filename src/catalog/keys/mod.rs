//! The words of the language: one row for each statement, in a file for each part of a program.
//!
//! One matcher reads these rows to turn text into the typed tree; the reference in
//! `docs/language.md` is printed from them. A new statement is a row here, a field of the tree and
//! its lowering.

mod allow;
mod app;
mod build;
mod database;
mod foreign;
mod health;
mod means;
mod parts;
mod places;
mod repairs;
mod secret;
mod storage;
mod tier;
mod top;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::databases::Engine;

pub use allow::BLOCKS;
pub use foreign::{Foreign, ForeignPart, PARTS, foreign, foreign_part, foreign_words};
pub use means::{Means, Names};
pub use repairs::{Repair, Stop, Token, filled_in, is_block};

/// Where a statement may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Place {
    /// In the first column of the file.
    Top,
    /// In `app`.
    App,
    /// In `ingress` without a host.
    Ingress,
    /// In `naming`.
    Naming,
    /// In `helm`.
    Helm,
    /// In `labels`: any word or string is a key.
    Labels,
    /// In the shared `config`: any word is a key.
    Shared,
    /// In `config` elsewhere: any word is a key.
    Config,
    /// In the rules of a `secret`.
    Secret,
    /// In a database that runs in the cluster, such as `postgres`.
    Database(&'static Engine),
    /// In a database that runs elsewhere: `postgres … external`.
    External,
    /// In `external`.
    ExternalService,
    /// In `tier`.
    Tier,
    /// In `job` and `cron`.
    Job,
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
    /// In a target's `ingress` with a host: strings are paths.
    Routes,
    /// In `expose ingress`: what its Ingress is told.
    Exposure,
}

impl Place {
    /// Every place, in the order of the reference.
    pub const ALL: &[Place] = &places::ALL;

    /// What to call it in a sentence: "`x` means nothing … ".
    #[must_use]
    pub fn phrase(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Place::Top => "at the top level",
            Place::App => "in `app`",
            Place::Naming => "in `naming`",
            Place::Helm => "in `helm`",
            Place::Ingress => "in `ingress`",
            Place::Routes => "in `ingress` with a host",
            Place::Exposure => "in `expose ingress`",
            Place::Labels => "in `labels`",
            Place::Shared | Place::Config => "in `config`",
            Place::Secret => "in a secret's rules",
            Place::Database(engine) => return Cow::Owned(format!("in `{}`", engine.word)),
            Place::External => "in an external database",
            Place::ExternalService => "in `external`",
            Place::Tier => "in `tier`",
            Place::Job => "in `job` or `cron`",
            Place::Build => "in `build`",
            Place::Health => "in `health`",
            Place::Env => "in `env`",
            Place::Target => "in `target`",
            Place::TargetTier => "in a target's `tier`",
        })
    }

    /// What a word without a row means here.
    #[must_use]
    pub fn free(self) -> Free {
        match self {
            Place::Labels => Free::Labels,
            Place::Shared => Free::Keys,
            Place::Config | Place::Build => Free::Settings,
            Place::Env => Free::Variables,
            Place::Routes => Free::Routes,
            Place::Top
            | Place::App
            | Place::Ingress
            | Place::Naming
            | Place::Helm
            | Place::Secret
            | Place::Database(_)
            | Place::External
            | Place::ExternalService
            | Place::Tier
            | Place::Job
            | Place::Health
            | Place::Exposure
            | Place::Target
            | Place::TargetTier => Free::Nothing,
        }
    }

    /// Whether any word may be a key or variable here, the words of the language as well.
    #[must_use]
    pub fn is_of_keys(self) -> bool {
        self.free() != Free::Nothing && self != Place::Build
    }
}

/// What a word without a row means at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Free {
    /// Nothing: it is unknown.
    Nothing,
    /// `KEY = value`, or `KEY` and `KEY optional` without one.
    Keys,
    /// `KEY = value`, or `"KEY" = value`.
    Labels,
    /// `KEY = value`.
    Settings,
    /// `KEY = value`, `KEY` alone, or `..config` and `..secrets`.
    Variables,
    /// `"/path" = TIER`.
    Routes,
}

/// A part of a statement behind its word.
#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    /// This very word.
    Word(&'static str),
    /// Something to be filled in, by the name it goes by in messages and in the tree.
    Slot(&'static str, SlotKind),
    /// One or more of them.
    Many(&'static str, SlotKind),
    /// All of these, or nothing.
    Maybe(&'static [Part]),
    /// One of these.
    Either(&'static [&'static [Part]]),
    /// Any of these, each once at most, in any order.
    Options(&'static [&'static [Part]]),
}

/// What form fills a slot, and what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SlotKind {
    /// A bare word: the name of a thing, or a word from another table.
    Name(Means),
    /// A string.
    Text(Means),
    /// A number, with or without a unit.
    Number,
    /// A number, or two of them as `A..B`.
    Amount,
    /// A tier and a volume of it, as `TIER.VOLUME`.
    Volume,
    /// A fact of the application or of a thing in it, as `TIER.replicas` or `namespace`.
    Fact,
    /// A file beside the text as a string, or a secret as `secret.NAME`.
    FileOrSecret,
}

impl SlotKind {
    /// What the slot declares or refers to.
    #[must_use]
    pub fn means(self) -> Means {
        match self {
            SlotKind::Name(means) | SlotKind::Text(means) => means,
            SlotKind::Number | SlotKind::Amount | SlotKind::Fact => Means::Free,
            SlotKind::Volume => Means::Refers(Names::Volumes),
            SlotKind::FileOrSecret => Means::File,
        }
    }

    /// What to call it in "expected …".
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            SlotKind::Name(_) => "a name",
            SlotKind::Text(_) => "a string in double quotes",
            SlotKind::Number => "a number",
            SlotKind::Amount => "an amount, or two as `A..B`",
            SlotKind::Volume => "a tier and its volume as `TIER.VOLUME`",
            SlotKind::Fact => "a fact, such as `TIER.replicas`",
            SlotKind::FileOrSecret => "a file in double quotes or `secret.NAME`",
        }
    }
}

/// The block behind a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Body {
    /// There is none.
    None,
    /// There may be one.
    Optional(Place),
    /// There must be one.
    Required(Place),
    /// There must be one, whose lines are YAML.
    Yaml,
}

impl Body {
    /// The place that the block is, if it holds statements.
    #[must_use]
    pub fn place(self) -> Option<Place> {
        match self {
            Body::Optional(place) | Body::Required(place) => Some(place),
            Body::None | Body::Yaml => None,
        }
    }
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
    /// What to write instead of tokens that don't belong in it, in the order in which they are tried.
    pub repairs: &'static [Repair],
    /// What to do where it stands twice and may stand once.
    pub twice: &'static str,
    /// Whether it is about a secret: text that doesn't belong in it may be its value, and isn't shown.
    pub hides: bool,
}

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
        repairs: &[],
        twice: "keep one of the two",
        hides: false,
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

    const fn repairs(mut self, repairs: &'static [Repair]) -> Row {
        self.repairs = repairs;
        self
    }

    const fn twice(mut self, help: &'static str) -> Row {
        self.twice = help;
        self
    }

    const fn hides(mut self) -> Row {
        self.hides = true;
        self
    }
}

/// Every statement, part by part. Of several rows with one word at one place, that whose fixed
/// words are all there counts, but for one without parts where there are atoms; else the last.
pub const ROWS: &[&[Row]] = &[
    top::ROWS,
    &database::TOP,
    top::LAST,
    app::ROWS,
    secret::ROWS,
    database::ROWS,
    tier::ROWS,
    storage::ROWS,
    build::ROWS,
    health::ROWS,
    allow::ROWS,
];

/// Every row.
pub fn all() -> impl Iterator<Item = &'static Row> {
    ROWS.iter().copied().flatten()
}

/// Every row by its word, in order.
static BY_WORD: LazyLock<BTreeMap<&str, Vec<&Row>>> = LazyLock::new(|| {
    let mut by_word: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in all() {
        by_word.entry(row.word).or_default().push(row);
    }
    by_word
});

/// The rows of a word in a place, in order.
pub fn named(place: Place, word: &str) -> impl Iterator<Item = &'static Row> {
    let rows = BY_WORD.get(word).into_iter().flatten().copied();
    rows.filter(move |row| row.places.contains(&place))
}

/// The rows of a place, in order.
pub fn rows(place: Place) -> impl Iterator<Item = &'static Row> {
    all().filter(move |row| row.places.contains(&place))
}
