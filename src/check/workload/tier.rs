//! A tier: all that it says, with defaults for what it doesn't.

use super::admit;
use super::after::{self, Waiter};
use super::graph::Graph;
use super::health;
use super::patches;
use super::pod;
use super::process::Processes;
use super::scaling;
use crate::check::findings::Findings;
use crate::check::names::face::TierFace;
use crate::check::names::scope::Scope;
use crate::check::types::texts;
use crate::check::values::public;
use crate::check::values::storage;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Exposure, Migration, Tier};
use crate::source::{Span, Spanned};
use crate::syntax::ast;

/// Why there is a Service that publishes a port by itself.
const ONE_OF_SEVERAL: &str = "it publishes one port of several";

/// A lowered tier, and the names of the shared secrets that it reads.
pub(in crate::check) struct LoweredTier {
    pub(in crate::check) tier: Tier,
    pub(in crate::check) secrets_read: indexmap::IndexSet<String>,
}

/// A tier. `None` where its image can't be known; everything that is wrong has been said.
pub(in crate::check) fn lower<'a>(
    face: &TierFace<'a>,
    scope: &Scope<'a>,
    processes: &mut Processes<'_, 'a>,
    graph: &mut Graph,
    found: &mut Findings,
) -> Option<LoweredTier> {
    let mut probes = health::lower(face, found);
    let resources = scaling::resources(face, found);
    let replicas = scaling::replicas(face, &resources, found);
    let pod = pod::lower(face, resources, scope, processes, graph, found);
    let rollout = scaling::rollout(face.tier, &replicas, found);
    let migration = migration(face, scope, found);
    let pod::LoweredPod {
        mut pod,
        off,
        secrets_read,
    } = pod?;
    if let Some(probes) = &mut probes {
        health::name_hosts(probes, &pod);
    }
    let first = face.tier.migrations.iter();
    let first = first.filter(|line| line.in_pod.is_some());
    pod.first = first.map(command).collect();
    let pods_service = pod.has_own_claims().then(|| pods_service(face, found));
    let admits = admit::of_tier(face, found);
    admit::needs_policy(&face.id.name, &admits, &off, found);
    let lowered = Tier {
        id: face.id.clone(),
        pod,
        ports: face.ports.clone(),
        replicas,
        rollout,
        probes,
        expose: face.expose.clone(),
        admits,
        migration,
        exposed_port: face.exposed_port.as_ref().map(|port| port.name.clone()),
        public_service: public_service(face, found),
        pods_service,
        public: public::known(face, scope),
        further: further(face, scope, found),
        patches: patches::lower(face.view.patches.iter().copied(), found),
        off,
    };
    Some(LoweredTier {
        tier: lowered,
        secrets_read,
    })
}

/// The ways in which it is exposed besides its first. Complains of Services whose names are too long.
fn further(face: &TierFace<'_>, scope: &Scope<'_>, found: &mut Findings) -> Vec<Exposure> {
    let all = face.further.iter().map(|it| {
        let port = &it.port;
        let service = format!("{}-{}", face.id.service, port.name);
        let service = it.expose.value.is_published().then_some(service);
        if let Some(name) = &service {
            service_name_fits(face, name, (it.expose.span, ONE_OF_SEVERAL), found);
        }
        Exposure {
            expose: it.expose.clone(),
            port: port.name.clone(),
            service,
            public: public::known_of(&it.expose.value, port, it.balancer, scope),
        }
    });
    all.collect()
}

/// The migrations of a tier that a Job runs, if it has any.
fn migration(face: &TierFace<'_>, scope: &Scope<'_>, found: &mut Findings) -> Option<Migration> {
    let after = after::lower(face, Waiter::Migration, scope, found);
    let said = face.tier.migrations.iter();
    let mut said = said.filter(|line| line.in_pod.is_none()).peekable();
    let origin = said.peek()?.span;
    let commands = said.map(command);
    let id = scope.naming.migration(face, origin, found);
    Some(Migration {
        id,
        commands: commands.collect(),
        after,
    })
}

fn command(line: &ast::Migration) -> Spanned<Vec<String>> {
    let words = line.command.iter().map(|word| word.value.clone());
    Spanned::new(words.collect(), line.span)
}

/// The Service that publishes one port of several: those of a node port or load balancer are all
/// published. Complains where its name is too long.
fn public_service(face: &TierFace<'_>, found: &mut Findings) -> Option<String> {
    if !face.expose.value.is_published() || face.ports.len() < 2 {
        return None;
    }
    let name = format!("{}-public", face.id.service);
    service_name_fits(face, &name, (face.expose.span, ONE_OF_SEVERAL), found);
    Some(name)
}

/// The headless Service that names the pods. Complains where its name is too long.
fn pods_service(face: &TierFace<'_>, found: &mut Findings) -> String {
    let name = face.pods_service();
    let place = storage::of_each(face.tier).map_or(face.tier.span, |volume| volume.span);
    service_name_fits(face, &name, (place, "it names the pods"), found);
    name
}

/// Complains of a Service besides the tier's own, where its name is too long. That of the tier's own has been
/// complained of.
fn service_name_fits(
    face: &TierFace<'_>,
    name: &str,
    (place, why): (Span, &str),
    found: &mut Findings,
) {
    let fault = texts::label_fault(name).filter(|_| texts::label_fault(&face.id.service).is_none());
    if let Some(fault) = fault {
        let message = format!("`{name}` can't be the name of a Service: {fault}");
        found.push(
            Diagnostic::new(Code::InvalidName, face.tier.span, message)
                .also(place, why)
                .help("choose a shorter name"),
        );
    }
}
