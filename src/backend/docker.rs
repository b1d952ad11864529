//! Dockerfiles, their ignore files and the file for `docker buildx bake`.

use super::{Artifact, Backend};
use crate::ir;

/// The backend.
pub(super) const BACKEND: Backend = Backend {
    name: "docker",
    doc: "Dockerfiles and bake.json",
    default: true,
    lower,
};

fn lower(_app: &ir::App, _source: &str) -> Vec<Artifact> {
    Vec::new()
}
