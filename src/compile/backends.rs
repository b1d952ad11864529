//! Backends in a compilation: their checks, and the files that they make.

use super::{Compiled, Options};
use crate::backend::{Artifact, BACKENDS, Backend, Input};
use crate::check::{self, Accepted, FormatCheck};
use crate::diag::{Bag, Code, Severity};
use crate::ir;
use crate::syntax::ast;

/// The checks of the backends that are asked for, each once.
pub(super) fn format_checks(options: &Options) -> Vec<FormatCheck> {
    let Options { emit, check, .. } = options;
    let is_asked = |backend: &&&Backend| {
        let mut asked = emit.iter().chain(check);
        asked.any(|it| it.name == backend.name || it.based_on == Some(backend.name))
    };
    let asks = !emit.is_empty() || !check.is_empty();
    let own = emit.iter().chain(check);
    let unknown = own.filter(|backend| BACKENDS.iter().all(|it| it.name != backend.name));
    let known = BACKENDS.iter();
    let known = known.filter(|backend| is_asked(backend) || !asks && backend.default);
    known.chain(unknown).map(|backend| backend.check).collect()
}

/// Whether whoever installs what is asked for can give values: nothing else is written or checked.
pub(super) fn gives_values(options: &Options) -> bool {
    let Options { emit, check, .. } = options;
    let mut asked = emit.iter().chain(check).peekable();
    asked.peek().is_some() && asked.all(|backend| backend.gives_values)
}

/// The backends whose files are made: those that are to be written, and of those that are checked the
/// ones that may not be able to say everything, which is found while files are made.
pub(super) fn lowered(options: &Options) -> impl Iterator<Item = &'static Backend> {
    let Options { emit, check, .. } = options;
    let is_written = |backend: &Backend| emit.iter().any(|it| it.name == backend.name);
    let checked = check.iter().filter(|it| it.losses.is_some());
    let checked = checked.filter(move |backend| !is_written(backend));
    emit.iter().chain(checked).copied()
}

/// Whether a code is looked for: losses are, where a backend runs that may have them.
pub(super) fn is_looked_for(code: Code, options: &Options) -> bool {
    code.severity() != Severity::Loss || lowered(options).any(|backend| backend.may_lose(code))
}

/// What came of the backends.
#[derive(Default)]
pub(super) struct BackendOutput {
    pub(super) artifacts: Vec<Artifact>,
    pub(super) diagnostics: Bag,
    pub(super) accepted: Vec<Accepted>,
}

/// Runs the backends, if nothing is wrong with the application.
pub(super) fn write(
    file: &ast::File,
    compiled: &Compiled,
    others: &[&ir::App],
    options: &Options,
) -> BackendOutput {
    let mut written = BackendOutput::default();
    let Some(app) = &compiled.app else {
        return written;
    };
    let below = app.target.as_deref().filter(|_| options.target_folders);
    let places = below.map(|folder| options.places.below(folder));
    let places = places.as_ref().unwrap_or(&options.places);
    for backend in lowered(options) {
        let input = Input {
            app,
            others: if backend.reads_other_targets {
                others
            } else {
                &[]
            },
            source: &options.source_name,
            marks: options.marks,
            places,
        };
        let mut found = Bag::default();
        let files = (backend.lower)(&input, &mut found);
        found.change(|diagnostic| {
            if diagnostic.severity() == Severity::Loss {
                diagnostic.backend = Some(backend.name);
            }
        });
        written.diagnostics.append(found);
        if options.emit.iter().any(|it| it.name == backend.name) {
            written.artifacts.extend(files);
        }
    }
    written.accepted = check::accept(file, &mut written.diagnostics);
    if written.diagnostics.has_errors() {
        written.artifacts.clear();
    }
    written
}

impl Compiled {
    /// The target that the application is for.
    pub(super) fn target(&self) -> Option<&Option<String>> {
        self.app.as_ref().map(|app| &app.target)
    }

    /// Takes in what came of the backends. What they can't say is among the notes.
    pub(super) fn take(&mut self, written: BackendOutput) {
        let BackendOutput {
            artifacts,
            diagnostics,
            accepted,
        } = written;
        let diagnostics = diagnostics.into_sorted().into_iter();
        let (losses, wrong): (Vec<_>, Vec<_>) =
            diagnostics.partition(|found| found.severity() == Severity::Loss);
        self.diagnostics.extend(wrong);
        self.notes.extend(losses);
        self.notes.sort_by_key(|found| found.primary.span);
        self.artifacts = artifacts;
        self.accepted.extend(accepted);
    }
}
