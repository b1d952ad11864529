//! What a build wrote, for those that tell of it.

use super::disk::Outcome;
use super::memory::Memory;
use super::shell;
use crate::backend::{
    self, Artifact, Backend, Delivery, Detail, Purpose, Step, When, argument, quote,
};
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
    /// What a later build must know.
    pub(super) memory: &'a Memory,
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
            deployed: &self.outcome.before.deployed,
        };
        let mut steps: Vec<_> = self.same_tags(app).into_iter().collect();
        steps.extend(backend::next(emit, app, Some(&delivery)));
        steps
    }

    /// Where all steps are told.
    pub(super) fn next_hint(&self, app: &ir::App) -> String {
        let file = self.program.map_or("-".to_owned(), argument);
        let mut words = vec!["todoc".to_owned(), "next".to_owned(), quote(&file)];
        let usual = match &app.target {
            Some(target) => {
                words.extend(["-t".to_owned(), quote(target)]);
                Path::new("out").join(target)
            }
            None => PathBuf::from("out"),
        };
        if self.out != usual {
            words.extend(["-o".to_owned(), quote(&argument(self.out))]);
        }
        format!("all steps: `{}`", words.join(" "))
    }

    /// What to say of images that aren't what a cluster knows by their names.
    fn same_tags(&self, app: &ir::App) -> Option<Step> {
        let changed = self.outcome.before.changed_images(self.memory);
        let mut lines: Vec<_> = changed.iter().map(|name| Detail::new(*name)).collect();
        if lines.is_empty() {
            return None;
        }
        let way = if app.tag_from == Some(ir::TagFrom::Git) {
            "commit the change, which gives another tag"
        } else {
            "write `tag from sources` in `app`, build with `--tag-from sources`, or raise `version`"
        };
        lines.push(Detail::new(format!(
            "{way}; after that, `todoc build` says no more of it"
        )));
        let title = "Changed under a tag that stays the same: nodes that have the image keep running the old one";
        Some(Step::tell(Purpose::ByHand, When::ThisTime, title, lines))
    }
}
