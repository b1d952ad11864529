//! Next.js in its standalone form, served by Node.js.

use super::frame::{self, Ground, copy, env, fixed, home, runner, strings};
use super::node::{PACKAGES, build_script, builder, folder, installed};
use crate::catalog::context::BUILD_VARIABLES;
use crate::catalog::contract::IDLE_SECONDS;
use crate::catalog::runtimes::NODE;
use crate::catalog::{Choice, Contract, Need, Plan, Recipe};
use crate::docker::{DockerValue, Instruction, Stage};

/// The recipe.
pub(super) const RECIPE: Recipe = Recipe {
    name: "nextjs",
    doc: "a Next.js application with `output: \"standalone\"`",
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
    public_prefixes: &["NEXT_PUBLIC_"],
    several: "Server Actions fail between pods of different builds, unless all are built with one NEXT_SERVER_ACTIONS_ENCRYPTION_KEY",
    plan: Some(Plan {
        runtime: &NODE,
        packages: PACKAGES,
        entry: None,
        is_server: true,
        contract,
        stages,
        ignore: &["**/.next", "*.md"],
    }),
    context: &[
        Need::Packages,
        Need::Script("build"),
        Need::Setting {
            files: &[
                "next.config.js",
                "next.config.mjs",
                "next.config.ts",
                "next.config.mts",
            ],
            key: "output",
            value: "standalone",
        },
        BUILD_VARIABLES,
    ],
};

/// Where the server keeps optimized images and fetched data.
fn cache(choice: &Choice) -> String {
    folder(choice) + "/.next/cache"
}

/// Where the server is in the image: in the folder that it has in the sources.
fn served(choice: &Choice, path: &str) -> String {
    match choice.workspace.as_str() {
        "" => path.to_owned(),
        workspace => format!("{workspace}/{path}"),
    }
}

fn contract(choice: &Choice) -> Contract {
    let server = served(choice, "server.js");
    let mut contract = Contract::of_recipe(choice, ["node", &server]);
    contract.writable.push(cache(choice));
    // `NODE_ENV` is the image's alone: nothing else sets it, and a ConfigMap may.
    contract.variables = vec![("HOSTNAME".to_owned(), "0.0.0.0".to_owned())];
    contract.with_port(choice)
}

fn stages(choice: &Choice, contract: &Contract) -> Vec<Stage> {
    let quiet = env(&[("NEXT_TELEMETRY_DISABLED", "1")]);
    let mut stages = installed(choice, quiet.into_iter().collect());
    stages.push(builder(choice, build(choice)));
    stages.push(runner(
        choice,
        contract,
        Ground::base(choice),
        environment(contract),
        files(choice),
    ));
    stages
}

fn build(choice: &Choice) -> Vec<Instruction> {
    let mut commands = build_script(choice);
    commands.push(strings(&["mkdir", "-p", "public"]));
    vec![
        Instruction::Comment("The runner copies public, which not every application has."),
        frame::run_with_secrets(
            choice,
            // Each image has a cache of its own: all of them are built in the same folder.
            vec![frame::cache(
                choice,
                &format!("next-{}", choice.title),
                &cache(choice),
                false,
            )],
            commands,
        ),
    ]
}

fn environment(contract: &Contract) -> Vec<Instruction> {
    let mut variables = vec![
        home(),
        ("NODE_ENV".to_owned(), DockerValue::text("production")),
    ];
    let idle = IDLE_SECONDS * 1000;
    variables.push((
        "KEEP_ALIVE_TIMEOUT".to_owned(),
        DockerValue::text(idle.to_string()),
    ));
    variables.extend(fixed(contract));
    vec![
        Instruction::Comment(
            "The server listens on HOSTNAME, which container runtimes set to the container's name.",
        ),
        Instruction::Env(variables),
    ]
}

fn files(choice: &Choice) -> Vec<Instruction> {
    let built = folder(choice);
    let to = |path| format!("./{}", served(choice, path));
    vec![
        copy("builder", &format!("{built}/public"), &to("public")),
        Instruction::Comment("Only `output: \"standalone\"` in next.config makes this folder."),
        copy("builder", &format!("{built}/.next/standalone"), "./"),
        copy(
            "builder",
            &format!("{built}/.next/static"),
            &to(".next/static"),
        ),
    ]
}
