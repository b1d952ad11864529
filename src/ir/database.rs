//! Databases that run in the cluster.

use super::{
    Admission, App, FileMap, Identity, ImageReference, Patch, PullPolicy, Quantity, Resources,
    SecretObject, SecretRef, Variable,
};
use crate::catalog::databases::operator::{self, Operator};
use crate::catalog::databases::{self, Engine, HostName, Setup, Storage};
use crate::catalog::defaults::Switch;
use crate::source::{Span, Spanned};
use indexmap::IndexMap;

/// A database that runs in the cluster.
#[derive(Debug, Clone)]
pub struct Database {
    /// Its names.
    pub id: Identity,
    /// What kind it is.
    pub engine: &'static Engine,
    /// What its image is called, at its `version` or `image`.
    pub image: Spanned<ImageReference>,
    /// When the image is pulled; by default, at the `app` statement.
    pub pull: Spanned<PullPolicy>,
    /// Where the claim is mounted.
    pub mount: Storage,
    /// Size of the claim; without one its data ends with its pod.
    pub storage: Option<Spanned<Quantity>>,
    /// The claim's storage class; the cluster's default where it isn't said.
    pub class: Option<String>,
    /// Whom it belongs to, where its engine knows users.
    pub account: Option<Account>,
    /// The password's key, if it has one.
    pub password: Option<SecretRef>,
    /// The Secret that holds it.
    pub secret: Option<SecretObject>,
    /// What it drops when its memory is full.
    pub policy: Option<&'static str>,
    /// Variables besides those of its engine, in order.
    pub env: Vec<Variable>,
    /// The user and group that its container runs as, where it isn't that of the official image.
    pub uid: Option<Spanned<u32>>,
    /// Folders that it writes to besides those of its engine.
    pub writable: Vec<Spanned<String>>,
    /// The defaults that are switched off for it.
    pub off: Vec<Spanned<Switch>>,
    /// Who else may connect to it, in order.
    pub admits: Vec<Admission>,
    /// Arguments besides those of its engine.
    pub args: Vec<Spanned<String>>,
    /// Files that its container reads.
    pub files: Option<FileMap>,
    /// What is set aside for it, and what it may not exceed.
    pub resources: Resources,
    /// What runs its pod.
    pub workload: DatabaseWorkload,
    /// Where some of this is said.
    pub said: DatabasePlaces,
    /// What is merged into its objects, in order.
    pub patches: Vec<Patch>,
}

