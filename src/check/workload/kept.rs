//! Folders in images for the volumes of the tiers and jobs that run them.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{ImageReference, Job, Tier};

/// Gives each image that is built the folders of the volumes that its processes write to, be they of
/// other tiers that run it.
pub(in crate::check) fn folders(tiers: &mut [Tier], jobs: &mut [Job]) {
    let pods = tiers.iter().map(|tier| &tier.pod);
    let pods = pods.chain(jobs.iter().map(|job| &job.pod));
    let mut kept: BTreeMap<ImageReference, BTreeSet<String>> = BTreeMap::new();
    for pod in pods.filter(|pod| pod.image.ours) {
        let written = pod.volumes.iter().filter(|volume| !volume.read_only);
        let paths = written.map(|volume| volume.path.clone());
        let image = pod.image.reference.clone();
        kept.entry(image).or_default().extend(paths);
    }
    let pods = tiers.iter_mut().map(|tier| &mut tier.pod);
    for pod in pods.chain(jobs.iter_mut().map(|job| &mut job.pod)) {
        if let Some(paths) = kept.get(&pod.image.reference) {
            pod.contract.kept = paths.iter().cloned().collect();
        }
    }
}
