//! What the stages of all recipes have in common.

use super::contract::TEMPORARY;
use super::{Choice, Contract, Flavour, Health, Recipe};
use crate::docker::{Healthcheck, Instruction, Mount, Stage, Value};

/// The folder of the application in every stage.
pub(super) const APP: &str = "/app";

/// Why the health check asks where it asks.
const LOOPBACK: &str =
    "127.0.0.1, because localhost may be ::1 alone. Kubernetes has probes of its own.";

/// The stage that names the image, once, with its tag written out: Dependabot and Renovate follow
/// no argument.
pub(super) fn base(choice: &Choice, mut instructions: Vec<Instruction>) -> Stage {
    instructions.insert(0, Instruction::Workdir(APP));
    Stage {
        name: "base",
        from: choice.base.reference(),
        help: "is what all other stages start from.",
        instructions,
    }
}

/// The stage that ships: `environment` sets variables, `files` copies what was built.
///
/// The files stay root's, so that the process can't change them; a `chown` would also write them
/// all into a second layer. What rarely changes comes first.
pub(super) fn runner(
    choice: &Choice,
    contract: &Contract,
    environment: Vec<Instruction>,
    files: Vec<Instruction>,
) -> Stage {
    let mut instructions = vec![label(choice)];
    instructions.extend(environment);
    // Root is in every image already.
    let user = contract.user.filter(|id| *id != 0);
    instructions.extend(user.map(|id| add_user(id, choice.base.flavour)));
    instructions.extend(files);
    instructions.extend(writable_folders(contract));
    if let Some(id) = contract.user {
        instructions.push(Instruction::Comment(
            "A number, because the kubelet can't tell whether a name is root's.",
        ));
        instructions.push(Instruction::User(id));
    }
    if let Some(port) = choice.port {
        instructions.push(Instruction::Expose(port));
    }
    if let Some(health) = &choice.health {
        instructions.extend(healthcheck(choice, health));
    }
    instructions.push(Instruction::Cmd(contract.command.clone()));
    Stage {
        name: "runner",
        from: "base".to_owned(),
        help: "is the image that ships.",
        instructions,
    }
}

/// Names that the Open Containers image specification defines. Neither date nor commit: the same
/// sources make the same image.
fn label(choice: &Choice) -> Instruction {
    Instruction::Label(vec![
        ("org.opencontainers.image.title", choice.title.clone()),
        ("org.opencontainers.image.version", choice.version.clone()),
        (
            "org.opencontainers.image.base.name",
            choice.base.reference(),
        ),
    ])
}

/// A user with an entry in `/etc/passwd`: without one, `os.userInfo()` and `getpass.getuser()`
/// fail.
fn add_user(id: u32, flavour: Flavour) -> Instruction {
    let commands = match flavour {
        // Today's Debian images have no `adduser`.
        Flavour::Slim => [
            format!("groupadd --gid {id} app"),
            format!(
                "useradd --uid {id} --gid app --no-log-init --no-create-home \
                 --home-dir /nonexistent --shell /usr/sbin/nologin app"
            ),
        ],
        Flavour::Alpine => [
            format!("addgroup -S -g {id} app"),
            format!("adduser -S -D -H -u {id} -h /nonexistent -s /sbin/nologin -G app app"),
        ],
    };
    let words = |command: &String| command.split(' ').map(str::to_owned).collect();
    Instruction::Run {
        mounts: Vec::new(),
        commands: commands.iter().map(words).collect(),
    }
}

/// Makes the folders that the process writes to, besides the one that every image has.
fn writable_folders(contract: &Contract) -> Option<Instruction> {
    let folders = contract.writable.iter().filter(|path| *path != TEMPORARY);
    let folders = folders.cloned().collect::<Vec<_>>();
    if folders.is_empty() {
        return None;
    }
    let user = contract.user.unwrap_or_default();
    let owner = format!("{user}:{user}");
    let before = |start: &[&str]| [strings(start), folders.clone()].concat();
    Some(Instruction::Run {
        mounts: Vec::new(),
        commands: vec![before(&["mkdir", "-p"]), before(&["chown", &owner])],
    })
}

/// Asks what the probes ask. A script of the runtime's stands for the kubelet's own GET or
/// connection: it needs a port to ask.
fn healthcheck(choice: &Choice, health: &Health) -> Vec<Instruction> {
    let scripts = &choice.base.runtime.health;
    let asked = |script: &[&str], path: Option<&String>| {
        let mut command = strings(script);
        command.push(choice.port?.to_string());
        command.extend(path.cloned());
        Some(command)
    };
    let (comment, command) = match health {
        Health::Get(path) => (LOOPBACK, asked(scripts.http, Some(path))),
        Health::Connect => (LOOPBACK, asked(scripts.tcp, None)),
        Health::Command(command) => ("Kubernetes has probes of its own.", Some(command.clone())),
    };
    let Some(command) = command else {
        return Vec::new();
    };
    vec![
        Instruction::Comment(comment),
        Instruction::Healthcheck(Healthcheck {
            interval: 30,
            timeout: 3,
            start_period: 15,
            retries: 3,
            command,
        }),
    ]
}

/// The build's arguments, as variables of the one stage that builds. They stand behind what
/// doesn't depend on them, so that a changed value repeats no more than it must.
pub(super) fn arguments(choice: &Choice, recipe: &Recipe) -> Vec<Instruction> {
    let is_public = |name: &String| {
        let mut prefixes = recipe.public_prefixes.iter();
        prefixes.any(|prefix| name.starts_with(prefix))
    };
    let mut instructions = choice
        .arguments
        .iter()
        .map(|name| Instruction::Arg {
            name: name.clone(),
            help: if is_public(name) {
                "is written into the browser's bundle."
            } else {
                "is known to the build alone."
            },
            public: is_public(name),
        })
        .collect::<Vec<_>>();
    if !instructions.is_empty() {
        let export = |name: &String| (name.clone(), Value::variable(name));
        instructions.push(Instruction::Env(
            choice.arguments.iter().map(export).collect(),
        ));
    }
    instructions
}

/// The package manager's downloads, kept from build to build. One folder for each libc: a wheel
/// that was built for one doesn't say so, and fails on the other.
pub(super) fn package_cache(choice: &Choice) -> Mount {
    let cache = &choice.packages.cache;
    Mount::Cache {
        id: format!("{}-{}", choice.packages.name, choice.base.flavour.word()),
        target: cache.path,
        locked: cache.locked,
    }
}

/// Variables with fixed values.
pub(super) fn env(variables: &[(&str, &str)]) -> Instruction {
    let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), Value::text(*value));
    Instruction::Env(variables.iter().map(pair).collect())
}

/// The words of a command.
pub(super) fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}
