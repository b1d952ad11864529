//! Kubernetes objects, in files that `kubectl apply` takes in order.

use super::{Artifact, Backend};
use crate::ir;

/// The backend.
pub(super) const BACKEND: Backend = Backend {
    name: "kubernetes",
    doc: "Kubernetes objects as YAML",
    default: true,
    lower,
};

fn lower(_app: &ir::App, _source: &str) -> Vec<Artifact> {
    Vec::new()
}
