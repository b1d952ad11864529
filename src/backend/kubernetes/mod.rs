//! Kubernetes objects, in files that `kubectl apply` takes in order.
//!
//! [`tier`], [`database`] and [`task`] say which objects a workload has; there is a file for each kind of
//! object, and one for each part of a pod that several kinds share.

mod autoscaler;
mod check;
mod checksum;
mod claim;
mod cluster;
mod config_map;
mod cron_job;
mod dapr;
mod database;
pub(in crate::backend) mod deployed;
mod deployment;
mod disruption_budget;
mod env;
mod gateway;
mod ingress;
mod job;
mod kubectl;
mod kustomization;
mod migration;
mod namespace;
mod network_policy;
mod next;
mod object;
mod operated;
mod patch;
mod pod;
mod pod_security;
mod probes;
mod process;
mod reach;
mod resources;
mod scope;
pub mod secrets;
mod security;
mod service;
mod service_account;
mod stateful_set;
mod task;
#[cfg(test)]
mod tests;
mod tier;
mod volumes;
mod wait;

use super::{Artifact, Backend, Input, each};
use crate::catalog::defaults::Switch;
use crate::diag::Bag;
use crate::ir;
use crate::source::Span;
use crate::yaml::Node;
pub(in crate::backend) use database::variable_names as database_variables;
pub(in crate::backend) use env::literal;
use network_policy::Clients;
pub(in crate::backend) use next::{
    go_back_by_chart, secrets_program, see_cluster, steps_before_chart, steps_for_chart,
};
pub(in crate::backend) use operated::secret_labels;
pub(in crate::backend) use patch::patched;
pub(in crate::backend) use reach::{name as reach_name, place as reach_place};
pub(in crate::backend) use resources::resources;
use scope::{NAME as NAME_LABEL, Scope};
pub(in crate::backend) use stateful_set::workload_kind;
pub(in crate::backend) use wait::name as wait_name;

/// The backend.
pub(super) const BACKEND: Backend = Backend {
    name: "kubernetes",
    doc: "Kubernetes objects as YAML",
    default: true,
    needs: &[],
    builds_images: false,
    runs_in_cluster: true,
    places: &["kubernetes/", KUSTOMIZATION],
    // The kustomization is a list for kubectl: a cluster has no such kind of object.
    stream: Some(|path| path != KUSTOMIZATION),
    losses: None,
    based_on: None,
    reads_other_targets: false,
    gives_values: false,
    check: check::check,
    lower: |inputs| each(inputs, lower),
    next: next::steps,
};

/// The list for `kubectl apply -k`.
const KUSTOMIZATION: &str = "kustomization.yaml";

fn lower(input: &Input, _: &mut Bag) -> Vec<Artifact> {
    let app = input.app;
    let head = super::header(input.source);
    let mut artifacts = Vec::new();
    documents(app, |path, documents| {
        artifacts.push(input.yaml(path, &head, &documents, app.origin));
    });
    let copies = app.objects.iter().map(|file| object::copy(file, input));
    artifacts.extend(copies);
    artifacts
}

