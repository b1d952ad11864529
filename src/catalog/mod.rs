//! What the language knows: its words, recipes, runtimes, package managers and databases.
//!
//! Each is a table. The matcher, error messages, the generated reference and the backends read the
//! same rows, so that adding a thing is a row and a file.

pub mod addresses;
pub mod annotations;
pub mod bounds;
pub mod commands;
pub mod context;
pub mod contract;
pub mod controllers;
pub mod credentials;
pub mod databases;
pub mod defaults;
pub mod dns;
pub mod fields;
pub mod foreign_formats;
pub mod frameworks;
pub mod hosts;
pub mod images;
pub mod keys;
pub mod libraries;
pub mod members;
pub mod packages;
pub mod pins;
pub mod platforms;
mod pod_members;
pub mod programs;
pub mod protocols;
pub mod recipes;
pub mod registries;
pub mod requirements;
pub mod rules;
pub mod runtimes;
pub mod schedulers;
pub mod scripts;
pub mod secret_names;
pub mod servers;
pub mod version_files;
pub mod version_ranges;
pub mod writers;
pub mod zones;

use crate::docker::Stage;
pub use context::Need;
pub use contract::Contract;
pub use packages::PackageManager;
pub use pins::Pins;
pub use recipes::{RECIPES, recipe, recipe_for};
pub use runtimes::{Base, Flavour, Runtime, Version};

/// How one framework becomes an image: a row of [`RECIPES`], in a file of its own.
#[derive(Debug)]
pub struct Recipe {
    /// The word behind `build`.
    pub name: &'static str,
    /// One sentence on what it is for.
    pub doc: &'static str,
    /// The options that it takes besides build arguments: words of [`keys::Place::Build`].
    pub options: &'static [&'static str],
    /// Prefixes of the variables that the framework writes into the browser's bundle.
    pub public_prefixes: &'static [&'static str],
    /// What to know of several pods that run it; empty where there is nothing.
    pub several: &'static str,
    /// How its Dockerfile is made; `None` where somebody else writes it.
    pub plan: Option<Plan>,
    /// What it needs of the folder that it builds from.
    pub context: &'static [Need],
}

/// How a recipe's Dockerfile is made.
#[derive(Debug)]
pub struct Plan {
    /// What the sources are built with, or what serves them where nothing is built.
    pub runtime: &'static Runtime,
    /// The package managers that it works with; the first is the default.
    pub packages: &'static [&'static PackageManager],
    /// What may be said to start from.
    pub entry: Option<EntryPoint>,
    /// Whether what it starts is a server, which must be told its port.
    pub is_server: bool,
    /// What image and pod agree on.
    pub contract: fn(&Choice) -> Contract,
    /// The image's stages, the one that runs last.
    pub stages: fn(&Choice, &Contract) -> Vec<Stage>,
    /// What the ignore file keeps out of the image, besides what its runtime's row and the
    /// backend name.
    pub ignore: &'static [&'static str],
}

impl Plan {
    /// The command by which an image checks its process; `None` where it has none.
    #[must_use]
    pub fn check_command(&self, choice: &Choice, contract: &Contract) -> Option<Vec<String>> {
        let stages = (self.stages)(choice, contract);
        Some(stages.last()?.healthcheck()?.command.clone())
    }
}

/// The option `entry` of a recipe.
#[derive(Debug)]
pub struct EntryPoint {
    /// What it names.
    pub kind: EntryKind,
    /// What holds where it isn't said; without one it must be said.
    pub default: Option<&'static str>,
    /// One as it is written, to be shown.
    pub example: &'static str,
}

/// What an `entry` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// An object of a Python module: `app.main:app`.
    Object,
    /// A Python module or script: `app.worker`, `worker.py`.
    Module,
    /// A file below the context: `dist/main.js`.
    Script,
    /// A Go package below the context: `./cmd/api`.
    Package,
    /// A binary of a Cargo package: `api`.
    Binary,
}

impl EntryKind {
    /// Whether a text can be one.
    #[must_use]
    pub fn admits(self, text: &str) -> bool {
        let name = |part: &str| {
            part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        };
        let module = |text: &str| text.split('.').all(name);
        match self {
            EntryKind::Object => text
                .split_once(':')
                .is_some_and(|(path, object)| module(path) && module(object)),
            EntryKind::Module => module(text) || (is_path(text) && is_python_file(text)),
            EntryKind::Script => is_path(text),
            EntryKind::Package => text == "." || text.strip_prefix("./").is_some_and(is_path),
            EntryKind::Binary => {
                let known = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
                text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.chars().all(known)
            }
        }
    }
}

