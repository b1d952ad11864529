//! Targets in a compilation: the check of each, and what no check of one alone can say.

use super::backends::{format_checks, gives_values, is_looked_for, lowered, write};
use super::joined::names;
use super::{Compiled, Options, PartialApp, Program};
use crate::check::{self, Checked, check};
use crate::diag::{Code, Diagnostic, has_errors};
use crate::ir;
use crate::source::Beside;
use crate::syntax::ast;

impl Program<'_> {
    /// Checks it for one target. Nothing is written.
    pub(super) fn check_one(&self, target: Option<&ast::Target>, options: &Options) -> Compiled {
        let parsed = &self.parsed;
        let mut bag = parsed.diagnostics.clone();
        let syntax_is_right = !bag.has_errors();
        let beside = Beside {
            files: &options.files,
            contexts: &options.contexts,
            gives_values: gives_values(options),
        };
        let Checked {
            app,
            partial,
            mut diagnostics,
            notes,
            accepted,
        } = check(
            &parsed.file,
            target,
            options.tag.as_deref(),
            beside,
            &self.facts,
            &format_checks(options),
        );
        let unread = bag.places(Code::BadString);
        // Of a string that couldn't be read, nothing but that is known.
        diagnostics.retain_sorted(|found| !unread.contains(&found.primary.span));
        bag.append(diagnostics);
        let (app, partial) = if syntax_is_right {
            (app, partial)
        } else {
            (None, app.or(partial))
        };
        Compiled {
            artifacts: Vec::new(),
            diagnostics: bag.into_sorted(),
            notes: notes.into_sorted(),
            accepted,
            masks: Vec::new(),
            targets: names(&parsed.file),
            unknown_target: None,
            app,
            partial: partial.map(PartialApp),
        }
    }

    /// The application for all targets but one, as far as some backend reads them.
    pub(super) fn other_apps(
        &self,
        target: Option<&ast::Target>,
        options: &Options,
    ) -> Vec<ir::App> {
        if lowered(options).all(|it| !it.reads_other_targets) {
            return Vec::new();
        }
        let targets = self.parsed.file.targets.iter();
        let others = targets.filter(|other| Some(other.span) != target.map(|it| it.span));
        let apps = others.filter_map(|other| self.check_one(Some(other), options).app);
        apps.collect()
    }

    /// What to say of each `allow` that accepts nothing, be it for another target than the one that was
    /// compiled.
    pub(super) fn unused(&self, compiled: &Compiled, options: &Options) -> Vec<Diagnostic> {
        let only = std::slice::from_ref(compiled);
        if self.unused_in_all(only, options).is_empty() {
            return Vec::new();
        }
        let parsed = &self.parsed;
        let targets = parsed.file.targets.iter();
        let mut all: Vec<_> = targets
            .map(|target| {
                let mut build = self.check_one(Some(target), options);
                let others = self.other_apps(Some(target), options);
                let written = write(
                    &parsed.file,
                    &build,
                    &others.iter().collect::<Vec<_>>(),
                    options,
                );
                build.take(written);
                build
            })
            .collect();
        all.push(compiled.clone());
        self.unused_in_all(&all, options)
    }

    /// The same, where all targets were compiled. Where something is wrong, not all is found that may
    /// have been allowed.
    pub(super) fn unused_in_all(&self, builds: &[Compiled], options: &Options) -> Vec<Diagnostic> {
        if builds.iter().any(|build| has_errors(&build.diagnostics)) {
            return Vec::new();
        }
        let accepted = builds.iter().flat_map(|build| &build.accepted);
        let used = accepted.map(|it| it.allow).collect();
        check::unused(&self.parsed.file, &used, |code| {
            is_looked_for(code, options)
        })
    }
}
