//! What the sources answer where the text says nothing.

use super::site::Site;
use super::{entry, members, output, packages, releases, runtime};
use crate::catalog::{Need, PackageManager, Version};
use crate::check::names::scope::Scope;
use crate::syntax::ast;

/// All of it.
#[derive(Debug, Clone, Default)]
pub(in crate::check) struct Answers {
    /// The version of the runtime.
    pub(in crate::check) version: Option<&'static Version>,
    /// The package manager.
    pub(in crate::check) manager: Option<&'static PackageManager>,
    /// The release of it that the sources ask for.
    pub(in crate::check) release: Option<String>,
    /// What the process is started from.
    pub(in crate::check) entry: Option<String>,
    /// The program of a package that is given that.
    pub(in crate::check) server: Option<&'static str>,
    /// What it may be started from, where the recipe has nothing usual.
    pub(in crate::check) candidates: Vec<String>,
    /// The folders of a workspace that are built one after the other; none where the package's own alone is, or its
    /// package manager knows the others.
    pub(in crate::check) members: Vec<String>,
    /// Whether Turborepo builds the package, and what it needs.
    pub(in crate::check) has_turbo: bool,
    /// The folder of what the build makes.
    pub(in crate::check) output: Option<String>,
}

/// What the sources of a tier or job answer.
pub(in crate::check) fn answers(tier: &ast::Tier, scope: &Scope<'_>) -> Answers {
    let Some((site, answered)) = looked_with_answers(tier, scope) else {
        return Answers::default();
    };
    Answers {
        version: runtime::answer(&site),
        release: releases::answer(&site),
        server: entry::server(&site).map(|server| server.program),
        members: members::answer(&site),
        has_turbo: members::has_turbo(&site),
        output: (site.recipe.name == "vite")
            .then(|| output::answer(&site))
            .flatten(),
        ..answered
    }
}

/// A site with what was seen there, and what its sources answer.
pub(super) fn looked<'a>(tier: &'a ast::Tier, scope: &Scope<'a>) -> Option<Site<'a>> {
    looked_with_answers(tier, scope).map(|(site, _)| site)
}

/// The same, and those of the answers that all else depends on.
fn looked_with_answers<'a>(tier: &'a ast::Tier, scope: &Scope<'a>) -> Option<(Site<'a>, Answers)> {
    let mut site = Site::of(tier)?.with(scope.contexts, scope.facts)?;
    let manager = packages::answer(&site);
    site.manager = manager.or(site.manager);
    let (entry, candidates) = entry_answer(&site).unwrap_or_default();
    if let (Some(answer), Some(point)) = (&entry, site.entry_point()) {
        site.entry = Some((point, answer.clone().into()));
    }
    let answers = Answers {
        manager,
        entry,
        candidates,
        ..Answers::default()
    };
    Some((site, answers))
}

/// What the process is started from, and what it may be where that is open.
fn entry_answer(site: &Site<'_>) -> Option<(Option<String>, Vec<String>)> {
    site.recipe.context.iter().find_map(|need| match need {
        Need::Entry { others, told_by } => Some((
            entry::answer(site, others, *told_by),
            entry::candidates(site, others),
        )),
        Need::Packages
        | Need::File { .. }
        | Need::Script(_)
        | Need::Setting { .. }
        | Need::Package { .. }
        | Need::Variables { .. }
        | Need::Data { .. }
        | Need::Dockerfile => None,
    })
}
