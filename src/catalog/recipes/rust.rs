//! Rust: one program and the libc of Debian.

use super::compiled::{BUILT, contract, folders, shipped};
use super::frame::{APP, arguments, cache, run_with_secrets, sources, strings, system, workdir};
use crate::catalog::context::PROCESS_VARIABLES;
use crate::catalog::runtimes::RUST;
use crate::catalog::{Choice, Contract, EntryKind, EntryPoint, Need, Plan, Recipe};
use crate::docker::{Instruction, Stage};

/// The recipe.
pub(super) const RECIPE: Recipe = Recipe {
    name: "rust",
    doc: "a binary of a Cargo package or workspace; the image holds it and its `data` alone, with no shell and no health check of its own",
    options: &["rust", "entry", "system", "secret", "data", "max_size"],
    public_prefixes: &[],
    several: "",
    plan: Some(Plan {
        runtime: &RUST,
        packages: &[],
        entry: Some(EntryPoint {
            kind: EntryKind::Binary,
            default: None,
            example: "api",
        }),
        is_server: false,
        contract,
        stages,
        ignore: &[],
    }),
    context: &[
        Need::File {
            path: "Cargo.toml",
            help: "build from the folder that holds it, or make it: `cargo init`",
        },
        Need::File {
            path: "Cargo.lock",
            help: "make it, and commit it: `cargo generate-lockfile`",
        },
        Need::Entry {
            others: &[],
            told_by: None,
        },
        Need::Data {
            sources: ".rs",
            told_by: "Cargo.toml",
            embeds: &[
                "askama",
                "diesel_migrations",
                "include_dir",
                "minijinja-embed",
                "refinery",
                "rinja",
                "rust-embed",
                "sailfish",
                "sea-orm-migration",
                "sqlx",
            ],
        },
        PROCESS_VARIABLES,
    ],
};

/// The libraries that Rust's programs are linked to, of the release of Debian that they are built
/// on. It has floating tags alone.
const RUNNER: &str = "gcr.io/distroless/cc-debian13:nonroot";

fn stages(choice: &Choice, contract: &Contract) -> Vec<Stage> {
    vec![builder(choice, contract), shipped(choice, contract, RUNNER)]
}

/// Dependencies stay compiled in the cache of `target`, so that they need no layer of their own.
fn builder(choice: &Choice, contract: &Contract) -> Stage {
    let target = format!("cargo-target-{}", choice.title);
    let mut instructions = vec![workdir(APP)];
    instructions.extend(system(choice));
    instructions.push(sources());
    instructions.extend(arguments(choice));
    let binary = format!("target/release/{}", choice.entry);
    // Cargo compares times. Sources may be older than what the cache has of others: those of a
    // checkout that waited for its turn, or of an archive.
    let touch = [
        "find", ".", "-path", "./target", "-prune", "-o", "-type", "f", "-exec", "touch", "{}", "+",
    ];
    let build = [
        "cargo",
        "build",
        "--locked",
        "--release",
        "--bin",
        &choice.entry,
    ];
    // The folder `target` is gone after the command.
    let mut commands = vec![
        strings(&touch),
        strings(&build),
        strings(&["install", "-D", &binary, BUILT]),
    ];
    commands.extend(folders(contract));
    instructions.push(Instruction::Comment(
        "Cargo goes by times, and the cache may be newer than these sources.",
    ));
    let mounts = vec![
        cache(choice, "cargo-registry", "/usr/local/cargo/registry", false),
        cache(choice, "cargo-git", "/usr/local/cargo/git", false),
        cache(choice, &target, "/app/target", true),
    ];
    instructions.push(run_with_secrets(choice, mounts, commands));
    Stage {
        name: "builder",
        from: choice.base.reference(),
        native: false,
        help: "compiles the program.",
        instructions,
    }
}
