//! Plain Python, such as a worker, and what the recipes on Python share.

use super::frame::{
    APP, Ground, arguments, base, build_system, commands, copy, env, fixed, home, package_cache,
    run_with_secrets, runner, sources, strings,
};
use crate::catalog::context::PROCESS_VARIABLES;
use crate::catalog::packages::{PDM, PIP, PIPENV, POETRY, Tool, UV};
use crate::catalog::runtimes::PYTHON;
use crate::catalog::{
    Choice, Contract, EntryKind, EntryPoint, Need, PackageManager, Plan, Recipe, is_python_file,
};
use crate::docker::{DockerValue, Instruction, Mount, Stage, ValuePart};

/// The recipe.
pub(super) const RECIPE: Recipe = Recipe {
    name: "python",
    doc: "a worker or server that is a module or script of Python",
    options: OPTIONS,
    public_prefixes: &[],
    several: "",
    plan: Some(Plan {
        runtime: &PYTHON,
        packages: PACKAGES,
        entry: Some(EntryPoint {
            kind: EntryKind::Module,
            default: None,
            example: "app.worker",
        }),
        is_server: false,
        contract,
        stages,
        ignore: &[],
    }),
    context: &[
        Need::Packages,
        Need::Entry {
            others: &[
                "main.py",
                "worker.py",
                "app.py",
                "src/main.py",
                "app/main.py",
            ],
            told_by: None,
        },
        PROCESS_VARIABLES,
    ],
};

/// The options of recipes on Python that build nothing besides.
pub(super) const OPTIONS: &[&str] = &[
    "python",
    "packages",
    "entry",
    "system",
    "build_system",
    "secret",
    "max_size",
];

/// The package managers of all recipes on Python.
pub(super) const PACKAGES: &[&PackageManager] = &[&UV, &PIP, &POETRY, &PDM, &PIPENV];

fn contract(choice: &Choice) -> Contract {
    let entry = choice.entry.as_str();
    let contract = if is_python_file(entry) {
        Contract::of_recipe(choice, ["python", entry])
    } else {
        Contract::of_recipe(choice, ["python", "-m", entry])
    };
    contract.with_port(choice)
}

fn stages(choice: &Choice, contract: &Contract) -> Vec<Stage> {
    shipped(choice, contract, Vec::new())
}

/// The stages of all of them; `built` is what the builder does once the sources are there.
pub(super) fn shipped(choice: &Choice, contract: &Contract, built: Vec<Instruction>) -> Vec<Stage> {
    let files = files(choice, !built.is_empty());
    let ground = Ground::base(choice);
    let environment = environment(choice, contract);
    vec![
        base(choice, Vec::new()),
        builder(choice, built),
        runner(choice, contract, ground, environment, files),
    ]
}

/// Seconds that a server gives to what it has begun to answer: less than all that are left, since
/// the pod waits before it stops, and the process must end by itself.
pub(super) fn drain_seconds(choice: &Choice) -> String {
    const KEPT: u32 = 10;
    choice
        .shutdown_seconds
        .saturating_sub(KEPT)
        .max(1)
        .to_string()
}

/// The package manager.
fn packages(choice: &Choice) -> &'static PackageManager {
    choice.packages.unwrap_or(&UV)
}

/// The environment's Python.
pub(super) fn interpreter(choice: &Choice) -> String {
    format!("{}/bin/python", packages(choice).environment)
}

/// The stage that installs packages into an environment, and the application with them where the
/// package manager does that.
fn builder(choice: &Choice, built: Vec<Instruction>) -> Stage {
    let packages = packages(choice);
    let mut instructions = build_system(choice);
    let tool = packages.tool.as_ref();
    let binary = tool.and_then(|tool| tool.binary(choice.base.flavour));
    instructions.extend(binary.map(|(image, program)| copy(&image, program, "/usr/local/bin/")));
    instructions.extend(env(packages.variables));
    if let Some(Tool::Python(install)) = tool {
        instructions.push(Instruction::Run {
            mounts: vec![package_cache(choice, &PIP)],
            commands: commands(install),
        });
    }
    instructions.push(install(choice));
    if packages.build.is_some() || !built.is_empty() {
        instructions.push(sources());
    }
    instructions.extend(arguments(choice));
    instructions.extend(packages.build.map(|build| {
        let mounts = vec![package_cache(choice, packages)];
        run_with_secrets(choice, mounts, vec![strings(build)])
    }));
    instructions.extend(built);
    Stage {
        name: "builder",
        from: "base".to_owned(),
        native: false,
        help: "installs the packages of the lock file.",
        instructions,
    }
}

/// Installs from nothing but the files that name the packages, so that a change of the sources
/// doesn't repeat it.
fn install(choice: &Choice) -> Instruction {
    let packages = packages(choice);
    let files = packages.files().into_iter().map(|file| Mount::Bind {
        source: file,
        target: format!("{APP}/{file}"),
    });
    let mounts = std::iter::once(package_cache(choice, packages)).chain(files);
    run_with_secrets(choice, mounts.collect(), commands(packages.install))
}

/// Variables of the stage that runs. The environment's programs are found first; logs appear at
/// once, and nothing is written beside the sources.
fn environment(choice: &Choice, contract: &Contract) -> Vec<Instruction> {
    let programs = format!("{}/bin:", packages(choice).environment);
    let path = vec![
        ValuePart::Text(programs),
        ValuePart::Variable("PATH".to_owned()),
    ];
    let mut variables = vec![
        home(),
        ("PATH".to_owned(), DockerValue(path)),
        ("PYTHONDONTWRITEBYTECODE".to_owned(), DockerValue::text("1")),
        ("PYTHONUNBUFFERED".to_owned(), DockerValue::text("1")),
    ];
    variables.extend(fixed(contract));
    vec![Instruction::Env(variables)]
}

/// The environment and the sources, which the builder may have added to.
fn files(choice: &Choice, changed: bool) -> Vec<Instruction> {
    let packages = packages(choice);
    let of_builder = |folder| copy("builder", folder, folder);
    match (packages.build, changed) {
        // The environment is in the application's folder.
        (Some(_), _) => vec![of_builder(APP)],
        (None, true) if packages.environment.starts_with(APP) => vec![of_builder(APP)],
        (None, true) => vec![of_builder(packages.environment), of_builder(APP)],
        (None, false) => vec![of_builder(packages.environment), sources()],
    }
}
