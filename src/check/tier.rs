//! A tier: all that it says, with defaults for what it doesn't.

use super::environment::{self, Environment};
use super::findings::Findings;
use super::graph::{self, Graph};
use super::scope::{Scope, TierFace};
use super::{container, health, image, labels, public, scaling, texts};
use crate::catalog::Contract;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Expose, Pod, Tier};
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
    let image = image::lower(face, scope, found);
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
        config_read,
        secrets_read,
        mut connects,
    } = environment;
    connects.extend(graph::needs(&tier.needs, scope, found));
    let waits = graph.connect(&face.id.label, &connects, scope);
    let resources = scaling::resources(face, found);
    let replicas = scaling::replicas(face, &resources, found);
    let rollout = scaling::rollout(tier, found);
    let there = face.there.map_or(&[][..], |there| &there.annotations);
    let annotations = labels::annotations(&tier.annotations, there, scope, found);
    let words = |said: &[Name]| said.iter().map(|word| word.value.clone()).collect();
    let pod = Pod {
        image: image?,
        contract,
        command: words(&tier.command),
        args: words(&tier.args),
        annotations,
        resources,
        waits,
        config,
        secret,
        env_from,
        env,
        config_read,
    };
    let tier = Tier {
        id: face.id.clone(),
        pod,
        ports: face.ports.clone(),
        replicas,
        rollout,
        probes,
        expose: face.expose.clone(),
        exposed_port: face.exposed_port.as_ref().map(|port| port.name.clone()),
        public_service: public_service(face, found),
        public_url: public::public_url(face, scope),
        clients: Vec::new(),
        off,
    };
    Some(Lowered { tier, secrets_read })
}

/// The Service that publishes one port of several: those of a node port or load balancer are all
/// published. Complains where its name is too long.
fn public_service(face: &TierFace<'_>, found: &mut Findings) -> Option<String> {
    let published = matches!(
        face.expose.value,
        Expose::NodePort { .. } | Expose::LoadBalancer
    );
    if !published || face.ports.len() < 2 {
        return None;
    }
    let name = format!("{}-public", face.id.service);
    let fault =
        texts::label_fault(&name).filter(|_| texts::label_fault(&face.id.service).is_none());
    if let Some(fault) = fault {
        let message = format!("`{name}` can't be the name of a Service: {fault}");
        found.push(
            Diagnostic::new(Code::InvalidName, face.tier.span, message)
                .also(face.expose.span, "it publishes one port of several")
                .help("choose a shorter name"),
        );
    }
    Some(name)
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
    if tier.probes.is_none() && !tier.ports.is_empty() {
        let text = format!("`{name}` says no health: traffic reaches it before it is ready");
        notes.push(Spanned::new(text, tier.id.origin));
    }
    notes
}
