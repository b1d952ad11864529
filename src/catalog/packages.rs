//! Package managers: what installs an application's dependencies from its lock file.

use super::runtimes::{NODE, PYTHON, Runtime};

/// A package manager.
#[derive(Debug, PartialEq, Eq)]
pub struct PackageManager {
    /// The word behind `packages`.
    pub name: &'static str,
    /// The runtime whose packages it installs.
    pub runtime: &'static Runtime,
}

/// npm.
pub const NPM: PackageManager = PackageManager {
    name: "npm",
    runtime: &NODE,
};
/// uv.
pub const UV: PackageManager = PackageManager {
    name: "uv",
    runtime: &PYTHON,
};
/// pip.
pub const PIP: PackageManager = PackageManager {
    name: "pip",
    runtime: &PYTHON,
};
/// Every package manager.
pub const PACKAGE_MANAGERS: &[&PackageManager] = &[&NPM, &UV, &PIP];
