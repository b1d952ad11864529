//! The language runtimes that recipes build on, and their official images.

/// A runtime with an official image.
#[derive(Debug, PartialEq, Eq)]
pub struct Runtime {
    /// The option of `build` that chooses its version.
    pub word: &'static str,
    /// Repository of the official image.
    pub image: &'static str,
    /// Versions as they are written, oldest first.
    pub versions: &'static [&'static str],
    /// The version where none is said.
    pub default: &'static str,
}

/// The variant of a runtime's image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// Debian without what only builds need.
    Slim,
    /// Alpine, with musl.
    Alpine,
}

impl Flavour {
    /// All of them, the default first.
    pub const ALL: &[Flavour] = &[Flavour::Slim, Flavour::Alpine];

    /// The word for it, which is also its part of the tag.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Flavour::Slim => "slim",
            Flavour::Alpine => "alpine",
        }
    }
}

/// A base image: runtime, version and flavour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// The runtime.
    pub runtime: &'static Runtime,
    /// One of its versions.
    pub version: &'static str,
    /// The variant of the image.
    pub flavour: Flavour,
}

impl Base {
    /// The image's reference, such as `node:24-slim`.
    #[must_use]
    pub fn reference(&self) -> String {
        format!(
            "{}:{}-{}",
            self.runtime.image,
            self.version,
            self.flavour.word()
        )
    }
}

/// Node.js. Versions: the release schedule of nodejs.org; even ones alone have long-term support.
pub const NODE: Runtime = Runtime {
    word: "node",
    image: "node",
    versions: &["18", "20", "22", "24", "26"],
    default: "24",
};

/// `CPython`. Versions: the developer's guide of python.org, "Status of Python versions".
pub const PYTHON: Runtime = Runtime {
    word: "python",
    image: "python",
    versions: &["3.9", "3.10", "3.11", "3.12", "3.13", "3.14"],
    default: "3.13",
};
