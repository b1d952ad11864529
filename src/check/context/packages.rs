//! What packages are installed from: manifests, lock files and scripts.

use super::site::Site;
use crate::catalog::PackageManager;
use crate::catalog::packages::OtherTool;
use crate::check::findings::Findings;
use crate::diag::{Applicability, Code, Diagnostic, Edit};
use crate::source::{Look, Span};

/// The file with the scripts of a package.
pub(super) const SCRIPTS: &str = "package.json";

/// The package managers that the recipe works with.
fn managers(site: &Site<'_>) -> &'static [&'static PackageManager] {
    site.recipe.plan.as_ref().map_or(&[], |plan| plan.packages)
}

/// The files of all of them, and of tools that have taken their place.
pub(super) fn looks(site: &Site<'_>) -> Vec<(String, Look)> {
    let files = managers(site).iter().flat_map(|manager| {
        let others = manager.others.iter().map(|other| other.file);
        manager.files().into_iter().chain(others)
    });
    files.map(|file| (file.to_owned(), Look::Kind)).collect()
}

/// Warns where not even the manifest of a package manager is there.
pub(super) fn manifest(site: &Site<'_>) -> Option<Diagnostic> {
    let manager = site.manager?;
    let all = managers(site);
    let others = all.iter().flat_map(|manager| manager.others);
    let is_there = |manager: &&PackageManager| !site.lacks(manager.manifest);
    if all.iter().any(is_there) || others.into_iter().any(|other| site.has(other.file)) {
        return None;
    }
    let what = format!(
        "`{}`, which {} installs from",
        manager.manifest, manager.name
    );
    let lacking = site.lacking(site.place(), &what);
    Some(lacking.help(format!(
        "build from the folder that holds it, as in `build {} \"./…\"`",
        site.recipe.name
    )))
}

/// Warns where the package manager can't install from what is there.
pub(super) fn check(site: &Site<'_>, found: &mut Findings) {
    let Some(manager) = site.manager else {
        return;
    };
    if let Some(other) = taken_over(manager, site) {
        found.push(of_another_tool(site, other, manager));
        return;
    }
    let files = manager.files().into_iter();
    let lacking: Vec<_> = files.filter(|file| site.lacks(file)).collect();
    if lacking.is_empty() {
        return;
    }
    let usable = |other: &&&PackageManager| {
        let files = other.files();
        files.iter().all(|file| site.has(file)) && taken_over(other, site).is_none()
    };
    let usable: Vec<_> = managers(site).iter().filter(usable).copied().collect();
    let others = managers(site).iter().flat_map(|manager| manager.others);
    let other = others.into_iter().find(|other| site.has(other.file));
    found.push(match (usable.as_slice(), other) {
        ([], Some(other)) if site.lacks(manager.lock) => of_another_tool(site, other, manager),
        ([], _) => {
            let names = lacking.join("` and no `");
            let what = format!("`{names}`, which {} installs from", manager.name);
            let help = format!("make it, and commit it: `{}`", manager.locked_by);
            site.lacking(said(site), &what).help(help)
        }
        ([one], _) => {
            let edit = match &site.said.packages {
                Some(said) => Edit::replace(said.span, one.name),
                None => Edit::add(site.said.span, format!("packages {}", one.name)),
            };
            let title = format!("install with it: `packages {}`", one.name);
            of_another(site, &usable, &lacking, manager).edit(Applicability::Maybe, title, edit)
        }
        (several, _) => {
            let names: Vec<_> = several.iter().map(|one| one.name).collect();
            let names = names.join("`, `packages ");
            of_another(site, &usable, &lacking, manager)
                .help(format!("say which it is, of `packages {names}`"))
        }
    });
}

/// Where it is said what installs.
fn said(site: &Site<'_>) -> Span {
    let said = site.said.packages.as_ref();
    said.map_or(site.place(), |said| said.span)
}

/// The other tool whose files the package manager's own can't be told from, where it has some.
fn taken_over(manager: &PackageManager, site: &Site<'_>) -> Option<&'static OtherTool> {
    let mut others = manager.others.iter();
    others.find(|other| site.has(manager.lock) && site.has(other.file) && other.takes_over)
}

fn of_another(
    site: &Site<'_>,
    others: &[&PackageManager],
    lacking: &[&str],
    manager: &PackageManager,
) -> Diagnostic {
    let locks: Vec<_> = others.iter().map(|one| one.lock).collect();
    let message = format!(
        "`{}` has `{}` and no `{}`, which {} installs from",
        site.context.value,
        locks.join("`, `"),
        lacking.join("` and no `"),
        manager.name
    );
    Diagnostic::new(Code::OtherLock, said(site), message)
}

fn of_another_tool(site: &Site<'_>, other: &OtherTool, manager: &PackageManager) -> Diagnostic {
    let message = format!(
        "`{}` is a file of {}, and the build installs from `{}`",
        site.shown(other.file),
        other.tool,
        manager.lock
    );
    Diagnostic::new(Code::OtherLock, said(site), message).help(other.help)
}

/// Warns where the build runs a script that there isn't.
pub(super) fn script(site: &Site<'_>, script: &str, found: &mut Findings) {
    let path = site.path(SCRIPTS);
    if let Some(false) = has_script(site, &[script]) {
        let what = format!("script `{script}` in `{path}`");
        let help = format!("add it to the `scripts` of `{}`", site.shown(&path));
        found.push(site.lacking(site.place(), &what).help(help));
    }
}

/// Whether a package has one of these scripts; `None` where that can't be known.
pub(super) fn has_script(site: &Site<'_>, names: &[&str]) -> Option<bool> {
    let scripts = scripts(site, &site.path(SCRIPTS))?;
    Some(names.iter().any(|name| scripts.get(name).is_some()))
}

/// The scripts of a package, by their names in its manifest; `None` where that can't be read.
pub(super) fn scripts(site: &Site<'_>, manifest: &str) -> Option<serde_json::Value> {
    let mut package: serde_json::Value = serde_json::from_str(site.text(manifest)?).ok()?;
    let scripts = package.as_object_mut()?.get_mut("scripts");
    Some(scripts.map(serde_json::Value::take).unwrap_or_default())
}
