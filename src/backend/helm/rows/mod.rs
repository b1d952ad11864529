//! Which values a chart has: what a target may say, and what only the cluster knows. All else is the
//! application's own.

mod ingress;
mod pods;
mod tier;

use super::shape::Shape;
use super::values::{ChartValue, ValueKind as Is, Values, empty, text, truth};
use crate::catalog::databases::Setup;
use crate::catalog::defaults::Switch;
use crate::ir::{App, Database, Job};
use crate::yaml::{Node, map};
use pods::{config_keys, image, of_pod, resources, scheduling, secret_keys};
pub(super) use tier::{base, health_path};

/// All values of an application.
pub(super) fn values(shape: &Shape<'_>) -> Values {
    let mut values = Values::default();
    let app = shape.app;
    let host = host(shape);
    of_app(&mut values, shape, host.as_deref());
    for database in &app.databases {
        of_database(&mut values, app, database);
    }
    for tier in &app.tiers {
        tier::of_tier(&mut values, shape, tier, host.as_deref());
    }
    for job in &app.jobs {
        of_job(&mut values, shape, job);
    }
    for value in &mut values.all {
        let place = (value.thing.clone(), value.field.clone());
        value.remark = app.helm.remarks.get(&place).cloned();
    }
    values.arrange(&app.helm);
    values
}

fn of_app(values: &mut Values, shape: &Shape<'_>, host: Option<&str>) {
    let app = shape.app;
    let mut helm = app.helm.values.iter();
    if helm.any(|named| named.thing.is_none() && named.fact == "namespace") {
        let default = (Is::Name, text(&app.namespace.name));
        values.add(None, "namespace", default, "the namespace of all objects");
    }
    if let Some(config) = &app.config {
        config_keys(values, app, None, &config.entries);
    }
    if let Some(secret) = &app.secret {
        secret_keys(values, app, None, secret);
    }
    if let Some(host) = host {
        let doc = "the name by which browsers reach node ports and load balancers";
        values.add(None, "host", (Is::Host, text(host)), doc);
    }
    if shape.has_any_ingress() {
        ingress::of_ingresses(values, shape);
    }
    if app.tiers.iter().any(|tier| tier.migration.is_some()) {
        let doc = "whether pods of images with migrations stay as they are, and none starts: for an upgrade that runs the migrations, before the one that releases";
        values.add(None, "pauseRollouts", (Is::Boolean, truth(false)), doc);
    }
    if app.stages().last > 0 {
        let doc = "how many stages of a release have come: jobs and migrations that wait for others begin with theirs, once what they wait for has ended well";
        let default = (Is::Count, Node::integer(0_u32));
        values.add(None, "releaseStage", default, doc);
    }
    if app.pods().next().is_some() || !app.databases.is_empty() {
        let secrets = app.pull_secret.iter();
        let secrets = secrets.map(|it| map! { "name": Node::quoted(&it.value) });
        let default = (Is::Names, Node::sequence(secrets));
        let doc = "Secrets with the credentials that images are pulled with: `[{name: NAME}]`";
        values.add(None, "imagePullSecrets", default, doc);
    }
    let policy = Switch::NetworkPolicy;
    if app.tiers.iter().any(|tier| tier.keeps(policy))
        || app.jobs.iter().any(|job| job.keeps(policy))
        || app.databases.iter().any(|it| it.keeps(app, policy))
    {
        let doc = "whether NetworkPolicies allow no other connections between pods than those that the application needs";
        values.add(
            None,
            "networkPolicy.enabled",
            (Is::Boolean, truth(true)),
            doc,
        );
    }
    if app.keeps(Switch::ServiceAccount) {
        let doc = "annotations of the ServiceAccount, as clouds ask for them";
        values.add(
            None,
            "serviceAccount.annotations",
            (Is::Texts, empty()),
            doc,
        );
    }
}

