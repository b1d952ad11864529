//! Files as they are, served by nginx.

use super::nginx::{self, Fallback, ROOT};
use crate::catalog::runtimes::NGINX;
use crate::catalog::{Choice, Contract, Plan, Recipe};
use crate::docker::{Instruction, Stage};

/// The recipe.
pub(super) const RECIPE: Recipe = Recipe {
    name: "static",
    doc: "the files of the folder as they are, served by nginx, which answers `/healthz`",
    options: &["max_size"],
    public_prefixes: &[],
    several: "",
    plan: Some(Plan {
        runtime: &NGINX,
        packages: &[],
        entry: None,
        is_server: true,
        contract: nginx::contract,
        stages,
        // The web has one name of that kind.
        ignore: &["**/node_modules", "**/.*", "!**/.well-known"],
    }),
    context: &[],
};

fn stages(choice: &Choice, contract: &Contract) -> Vec<Stage> {
    let files = Instruction::Copy {
        from: None,
        sources: vec![".".to_owned()],
        target: ROOT.to_owned(),
        owner: None,
    };
    vec![nginx::served(choice, contract, Fallback::NotFound, files)]
}
