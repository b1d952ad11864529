//! Lists of places with those of all databases among them, so that one more engine is no change here.

use super::Place;
use crate::catalog::databases::ENGINES;

/// How many engines there are.
pub(super) const COUNT: usize = ENGINES.len();

/// In the databases of the application's own.
pub(super) const DATABASES: [Place; COUNT] = with_databases([]);

/// The words with which databases are declared.
pub(super) const DATABASE_WORDS: [&str; COUNT] = {
    let mut words = [""; COUNT];
    let mut at = 0;
    while at < COUNT {
        words[at] = ENGINES[at].word;
        at += 1;
    }
    words
};

/// In whatever runs pods.
pub(super) const WORKLOADS: [Place; 2 + COUNT] = with_databases([Place::Tier, Place::Job]);

/// In whatever runs pods, and where a target changes it.
pub(super) const CHANGEABLE: [Place; 3 + COUNT] =
    with_databases([Place::Tier, Place::Job, Place::TargetTier]);

/// At the top level, and in whatever runs pods.
pub(super) const SECRETIVE: [Place; 3 + COUNT] =
    with_databases([Place::Top, Place::Tier, Place::Job]);

/// In the databases that have users.
pub(super) const WITH_USERS: &[Place] = USERS.0.split_at(USERS.1).0;
const USERS: &([Place; COUNT], usize) = &databases_with(Trait::Users);

/// In those that can be told what to drop.
pub(super) const EVICTING: &[Place] = DROPPING.0.split_at(DROPPING.1).0;
const DROPPING: &([Place; COUNT], usize) = &databases_with(Trait::Evicts);

/// In those that an operator can run.
pub(super) const OPERATED: &[Place] = RUN.0.split_at(RUN.1).0;
const RUN: &([Place; COUNT], usize) = &databases_with(Trait::Operator);

/// What some engines have.
#[derive(Debug, Clone, Copy)]
enum Trait {
    Users,
    Evicts,
    Operator,
}

/// The databases whose engines have a trait, from the first entry on, and how many there are.
const fn databases_with(wanted: Trait) -> ([Place; COUNT], usize) {
    let mut all = [Place::Top; COUNT];
    let (mut at, mut count) = (0, 0);
    while at < COUNT {
        let engine = ENGINES[at];
        let has = match wanted {
            Trait::Users => engine.user.is_some(),
            Trait::Evicts => engine.evicts,
            Trait::Operator => engine.operator.is_some(),
        };
        if has {
            all[count] = Place::Database(engine);
            count += 1;
        }
        at += 1;
    }
    (all, count)
}

/// The places, and behind them those of all databases. `M` is the number of all.
pub(super) const fn with_databases<const N: usize, const M: usize>(
    before: [Place; N],
) -> [Place; M] {
    let mut all = [Place::Top; M];
    let mut at = 0;
    while at < N {
        all[at] = before[at];
        at += 1;
    }
    while at < M {
        all[at] = Place::Database(ENGINES[at - N]);
        at += 1;
    }
    all
}

const FIRST: [Place; 9] = [
    Place::Top,
    Place::App,
    Place::Ingress,
    Place::Naming,
    Place::Helm,
    Place::Labels,
    Place::Shared,
    Place::Config,
    Place::Secret,
];

const LAST: [Place; 11] = [
    Place::External,
    Place::ExternalService,
    Place::Tier,
    Place::Job,
    Place::Build,
    Place::Health,
    Place::Exposure,
    Place::Env,
    Place::Target,
    Place::TargetTier,
    Place::Routes,
];

/// Every place.
pub(super) const ALL: [Place; FIRST.len() + COUNT + LAST.len()] = {
    let mut all: [Place; FIRST.len() + COUNT + LAST.len()] =
        [Place::Top; FIRST.len() + COUNT + LAST.len()];
    let first: [Place; FIRST.len() + COUNT] = with_databases(FIRST);
    let mut at = 0;
    while at < all.len() {
        all[at] = if at < first.len() {
            first[at]
        } else {
            LAST[at - first.len()]
        };
        at += 1;
    }
    all
};
