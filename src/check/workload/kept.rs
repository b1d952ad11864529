//! What volumes need of images and pods: folders for them, a group that may write to them, and host names.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::catalog::contract::USER;
use crate::ir::{Claim, ImageReference, Job, MountedBy, Pod, Tier};
use crate::source::Spanned;

/// Gives each its own.
pub(in crate::check) fn work_out(tiers: &mut [Tier], jobs: &mut [Job]) {
    folders(tiers, jobs);
    groups(tiers, jobs);
    host_names(tiers, jobs);
}

/// Gives each image that is built the folders of the volumes that its processes write to, be they of
/// other tiers that run it.
fn folders(tiers: &mut [Tier], jobs: &mut [Job]) {
    let pods = tiers.iter().map(|tier| &tier.pod);
    let pods = pods.chain(jobs.iter().map(|job| &job.pod));
    let mut kept: BTreeMap<ImageReference, BTreeSet<String>> = BTreeMap::new();
    for pod in pods.filter(|pod| pod.image.ours) {
        let written = pod.volumes.iter().filter(|volume| !volume.read_only);
        let paths = written.map(|volume| volume.path.clone());
        let image = pod.image.reference.clone();
        kept.entry(image).or_default().extend(paths);
    }
    let kept = kept.into_iter();
    let kept = kept.map(|(image, paths)| (image, Arc::from_iter(paths)));
    let kept: BTreeMap<ImageReference, Arc<[String]>> = kept.collect();
    let pods = tiers.iter_mut().map(|tier| &mut tier.pod);
    for pod in pods.chain(jobs.iter_mut().map(|job| &mut job.pod)) {
        if let Some(paths) = kept.get(&pod.image.reference) {
            pod.contract.kept = Arc::clone(paths);
        }
    }
}

/// Gives the volumes of pods whose user isn't known a group that may write to them: that of the tier
/// whose volume it is, so that all who mount it agree, else that of images that recipes build.
fn groups(tiers: &mut [Tier], jobs: &mut [Job]) {
    let mut users: BTreeMap<String, u32> = BTreeMap::new();
    for pod in tiers.iter().map(|tier| &tier.pod) {
        let own = pod.volumes.iter().filter(|volume| volume.claim.is_some());
        if let Some(user) = pod.contract.user {
            users.extend(own.map(|volume| (volume.object.clone(), user)));
        }
    }
    let group = |pod: &Pod| {
        let mut owners = pod.volumes.iter();
        let owner = owners.find_map(|volume| users.get(&volume.object));
        let is_unknown = pod.contract.user.is_none() && !pod.volumes.is_empty();
        is_unknown.then(|| owner.copied().unwrap_or(USER))
    };
    let pods = tiers.iter_mut().map(|tier| &mut tier.pod);
    for pod in pods.chain(jobs.iter_mut().map(|job| &mut job.pod)) {
        pod.volume_group = group(pod);
    }
}

/// Gives pods with a volume of one pod a host name that stays. Some programs, such as `RabbitMQ`, keep
/// their data under it, and would begin anew with each pod. It is the name that the first pod of a
/// StatefulSet would have, so that no Service has it.
fn host_names(tiers: &mut [Tier], jobs: &mut [Job]) {
    let tiers = tiers.iter_mut().map(|tier| (&tier.id, &mut tier.pod));
    let jobs = jobs.iter_mut().map(|job| (&job.id, &mut job.pod));
    for (id, pod) in tiers.chain(jobs) {
        let mut volumes = pod.volumes.iter();
        let is_own = |claim: &Claim| claim.mounted_by != MountedBy::AllPods;
        let own = volumes.find(|volume| volume.claim.as_ref().is_some_and(is_own));
        let name = format!("{}-0", id.workload);
        pod.host_name = own.map(|volume| Spanned::new(name, volume.origin));
    }
}
