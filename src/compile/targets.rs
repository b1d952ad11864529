//! Targets in a compilation: the check of each, and what no check of one alone can say.

use super::backends::{
    OF_CLUSTERS, format_checks, gives_values, is_looked_for, reads_all, runs_without_cluster, write,
};
use super::joined::names;
use super::tags;
use super::{Compiled, Options, PartialApp, Program};
use crate::backend;
use crate::check::{self, Checked, FileFacts, check, file_facts};
use crate::diag::{Bag, Code, Diagnostic, has_errors};
use crate::source::{Beside, Span};
use crate::syntax::{Parsed, ast};
use std::collections::BTreeSet;

/// What is wrong with a text whatever it is compiled for.
#[derive(Debug)]
pub(super) struct Whole {
    /// Of the syntax, and of all targets.
    pub(super) found: Bag,
    pub(super) facts: FileFacts,
    /// The places of strings that couldn't be read: nothing but that is known of them.
    unread: BTreeSet<Span>,
    has_errors: bool,
}

impl Whole {
    pub(super) fn of(parsed: &Parsed, options: &Options) -> Self {
        let mut found = parsed.diagnostics.clone();
        let unread = found.places(Code::BadString);
        let mut facts = file_facts(&parsed.file, &options.files);
        let mut of_file = std::mem::take(&mut facts.found);
        of_file.retain_sorted(|it| !unread.contains(&it.primary.span));
        found.append(of_file);
        Whole {
            has_errors: found.has_errors(),
            found,
            facts,
            unread,
        }
    }

    pub(super) fn has_errors(&self) -> bool {
        self.has_errors
    }
}

impl Program<'_> {
    /// Checks it for one target. Nothing is written, and what is wrong with the whole text isn't said.
    pub(super) fn check_one(
        &self,
        target: Option<&ast::Target>,
        whole: &Whole,
        options: &Options,
    ) -> Compiled {
        let parsed = &self.parsed;
        let beside = Beside {
            files: &options.files,
            contexts: &options.contexts,
            gives_values: gives_values(options),
            commit: options.commit.as_deref(),
        };
        let Checked {
            mut app,
            partial,
            mut diagnostics,
            mut notes,
            accepted,
        } = check(
            &parsed.file,
            target,
            (options.tag.as_deref(), options.tag_from),
            beside,
            &whole.facts,
            &format_checks(options),
        );
        let mut accepted = accepted;
        if let Some(app) = &mut app {
            tags::by_content(app, &options.sources);
            let deployed = options.deployed.get(&app.target);
            let is_wrong = whole.has_errors || diagnostics.has_errors();
            let is_told = !is_wrong && !runs_without_cluster(options);
            if let Some(deployed) = deployed.filter(|_| is_told) {
                let mut changed = backend::warnings(deployed, app);
                accepted.extend(check::accept(&parsed.file, &mut changed));
                diagnostics.append(changed);
            }
        }
        if runs_without_cluster(options) {
            notes.retain_sorted(|note| !OF_CLUSTERS.contains(&note.code));
        }
        diagnostics.retain_sorted(|found| !whole.unread.contains(&found.primary.span));
        let (app, partial) = if whole.has_errors {
            (None, app.or(partial))
        } else {
            (app, partial)
        };
        Compiled {
            artifacts: Vec::new(),
            diagnostics: diagnostics.into_sorted(),
            notes: notes.into_sorted(),
            accepted,
            masks: Vec::new(),
            targets: names(&parsed.file),
            unknown_target: None,
            app,
            partial: partial.map(PartialApp),
        }
    }

    /// Checks it for one target and writes that one's files. The other targets are checked where a backend
    /// reads them, and where an `allow` accepts nothing: it may for another target.
    pub(super) fn build_one(&self, target: Option<&ast::Target>, options: &Options) -> Compiled {
        let file = &self.parsed.file;
        let whole = Whole::of(&self.parsed, options);
        let mut builds = vec![self.check_one(target, &whole, options)];
        let mut own = 0;
        let is_right = builds.iter().all(|build| build.app.is_some());
        if is_right && reads_all(options) {
            own = self.check_others(&mut builds, target, &whole, options);
        }
        self.write(&mut builds, |at| at == own, options);
        let mut unused = match builds.get(own) {
            Some(build) => self.unused_in_all(std::slice::from_ref(build), &whole, options),
            None => Vec::new(),
        };
        if !unused.is_empty() {
            if builds.len() < file.targets.len() {
                own = self.check_others(&mut builds, target, &whole, options);
            }
            self.write(&mut builds, |at| at != own, options);
            unused = self.unused_in_all(&builds, &whole, options);
        }
        let mut build = builds.swap_remove(own);
        let mut diagnostics = whole.found;
        for found in std::mem::take(&mut build.diagnostics) {
            diagnostics.push(found);
        }
        build.diagnostics = diagnostics.into_sorted();
        build.diagnostics.extend(unused);
        build.accepted.splice(0..0, whole.facts.accepted);
        build
    }

    /// Puts the checks for all other targets around that for one, in the file's order. Returns the
    /// place of that one.
    fn check_others(
        &self,
        builds: &mut Vec<Compiled>,
        target: Option<&ast::Target>,
        whole: &Whole,
        options: &Options,
    ) -> usize {
        let own = target.map(|it| it.span);
        let targets = &self.parsed.file.targets;
        let at = targets.iter().position(|other| Some(other.span) == own);
        let at = at.unwrap_or_default();
        for (index, other) in targets.iter().enumerate().filter(|(it, _)| *it != at) {
            let checked = self.check_one(Some(other), whole, options);
            builds.insert(index.min(builds.len()), checked);
        }
        at
    }

    /// Writes the files of some of these compilations, by their places.
    pub(super) fn write(
        &self,
        builds: &mut [Compiled],
        is_wanted: impl Fn(usize) -> bool,
        options: &Options,
    ) {
        let wanted = builds.iter().enumerate().filter(|(at, _)| is_wanted(*at));
        let wanted: Vec<_> = wanted.map(|(_, build)| build).collect();
        let apps: Vec<_> = builds.iter().filter_map(|it| it.app.as_ref()).collect();
        let written = write(&self.parsed.file, &wanted, &apps, options);
        let wanted = builds.iter_mut().enumerate();
        let wanted = wanted.filter(|(at, _)| is_wanted(*at));
        for ((_, build), written) in wanted.zip(written) {
            build.take(written);
        }
    }

    /// What to say of each `allow` that accepts nothing in any of these compilations. Where something is
    /// wrong, not all is found that may have been allowed.
    pub(super) fn unused_in_all(
        &self,
        builds: &[Compiled],
        whole: &Whole,
        options: &Options,
    ) -> Vec<Diagnostic> {
        let mut all = builds.iter();
        if whole.has_errors || all.any(|build| has_errors(&build.diagnostics)) {
            return Vec::new();
        }
        let accepted = builds.iter().flat_map(|build| &build.accepted);
        let accepted = accepted.chain(&whole.facts.accepted);
        let used = accepted.map(|it| it.allow).collect();
        check::unused(&self.parsed.file, &used, |code| {
            is_looked_for(code, options)
        })
    }
}
