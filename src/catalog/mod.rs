//! What the language knows: its words, recipes, runtimes, package managers and databases.
//!
//! Each is a table. Completion, error messages, the generated reference and the backends read the
//! same rows, so that adding a thing is a row and a file.

pub mod contract;
pub mod credentials;
pub mod databases;
pub mod defaults;
pub mod keys;
pub mod members;
pub mod packages;
pub mod protocols;
pub mod runtimes;

mod fastapi;
mod frame;
mod nextjs;
mod node;
mod python;

use crate::docker::Stage;
pub use contract::Contract;
pub use packages::PackageManager;
pub use runtimes::{Base, Flavour, Runtime};

/// How one framework becomes an image: a row of [`RECIPES`], in a file of its own.
#[derive(Debug)]
pub struct Recipe {
    /// The word behind `build`.
    pub name: &'static str,
    /// One sentence on what it is for.
    pub doc: &'static str,
    /// The runtime whose version `build` may choose.
    pub runtime: &'static Runtime,
    /// The package managers that it works with; the first is the default.
    pub packages: &'static [&'static PackageManager],
    /// The default of `entry`; a recipe without one has no such option.
    pub entry: Option<&'static str>,
    /// Prefixes of the variables that the framework writes into the browser's bundle.
    pub public_prefixes: &'static [&'static str],
    /// What image and pod agree on.
    pub contract: fn(&Choice) -> Contract,
    /// The image's stages, the one that runs last.
    pub plan: fn(&Choice, &Contract) -> Vec<Stage>,
    /// What the ignore file keeps out of the image, besides what its runtime's row and the
    /// backend name.
    pub ignore: &'static [&'static str],
}

/// Every recipe, in the order in which they are listed to users.
pub const RECIPES: &[&Recipe] = &[&nextjs::RECIPE, &fastapi::RECIPE];

/// The recipe of that name.
#[must_use]
pub fn recipe(name: &str) -> Option<&'static Recipe> {
    RECIPES.iter().find(|recipe| recipe.name == name).copied()
}

/// How an image asks its own process whether it is healthy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Health {
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
    /// The base image of all stages.
    pub base: Base,
    /// The package manager.
    pub packages: &'static PackageManager,
    /// What the process is started from; empty for recipes without `entry`.
    pub entry: String,
    /// What the container starts instead of the recipe's server; empty for that.
    pub command: Vec<String>,
    /// The port the process listens on; a worker has none.
    pub port: Option<u16>,
    /// What answers while the process is healthy; a worker need not have anything.
    pub health: Option<Health>,
    /// Names of the build arguments, in the order of the source.
    pub arguments: Vec<String>,
    /// The image's name without registry and tag, for its labels.
    pub title: String,
    /// The application's version, for its labels.
    pub version: String,
}
