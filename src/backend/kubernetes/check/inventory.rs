//! Which objects an application becomes: what a patch may name, and what no other object may be
//! called. A test holds it equal to what is written.

use crate::backend::kubernetes::stateful_set::workload_kind;
use crate::catalog::defaults::Switch;
use crate::ir::{App, Database, DatabaseWorkload, Identity, Job, Pod, Tier};
use crate::source::Span;

/// An object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::backend::kubernetes) struct Listed {
    pub(in crate::backend::kubernetes) kind: &'static str,
    pub(in crate::backend::kubernetes) name: String,
    /// The statement that it follows from.
    pub(in crate::backend::kubernetes) origin: Span,
}

/// The objects of an application, but for those that it copies.
pub(in crate::backend::kubernetes) fn of_app(app: &App) -> Vec<Listed> {
    let shared = Objects::of(app.origin)
        .when("Namespace", app.namespace.create, &app.namespace.name)
        .when(
            "ServiceAccount",
            app.keeps(Switch::ServiceAccount),
            &app.name,
        )
        .each("ConfigMap", app.config.iter().map(|config| &config.name));
    let tiers = app.tiers.iter();
    let tiers = tiers.flat_map(|tier| of_tier(app, tier).into_iter().chain(of_migration(tier)));
    let jobs = app.jobs.iter().flat_map(of_job);
    let databases = app.databases.iter();
    let databases = databases
        .flat_map(|database| of_database(database, database.keeps(app, Switch::NetworkPolicy)));
    let hosts = app.ingresses.iter().flat_map(|host| {
        let objects = app.host_objects(host);
        objects.map(|(kind, name)| Listed {
            kind: kind.word(),
            name,
            origin: host.origin,
        })
    });
    let ours = shared.list.into_iter().chain(tiers).chain(jobs);
    ours.chain(databases).chain(hosts).collect()
}

/// What a pod reads and keeps.
fn of_pod(id: &Identity, pod: &Pod) -> Objects {
    let claims = pod.volumes.iter();
    // Those of each pod its StatefulSet makes.
    let claims = claims.filter(|it| it.claim.is_some() && it.claim_of_each().is_none());
    Objects::of(id.origin)
        .each("ConfigMap", pod.config.iter().map(|config| &config.name))
        .each("ConfigMap", pod.files.iter().map(|files| &files.name))
        .each("PersistentVolumeClaim", claims.map(|volume| &volume.object))
}

/// The objects of a job, but for Jobs themselves: their names hold a hash of what they run.
fn of_job(job: &Job) -> Vec<Listed> {
    let is_cron = job.schedule.is_some();
    let policy = job.keeps(Switch::NetworkPolicy);
    of_pod(&job.id, &job.pod)
        .when("NetworkPolicy", policy, &job.id.workload)
        .when("CronJob", is_cron, &job.id.workload)
        .list
}

/// The objects of a job that a patch may name, a Job by its name without the hash.
pub(super) fn to_patch_of_job(job: &Job) -> Vec<Listed> {
    let mut objects = of_job(job);
    if job.schedule.is_none() {
        objects.push(Listed {
            kind: "Job",
            name: job.id.workload.clone(),
            origin: job.id.origin,
        });
    }
    objects
}

/// The objects of a tier.
pub(super) fn of_tier(app: &App, tier: &Tier) -> Vec<Listed> {
    let workload = &tier.id.workload;
    let several = tier.replicas.least >= 2;
    let mut objects = of_pod(&tier.id, &tier.pod)
        .when(workload_kind(tier), true, workload)
        .when("Service", !tier.ports.is_empty(), &tier.id.service)
        .each("Service", tier.pods_service.iter())
        .each("Service", tier.public_service.iter())
        .each(
            "Service",
            tier.further.iter().filter_map(|it| it.service.as_ref()),
        )
        .when(
            "HorizontalPodAutoscaler",
            tier.replicas.autoscaling.is_some(),
            workload,
        )
        .when(
            "PodDisruptionBudget",
            several && tier.keeps(Switch::DisruptionBudget),
            workload,
        )
        .when("NetworkPolicy", tier.keeps(Switch::NetworkPolicy), workload);
    for (kind, name) in app.own_host_objects(tier) {
        objects = objects.when(kind.word(), true, &name);
    }
    objects.list
}

/// What a tier's migrations have besides their Job, and no patch changes.
fn of_migration(tier: &Tier) -> Vec<Listed> {
    let migrations = tier.migration.iter();
    let policies = migrations.filter(|_| tier.keeps(Switch::NetworkPolicy));
    Objects::of(tier.id.origin)
        .each("NetworkPolicy", policies.map(|it| &it.id.workload))
        .list
}

/// The objects of a database.
pub(super) fn of_database(database: &Database, policy: bool) -> Vec<Listed> {
    let workload = &database.id.workload;
    let is_set = database.workload == DatabaseWorkload::StatefulSet;
    let is_deployment = database.workload == DatabaseWorkload::Deployment;
    let operated = database.operated();
    Objects::of(database.id.origin)
        .each("ConfigMap", database.files.iter().map(|files| &files.name))
        .when("StatefulSet", is_set, workload)
        .when("Deployment", is_deployment, workload)
        .when(
            "PersistentVolumeClaim",
            is_deployment && database.storage.is_some(),
            workload,
        )
        .each(
            operated.map_or("", |operated| operated.operator.kind),
            operated.iter().map(|_| workload),
        )
        .when("Service", operated.is_none(), &database.id.service)
        .when("NetworkPolicy", policy, workload)
        .list
}

struct Objects {
    origin: Span,
    list: Vec<Listed>,
}

impl Objects {
    fn of(origin: Span) -> Self {
        let list = Vec::new();
        Objects { origin, list }
    }

    fn each<'n>(mut self, kind: &'static str, names: impl Iterator<Item = &'n String>) -> Self {
        self.list.extend(names.map(|name| Listed {
            kind,
            name: name.clone(),
            origin: self.origin,
        }));
        self
    }

    fn when(self, kind: &'static str, is_there: bool, name: &String) -> Self {
        self.each(kind, is_there.then_some(name).into_iter())
    }
}
