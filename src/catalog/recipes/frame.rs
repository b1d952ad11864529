//! What the stages of all recipes have in common.

use std::collections::BTreeSet;

use crate::catalog::contract::TEMPORARY;
use crate::catalog::pins::BASE_NAME;
use crate::catalog::runtimes::HealthScripts;
use crate::catalog::{Base, Choice, Contract, Flavour, PackageManager, SelfCheck};
use crate::docker::{Because, DockerValue, Healthcheck, Instruction, Mount, Stage};

/// Where processes keep what they may lose: the user has no folder of its own, and programs look for one.
pub(super) fn home() -> (String, DockerValue) {
    ("HOME".to_owned(), DockerValue::text(TEMPORARY))
}

/// The folder of the application in every stage.
pub(super) const APP: &str = "/app";

/// Why the health check asks where it asks.
const LOOPBACK: &str =
    "127.0.0.1, because localhost may be ::1 alone. Kubernetes has probes of its own.";

/// The stage that names the image, once, with its tag written out: Dependabot and Renovate follow
/// no argument. Packages of the system are installed here, so that what is built against them
/// finds them where it runs.
pub(super) fn base(choice: &Choice, instructions: Vec<Instruction>) -> Stage {
    let mut all = vec![workdir(APP)];
    all.extend(instructions);
    all.extend(system(choice));
    Stage {
        name: "base",
        from: choice.base.reference(),
        native: false,
        help: "is what all other stages start from.",
        instructions: all,
    }
}

/// What the stage that ships starts from.
#[derive(Debug)]
pub(super) struct Ground {
    /// The image's reference, or the name of an earlier stage.
    from: String,
    /// The image's reference.
    image: String,
    /// How a user is added; `None` where none is needed.
    accounts: Option<Flavour>,
    /// How the process is asked for its health, where anything there can ask.
    health: Option<&'static HealthScripts>,
    /// Whether it has one program and no shell: arguments that a pod gives go to the program, and
    /// don't replace it.
    is_program: bool,
}

impl Ground {
    /// The stage `base`.
    pub(super) fn base(choice: &Choice) -> Self {
        Ground {
            from: "base".to_owned(),
            image: choice.base.reference(),
            accounts: Some(choice.base.flavour),
            health: choice.base.runtime.health.as_ref(),
            is_program: false,
        }
    }

    /// An image with a server of files, which has a user of its own.
    pub(super) fn server(base: &Base) -> Self {
        Ground {
            from: base.reference(),
            image: base.reference(),
            accounts: None,
            health: base.runtime.health.as_ref(),
            is_program: false,
        }
    }

    /// An image with nothing but what one program needs: no shell, nothing that could ask.
    pub(super) fn bare(image: &str) -> Self {
        Ground {
            from: image.to_owned(),
            image: image.to_owned(),
            accounts: None,
            health: None,
            is_program: true,
        }
    }
}

/// The stage that ships: `environment` sets variables, `files` copies what was built.
///
/// The files stay root's, so that the process can't change them; a `chown` would also write them
/// all into a second layer. What rarely changes comes first.
pub(super) fn runner(
    choice: &Choice,
    contract: &Contract,
    ground: Ground,
    environment: Vec<Instruction>,
    files: Vec<Instruction>,
) -> Stage {
    let mut instructions = vec![label(choice, ground.image)];
    instructions.extend(environment);
    // Root is in every image already.
    let user = contract.user.filter(|id| *id != 0);
    let accounts = user.zip(ground.accounts);
    instructions.extend(accounts.map(|(id, flavour)| add_user(id, flavour)));
    instructions.extend(files);
    // What has no shell copies its folders.
    instructions.extend(writable_folders(contract).filter(|_| !ground.is_program));
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
        instructions.extend(healthcheck(choice, health, ground.health));
    }
    let command = contract.command.clone();
    instructions.push(if ground.is_program {
        Instruction::Entrypoint(command)
    } else {
        Instruction::Cmd(command)
    });
    Stage {
        name: "runner",
        from: ground.from,
        native: false,
        help: "is the image that ships.",
        instructions,
    }
}

/// Names that the Open Containers image specification defines. Neither date nor commit: the same
/// sources make the same image.
fn label(choice: &Choice, image: String) -> Instruction {
    Instruction::Label(vec![
        ("org.opencontainers.image.title", choice.title.clone()),
        ("org.opencontainers.image.version", choice.version.clone()),
        (BASE_NAME, image),
    ])
}

