//! Files of a folder use each other in no circle: each can be read after those that it uses.
//!
//! A folder in it counts as one file. Its `mod.rs` isn't asked, for it ties the folder together;
//! what it exports of a file beside it is that file's.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::house::{Source, paths, sources};
use crate::support::report;

/// What each file of a folder uses of that folder.
type Uses = BTreeMap<String, BTreeSet<String>>;

/// The module of a folder, which is empty for `src`.
fn folder_of(source: &Source) -> Option<&str> {
    match source.path.as_str() {
        "lib.rs" => Some(""),
        path => path.ends_with("/mod.rs").then_some(source.module.as_str()),
    }
}

/// The way from `src` to a module or what is in it.
fn names(path: &str) -> Vec<&str> {
    path.split("::").filter(|name| !name.is_empty()).collect()
}

/// What each `mod.rs` has of the files beside it, and what that is there.
fn exports(sources: &[Source], modules: &BTreeSet<String>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for source in sources {
        let Some(folder) = folder_of(source) else {
            continue;
        };
        for path in paths(&source.code, &source.module) {
            let inner = [names(folder), names(&path)].concat().join("::");
            if let Some((owner, item)) = inner.rsplit_once("::")
                && modules.contains(owner)
            {
                let outer = [names(folder), vec![item]].concat().join("::");
                found.insert(outer, inner);
            }
        }
    }
    found
}

/// Who uses whom, by folder.
fn uses(sources: &[Source]) -> BTreeMap<String, Uses> {
    let mut modules = BTreeSet::new();
    for source in sources {
        let names = names(&source.module);
        modules.extend((1..=names.len()).map(|end| names[..end].join("::")));
    }
    let exports = exports(sources, &modules);
    let mut found: BTreeMap<String, Uses> = BTreeMap::new();
    for source in sources.iter().filter(|it| it.module != "lib") {
        for path in paths(&source.code, &source.module) {
            let Some(path) = path.strip_prefix("crate::") else {
                continue;
            };
            let inner = exports.get(path).filter(|_| !modules.contains(path));
            let other = names(inner.map_or(path, String::as_str));
            let own = names(&source.module);
            let shared = own.iter().zip(&other).take_while(|(a, b)| a == b).count();
            // Else one of the two is the folder of the other.
            if let (Some(user), Some(used)) = (own.get(shared), other.get(shared))
                && modules.contains(&other[..=shared].join("::"))
            {
                let folder = found.entry(own[..shared].join("::")).or_default();
                let all = folder.entry((*user).to_owned()).or_default();
                all.insert((*used).to_owned());
            }
        }
    }
    found
}

/// The shortest way from a file over others back to it, which it begins and ends with.
fn circle<'a>(start: &'a str, uses: &'a Uses) -> Option<Vec<&'a str>> {
    let mut ways = VecDeque::from([vec![start]]);
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop_front() {
        for next in uses.get(*way.last()?).into_iter().flatten() {
            let longer = [way.as_slice(), &[next.as_str()]].concat();
            if next == start {
                return Some(longer);
            }
            if seen.insert(next) {
                ways.push_back(longer);
            }
        }
    }
    None
}

/// The circles in all folders; of those that share a file, one may stand for the others.
fn circles(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for (folder, uses) in &uses(sources) {
        let mut told = BTreeSet::new();
        for file in uses.keys() {
            if !told.contains(file.as_str())
                && let Some(circle) = circle(file, uses)
            {
                let folder = names(folder).join("/");
                found.push(format!("src/{folder}: {}", circle.join(" → ")));
                told.extend(circle);
            }
        }
    }
    found
}

#[test]
fn files_of_a_folder_form_no_circle() {
    report(&circles(&sources()));
}

#[test]
fn circles_are_found_by_way_of_folders_and_exports() {
    let around = [
        ("lib", "pub mod a;\nmod b;\npub use b::made;"),
        (
            "a/mod",
            "mod x;\nmod y;\nmod z;\npub use y::{Y, other};\nuse z::run;",
        ),
        ("a/x", "use super::{Y, z};\nuse crate::a::x::Own;"),
    ];
    let with = |more: &[(&str, &str)]| {
        let mut all: Vec<_> = around.map(|(path, code)| Source::of(path, code)).into();
        all.extend(more.iter().map(|(path, code)| Source::of(path, code)));
        circles(&all)
    };
    let none: [&str; 0] = [];
    let right = [
        ("a/y", "use super::Shared;\nuse super::z::deep::Deep;"),
        ("a/z/mod", "mod deep;\nuse deep::Deep;"),
        ("a/z/deep", "use super::Settings;\nuse std::x::Y;"),
        ("b", "use crate::a::x::Own;"),
    ];
    assert_eq!(with(&right), none);
    let by_export = [("a/y", "fn y() { super::x::run(); }")];
    assert_eq!(with(&by_export), ["src/a: x → y → x"]);
    let from_below = [
        ("a/z/mod", "mod deep;"),
        ("a/z/deep", "use super::super::x::Own;"),
    ];
    assert_eq!(with(&from_below), ["src/a: x → z → x"]);
    let of_three = [
        ("a/y", "use super::{z, z::Z};"),
        ("a/z", "use crate::a::x;"),
    ];
    assert_eq!(
        with(&of_three),
        ["src/a: x → z → x", "src/a: y → z → x → y"]
    );
    let at_the_root = [("a/y", "use crate::made;"), ("b", "use crate::a::x;")];
    assert_eq!(with(&at_the_root), ["src/: a → b → a"]);
}
