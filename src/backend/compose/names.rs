//! What services and volumes are called. Names depend on what they name alone: a volume that another
//! statement gives another name would be a new one, without the data.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::backend::claims::{self, NameClaim};
use crate::diag::{Bag, Code};
use crate::ir::{App, Identity};
use crate::source::Span;

/// Longest name that is made up, in bytes. It is part of a container's, by which others find it: a DNS
/// label.
pub(super) const LONGEST_NAME: usize = 63;

/// Kinds of objects by whose names this format tells things apart.
const KINDS: [&str; 3] = ["Service", "ConfigMap", "Secret"];

/// The names of an application's services and volumes.
pub(super) struct ComposeNames<'a> {
    /// The names of services, by those of databases, tiers and jobs.
    services: BTreeMap<&'a str, &'a str>,
    /// The names of the services that migrate, by those of tiers, in their order.
    migrations: BTreeMap<&'a str, Vec<String>>,
    /// The names of volumes and the places that they come from.
    volumes: BTreeMap<VolumeOf<'a>, (String, Span)>,
}

/// What a volume keeps the data of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct VolumeOf<'a> {
    /// The claim's name, or that of a database's workload.
    pub(super) object: &'a str,
    /// The database, if it is one's.
    pub(super) database: Option<&'a str>,
}

impl<'a> ComposeNames<'a> {
    /// Those of an application.
    pub(super) fn of(app: &'a App) -> Self {
        ComposeNames {
            services: services(app),
            migrations: migrations(app),
            volumes: volumes(app).into_iter().collect(),
        }
    }

    /// The name of a thing's service.
    pub(super) fn service<'n>(&'n self, thing: &'n str) -> &'n str {
        self.services.get(thing).copied().unwrap_or(thing)
    }

    /// The names of the services that run a tier's migrations, in order.
    pub(super) fn migrations(&self, tier: &str) -> &[String] {
        self.migrations.get(tier).map_or(&[], Vec::as_slice)
    }

    /// The name of a volume.
    pub(super) fn volume<'n>(&'n self, of: VolumeOf<'n>) -> &'n str {
        self.volumes.get(&of).map_or("", |(name, _)| name)
    }

    /// All volumes, each with the place that it comes from.
    pub(super) fn volumes(&self) -> impl Iterator<Item = &(String, Span)> {
        self.volumes.values()
    }
}

/// Complains of every two things that would be one: services, volumes, and names in the network.
pub(super) fn check(app: &App, found: &mut Bag) {
    let objects = claims::of_app(app).into_iter();
    let objects = objects.filter(|(kind, ..)| KINDS.contains(kind));
    claims::object_names_differ(objects, found);
    // Of two whose objects meet no more is to be said.
    let known = found.places(Code::ObjectClash);
    let volume_claims = claims::of_volumes(app, "volume claim").into_iter();
    let volume_claims = volume_claims.filter(|(.., place)| !known.contains(place));
    claims::object_names_differ(volume_claims, found);
    let known = found.places(Code::ObjectClash);
    let volumes = volumes(app).into_iter();
    let volumes = volumes.map(|(_, (name, place))| ("volume", Cow::Owned(name), place));
    let own = in_the_network(app).into_iter().chain(volumes);
    claims::object_names_differ(own.filter(|(.., place)| !known.contains(place)), found);
}

/// The names by which services are known: their own, and those of migrations.
fn in_the_network(app: &App) -> Vec<NameClaim<'_>> {
    const KIND: &str = "Compose service";
    let names = ComposeNames::of(app);
    let things = things(app);
    let own = things.iter().map(|(id, _)| {
        let name = names.services.get(id.name.as_str());
        let name = name.copied().unwrap_or_default();
        (KIND, Cow::Borrowed(name), id.origin)
    });
    let mut all: Vec<_> = own.collect();
    for (id, is_known) in things {
        let name = names.services.get(id.name.as_str());
        if is_known && name.is_none_or(|name| *name != id.service) {
            all.push((KIND, Cow::Borrowed(id.service.as_str()), id.origin));
        }
    }
    for tier in &app.tiers {
        let first = tier.migrations().next();
        let place = first.map_or(tier.id.origin, |(command, _)| command.span);
        let migrations = names.migrations(&tier.id.name).iter();
        all.extend(migrations.map(|name| (KIND, Cow::Owned(name.clone()), place)));
    }
    all
}

