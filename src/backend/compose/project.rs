//! What all services of a file know of each other: names, ports of this machine, volumes and files.

use std::collections::BTreeMap;

use super::address::{self, Ports, Published};
use super::names::{ComposeNames, LONGEST_NAME, VolumeOf};
use super::needs;
use crate::backend::{Input, Places};
use crate::catalog::members::PublicMember;
use crate::catalog::{Choice, Contract, Plan};
use crate::ir::{
    App, Build, ConfigMap, DockerfileSource, Edge, FileMap, Identity, Image, SecretKey, SecretRef,
    Setting, Tier, UniqueNames,
};
use crate::source::Span;

/// An application as one project of Compose.
pub(super) struct Project<'a> {
    /// The application.
    pub(super) app: &'a App,
    /// The name of the project.
    pub(super) name: String,
    /// Where source and output lie to each other.
    pub(super) places: &'a Places,
    /// What is reached from this machine, by the names of tiers.
    published: BTreeMap<&'a str, Vec<Published>>,
    /// What each tier and job needs, and waits for.
    pub(super) waited: BTreeMap<&'a str, Vec<&'a Edge>>,
    /// What services and volumes are called.
    names: ComposeNames<'a>,
    /// The names of files, the places that they come from and their paths, by those of ConfigMaps and
    /// their keys.
    pub(super) files: BTreeMap<[&'a str; 2], (String, Span, &'a str)>,
    /// The settings of ConfigMaps, by the names of these.
    settings: BTreeMap<&'a str, Settings<'a>>,
}

/// The settings of a ConfigMap.
pub(super) struct Settings<'a> {
    pub(super) map: &'a ConfigMap,
    by_key: BTreeMap<&'a str, &'a Setting>,
}

impl<'a> Settings<'a> {
    /// The setting of a key.
    pub(super) fn of(&self, key: &str) -> Option<&'a Setting> {
        self.by_key.get(key).copied()
    }
}

/// The settings of all ConfigMaps. A pod that is taken `from` another reads that one's.
fn settings(app: &App) -> BTreeMap<&str, Settings<'_>> {
    let own = app.pods().filter_map(|(_, pod)| pod.config.as_ref());
    let mut all = BTreeMap::new();
    for map in app.config.iter().chain(own) {
        all.entry(map.name.as_str()).or_insert_with(|| {
            let entries = map.entries.iter().rev();
            let by_key = entries.map(|entry| (entry.key.as_str(), entry)).collect();
            Settings { map, by_key }
        });
    }
    all
}

/// The image of a tier or job that is built here, and how.
#[derive(Clone, Copy)]
pub(super) struct Recipe<'a> {
    pub(super) plan: &'a Plan,
    pub(super) choice: &'a Choice,
    pub(super) contract: &'a Contract,
}

/// The name of an application's project: that of the application, for the target that is built by
/// default. Others can run beside it.
pub(super) fn name(app: &App) -> String {
    match &app.target {
        Some(target) if !app.is_default_target => format!("{}-{target}", app.name),
        Some(_) | None => app.name.clone(),
    }
}

impl<'a> Project<'a> {
    /// That of an application.
    pub(super) fn of(input: &Input<'a>) -> Self {
        let app = input.app;
        let mut project = Project {
            app,
            name: name(app),
            places: input.places,
            published: address::published(app),
            waited: needs::waited(app),
            names: ComposeNames::of(app),
            files: BTreeMap::new(),
            settings: settings(app),
        };
        project.name_files();
        project
    }

    fn name_files(&mut self) {
        let app = self.app;
        let mut names = UniqueNames::default();
        let databases = app.databases.iter();
        let databases = databases.map(|it| (&it.id, it.files.as_ref()));
        let pods = app.pods().map(|(id, pod)| (id, pod.files.as_ref()));
        for (id, files) in databases.chain(pods) {
            for file in files.iter().flat_map(|map| &map.files) {
                let name = names.free(&format!("{}-{}", id.name, file.key), LONGEST_NAME);
                let map = files.map_or("", |map| map.name.as_str());
                self.files
                    .insert([map, &file.key], (name, file.origin, &file.source));
            }
        }
    }

