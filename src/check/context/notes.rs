//! What isn't looked at there, and what stays behind.

use super::site::Site;
use super::{absent, built, data, dotenv, looked, looks_of};
use crate::catalog::Need;
use crate::check::names::scope::Scope;
use crate::diag::{Code, Diagnostic};
use crate::source::{Look, Seen};
use std::collections::BTreeSet;

/// What to know of the files of variables that processes may read.
pub(in crate::check) fn notes(scope: &Scope<'_>) -> Vec<Diagnostic> {
    let sites = built(scope.file).filter_map(|tier| looked(tier, scope));
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
            for file in dotenv::there(&site, files) {
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
        if absent::is_absent(&site, scope) {
            return None;
        }
        let why = scope.contexts.get(site.context.value.as_str())?.as_ref();
        let text = format!("can't look into `{}`: {}", site.context.value, why.err()?);
        let note = Diagnostic::new(Code::ContextUnseen, site.context.span, text);
        Some(note.help("check the path, or say `--no-context` where the sources aren't there"))
    })
}

/// What is there and was wanted whole, and couldn't be had: the bounds of what is read are met.
fn unread<'a>(scope: &Scope<'a>) -> impl Iterator<Item = Diagnostic> + use<'a> {
    let (contexts, facts) = (scope.contexts, scope.facts);
    let sites = built(scope.file).filter_map(move |tier| Site::of(tier)?.with(contexts, facts));
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
