//! Scripts of a package that run while packages are installed: its sources aren't there yet.

use super::packages::{self, SCRIPTS};
use super::site::Site;
use crate::check::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::source::Look;

/// The scripts that package managers run when they have installed.
const HOOKS: &[&str] = &["preinstall", "install", "postinstall", "prepare"];

/// A program that such scripts run, and that reads sources.
struct EarlyProgram {
    name: &'static str,
    /// What comes of it, and the way out.
    help: &'static str,
}

const PROGRAMS: &[EarlyProgram] = &[
    EarlyProgram {
        name: "prisma generate",
        help: "the sources come later, so that it finds no schema and fails: run it in `build`, as in `\"prisma generate && tsc\"`",
    },
    EarlyProgram {
        name: "patch-package",
        help: "the sources come later, so that it finds no patches and changes nothing: copy them before it in a Dockerfile of your own, by `build dockerfile`",
    },
];

/// The manifests of what is installed: the context's, and that of the package in it which is built.
fn manifests(site: &Site<'_>) -> Vec<String> {
    let has_scripts = site
        .manager
        .is_some_and(|manager| manager.manifest == SCRIPTS);
    let mut all = if has_scripts {
        vec![SCRIPTS.to_owned(), site.path(SCRIPTS)]
    } else {
        Vec::new()
    };
    all.dedup();
    all
}

pub(super) fn looks(site: &Site<'_>) -> Vec<(String, Look)> {
    let all = manifests(site).into_iter();
    all.map(|path| (path, Look::Content)).collect()
}

/// Warns of scripts that fail, or do nothing.
pub(super) fn check(site: &Site<'_>, found: &mut Findings) {
    for path in manifests(site) {
        let Some(scripts) = packages::scripts(site, &path) else {
            continue;
        };
        for hook in HOOKS {
            let script = scripts[*hook].as_str().unwrap_or_default();
            let Some(program) = PROGRAMS.iter().find(|it| script.contains(it.name)) else {
                continue;
            };
            let (file, name) = (site.shown(&path), program.name);
            let message = format!("`{hook}` in `{file}` runs `{name}` too early");
            let diagnostic = Diagnostic::new(Code::EarlyScript, site.place(), message);
            found.push(diagnostic.help(program.help));
        }
    }
}