/// Installs packages of the system. Their versions are those of the base image's release: old ones
/// vanish from its archives, so that a build that names one breaks.
pub(super) fn system(choice: &Choice) -> Vec<Instruction> {
    packages_of_system(choice, &choice.system, "system")
}

/// The same of those that only the build needs, in a stage that doesn't ship.
pub(super) fn build_system(choice: &Choice) -> Vec<Instruction> {
    packages_of_system(choice, &choice.build_system, "build_system")
}

fn packages_of_system(choice: &Choice, names: &[String], option: &'static str) -> Vec<Instruction> {
    if names.is_empty() {
        return Vec::new();
    }
    let install = |start: &[&str]| [strings(start), names.to_vec()].concat();
    let (pragma, commands) = if choice.base.flavour.is_alpine() {
        let add = install(&["apk", "add", "--no-cache"]);
        ("hadolint ignore=DL3018", vec![add])
    } else {
        let add = install(&["apt-get", "install", "-y", "--no-install-recommends"]);
        let lists = ["rm", "-rf", "/var/lib/apt/lists"];
        let commands = vec![strings(&["apt-get", "update"]), add, strings(&lists)];
        ("hadolint ignore=DL3008", commands)
    };
    vec![
        Instruction::Comment("Without versions: archives keep no old ones."),
        Instruction::Comment(pragma),
        Instruction::run(commands).because(Because::Option(option)),
    ]
}

/// A user with an entry in `/etc/passwd`: without one, `os.userInfo()` and `getpass.getuser()`
/// fail.
fn add_user(id: u32, flavour: Flavour) -> Instruction {
    let commands = if flavour.is_alpine() {
        [
            format!("addgroup -S -g {id} app"),
            format!("adduser -S -D -H -u {id} -h /nonexistent -s /sbin/nologin -G app app"),
        ]
    } else {
        // Today's Debian images have no `adduser`.
        [
            format!("groupadd --gid {id} app"),
            format!(
                "useradd --uid {id} --gid app --no-log-init --no-create-home \
                 --home-dir /nonexistent --shell /usr/sbin/nologin app"
            ),
        ]
    };
    let words = |command: &String| command.split(' ').map(str::to_owned).collect();
    Instruction::run(commands.iter().map(words).collect()).because(Because::Contract("user"))
}

/// The folders that the process writes to, besides the one that every image has, and what each is
/// there for.
pub(super) fn folders(contract: &Contract) -> Vec<(&String, Because)> {
    let writable = contract.writable.iter();
    let writable = writable.map(|path| (path, Because::Contract("writable")));
    let known: BTreeSet<&String> = contract.writable.iter().collect();
    let kept = contract.kept.iter().filter(|path| !known.contains(path));
    let kept = kept.map(|path| (path, Because::Contract("volume")));
    let all = writable.chain(kept);
    all.filter(|(path, _)| *path != TEMPORARY).collect()
}

/// Makes the folders that the process writes to.
fn writable_folders(contract: &Contract) -> Option<Instruction> {
    let (folders, reasons): (Vec<_>, Vec<_>) = folders(contract).into_iter().unzip();
    let folders: Vec<_> = folders.into_iter().cloned().collect();
    if folders.is_empty() {
        return None;
    }
    let user = contract.user.unwrap_or_default();
    let owner = format!("{user}:{user}");
    let before = |start: &[&str]| [strings(start), folders.clone()].concat();
    let make = Instruction::run(vec![before(&["mkdir", "-p"]), before(&["chown", &owner])]);
    // A recipe's own folders lie below the package that it runs.
    let make = make.because(Because::Option("workspace"));
    let make = make.because(Because::Contract("user"));
    let mut reasons = reasons;
    reasons.dedup();
    Some(reasons.into_iter().rev().fold(make, Instruction::because))
}

