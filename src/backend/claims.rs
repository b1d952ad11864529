//! Names that must be one thing's alone, whichever format they stand in.

use std::borrow::Cow;
use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::diag::{Bag, Code, Diagnostic};
use crate::ir::{App, Database, DatabaseWorkload, Identity};
use crate::source::Span;

/// The kind of a name, the name, and where it comes from.
pub(super) type NameClaim<'a> = (&'static str, Cow<'a, str>, Span);

/// Complains of every two things that would have one name of a kind.
pub(super) fn object_names_differ<'a>(
    claims: impl IntoIterator<Item = NameClaim<'a>>,
    found: &mut Bag,
) {
    let mut seen: IndexMap<(&str, Cow<str>), Span> = IndexMap::new();
    for (kind, name, origin) in claims {
        let message = format!("two things would have the {kind} `{name}`");
        let Some(first) = seen.insert((kind, name), origin) else {
            continue;
        };
        found.push(
            Diagnostic::new(Code::ObjectClash, origin, message)
                .also(first, "the other one")
                .help("change a name, or the pattern in `naming`"),
        );
    }
}

/// Every name of an object that must be one thing's alone.
pub(super) fn of_app(app: &App) -> Vec<NameClaim<'_>> {
    let mut claims: Vec<(&'static str, &str, Span)> = Vec::new();
    let tiers = app.tiers.iter().map(|tier| &tier.id);
    for id in tiers.chain(app.databases.iter().map(|database| &database.id)) {
        let Identity {
            workload,
            service,
            label,
            origin,
            ..
        } = id;
        claims.extend([
            ("workload", workload.as_str(), *origin),
            ("Service", service, *origin),
            ("label", label, *origin),
        ]);
    }
    let mut made = Vec::new();
    for database in &app.databases {
        if let (Some(operated), true) = (database.operated(), made.is_empty()) {
            claims.push((operated.operator.account, &app.name, app.origin));
        }
        made.extend(of_operator(database));
    }
    for job in &app.jobs {
        claims.extend([
            ("workload", job.id.workload.as_str(), job.id.origin),
            ("label", &job.id.label, job.id.origin),
        ]);
    }
    for migration in app.tiers.iter().filter_map(|tier| tier.migration.as_ref()) {
        claims.push(("label", &migration.id.label, migration.id.origin));
    }
    for tier in &app.tiers {
        let public = tier.public_service.as_ref();
        claims.extend(public.map(|name| ("Service", name.as_str(), tier.expose.span)));
        let named = tier.pods_service.as_ref();
        claims.extend(named.map(|name| ("Service", name.as_str(), tier.id.origin)));
        for exposure in &tier.further {
            let place = exposure.expose.span;
            claims.extend(
                exposure
                    .service
                    .as_ref()
                    .map(|name| ("Service", name.as_str(), place)),
            );
        }
    }
    let own = app.pods().filter_map(|(_, pod)| pod.config.as_ref());
    for config in app.config.iter().chain(own) {
        claims.push(("ConfigMap", &config.name, config.origin));
    }
    claims.extend(
        app.files()
            .map(|files| ("ConfigMap", files.name.as_str(), files.origin)),
    );
    let own = app.pods().filter_map(|(_, pod)| pod.secret.as_ref());
    let databases = app
        .databases
        .iter()
        .filter_map(|database| database.secret.as_ref());
    for secret in app.secret.iter().chain(own).chain(databases) {
        claims.push(("Secret", &secret.name, secret.origin));
    }
    let claims = claims.into_iter();
    let claims = claims.map(|(kind, name, origin)| (kind, Cow::Borrowed(name), origin));
    claims.chain(made).chain(of_hosts(app)).collect()
}

/// The names of what an operator makes of a database besides the Service that takes writes.
fn of_operator(database: &Database) -> Vec<NameClaim<'_>> {
    let Some(operated) = database.operated() else {
        return Vec::new();
    };
    let Database { id, .. } = database;
    let makes = operated.operator.makes.iter();
    let names = makes.map(|(kind, end)| (*kind, format!("{}{end}", id.workload)));
    names
        .map(|(kind, name)| (kind, Cow::Owned(name), id.origin))
        .collect()
}

/// The names of what leads from hosts to tiers. Two blocks of one host are complained of as such.
fn of_hosts(app: &App) -> impl Iterator<Item = NameClaim<'_>> {
    let own = app.tiers.iter().flat_map(|tier| {
        let objects = app.own_host_objects(tier);
        objects.map(|(kind, name)| (kind.word(), Cow::Owned(name), tier.expose.span))
    });
    let mut named = BTreeSet::new();
    let hosts = app.ingresses.iter();
    let hosts = hosts.filter(move |host| named.insert(host.name.as_str()));
    let shared = hosts.flat_map(|host| {
        let objects = app.host_objects(host);
        objects.map(|(kind, name)| (kind.word(), Cow::Owned(name), host.origin))
    });
    own.chain(shared)
}

/// The names of the claims of all volumes, as claims of a `kind`.
pub(super) fn of_volumes<'a>(app: &'a App, kind: &'static str) -> Vec<NameClaim<'a>> {
    let volumes = app.pods().flat_map(|(_, pod)| &pod.volumes);
    let own = volumes.filter(|volume| volume.claim.is_some());
    let own = own.map(|volume| (volume.object.as_str(), volume.origin));
    // The claim of a database's Deployment is named after it.
    let databases = app.databases.iter().filter(|database| {
        database.workload == DatabaseWorkload::Deployment && database.storage.is_some()
    });
    let databases = databases.map(|it| (it.id.workload.as_str(), it.id.origin));
    own.chain(databases)
        .map(|(name, origin)| (kind, Cow::Borrowed(name), origin))
        .collect()
}
