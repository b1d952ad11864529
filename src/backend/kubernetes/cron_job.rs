//! CronJob.

use super::pod::Pod;
use super::{Scope, job};
use crate::ir::Schedule;
use crate::source::Spanned;
use crate::yaml::{Field, Node, map};

/// Runs that are kept for their logs: the last good one, and failures to compare.
const GOOD_KEPT: u32 = 1;
const FAILED_KEPT: u32 = 3;

/// The CronJob of a pod. A run that takes longer than to the next one's time keeps that one from
/// starting: two at once would meet in the same data.
pub(super) fn cron_job(scope: &Scope, name: &str, schedule: &Schedule, pod: Pod) -> Node {
    let said = |text: &Spanned<String>| Node::quoted(&text.value).at(text.span);
    map! {
        "apiVersion": "batch/v1",
        "kind": "CronJob",
        "metadata": scope.metadata(name),
        "spec": map! {
            "schedule": said(&schedule.times),
            "timeZone": schedule.zone.as_ref().map(said),
            "concurrencyPolicy": "Forbid".because("jobs"),
            "successfulJobsHistoryLimit": GOOD_KEPT.because("jobs"),
            "failedJobsHistoryLimit": FAILED_KEPT.because("jobs"),
            "jobTemplate": map! {
                "metadata": map! { "labels": scope.labels() },
                "spec": job::of_cron(scope, pod),
            },
        },
    }
    .at(scope.origin)
    .because("object")
}