impl Database {
    /// Whom it belongs to, as its engine wants to know it.
    #[must_use]
    pub fn account(&self) -> Option<databases::AccountNames<'_>> {
        let account = self.account.as_ref();
        account.map(|account| databases::AccountNames {
            user: &account.user.value,
            database: &account.database.value,
        })
    }

    /// Whether a default holds for it.
    #[must_use]
    pub fn keeps(&self, app: &App, default: Switch) -> bool {
        app.keeps(default) && self.off.iter().all(|off| off.value != default)
    }

    /// The user and group that its container runs as.
    #[must_use]
    pub fn user(&self) -> u32 {
        self.uid.as_ref().map_or(self.engine.uid, |uid| uid.value)
    }

    /// Whether its image is another than the engine's own, which may write anywhere.
    #[must_use]
    pub fn has_image_of_others(&self) -> bool {
        let repository = self.image.value.repository.as_str();
        let bare = ["docker.io/library/", "docker.io/", "library/"]
            .iter()
            .find_map(|prefix| repository.strip_prefix(prefix));
        bare.unwrap_or(repository) != self.engine.image
    }

    /// Whether its image starts as the engine's own does.
    #[must_use]
    pub fn starts_alike(&self) -> bool {
        let repository = &self.image.value.repository;
        let name = repository.rsplit('/').next().unwrap_or_default();
        !self.has_image_of_others() || self.engine.derived.contains(&name)
    }

    /// The operator that runs it, and how many servers it has.
    #[must_use]
    pub fn operated(&self) -> Option<Operated> {
        match self.workload {
            DatabaseWorkload::Operated(operated) => Some(operated),
            DatabaseWorkload::StatefulSet | DatabaseWorkload::Deployment => None,
        }
    }

    /// The name of the Service that leads to the servers which take no writes, where there are some.
    #[must_use]
    pub fn read_service(&self) -> Option<String> {
        let Operated {
            operator,
            instances,
            ..
        } = self.operated()?;
        (instances > 1).then(|| format!("{}{}", self.id.workload, operator.reads))
    }

    /// The settings that its arguments are, each with its place, where an operator runs it: of two for one
    /// name the last counts.
    #[must_use]
    pub fn settings(&self) -> IndexMap<String, Spanned<String>> {
        let args: Vec<_> = self.args.iter().map(|arg| arg.value.as_str()).collect();
        let all = operator::settings(&args).unwrap_or_default().into_iter();
        let all = all.filter_map(|(at, name, value)| {
            let span = self.args.get(at)?.span;
            Some((name, Spanned::new(value.to_owned(), span)))
        });
        all.collect()
    }

    /// The keys that its Secret has besides the password, each with its text: an operator reads the user there.
    #[must_use]
    pub fn plain_keys(&self) -> Vec<(&'static str, &Spanned<String>)> {
        let keys = self.operated().zip(self.account.as_ref());
        let keys = keys.map(|(it, account)| (it.operator.secret_keys.0, &account.user));
        keys.into_iter().collect()
    }

    /// The same database as one server from the engine's own image, for whatever knows no operator.
    #[must_use]
    pub fn alone(&self) -> Database {
        let mut alone = self.clone();
        if self.operated().is_some() {
            let tag = alone.image.value.tag.take().unwrap_or_default();
            let is_number = |c: char| c.is_ascii_digit() || c == '.';
            let end = tag.find(|c| !is_number(c)).unwrap_or(tag.len());
            let version = tag.get(..end).unwrap_or_default().trim_end_matches('.');
            alone.image.value = ImageReference {
                repository: self.engine.image.to_owned(),
                tag: Some(version.to_owned()),
                digest: None,
            };
            alone.workload = DatabaseWorkload::StatefulSet;
        }
        alone
    }

    /// Why its root file system can be written to, if it can: the `without` of the application, or an image
    /// of others.
    #[must_use]
    pub fn writable_root(&self, app: &App) -> Option<Span> {
        let off = app.off.iter().chain(&self.off);
        let mut off = off.filter(|off| off.value == Switch::ReadOnlyRoot);
        let others = self.has_image_of_others().then_some(self.image.span);
        off.next().map(|off| off.span).or(others)
    }

    /// The name of its host, where its data lies under that: the same for each of its pods.
    #[must_use]
    pub fn host_name(&self) -> Option<String> {
        let name = format!("{}-0", self.id.workload);
        (self.engine.host_name == HostName::Kept).then_some(name)
    }

    /// The statements that what its engine is told comes from.
    pub fn setup_places(&self) -> impl Iterator<Item = Span> {
        let account = self.account.as_ref();
        let account = account.map(|account| [account.user.span, account.database.span]);
        let memory = self.resources.memory.as_ref();
        let size = self.storage.as_ref().map(|size| size.span);
        let version = Some(self.image.span);
        let memory = memory.map(|it| it.limit.span);
        let others = [version, self.said.policy, size, memory];
        account
            .into_iter()
            .flatten()
            .chain(others.into_iter().flatten())
    }

    /// What it was told, as its engine wants to know it.
    #[must_use]
    pub fn setup(&self) -> Setup<'_> {
        let memory = self.resources.memory.as_ref();
        Setup {
            account: self.account(),
            storage: self.mount,
            keeps: self.storage.is_some(),
            guarded: self.password.is_some(),
            policy: self.policy,
            memory: memory.and_then(|range| u64::try_from(range.limit.value.milli / 1000).ok()),
            starts_alike: self.starts_alike(),
        }
    }
}

/// The user and the database that the image makes at its first start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The user; by default, at the database's own statement.
    pub user: Spanned<String>,
    /// The database; by default, at the database's own statement.
    pub database: Spanned<String>,
}

/// Where a database's statements are, of what has no place of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DatabasePlaces {
    /// `policy`.
    pub policy: Option<Span>,
    /// `workload`.
    pub workload: Option<Span>,
}

/// What runs a database's pods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DatabaseWorkload {
    /// A StatefulSet, behind a headless Service.
    StatefulSet,
    /// A Deployment that is recreated; its claim has its name.
    Deployment,
    /// An object of an operator, which runs several servers.
    Operated(Operated),
}

/// Several servers that an operator runs as one database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operated {
    /// What runs them.
    pub operator: &'static Operator,
    /// How many there are.
    pub instances: u32,
    /// Where that is said.
    pub origin: Span,
}
