//! Next.js in its standalone form, served by Node.js.

use super::frame::{arguments, base, env, runner, strings};
use super::node::deps;
use super::packages::NPM;
use super::runtimes::NODE;
use super::{Choice, Contract, Recipe};
use crate::docker::{Instruction, Mount, Stage, Value};

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
    ignore: &[".next", "*.md"],
};

/// Where the server keeps optimized images and fetched data.
const CACHE: &str = "/app/.next/cache";

fn contract(choice: &Choice) -> Contract {
    let mut contract = Contract::of_recipe(choice, ["node", "server.js"]);
    contract.writable.push(CACHE.to_owned());
    // `NODE_ENV` is the image's alone: nothing else sets it, and a ConfigMap may.
    contract.variables = vec![("HOSTNAME".to_owned(), "0.0.0.0".to_owned())];
    let port = choice
        .port
        .map(|port| ("PORT".to_owned(), port.to_string()));
    contract.variables.extend(port);
    contract
}

fn plan(choice: &Choice, contract: &Contract) -> Vec<Stage> {
    vec![
        base(choice, vec![env(&[("NEXT_TELEMETRY_DISABLED", "1")])]),
        deps(choice),
        builder(choice),
        runner(choice, contract, environment(contract), files()),
    ]
}

fn builder(choice: &Choice) -> Stage {
    let mut instructions = vec![
        copy("deps", choice.packages.environment, "./node_modules"),
        Instruction::Copy {
            from: None,
            sources: vec!["."],
            target: ".",
        },
    ];
    instructions.extend(arguments(choice, &RECIPE));
    instructions.push(Instruction::Comment(
        "The runner copies public, which not every application has.",
    ));
    instructions.push(Instruction::Run {
        // Each application has a cache of its own: all of them are built in the same folder.
        mounts: vec![Mount::Cache {
            id: format!("next-{}", choice.title),
            target: CACHE,
            locked: false,
        }],
        commands: choice
            .packages
            .build
            .into_iter()
            .chain([["mkdir", "-p", "public"].as_slice()])
            .map(strings)
            .collect(),
    });
    Stage {
        name: "builder",
        from: "base".to_owned(),
        help: "compiles the application.",
        instructions,
    }
}

fn environment(contract: &Contract) -> Vec<Instruction> {
    let mut variables = vec![("NODE_ENV".to_owned(), Value::text("production"))];
    let fixed = contract.variables.iter();
    variables.extend(fixed.map(|(name, value)| (name.clone(), Value::text(value))));
    vec![
        Instruction::Comment(
            "The server listens on HOSTNAME, which container runtimes set to the container's name.",
        ),
        Instruction::Env(variables),
    ]
}

fn files() -> Vec<Instruction> {
    vec![
        copy("builder", "/app/public", "./public"),
        Instruction::Comment("Only `output: \"standalone\"` in next.config makes this folder."),
        copy("builder", "/app/.next/standalone", "./"),
        copy("builder", "/app/.next/static", "./.next/static"),
    ]
}

fn copy(from: &'static str, source: &'static str, target: &'static str) -> Instruction {
    Instruction::Copy {
        from: Some(from),
        sources: vec![source],
        target,
    }
}
