//! A tier: all that it says, with defaults for what it doesn't.

use super::environment::{self, Environment};
use super::findings::Findings;
use super::graph::{self, Graph};
use super::scope::{Scope, TierFace};
use super::storage::Mounts;
use super::{container, files, health, image, inventory, labels, patches, scaling, storage};
use crate::catalog::Contract;
use crate::ir::{Pod, Tier};
use crate::source::Spanned;
use crate::syntax::ast::Name;

/// A lowered tier, but for its clients, and the names of the shared secrets that it reads.
pub(super) struct Lowered {
    pub(super) tier: Tier,
    pub(super) secrets_read: indexmap::IndexSet<String>,
}

/// A tier. `None` where its image can't be known; everything that is wrong has been said.
pub(super) fn lower<'a>(
    face: &TierFace<'a>,
    name: &'a Name,
    scope: &Scope<'a>,
    graph: &mut Graph,
    found: &mut Findings,
) -> Option<Lowered> {
    let tier = face.tier;
    let probes = health::lower(face, found);
    let path = tier.health.as_ref().and_then(|health| health.path.as_ref());
    let image = image::lower(face, path.map(|path| path.value.as_str()), scope, found);
    let mut off = scope.off.to_vec();
    off.extend(container::without(&tier.without, found));
    let (image, mut contract) = match image {
        Some((image, contract)) => (Some(image), contract),
        None => (None, Contract::of_foreign_image()),
    };
    container::change(&mut contract, tier, &off, found);
    let environment = environment::lower(
        face,
        tier.alias.as_ref().unwrap_or(name),
        &contract,
        scope,
        found,
    );
    let Environment {
        config,
        secret,
        env_from,
        env,
        mut config_read,
        secrets_read,
        mut connects,
    } = environment;
    connects.extend(graph::needs(&tier.needs, scope, found));
    let waits = graph.connect(&face.id.label, &connects, scope);
    let resources = scaling::resources(face, found);
    let replicas = scaling::replicas(face, &resources, found);
    let rollout = scaling::rollout(tier, found);
    let mut mounts = Mounts::of(tier);
    let volumes = storage::volumes(face, &mut mounts, scope, found);
    let files = files::mounted(face, &mut mounts, scope, found);
    config_read.extend(files.iter().flat_map(files::entries));
    let annotations = labels::annotations(face, scope, found);
    let words = |said: &[Name]| said.iter().map(|word| word.value.clone()).collect();
    let pod = Pod {
        image: image?,
        contract,
        command: words(&tier.command),
        args: words(&tier.args),
        annotations,
        volumes,
        files,
        resources,
        waits,
        config,
        secret,
        env_from,
        env,
        config_read,
    };
    let mut lowered = Tier {
        id: face.id.clone(),
        pod,
        ports: face.ports.clone(),
        replicas,
        rollout,
        probes,
        expose: face.expose.clone(),
        clients: Vec::new(),
        patches: Vec::new(),
        off,
    };
    let there = face.scale().into_iter().flat_map(|scale| &scale.patches);
    let said = tier.scale.patches.iter().chain(there);
    lowered.patches = patches::lower(said, &inventory::of_tier(&lowered), found);
    Some(Lowered {
        tier: lowered,
        secrets_read,
    })
}

/// What the build's summary says of a tier that leaves things open.
pub(super) fn notes(tier: &Tier) -> Vec<Spanned<String>> {
    let name = &tier.id.name;
    let mut notes = Vec::new();
    let sizes = match (&tier.pod.resources.cpu, &tier.pod.resources.memory) {
        (None, None) => Some("cpu or memory"),
        (None, Some(_)) => Some("cpu"),
        (Some(_), None) => Some("memory"),
        (Some(_), Some(_)) => None,
    };
    if let Some(sizes) = sizes {
        let text =
            format!("`{name}` says no {sizes}: nothing is set aside for it, and nothing bounds it");
        notes.push(Spanned::new(text, tier.id.origin));
    }
    if tier.probes.is_none() && tier.port().is_some() {
        let text = format!("`{name}` says no health: traffic reaches it before it is ready");
        notes.push(Spanned::new(text, tier.id.origin));
    }
    notes
}
