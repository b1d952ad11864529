//! The programs of Go modules and Cargo packages, as far as the sources name them.

use super::site::Site;
use crate::catalog::EntryKind;
use crate::source::{Look, Seen};
use serde_json::Value;
use std::collections::BTreeSet;

/// Folder of a Go module's programs, by convention.
pub(super) const PROGRAMS: &str = "cmd";
/// Files of Go in which a program may be: in the context, and below it.
const GO_FILES: &str = "*.go";
const GO_MAINS: [&str; 2] = ["cmd/*/main.go", "*/main.go"];

/// The package of a program.
const MAIN_PACKAGE: &str = "main";

/// A Cargo package, and where its binaries are without a word there.
pub(super) const CARGO: &str = "Cargo.toml";
const MAIN: &str = "src/main.rs";
const BINARIES: &str = "src/bin";
/// Where members of a workspace are looked for.
const MEMBERS: [&str; 2] = ["*", "*/*"];

/// What to look at for the programs of a Go module.
pub(super) fn looks_of_go() -> Vec<(String, Look)> {
    let files = GO_MAINS.iter().chain([&GO_FILES, &PROGRAMS]);
    files
        .map(|path| ((*path).to_owned(), Look::Content))
        .collect()
}

/// What to look at for the binaries of a Cargo package or workspace.
pub(super) fn looks_of_cargo() -> Vec<(String, Look)> {
    let of = |folder: &str| {
        [
            (below(folder, CARGO), Look::Content),
            (below(folder, MAIN), Look::Kind),
            (below(folder, BINARIES), Look::Content),
        ]
    };
    let folders = [""].into_iter().chain(MEMBERS);
    folders.flat_map(of).collect()
}

/// Whether it is certain that the context has files of Go, and none of a program.
pub(super) fn is_library(site: &Site<'_>) -> bool {
    let files = site.names(GO_FILES).unwrap_or_default();
    let mut files = files.iter().filter(|it| !it.ends_with("_test.go"));
    let is_none = |file: &String| {
        let package = site.text(file).and_then(package);
        package.is_some_and(|name| name != MAIN_PACKAGE)
    };
    files.clone().next().is_some() && files.all(is_none)
}

/// The folders of programs of a module that has none in its own; `None` where they can't be known.
pub(super) fn go_programs(site: &Site<'_>) -> Option<Vec<String>> {
    let mut programs = Vec::new();
    // Those of another folder may be tools.
    for pattern in GO_MAINS {
        if !programs.is_empty() {
            break;
        }
        for file in site.names(pattern)? {
            if is_main(site.text(file)?) {
                programs.push(format!("./{}", file.trim_end_matches("/main.go")));
            }
        }
    }
    if programs.is_empty() {
        let names = site.names(PROGRAMS).unwrap_or_default().iter();
        programs.extend(names.map(|name| format!("./{PROGRAMS}/{name}")));
    }
    programs.retain(|path| EntryKind::Package.admits(path));
    Some(programs)
}

/// Whether a file of Go is of a program.
fn is_main(text: &str) -> bool {
    package(text) == Some(MAIN_PACKAGE)
}

/// The package that a file of Go says it is of; empty where it is run by hand, and in no package.
fn package(text: &str) -> Option<&str> {
    let mut lines = text.lines().map(str::trim);
    let is_by_hand = |line: &str| line.starts_with("//go:build") && line.ends_with("ignore");
    let line = lines.find(|line| line.starts_with("package ") || is_by_hand(line))?;
    match line.strip_prefix("package ") {
        Some(rest) => rest.split([' ', '/', ';']).find(|it| !it.is_empty()),
        None => Some(""),
    }
}

/// The binaries that `cargo build` finds by their names; `None` where they can't be known. Of a package that says
/// which one is meant it is that alone, where the `meant` are asked for.
pub(super) fn of_cargo(site: &Site<'_>, meant: bool) -> Option<Vec<String>> {
    let mut names = Vec::new();
    for folder in built_by_default(site)? {
        let manifest = site.toml(&below(&folder, CARGO))?;
        let default = manifest.get("package").filter(|_| meant);
        match default.and_then(|it| it.get("default-run")?.as_str()) {
            Some(name) => names.push(name.to_owned()),
            None => names.extend(binaries_of(site, &folder, &manifest, meant)?),
        }
    }
    names.sort();
    names.dedup();
    Some(names)
}

