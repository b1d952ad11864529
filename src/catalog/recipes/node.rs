//! Plain Node.js, such as Express or Nest, and what the recipes on Node.js share.

use super::frame::{
    APP, Ground, arguments, base, build_system, commands, copy, env, fixed, home, package_cache,
    run_with_secrets, runner, sources, strings, with_stand_ins, workdir,
};
use crate::catalog::context::PROCESS_VARIABLES;
use crate::catalog::packages::{BUN, NPM, PNPM, Tool, YARN, YARN_4};
use crate::catalog::runtimes::NODE;
use crate::catalog::{Choice, Contract, EntryKind, EntryPoint, Need, PackageManager, Plan, Recipe};
use crate::docker::{DockerValue, Instruction, Stage, ValuePart};

/// The recipe.
pub(super) const RECIPE: Recipe = Recipe {
    name: "node",
    doc: "a server or worker on Node.js, such as Express or Nest; its script `build` is run if there is one",
    options: &[
        "node",
        "packages",
        "entry",
        "workspace",
        "system",
        "build_system",
        "stand_in",
        "secret",
        "max_size",
    ],
    public_prefixes: &[],
    several: "",
    plan: Some(Plan {
        runtime: &NODE,
        packages: PACKAGES,
        entry: Some(EntryPoint {
            kind: EntryKind::Script,
            default: Some("dist/main.js"),
            example: "dist/main.js",
        }),
        is_server: false,
        contract,
        stages,
        ignore: &["*.md"],
    }),
    context: &[
        Need::Packages,
        Need::Entry {
            others: &[
                "server.js",
                "index.js",
                "app.js",
                "src/server.js",
                "src/index.js",
                "src/main.js",
            ],
            told_by: None,
        },
        PROCESS_VARIABLES,
    ],
};

/// The package managers of all recipes on Node.js.
pub(super) const PACKAGES: &[&PackageManager] = &[&NPM, &PNPM, &YARN, &YARN_4, &BUN];

fn contract(choice: &Choice) -> Contract {
    let program = choice.server.unwrap_or("node");
    Contract::of_recipe(choice, [program, &choice.entry]).with_port(choice)
}

fn stages(choice: &Choice, contract: &Contract) -> Vec<Stage> {
    let mut stages = installed(choice, Vec::new());
    stages.push(compiled(choice));
    stages.push(pruned(choice));
    let mut variables = vec![
        home(),
        ("NODE_ENV".to_owned(), DockerValue::text("production")),
    ];
    variables.extend(choice.server.map(|_| programs(choice)));
    variables.extend(fixed(contract));
    let mut files = vec![copy("prod-deps", APP, "./"), copy("builder", APP, "./")];
    if !choice.workspace.is_empty() {
        files.push(workdir(&folder(choice)));
    }
    let environment = vec![Instruction::Env(variables)];
    let ground = Ground::base(choice);
    stages.push(runner(choice, contract, ground, environment, files));
    stages
}

/// Where the programs of packages are: of the one that is built, and of its workspace.
fn programs(choice: &Choice) -> (String, DockerValue) {
    let own = (!choice.workspace.is_empty()).then(|| folder(choice));
    let folders = own.into_iter().chain([APP.to_owned()]);
    let folders: String = folders.map(|it| it + "/node_modules/.bin:").collect();
    let path = vec![
        ValuePart::Text(folders),
        ValuePart::Variable("PATH".to_owned()),
    ];
    ("PATH".to_owned(), DockerValue(path))
}

/// What lies in the folders of packages, and what a generator puts there, as patterns of `find`.
const INSTALLED: &str = "*/node_modules/*";
const GENERATED: &str = "*/node_modules/.prisma/*";
/// What lies in the output of Nitro, which has packages of its own.
const OUTPUT: &str = "*/.output/*";

