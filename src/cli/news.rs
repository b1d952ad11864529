//! What a build changed, and which steps that takes: whoever builds for the tenth time has done the others.

use super::written::Written;
use crate::backend::{BACKENDS, Purpose, Step, When};
use std::collections::BTreeSet;

/// The most files that a summary names.
const MOST_NAMED: usize = 8;

/// What a build changed.
pub(super) struct News {
    /// The backends whose files are there for the first time.
    new: BTreeSet<&'static str>,
    /// Those whose files changed.
    changed: BTreeSet<&'static str>,
    /// Whether images have other contents or names.
    images: bool,
    /// Whether Secrets have keys that they didn't have.
    secrets: bool,
    /// Whether objects are to be deleted.
    deletes: bool,
    /// Files, in a line for each thing that became of them.
    pub(super) files: Vec<String>,
}

impl News {
    pub(super) fn of(written: &Written) -> News {
        let outcome = &written.outcome;
        let (before, now) = (&outcome.before, written.memory);
        let of_path = |path: &str| {
            let mut all = BACKENDS.iter();
            all.find(|backend| backend.writes(path)).map(|it| it.name)
        };
        let touched = outcome.changes.iter();
        let touched: BTreeSet<_> = touched.filter_map(|it| of_path(&it.path)).collect();
        let builds = |name: &&str| {
            let mut all = BACKENDS.iter();
            all.any(|it| it.name == *name && it.builds_images)
        };
        News {
            images: before.images != now.images || touched.iter().any(builds),
            secrets: !now.secrets.is_subset(&before.secrets),
            deletes: !now.deployed.left().is_empty(),
            new: outcome.new.clone(),
            files: files(written),
            changed: touched,
        }
    }

    /// Whether nothing was deployed from here before, as far as is known.
    pub(super) fn is_first(&self) -> bool {
        !self.new.is_empty()
    }

    /// Whether a step is needed because of what changed.
    pub(super) fn takes(&self, step: &Step) -> bool {
        if self.new.contains(step.of) {
            return true;
        }
        let is_changed = self.changed.contains(step.of);
        match step.purpose {
            Purpose::ByHand | Purpose::Replace | Purpose::Delete => true,
            Purpose::NeedSecrets | Purpose::MakeSecrets => self.secrets,
            Purpose::BuildImages | Purpose::CheckImages | Purpose::LoadImages => {
                step.when != When::Once && self.images
            }
            Purpose::SeeCluster => is_changed || self.deletes || self.secrets,
            Purpose::Define | Purpose::Apply | Purpose::Wait => {
                step.when != When::Once && (is_changed || self.deletes)
            }
            Purpose::Prepare
            | Purpose::Open
            | Purpose::Forward
            | Purpose::Stop
            | Purpose::GoBack => false,
        }
    }
}

fn files(written: &Written) -> Vec<String> {
    let changes = &written.outcome.changes;
    let paths = |is_meant: fn(bool, bool) -> bool| {
        let meant = changes.iter();
        let meant = meant.filter(|it| is_meant(it.before.is_some(), it.after.is_some()));
        meant.map(|it| it.path.as_str()).collect::<Vec<_>>()
    };
    let line = |word: &str, paths: Vec<&str>| {
        let more = paths.len().saturating_sub(MOST_NAMED);
        let named = paths.iter().take(MOST_NAMED);
        let named: Vec<_> = named.copied().collect();
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        (!paths.is_empty()).then(|| format!("{word}: {}{more}", named.join(", ")))
    };
    [
        line("changed", paths(|before, after| before && after)),
        line("new", paths(|before, after| !before && after)),
        line("deleted", paths(|_, after| !after)),
    ]
    .into_iter()
    .flatten()
    .collect()
}