/// The folders of the packages that `cargo build` builds where nothing else is said.
fn built_by_default(site: &Site<'_>) -> Option<Vec<String>> {
    let manifest = site.toml(CARGO)?;
    let own = || Some(vec![String::new()]);
    let Some(workspace) = manifest.get("workspace") else {
        return own();
    };
    let list = |key: &str| workspace.get(key).and_then(Value::as_array);
    let left_out: Vec<_> = list("exclude").into_iter().flatten().collect();
    match list("default-members") {
        None if manifest.get("package").is_some() => own(),
        said => {
            let patterns = said.or_else(|| list("members"))?;
            let mut folders = BTreeSet::new();
            for pattern in patterns {
                folders.extend(members(site, pattern.as_str()?)?);
            }
            folders.retain(|folder| left_out.iter().all(|it| it.as_str() != Some(folder)));
            Some(folders.into_iter().collect())
        }
    }
}

/// The folders that a word of the list of members stands for.
fn members(site: &Site<'_>, pattern: &str) -> Option<Vec<String>> {
    let pattern = pattern.trim_start_matches("./").trim_end_matches('/');
    if pattern == "." || pattern.is_empty() {
        return Some(vec![String::new()]);
    }
    let depth = pattern.split('/').count();
    let all = site.names(&below(MEMBERS.get(depth - 1)?, CARGO))?;
    let folders = all
        .iter()
        .filter_map(|path| path.strip_suffix(CARGO)?.strip_suffix('/'));
    let fits = |folder: &&str| {
        let mut parts = folder.split('/').zip(pattern.split('/'));
        parts.all(|(name, part)| part == "*" || part == name)
    };
    let folders: Vec<_> = folders.filter(fits).map(str::to_owned).collect();
    // Patterns of other kinds, and folders that nobody looked into.
    let is_known = pattern.contains('*') || !folders.is_empty();
    let is_plain = pattern
        .split('/')
        .all(|part| part == "*" || !part.contains(['*', '?', '[']));
    (is_known && is_plain).then_some(folders)
}

/// The binaries of one package. Those that need features aren't `meant`.
fn binaries_of(
    site: &Site<'_>,
    folder: &str,
    manifest: &Value,
    meant: bool,
) -> Option<Vec<String>> {
    let package = manifest.get("package")?.as_object()?;
    let (mut names, mut taken) = (Vec::new(), BTreeSet::new());
    let said = manifest.get("bin").and_then(Value::as_array);
    for bin in said.into_iter().flatten() {
        let name = bin.get("name")?.as_str()?;
        let path = bin.get("path").and_then(Value::as_str);
        taken.insert(path.map_or_else(|| format!("{BINARIES}/{name}.rs"), str::to_owned));
        if !meant || bin.get("required-features").is_none() {
            names.push(name.to_owned());
        }
    }
    if package.get("autobins").and_then(Value::as_bool) == Some(false) {
        return Some(names);
    }
    if !taken.contains(MAIN) && is_there(site, folder, MAIN)? {
        names.push(package.get("name")?.as_str()?.to_owned());
    }
    if is_there(site, folder, BINARIES)? {
        for file in site.names(&below(folder, BINARIES))? {
            let stem = file.strip_suffix(".rs");
            let stem = stem.or_else(|| (!file.contains('.')).then_some(file));
            let paths = [
                format!("{BINARIES}/{file}"),
                format!("{BINARIES}/{file}/main.rs"),
            ];
            names.extend(
                stem.filter(|_| paths.iter().all(|path| !taken.contains(path)))
                    .map(str::to_owned),
            );
        }
    }
    Some(names)
}

/// Whether a package has a file or folder; `None` where that can't be known.
fn is_there(site: &Site<'_>, folder: &str, path: &str) -> Option<bool> {
    if let Some(seen) = site.seen(&below(folder, path)) {
        return Some(*seen != Seen::Nothing);
    }
    // Of what fits a pattern all was seen.
    let depth = folder.split('/').count();
    let all = site.names(&below(MEMBERS.get(depth - 1)?, path));
    all.map(|_| false)
}

/// A path below a folder, of which the empty one is the context.
fn below(folder: &str, path: &str) -> String {
    match folder {
        "" => path.to_owned(),
        folder => format!("{folder}/{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::package;

    #[test]
    fn files_of_go_say_their_package() {
        for (text, expected) in [
            ("package main\n", Some("main")),
            ("// Package main runs.\npackage  main // it\n", Some("main")),
            ("package shop\n", Some("shop")),
            ("//go:build ignore\n\npackage main\n", Some("")),
            ("//go:build linux\n\npackage main\n", Some("main")),
            ("", None),
        ] {
            assert_eq!(package(text), expected, "{text}");
        }
    }
}