fn compiled(choice: &Choice) -> Stage {
    let packages = packages(choice);
    // npm's `--if-present` is in every image of Node.js, whatever installed the packages; Yarn 1
    // has none.
    let mut script = strings(&["npm", "run", "build", "--if-present"]);
    let mut comments = vec![
        "The image gets the packages without those that only the build needs, but with what the build put",
        "among them, as Prisma does its client.",
    ];
    if let Some(members) = build_members(choice) {
        script = members;
        comments.push("What the package depends on in its workspace is built before it.");
    } else if *packages != NPM {
        comments.push(
            "npm runs its script by force: the application may name another package manager.",
        );
        script.push("--force".to_owned());
    }
    let script: Vec<&str> = script.iter().map(String::as_str).collect();
    let build = with_stand_ins(choice, &script);
    let mut remove = strings(&["find", APP, "(", "-path", INSTALLED]);
    remove.extend(strings(&[
        "-not", "-path", GENERATED, "-not", "-path", OUTPUT,
    ]));
    remove.push("-o".to_owned());
    remove.extend(one_of(packages.passwords));
    remove.extend(strings(&[")", "-not", "-type", "d", "-delete"]));
    let tidy = [
        "find", APP, "-path", INSTALLED, "-type", "d", "-empty", "-delete",
    ];
    let mut instructions: Vec<_> = comments.into_iter().map(Instruction::Comment).collect();
    let commands = vec![build, remove, strings(&tidy)];
    instructions.push(run_with_secrets(choice, Vec::new(), commands));
    builder(choice, instructions)
}

/// The stage with the packages that the application runs with. It starts from the other packages,
/// so that nothing is fetched again.
fn pruned(choice: &Choice) -> Stage {
    let packages = packages(choice);
    let mut remove = strings(&["find", APP, "-name", "node_modules", "-prune", "-o"]);
    remove.extend(one_of(packages.passwords));
    remove.extend(strings(&["-exec", "rm", "{}", "+"]));
    let mut commands = commands(packages.prune);
    commands.push(remove);
    Stage {
        name: "prod-deps",
        from: "deps".to_owned(),
        native: false,
        help: "leaves out the packages that only the build needs.",
        instructions: vec![run_with_secrets(
            choice,
            vec![package_cache(choice, packages)],
            commands,
        )],
    }
}

/// The words by which `find` finds what has one of the names.
fn one_of<'a>(names: impl IntoIterator<Item = &'a &'a str>) -> Vec<String> {
    let each = names.into_iter().map(|name| strings(&["-name", name]));
    let any = each.collect::<Vec<_>>().join(&"-o".to_owned());
    [strings(&["("]), any, strings(&[")"])].concat()
}

/// The package manager.
pub(super) fn packages(choice: &Choice) -> &'static PackageManager {
    choice.packages.unwrap_or(&NPM)
}

/// The folder of the package that is built.
pub(super) fn folder(choice: &Choice) -> String {
    match choice.workspace.as_str() {
        "" => APP.to_owned(),
        workspace => format!("{APP}/{workspace}"),
    }
}

/// The stages in which packages are installed: `base` with `instructions`, and all until `deps`.
pub(super) fn installed(choice: &Choice, instructions: Vec<Instruction>) -> Vec<Stage> {
    let mut stages = vec![base(choice, instructions)];
    stages.extend(tool(choice));
    if has_manifests(choice) {
        stages.push(manifests(choice));
    }
    stages.push(deps(choice));
    stages
}

/// The stage that the package manager is in, and what else only the build needs.
fn tools(choice: &Choice) -> &'static str {
    if packages(choice).tool.is_none() && choice.build_system.is_empty() {
        "base"
    } else {
        "tools"
    }
}

fn tool(choice: &Choice) -> Option<Stage> {
    let packages = packages(choice);
    if tools(choice) == "base" {
        return None;
    }
    let mut instructions = build_system(choice);
    let tool = packages.tool.as_ref();
    if let Some((image, program)) = tool.and_then(|tool| tool.binary(choice.base.flavour)) {
        instructions.push(copy(&image, program, "/usr/local/bin/"));
    }
    if let Some(Tool::Npm(install)) = tool {
        instructions.push(Instruction::Run {
            mounts: vec![package_cache(choice, &NPM)],
            commands: vec![in_release(install, &choice.release)],
        });
    }
    instructions.extend(env(packages.variables));
    Some(Stage {
        name: "tools",
        from: "base".to_owned(),
        native: false,
        help: if tool.is_some() {
            "has the package manager, which doesn't ship."
        } else {
            "has what only the build needs."
        },
        instructions,
    })
}

