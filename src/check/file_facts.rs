//! What is the same for all targets of a file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::allow::Accepted;
use crate::diag::{Bag, Diagnostic};
use crate::source::Span;

/// What is the same for all targets of a file, found once: a file may have as many targets as lines.
#[derive(Debug, Default)]
pub struct FileFacts {
    /// What is wrong whatever the target, besides what is accepted. The check of a target doesn't say it
    /// again.
    pub found: Bag,
    /// What was found and is accepted.
    pub accepted: Vec<Accepted>,
    /// Whether an error is among it.
    pub(super) is_wrong: bool,
    /// The places of errors, of those that are accepted as well.
    pub(super) errors: BTreeSet<Span>,
    /// The places of what looks like a credential, in the order of the text.
    pub(super) credentials: Vec<Span>,
    pub(super) known_to_browsers: OnceLock<BTreeSet<String>>,
    pub(super) images: OnceLock<ImagesOfTargets>,
    pub(super) manifests: Mutex<Manifests>,
    pub(super) has_sources: OnceLock<bool>,
}

/// What was read of files in JSON and TOML, by the context and the path below it.
type Manifests = BTreeMap<(String, String), Option<Arc<serde_json::Value>>>;

/// What the targets of a file make of its images.
#[derive(Debug, Default)]
pub(in crate::check) struct ImagesOfTargets {
    /// The workloads to whose images targets give different build arguments.
    pub(in crate::check) differ: BTreeSet<String>,
    /// Two targets with one name for different images.
    pub(in crate::check) clashes: Vec<Diagnostic>,
}

impl FileFacts {
    /// Whether a place holds what looks like a credential.
    pub(in crate::check) fn has_credential(&self, place: Span) -> bool {
        let before = self
            .credentials
            .partition_point(|it| it.start < place.start);
        let first = self.credentials.get(before);
        first.is_some_and(|credential| place.contains(*credential))
    }

    /// The tiers that browsers know in every target.
    pub(in crate::check) fn known_to_browsers(
        &self,
        work_out: impl FnOnce() -> BTreeSet<String>,
    ) -> &BTreeSet<String> {
        self.known_to_browsers.get_or_init(work_out)
    }

    /// A file in JSON or TOML of a context, which is read once.
    pub(in crate::check) fn manifest(
        &self,
        context: &str,
        path: &str,
        read: impl FnOnce() -> Option<serde_json::Value>,
    ) -> Option<Arc<serde_json::Value>> {
        let manifests = self.manifests.lock();
        let mut manifests = manifests.unwrap_or_else(PoisonError::into_inner);
        let place = (context.to_owned(), path.to_owned());
        let known = manifests.entry(place);
        known.or_insert_with(|| read().map(Arc::new)).clone()
    }

    /// Whether any of the contexts is there.
    pub(in crate::check) fn has_sources(&self, work_out: impl FnOnce() -> bool) -> bool {
        *self.has_sources.get_or_init(work_out)
    }

    /// What the targets make of images.
    pub(in crate::check) fn images(
        &self,
        work_out: impl FnOnce() -> ImagesOfTargets,
    ) -> &ImagesOfTargets {
        self.images.get_or_init(work_out)
    }
}
