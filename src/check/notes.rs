//! What the build's summary tells of workloads, without a code: each thing once, for all of them.

use crate::ir::{Identity, Job, Pod, Tier};
use crate::source::Spanned;

/// What most would say of workloads, and these don't.
pub(super) fn of_workloads(tiers: &[Tier], jobs: &[Job]) -> Vec<Spanned<String>> {
    let pods = tiers.iter().map(|tier| (&tier.id, &tier.pod));
    let pods: Vec<_> = pods
        .chain(jobs.iter().map(|job| (&job.id, &job.pod)))
        .collect();
    let mut notes = Vec::new();
    for what in ["cpu or memory", "cpu", "memory"] {
        let lacking = pods
            .iter()
            .filter(|(_, pod)| unsaid_size(pod) == Some(what));
        let lacking: Vec<_> = lacking.map(|(id, _)| *id).collect();
        notes.extend(note(&lacking, |says, it, _| {
            format!("{says} no {what}: nothing is set aside for {it}, and nothing bounds {it}")
        }));
    }
    let unasked = tiers
        .iter()
        .filter(|tier| tier.probes.is_none() && !tier.ports.is_empty());
    let unasked: Vec<_> = unasked.map(|tier| &tier.id).collect();
    notes.extend(note(&unasked, |says, it, is| {
        format!("{says} no health: traffic reaches {it} before {is} ready")
    }));
    notes
}

/// What of its size a pod doesn't say.
fn unsaid_size(pod: &Pod) -> Option<&'static str> {
    match (&pod.resources.cpu, &pod.resources.memory) {
        (None, None) => Some("cpu or memory"),
        (None, Some(_)) => Some("cpu"),
        (Some(_), None) => Some("memory"),
        (Some(_), Some(_)) => None,
    }
}

/// A note of all that it is true of, at the first of them; the words are those for one or for several.
fn note(of: &[&Identity], words: impl Fn(&str, &str, &str) -> String) -> Option<Spanned<String>> {
    let first = of.first()?;
    let names: Vec<_> = of.iter().map(|id| format!("`{}`", id.name)).collect();
    let words = match of {
        [_] => words("says", "it", "it is"),
        _ => words("say", "them", "they are"),
    };
    Some(Spanned::new(
        format!("{} {words}", names.join(", ")),
        first.origin,
    ))
}