/// Asks what the probes ask. A script of the runtime's stands for the kubelet's own GET or
/// connection: it needs a port to ask.
fn healthcheck(
    choice: &Choice,
    health: &SelfCheck,
    scripts: Option<&HealthScripts>,
) -> Vec<Instruction> {
    let asked = |script: &[&str], path: &str| {
        let port = choice.port?.to_string();
        let words = script.iter();
        let words = words.map(|word| word.replace("{port}", &port).replace("{path}", path));
        Some(words.collect())
    };
    let (comment, command) = match health {
        SelfCheck::Get(path) => (
            LOOPBACK,
            scripts.and_then(|scripts| asked(scripts.http, path)),
        ),
        SelfCheck::Connect => (LOOPBACK, scripts.and_then(|scripts| asked(scripts.tcp, ""))),
        SelfCheck::Command(command) => ("Kubernetes has probes of its own.", Some(command.clone())),
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
pub(super) fn arguments(choice: &Choice) -> Vec<Instruction> {
    let mut instructions = choice
        .arguments
        .iter()
        .map(|argument| Instruction::Arg {
            name: argument.name.clone(),
            help: if argument.public {
                "is written into the browser's bundle."
            } else {
                "is known to the build alone."
            },
            public: argument.public,
        })
        .collect::<Vec<_>>();
    if !instructions.is_empty() {
        let export = |argument: &crate::catalog::Argument| {
            (argument.name.clone(), DockerValue::variable(&argument.name))
        };
        instructions.push(Instruction::Env(
            choice.arguments.iter().map(export).collect(),
        ));
    }
    instructions
}

/// A command of the application's own, which sees the values that stand in for secrets. They are
/// variables of this one command: no layer and no configuration of the image keeps them.
pub(super) fn with_stand_ins(choice: &Choice, words: &[&str]) -> Vec<String> {
    let mut all = Vec::new();
    if !choice.stand_ins.is_empty() {
        all.push("env".to_owned());
        let pairs = choice.stand_ins.iter();
        all.extend(pairs.map(|(name, value)| format!("{name}={value}")));
    }
    all.extend(strings(words));
    all
}

/// A `RUN` that installs packages or builds: it sees the secrets of the build, which nothing keeps.
pub(super) fn run_with_secrets(
    choice: &Choice,
    mut mounts: Vec<Mount>,
    commands: Vec<Vec<String>>,
) -> Instruction {
    let secrets = choice.secrets.iter().map(|secret| Mount::Secret {
        id: secret.name.clone(),
        target: secret.file.clone(),
    });
    mounts.extend(secrets);
    let run = Instruction::Run { mounts, commands };
    if choice.secrets.is_empty() {
        return run;
    }
    run.because(Because::Option("secret"))
}

/// A folder that is kept from build to build, of this application alone: what the build of another leaves
/// in a folder of both would be part of this one's images.
pub(super) fn cache(choice: &Choice, what: &str, target: &str, locked: bool) -> Mount {
    Mount::Cache {
        id: format!("{}-{what}", choice.project),
        target: target.to_owned(),
        locked,
    }
}

/// The package manager's downloads, kept from build to build. One folder for each libc: a wheel
/// that was built for one doesn't say so, and fails on the other.
pub(super) fn package_cache(choice: &Choice, packages: &PackageManager) -> Mount {
    let what = format!("{}-{}", packages.name, choice.base.flavour.word());
    cache(choice, &what, packages.cache.path, packages.cache.locked)
}

/// Variables with fixed values.
pub(super) fn env(variables: &[(&str, &str)]) -> Option<Instruction> {
    let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), DockerValue::text(*value));
    let variables: Vec<_> = variables.iter().map(pair).collect();
    (!variables.is_empty()).then_some(Instruction::Env(variables))
}

/// What the contract says that the process must be told.
pub(super) fn fixed(contract: &Contract) -> impl Iterator<Item = (String, DockerValue)> {
    let fixed = contract.variables.iter();
    fixed.map(|(name, value)| (name.clone(), DockerValue::text(value)))
}

/// Enters a folder.
pub(super) fn workdir(path: &str) -> Instruction {
    Instruction::Workdir(path.to_owned())
}

/// Copies all sources.
pub(super) fn sources() -> Instruction {
    Instruction::Copy {
        from: None,
        sources: vec![".".to_owned()],
        target: ".".to_owned(),
        owner: None,
    }
}

/// Copies what another stage or image has.
pub(super) fn copy(from: &str, source: &str, target: &str) -> Instruction {
    Instruction::Copy {
        from: Some(from.to_owned()),
        sources: vec![source.to_owned()],
        target: target.to_owned(),
        owner: None,
    }
}

/// The words of a command.
pub(super) fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

/// The words of several commands.
pub(super) fn commands(commands: &[&[&str]]) -> Vec<Vec<String>> {
    commands.iter().map(|words| strings(words)).collect()
}