/// Whether a text is a path below a folder that stands in Dockerfiles and commands without quotes.
#[must_use]
pub fn is_path(text: &str) -> bool {
    let known = |c: char| c.is_ascii_alphanumeric() || "_-./@+".contains(c);
    let part = |part: &str| !matches!(part, "" | "." | "..");
    text.chars().all(known) && !text.starts_with('-') && text.split('/').all(part)
}

/// Whether a path is that of a Python script.
pub(crate) fn is_python_file(path: &str) -> bool {
    path.strip_suffix(".py")
        .is_some_and(|stem| !stem.is_empty())
}

impl Recipe {
    /// Whether browsers read a build argument of that name, so that its value is fixed in the
    /// image.
    #[must_use]
    pub fn is_public(&self, name: &str) -> bool {
        let mut prefixes = self.public_prefixes.iter();
        prefixes.any(|prefix| name.starts_with(prefix))
    }
}

/// How an image asks its own process whether it is healthy.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SelfCheck {
    /// By a GET of this path on the process's port.
    Get(String),
    /// By a connection to its port.
    Connect,
    /// By a command that succeeds.
    Command(Vec<String>),
}

/// What one `build` statement chose, every default filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The image that the sources are built on, or that serves them where nothing is built.
    pub base: Base,
    /// The package manager, where the text or the sources say it; else it is the recipe's first.
    pub packages: Option<&'static PackageManager>,
    /// Its release, where the sources ask for another than the usual one; empty for that.
    pub release: String,
    /// What the process is started from; empty for recipes without `entry`.
    pub entry: String,
    /// The program of a package that is given `entry`, in place of the runtime's own.
    pub server: Option<&'static str>,
    /// Folder of the one package of several in the context that is built; empty for the context
    /// itself. It is a path as [`is_path`] has it.
    pub workspace: String,
    /// Folders of a workspace that are built in this order, the package's own last; none where that alone is built, or
    /// its package manager knows the others. They are paths as [`is_path`] has it.
    pub members: Vec<String>,
    /// Whether Turborepo builds the package, and what it needs.
    pub has_turbo: bool,
    /// Folder of what the build makes, below that of the package, in recipes that serve it; empty for the usual
    /// one.
    pub output: String,
    /// Packages of the base image's system.
    pub system: Vec<String>,
    /// Packages of the system for the build alone.
    pub build_system: Vec<String>,
    /// Files and folders of the context that the image holds beside its program, as seen from there.
    pub data: Vec<String>,
    /// Variables that the build sees and the image doesn't keep, with values that stand in for
    /// those of secrets.
    pub stand_ins: Vec<(String, String)>,
    /// Secrets that the steps see which install packages and build.
    pub secrets: Vec<SecretMount>,
    /// What the container starts instead of the recipe's process; empty for that.
    pub command: Vec<String>,
    /// The port the process listens on; a worker has none.
    pub port: Option<u16>,
    /// What answers while the process is healthy; a worker need not have anything.
    pub health: Option<SelfCheck>,
    /// Names of the build arguments, in the order of the source.
    pub arguments: Vec<Argument>,
    /// The application's name, which keeps the caches of its builds from those of others.
    pub project: String,
    /// The image's name without registry and tag, for its labels.
    pub title: String,
    /// The application's version, for its labels.
    pub version: String,
    /// Seconds from SIGTERM to SIGKILL.
    pub shutdown_seconds: u32,
    /// The digests of images that it starts from or copies from.
    pub pins: Pins,
}

/// A secret that a build sees and no image keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretMount {
    /// The variable that has its value where the build is started, and BuildKit's id of it.
    pub name: String,
    /// The absolute path of a file that holds the value meanwhile; `None` is a variable of the same name.
    pub file: Option<String>,
}

/// A build argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// Its name.
    pub name: String,
    /// Whether browsers read it.
    pub public: bool,
}

impl Choice {
    /// What holds where `build` says nothing.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        let entry = plan.entry.as_ref().and_then(|entry| entry.default);
        Choice {
            base: Base::of(plan.runtime),
            packages: None,
            release: String::new(),
            entry: entry.unwrap_or_default().to_owned(),
            server: None,
            workspace: String::new(),
            members: Vec::new(),
            has_turbo: false,
            output: String::new(),
            system: Vec::new(),
            build_system: Vec::new(),
            data: Vec::new(),
            stand_ins: Vec::new(),
            secrets: Vec::new(),
            command: Vec::new(),
            port: None,
            health: None,
            arguments: Vec::new(),
            project: String::new(),
            title: String::new(),
            version: String::new(),
            shutdown_seconds: contract::SHUTDOWN_SECONDS,
            pins: Pins::default(),
        }
    }
}
