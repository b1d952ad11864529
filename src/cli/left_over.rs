//! Folders that builds of this source wrote for targets which it no longer has.

use super::lock;
use super::read::{self, MOST_ENTRIES, bounds};
use super::survey::read_lock;
use crate::backend::Artifact;
use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};

/// The file that says of which source a folder was made.
const WITNESS: &str = "kustomization.yaml";

/// The folders among `base` and those right below it which were built from this source, and for none
/// of its targets. No build deletes them: a target that is gone may still run, and its files say
/// what it consists of. One that `--out` names may have been built for a target that is there: its lock says
/// for which.
pub(super) fn folders(base: &Path, targets: &[String], artifacts: &[Artifact]) -> Vec<PathBuf> {
    let witness = artifacts.iter().find(|file| file.path == WITNESS);
    let Some(head) = witness.and_then(|file| file.text.lines().next()) else {
        return Vec::new();
    };
    let below = read::entries(base, MOST_ENTRIES).into_iter().flatten();
    let is_target = |entry: &DirEntry| {
        let name = entry.file_name();
        targets.iter().any(|target| name == target.as_str())
    };
    let below = below
        .filter(|entry| !is_target(entry))
        .map(|entry| entry.path());
    let mut folders: Vec<_> = below.collect();
    if !targets.is_empty() {
        folders.push(base.to_owned());
    }
    let is_gone = |folder: &Path| {
        let lock = read_lock(folder, true).map(|(lock, _)| lock);
        match lock.unwrap_or_default().memory.target {
            Some(target) => !targets.contains(&target),
            None => !targets.is_empty(),
        }
    };
    folders.retain(|folder| {
        // What a link leads to is somebody else's.
        let is_file = |path: &Path| fs::symlink_metadata(path).is_ok_and(|it| it.is_file());
        let is_folder = fs::symlink_metadata(folder).is_ok_and(|it| it.is_dir());
        let text = || read::head(&folder.join(WITNESS), bounds::FIRST_LINE).ok();
        is_folder
            && is_file(&folder.join(lock::NAME))
            && text()
                .is_some_and(|text| text.split(|it| *it == b'\n').next() == Some(head.as_bytes()))
            && is_gone(folder)
    });
    folders.sort();
    folders
}
