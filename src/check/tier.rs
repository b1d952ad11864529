//! A tier: all that it says, with defaults for what it doesn't.

use super::environment::{self, Environment};
use super::findings::Findings;
use super::graph::{self, Graph};
use super::scope::{Scope, TierFace};
use super::types::{self, Measure};
use super::{health, image};
use crate::catalog::Contract;
use crate::ir::{QuantityRange, Tier};
use crate::source::Spanned;
use crate::syntax::ast::{Amount, Name, Scale};

/// Most replicas: Kubernetes takes 2³¹ - 1, and no cluster has that many pods.
const MOST_REPLICAS: u32 = 10_000;

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
    let contract = image
        .as_ref()
        .map_or_else(Contract::of_foreign_image, |(_, contract)| contract.clone());
    let environment = environment::lower(face, name, &contract, scope, found);
    let Environment {
        config,
        secret,
        env_from,
        env,
        config_read,
        secrets_read,
        mut connects,
    } = environment;
    connects.extend(graph::needs(&tier.needs, scope, found));
    let waits = graph.connect(&face.id.label, &connects, scope);
    let replicas = match pick(face, |scale| scale.replicas.as_ref()) {
        Some(said) => {
            let number = types::number(said, "replicas", 0..=MOST_REPLICAS, found);
            Spanned::new(number.unwrap_or(1), said.span)
        }
        None => Spanned::new(1, tier.span),
    };
    let cpu = amount(face, |scale| scale.cpu.as_ref(), Measure::Cpu, found);
    let memory = amount(face, |scale| scale.memory.as_ref(), Measure::Memory, found);
    let (image, contract) = image?;
    let tier = Tier {
        id: face.id.clone(),
        image,
        contract,
        port: face.port,
        replicas,
        cpu,
        memory,
        probes,
        expose: face.expose.clone(),
        waits,
        clients: Vec::new(),
        config,
        secret,
        env_from,
        env,
        config_read,
    };
    Some(Lowered { tier, secrets_read })
}

/// What the target says of a tier, else what the tier says.
fn pick<'a, T>(face: &TierFace<'a>, of: fn(&'a Scale) -> Option<&'a T>) -> Option<&'a T> {
    face.scale.and_then(of).or_else(|| of(&face.tier.scale))
}

fn amount<'a>(
    face: &TierFace<'a>,
    of: fn(&'a Scale) -> Option<&'a Amount>,
    measure: Measure,
    found: &mut Findings,
) -> Option<QuantityRange> {
    types::amount(pick(face, of)?, measure, found)
}

/// What the build's summary says of a tier that leaves things open.
pub(super) fn notes(tier: &Tier) -> Vec<Spanned<String>> {
    let name = &tier.id.name;
    let mut notes = Vec::new();
    let sizes = match (&tier.cpu, &tier.memory) {
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
    if tier.probes.is_none() && tier.port.is_some() {
        let text = format!("`{name}` says no health: traffic reaches it before it is ready");
        notes.push(Spanned::new(text, tier.id.origin));
    }
    notes
}
