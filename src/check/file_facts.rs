//! What is the same for all targets of a file.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::diag::credentials::{Credential, credentials};
use crate::syntax::ast::File;

/// What is the same for all targets of a file, each worked out by the first check that asks: a file may have
/// as many targets as lines.
#[derive(Debug, Default)]
pub struct FileFacts {
    credentials: OnceLock<Vec<Credential>>,
    known_to_browsers: OnceLock<BTreeSet<String>>,
}

impl FileFacts {
    /// What looks like a credential in the text.
    pub(in crate::check) fn credentials(&self, file: &File) -> &[Credential] {
        self.credentials
            .get_or_init(|| credentials(&file.uncommented))
    }

    /// The tiers that browsers know in every target.
    pub(in crate::check) fn known_to_browsers(
        &self,
        work_out: impl FnOnce() -> BTreeSet<String>,
    ) -> &BTreeSet<String> {
        self.known_to_browsers.get_or_init(work_out)
    }
}