/// A command whose last word is a package and its release, with another release where one is asked for.
fn in_release(install: &[&str], release: &str) -> Vec<String> {
    let mut words = strings(install);
    if let Some(last) = words.last_mut().filter(|_| !release.is_empty())
        && let Some((package, _)) = last.rsplit_once('@')
    {
        *last = format!("{package}@{release}");
    }
    words
}

/// Whether the files that name packages are in several folders.
fn has_manifests(choice: &Choice) -> bool {
    !choice.workspace.is_empty() || !packages(choice).folders.is_empty()
}

/// The stage that keeps the files that name packages, wherever in the context they are: only their
/// bytes count for what is copied from it.
fn manifests(choice: &Choice) -> Stage {
    let packages = packages(choice);
    let mut find = strings(&[
        "find",
        ".",
        "(",
        "-type",
        "d",
        "-o",
        "-name",
        packages.manifest,
    ]);
    for name in std::iter::once(&packages.lock).chain(packages.settings) {
        find.extend(strings(&["-o", "-name", name]));
    }
    for pattern in packages.folders {
        find.extend(strings(&["-o", "-path", pattern]));
    }
    find.extend(strings(&[")", "-o", "-delete"]));
    let empty = ["find", ".", "-type", "d", "-empty", "-delete"];
    Stage {
        name: "manifests",
        from: "base".to_owned(),
        native: false,
        help: "has nothing but the files that name packages.",
        instructions: vec![sources(), Instruction::run(vec![find, strings(&empty)])],
    }
}

/// The stage that installs packages, from nothing but the files that name them: a change of the
/// sources doesn't repeat it.
fn deps(choice: &Choice) -> Stage {
    let packages = packages(choice);
    let named = if has_manifests(choice) {
        copy("manifests", APP, "./")
    } else {
        let files = packages.files().into_iter();
        let files = files.chain(packages.settings.iter().copied());
        Instruction::Copy {
            from: None,
            sources: files.map(str::to_owned).collect(),
            target: "./".to_owned(),
            owner: None,
        }
    };
    let mut install = commands(packages.install);
    let is_workspace = !choice.workspace.is_empty();
    install.extend(packages.verify.filter(|_| is_workspace).map(strings));
    Stage {
        name: "deps",
        from: tools(choice).to_owned(),
        native: false,
        help: "installs the packages of the lock file.",
        instructions: vec![
            named,
            run_with_secrets(choice, vec![package_cache(choice, packages)], install),
        ],
    }
}

/// The stage that builds, by these instructions.
pub(super) fn builder(choice: &Choice, build: Vec<Instruction>) -> Stage {
    let mut instructions = vec![copy("deps", APP, "./"), sources()];
    if !choice.workspace.is_empty() {
        instructions.push(workdir(&folder(choice)));
    }
    instructions.extend(arguments(choice));
    instructions.extend(build);
    Stage {
        name: "builder",
        from: tools(choice).to_owned(),
        native: false,
        help: "compiles the application.",
        instructions,
    }
}

/// The command that runs the scripts `build` of a workspace, in order; `None` where one package alone is built.
fn build_members(choice: &Choice) -> Option<Vec<String>> {
    if choice.has_turbo {
        // Without `loose`, tasks see those variables alone that `turbo.json` names.
        let turbo = format!("{APP}/node_modules/.bin/turbo");
        let options = [
            "run",
            "build",
            "--filter=.",
            "--env-mode=loose",
            "--cache-dir=/tmp/turbo",
        ];
        return Some([strings(&[&turbo]), strings(&options)].concat());
    }
    if !choice.members.is_empty() {
        let app = format!("--prefix={APP}");
        let mut command = strings(&["npm", &app, "run", "build", "--if-present"]);
        let is_others = *packages(choice) != NPM;
        // Theirs may be the only package manager that the application names.
        command.extend(is_others.then(|| "--force".to_owned()));
        let members = choice.members.iter();
        command.extend(members.map(|folder| format!("--workspace={APP}/{folder}")));
        return Some(command);
    }
    let members = packages(choice).build_members?;
    (!choice.workspace.is_empty()).then(|| strings(members))
}

/// The command that runs the script `build`.
pub(super) fn build_script(choice: &Choice) -> Vec<Vec<String>> {
    let build = packages(choice).build.map(strings);
    let build = build_members(choice).or(build);
    let build = build.iter();
    build
        .map(|words| {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            with_stand_ins(choice, &words)
        })
        .collect()
}