    /// The name of a thing's service.
    pub(super) fn service(&self, thing: &str) -> String {
        self.names.service(thing).to_owned()
    }

    /// The names of the services that run a tier's migrations, in order.
    pub(super) fn migrations(&self, tier: &str) -> &[String] {
        self.names.migrations(tier)
    }

    /// The name of the volume of whatever mounts a claim.
    pub(super) fn volume<'n>(&'n self, claim: &'n str) -> &'n str {
        self.names.volume(VolumeOf {
            object: claim,
            database: None,
        })
    }

    /// The name of a database's volume.
    pub(super) fn volume_of<'n>(&'n self, database: &'n Identity) -> &'n str {
        self.names.volume(VolumeOf {
            object: &database.workload,
            database: Some(&database.name),
        })
    }

    /// All volumes, each with the place that it comes from.
    pub(super) fn volumes(&self) -> impl Iterator<Item = &(String, Span)> {
        self.names.volumes()
    }

    /// The name of a file.
    pub(super) fn file<'n>(&'n self, map: &'n FileMap, key: &'n str) -> &'n str {
        let file = self.files.get(&[map.name.as_str(), key]);
        file.map_or("", |(name, ..)| name)
    }

    /// The settings of the ConfigMap of a name.
    pub(super) fn settings(&self, object: &str) -> Option<&Settings<'a>> {
        self.settings.get(object)
    }

    /// The tier of a name.
    pub(super) fn tier(&self, name: &str) -> Option<&'a Tier> {
        self.app.tier(name)
    }

    /// The ports of this machine that lead to a tier: first the one that stands for it.
    pub(super) fn published(&self, tier: &str) -> &[Published] {
        self.published.get(tier).map_or(&[], Vec::as_slice)
    }

    /// What browsers know a tier, or one of its ports that is exposed besides its first, by; `None` of what
    /// nobody reaches.
    pub(super) fn address(
        &self,
        (tier, port): (&str, Option<&str>),
        member: PublicMember,
        ports: Ports,
    ) -> Option<String> {
        let mut published = self.published(tier).iter();
        let published = match port {
            None => published.next()?,
            Some(port) => published.find(|it| it.name == port)?,
        };
        let tier = self.tier(tier)?;
        Some(address::address((tier, port), published, member, ports))
    }

    /// How an image is built, be it for another tier or job.
    pub(super) fn build(&self, image: &Image) -> Option<(&'a Build, &'a Contract)> {
        let pod = self.app.builder(&image.reference).filter(|_| image.ours)?;
        Some((pod.image.build.as_ref()?, &pod.contract))
    }

    /// The recipe that an image is built by, if it is one of ours.
    pub(super) fn recipe(&self, image: &Image) -> Option<Recipe<'a>> {
        let (build, contract) = self.build(image)?;
        match &build.dockerfile {
            DockerfileSource::Planned { plan, choice } => Some(Recipe {
                plan,
                choice,
                contract,
            }),
            DockerfileSource::Theirs { .. } => None,
        }
    }

    /// The declaration of a Secret's key, unless another program makes the Secret.
    pub(super) fn secret(&self, key: &SecretRef) -> Option<&'a SecretKey> {
        self.app.secret_key(key)
    }

    /// The keys of a Secret.
    pub(super) fn secret_keys(
        &self,
        object: &str,
    ) -> impl Iterator<Item = &'a SecretKey> + use<'a> {
        self.app.secrets_of(object).flat_map(|secret| &secret.keys)
    }
}

/// Two paths, one below the other, without needless parts.
pub(super) fn joined(folder: &str, below: &str) -> String {
    let parts = below.split('/').filter(|part| !matches!(*part, "" | "."));
    let parts: Vec<_> = parts.collect();
    match (folder.trim_end_matches('/'), parts.as_slice()) {
        ("", []) => "/".to_owned(),
        (folder, []) => folder.to_owned(),
        (folder, parts) => format!("{folder}/{}", parts.join("/")),
    }
}
