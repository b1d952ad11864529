//! Dockerfiles: typed instructions and their printer. Plain data; it knows nothing of recipes.
//!
//! The types leave out what a good Dockerfile doesn't have: a user is a number, a command is a
//! list of words that no shell splits, and every stage says what it is for. Text is quoted by the
//! printer and nowhere else.

mod instruction;
mod lint;
mod print;

pub use instruction::{Because, DockerValue, Healthcheck, Instruction, Mount, ValuePart};
pub use print::{LineReason, print, print_with_reasons};

/// The image of what reads a Dockerfile: BuildKit pulls it before each build.
pub const FRONTEND: &str = "docker/dockerfile:1";

/// A whole Dockerfile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dockerfile {
    /// The image of what reads it: [`FRONTEND`], with or without a digest.
    pub frontend: String,
    /// A line of comment at the top.
    pub header: String,
    /// The stages; the last one is what is built where no target is named.
    pub stages: Vec<Stage>,
}

/// One build stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Its name, in lower case.
    pub name: &'static str,
    /// An image's reference, or the name of an earlier stage.
    pub from: String,
    /// Whether it runs on the building machine's platform, whatever the image's: what it makes
    /// runs on any, or is made for the other.
    pub native: bool,
    /// What follows its name in one line of help: `docker build --call=targets` shows it.
    pub help: &'static str,
    /// Its instructions, in order.
    pub instructions: Vec<Instruction>,
}

impl Stage {
    /// How the image that it ends in checks its process, if it does.
    #[must_use]
    pub fn healthcheck(&self) -> Option<&Healthcheck> {
        let mut instructions = self.instructions.iter();
        instructions.find_map(|it| {
            if let Instruction::Healthcheck(check) = it.bare() {
                Some(check)
            } else {
                None
            }
        })
    }
}
