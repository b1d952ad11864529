//! Contexts that aren't there.

use super::site::Site;
use crate::check::findings::Findings;
use crate::check::names::scope::Scope;
use crate::diag::suggest::{Near, nearest};
use crate::diag::{Code, Diagnostic};
use crate::source::{ABOVE, Contexts, ContextsWanted, Look, Seen};
use std::sync::Arc;

/// The folder itself, seen from there.
const ITSELF: &str = ".";

/// A folder above a context.
struct FolderAbove<'c> {
    /// Its path, as contexts are written.
    path: String,
    /// The name of the next folder in it.
    next: &'c str,
    /// The path of the context from there.
    rest: &'c str,
}

impl FolderAbove<'_> {
    /// Its key among contexts.
    fn key(&self) -> String {
        format!("{}{ABOVE}", self.path)
    }
}

/// The folders above a context, from the outermost on.
fn above(context: &str) -> Vec<FolderAbove<'_>> {
    let mut path = String::from(ITSELF);
    let mut rest = context;
    let mut found = Vec::new();
    while !rest.is_empty() {
        let (next, after) = rest.split_once('/').unwrap_or((rest, ""));
        if !matches!(next, "" | ITSELF) {
            found.push(FolderAbove {
                path: path.clone(),
                next,
                rest,
            });
            path = format!("{path}/{next}");
        }
        rest = after;
    }
    found
}

/// Looks at the names in the folders above a context, and for files that may be there instead of in it.
pub(super) fn looks(site: &Site<'_>, wanted: &mut ContextsWanted) {
    for folder in above(&site.context.value) {
        let looks = Arc::make_mut(wanted.entry(folder.key()).or_default());
        looks.insert(ITSELF.to_owned(), Look::Content);
        for file in shared(site) {
            looks.entry(file.to_owned()).or_insert(Look::Kind);
        }
    }
}

/// The files that one workspace has for all of its packages.
fn shared(site: &Site<'_>) -> Vec<&'static str> {
    let locks = site.managers().iter().map(|manager| manager.lock);
    let crates = (site.runtime() == "rust").then_some(CRATES);
    locks.chain(crates).collect()
}

/// The lock file of Cargo.
const CRATES: &str = "Cargo.lock";

/// The nearest folder above a site's context that has a file, and the path of the context from there.
pub(super) fn has_above<'a>(site: &Site<'a>, file: &str) -> Option<(String, &'a str)> {
    let contexts = site.contexts?;
    above(&site.context.value).into_iter().rev().find_map(|it| {
        let seen = contexts.get(&it.key())?.as_ref().ok()?.get(file)?;
        let is_there = matches!(seen, Seen::File(_));
        is_there.then_some((it.path, it.rest.trim_end_matches('/')))
    })
}

/// The folder in which a part of a context's path is sought in vain, that part, and the names that are there
/// instead.
fn missing<'c>(
    context: &'c str,
    contexts: &'c Contexts,
) -> Option<(String, &'c str, &'c [String])> {
    for folder in above(context) {
        let Some(Ok(seen)) = contexts.get(&folder.key()) else {
            continue;
        };
        let Some(Seen::Folder(Some(names))) = seen.get(ITSELF) else {
            return None;
        };
        if names.iter().all(|it| it != folder.next) {
            return Some((folder.path, folder.next, names));
        }
    }
    None
}

/// A context that isn't there, though others of the text are, or a folder with a name like it.
struct Absent<'c> {
    /// Where a part of its path is sought in vain.
    folder: String,
    /// That part.
    name: &'c str,
    /// What may have been meant by it.
    near: Option<Near<'c>>,
}

/// The context of a site, if it isn't there. Where none of a text is, and none has a name like one, the sources are
/// somewhere else.
fn absent<'c>(site: &Site<'c>, scope: &Scope<'c>) -> Option<Absent<'c>> {
    let context = &site.context.value;
    let contexts = scope.contexts;
    contexts.get(context)?.as_ref().err()?;
    let (folder, name, names) = missing(context, contexts)?;
    let names = names.iter().map(String::as_str);
    let near = nearest(name, names.filter(|it| !it.starts_with('.')));
    let has_sources = || {
        let mut seen = contexts.iter().filter(|(_, seen)| seen.is_ok());
        seen.any(|(path, _)| !path.ends_with(ABOVE))
    };
    let are_sources_here = near.is_some() || scope.facts.has_sources(has_sources);
    are_sources_here.then_some(Absent { folder, name, near })
}

/// Whether a site's context isn't there, which is warned of.
pub(super) fn is_absent<'a>(site: &Site<'a>, scope: &Scope<'a>) -> bool {
    absent(site, scope).is_some()
}

/// Warns of a context that isn't there. Whether it isn't: then nothing else is to be said of it.
pub(super) fn check<'a>(site: &Site<'a>, scope: &Scope<'a>, found: &mut Findings) -> bool {
    let Some(Absent { folder, name, near }) = absent(site, scope) else {
        return false;
    };
    let context = &site.context.value;
    let message = format!("there is no folder `{context}`");
    let diagnostic = Diagnostic::new(Code::ContextAbsent, site.place(), message);
    let instead = near.map(|near| format!("{folder}/{}", near.word));
    let last = context.trim_end_matches('/').rsplit('/').next();
    found.push(match instead {
        Some(whole) if last == Some(name) => diagnostic.maybe(
            format!("write the one that is there: `\"{whole}\"`"),
            site.place(),
            format!("\"{whole}\""),
        ),
        // Nobody knows what is below the other one.
        Some(whole) => diagnostic.help(format!("there is `{whole}`")),
        None => diagnostic.help("write the folder of the sources, as seen from this file"),
    });
    true
}
