//! What stands in the folders that images are built from, against what their recipes need there.
//!
//! Nothing is read here: [`wanted`] says what to look at, and [`check`] is given what was seen. Where
//! that leaves a doubt, because a configuration is a program or a folder was too large, nothing is
//! said.

mod data;
mod early;
mod entry;
mod packages;
mod programs;
mod setting;
mod site;
mod theirs;

use crate::catalog::Need;
use crate::check::findings::Findings;
use crate::check::names::scope::Scope;
use crate::diag::{Code, Diagnostic};
use crate::source::{ContextsWanted, Look, Seen};
use crate::syntax::ast;
use site::{Site, SiteKind};
use std::collections::{BTreeMap, BTreeSet};

/// What to look at in the contexts of a file.
#[must_use]
pub fn wanted(file: &ast::File) -> ContextsWanted {
    let mut wanted = ContextsWanted::new();
    // Long texts have many of one kind, and an editor asks at each key.
    let mut known: BTreeMap<SiteKind<'_>, BTreeMap<String, Look>> = BTreeMap::new();
    for site in built(file).filter_map(Site::of) {
        let kind = site.kind();
        let looks = known.entry(kind).or_insert_with(|| {
            let mut looks = BTreeMap::new();
            merge(&mut looks, looks_of(&site));
            looks
        });
        if let Some(others) = wanted.get_mut(&site.context.value) {
            merge(others, looks.clone());
        } else {
            wanted.insert(site.context.value.clone(), looks.clone());
        }
    }
    wanted
}

/// Adds looks to others; of two at one path the closer one counts.
fn merge(looks: &mut BTreeMap<String, Look>, more: impl IntoIterator<Item = (String, Look)>) {
    for (path, look) in more {
        let known = looks.entry(path).or_insert(look);
        *known = look.max(*known);
    }
}

/// The tiers and jobs with a `build`.
fn built(file: &ast::File) -> impl Iterator<Item = &ast::Tier> {
    file.workloads().filter(|tier| tier.build.is_some())
}

/// What to look at for a site. All that this reads of it is its [`SiteKind`].
fn looks_of(site: &Site<'_>) -> Vec<(String, Look)> {
    let mut looks = Vec::new();
    if !site.workspace.is_empty() {
        looks.push((site.workspace.to_owned(), Look::Kind));
    }
    for need in site.recipe.context {
        match need {
            Need::Packages => {
                looks.extend(packages::looks(site));
                looks.extend(early::looks(site));
                looks.extend(programs::looks(site));
            }
            Need::File { path, .. } => looks.push((site.path(path), Look::Kind)),
            Need::Script(_) => looks.push((site.path(packages::SCRIPTS), Look::Content)),
            Need::Setting { files, .. } => {
                looks.extend(files.iter().map(|file| (site.path(file), Look::Content)));
            }
            // The lock file.
            Need::Package { .. } => {}
            Need::Entry { others, told_by } => {
                looks.extend(entry::looks(site, others));
                looks.extend(told_by.map(|file| (file.to_owned(), Look::Content)));
            }
            Need::Variables { files, .. } => {
                looks.extend(files.iter().map(|file| (site.path(file), Look::Kind)));
            }
            Need::Data { told_by, .. } => looks.extend(data::looks(site, told_by)),
            Need::Dockerfile => looks.extend(theirs::looks(site)),
        }
    }
    looks
}

/// Warns of what makes a build from what was seen fail, or its image misbehave. The statement must
/// have no other fault.
pub(super) fn check(tier: &ast::Tier, scope: &Scope<'_>, found: &mut Findings) {
    let Some(site) = Site::of(tier).and_then(|site| site.with(scope.contexts)) else {
        return;
    };
    // Where one of these isn't there, the folder is another one than is meant: no word on the rest.
    if let Some(lacking) = foundation(&site) {
        found.push(lacking);
        return;
    }
    for need in site.recipe.context {
        match need {
            Need::Packages => {
                packages::check(&site, found);
                early::check(&site, found);
                programs::beside(&site, found);
            }
            // Said before, or as a note.
            Need::File { .. } | Need::Data { .. } => {}
            Need::Script(script) => packages::script(&site, script, found),
            Need::Setting { files, key, value } => setting::check(&site, files, key, value, found),
            Need::Package {
                name,
                brought_by,
                starts,
            } => {
                if site.runs || !starts {
                    programs::check(&site, name, brought_by, found);
                }
            }
            Need::Entry { others, told_by } => {
                if site.runs {
                    entry::check(&site, others, *told_by, found);
                }
            }
            Need::Variables { files, at_build } => {
                if *at_build {
                    variables(&site, files, found);
                }
            }
            Need::Dockerfile => theirs::check(&site, found),
        }
    }
}

