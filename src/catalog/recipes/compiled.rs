//! One program that needs nothing else: what the recipes share that compile to one.

use super::frame::{self, APP, Ground, copy, runner, strings, workdir};
use crate::catalog::{Choice, Contract};
use crate::docker::{Because, Instruction, Stage};

/// Where the builder leaves the program.
pub(super) const BUILT: &str = "/out/server";
/// Where the image has it.
const PROGRAM: &str = "/app/server";
/// An empty folder that the builder makes.
const EMPTY: &str = "/out/empty";

/// The contract of all of them.
pub(super) fn contract(choice: &Choice) -> Contract {
    Contract::of_recipe(choice, [PROGRAM]).with_port(choice)
}

/// Makes what [`shipped`] copies besides the program: there is no shell to make folders with.
pub(super) fn folders(contract: &Contract) -> Option<Vec<String>> {
    let is_needed = !frame::folders(contract).is_empty();
    is_needed.then(|| strings(&["mkdir", "-p", EMPTY]))
}

/// The stage that ships, on an image without a shell.
pub(super) fn shipped(choice: &Choice, contract: &Contract, image: &str) -> Stage {
    let mut files = Vec::new();
    for (path, reason) in frame::folders(contract) {
        let folder = Instruction::Copy {
            from: Some("builder".to_owned()),
            sources: vec![EMPTY.to_owned()],
            target: path.clone(),
            owner: contract.user,
        };
        files.push(folder.because(reason));
    }
    files.push(copy("builder", BUILT, PROGRAM));
    for path in &choice.data {
        let place = format!("{APP}/{path}");
        files.push(copy("builder", &place, &place).because(Because::Option("data")));
    }
    // Programs read their files by paths from there.
    if !choice.data.is_empty() {
        files.push(workdir(APP).because(Because::Option("data")));
    }
    let variables = std::iter::once(frame::home()).chain(frame::fixed(contract));
    let environment = vec![Instruction::Env(variables.collect())];
    runner(choice, contract, Ground::bare(image), environment, files)
}
