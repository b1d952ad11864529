//! The typed syntax tree: what the text says, with gaps where it says nothing readable.
//!
//! Words, numbers and names are kept as written; the checker gives them their types. A part that
//! is `None` is missing, which has been complained of where it must not be. `broken` says that
//! something in a statement couldn't be read: then nothing is concluded from what it lacks.

mod allow;
mod app;
mod database;
mod job;
mod storage;
mod tier;

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Span, Spanned};
pub use allow::Allow;
pub use app::{
    App, Gateway, Helm, HelmValue, HostRoutes, IngressSettings, Route, Settings, Tag, Target,
    TargetTier,
};
pub use database::{Database, External, ExternalService};
pub use job::{Cron, Job};
pub use storage::{MountedFile, OwnVolume, Patch, Volume, VolumeSource};
pub use tier::{
    Admission, Build, BuildSecret, EnvLine, Expose, ExposeWay, Handler, Health, HostSettings,
    Migration, Port, ProbeLine, Replicas, Rollout, Scale, Tier, VersionOption,
};

/// A word or string of the text, and its place.
pub type Name = Spanned<String>;

/// A whole file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct File {
    /// The `app` statement.
    pub app: Option<App>,
    /// The shared `config`.
    pub config: Option<Config>,
    /// The shared secrets.
    pub secrets: Vec<Secret>,
    /// Databases in the cluster.
    pub databases: Vec<Database>,
    /// Databases outside of it.
    pub externals: Vec<External>,
    /// Services outside of the cluster.
    pub external_services: Vec<ExternalService>,
    /// Workloads.
    pub tiers: Vec<Tier>,
    /// `object`: files with objects of other kinds.
    pub objects: Vec<Name>,
    /// What runs to its end.
    pub jobs: Vec<Job>,
    /// Targets.
    pub targets: Vec<Target>,
    /// `allow`, in any block, by place.
    pub allows: Vec<Allow>,
    /// Whether something at the top level couldn't be read.
    pub broken: bool,
    /// The words of statements at the top level that are unknown: any of them may be a name that
    /// was meant to be declared.
    pub lost: BTreeSet<String>,
    /// Whether all of it could be read.
    pub sound: bool,
    /// Comments that fill lines of their own, joined by line breaks and without `#`, by the place of what
    /// stands in the line below them.
    pub remarks: BTreeMap<u32, String>,
    /// The text itself, with blanks for its comments: what must not stand in a file must not stand
    /// in what couldn't be read, either.
    pub uncommented: String,
}

impl File {
    /// Whether all that stands at the top level could be read.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        !self.broken && self.lost.is_empty()
    }

    /// Whether something that couldn't be read may declare this name.
    #[must_use]
    pub fn may_declare(&self, name: &str) -> bool {
        self.broken || self.lost.contains(name)
    }

    /// Its tiers, and what its jobs run.
    pub fn workloads(&self) -> impl Iterator<Item = &Tier> + Clone {
        let jobs = self.jobs.iter().map(|job| &job.tier);
        self.tiers.iter().chain(jobs)
    }

    /// The paths of the files that it names, for somebody to read: the library doesn't.
    pub fn files(&self) -> impl Iterator<Item = &Name> {
        let mounted = self.workloads().flat_map(|tier| &tier.files);
        let mounted = mounted.chain(self.databases.iter().flat_map(|database| &database.files));
        let objects = self.targets.iter().flat_map(|target| &target.objects);
        let mounted = mounted.filter_map(|file| file.file.as_ref());
        let pins = self.app.iter().filter_map(|app| app.pins.as_ref());
        mounted.chain(&self.objects).chain(objects).chain(pins)
    }
}

/// `config { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The word `config`.
    pub span: Span,
    /// Its settings, in order.
    pub settings: Vec<Setting>,
    /// Whether a part of it couldn't be read.
    pub broken: bool,
}

/// `KEY = value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The key.
    pub key: Name,
    /// Whether the key stands in quotes.
    pub is_quoted: bool,
    /// The value.
    pub value: Option<Value>,
    /// Who gives it, where nothing is said.
    pub giver: Giver,
}

impl Setting {
    /// The statement.
    #[must_use]
    pub fn span(&self) -> Span {
        let value = self.value.as_ref();
        value.map_or(self.key.span, |value| self.key.span.to(value.span))
    }
}

/// Who gives a shared key its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Giver {
    /// The statement itself.
    Here,
    /// Each target.
    Target,
    /// A target, or nobody: then it is left out.
    Anyone,
}

/// A value: plain text, a reference, or a list of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// What it is.
    pub kind: ValueKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of value.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValueKind {
    /// A string, number or boolean, as text.
    Text(String),
    /// A member of something.
    Reference(Reference),
    /// Values that are joined with commas.
    List(Vec<Value>),
    /// Values that become an array of JSON.
    Json(Vec<Value>),
    /// A number or boolean in such an array, which stays one.
    Bare(String),
}

/// `a.b.c`, `a.b("argument")`, `a.b "/path"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The words between the dots; the last is empty where the text ends with a dot.
    pub parts: Vec<Name>,
    /// What stands in parentheses.
    pub argument: Option<Name>,
    /// The string behind it.
    pub path: Option<Name>,
}

/// One amount, or two: request and limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// The request.
    pub request: Name,
    /// The limit, where it is another.
    pub limit: Option<Name>,
}

/// `secret NAME from env …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// The statement without its block.
    pub span: Span,
    /// The statement with it.
    pub whole: Span,
    /// The variable that containers see.
    pub name: Option<Name>,
    /// The variable of the deploying user's environment, where it is another.
    pub variable: Option<Name>,
    /// The Secret that exists already.
    pub object: Option<Name>,
    /// The key in the Secret, where it is another.
    pub key: Option<Name>,
    /// `optional`.
    pub optional: bool,
    /// `starts_with`.
    pub starts_with: Option<Name>,
    /// `min_length`.
    pub min_length: Option<Name>,
    /// `url`.
    pub url: Option<Name>,
    /// `message`.
    pub message: Option<Name>,
}
