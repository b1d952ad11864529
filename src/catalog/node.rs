//! What the recipes on Node.js share.

use super::Choice;
use super::frame::{package_cache, strings};
use crate::docker::{Instruction, Stage};

/// The stage that installs packages, from nothing but the files that name them: a change of the
/// sources doesn't repeat it.
pub(super) fn deps(choice: &Choice) -> Stage {
    let packages = choice.packages;
    Stage {
        name: "deps",
        from: "base".to_owned(),
        help: "installs the packages of the lock file.",
        instructions: vec![
            Instruction::Copy {
                from: None,
                sources: packages.files.to_vec(),
                target: "./",
            },
            Instruction::Run {
                mounts: vec![package_cache(choice)],
                commands: packages
                    .install
                    .iter()
                    .map(|words| strings(words))
                    .collect(),
            },
        ],
    }
}
