//! The options of `build`.

use super::Part::{Either, Many, Maybe, Slot, Word};
use super::parts::{NAME, NUMBER, TEXT};
use super::{Means, Names, Part, Place, Row, SlotKind as Kind, row};

const VERSION: Part = Slot("version", Kind::Number);
const FLAVOUR: Part = Maybe(&[Either(&[&[Word("slim")], &[Word("alpine")]])]);

/// The rows.
pub(super) const ROWS: &[Row] = &[
    row(
        &[Place::Build],
        "node",
        &[VERSION, FLAVOUR],
        "the version of Node.js, and `slim` or `alpine`",
    )
    .default("`24 slim`, or what the sources ask for"),
    row(
        &[Place::Build],
        "python",
        &[VERSION, FLAVOUR],
        "the version of Python, and `slim` or `alpine`",
    )
    .default("`3.13 slim`, or what the sources ask for"),
    row(&[Place::Build], "go", &[VERSION], "the version of Go").default("`1.26`, or what the sources ask for"),
    row(&[Place::Build], "rust", &[VERSION], "the version of Rust").default("`1.95`, or what the sources ask for"),
    row(
        &[Place::Build],
        "packages",
        &[Slot("name", Kind::Name(Means::PackageManager))],
        "the package manager",
    )
    .default("the one whose lock file is there, or the recipe's first"),
    row(
        &[Place::Build],
        "entry",
        &[TEXT],
        "what the process is started from, as the recipe's default shows it",
    )
    .default("what the sources start, or the recipe's"),
    row(
        &[Place::Build],
        "workspace",
        &[Slot("text", Kind::Text(Means::Folder))],
        "the folder of the package that is built, in a context with several: the lock file is the context's",
    )
    .default("the context"),
    row(
        &[Place::Build],
        "system",
        &[Many("text", Kind::Text(Means::Free))],
        "packages of Debian or Alpine, for the build and the process",
    ),
    row(
        &[Place::Build],
        "build_system",
        &[Many("text", Kind::Text(Means::Free))],
        "packages of Debian or Alpine, for the build alone: the image that ships doesn't have them",
    ),
    row(
        &[Place::Build],
        "stand_in",
        &[Slot("name", Kind::Name(Means::Refers(Names::Shared)))],
        "a secret that the build asks for: it sees a made-up value by the secret's rules, which the image doesn't keep",
    )
    .many(),
    row(
        &[Place::Build],
        "secret",
        &[
            NAME,
            Maybe(&[Word("at"), Slot("path", Kind::Text(Means::Free))]),
        ],
        "a variable of whoever builds that the steps see which install packages and build, such as the token of a private registry; behind `at` they see a file with its value; the image doesn't keep it, and no pod gets it",
    )
    .many(),
    row(
        &[Place::Build],
        "data",
        &[Many("text", Kind::Text(Means::File))],
        "files and folders of the context that the program reads: the image has them at the same paths, in its working directory",
    ),
    row(
        &[Place::Build],
        "max_size",
        &[NUMBER],
        "the most bytes of the image, as in `500M`: the build prints the command that compares",
    ),
    row(
        &[Place::Build],
        "file",
        &[Slot("text", Kind::Text(Means::File))],
        "the Dockerfile, as seen from the context",
    )
    .default("`\"Dockerfile\"`"),
    row(
        &[Place::Build],
        "stage",
        &[TEXT],
        "the stage of it that ships",
    )
    .default("the last"),
];
