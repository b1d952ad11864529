//! The application as it will run: every name resolved, every value typed, every default filled.
//!
//! This is all that backends see. Each fact carries the place that it came from (`origin`): a
//! default has that of the statement that it belongs to. A secret has no value here, and there is
//! no field that could hold one: [`SecretKey`] says where a value will come from, [`SecretRef`]
//! which key a container reads.

mod circles;
mod database;
mod edge;
mod environment;
mod gateway;
mod helm;
mod host_settings;
mod hosts;
mod identity;
mod image;
mod job;
mod lookup;
mod names;
mod order;
mod patch;
mod pod;
mod quantity;
mod reach;
mod rule;
#[cfg(test)]
pub(crate) mod sample;
mod stages;
mod storage;
mod text;
mod tier;

use crate::catalog::defaults::Switch;
pub use crate::catalog::{Choice, Contract};
use crate::source::{Span, Spanned};
pub use database::{Account, Database, DatabasePlaces, DatabaseWorkload, Operated};
pub use edge::{Edge, EdgeKind, EdgeSource, ThingName};
pub use environment::{
    ConfigMap, Entry, EnvFrom, EnvFromKind, Piece, SecretKey, SecretObject, SecretRef, Setting,
    Value, Variable,
};
pub use gateway::Gateway;
pub use helm::{ChartSecrets, Helm, NamedValue, ValueOrder};
pub use host_settings::HostSettings;
pub use hosts::{
    HostKind, HostRule, LedPath, escaped, is_wildcard, led_paths, path_pattern, redirect_name,
};
pub use identity::Identity;
pub use image::{Build, DockerfileSource, Image, ImageReference, Pinned, PullPolicy, TagFrom};
pub use job::{JOB_HASH, Job, Migration, Schedule};
pub(crate) use lookup::Lookup;
pub use names::UniqueNames;
pub use order::Store;
pub use patch::Patch;
pub use pod::{ContractChanges, Pod, Resources, Wait};
pub use quantity::{Quantity, QuantityRange};
pub use reach::{
    Admission, Expose, Exposure, Handler, Ingress, IngressSettings, Port, Probe, Probes,
    PublicAddress, Route, Transport, known_way,
};
pub use rule::Rule;
pub use stages::Stages;
pub use storage::{
    Claim, FileContent, FileMap, MountedBy, MountedFile, ObjectFile, SecretFile, Volume,
};
pub use text::{MOST_PLACES, StatedFact, Text, TextPart};
pub use tier::{Autoscaling, Replicas, Rollout, Tier};

/// One application, for one target.
#[derive(Debug, Clone)]
pub struct App {
    /// The name behind `app`: a DNS label.
    pub name: String,
    /// The version behind `version`; by default, at `app`.
    pub version: Spanned<String>,
    /// The patterns by which objects are named, where they are said: each by its word in `naming`.
    pub naming: Vec<Spanned<&'static str>>,
    /// The `app` statement.
    pub origin: Span,
    /// The target it was made for, where the file has targets.
    pub target: Option<String>,
    /// The statement of that target; `app` where there is none.
    pub target_origin: Span,
    /// Whether that is the one that is built where none is asked for: the first.
    pub is_default_target: bool,
    /// Where its objects live.
    pub namespace: Namespace,
    /// The context of kubectl's configuration that commands name.
    pub context: Option<String>,
    /// What the tags of images that are built are made of, if no text is their tag.
    pub tag_from: Option<TagFrom>,
    /// Whether images are loaded into the cluster by hand, instead of pulled from a registry.
    pub local_images: bool,
    /// The Secret with the credentials that its images are pulled with.
    pub pull_secret: Option<Spanned<String>>,
    /// The file with the digests of images, and the images that it should have.
    pub pinned: Option<Pinned>,
    /// Labels of every object, besides our own.
    pub labels: Vec<Entry>,
    /// What selects pods.
    pub selector: Selector,
    /// The defaults that are switched off for all of it.
    pub off: Vec<Spanned<Switch>>,
    /// The shared ConfigMap, if any key is declared.
    pub config: Option<ConfigMap>,
    /// The keys of it to which neither the source nor the target gives the value that they must have.
    /// There are none but for formats of which an installation gives them; their values are empty here.
    pub unset: Vec<String>,
    /// The shared Secret, if any key is declared.
    pub secret: Option<SecretObject>,
    /// Databases in the cluster, in the order of the source.
    pub databases: Vec<Database>,
    /// Workloads, in the order of the source.
    pub tiers: Vec<Tier>,
    /// Objects of other kinds, as somebody else wrote them.
    pub objects: Vec<ObjectFile>,
    /// What runs to its end, in the order of the source.
    pub jobs: Vec<Job>,
    /// What all Ingresses have.
    pub ingress: IngressSettings,
    /// Ingresses over several tiers, in the order of the source.
    pub ingresses: Vec<Ingress>,
    /// What its chart is like.
    pub helm: Helm,
    /// Who uses whom: first what each tier and job says, by things in the order of the source, then
    /// what follows from it.
    pub edges: Vec<Edge>,
    /// Where its things are.
    pub(crate) lookup: Lookup,
}

/// The namespace of all objects.
#[derive(Debug, Clone)]
pub struct Namespace {
    /// A DNS label.
    pub name: String,
    /// Whether the build makes it; `default` and what somebody else makes is there already.
    pub create: bool,
    /// Where it was said.
    pub origin: Span,
}

/// Which labels everything selects pods by. A workload's selector can't be changed later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Selector {
    /// `app`, with the workload's label as its value.
    App,
    /// `app.kubernetes.io/name` with that value, and `app.kubernetes.io/instance` with the
    /// application's name.
    Standard,
}

impl App {
    /// Where the pattern for names is said, by its word in `naming`.
    #[must_use]
    pub fn pattern(&self, word: &str) -> Option<Span> {
        let said = self.naming.iter().find(|said| said.value == word);
        said.map(|said| said.span)
    }

    /// Whether a default holds for all of it.
    #[must_use]
    pub fn keeps(&self, default: Switch) -> bool {
        self.off.iter().all(|off| off.value != default)
    }

    /// What its workloads run and see, with their names: tiers, then jobs.
    pub fn pods(&self) -> impl Iterator<Item = (&Identity, &Pod)> {
        let tiers = self.tiers.iter().map(|tier| (&tier.id, &tier.pod));
        tiers.chain(self.jobs.iter().map(|job| (&job.id, &job.pod)))
    }

    /// The variables of whoever builds its images that hold secrets, one for each build that sees it.
    pub fn build_secrets(&self) -> impl Iterator<Item = &Spanned<String>> {
        let builds = self.pods().filter_map(|(_, pod)| pod.image.build.as_ref());
        builds.flat_map(|build| &build.secrets)
    }

    /// The Secrets that must exist: the shared one, those of databases, and those of pods.
    pub fn secrets(&self) -> impl Iterator<Item = &SecretObject> {
        let databases = self.databases.iter().filter_map(|it| it.secret.as_ref());
        let pods = self.pods().filter_map(|(_, pod)| pod.secret.as_ref());
        self.secret.iter().chain(databases).chain(pods)
    }

    /// The files that its pods read, those of databases last.
    pub fn files(&self) -> impl Iterator<Item = &FileMap> {
        let pods = self.pods().filter_map(|(_, pod)| pod.files.as_ref());
        pods.chain(self.databases.iter().filter_map(|it| it.files.as_ref()))
    }
}
