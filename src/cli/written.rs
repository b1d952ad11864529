//! What a build wrote, for those that tell of it.

use super::disk::Outcome;
use super::shell;
use crate::backend::{self, Artifact, Backend, Delivery, Step};
use crate::ir;
use std::fs;
use std::path::{Path, PathBuf};

/// Files that were written.
pub(super) struct Written<'a> {
    /// How many.
    pub(super) outcome: Outcome<'a>,
    /// What they are.
    pub(super) artifacts: &'a [Artifact],
    /// Where.
    pub(super) out: &'a Path,
    /// The source file; `None` for standard input.
    pub(super) program: Option<&'a Path>,
    /// The folder of the source file.
    pub(super) folder: &'a Path,
}

impl Written<'_> {
    /// What is to be done next with what these backends wrote.
    pub(super) fn steps(&self, app: &ir::App, emit: &[&Backend]) -> Vec<Step> {
        let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let folder = real(self.folder);
        let is_here = folder == real(Path::new("."));
        let out_from_source: PathBuf = shell::relative(&folder, &real(self.out));
        let delivery = Delivery {
            artifacts: self.artifacts,
            builds_images: emit.iter().any(|backend| backend.builds_images),
            program: self.program,
            out: self.out,
            source: (!is_here).then_some(self.folder),
            out_from_source: &out_from_source,
            changes: &self.outcome.changes,
        };
        backend::next(emit, app, Some(&delivery))
    }
}
