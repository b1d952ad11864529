//! Next.js in its standalone form, served by Node.js.

use super::packages::NPM;
use super::runtimes::NODE;
use super::{Choice, Contract, Recipe};
use crate::docker::Stage;

/// The recipe.
pub(super) const RECIPE: Recipe = Recipe {
    name: "nextjs",
    doc: "a Next.js application with `output: \"standalone\"`",
    runtime: &NODE,
    packages: &[&NPM],
    entry: None,
    public_prefixes: &["NEXT_PUBLIC_"],
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