/// What the objects of a file belong to.
#[derive(Debug, Clone, Copy)]
pub(in crate::backend) enum Group<'a> {
    /// The namespace of all others.
    Namespace,
    /// What belongs to no workload alone.
    Shared,
    /// A database.
    Database(&'a ir::Database),
    /// A tier.
    Tier(&'a ir::Tier),
    /// A job or cron.
    Job(&'a ir::Job),
    /// The Ingresses over several tiers.
    Ingresses,
}

impl Group<'_> {
    /// The name of its file. `kubectl apply -f` takes a folder's files by name, so that the numbers put
    /// what others need first.
    fn file(self) -> String {
        match self {
            Group::Namespace => "00-namespace".to_owned(),
            Group::Shared => "10-config".to_owned(),
            Group::Database(database) => format!("20-{}", database.id.name),
            Group::Tier(tier) => format!("30-{}", tier.id.name),
            Group::Job(job) => format!("40-{}", job.id.name),
            Group::Ingresses => "50-ingress".to_owned(),
        }
    }

    /// The statement that its file follows from.
    fn origin(self, app: &ir::App) -> Span {
        match self {
            Group::Namespace => app.namespace.origin,
            Group::Shared => app.origin,
            Group::Database(database) => database.id.origin,
            Group::Tier(tier) => tier.id.origin,
            Group::Job(job) => job.id.origin,
            Group::Ingresses => app.ingresses.first().map_or(app.origin, |it| it.origin),
        }
    }
}

/// The path of a file of objects, by its name.
fn path(name: &str) -> String {
    format!("kubernetes/{name}.yaml")
}

/// Makes every file's path and its documents, and hands them over before the next is made: all at
/// once are five times their text.
fn documents(app: &ir::App, mut take: impl FnMut(String, Vec<Node>)) {
    let mut paths = Vec::new();
    let mut file = |name: String, origin: Span, objects: Vec<Node>| {
        let path = path(&name);
        paths.push((path.clone(), origin));
        take(path, objects);
    };
    let clients = &Clients::of(app);
    before_workloads(app, clients, |group, objects| {
        let origin = match group {
            Group::Shared => {
                let first = objects.iter().find_map(|object| object.origin.span);
                first.unwrap_or(app.origin)
            }
            Group::Namespace
            | Group::Database(_)
            | Group::Tier(_)
            | Group::Job(_)
            | Group::Ingresses => group.origin(app),
        };
        file(group.file(), origin, objects);
    });
    for (tier, migration) in migrated(app) {
        let (first, _) = migration::parted(migration, tier::objects(app, tier, clients));
        file(migration::file(tier), migration.id.origin, first);
    }
    workloads(app, clients, |group, objects| {
        let objects = match group {
            Group::Tier(tier) => match &tier.migration {
                Some(migration) => migration::parted(migration, objects).1,
                None => objects,
            },
            Group::Namespace
            | Group::Shared
            | Group::Database(_)
            | Group::Job(_)
            | Group::Ingresses => objects,
        };
        file(group.file(), group.origin(app), objects);
    });
    // Not among the objects: `kubectl apply -f` would take it for one.
    let copies = app.objects.iter();
    let mut copies: Vec<_> = copies
        .map(|file| (object::path(file), file.origin))
        .collect();
    // As they are applied.
    copies.sort();
    let before = |group: Group<'_>| path(&group.file());
    let first = [before(Group::Namespace), before(Group::Shared)];
    let at = paths.iter().take_while(|(path, _)| first.contains(path));
    let at = at.count();
    paths.splice(at..at, copies);
    let list = kustomization::kustomization(paths).at(app.origin);
    take(KUSTOMIZATION.to_owned(), vec![list]);
}

/// The tiers with migrations.
fn migrated(app: &ir::App) -> impl Iterator<Item = (&ir::Tier, &ir::Migration)> {
    let tiers = app.tiers.iter();
    tiers.filter_map(|tier| Some((tier, tier.migration.as_ref()?)))
}

/// The metadata of an object of that name that belongs to a group.
pub(in crate::backend) fn metadata(app: &ir::App, group: Group<'_>, name: &str) -> Node {
    let scope = match group {
        Group::Namespace | Group::Shared | Group::Ingresses => Scope::shared(app),
        Group::Database(database) => Scope::database(app, database),
        Group::Tier(tier) => Scope::own(app, &tier.id, &tier.pod),
        Group::Job(job) => Scope::own(app, &job.id, &job.pod),
    };
    scope.metadata(name)
}

/// Makes all objects but those that are copied, and hands them over by what they belong to.
pub(in crate::backend) fn groups<'a>(app: &'a ir::App, mut take: impl FnMut(Group<'a>, Vec<Node>)) {
    let clients = &Clients::of(app);
    before_workloads(app, clients, &mut take);
    workloads(app, clients, &mut take);
}

/// Those that come before all tiers.
fn before_workloads<'a>(
    app: &'a ir::App,
    clients: &Clients<'a>,
    mut take: impl FnMut(Group<'a>, Vec<Node>),
) {
    if app.namespace.create {
        take(Group::Namespace, vec![namespace::namespace(app)]);
    }
    let shared = shared(app);
    if !shared.is_empty() {
        take(Group::Shared, shared);
    }
    for database in &app.databases {
        let objects = database::objects(app, database, clients);
        take(Group::Database(database), objects);
    }
}

/// Those of tiers and jobs, and what leads to them.
fn workloads<'a>(
    app: &'a ir::App,
    clients: &Clients<'a>,
    mut take: impl FnMut(Group<'a>, Vec<Node>),
) {
    for tier in &app.tiers {
        take(Group::Tier(tier), tier::objects(app, tier, clients));
    }
    for job in &app.jobs {
        take(Group::Job(job), task::objects(app, job, clients));
    }
    if !app.ingresses.is_empty() {
        take(Group::Ingresses, ingress::over_tiers(app));
    }
}

/// What belongs to no workload alone.
fn shared(app: &ir::App) -> Vec<Node> {
    let scope = Scope::shared(app);
    let config = app.config.as_ref();
    let account = app.keeps(Switch::ServiceAccount);
    let account = account.then(|| service_account::service_account(&scope));
    account
        .into_iter()
        .chain(config.map(|config| config_map::config_map(&scope, "config", config)))
        .collect()
}

/// A list, if there is anything in it: Kubernetes takes no list for an empty one.
/// It comes from where its items do.
fn unless_empty(items: Vec<Node>) -> Option<Node> {
    (!items.is_empty()).then(|| {
        let places: Vec<_> = items.iter().filter_map(|item| item.origin.span).collect();
        Node::sequence(items).gathered(places)
    })
}
