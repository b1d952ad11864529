//! What a build wrote, for those that tell of it.

use super::disk::Outcome;
use crate::backend::Artifact;
use std::path::Path;

/// Files that were written.
pub(super) struct Written<'a> {
    /// How many.
    pub(super) outcome: Outcome,
    /// What they are.
    pub(super) artifacts: &'a [Artifact],
    /// Where.
    pub(super) out: &'a Path,
    /// The folder of the source file.
    pub(super) folder: &'a Path,
}
