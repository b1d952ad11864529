//! What is allowed and hardly meant.

pub(in crate::check) mod addresses;
pub(in crate::check) mod annotations;
pub(in crate::check) mod at_risk;
pub(in crate::check) mod audience;
pub(in crate::check) mod browsers;
mod caches;
pub(in crate::check) mod command_line;
pub(in crate::check) mod credentials;
pub(in crate::check) mod cycles;
pub(in crate::check) mod drivers;
pub(in crate::check) mod hosts;
pub(in crate::check) mod known;
pub(in crate::check) mod listens;
pub(in crate::check) mod loopback;
pub(in crate::check) mod metrics;
pub(super) mod neighbours;
pub(in crate::check) mod notes;
pub(in crate::check) mod origins;
pub(in crate::check) mod paths;
pub(in crate::check) mod programs;
pub(in crate::check) mod readings;
pub(in crate::check) mod schedulers;
pub(in crate::check) mod secrecy;
pub(in crate::check) mod serving;
pub(in crate::check) mod shells;
pub(in crate::check) mod started;
pub(in crate::check) mod typed_addresses;
pub(in crate::check) mod unexpanded;
pub(in crate::check) mod writers;

use super::findings::Findings;
use readings::Readings;

/// What is allowed and hardly meant, seen in the statements of one target.
pub(in crate::check) const ADVICE: &[fn(&Readings<'_, '_>, &mut Findings)] = &[
    audience::check,
    origins::check,
    loopback::check,
    typed_addresses::check,
    unexpanded::check,
    command_line::check,
    shells::check,
    at_risk::check,
    schedulers::check,
    annotations::check,
    listens::check,
    cycles::check,
    serving::check,
    programs::check,
    writers::check,
    hosts::check,
    paths::check,
    addresses::check,
    drivers::check,
];
