//! `job` and `cron`.

use super::{Name, Tier};

/// `job NAME { … }` or `cron NAME "schedule" { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// What it runs, said as a tier says it; what a job doesn't take has no row in the table, and
    /// is missing here.
    pub tier: Tier,
    /// When it runs; nothing for a `job`, which runs once.
    pub cron: Option<Cron>,
}

/// What `cron` says of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cron {
    /// Five fields, or a macro.
    pub schedule: Option<Name>,
    /// `zone`.
    pub zone: Option<Name>,
}
