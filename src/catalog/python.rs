//! What the recipes on Python share.

use super::frame::{APP, arguments, env, package_cache, strings};
use super::{Choice, Recipe};
use crate::docker::{Instruction, Mount, Piece, Stage, Value};

/// The stage that installs packages into an environment, and the application with them where the
/// package manager does that.
pub(super) fn builder(choice: &Choice, recipe: &Recipe) -> Stage {
    let packages = choice.packages;
    let mut instructions = Vec::new();
    instructions.extend(packages.tool.as_ref().map(|tool| Instruction::Copy {
        from: Some(tool.image),
        sources: vec![tool.program],
        target: "/usr/local/bin/",
    }));
    instructions.push(env(packages.variables));
    let install = install(choice);
    if let Some(build) = packages.build {
        instructions.push(install);
        instructions.push(sources());
        instructions.extend(arguments(choice, recipe));
        instructions.push(Instruction::Run {
            mounts: vec![package_cache(choice)],
            commands: vec![strings(build)],
        });
    } else {
        // The install is all that could read them.
        instructions.extend(arguments(choice, recipe));
        instructions.push(install);
    }
    Stage {
        name: "builder",
        from: "base".to_owned(),
        help: "installs the packages of the lock file.",
        instructions,
    }
}

/// Installs from nothing but the files that name the packages, so that a change of the sources
/// doesn't repeat it.
fn install(choice: &Choice) -> Instruction {
    let packages = choice.packages;
    let files = packages.files.iter().map(|file| Mount::Bind {
        source: file,
        target: format!("{APP}/{file}"),
    });
    Instruction::Run {
        mounts: std::iter::once(package_cache(choice))
            .chain(files)
            .collect(),
        commands: packages
            .install
            .iter()
            .map(|words| strings(words))
            .collect(),
    }
}

/// Variables of the stage that runs. The environment's programs are found first; logs appear at
/// once, and nothing is written beside the sources.
pub(super) fn environment(choice: &Choice) -> Vec<Instruction> {
    let programs = format!("{}/bin:", choice.packages.environment);
    let path = vec![Piece::Text(programs), Piece::Variable("PATH".to_owned())];
    vec![Instruction::Env(vec![
        ("PATH".to_owned(), Value(path)),
        ("PYTHONDONTWRITEBYTECODE".to_owned(), Value::text("1")),
        ("PYTHONUNBUFFERED".to_owned(), Value::text("1")),
    ])]
}

/// The environment and the sources.
pub(super) fn files(choice: &Choice) -> Vec<Instruction> {
    let copy = |folder| Instruction::Copy {
        from: Some("builder"),
        sources: vec![folder],
        target: folder,
    };
    if choice.packages.build.is_some() {
        // The environment is in the application's folder.
        vec![copy(APP)]
    } else {
        vec![copy(choice.packages.environment), sources()]
    }
}

fn sources() -> Instruction {
    Instruction::Copy {
        from: None,
        sources: vec!["."],
        target: ".",
    }
}
