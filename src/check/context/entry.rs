//! Whether what the process is started from is among the sources.

use super::django::project as django_project;
use super::packages::{SCRIPTS, has_script};
use super::programs;
use super::site::Site;
use crate::catalog::{EntryKind, is_python_file, scripts};
use crate::check::findings::Findings;
use crate::diag::credentials::credentials;
use crate::diag::suggest::nearest;
use crate::diag::{Applicability, Code, Diagnostic, Edit};
use crate::source::{Look, Seen};
use serde_json::Value;

/// Folders that modules of Python are found in, the second where the project is installed.
const ROOTS: [&str; 2] = ["", "src/"];
/// The project of a Python package.
const PROJECT: &str = "pyproject.toml";
/// Folder of a Go module's programs, by convention.
const PROGRAMS: &str = "cmd";
/// A Cargo package, and where its binaries are without a word there.
const CARGO: &str = "Cargo.toml";
const MAIN: &str = "src/main.rs";
const BINARIES: &str = "src/bin";

/// Scripts that make files while an image of Node.js is built.
const BUILDS: &[&str] = &[
    "build",
    "install",
    "postinstall",
    "prepare",
    "prebuild",
    "postbuild",
];

pub(super) fn looks(site: &Site<'_>, others: &[&str]) -> Vec<(String, Look)> {
    let Some((entry, text)) = &site.entry else {
        return Vec::new();
    };
    let text = text.as_ref();
    let kind = |path: String| (path, Look::Kind);
    match entry.kind {
        EntryKind::Script => {
            let others = others.iter().map(|other| site.path(other));
            let all = others.chain([site.path(text)]).map(kind);
            all.chain([(site.path(SCRIPTS), Look::Content)]).collect()
        }
        EntryKind::Object | EntryKind::Module => {
            let modules = std::iter::once(text).chain(others.iter().copied());
            let paths = modules.flat_map(|entry| {
                if is_python_file(entry) {
                    return vec![entry.to_owned()];
                }
                [module_files(module(entry)), module_files(top(entry))].concat()
            });
            let folders = ROOTS.map(|root| format!("{root}{}", top(text)));
            let mut looks: Vec<_> = paths.chain(folders).map(kind).collect();
            looks.push((PROJECT.to_owned(), Look::Content));
            looks.extend(programs::looks(site));
            looks
        }
        EntryKind::Package => vec![
            (go_folder(text).to_owned(), Look::Content),
            (PROGRAMS.to_owned(), Look::Content),
        ],
        EntryKind::Binary => vec![
            (CARGO.to_owned(), Look::Content),
            (MAIN.to_owned(), Look::Kind),
            (BINARIES.to_owned(), Look::Content),
        ],
    }
}

/// What the process is started from, where the text doesn't say it and the sources do.
pub(super) fn answer(site: &Site<'_>, told_by: Option<&str>) -> Option<String> {
    let (entry, text) = site.entry.as_ref().filter(|_| site.said.entry.is_none())?;
    match entry.kind {
        EntryKind::Script => {
            let manifest = site.json(&site.path(SCRIPTS))?;
            let started = scripts::start(&manifest);
            let started = started.and_then(|(_, command)| scripts::entry(command, &manifest));
            started.or_else(|| scripts::made(&manifest).map(|(_, entry)| entry.to_owned()))
        }
        EntryKind::Object => {
            python_module(site, text, true)?;
            let project = django_project(site.text(told_by?)?)?;
            let (_, object) = text.split_once(':')?;
            Some(format!("{project}.wsgi:{object}"))
        }
        // The one program of a module that has none in its own folder.
        EntryKind::Package => {
            go_package(site, text)?;
            let [program] = site.names(PROGRAMS)? else {
                return None;
            };
            let program = format!("./{PROGRAMS}/{program}");
            EntryKind::Package.admits(&program).then_some(program)
        }
        EntryKind::Module | EntryKind::Binary => None,
    }
}

/// Warns where it is certain that there is nothing to start from.
pub(super) fn check(site: &Site<'_>, others: &[&str], told_by: Option<&str>, found: &mut Findings) {
    let Some((entry, text)) = &site.entry else {
        return;
    };
    let text = text.as_ref();
    if site.said.entry.is_none() {
        gives_away(site, text, found);
    }
    let missing = match entry.kind {
        EntryKind::Script => script(site, text, others),
        EntryKind::Module if is_python_file(text) => python_script(site, text, others),
        EntryKind::Object | EntryKind::Module => {
            let is_object = entry.kind == EntryKind::Object;
            python_module(site, text, is_object).map(|message| {
                let object = text.split_once(':').map(|(_, object)| object);
                let project = told_by.and_then(|file| django_project(site.text(file)?));
                let entry = |module: &str| {
                    [Some(module), object]
                        .into_iter()
                        .flatten()
                        .collect::<Vec<_>>()
                        .join(":")
                };
                let project = project.map(|project| entry(&format!("{project}.wsgi")));
                let there = python_others(site, others).map(entry);
                let instead = project.into_iter().chain(there).collect();
                Missing { message, instead }
            })
        }
        EntryKind::Package => go_package(site, text),
        EntryKind::Binary => binary(site, text),
    };
    if let Some(Missing {
        message,
        mut instead,
    }) = missing
    {
        // What the sources name themselves may not be there either.
        instead.retain(|other| other != text);
        found.push(warning(site, message, &instead));
    }
}