/// Everything that has a service, each with whether others know it by its Service's name.
fn things(app: &App) -> Vec<(&Identity, bool)> {
    let databases = app.databases.iter().map(|it| (&it.id, true));
    let tiers = app.tiers.iter().map(|it| (&it.id, !it.ports.is_empty()));
    let jobs = app.jobs.iter().map(|it| (&it.id, false));
    databases.chain(tiers).chain(jobs).collect()
}

/// Services are named after their things, unless that is what the network knows another one by: then
/// after their own objects.
fn services(app: &App) -> BTreeMap<&str, &str> {
    let things = things(app);
    let known = things.iter().filter(|(_, is_known)| *is_known);
    let known: BTreeMap<&str, &str> = known
        .map(|(id, _)| (id.service.as_str(), id.name.as_str()))
        .collect();
    let names = things.iter().map(|(id, is_known)| {
        let of = known.get(id.name.as_str());
        let name = match (of, is_known) {
            (Some(of), true) if *of != id.name => &id.service,
            (Some(of), false) if *of != id.name => &id.workload,
            _ => &id.name,
        };
        (id.name.as_str(), name.as_str())
    });
    names.collect()
}

fn migrations(app: &App) -> BTreeMap<&str, Vec<String>> {
    let tiers = app.tiers.iter().filter_map(|tier| {
        let count = tier.migrations().count();
        let name = |number: usize| match count {
            1 => joined(&tier.id.name, "-migrate"),
            _ => joined(&tier.id.name, &format!("-migrate-{number}")),
        };
        (count > 0).then(|| (tier.id.name.as_str(), (1..=count).map(name).collect()))
    });
    tiers.collect()
}

fn volumes(app: &App) -> Vec<(VolumeOf<'_>, (String, Span))> {
    let databases = app.databases.iter().filter_map(|database| {
        let size = database.storage.as_ref()?;
        let name = &database.id.name;
        let own = (joined(name, "-data"), size.span);
        let of = VolumeOf {
            object: &database.id.workload,
            database: Some(name),
        };
        Some((of, own))
    });
    let claims = app.pods().flat_map(|(id, pod)| {
        let own = pod.volumes.iter().filter(|it| it.claim.is_some());
        own.map(|volume| {
            let name = joined(&id.name, &format!("-{}", volume.name));
            let of = VolumeOf {
                object: &volume.object,
                database: None,
            };
            (of, (name, volume.origin))
        })
    });
    databases.chain(claims).collect()
}

/// A name with more behind it, of which the name is cut where both are too long.
fn joined(name: &str, tail: &str) -> String {
    let room = LONGEST_NAME.saturating_sub(tail.len());
    let kept = match name.get(..room) {
        Some(start) if start.len() < name.len() => start.trim_end_matches('-'),
        _ => name,
    };
    format!("{kept}{tail}")
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_NAME, joined};

    #[test]
    fn a_long_name_keeps_what_stands_behind_it() {
        assert_eq!(joined("web", "-migrate-2"), "web-migrate-2");
        let long = joined(&"a".repeat(63), "-migrate-2");
        assert_eq!(long.len(), LONGEST_NAME);
        assert!(long.ends_with("a-migrate-2"));
        let dash = format!("{}-bcdefghij", "a".repeat(52));
        assert_eq!(
            joined(&dash, "-migrate-2"),
            format!("{}-migrate-2", "a".repeat(52))
        );
    }
}
