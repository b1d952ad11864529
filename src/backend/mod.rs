//! What an application becomes: files, from the IR alone.
//!
//! A backend works in two steps: from the IR to documents (a tree of YAML nodes, typed Dockerfile
//! instructions), and from documents to text by a printer that all share.

mod docker;
mod kubernetes;

use crate::ir;

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Its place below the output folder, with forward slashes.
    pub path: String,
    /// Its whole text.
    pub text: String,
}

/// A format that applications are written in: a row of [`BACKENDS`].
#[derive(Debug)]
pub struct Backend {
    /// The word behind `--emit`.
    pub name: &'static str,
    /// One line on what it writes.
    pub doc: &'static str,
    /// Whether it is written where `--emit` says nothing.
    pub default: bool,
    /// The files that it writes, and folders that hold its files alone, with a `/` behind them: a
    /// later build deletes there what it would not write. Other backends write nothing there.
    pub places: &'static [&'static str],
    /// The files for an application. `source` is the source file's name, for their first line.
    pub lower: fn(app: &ir::App, source: &str) -> Vec<Artifact>,
}

impl Backend {
    /// Whether a file of this path is one that the backend writes, or wrote in an earlier build.
    #[must_use]
    pub fn writes(&self, path: &str) -> bool {
        self.places
            .iter()
            .any(|place| path == *place || place.ends_with('/') && path.starts_with(place))
    }
}

/// Every backend, in the order in which they write.
pub const BACKENDS: &[&Backend] = &[&kubernetes::BACKEND, &docker::BACKEND];

/// The names of the Kubernetes Jobs that migrate: what to wait for after they were applied.
pub(crate) fn migrations(app: &ir::App) -> Vec<String> {
    kubernetes::migrations(app)
}

/// The backend of that name.
#[must_use]
pub fn backend(name: &str) -> Option<&'static Backend> {
    BACKENDS
        .iter()
        .find(|backend| backend.name == name)
        .copied()
}
