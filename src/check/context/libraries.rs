//! What packages need of the system, where small images don't have it.

use super::packages::SCRIPTS;
use super::programs::{self, fits, locked};
use super::site::Site;
use crate::catalog::libraries::{LibraryNeed, OF_NODE, OF_PYTHON, OF_RUST, WITH_C};
use crate::catalog::version_ranges::VersionRanges;
use crate::check::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::source::Look;

/// The files of languages without a package manager of the recipe's.
const MODULE: &str = "go.mod";
const CRATES: &str = "Cargo.lock";

pub(super) fn looks(site: &Site<'_>) -> Vec<(String, Look)> {
    let file = match site.runtime() {
        "go" => MODULE,
        "rust" => CRATES,
        "node" => return vec![(site.path(SCRIPTS), Look::Content)],
        _ => return Vec::new(),
    };
    vec![(file.to_owned(), Look::Content)]
}

/// Warns of each package that fails without what the system doesn't have.
pub(super) fn check(site: &Site<'_>, found: &mut Findings) {
    match site.runtime() {
        "python" => {
            let Some(names) = programs::names(site) else {
                return;
            };
            for need in OF_PYTHON.iter().filter(|it| names.contains(it.package)) {
                let brought = |name: &String| need.unless.iter().any(|it| fits(name, it));
                if !names.iter().any(brought) {
                    lacks(site, need, found);
                }
            }
        }
        "rust" => {
            let Some(names) = site.toml(CRATES).and_then(|lock| locked(&lock)) else {
                return;
            };
            for need in OF_RUST.iter().filter(|it| names.contains(it.package)) {
                if !need.unless.iter().any(|it| names.contains(*it)) {
                    lacks(site, need, found);
                }
            }
        }
        "node" => of_node(site, found),
        "go" => with_c(site, found),
        _ => {}
    }
}

fn of_node(site: &Site<'_>, found: &mut Findings) {
    let manifest = site.json(&site.path(SCRIPTS));
    let packages = manifest.as_ref().and_then(|it| it.get("dependencies"));
    for need in OF_NODE {
        let Some(version) = packages.and_then(|it| it.get(need.package)) else {
            continue;
        };
        let ranges = version.as_str().and_then(VersionRanges::parse);
        let is_old =
            |ranges: &VersionRanges| (1..need.until).any(|it| ranges.have(&it.to_string()));
        if need.until == 0 || ranges.as_ref().is_some_and(is_old) {
            lacks(site, need, found);
        }
    }
}

fn lacks(site: &Site<'_>, need: &LibraryNeed, found: &mut Findings) {
    let Some(base) = site.base() else {
        return;
    };
    let flavour = base.flavour;
    let own: Vec<&str> = site
        .said
        .system
        .iter()
        .map(|it| it.value.as_str())
        .collect();
    let of_build = site.said.build_system.iter().map(|it| it.value.as_str());
    let both: Vec<&str> = own.iter().copied().chain(of_build).collect();
    let build = need.lacks_to_build(flavour, &both);
    let run = need.lacks_to_run(flavour, &own);
    let lists = match site.runtime() {
        // Its programs ship without the system that they are built on.
        "rust" => [("system", build), ("", Vec::new())],
        _ => [("build_system", build), ("system", run)],
    };
    let lists: Vec<_> = lists.iter().filter(|(_, list)| !list.is_empty()).collect();
    if lists.is_empty() {
        return;
    }
    let names: Vec<_> = lists
        .iter()
        .flat_map(|(_, list)| list.iter().copied())
        .collect();
    let message = format!(
        "`{}` needs `{}` of the system, which the image doesn't have",
        need.package,
        names.join("`, `")
    );
    let words = lists
        .iter()
        .map(|(word, list)| format!("{word} \"{}\"", list.join("\" \"")));
    let add = format!(
        "add to the build: `{}`",
        words.collect::<Vec<_>>().join(", ")
    );
    let help = match need.instead {
        "" => add,
        instead => format!("{add}; or install `{instead}`, which needs none"),
    };
    found.push(Diagnostic::new(Code::LibraryMissing, site.place(), message).help(help));
}

/// Go programs are built without C.
fn with_c(site: &Site<'_>, found: &mut Findings) {
    let required = |line: &str, module: &str| {
        let line = line.trim().trim_start_matches("require ").trim_start();
        let rest = line.strip_prefix(module);
        // `/v2` is a later version of the same.
        rest.is_some_and(|rest| rest.starts_with([' ', '/'])) && !line.contains("// indirect")
    };
    let lines = site.text(MODULE).unwrap_or_default().lines();
    let is_required =
        |(module, _): &&(&str, &str)| lines.clone().any(|line| required(line, module));
    for (module, instead) in WITH_C.iter().filter(is_required) {
        let message = format!("`{module}` is C in part, and the recipe builds without C");
        let help = match *instead {
            "" => "build by a Dockerfile that has a compiler of C: `build dockerfile`".to_owned(),
            instead => format!("use `{instead}`, or build by a Dockerfile: `build dockerfile`"),
        };
        found.push(Diagnostic::new(Code::LibraryMissing, site.place(), message).help(help));
    }
}
