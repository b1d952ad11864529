//! Which jobs and migrations begin at once, and which after others have ended well.

use std::collections::BTreeMap;

use super::{App, ThingName};
use crate::source::Spanned;

/// The stages of a release, one after the other. What begins in a stage waits for what began in those
/// before. Migrations come first, then the application, then the jobs that wait.
#[derive(Debug, Default)]
pub struct Stages {
    /// By the names of jobs and of tiers with migrations.
    all: BTreeMap<String, usize>,
    /// The last of migrations: that in which the application and its other jobs begin.
    pub application: usize,
    /// The last of all.
    pub last: usize,
}

impl Stages {
    /// The stage in which a job, or the migrations of a tier, begins.
    #[must_use]
    pub fn of(&self, name: &str) -> usize {
        self.all.get(name).copied().unwrap_or_default()
    }
}

impl App {
    /// The stages of its release.
    pub(super) fn work_out_stages(&self) -> Stages {
        let migrated = self.tiers.iter();
        let migrated: Vec<_> = migrated
            .filter_map(|tier| {
                let migration = tier.migration.as_ref()?;
                Some((tier.id.name.as_str(), &migration.after[..]))
            })
            .collect();
        let mut stages = Stages::default();
        stages.add(&migrated, 0);
        let last = |stages: &Stages| stages.all.values().copied().max().unwrap_or_default();
        stages.application = last(&stages);
        let jobs = self.jobs.iter().filter(|job| job.schedule.is_none());
        let jobs: Vec<_> = jobs
            .map(|job| (job.id.name.as_str(), &job.after[..]))
            .collect();
        stages.add(&jobs, stages.application);
        stages.last = last(&stages);
        stages
    }
}

impl Stages {
    /// Adds things with those that they wait for. What waits for nothing begins in the stage `first`, and the
    /// others after all that they wait for, and after `first`. Without recursion: a chain may have any length.
    fn add(&mut self, things: &[(&str, &[Spanned<ThingName>])], first: usize) {
        let at: BTreeMap<&str, usize> = things
            .iter()
            .enumerate()
            .map(|(at, it)| (it.0, at))
            .collect();
        let mut waiting = vec![0_usize; things.len()];
        let mut waited_by = vec![Vec::new(); things.len()];
        for (waits, (_, after)) in things.iter().enumerate() {
            for name in *after {
                if let Some(waited) = at.get(name.value.0.as_str()) {
                    waiting[waits] += 1;
                    waited_by[*waited].push(waits);
                }
            }
        }
        let stage = |after: &[Spanned<ThingName>]| first + usize::from(!after.is_empty());
        let mut stages: Vec<_> = things.iter().map(|(_, after)| stage(after)).collect();
        let mut open: Vec<_> = (0..things.len()).filter(|it| waiting[*it] == 0).collect();
        while let Some(done) = open.pop() {
            for waits in &waited_by[done] {
                stages[*waits] = stages[*waits].max(stages[done] + 1);
                waiting[*waits] -= 1;
                if waiting[*waits] == 0 {
                    open.push(*waits);
                }
            }
        }
        let names = things.iter().map(|(name, _)| (*name).to_owned());
        self.all.extend(names.zip(stages));
    }
}
