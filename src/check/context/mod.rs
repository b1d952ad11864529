//! What stands in the folders that images are built from, against what their recipes need there.
//!
//! Nothing is read here: [`wanted`] says what to look at, and [`check`] is given what was seen. Where
//! that leaves a doubt, because a configuration is a program or a folder was too large, nothing is
//! said.

mod absent;
mod addresses;
mod answers;
mod binaries;
mod commands;
mod data;
mod django;
mod dotenv;
mod drivers;
mod early;
mod entry;
mod fetched;
mod generated;
mod libraries;
mod listed_hosts;
mod members;
mod modules;
mod notes;
mod output;
mod packages;
mod paths;
mod poetry;
mod programs;
mod queries;
mod releases;
mod routes;
mod runtime;
mod secrets;
mod served;
mod setting;
mod site;
mod theirs;
mod writers;

use crate::catalog::Need;
use crate::catalog::addresses::AddressNeed;
use crate::catalog::writers::FetchingPackage;
use crate::check::findings::Findings;
use crate::check::names::scope::Scope;
use crate::diag::Diagnostic;
use crate::source::{ContextsWanted, Look, LooksByPath, Span};
use crate::syntax::ast;
pub(in crate::check) use answers::answers;
use answers::looked;
pub(in crate::check) use listed_hosts::ListedHosts;
pub(in crate::check) use notes::notes;
pub(in crate::check) use served::{AnsweredPaths, ServedPaths};
use site::{Site, SiteKind};
use std::collections::BTreeMap;
use std::sync::Arc;
pub(in crate::check) use writers::WrittenFolder;

/// What to look at in the contexts of a file.
#[must_use]
pub fn wanted(file: &ast::File) -> ContextsWanted {
    let mut wanted = ContextsWanted::new();
    // Long texts have many of one kind, and an editor asks at each key.
    let mut known: BTreeMap<SiteKind<'_>, Arc<LooksByPath>> = BTreeMap::new();
    for site in built(file).filter_map(Site::of) {
        absent::looks(&site, &mut wanted);
        let kind = site.kind();
        let looks = known.entry(kind).or_insert_with(|| {
            let mut looks = BTreeMap::new();
            merge(&mut looks, looks_of(&site));
            Arc::new(looks)
        });
        match wanted.get_mut(&site.context.value) {
            Some(others) if Arc::ptr_eq(others, looks) => {}
            Some(others) => {
                let more = looks.iter().map(|(path, look)| (path.clone(), *look));
                merge(Arc::make_mut(others), more);
            }
            None => {
                wanted.insert(site.context.value.clone(), Arc::clone(looks));
            }
        }
    }
    wanted
}

/// The file and the text of a script of `package.json`, in the sources of a tier or job.
pub(in crate::check) fn script(
    tier: &ast::Tier,
    scope: &Scope<'_>,
    name: &str,
) -> Option<(String, String)> {
    let site = looked(tier, scope)?;
    let file = site.path(packages::SCRIPTS);
    let scripts = packages::scripts(&site, &file)?;
    let text = scripts.get(name)?.as_str()?;
    Some((site.shown(&file), text.to_owned()))
}

/// Warns of the first program of a command that the image of a tier or job doesn't have: `written` is the first
/// word of it and its place, `layers` are the commands that it comes to, each with whether a script has it.
pub(in crate::check) fn has_programs(
    tier: &ast::Tier,
    scope: &Scope<'_>,
    written: (&str, Span),
    layers: &[(&[String], bool)],
    found: &mut Findings,
) {
    if let Some(site) = looked(tier, scope) {
        commands::check(&site, written, layers, found);
    }
}

/// What the sources of a tier or job write, as far as they say it.
pub(in crate::check) fn written(tier: &ast::Tier, scope: &Scope<'_>) -> Vec<WrittenFolder> {
    looked(tier, scope).map_or(Vec::new(), |site| writers::written(&site))
}

/// Which paths a server answers, by the sources of the tier that is `built`. `command` are the words that start it,
/// where its image doesn't.
pub(in crate::check) fn served(
    built: &ast::Tier,
    scope: &Scope<'_>,
    command: &[String],
) -> Option<ServedPaths> {
    paths::served(&started(built, scope, command)?, command)
}

/// The hosts that a server answers to, in the same way.
pub(in crate::check) fn listed_hosts(
    built: &ast::Tier,
    scope: &Scope<'_>,
    command: &[String],
) -> Option<ListedHosts> {
    listed_hosts::listed(&started(built, scope, command)?, command)
}

/// The path that Django puts before the links that it makes, and the file that says it.
pub(in crate::check) fn script_name(
    built: &ast::Tier,
    scope: &Scope<'_>,
    command: &[String],
) -> Option<(String, String)> {
    django::script_name(&started(built, scope, command)?)
}

