//! Probes.

use super::findings::Findings;
use super::scope::TierFace;
use super::{texts, types};
use crate::ir::{Probe, Probes};
use crate::syntax::ast::{Health, ProbeLine};

/// Seconds until a probe counts as failed.
const TIMEOUT: u32 = 3;

/// The probes of a tier; `None` where it says no health, or what it says can't be read.
pub(super) fn lower(face: &TierFace<'_>, found: &mut Findings) -> Option<Probes> {
    let health = face.tier.health.as_ref()?;
    let path = health.path.as_ref()?;
    let right = texts::is_path(path, found);
    // A startup probe that may take two minutes spares the others a guess at the start's length.
    let startup = probe(health, "startup", 5, 24, found);
    let readiness = probe(health, "readiness", 10, 3, found);
    let liveness = probe(health, "liveness", 10, 6, found);
    face.needs_port(health.span, "this asks it for its health", found);
    (right && face.port.is_some()).then_some(Probes {
        startup,
        readiness,
        liveness,
    })
}

/// One probe, by its line and the defaults.
fn probe(
    health: &Health,
    which: &str,
    every: u32,
    failures: u32,
    found: &mut Findings,
) -> Option<Probe> {
    let path = health.path.as_ref()?.value.clone();
    let origin = health.span;
    let line = health.probes.iter().find(|line| line.which.value == which);
    let Some(line) = line else {
        return Some(Probe {
            path,
            every,
            after: None,
            timeout: TIMEOUT,
            failures,
            origin,
        });
    };
    if line.off {
        return None;
    }
    let ProbeLine {
        which,
        every: said_every,
        after,
        timeout,
        failures: said_failures,
        ..
    } = line;
    let mut seconds = |said: &Option<_>, default: u32| {
        said.as_ref()
            .and_then(|said| types::duration(said, found))
            .unwrap_or(default)
    };
    let every = seconds(said_every, every);
    let timeout = seconds(timeout, TIMEOUT);
    let after = after
        .as_ref()
        .and_then(|after| types::duration(after, found));
    let failures = match said_failures {
        Some(said) => types::number(said, "failures", 1..=1000, found).unwrap_or(failures),
        None => failures,
    };
    Some(Probe {
        path,
        every,
        after,
        timeout,
        failures,
        origin: which.span,
    })
}
