//! What all services of a file know of each other: names, ports of this machine, volumes and files.

use std::collections::{BTreeMap, BTreeSet};

use super::address::{self, Published};
use super::text;
use crate::backend::{Input, Places};
use crate::catalog::members::PublicMember;
use crate::catalog::{Choice, Contract, Plan};
use crate::ir::{
    App, Build, DockerfileSource, FileMap, Identity, Image, SecretKey, SecretRef, Tier, UniqueNames,
};
use crate::source::Span;

/// Longest name that is made up, in bytes. It is part of a container's, by which others find it: a DNS
/// label.
const LONGEST_NAME: usize = 63;

/// An application as one project of Compose.
pub(super) struct Project<'a> {
    /// The application.
    pub(super) app: &'a App,
    /// The name of the project.
    pub(super) name: String,
    /// Where source and output lie to each other.
    pub(super) places: &'a Places,
    /// Tiers that are reached from this machine, by their names.
    pub(super) published: BTreeMap<&'a str, Published>,
    /// The names of services, by those of databases, tiers and jobs.
    services: BTreeMap<&'a str, String>,
    /// The names of the services that migrate, by those of tiers, in their order.
    migrations: BTreeMap<&'a str, Vec<String>>,
    /// The names of volumes and the places that they come from, by those of claims.
    pub(super) volumes: BTreeMap<&'a str, (String, Span)>,
    /// The names of files, the places that they come from and their paths, by those of ConfigMaps and
    /// their keys.
    pub(super) files: BTreeMap<[&'a str; 2], (String, Span, &'a str)>,
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
            services: BTreeMap::new(),
            migrations: BTreeMap::new(),
            volumes: BTreeMap::new(),
            files: BTreeMap::new(),
        };
        project.name_services();
        project.name_volumes();
        project.name_files();
        project
    }

    /// Names services after their things, unless that is what others are known by in a network.
    fn name_services(&mut self) {
        let app = self.app;
        let ids = identities(app);
        let known: BTreeSet<(&str, &str)> = ids
            .iter()
            .map(|id| (id.service.as_str(), id.name.as_str()))
            .collect();
        let mut names = UniqueNames::default();
        let is_of_another = |name: &str| {
            let mut known = known.iter();
            known.any(|(service, of)| *service == name && *of != name)
        };
        for id in &ids {
            // The network knows it by its Service's name in any case.
            if is_of_another(&id.name) {
                names.take(&id.name);
            }
        }
        for id in ids {
            let name = names.free(&id.name, LONGEST_NAME);
            self.services.insert(&id.name, name);
        }
        for tier in &app.tiers {
            let Some(migration) = &tier.migration else {
                continue;
            };
            let name = format!("{}-migrate", tier.id.name);
            let count = migration.commands.len();
            let all = (1..=count).map(|number| match count {
                1 => names.free(&name, LONGEST_NAME),
                _ => names.free(&format!("{name}-{number}"), LONGEST_NAME),
            });
            let all = all.collect();
            self.migrations.insert(&tier.id.name, all);
        }
    }

    fn name_volumes(&mut self) {
        let app = self.app;
        let mut names = UniqueNames::default();
        for database in &app.databases {
            if let Some(size) = &database.storage {
                let name = format!("{}-data", database.id.name);
                let name = names.free(&name, LONGEST_NAME);
                self.volumes
                    .insert(&database.id.workload, (name, size.span));
            }
        }
        for (id, pod) in app.pods() {
            for volume in pod.volumes.iter().filter(|it| it.claim.is_some()) {
                let name = format!("{}-{}", id.name, volume.name);
                let name = names.free(&name, LONGEST_NAME);
                self.volumes.insert(&volume.object, (name, volume.origin));
            }
        }
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
        let name = self.services.get(thing);
        name.cloned().unwrap_or_else(|| thing.to_owned())
    }

    /// The names of the services that run a tier's migrations, in order.
    pub(super) fn migrations(&self, tier: &str) -> &[String] {
        self.migrations.get(tier).map_or(&[], Vec::as_slice)
    }

    /// The name of a claim's volume.
    pub(super) fn volume(&self, claim: &str) -> &str {
        self.volumes.get(claim).map_or("", |(name, _)| name)
    }

    /// The name of a file.
    pub(super) fn file(&self, map: &FileMap, key: &str) -> &str {
        let mut files = self.files.iter();
        let file = files.find(|([of, name], _)| *of == map.name && *name == key);
        file.map_or("", |(_, (name, ..))| name)
    }

    /// The tier of a name.
    pub(super) fn tier(&self, name: &str) -> Option<&'a Tier> {
        self.app.tiers.iter().find(|tier| tier.id.name == name)
    }

    /// What browsers know a tier by, with an expression for its port; `None` of one that nobody reaches.
    pub(super) fn public(&self, tier: &str, member: PublicMember) -> Option<String> {
        let port = self.published.get(tier)?.expression();
        self.address(tier, member, &port)
    }

    /// The same where no variable changes a port.
    pub(super) fn usual(&self, tier: &str, member: PublicMember) -> Option<String> {
        let port = self.published.get(tier)?.port.to_string();
        self.address(tier, member, &port)
    }

    fn address(&self, tier: &str, member: PublicMember, port: &str) -> Option<String> {
        let public = self.tier(tier)?.public.as_ref();
        let path = public.map_or("", |public| public.path.as_str());
        let path = text::literal(path);
        Some(match member {
            PublicMember::Url => format!("http://localhost:{port}{path}"),
            PublicMember::WebSocket => format!("ws://localhost:{port}{path}"),
            PublicMember::Origin => format!("http://localhost:{port}"),
            PublicMember::Host => "localhost".to_owned(),
        })
    }

    /// How an image is built, be it for another tier or job.
    pub(super) fn build(&self, image: &Image) -> Option<(&'a Build, &'a Contract)> {
        let mut pods = self.app.pods().map(|(_, pod)| pod);
        let pod = pods.find(|pod| {
            pod.image.build.is_some() && pod.image.reference == image.reference && image.ours
        })?;
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
        self.secret_keys(&key.object).find(|it| it.key == key.key)
    }

    /// The keys of a Secret.
    pub(super) fn secret_keys(&self, object: &str) -> impl Iterator<Item = &'a SecretKey> {
        let all = self
            .app
            .secrets()
            .filter(move |secret| secret.name == object);
        all.flat_map(|secret| &secret.keys)
    }
}

/// Everything that has a service.
fn identities(app: &App) -> Vec<&Identity> {
    let databases = app.databases.iter().map(|it| &it.id);
    databases.chain(app.pods().map(|(id, _)| id)).collect()
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