fn started<'a>(built: &'a ast::Tier, scope: &Scope<'a>, command: &[String]) -> Option<Site<'a>> {
    let mut site = looked(built, scope)?;
    site.runs = command.is_empty();
    Some(site)
}

/// The libraries of a server that must be told its address, and that its sources tell nothing.
pub(in crate::check) fn untold_addresses(
    built: &ast::Tier,
    scope: &Scope<'_>,
) -> Vec<&'static AddressNeed> {
    looked(built, scope).map_or(Vec::new(), |site| addresses::untold(&site))
}

/// The driver that a URL in a variable must name, and the file that takes it as it is.
pub(in crate::check) fn needed_driver(
    built: &ast::Tier,
    scope: &Scope<'_>,
    variable: &str,
) -> Option<(&'static str, String)> {
    drivers::needed(&looked(built, scope)?, variable)
}

/// The packages of a tier's or job's sources that fetch models or data.
pub(in crate::check) fn fetching(
    tier: &ast::Tier,
    scope: &Scope<'_>,
) -> Vec<&'static FetchingPackage> {
    looked(tier, scope).map_or(Vec::new(), |site| writers::fetching(&site))
}

/// What somebody else's Dockerfile starts.
pub(in crate::check) fn command_of_dockerfile(
    tier: &ast::Tier,
    scope: &Scope<'_>,
) -> Option<Vec<String>> {
    theirs::command(&looked(tier, scope)?)
}

/// Adds looks to others; of two at one path the closer one counts.
fn merge(looks: &mut LooksByPath, more: impl IntoIterator<Item = (String, Look)>) {
    for (path, look) in more {
        let known = looks.entry(path).or_insert(look);
        *known = look.max(*known);
    }
}

/// The tiers and jobs with a `build`.
fn built(file: &ast::File) -> impl Iterator<Item = &ast::Tier> {
    file.workloads().filter(|tier| tier.build.is_some())
}

/// Says what to look at for a site.
type Looks = fn(&Site<'_>) -> Vec<(String, Look)>;

/// What each recipe may have looked at.
const OF_ALL: &[Looks] = &[
    libraries::looks,
    secrets::looks,
    writers::looks,
    members::looks,
    paths::looks,
    listed_hosts::looks,
    addresses::looks,
    drivers::looks,
    fetched::looks,
    queries::looks,
];

/// What to look at for a site. All that this reads of it is its [`SiteKind`].
fn looks_of(site: &Site<'_>) -> Vec<(String, Look)> {
    let mut looks = runtime::looks(site);
    looks.extend(OF_ALL.iter().flat_map(|looks| looks(site)));
    match site.recipe.name {
        "vite" => looks.extend(output::looks(site)),
        "static" => looks.extend(output::looks_of_static(site)),
        "django" => looks.extend(django::looks(site)),
        _ => {}
    }
    if site.runtime() == "node" {
        looks.extend(generated::looks(site));
    }
    if !site.workspace.is_empty() {
        looks.push((site.workspace.to_owned(), Look::Kind));
    }
    for need in site.recipe.context {
        match need {
            Need::Packages => {
                looks.extend(packages::looks(site));
                looks.extend(releases::looks(site));
                looks.extend(early::looks(site));
                looks.extend(poetry::looks(site));
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
    if Site::of(tier).is_some_and(|site| absent::check(&site, scope, found)) {
        return;
    }
    let Some(site) = looked(tier, scope) else {
        return;
    };
    // Where one of these isn't there, the folder is another one than is meant: no word on the rest.
    if let Some(lacking) = foundation(&site) {
        found.push(lacking);
        return;
    }
    runtime::check(&site, found);
    libraries::check(&site, found);
    secrets::check(&site, found);
    fetched::check(&site, found);
    queries::check(&site, found);
    match site.recipe.name {
        "vite" => output::check(&site, found),
        "nextjs" => output::check_next(&site, found),
        "static" => output::check_static(&site, found),
        "django" => django::check(&site, found),
        _ => {}
    }
    if site.runtime() == "node" {
        generated::check(&site, found);
    }
    for need in site.recipe.context {
        match need {
            Need::Packages => {
                packages::check(&site, found);
                releases::check(&site, found);
                early::check(&site, found);
                poetry::check(&site, found);
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
                    programs::check(&site, (name, site.place()), brought_by, found);
                }
            }
            Need::Entry { others, told_by } => {
                if site.runs {
                    entry::check(&site, others, *told_by, found);
                }
            }
            Need::Variables { files, at_build } => {
                if *at_build {
                    dotenv::check(&site, files, found);
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
            let lock = absent::has_above(site, &path);
            lacking.map(|lacking| match lock {
                Some((above, _)) => lacking.help(format!(
                    "the one of the workspace is in `{above}`: build from there, as in `build {} \"{above}\"`",
                    site.recipe.name
                )),
                None => lacking.help(*help),
            })
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
