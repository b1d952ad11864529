//! Backends in a compilation: their checks, and the files that they make.

use super::{Compiled, Options};
use crate::backend::{Artifact, BACKENDS, Backend, Input, Places, Written};
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

/// Notes on what a cluster does, or what it must have.
pub(super) const OF_CLUSTERS: [Code; 9] = [
    Code::NoResources,
    Code::NoHealth,
    Code::NobodyConnects,
    Code::NoIngressClass,
    Code::HostsClosedToProbes,
    Code::NodePortMayBeTaken,
    Code::NoLoadBalancers,
    Code::NoMetrics,
    Code::ImagesLoadedByHand,
];

/// Whether what is asked for runs, and none of it in a cluster.
pub(super) fn runs_without_cluster(options: &Options) -> bool {
    let Options { emit, check, .. } = options;
    let mut asked = emit.iter().chain(check);
    // The objects that are written by default, and what is made from them.
    let is_of_cluster = |it: &&Backend| it.default && !it.builds_images || it.based_on.is_some();
    let runs = asked.clone().any(|it| !it.needs.is_empty());
    runs && !asked.any(is_of_cluster)
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

/// Whether some backend reads the application for all targets.
pub(super) fn reads_all(options: &Options) -> bool {
    lowered(options).any(|backend| backend.reads_other_targets)
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

/// Runs the backends for the applications of these compilations that nothing is wrong with. `all` are
/// those for every target, in the file's order, as far as some backend [reads them](reads_all).
pub(super) fn write(
    file: &ast::File,
    builds: &[&Compiled],
    all: &[&ir::App],
    options: &Options,
) -> Vec<BackendOutput> {
    let mut outputs: Vec<_> = builds.iter().map(|_| BackendOutput::default()).collect();
    let apps = builds.iter().zip(&mut outputs);
    let mut apps: Vec<_> = apps
        .filter_map(|(build, output)| {
            let app = build.app.as_ref()?;
            Some((app, places(app, options), output))
        })
        .collect();
    for backend in lowered(options) {
        let inputs = apps.iter().map(|(app, places, _)| Input {
            app,
            all: if backend.reads_other_targets {
                all
            } else {
                std::slice::from_ref(app)
            },
            source: &options.source_name,
            marks: options.marks,
            places,
        });
        let written = (backend.lower)(&inputs.collect::<Vec<_>>());
        for ((_, _, output), written) in apps.iter_mut().zip(written) {
            output.add(backend, written, options);
        }
    }
    for (_, _, output) in apps {
        output.accepted = check::accept(file, &mut output.diagnostics);
        if output.diagnostics.has_errors() {
            output.artifacts.clear();
        }
    }
    outputs
}

/// Where the output of an application lies.
fn places(app: &ir::App, options: &Options) -> Places {
    let below = app.target.as_deref().filter(|_| options.target_folders);
    below.map_or_else(
        || options.places.clone(),
        |folder| options.places.below(folder),
    )
}

impl BackendOutput {
    fn add(&mut self, backend: &Backend, written: Written, options: &Options) {
        let Written {
            artifacts,
            mut found,
        } = written;
        found.change(|diagnostic| {
            if diagnostic.severity() == Severity::Loss {
                diagnostic.backend = Some(backend.name);
            }
        });
        self.diagnostics.append(found);
        if options.emit.iter().any(|it| it.name == backend.name) {
            self.artifacts.extend(artifacts);
        }
    }
}

impl Compiled {
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
