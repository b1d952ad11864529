//! The whole way from text to files, in memory.

use crate::backend::{Artifact, Backend};
use crate::diag::Diagnostic;
use crate::ir;

/// What a compilation is asked for.
#[derive(Debug, Clone)]
pub struct Options {
    /// The target to build for; without one, the file's first, if it has any.
    pub target: Option<String>,
    /// The backends to run, in order.
    pub emit: Vec<&'static Backend>,
    /// The source file's name without its folder, for the first line of generated files.
    pub source_name: String,
}

/// What came of a compilation.
#[derive(Debug, Clone, Default)]
pub struct Compiled {
    /// Everything that is wrong, by place. Files exist only where this is empty of errors.
    pub diagnostics: Vec<Diagnostic>,
    /// Names of the file's targets, in its order. Where [`Options::target`] isn't one of them,
    /// nothing else was done.
    pub targets: Vec<String>,
    /// The application, for the target asked for.
    pub app: Option<ir::App>,
    /// The files, in the order of the backends.
    pub artifacts: Vec<Artifact>,
}

/// Compiles `text`, which is `FileId(0)` in all spans, for one target.
#[must_use]
pub fn compile(text: &str, options: &Options) -> Compiled {
    let _ = (text, options);
    Compiled::default()
}

/// Everything that is wrong with `text`, for every target that it has.
#[must_use]
pub fn check_all(text: &str) -> Vec<Diagnostic> {
    let _ = text;
    Vec::new()
}
