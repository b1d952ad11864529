//! Whether what the process is started from is among the sources.

use super::binaries;
use super::commands;
use super::django::project as django_project;
use super::modules::{self, python_module, python_others, python_script};
use super::packages::{SCRIPTS, has_script};
use super::site::{Missing, Site};
use crate::catalog::scripts::{self, FileServer};
use crate::catalog::{EntryKind, is_python_file};
use crate::check::findings::Findings;
use crate::diag::credentials::credentials;
use crate::diag::suggest::nearest;
use crate::diag::{Applicability, Code, Diagnostic, Edit};
use crate::source::{Look, Seen};

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
    let Some(point) = site.entry_point() else {
        return Vec::new();
    };
    let text = site.entry.as_ref().map_or("", |(_, text)| text.as_ref());
    match point.kind {
        EntryKind::Script => {
            let others = others.iter().map(|other| site.path(other));
            let all = others.chain([site.path(text)]);
            let all = all.map(|path| (path, Look::Kind));
            all.chain([(site.path(SCRIPTS), Look::Content)]).collect()
        }
        EntryKind::Object | EntryKind::Module => modules::looks(site, text, others),
        EntryKind::Package => {
            let mut looks = binaries::looks_of_go();
            looks.push((go_folder(text).to_owned(), Look::Content));
            looks
        }
        EntryKind::Binary => binaries::looks_of_cargo(),
    }
}

/// What the process is started from, where the text doesn't say it and the sources do.
pub(super) fn answer(site: &Site<'_>, others: &[&str], told_by: Option<&str>) -> Option<String> {
    let point = site.entry_point().filter(|_| site.said.entry.is_none())?;
    let text = site.entry.as_ref().map_or("", |(_, text)| text.as_ref());
    match point.kind {
        EntryKind::Script => script_answer(site, text, others),
        EntryKind::Object => {
            let Some(told_by) = told_by else {
                return modules::application(site, text, others);
            };
            python_module(site, text, true)?;
            let project = django_project(site.text(told_by)?)?;
            let (_, object) = text.split_once(':')?;
            Some(format!("{project}.wsgi:{object}"))
        }
        // The one program of a module that has none in its own folder.
        EntryKind::Package => go_package(site, text)?.instead.try_into().ok().map(only),
        EntryKind::Module | EntryKind::Binary => candidates(site, others).try_into().ok().map(only),
    }
}

/// The program of a package that is given the entry, where the script `start` says so.
pub(super) fn server(site: &Site<'_>) -> Option<&'static FileServer> {
    let point = site.entry_point().filter(|_| site.said.entry.is_none());
    point.filter(|point| point.kind == EntryKind::Script)?;
    let manifest = site.json(&site.path(SCRIPTS))?;
    let (_, command) = scripts::start(&manifest)?;
    scripts::served_by(command).map(|(server, _)| server)
}

fn only([one]: [String; 1]) -> String {
    one
}

/// What may be meant where nobody says it, of recipes that have nothing usual.
pub(super) fn candidates(site: &Site<'_>, others: &[&str]) -> Vec<String> {
    let kind = site.entry_point().map(|point| point.kind);
    let mut found = match kind {
        Some(EntryKind::Module) => modules::candidates(site, others),
        Some(EntryKind::Binary) => binaries::of_cargo(site, true).unwrap_or_default(),
        _ => Vec::new(),
    };
    found.retain(|it| kind.is_some_and(|kind| kind.admits(it)));
    found
}

/// The file that Node.js starts: that of the script `start`, what a framework's build makes, or else the one that is
/// there, of which `main` may tell.
fn script_answer(site: &Site<'_>, usual: &str, others: &[&str]) -> Option<String> {
    let manifest = site.json(&site.path(SCRIPTS))?;
    let started = scripts::start(&manifest);
    if let Some((_, command)) = started {
        let served = scripts::served_by(command).map(|(_, file)| file);
        let entry = served.or_else(|| scripts::entry(command, &manifest));
        return entry.or_else(|| scripts::made(&manifest).map(|(_, entry)| entry.to_owned()));
    }
    if let Some((_, entry)) = scripts::made(&manifest) {
        return Some(entry.to_owned());
    }
    if !site.lacks(&site.path(usual)) || has_script(site, BUILDS)? {
        return None;
    }
    let there = others.iter().filter(|other| site.has(&site.path(other)));
    let there: Vec<_> = there.collect();
    let main = scripts::entry("node .", &manifest);
    let is_main = |other: &&&&str| main.as_deref() == Some(***other);
    let meant = there.iter().find(is_main).or(there.first());
    meant
        .filter(|it| there.len() == 1 || is_main(it))
        .map(|it| (**it).to_owned())
}

/// Warns where it is certain that there is nothing to start from.
pub(super) fn check(site: &Site<'_>, others: &[&str], told_by: Option<&str>, found: &mut Findings) {
    let Some((entry, text)) = &site.entry else {
        return;
    };
    let text = text.as_ref();
    if site.said.entry.is_none() {
        gives_away(site, text, found);
        let server = server(site).map(|server| server.package);
        let pruned = server.and_then(|package| commands::pruned(site, package));
        if let Some(pruned) = pruned {
            found.push(pruned);
        }
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
    let is_library = folder == "." && binaries::is_library(site);
    if !is_empty && !is_library {
        return None;
    }
    let place = match folder {
        "." => site.context.value.clone(),
        folder => site.shown(folder),
    };
    let what = if is_empty {
        "Go files"
    } else {
        "`package main`"
    };
    Some(Missing {
        message: format!("`{place}` has no {what}"),
        instead: binaries::go_programs(site).unwrap_or_default(),
    })
}

/// A binary that `cargo build` finds by its name.
fn binary(site: &Site<'_>, text: &str) -> Option<Missing> {
    let names = binaries::of_cargo(site, false)?;
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
    let package = match site.toml(binaries::CARGO)?.get("workspace") {
        Some(_) => ", nor have the members that it builds by default",
        None => "",
    };
    Some(Missing {
        message: format!(
            "`{}` has no binary `{text}`{package}",
            site.shown(binaries::CARGO)
        ),
        instead,
    })
}
