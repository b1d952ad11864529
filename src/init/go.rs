//! Modules of Go: each of their programs.

use super::Sources;
use super::candidate::{Candidate, VisitedFolder};
use super::folders::join;
use super::search;
use crate::catalog::EntryKind;

/// The manifest.
const FILE: &str = "go.mod";
/// The folder of programs, by convention.
const PROGRAMS: &str = "cmd";
/// The most programs of one module that are looked at.
const MOST: usize = 8;
/// The most files of a folder that are read for their package's name.
const MOST_FILES: usize = 50;

/// The programs of the module in a folder.
pub(super) fn look(at: &VisitedFolder<'_>) -> Vec<Candidate> {
    let Some(module) = at.text(FILE) else {
        return Vec::new();
    };
    let mut entries = Vec::new();
    if is_program(at.sources, at.path) {
        entries.push((None, ".".to_owned()));
    }
    let programs = at.sources.list(&at.path_of(PROGRAMS)).unwrap_or_default();
    for (name, _) in programs.into_iter().filter(|(_, is_folder)| *is_folder) {
        let entry = format!("./{PROGRAMS}/{name}");
        let folder = join(&at.path_of(PROGRAMS), &name);
        if EntryKind::Package.admits(&entry) && is_program(at.sources, &folder) {
            entries.push((Some(name), entry));
        }
    }
    let packages = required(&module);
    let found = entries.into_iter().take(MOST).map(|(name, entry)| {
        let mut found = Candidate::new(at, "go", format!("{} is there", at.path_of(FILE)));
        let folder = name.as_ref().map(|name| join(&at.path_of(PROGRAMS), name));
        found.port = match &folder {
            Some(folder) => search::port_in(at.sources, folder, &["go"]),
            None => search::port(at, &["go"]),
        };
        if found.port.is_none() {
            found.lacks_port(folder.as_deref().unwrap_or(at.path));
        }
        found.name = name;
        found.entry = Some(entry);
        found.packages.clone_from(&packages);
        found
    });
    found.collect()
}

/// Whether a folder holds a program.
fn is_program(sources: &dyn Sources, folder: &str) -> bool {
    let names = sources.list(folder).unwrap_or_default().into_iter();
    let files = names.filter(|(name, is_folder)| {
        let stem = name.strip_suffix(".go");
        !is_folder && stem.is_some_and(|stem| !stem.ends_with("_test"))
    });
    files.take(MOST_FILES).any(|(name, _)| {
        let text = sources.text(&join(folder, &name));
        text.is_some_and(|text| text.lines().any(|line| line.trim_end() == "package main"))
    })
}

/// The modules that a module requires.
fn required(module: &str) -> Vec<String> {
    let lines = module
        .lines()
        .map(|it| it.trim().trim_start_matches("require ").trim());
    let names = lines.filter_map(|line| line.split_whitespace().next());
    names
        .filter(|it| it.contains('/'))
        .map(str::to_owned)
        .collect()
}
