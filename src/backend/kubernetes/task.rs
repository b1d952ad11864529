//! The objects of a job or cron.

use super::job::Purpose;
use super::network_policy::{Access, Clients, Egress, network_policy};
use super::patch::patched;
use super::process::{Container, Process, said_words, stored};
use super::{Scope, cron_job, job};
use crate::catalog::defaults::Switch;
use crate::ir::{App, Job};
use crate::yaml::Node;

/// The name of a job's Job.
pub(super) fn name(app: &App, task: &Job, clients: &Clients<'_>) -> Option<String> {
    let objects = objects(app, task, clients);
    let is_job = |object: &&Node| object.get("kind").and_then(Node::as_text) == Some("Job");
    let name = objects.iter().find(is_job)?.get("metadata")?.get("name")?;
    Some(name.as_text()?.to_owned())
}

/// All objects, in the order in which Helm installs kinds.
pub(super) fn objects(app: &App, task: &Job, clients: &Clients<'_>) -> Vec<Node> {
    let scope = &Scope::own(app, &task.id, &task.pod);
    let process = Process {
        app,
        pod: &task.pod,
        off: &task.off,
        is_migration: false,
    };
    let container = Container {
        name: &task.id.name,
        command: said_words(&task.pod.command),
        args: said_words(&task.pod.args),
        ..Container::default()
    };
    let pod = process.pod(Vec::new(), Vec::new(), container);
    let name = &task.id.workload;
    let workload = match &task.schedule {
        None => job::job(scope, name, pod, Purpose::Task, &task.after),
        Some(schedule) => cron_job::cron_job(scope, name, schedule, pod),
    };
    let access = Access {
        ports: Vec::new(),
        exposed: Vec::new(),
        clients: clients.nobody(),
        admitted: Vec::new(),
        egress: Egress::of_own(task.keeps(Switch::EgressPolicy), &task.pod),
    };
    let policy = task.keeps(Switch::NetworkPolicy);
    let policy = policy.then(|| network_policy(scope, name, &access));
    let stored = policy.into_iter().chain(stored(scope, &task.pod));
    let objects = patched(stored.chain([workload]).collect(), &task.patches);
    // What a patch says of the pod counts for the name as well.
    objects.into_iter().map(job::with_hash).collect()
}
