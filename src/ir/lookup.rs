//! Where the things of an application are: found once for all who ask, since each tier may ask for each.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::circles::circles;
use super::{
    App, Database, Edge, Image, ImageReference, Pod, SecretKey, SecretObject, SecretRef, Setting,
    Stages, ThingName, Tier,
};
use crate::source::Span;

/// Positions in the lists of an [`App`], which are made when first one is asked for. A copy makes its
/// own: whoever copies an application is about to change it.
#[derive(Debug, Default)]
pub(crate) struct Lookup(OnceLock<Positions>);

impl Clone for Lookup {
    fn clone(&self) -> Self {
        Lookup::default()
    }
}

/// Positions by names; of two things of one name, the first.
#[derive(Debug, Default)]
struct Positions {
    tiers: BTreeMap<String, usize>,
    databases: BTreeMap<String, usize>,
    /// Tiers, then jobs, as [`App::pods`] gives them.
    pods: BTreeMap<String, usize>,
    /// Those with keys of the program's own, by the names of their objects.
    secrets: BTreeMap<String, Vec<SecretOf>>,
    /// Their keys, by those names and the keys' own: whose Secret each is in, and its place there.
    secret_keys: BTreeMap<String, BTreeMap<String, (SecretOf, usize)>>,
    /// The keys of the shared ConfigMap.
    config: BTreeMap<String, usize>,
    /// The shared keys without a value.
    unset: BTreeSet<String>,
    /// The edges by which pods connect to others, by whose pods they are.
    uses: BTreeMap<String, Vec<usize>>,
    /// The tiers with migrations, by their images.
    migrations: BTreeMap<ImageReference, Vec<usize>>,
    /// The first pod that says how an image is built.
    builds: BTreeMap<ImageReference, usize>,
    /// The first pod that runs an image, by where that is said and its reference.
    images: BTreeMap<Span, BTreeMap<ImageReference, usize>>,
    /// The circle of uses that a thing is in: by a number that all in it have.
    circles: BTreeMap<String, usize>,
    stages: Stages,
}

/// Whose a Secret is.
#[derive(Debug, Clone, Copy)]
enum SecretOf {
    /// The application's own.
    App,
    /// That of the database at this position.
    Database(usize),
    /// That of the pod at this position.
    Pod(usize),
}

impl Positions {
    fn of(app: &App) -> Self {
        let mut all = Positions::default();
        for (at, tier) in app.tiers.iter().enumerate() {
            all.tiers.entry(tier.id.name.clone()).or_insert(at);
            if tier.migration.is_some() {
                let image = tier.pod.image.reference.clone();
                all.migrations.entry(image).or_default().push(at);
            }
        }
        for (at, database) in app.databases.iter().enumerate() {
            all.databases.entry(database.id.name.clone()).or_insert(at);
        }
        for (at, (id, pod)) in app.pods().enumerate() {
            all.pods.entry(id.name.clone()).or_insert(at);
            let image = &pod.image;
            if image.build.is_some() {
                all.builds.entry(image.reference.clone()).or_insert(at);
            }
            let there = all.images.entry(image.origin).or_default();
            there.entry(image.reference.clone()).or_insert(at);
        }
        let shared = app.secret.iter().map(|it| (it, SecretOf::App));
        let databases = app.databases.iter().enumerate();
        let databases =
            databases.filter_map(|(at, it)| Some((it.secret.as_ref()?, SecretOf::Database(at))));
        let pods = app.pods().enumerate();
        let pods = pods.filter_map(|(at, (_, it))| Some((it.secret.as_ref()?, SecretOf::Pod(at))));
        for (secret, of) in shared.chain(databases).chain(pods) {
            all.secrets.entry(secret.name.clone()).or_default().push(of);
            let keys = all.secret_keys.entry(secret.name.clone()).or_default();
            for (at, key) in secret.keys.iter().enumerate() {
                keys.entry(key.key.clone()).or_insert((of, at));
            }
        }
        let config = app.config.iter().flat_map(|config| &config.entries);
        for (at, entry) in config.enumerate() {
            all.config.entry(entry.key.clone()).or_insert(at);
        }
        all.unset = app.unset.iter().cloned().collect();
        for (at, edge) in app.edges.iter().enumerate() {
            if let Some(client) = edge.client() {
                all.uses.entry(client.0.clone()).or_default().push(at);
            }
        }
        all.circles = circles(&app.edges);
        all.stages = app.work_out_stages();
        all
    }
}

