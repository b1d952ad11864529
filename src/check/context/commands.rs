//! Whether an image has the programs that commands name.

use super::packages::SCRIPTS;
use super::programs;
use super::site::Site;
use crate::catalog::commands::is_python;
use crate::catalog::programs::{OF_BUILDS, OF_NODE, OF_PYTHON, PackagedProgram, missing_of_system};
use crate::check::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

/// Programs of Node.js's own.
const WITH_NODE: &[&str] = &["node", "npm", "npx"];

/// Warns of the first program that the image of a site doesn't have. `written` is the first word of the command
/// and its place; `layers` are the commands that it comes to, each with whether a script has it.
pub(super) fn check(
    site: &Site<'_>,
    written: (&str, Span),
    layers: &[(&[String], bool)],
    found: &mut Findings,
) {
    let (first, place) = written;
    let mut before: Option<&str> = None;
    for (words, is_of_script) in layers {
        let Some(name) = words.first().map(String::as_str) else {
            continue;
        };
        let is_path = before.is_none() && first.contains('/');
        let is_of_system =
            is_path && (first.starts_with("/bin/") || first.starts_with("/usr/bin/"));
        let is_bare = before.is_none() && !is_path;
        let lacks = match site.runtime() {
            // A path may be that of a file of `data`.
            _ if is_path && !is_of_system => None,
            "go" | "rust" => (is_bare || is_of_system).then(|| alone(site, name)),
            "nginx" => served(site, name),
            "node" if site.recipe.name == "vite" => served(site, name),
            "node" => of_builds(site, name)
                .or_else(|| of_node(site, name, is_bare && !is_of_script))
                .or_else(|| of_system(site, name)),
            "python" => {
                let row = OF_PYTHON.iter().find(|row| row.program == name);
                if let Some(row) = row {
                    python(site, row, place, found);
                }
                let is_of_node = WITH_NODE.contains(&name);
                let of_node = is_of_node.then(|| {
                    has_no(site, name, "it is an image of Python").help(
                        "build what needs Node.js in a tier of its own, or by a Dockerfile: `build dockerfile`",
                    )
                });
                of_node
                    .or_else(|| of_builds(site, name))
                    .or_else(|| of_system(site, name))
            }
            _ => None,
        };
        if let Some(diagnostic) = lacks {
            let mut diagnostic = diagnostic;
            diagnostic.primary.span = place;
            found.push(diagnostic);
            return;
        }
        before = Some(name);
    }
}

fn has_no(site: &Site<'_>, name: &str, why: &str) -> Diagnostic {
    let message = format!("the image has no `{name}`: {why}");
    Diagnostic::new(Code::ProgramMissing, site.place(), message)
}

/// A program that is all that an image holds.
fn alone(site: &Site<'_>, name: &str) -> Diagnostic {
    has_no(site, name, "it holds the application's own program alone").help(
        "start that: `\"/app/server\"` and its arguments, or build by a Dockerfile: `build dockerfile`",
    )
}

/// A server of files, without the runtime that they were built with.
fn served(site: &Site<'_>, name: &str) -> Option<Diagnostic> {
    let is_gone = WITH_NODE.contains(&name) || is_python(name);
    is_gone.then(|| {
        has_no(
            site,
            name,
            "nginx serves the files, and nothing else is there",
        )
        .help("run it in a `job` or a tier that is built by `build node`")
    })
}

/// What installs packages stays behind where it did.
fn of_builds(site: &Site<'_>, name: &str) -> Option<Diagnostic> {
    let (_, instead) = OF_BUILDS.iter().find(|(program, _)| *program == name)?;
    Some(has_no(site, name, "what installs packages doesn't ship").help(*instead))
}

fn of_system(site: &Site<'_>, name: &str) -> Option<Diagnostic> {
    let base = site.base()?;
    let installed = site.said.system.iter().map(|it| it.value.as_str());
    let package = missing_of_system(name, &base, installed)?;
    let why = format!("`{}` is a small one", base.reference());
    Some(has_no(site, name, &why).help(format!("add it to the build: `system \"{package}\"`")))
}

/// A program of a package of npm's.
fn of_node(site: &Site<'_>, name: &str, is_bare: bool) -> Option<Diagnostic> {
    let row = OF_NODE.iter().find(|row| row.program == name)?;
    if site.recipe.name == "nextjs" {
        let why = "a Next.js server ships with what it imports alone";
        return Some(
            has_no(site, name, why)
                .help("run it in a `job` of its own, whose image keeps the packages: `build node`"),
        );
    }
    if is_bare {
        let message = format!("`{name}` isn't found: it is a program of a package");
        let diagnostic = Diagnostic::new(Code::ProgramMissing, site.place(), message);
        return Some(diagnostic.help(format!("write `\"npx\" \"{name}\"`")));
    }
    pruned(site, row.package)
}

/// What to say of a package that the image doesn't have, since only the build needs it.
pub(super) fn pruned(site: &Site<'_>, package: &str) -> Option<Diagnostic> {
    let path = site.path(SCRIPTS);
    let manifest = site.json(&path)?;
    let has = |list: &str| {
        let list = manifest.get(list);
        list.is_some_and(|list| list.get(package).is_some())
    };
    if !has("devDependencies") || has("dependencies") {
        return None;
    }
    let message = format!(
        "`{package}` is among the `devDependencies` of `{}`, which the image doesn't have",
        site.shown(&path)
    );
    let diagnostic = Diagnostic::new(Code::ProgramMissing, site.place(), message);
    Some(diagnostic.help(format!("move `{package}` to the `dependencies` there")))
}

/// A program of a package of PyPI's. Where packages that others bring along aren't named, one that is called
/// like it may bring it.
fn python(site: &Site<'_>, row: &PackagedProgram, place: Span, found: &mut Findings) {
    let like = format!("*{}*", row.package);
    let brought_by: &[&str] = match row.package {
        "alembic" => &[&like, "flask-migrate"],
        "django" => &[&like, "wagtail*"],
        "uvicorn" => &[&like, "fastapi*", "mcp", "*chat*"],
        _ => &[&like],
    };
    programs::check(site, (row.package, place), brought_by, found);
}
