//! Package managers: what installs an application's dependencies from its lock file.

mod node;
mod python;

use super::runtimes::Flavour;
pub use node::{BUN, NPM, PNPM, YARN, YARN_4};
pub use python::{PDM, PIP, PIPENV, POETRY, UV};

/// A package manager. Commands are lists of words, run in the folder of the application.
#[derive(Debug, PartialEq, Eq)]
pub struct PackageManager {
    /// The word behind `packages`.
    pub name: &'static str,
    /// Where it comes from, if the runtime's image lacks it.
    pub tool: Option<Tool>,
    /// The file that the lock is made from.
    pub manifest: &'static str,
    /// The lock file.
    pub lock: &'static str,
    /// The file that tells its lock file from another's of the same name; empty where none has that name.
    pub marker: &'static str,
    /// The command that makes the lock file.
    pub locked_by: &'static str,
    /// How its lock file tells which packages are installed, where that is looked at.
    pub names: Option<NameList>,
    /// The forms of its lock file that its usual release doesn't install from, where there are some.
    pub forms: Option<&'static LockForms>,
    /// Files of other tools in its place, which it can't install from.
    pub others: &'static [OtherTool],
    /// What it reads besides, where it is there: patterns of `COPY`.
    pub settings: &'static [&'static str],
    /// Files in folders that it reads as well, as patterns of paths below the context.
    pub folders: &'static [&'static str],
    /// Those of them that may hold the password of a registry. They don't ship.
    pub passwords: &'static [&'static str],
    /// Variables of the stage that it runs in.
    pub variables: &'static [(&'static str, &'static str)],
    /// Installs what the lock file says, or fails: it never resolves anew.
    pub install: &'static [&'static [&'static str]],
    /// Fails where the lock file is older than a member of a workspace, if `install` overlooks that.
    pub verify: Option<&'static [&'static str]>,
    /// Builds the application itself, once its sources are there.
    pub build: Option<&'static [&'static str]>,
    /// Builds the packages of a workspace that the application's own depends on, and then that, in its folder: each
    /// by its script `build`, if it has one. `None` where the application's own alone is built.
    pub build_members: Option<&'static [&'static str]>,
    /// Takes away what only the build needed.
    pub prune: &'static [&'static [&'static str]],
    /// Where the packages are afterwards.
    pub environment: &'static str,
    /// Where it keeps downloads.
    pub cache: Cache,
}

/// Forms in which older releases of a package manager write its lock file.
#[derive(Debug, PartialEq, Eq)]
pub struct LockForms {
    /// What stands before the version of its form, at the start of one of its first lines.
    pub key: &'static str,
    /// Older forms, each with the release of the tool that installs from it.
    pub releases: &'static [(&'static str, &'static str)],
    /// Older forms that no release does that commands are made for, each with who writes it.
    pub refused: &'static [(&'static str, &'static str)],
    /// The way out of those, as an imperative.
    pub help: &'static str,
    /// How the releases that `package.json` may name begin in its field `packageManager`, where the one that it
    /// names must install; empty where the tool sees to that itself.
    pub named: &'static str,
}

/// A file that belongs to another tool.
#[derive(Debug, PartialEq, Eq)]
pub struct OtherTool {
    /// Its path.
    pub file: &'static str,
    /// The tool.
    pub tool: &'static str,
    /// Whether the lock file beside it is that tool's, whatever its name.
    pub takes_over: bool,
    /// The way out, as an imperative.
    pub help: &'static str,
}

/// The form in which a lock file names packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameList {
    /// TOML with a `[[package]]` for each, those of packages among them.
    UvLock,
    /// JSON with an object `default`, which has a key for each, those of packages among them.
    PipfileLock,
    /// A line for each that was asked for (pip's "requirements file format"); it need not name those
    /// that packages bring along.
    Requirements,
}

/// Where a program comes from.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Tool {
    /// A static binary in an image, which fits every base.
    Binary {
        /// The image's reference, with an exact version.
        image: &'static str,
        /// The program's path in it.
        program: &'static str,
    },
    /// A binary in an image that there is for each libc.
    BinaryOfFlavour {
        /// The image's reference, with an exact version and without a flavour.
        image: &'static str,
        /// The program's path in it.
        program: &'static str,
    },
    /// A package of npm's, installed by this command.
    Npm(&'static [&'static str]),
    /// A package of PyPI's, installed by these commands in an environment of its own.
    Python(&'static [&'static [&'static str]]),
}

impl Tool {
    /// The image and the path to copy from, where there is something to copy.
    pub(super) fn binary(&self, flavour: Flavour) -> Option<(String, &'static str)> {
        match self {
            Tool::Binary { image, program } => Some(((*image).to_owned(), program)),
            Tool::BinaryOfFlavour { image, program } => {
                Some((format!("{image}-{}", flavour.word()), program))
            }
            Tool::Npm(_) | Tool::Python(_) => None,
        }
    }
}

/// A package manager's folder of downloads, for the user root.
#[derive(Debug, PartialEq, Eq)]
pub struct Cache {
    /// Its path.
    pub path: &'static str,
    /// Whether two processes in it at once would harm each other.
    pub locked: bool,
}

impl PackageManager {
    /// The file that the lock is made from, and the lock, where that is another.
    #[must_use]
    pub fn files(&self) -> Vec<&'static str> {
        let mut files = vec![self.manifest];
        files.extend((self.lock != self.manifest).then_some(self.lock));
        files
    }
}

/// Every package manager.
pub const PACKAGE_MANAGERS: &[&PackageManager] = &[
    &NPM, &PNPM, &YARN, &YARN_4, &BUN, &UV, &PIP, &POETRY, &PDM, &PIPENV,
];
