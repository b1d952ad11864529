//! A Dockerfile that somebody else writes.

use crate::catalog::{Need, Recipe};

/// The recipe.
pub(super) const RECIPE: Recipe = Recipe {
    name: "dockerfile",
    doc: "a Dockerfile of your own, of which nothing is known",
    options: &["file", "stage", "secret", "max_size"],
    public_prefixes: &[],
    several: "",
    plan: None,
    context: &[Need::Dockerfile],
};

/// The Dockerfile in the context where none is named.
pub const FILE: &str = "Dockerfile";
