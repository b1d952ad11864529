//! Modules and scripts of Python, and the objects that they make.

use super::programs;
use super::site::{Missing, Site};
use crate::catalog::frameworks::{FASTAPI, made};
use crate::catalog::{EntryKind, is_python_file};
use crate::source::{Look, Seen};

/// Folders that modules of Python are found in, the second where the project is installed.
const ROOTS: [&str; 2] = ["", "src/"];
/// The project of a Python package.
const PROJECT: &str = "pyproject.toml";
/// Packages that start by themselves, and modules that often make the application.
const PACKAGES: [&str; 2] = ["*/__main__.py", "src/*/__main__.py"];
const MODULES: [&str; 2] = ["*/main.py", "src/*/main.py"];

/// What to look at for an entry, which is empty where nobody says one.
pub(super) fn looks(site: &Site<'_>, text: &str, others: &[&str]) -> Vec<(String, Look)> {
    let kind = |path: String| (path, Look::Kind);
    let said = Some(text).filter(|text| !text.is_empty());
    let modules = said.into_iter().chain(others.iter().copied());
    let paths = modules.flat_map(|entry| {
        if is_python_file(entry) {
            return vec![entry.to_owned()];
        }
        [module_files(module(entry)), module_files(top(entry))].concat()
    });
    let folders = said.map(top).into_iter();
    let folders = folders.flat_map(|top| ROOTS.map(|root| format!("{root}{top}")));
    let mut looks: Vec<_> = paths.chain(folders).map(kind).collect();
    looks.push((PROJECT.to_owned(), Look::Content));
    if site.said.entry.is_none() {
        match site.recipe.name {
            "python" => looks.extend(PACKAGES.map(|it| kind(it.to_owned()))),
            "fastapi" => {
                let files = own_modules(text, others).map(|(_, file)| file);
                let files = files.chain(MODULES.map(str::to_owned));
                looks.extend(files.map(|file| (file, Look::Content)));
            }
            _ => {}
        }
    }
    looks.extend(programs::looks(site));
    looks
}

/// The modules and scripts that may be meant where nobody says one.
pub(super) fn candidates(site: &Site<'_>, others: &[&str]) -> Vec<String> {
    let scripts = python_others(site, others).map(str::to_owned);
    let mut found: Vec<_> = scripts.collect();
    for (pattern, root) in PACKAGES.iter().zip(ROOTS) {
        let files = site.names(pattern).unwrap_or_default().iter();
        let names = files.filter_map(|file| file.strip_prefix(root)?.strip_suffix("/__main__.py"));
        let names = names.filter(|_| root.is_empty() || is_installed(site));
        found.extend(
            names
                .filter(|it| EntryKind::Module.admits(it))
                .map(str::to_owned),
        );
    }
    found
}

/// The one application of FastAPI's that the sources make, where it isn't the usual one.
pub(super) fn application(site: &Site<'_>, usual: &str, others: &[&str]) -> Option<String> {
    let project = site.toml(PROJECT);
    let said = project.and_then(|it| {
        let entry = it.get("tool")?.get("fastapi")?.get("entrypoint")?.as_str();
        Some(entry?.to_owned())
    });
    if let Some(said) = said.filter(|said| EntryKind::Object.admits(said)) {
        return Some(said);
    }
    let own = own_modules(usual, others);
    let mut modules: Vec<_> = own.collect();
    for (pattern, root) in MODULES.iter().zip(ROOTS) {
        let files = site.names(pattern).unwrap_or_default().iter();
        let files = files.filter(|_| root.is_empty() || is_installed(site));
        modules.extend(files.filter_map(|file| {
            let module = file.strip_prefix(root)?.strip_suffix(".py")?;
            Some((module.replace('/', "."), file.clone()))
        }));
    }
    let object = |(name, file): &(String, String)| {
        let object = made(site.text(file)?, FASTAPI.made_by)?;
        Some(format!("{name}:{object}")).filter(|it| EntryKind::Object.admits(it))
    };
    let has_usual = |it: &&(String, String)| it.0 == module(usual) && site.has(&it.1);
    if let Some(usual) = modules.iter().find(has_usual) {
        return object(usual);
    }
    let mut found: Vec<_> = modules.iter().filter_map(object).collect();
    found.sort();
    found.dedup();
    found.pop().filter(|_| found.is_empty())
}

