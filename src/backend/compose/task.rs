//! The service of a job or cron, which runs on demand.

use super::process::{Parts, Process, said_words};
use super::project::Project;
use super::{Losses, Service, waits};
use crate::diag::Code;
use crate::ir::Job;
use crate::yaml::Node;

/// The profile of all of them.
const PROFILE: &str = "jobs";

/// The service.
pub(super) fn service(project: &Project, job: &Job, losses: &mut Losses) -> Service {
    let process = Process {
        project,
        id: &job.id,
        pod: &job.pod,
        is_beside: false,
    };
    let name = project.service(&job.id.name);
    // The file is another one for each target, and the message is one for all of them.
    let by_hand = format!("`docker compose -f … run --rm {name}`");
    let by_hand = match job.after.as_slice() {
        [] => by_hand,
        after => {
            let names = after.iter().map(|it| format!("`{}`", it.value.0));
            let names: Vec<_> = names.collect();
            format!("{by_hand}, each time after {}", names.join(" and "))
        }
    };
    let again = "one that fails isn't tried again";
    match &job.schedule {
        Some(schedule) => losses.lose(
            Code::ScheduleLost,
            schedule.times.span,
            format!(
                "the schedule of `{}`: it runs by {by_hand}; {again}",
                job.id.name
            ),
        ),
        None => losses.lose(
            Code::JobByHand,
            job.id.origin,
            format!("the job `{}` runs by {by_hand}; {again}", job.id.name),
        ),
    }
    let parts = Parts {
        entrypoint: said_words(&job.pod.command),
        command: said_words(&job.pod.args),
        depends_on: waits::of_job(project, job),
        profiles: Some(Node::sequence([Node::text(PROFILE)]).because("jobs")),
        ends: true,
        builds: true,
        ..Parts::default()
    };
    (name, process.service(parts, losses))
}
