//! The objects of a job or cron.

use super::job::Kept;
use super::process::{Container, Process};
use super::{Scope, config_map, cron_job, job};
use crate::ir::{App, Job};
use crate::yaml::Node;

/// All objects, in the order in which Helm installs kinds.
pub(super) fn objects(app: &App, task: &Job) -> Vec<Node> {
    let scope = &Scope::own(app, &task.id, &task.pod);
    let process = Process {
        app,
        pod: &task.pod,
        off: &task.off,
    };
    let container = Container {
        name: &task.id.name,
        command: &task.pod.command,
        args: &task.pod.args,
        ..Container::default()
    };
    let pod = process.pod(Vec::new(), container);
    let name = &task.id.workload;
    let config = task.pod.config.as_ref();
    let config = config.map(|config| config_map::config_map(scope, config));
    let workload = match &task.schedule {
        None => job::job(scope, name, pod, Kept::ForGood),
        Some(schedule) => cron_job::cron_job(scope, name, schedule, pod),
    };
    config.into_iter().chain([workload]).collect()
}