/// Complains of a credential in what the sources say that the process is started from: it would stand in the
/// command of the image.
fn gives_away(site: &Site<'_>, text: &str, found: &mut Findings) {
    if let Some(credential) = credentials(text).first() {
        let noun = credential.noun;
        let message = format!(
            "the script that starts this holds what looks like {noun}, which would stand in the image's command"
        );
        let diagnostic = Diagnostic::new(Code::Credential, site.place(), message);
        found.push(
            diagnostic
                .help("let the program read a variable, as in `secret API_KEY from env`")
                .help("get a new one: whoever has the sources has it"),
        );
    }
}

/// What isn't there, and what may have been meant.
struct Missing {
    message: String,
    instead: Vec<String>,
}

fn warning(site: &Site<'_>, message: String, instead: &[String]) -> Diagnostic {
    let span = site.said.entry.as_ref().map(|said| said.span);
    let diagnostic = Diagnostic::new(Code::EntryMissing, span.unwrap_or(site.place()), message);
    let Some(first) = instead.first() else {
        return diagnostic.help("say what it is started from: `entry \"…\"`");
    };
    let title = format!("say what is there: `entry \"{first}\"`");
    let edit = match span {
        Some(span) => Edit::replace(span, format!("\"{first}\"")),
        None => Edit::add(site.said.span, format!("entry \"{first}\"")),
    };
    diagnostic.edit(Applicability::Maybe, title, edit)
}

/// A file that Node.js starts, and that no script makes.
fn script(site: &Site<'_>, text: &str, others: &[&str]) -> Option<Missing> {
    let path = site.path(text);
    if !site.lacks(&path) || has_script(site, BUILDS)? {
        return None;
    }
    let there = others.iter().filter(|other| site.has(&site.path(other)));
    Some(Missing {
        message: format!(
            "`{}` isn't there, and no script makes it",
            site.shown(&path)
        ),
        instead: there.map(|&other| other.to_owned()).collect(),
    })
}

fn python_script(site: &Site<'_>, text: &str, others: &[&str]) -> Option<Missing> {
    site.lacks(text).then(|| Missing {
        message: format!("`{}` isn't there", site.shown(text)),
        instead: python_others(site, others).map(str::to_owned).collect(),
    })
}

/// What to say of a module that isn't there: it is in a file or a folder of its name. One of a
/// package that is installed isn't among the sources at all.
fn python_module(site: &Site<'_>, text: &str, is_object: bool) -> Option<String> {
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
fn python_others<'a>(site: &Site<'_>, others: &[&'a str]) -> impl Iterator<Item = &'a str> {
    let is_there = |other: &&str| {
        if is_python_file(other) {
            return site.has(other);
        }
        module_files(other).iter().any(|file| site.has(file))
    };
    others.iter().copied().filter(is_there)
}

/// A module without the object in it.
fn module(entry: &str) -> &str {
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

/// The folder of a Go package; `.` is the context itself.
fn go_folder(entry: &str) -> &str {
    entry.strip_prefix("./").unwrap_or(entry)
}

/// A Go package is a folder with files of Go in it.
fn go_package(site: &Site<'_>, text: &str) -> Option<Missing> {
    let folder = go_folder(text);
    let is_go = |name: &String| {
        let stem = name.strip_suffix(".go");
        stem.is_some_and(|stem| !stem.ends_with("_test"))
    };
    let is_empty = match site.seen(folder)? {
        Seen::Nothing | Seen::File(_) => true,
        Seen::Folder(names) => !names.as_ref()?.iter().any(is_go),
        Seen::Other => false,
    };
    if !is_empty {
        return None;
    }
    let place = match folder {
        "." => site.context.value.clone(),
        folder => site.shown(folder),
    };
    let programs = site.names(PROGRAMS).unwrap_or_default().iter();
    let programs = programs.map(|name| format!("./{PROGRAMS}/{name}"));
    Some(Missing {
        message: format!("`{place}` has no Go files"),
        instead: programs
            .filter(|path| EntryKind::Package.admits(path))
            .collect(),
    })
}

/// A binary of a Cargo package. Those of a workspace are in folders that nobody looked into.
fn binary(site: &Site<'_>, text: &str) -> Option<Missing> {
    let manifest = site.toml(CARGO)?;
    if manifest.get("workspace").is_some() {
        return None;
    }
    let package = manifest.get("package")?.as_object()?;
    let mut names = Vec::new();
    for bin in manifest
        .get("bin")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        names.push(bin.get("name")?.as_str()?.to_owned());
    }
    if package.get("autobins").and_then(Value::as_bool) != Some(false) {
        match site.seen(MAIN)? {
            Seen::Nothing => {}
            Seen::File(_) | Seen::Folder(_) | Seen::Other => {
                names.push(package.get("name")?.as_str()?.to_owned());
            }
        }
        match site.seen(BINARIES)? {
            Seen::Nothing => {}
            Seen::Folder(Some(files)) => {
                names.extend(
                    files
                        .iter()
                        .map(|name| name.trim_end_matches(".rs").to_owned()),
                );
            }
            Seen::Folder(None) | Seen::File(_) | Seen::Other => return None,
        }
    }
    if names.iter().any(|name| name == text) {
        return None;
    }
    let near = nearest(text, names.iter().map(String::as_str));
    let first = near.map(|near| near.word.to_owned());
    let mut instead: Vec<_> = first.into_iter().collect();
    instead.extend(
        names
            .into_iter()
            .filter(|name| EntryKind::Binary.admits(name)),
    );
    Some(Missing {
        message: format!("`{}` has no binary `{text}`", site.shown(CARGO)),
        instead,
    })
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
