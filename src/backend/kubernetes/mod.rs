//! Kubernetes objects, in files that `kubectl apply` takes in order.
//!
//! [`tier`], [`database`] and [`task`] say which objects a workload has; there is a file for each kind of
//! object, and one for each part of a pod that several kinds share.

mod autoscaler;
mod check;
mod checksum;
mod claim;
mod config_map;
mod cron_job;
mod database;
mod deployment;
mod disruption_budget;
mod env;
mod ingress;
mod job;
mod kustomization;
mod migration;
mod namespace;
mod network_policy;
mod next;
mod object;
mod patch;
mod pod;
mod probes;
mod process;
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

use super::{Artifact, Backend, Input};
use crate::catalog::defaults::Switch;
use crate::diag::Bag;
use crate::ir;
use crate::source::Span;
use crate::yaml::Node;
use network_policy::Clients;
use scope::Scope;

/// The backend.
pub(super) const BACKEND: Backend = Backend {
    name: "kubernetes",
    doc: "Kubernetes objects as YAML",
    default: true,
    needs: &[],
    builds_images: false,
    places: &["kubernetes/", KUSTOMIZATION],
    // The kustomization is a list for kubectl: a cluster has no such kind of object.
    stream: Some(|path| path != KUSTOMIZATION),
    losses: None,
    reads_other_targets: false,
    check: check::check,
    lower,
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

/// Makes every file's path and its documents, and hands them over before the next is made: all at
/// once are five times their text. `kubectl apply -f` takes a folder's files by name, so that the
/// numbers put what others need first.
fn documents(app: &ir::App, mut take: impl FnMut(String, Vec<Node>)) {
    let mut paths = Vec::new();
    let mut file = |name: &str, origin: Span, objects: Vec<Node>| {
        let path = format!("kubernetes/{name}.yaml");
        paths.push((path.clone(), origin));
        take(path, objects);
    };
    if app.namespace.create {
        file(
            "00-namespace",
            app.namespace.origin,
            vec![namespace::namespace(app)],
        );
    }
    let shared = shared(app);
    if !shared.is_empty() {
        let first = shared.iter().find_map(|object| object.origin.span);
        file("10-config", first.unwrap_or(app.origin), shared);
    }
    let clients = &Clients::of(app);
    for database in &app.databases {
        let name = format!("20-{}", database.id.name);
        file(
            &name,
            database.id.origin,
            database::objects(app, database, clients),
        );
    }
    for tier in &app.tiers {
        let name = format!("30-{}", tier.id.name);
        file(&name, tier.id.origin, tier::objects(app, tier, clients));
    }
    for job in &app.jobs {
        let name = format!("40-{}", job.id.name);
        file(&name, job.id.origin, task::objects(app, job));
    }
    if let Some(first) = app.ingresses.first() {
        file("50-ingress", first.origin, ingress::over_tiers(app));
    }
    // Not among the objects: `kubectl apply -f` would take it for one.
    let copies = app.objects.iter();
    paths.extend(copies.map(|file| (object::path(file), file.origin)));
    let list = kustomization::kustomization(paths).at(app.origin);
    take(KUSTOMIZATION.to_owned(), vec![list]);
}

/// The names of the Jobs that migrate, in the order of their tiers.
fn migrations(app: &ir::App) -> Vec<String> {
    let jobs = app.tiers.iter();
    let jobs = jobs.filter_map(|tier| migration::name(app, tier));
    jobs.collect()
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
