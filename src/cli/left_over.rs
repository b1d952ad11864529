//! Folders that builds of this source wrote for targets which it no longer has.

use super::lock;
use crate::backend::Artifact;
use std::fs;
use std::path::{Path, PathBuf};

/// The file that says of which source a folder was made.
const WITNESS: &str = "kustomization.yaml";

/// The folders among `base` and those right below it which were built from this source, and for none
/// of its targets. No build deletes them: a target that is gone may still run, and its files say
/// what it consists of.
pub(super) fn folders(base: &Path, targets: &[String], artifacts: &[Artifact]) -> Vec<PathBuf> {
    let witness = artifacts.iter().find(|file| file.path == WITNESS);
    let Some(head) = witness.and_then(|file| file.text.lines().next()) else {
        return Vec::new();
    };
    let below = fs::read_dir(base).into_iter().flatten().flatten();
    let is_target = |entry: &fs::DirEntry| {
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
    folders.retain(|folder| {
        let text = fs::read_to_string(folder.join(WITNESS)).unwrap_or_default();
        folder.join(lock::NAME).is_file() && text.lines().next() == Some(head)
    });
    folders.sort();
    folders
}