/// The first of the folders and files that isn't there, and that all else builds on.
fn foundation(site: &Site<'_>) -> Option<Diagnostic> {
    if !site.workspace.is_empty() && site.lacks_folder(site.workspace) {
        let said = site.said.workspace.as_ref();
        let span = said.map_or(site.place(), |said| said.span);
        let lacking = site.lacking(span, &format!("folder `{}`", site.workspace));
        return Some(lacking.help("write the folder of the package, as seen from the context"));
    }
    let mut needs = site.recipe.context.iter();
    needs.find_map(|need| match need {
        Need::Packages => packages::manifest(site),
        Need::File { path, help } => {
            let path = site.path(path);
            let lacking = site
                .lacks(&path)
                .then(|| site.lacking(site.place(), &format!("`{path}`")));
            lacking.map(|lacking| lacking.help(*help))
        }
        Need::Script(_)
        | Need::Setting { .. }
        | Need::Package { .. }
        | Need::Entry { .. }
        | Need::Variables { .. }
        | Need::Data { .. }
        | Need::Dockerfile => None,
    })
}

/// Warns of files with variables that a framework would read, and doesn't get.
fn variables(site: &Site<'_>, files: &[&str], found: &mut Findings) {
    for file in there(site, files) {
        let message = format!(
            "`{}` stays out of the image, and the build doesn't see it",
            site.shown(&file)
        );
        found.push(
            Diagnostic::new(Code::Dotenv, site.place(), message)
                .label("what it sets for this build is lost")
                .help(
                    "set what the browser reads as build arguments, and all else in `env`: it may \
                     hold secrets, which an image must not have",
                ),
        );
    }
}

/// What to know of the files of variables that processes may read.
pub(super) fn notes(scope: &Scope<'_>) -> Vec<Diagnostic> {
    let sites = built(scope.file).filter_map(|tier| Site::of(tier)?.with(scope.contexts));
    let mut notes: Vec<Diagnostic> = unseen(scope).chain(unread(scope)).collect();
    for site in sites {
        for need in site.recipe.context {
            notes.extend(data::notes(&site, need));
            let Need::Variables {
                files,
                at_build: false,
            } = need
            else {
                continue;
            };
            for file in there(&site, files) {
                let text = format!("`{}` stays out of the image", site.shown(&file));
                let note = Diagnostic::new(Code::FileLeftOut, site.place(), text);
                notes.push(note.help("set what the process reads of it in `env`"));
            }
        }
    }
    notes
}

/// The contexts that nobody could look into.
fn unseen(scope: &Scope<'_>) -> impl Iterator<Item = Diagnostic> {
    built(scope.file).filter_map(|tier| {
        let site = Site::of(tier)?;
        let why = scope.contexts.get(site.context.value.as_str())?.as_ref();
        let text = format!("can't look into `{}`: {}", site.context.value, why.err()?);
        let note = Diagnostic::new(Code::ContextUnseen, site.context.span, text);
        Some(note.help("check the path, or say `--no-context` where the sources aren't there"))
    })
}

/// What is there and was wanted whole, and couldn't be had: the bounds of what is read are met.
fn unread<'a>(scope: &Scope<'a>) -> impl Iterator<Item = Diagnostic> + use<'a> {
    let contexts = scope.contexts;
    let sites = built(scope.file).filter_map(move |tier| Site::of(tier)?.with(contexts));
    sites.flat_map(|site| {
        let wanted = looks_of(&site).into_iter();
        let wanted = wanted.filter(|(_, look)| *look == Look::Content);
        let paths: BTreeSet<_> = wanted.map(|(path, _)| path).collect();
        let note = |path: &String| {
            let why = match site.seen(path)? {
                Seen::File(None) => "it is too large, or isn't UTF-8 text",
                Seen::Folder(None) => "it has too many names",
                Seen::Nothing | Seen::File(Some(_)) | Seen::Folder(Some(_)) | Seen::Other => {
                    return None;
                }
            };
            let text = format!("can't look at `{}`: {why}", site.shown(path));
            let note = Diagnostic::new(Code::ContextUnseen, site.context.span, text);
            Some(
                note.help("see to it that the build finds there what it needs: nothing is checked"),
            )
        };
        paths.iter().filter_map(note).collect::<Vec<_>>()
    })
}

/// Those of a few files that are there.
fn there(site: &Site<'_>, files: &[&str]) -> Vec<String> {
    let paths = files.iter().map(|file| site.path(file));
    let there = |path: &String| matches!(site.seen(path), Some(Seen::File(_)));
    paths.filter(there).collect()
}