impl App {
    fn positions(&self) -> &Positions {
        self.lookup.0.get_or_init(|| Positions::of(self))
    }

    /// Which of its jobs and migrations begin after others.
    #[must_use]
    pub fn stages(&self) -> &Stages {
        &self.positions().stages
    }

    /// The tier of that name.
    #[must_use]
    pub fn tier(&self, name: &str) -> Option<&Tier> {
        self.tiers.get(*self.positions().tiers.get(name)?)
    }

    /// The database that others refer to by `thing`.
    #[must_use]
    pub fn database(&self, thing: &ThingName) -> Option<&Database> {
        self.databases
            .get(*self.positions().databases.get(&thing.0)?)
    }

    /// What the tier or job of that name runs.
    #[must_use]
    pub fn pod(&self, name: &str) -> Option<&Pod> {
        self.pod_at(*self.positions().pods.get(name)?)
    }

    fn pod_at(&self, at: usize) -> Option<&Pod> {
        match at.checked_sub(self.tiers.len()) {
            None => self.tiers.get(at).map(|tier| &tier.pod),
            Some(at) => self.jobs.get(at).map(|job| &job.pod),
        }
    }

    /// The pod that says how an image is built: the first of those that run it.
    #[must_use]
    pub fn builder(&self, image: &ImageReference) -> Option<&Pod> {
        self.pod_at(*self.positions().builds.get(image)?)
    }

    /// The name of the first tier or job that runs an image, of those for which one statement says it.
    pub(crate) fn first_with(&self, image: &Image) -> Option<&str> {
        let at = *self
            .positions()
            .images
            .get(&image.origin)?
            .get(&image.reference)?;
        let id = match at.checked_sub(self.tiers.len()) {
            None => self.tiers.get(at).map(|tier| &tier.id),
            Some(at) => self.jobs.get(at).map(|job| &job.id),
        };
        id.map(|id| id.name.as_str())
    }

    /// The Secrets of that name with keys of the program's own.
    pub fn secrets_of<'a>(
        &'a self,
        object: &str,
    ) -> impl Iterator<Item = &'a SecretObject> + use<'a> {
        let all = self.positions().secrets.get(object);
        let all = all.into_iter().flatten();
        all.filter_map(|of| self.secret_of(*of))
    }

    fn secret_of(&self, of: SecretOf) -> Option<&SecretObject> {
        match of {
            SecretOf::App => self.secret.as_ref(),
            SecretOf::Database(at) => self.databases.get(at)?.secret.as_ref(),
            SecretOf::Pod(at) => self.pod_at(at)?.secret.as_ref(),
        }
    }

    /// The declaration of a key of a Secret, unless another program makes the Secret.
    #[must_use]
    pub fn secret_key(&self, key: &SecretRef) -> Option<&SecretKey> {
        let (of, at) = *self
            .positions()
            .secret_keys
            .get(&key.object)?
            .get(&key.key)?;
        self.secret_of(of)?.keys.get(at)
    }

    /// The shared key of that name.
    #[must_use]
    pub fn shared(&self, key: &str) -> Option<&Setting> {
        let at = *self.positions().config.get(key)?;
        self.config.as_ref()?.entries.get(at)
    }

    /// Whether a shared key has no value.
    #[must_use]
    pub fn is_unset(&self, key: &str) -> bool {
        self.positions().unset.contains(key)
    }

    /// The edges by which the pods of a tier or job connect to others.
    pub fn uses<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Edge> + use<'a> {
        let all = self.positions().uses.get(name);
        all.into_iter()
            .flatten()
            .filter_map(|at| self.edges.get(*at))
    }

    /// The tiers with migrations of an image.
    pub(super) fn migrating<'a>(
        &'a self,
        image: &ImageReference,
    ) -> impl Iterator<Item = &'a Tier> + use<'a> {
        let all = self.positions().migrations.get(image);
        all.into_iter()
            .flatten()
            .filter_map(|at| self.tiers.get(*at))
    }

    /// Whether each of two things uses the other, be it by way of others.
    pub(super) fn use_each_other(&self, one: &str, other: &str) -> bool {
        let circles = &self.positions().circles;
        one == other
            || matches!((circles.get(one), circles.get(other)), (Some(a), Some(b)) if a == b)
    }
}
