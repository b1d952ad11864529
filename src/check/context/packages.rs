//! What packages are installed from: manifests, lock files and scripts.

use super::absent;
use super::site::Site;
use crate::catalog::PackageManager;
use crate::catalog::packages::OtherTool;
use crate::check::findings::Findings;
use crate::diag::{Applicability, Code, Diagnostic, Edit};
use crate::source::{Look, Span};

/// The file with the scripts of a package.
pub(super) const SCRIPTS: &str = "package.json";

/// The files of all of them, and of tools that have taken their place.
pub(super) fn looks(site: &Site<'_>) -> Vec<(String, Look)> {
    let files = site.managers().iter().flat_map(|manager| {
        let others = manager.others.iter().map(|other| other.file);
        let marker = (!manager.marker.is_empty()).then_some(manager.marker);
        manager.files().into_iter().chain(others).chain(marker)
    });
    let looks = files.map(|file| (file.to_owned(), Look::Kind));
    let is_named = site.managers().iter().any(|it| it.manifest == SCRIPTS);
    let manifest = is_named.then(|| (SCRIPTS.to_owned(), Look::Content));
    looks.chain(manifest).collect()
}

/// Whether a package manager can install from what is there.
fn is_usable(site: &Site<'_>, manager: &PackageManager) -> bool {
    let files = manager.files();
    let is_its = manager.marker.is_empty() || site.has(manager.marker);
    is_its && files.iter().all(|file| site.has(file)) && taken_over(manager, site).is_none()
}

/// What installs where the text doesn't say it: whoever has a lock file there. Of several it is the one that
/// `package.json` names, or the recipe's first; `None` where neither is there.
pub(super) fn answer(site: &Site<'_>) -> Option<&'static PackageManager> {
    if site.said.packages.is_some() {
        return None;
    }
    let usable = site.managers().iter().copied();
    let usable: Vec<_> = usable.filter(|it| is_usable(site, it)).collect();
    // What has no lock of its own is often written by others, for those who don't have them.
    let locked = usable.iter().filter(|it| it.lock != it.manifest).copied();
    let locked: Vec<_> = locked.collect();
    match (locked.as_slice(), usable.as_slice()) {
        ([one], _) | ([], [one]) => Some(one),
        _ => {
            let named = named(site).map(|(name, _)| name);
            let mut several = locked.iter().copied();
            let first = site.managers().first().copied();
            several
                .clone()
                .find(|it| Some(it.name) == named.as_deref())
                .or_else(|| several.find(|it| first == Some(*it)))
                .or_else(|| of_workspace(site).filter(|_| usable.is_empty()))
        }
    }
}

/// The only package manager that has a lock file in a folder above the context.
fn of_workspace(site: &Site<'_>) -> Option<&'static PackageManager> {
    let managers = site.managers().iter().copied();
    let mut above = managers.filter(|it| absent::has_above(site, it.lock).is_some());
    above.next().filter(|_| above.next().is_none())
}

/// The package manager that `package.json` names, and its version (the field `packageManager`).
pub(super) fn named(site: &Site<'_>) -> Option<(String, String)> {
    let manifest = site.json(SCRIPTS)?;
    let (name, version) = manifest.get("packageManager")?.as_str()?.split_once('@')?;
    Some((name.to_owned(), version.to_owned()))
}

/// Warns where not even the manifest of a package manager is there.
pub(super) fn manifest(site: &Site<'_>) -> Option<Diagnostic> {
    let manager = site.manager?;
    let all = site.managers();
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
    let usable = site.managers().iter().copied();
    let usable: Vec<_> = usable.filter(|it| is_usable(site, it)).collect();
    let others = site.managers().iter().flat_map(|manager| manager.others);
    let other = others.into_iter().find(|other| site.has(other.file));
    found.push(match (usable.as_slice(), other) {
        ([], Some(other)) if site.lacks(manager.lock) => of_another_tool(site, other, manager),
        ([], _) => {
            let names = lacking.join("` and no `");
            let what = format!("`{names}`, which {} installs from", manager.name);
            let mut locks = site.managers().iter().map(|it| it.lock);
            let above = locks.find_map(|lock| absent::has_above(site, lock));
            let has_word = site.recipe.options.contains(&"workspace");
            let help = match above.filter(|_| has_word && site.workspace.is_empty()) {
                Some((above, rest)) => format!(
                    "the lock file of its workspace is in `{above}`: write `build {} \"{above}\" {{ workspace \"{rest}\" }}`",
                    site.recipe.name
                ),
                None => format!("make it, and commit it: `{}`", manager.locked_by),
            };
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
pub(super) fn said(site: &Site<'_>) -> Span {
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
    let package = site.json(manifest)?;
    let scripts = package.as_object()?.get("scripts");
    Some(scripts.cloned().unwrap_or_default())
}
