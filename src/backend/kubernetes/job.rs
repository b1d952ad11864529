//! Job.

use super::pod::Pod;
use super::wait::GAVE_UP;
use super::{Scope, checksum};
use crate::ir::{JOB_HASH, ThingName};
use crate::source::Spanned;
use crate::yaml::{Field, Node, map};

/// How often a pod that failed is followed by another one: after 10, 20 and 40 seconds.
const BACKOFF_LIMIT: u32 = 3;

/// The same for migrations, with up to 320 seconds between two: a database may be late by ten minutes.
const BACKOFF_LIMIT_OF_MIGRATIONS: u32 = 6;

/// What a Job is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A job of the application. It is kept as long as the application: once it is gone, the next
    /// `kubectl apply` would run it again.
    Task,
    /// Migrations. It is kept for a day, in which its logs can be read; it may run again. What has waited
    /// for as long as it may isn't tried again.
    Migration,
}

/// The Job of a pod, whose name still lacks its hash. One that begins `after` others is made without a pod, however
/// it is applied: the steps of a release let it begin.
pub(super) fn job(
    scope: &Scope,
    name: &str,
    pod: Pod,
    purpose: Purpose,
    after: &[Spanned<ThingName>],
) -> Node {
    let migrates = purpose == Purpose::Migration;
    let limit = if migrates {
        BACKOFF_LIMIT_OF_MIGRATIONS.because("migrations")
    } else {
        BACKOFF_LIMIT.because("jobs")
    };
    map! {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": scope.metadata(name),
        "spec": map! {
            "backoffLimit": limit,
            "podFailurePolicy": migrates.then(given_up).because("migrations"),
            "suspend": suspended(after),
            "ttlSecondsAfterFinished": migrates.then_some(24 * 60 * 60_u32).because("migrations"),
            "template": template(scope, pod),
        },
    }
    .at(scope.origin)
    .because("object")
}

fn suspended(after: &[Spanned<ThingName>]) -> Option<Node> {
    let first = after.first()?;
    true.at(first.span)
        .map(|node| node.also(after.iter().map(|name| name.span)))
}

/// Ends a Job with the first container that has given up waiting.
fn given_up() -> Node {
    let code = vec![Node::integer(GAVE_UP)];
    map! {
        "rules": vec![map! {
            "action": "FailJob",
            "onExitCodes": map! { "operator": "In", "values": code },
        }],
    }
}

/// The same Job under its whole name; any other object as it is.
pub(super) fn with_hash(mut object: Node) -> Node {
    let field = |path: [&str; 2]| object.get(path[0])?.get(path[1]);
    let is_job = object.get("kind").and_then(Node::as_text) == Some("Job");
    let name = field(["metadata", "name"]).and_then(Node::as_text);
    if let (true, Some(name), Some(template)) = (is_job, name, field(["spec", "template"])) {
        let mut hashed = Node::text(self::name(name, template)).because("hash");
        hashed.origin.also = template.places().into_iter().collect();
        let metadata = map! { "metadata": map! { "name": hashed } };
        object.merge(&metadata, &|_| None);
    }
    object
}

/// The name of a Job. Its template can't be changed, so that the name holds a hash of it: another
/// pod is another Job, and the same is the one that has run.
pub(super) fn name(workload: &str, template: &Node) -> String {
    let hash = checksum::of_node(template);
    let hash = hash.get(..JOB_HASH).unwrap_or(&hash);
    format!("{workload}-{hash}")
}

/// The `spec` of the Jobs that a CronJob makes.
pub(super) fn of_cron(scope: &Scope, pod: Pod) -> Node {
    map! {
        "backoffLimit": BACKOFF_LIMIT.because("jobs"),
        "template": template(scope, pod),
    }
}

/// A pod that failed stays, with its log, and another one tries again: a container that is started
/// again would leave one pod, which goes with the last failure.
pub(super) fn template(scope: &Scope, pod: Pod) -> Node {
    let pod = Pod {
        restart: Some("Never"),
        ..pod
    };
    pod.template(scope)
}
