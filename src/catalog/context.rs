//! What recipes need of the folders that they build from, and what goes wrong there: rows, for the
//! check to go through.

/// Something that a build needs of its context, or that shouldn't stand there. Paths are those of
/// the package that is built, where a context has several.
#[derive(Debug)]
#[non_exhaustive]
pub enum Need {
    /// The manifest and the lock file of the package manager, in the context itself.
    Packages,
    /// A file.
    File {
        /// Its path.
        path: &'static str,
        /// How it comes to be there, as an imperative.
        help: &'static str,
    },
    /// A script of `package.json`.
    Script(&'static str),
    /// A setting of a configuration that is a program, by a value of its own.
    Setting {
        /// The files that can be the configuration.
        files: &'static [&'static str],
        /// The setting's name.
        key: &'static str,
        /// Its value, a text.
        value: &'static str,
    },
    /// A package that one of the image's commands is from.
    Package {
        /// Its name, as PEP 503 normalizes it.
        name: &'static str,
        /// Patterns of packages that bring it along, with the extra that does; `*` stands for
        /// anything.
        brought_by: &'static [&'static str],
        /// Whether it is needed by the process that the recipe starts, and by nothing before.
        starts: bool,
    },
    /// What the process is started from.
    Entry {
        /// Where else it often is, to be put forward; of an object its module alone.
        others: &'static [&'static str],
        /// The program of Django's that names the settings, beside which it is.
        told_by: Option<&'static str>,
    },
    /// Files of variables, which the ignore file keeps out of the image.
    Variables {
        /// Their names.
        files: &'static [&'static str],
        /// Whether the framework itself reads them when it builds, and not the process, perhaps.
        at_build: bool,
    },
    /// Files that a program reads while it runs, where the image holds the program alone.
    Data {
        /// How the names of its sources end. One in a folder of files makes them part of the program.
        sources: &'static str,
        /// The file that tells whether the program holds files itself.
        told_by: &'static str,
        /// Words of it that tell so.
        embeds: &'static [&'static str],
    },
    /// A Dockerfile of somebody else's, its stage, and what it copies.
    Dockerfile,
}

/// Folders in which programs have the files that they read.
pub const DATA: &[&str] = &[
    "assets",
    "locales",
    "migrations",
    "public",
    "static",
    "templates",
    "views",
];

/// Files of variables that frameworks for browsers read in a build for production, where they are.
pub(super) const BUILD_VARIABLES: Need = Need::Variables {
    files: &[".env", ".env.production"],
    at_build: true,
};

/// What processes read in development, by the same convention.
pub(super) const PROCESS_VARIABLES: Need = Need::Variables {
    files: &[".env"],
    at_build: false,
};
