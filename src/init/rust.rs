//! Packages of Cargo: each of their binaries.

use super::candidate::{Candidate, VisitedFolder};
use super::folders::join;
use super::search;
use crate::catalog::EntryKind;

/// The manifest.
const FILE: &str = "Cargo.toml";
/// The most binaries that are looked at.
const MOST: usize = 8;

/// The binaries of the package or workspace in a folder.
pub(super) fn look(at: &VisitedFolder<'_>) -> Vec<Candidate> {
    let Some(manifest) = at
        .text(FILE)
        .and_then(|text| text.parse::<toml::Table>().ok())
    else {
        return Vec::new();
    };
    let mut found: Vec<_> = of(at, at.path, &manifest).into_iter().collect();
    if manifest.contains_key("workspace") {
        for (path, folder) in at.folders.below(at.path) {
            let text = folder.has(FILE).then(|| at.sources.text(&join(path, FILE)));
            let member = text.flatten();
            let member = member.and_then(|text| text.parse::<toml::Table>().ok());
            found.extend(member.and_then(|it| of(at, path, &it)));
        }
    }
    found.truncate(MOST);
    found
}

/// The binary of one package.
fn of(at: &VisitedFolder<'_>, path: &str, manifest: &toml::Table) -> Option<Candidate> {
    let entry = binary(at, path, manifest).filter(|it| EntryKind::Binary.admits(it))?;
    let mut found = Candidate::new(at, "rust", format!("{} is there", join(path, FILE)));
    found.port = search::port_in(at.sources, path, &["rs"]);
    if found.port.is_none() {
        found.lacks_port(path);
    }
    if path != at.path {
        found.name = Some(entry.clone());
    }
    found.entry = Some(entry);
    let lists = [
        Some(manifest),
        manifest.get("workspace").and_then(toml::Value::as_table),
    ];
    for list in lists.into_iter().flatten() {
        let list = list.get("dependencies").and_then(toml::Value::as_table);
        for (name, said) in list.into_iter().flatten() {
            let features = said.get("features").and_then(toml::Value::as_array);
            let features = features
                .into_iter()
                .flatten()
                .filter_map(toml::Value::as_str);
            found
                .packages
                .extend(features.map(|it| format!("{name}/{it}")));
            found.packages.push(name.clone());
        }
    }
    Some(found)
}

/// The one that is meant where several are there: what `cargo run` would run, or the first.
fn binary(at: &VisitedFolder<'_>, path: &str, manifest: &toml::Table) -> Option<String> {
    let package = manifest.get("package")?.as_table()?;
    let text = |value: &toml::Value| value.as_str().map(str::to_owned);
    if let Some(name) = package.get("default-run").and_then(text) {
        return Some(name);
    }
    let has = |folder: &str, file: &str| {
        let names = at.sources.list(&join(path, folder)).unwrap_or_default();
        names
            .into_iter()
            .any(|(name, is_folder)| name == file && !is_folder)
    };
    if has("src", "main.rs") {
        return package.get("name").and_then(text);
    }
    let said = manifest.get("bin").and_then(toml::Value::as_array);
    if let Some(name) = said.and_then(|it| it.first()?.get("name").and_then(text)) {
        return Some(name);
    }
    let files = at.sources.list(&join(path, "src/bin")).unwrap_or_default();
    let mut names = files
        .into_iter()
        .filter_map(|(name, _)| Some(name.strip_suffix(".rs")?.to_owned()));
    names.next()
}
