//! What a workload runs, and how it is built.

use super::Entry;
use crate::catalog::{Choice, Recipe};
use crate::source::Span;

/// An image by reference, and how it is built where that is ours to do.
#[derive(Debug, Clone)]
pub struct Image {
    /// The full reference: registry, name and tag or digest.
    pub reference: String,
    /// When it is pulled.
    pub pull: PullPolicy,
    /// How it is built; `None` for an image that is there already, or that another tier builds.
    pub build: Option<Build>,
    /// Whether the application builds it, for this workload or for the one that it is taken from.
    pub ours: bool,
    /// The `build` or `image` statement.
    pub origin: Span,
}

/// How an image is built.
#[derive(Debug, Clone)]
pub struct Build {
    /// The recipe; no later lookup can fail.
    pub recipe: &'static Recipe,
    /// The folder of sources, relative to the source file's, as written.
    pub context: String,
    /// What the source chose of the recipe's options.
    pub choice: Choice,
    /// Build arguments and their values.
    pub arguments: Vec<Entry>,
}

/// When the kubelet pulls an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PullPolicy {
    /// If the node lacks it.
    IfNotPresent,
    /// Never: it must have been loaded.
    Never,
    /// Each time a container starts.
    Always,
}

impl PullPolicy {
    /// The value of `imagePullPolicy`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            PullPolicy::IfNotPresent => "IfNotPresent",
            PullPolicy::Never => "Never",
            PullPolicy::Always => "Always",
        }
    }
}
