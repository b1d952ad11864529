//! `FastAPI`, served by uvicorn.

use super::packages::{PIP, UV};
use super::runtimes::PYTHON;
use super::{Choice, Contract, Recipe};
use crate::docker::Stage;

/// The recipe.
pub(super) const RECIPE: Recipe = Recipe {
    name: "fastapi",
    doc: "a FastAPI application",
    runtime: &PYTHON,
    packages: &[&UV, &PIP],
    entry: Some("app.main:app"),
    public_prefixes: &[],
    contract,
    plan,
    ignore: &[],
};

fn contract(_choice: &Choice) -> Contract {
    Contract::of_foreign_image()
}

fn plan(_choice: &Choice, _contract: &Contract) -> Vec<Stage> {
    Vec::new()
}
