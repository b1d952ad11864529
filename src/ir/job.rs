//! What runs to its end: jobs, crons and migrations.

use super::{Identity, Patch, Pod, ThingName};
use crate::catalog::defaults::Switch;
use crate::source::Spanned;

/// How many characters of a hash stand behind the name of what runs once. Its pod can't be changed
/// later, so another pod is another object.
pub const JOB_HASH: usize = 8;

/// What runs to its end, once or by a schedule.
#[derive(Debug, Clone)]
pub struct Job {
    /// Its names. It has no Service.
    pub id: Identity,
    /// What its pods run and see.
    pub pod: Pod,
    /// When it runs; `None` for once.
    pub schedule: Option<Schedule>,
    /// The jobs, and the tiers with migrations, that end well before it begins.
    pub after: Vec<Spanned<ThingName>>,
    /// The defaults that are switched off for it.
    pub off: Vec<Spanned<Switch>>,
    /// What is merged into its objects, in order. Those of a Job say the name that it has without
    /// its hash.
    pub patches: Vec<Patch>,
}

impl Job {
    /// Whether a default holds for it.
    #[must_use]
    pub fn keeps(&self, default: Switch) -> bool {
        self.off.iter().all(|off| off.value != default)
    }
}

/// When a job runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Five fields, or a macro, as cron reads them.
    pub times: Spanned<String>,
    /// The time zone that its hours are of, by its name in the IANA database; `None` for the
    /// cluster's own.
    pub zone: Option<Spanned<String>>,
}

/// What runs before the application relies on it, with the image and variables of its tier.
#[derive(Debug, Clone)]
pub struct Migration {
    /// Its names, which are of no other thing: nothing of its tier may select its pod.
    pub id: Identity,
    /// Commands with their arguments, in the order in which they run; at least one.
    pub commands: Vec<Spanned<Vec<String>>>,
    /// The tiers whose migrations end well before these begin.
    pub after: Vec<Spanned<ThingName>>,
}
