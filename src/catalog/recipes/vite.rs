//! An application of one page that Vite builds, served by nginx.

use super::frame::{copy, run_with_secrets, strings};
use super::nginx::{self, Fallback, ROOT};
use super::node::{PACKAGES, build_script, builder, folder, installed};
use crate::catalog::context::BUILD_VARIABLES;
use crate::catalog::runtimes::NODE;
use crate::catalog::{Choice, Contract, Need, Plan, Recipe};
use crate::docker::Stage;

/// The recipe.
pub(super) const RECIPE: Recipe = Recipe {
    name: "vite",
    doc: "a Vite application of one page, served by nginx, which answers `/healthz`",
    options: &[
        "node",
        "packages",
        "workspace",
        "system",
        "build_system",
        "stand_in",
        "secret",
        "max_size",
    ],
    public_prefixes: &["VITE_", "REACT_APP_", "PUBLIC_"],
    several: "",
    plan: Some(Plan {
        runtime: &NODE,
        packages: PACKAGES,
        entry: None,
        is_server: true,
        contract: nginx::contract,
        stages,
        ignore: &["**/dist", "*.md"],
    }),
    context: &[Need::Packages, Need::Script("build"), BUILD_VARIABLES],
};

/// Where Vite writes to, if its configuration says nothing else.
const OUTPUT: &str = "dist";

fn stages(choice: &Choice, contract: &Contract) -> Vec<Stage> {
    let mut stages = installed(choice, Vec::new());
    // What browsers get is the same on every platform.
    if let Some(base) = stages.first_mut() {
        base.native = true;
    }
    let mut commands = build_script(choice);
    let output = match choice.output.as_str() {
        "" => OUTPUT,
        output => output,
    };
    commands.push(strings(&["test", "-f", &format!("{output}/index.html")]));
    let build = run_with_secrets(choice, Vec::new(), commands);
    stages.push(builder(choice, vec![build]));
    let files = copy("builder", &format!("{}/{output}", folder(choice)), ROOT);
    stages.push(nginx::served(
        choice,
        contract,
        Fallback::Application,
        files,
    ));
    stages
}