/// The host of node ports and load balancers, where something refers to one.
fn host(shape: &Shape<'_>) -> Option<String> {
    let public = shape.public_tiers();
    let mut is_needed = false;
    let mut known = None;
    for tier in &shape.app.tiers {
        if public.contains(tier.id.name.as_str()) {
            is_needed |= shape.has_type(tier);
            let has_host = tier.expose.value.is_published();
            if let Some(address) = tier.public.as_ref().filter(|_| has_host) {
                known.get_or_insert_with(|| address.host.clone());
            }
        }
        let ports = shape.public_ports(tier);
        for (further, here) in shape.published_ports(tier) {
            if ports.contains(&further.port.as_str()) {
                is_needed = true;
                if let Some(address) = here.and_then(|it| it.public.as_ref()) {
                    known.get_or_insert_with(|| address.host.clone());
                }
            }
        }
    }
    is_needed.then(|| known.unwrap_or_default())
}

fn of_database(values: &mut Values, app: &App, database: &Database) {
    let name = Some(database.id.name.as_str());
    image(values, name, &database.image.value, database.pull.value);
    if let Some(size) = &database.storage {
        let doc = match database.operated() {
            Some(_) => "the size of the volume of each server, which can only grow",
            None => "the size of its volume, at the first installation",
        };
        values.add(
            name,
            "persistence.size",
            (Is::Quantity, text(&size.value.text)),
            doc,
        );
        let doc = "the StorageClass of its volume, at the first installation; empty for the cluster's default";
        values.add(
            name,
            "persistence.storageClass",
            (
                Is::Name,
                text(database.class.as_deref().unwrap_or_default()),
            ),
            doc,
        );
    }
    if let Some(secret) = &database.secret {
        secret_keys(values, app, name, secret);
    }
    if !derives_from_memory(database) {
        resources(values, name, &database.resources);
    }
    match database.operated() {
        Some(operated) => {
            let doc = "the number of its servers";
            let default = Node::integer(operated.instances);
            values.add(name, "instances", (Is::Servers, default), doc);
            pods::about_nodes(values, name, false);
        }
        None => scheduling(values, name),
    }
}

/// Whether the server is started with arguments that were made from its memory.
pub(super) fn derives_from_memory(database: &Database) -> bool {
    let start = |memory| {
        (database.engine.start)(&Setup {
            memory,
            ..database.setup()
        })
    };
    let (one, other) = (start(Some(1 << 30)), start(Some(1 << 31)));
    one.args != other.args || one.command != other.command
}

fn of_job(values: &mut Values, shape: &Shape<'_>, job: &Job) {
    let name = Some(job.id.name.as_str());
    let doc = "whether it is part of the installation";
    values.add(name, "enabled", (Is::Boolean, truth(true)), doc);
    if let Some(schedule) = &job.schedule {
        let times = text(&schedule.times.value);
        let doc = "when it runs: minute, hour, day of the month, month, day of the week";
        values.add(name, "schedule", (Is::Text, times), doc);
        let zone = schedule.zone.as_ref().map_or("", |zone| &zone.value);
        let doc = "the time zone of that; empty for the cluster's";
        values.add(name, "timeZone", (Is::Text, text(zone)), doc);
        let doc = "whether it pauses";
        values.add(name, "suspend", (Is::Boolean, truth(false)), doc);
    }
    if base(shape.app, &job.pod.image) == name {
        image(
            values,
            name,
            &job.pod.image.reference,
            job.pod.image.pull.value,
        );
    }
    resources(values, name, &job.pod.resources);
    of_pod(values, shape, &job.id, &job.pod);
    scheduling(values, name);
}

/// The values that hold secrets: each with its path, and the key that `secret` declares.
pub(super) fn of_secrets(values: &Values) -> impl Iterator<Item = (&ChartValue, &str)> {
    let secrets = values.all.iter().filter(|value| value.kind == Is::Secret);
    secrets.filter_map(|value| Some((value, value.field.strip_prefix("secrets.")?)))
}
