//! What earlier builds left to be known, in the folders of a file's targets.

use super::Failure;
use super::args::{Build, Judge, Next};
use super::lock;
use super::memory::Memory;
use super::output::shown;
use super::survey::read_lock;
use crate::Program;
use crate::backend::{BACKENDS, Deployed};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What earlier builds left, by target.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    /// What may be in clusters by them.
    pub(super) deployed: BTreeMap<Option<String>, Deployed>,
    /// Why that isn't known, where a lock can't be read: whoever writes there would forget it.
    pub(super) unread: BTreeMap<Option<String>, Failure>,
}

/// What earlier builds left for each target. Of what takes no files nothing is asked for, and a damaged lock
/// that may be overwritten stands for nothing.
pub(super) fn look(args: &Build, program: &Program) -> Earlier {
    let mut all = Earlier::default();
    if args.stdout {
        return all;
    }
    for target in targets(program) {
        let folder = folder(args, target.as_deref());
        match read_lock(&folder, args.force) {
            Ok((lock, _)) if !is_of_another(&lock.memory, &folder, &args.file) => {
                all.deployed.insert(target, lock.memory.deployed);
            }
            Ok(_) => {}
            Err(why) => {
                all.unread.insert(target, why);
            }
        }
    }
    all
}

/// Whether a folder is of a source that is there, and another one: whoever takes it over begins anew.
fn is_of_another(memory: &Memory, folder: &Path, file: &Path) -> bool {
    let theirs = memory.source.as_ref().map(|source| folder.join(source));
    let theirs = theirs.and_then(|theirs| fs::canonicalize(theirs).ok());
    theirs.is_some_and(|theirs| fs::canonicalize(file).is_ok_and(|own| own != theirs))
}

/// The targets of a file; the only one of a file without has no name.
fn targets(program: &Program) -> Vec<Option<String>> {
    let targets = program.parsed().file.targets.iter();
    let targets = targets.filter_map(|target| Some(target.name.as_ref()?.value.clone()));
    let targets: Vec<_> = targets.map(Some).collect();
    if targets.is_empty() {
        vec![None]
    } else {
        targets
    }
}

/// The folder of a target.
fn folder(args: &Build, target: Option<&str>) -> PathBuf {
    match target {
        Some(target) if args.holds_targets() => args.folder().join(target),
        Some(_) | None => args.folder().to_owned(),
    }
}

/// The build that would write what an earlier one wrote: for `todoc next`.
pub(super) fn build(args: &Next, program: &Program) -> Result<Build, Failure> {
    let mut build = Build {
        file: args.file.clone(),
        target: args.target.clone(),
        all_targets: false,
        tag: args.tag.clone(),
        tag_from: args.tag_from,
        emit: Vec::new(),
        out: args.out.clone(),
        check: false,
        no_context: false,
        force: false,
        stdout: false,
        watch: false,
        quiet: false,
        judge: Judge {
            deny: Vec::new(),
            report: Vec::new(),
        },
    };
    let target = args
        .target
        .clone()
        .or_else(|| targets(program).swap_remove(0));
    let folder = folder(&build, target.as_deref());
    let (lock, text) = read_lock(&folder, false)?;
    if text.is_none() {
        let message = format!(
            "nothing was built into `{}`: it has no {}",
            shown(&folder),
            lock::NAME
        );
        return Err(Failure::new(message).help("build it first: `todoc build`"));
    }
    let written = BACKENDS.iter().filter(|backend| {
        let mut paths = lock.paths();
        paths.any(|path| backend.writes(path))
    });
    build.emit = written.map(|backend| backend.name.to_owned()).collect();
    Ok(build)
}
