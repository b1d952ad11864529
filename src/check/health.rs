//! Probes.

use super::findings::Findings;
use super::scope::TierFace;
use super::{texts, types};
use crate::ir::{Probe, Probes};
use crate::syntax::ast::Health;

/// Seconds until a probe counts as failed.
const TIMEOUT: u32 = 3;

/// The probes of a tier; `None` where it says no health, or what it says can't be read.
pub(super) fn lower(face: &TierFace<'_>, found: &mut Findings) -> Option<Probes> {
    let health = face.tier.health.as_ref()?;
    let path = health.path.as_ref()?;
    let right = texts::is_path(path, found);
    let default = |every, failures| Probe {
        path: path.value.clone(),
        port: face.port().map_or(String::new(), |port| port.name.clone()),
        every,
        after: None,
        timeout: TIMEOUT,
        failures,
        origin: health.span,
    };
    // A startup probe that may take two minutes spares the others a guess at the start's length.
    let startup = probe(health, "startup", default(5, 24), found);
    let readiness = probe(health, "readiness", default(10, 3), found);
    let liveness = probe(health, "liveness", default(10, 6), found);
    face.needs_port(health.span, "this asks it for its health", found);
    (right && face.port().is_some()).then_some(Probes {
        startup,
        readiness,
        liveness,
    })
}

/// One probe: `default`, but for what its line says.
fn probe(health: &Health, which: &str, default: Probe, found: &mut Findings) -> Option<Probe> {
    let Some(line) = health.probes.iter().find(|line| line.which.value == which) else {
        return Some(default);
    };
    if line.off {
        return None;
    }
    let mut seconds =
        |said: &Option<_>| said.as_ref().and_then(|said| types::duration(said, found));
    let every = seconds(&line.every).unwrap_or(default.every);
    let timeout = seconds(&line.timeout).unwrap_or(default.timeout);
    let after = seconds(&line.after);
    let failures = line.failures.as_ref();
    let failures =
        failures.and_then(|said| types::number(said, "number of failures", 1..=1000, found));
    Some(Probe {
        every,
        after,
        timeout,
        failures: failures.unwrap_or(default.failures),
        origin: line.which.span,
        ..default
    })
}
