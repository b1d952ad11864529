//! What a pod runs and sees, whatever runs the pod: what tiers, jobs and crons share.

use super::environment::Environment;
use super::files::MountedFiles;
use super::graph::{self, Graph};
use super::labels;
use super::process::{ContainerProcess, Processes};
use crate::catalog::defaults::Switch;
use crate::check::findings::Findings;
use crate::check::names::face::TierFace;
use crate::check::names::scope::Scope;
use crate::check::types::texts;
use crate::check::values::storage;
use crate::check::values::storage::Mounts;
use crate::ir::{Pod, Resources};
use crate::source::Spanned;

/// A pod, and what follows from what it runs and sees.
pub(in crate::check) struct LoweredPod {
    pub(in crate::check) pod: Pod,
    /// The defaults that are switched off for it.
    pub(in crate::check) off: Vec<Spanned<Switch>>,
    /// Names of the shared secrets that it reads.
    pub(in crate::check) secrets_read: indexmap::IndexSet<String>,
}

/// The pod of a tier or job. `None` where its image can't be known; everything that is wrong has
/// been said.
pub(in crate::check) fn lower<'a>(
    face: &TierFace<'a>,
    resources: Resources,
    scope: &Scope<'a>,
    processes: &mut Processes<'_, 'a>,
    graph: &mut Graph,
    found: &mut Findings,
) -> Option<LoweredPod> {
    let tier = face.tier;
    let process = processes.take(face)?;
    let ContainerProcess {
        base,
        image,
        contract,
        said,
        off,
        environment,
    } = process;
    let (image, of_image) = image.map(|lowered| (lowered.image, lowered.links)).unzip();
    let Environment {
        config,
        secret,
        env_from,
        env,
        config_read,
        mut secrets_read,
        mut links,
    } = environment;
    links.extend(of_image.into_iter().flatten());
    links.extend(graph::needs(&tier.needs, scope, found));
    let waits = graph.connect(&face.id.name, &links, scope);
    let account = tier.account.as_ref();
    let account = account.filter(|name| texts::is_object_name(name, "an account", found));
    let annotations = labels::annotations(&face.view.annotations, scope, found);
    let mut mounts = Mounts::of(tier);
    let mut volumes = storage::volumes(face, &mut mounts, scope, found);
    let of_image = tier.build.as_ref().map_or(tier.span, |build| build.span);
    mounts.write(contract.writable.iter(), of_image);
    let mut mounted = MountedFiles::of(&tier.files, &mut mounts, scope, found);
    if let Some(base) = base {
        volumes.extend(storage::inherited(base, &mut mounts, scope));
        mounted.inherit(base.tier, &mut mounts, scope);
    }
    secrets_read.extend(mounted.secrets_read());
    let (files, secret_files) = mounted.lower(&face.id, found);
    let pod = Pod {
        image: image?,
        contract,
        said,
        command: tier.command.clone(),
        args: tier.args.clone(),
        first: Vec::new(),
        annotations,
        account: account.cloned(),
        volumes,
        volume_group: None,
        host_name: None,
        files,
        secret_files,
        resources,
        waits,
        config,
        secret,
        env_from,
        env: env.into_list(),
        config_read,
    };
    Some(LoweredPod {
        pod,
        off,
        secrets_read,
    })
}