/// Modules that are found without being installed, and their files.
fn own_modules(usual: &str, others: &[&str]) -> impl Iterator<Item = (String, String)> {
    let names = std::iter::once(module(usual)).chain(others.iter().copied());
    let names: Vec<String> = names.map(str::to_owned).collect();
    names.into_iter().flat_map(|name| {
        let path = name.replace('.', "/");
        [".py", "/__init__.py"].map(|end| (name.clone(), format!("{path}{end}")))
    })
}

/// Whether the project is one that is installed, with what lies below `src`.
fn is_installed(site: &Site<'_>) -> bool {
    site.text(PROJECT)
        .is_some_and(|text| text.contains("build-system"))
}

pub(super) fn python_script(site: &Site<'_>, text: &str, others: &[&str]) -> Option<Missing> {
    site.lacks(text).then(|| Missing {
        message: format!("`{}` isn't there", site.shown(text)),
        instead: python_others(site, others).map(str::to_owned).collect(),
    })
}

/// What to say of a module that isn't there: it is in a file or a folder of its name. One of a
/// package that is installed isn't among the sources at all.
pub(super) fn python_module(site: &Site<'_>, text: &str, is_object: bool) -> Option<String> {
    let files = module_files(module(text));
    if !files.iter().all(|file| site.lacks(file)) {
        return None;
    }
    let top = top(text);
    let is_own = ROOTS.iter().any(|root| {
        let folder = site.seen(&format!("{root}{top}"));
        matches!(folder, Some(Seen::Folder(_))) || site.has(&format!("{root}{top}.py"))
    });
    let is_missing = is_own || (is_object && is_nowhere_else(site, top));
    is_missing.then(|| format!("`{}` has no module `{}`", site.context.value, module(text)))
}

/// Whether it is certain that no package brings a module: the project is none that puts folders of
/// other names in its place, and no package is called like it. Nobody means one by a default.
fn is_nowhere_else(site: &Site<'_>, top: &str) -> bool {
    let is_plain = match site.seen(PROJECT) {
        Some(Seen::Nothing) => true,
        Some(Seen::File(Some(text))) => !text.contains("build-system"),
        _ => false,
    };
    let name = top.replace('_', "-").to_lowercase();
    let names = programs::names(site);
    let is_default = site.said.entry.is_none();
    is_plain
        && (is_default
            || names.is_some_and(|names| names.iter().all(|known| !known.starts_with(&name))))
}

/// The modules and scripts among `others` that are there.
pub(super) fn python_others<'a>(
    site: &Site<'_>,
    others: &[&'a str],
) -> impl Iterator<Item = &'a str> {
    let is_there = |other: &&str| {
        if is_python_file(other) {
            return site.has(other);
        }
        module_files(other).iter().any(|file| site.has(file))
    };
    others.iter().copied().filter(is_there)
}

/// A module without the object in it.
pub(super) fn module(entry: &str) -> &str {
    entry.split_once(':').map_or(entry, |(module, _)| module)
}

/// The package that a module is in.
fn top(entry: &str) -> &str {
    entry.split(['.', ':']).next().unwrap_or(entry)
}

/// The files that can be a module.
pub(super) fn module_files(module: &str) -> Vec<String> {
    let path = module.replace('.', "/");
    let files = ROOTS.iter().flat_map(|root| {
        let ends = [".py", "/__init__.py", "/__main__.py"];
        ends.map(|end| format!("{root}{path}{end}"))
    });
    files.collect()
}

#[cfg(test)]
mod tests {
    use super::{module, module_files, top};

    #[test]
    fn modules_are_files_or_folders() {
        assert_eq!(
            (module("app.main:app"), top("app.main:app")),
            ("app.main", "app")
        );
        assert_eq!(top("main:app"), "main");
        assert!(module_files("app.main").contains(&"src/app/main/__init__.py".to_owned()));
    }
}
