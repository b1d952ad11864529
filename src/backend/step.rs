//! What is left to do once the files of a build are written, as data: the command line prints it.

use super::{Artifact, Deployed};
use std::path::{Path, PathBuf};

/// What is known of files that were written.
#[derive(Debug)]
pub struct Delivery<'a> {
    /// The files of all backends that ran.
    pub artifacts: &'a [Artifact],
    /// Whether one of those backends writes what images are built by.
    pub builds_images: bool,
    /// The source file, as a path from where commands are run; `None` for standard input.
    pub program: Option<&'a Path>,
    /// The output folder, as a path from where commands are run.
    pub out: &'a Path,
    /// The source file's folder as a path from there, unless commands are run in that very folder.
    pub source: Option<&'a Path>,
    /// The output folder as a path from the source file's folder. Symbolic links are followed in it,
    /// as `cd` would: [`Places`](super::Places) is for text that is kept.
    pub out_from_source: &'a Path,
    /// The files that the build wrote or deleted, first those that it wrote.
    pub changes: &'a [FileChange<'a>],
    /// What may be in the cluster, as far as data depends on it.
    pub deployed: &'a Deployed,
}

/// A file that a build wrote or deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange<'a> {
    /// Its path below the output folder.
    pub path: String,
    /// What an earlier build wrote there. `None` if there was nothing, or somebody else's text.
    pub before: Option<String>,
    /// What it holds now; `None` if it was deleted.
    pub after: Option<&'a str>,
}

/// Something to do or to know, with the commands that do it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The backend that it is of, by name; empty where it is of none.
    pub of: &'static str,
    /// What kind of step it is.
    pub purpose: Purpose,
    /// When it is needed.
    pub when: When,
    /// An imperative; of a step without commands a heading.
    pub title: String,
    /// What it is about, line by line.
    pub details: Vec<Detail>,
    /// What to run, in order. Without any, somebody has to do it, or just to know it.
    pub commands: Vec<Command>,
    /// Commands to run instead, each with the case in which they are right: `with kind`.
    pub alternatives: Vec<(&'static str, Vec<Command>)>,
}

/// The kind of a step. The order is that in which steps are taken, whichever backend they are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// What no command does, as it would lose data.
    ByHand,
    /// Where the application is reached.
    Open,
    /// Which secrets must exist.
    NeedSecrets,
    /// Make what it shall run on.
    Prepare,
    /// Build images, and push them where a registry has them.
    BuildImages,
    /// Compare images with what is said of them.
    CheckImages,
    /// See which cluster commands act on.
    SeeCluster,
    /// Bring images to where they run, where no registry does.
    LoadImages,
    /// Make secrets, and what they live in.
    MakeSecrets,
    /// Define kinds of objects.
    Define,
    /// Delete what can't be changed in place.
    Replace,
    /// Start the application, or change it.
    Apply,
    /// Wait until it runs.
    Wait,
    /// Bring its ports to this machine.
    Forward,
    /// Stop it.
    Stop,
    /// Delete what is no longer part of it.
    Delete,
    /// Go back to an earlier version of it.
    GoBack,
}

/// When a step is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Before the application starts for the first time.
    Once,
    /// After every build.
    EveryTime,
    /// After this build alone, because of what it changed.
    ThisTime,
    /// For as long as the application is used: its commands don't end by themselves.
    WhileUsed,
}

/// A line about a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// How many others it belongs to, each within the next: 0 for one that stands by itself.
    pub depth: usize,
    /// Its text; none where it is a command.
    pub text: String,
    /// A command that belongs there, which isn't among those of the step: somebody has to decide on it.
    pub command: Option<Command>,
}

/// A command to be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// A program that is started.
    Run(Run),
    /// Words as a POSIX shell reads them, quoted where they must be. Lines are broken between words;
    /// each list begins a line.
    Shell(Vec<Vec<String>>),
}

/// A program to be started.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// Where it runs, if in another folder than other commands.
    pub folder: Option<PathBuf>,
    /// Variables that it needs besides those of its environment.
    pub variables: Vec<(&'static str, String)>,
    /// The program, and what it is given, not quoted.
    pub words: Vec<String>,
}

impl Step {
    /// A step of commands.
    #[must_use]
    pub fn run(purpose: Purpose, when: When, title: &str, commands: Vec<Command>) -> Self {
        Step {
            of: "",
            purpose,
            when,
            title: title.to_owned(),
            details: Vec::new(),
            commands,
            alternatives: Vec::new(),
        }
    }

    /// A step that tells something.
    #[must_use]
    pub fn tell(purpose: Purpose, when: When, title: &str, details: Vec<Detail>) -> Self {
        Step {
            details,
            ..Step::run(purpose, when, title, Vec::new())
        }
    }

    /// The step, if there is anything in it.
    #[must_use]
    pub fn unless_empty(self) -> Option<Self> {
        (!self.commands.is_empty() || !self.details.is_empty()).then_some(self)
    }
}

impl Command {
    /// A program and what it is given.
    pub fn run(words: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Command::Run(Run {
            words: words.into_iter().map(Into::into).collect(),
            ..Run::default()
        })
    }
}

impl Command {
    /// Programs of which each is started once the one before it has succeeded. A shell that runs them by
    /// `set -e` ends with one that fails, though it wouldn't for `&&` alone.
    #[must_use]
    pub fn all_of(programs: Vec<Vec<String>>) -> Self {
        let last = programs.len().saturating_sub(1);
        let programs = programs.into_iter().enumerate().map(|(index, words)| {
            let words = words.iter().map(|word| quote(word));
            let joint: &[&str] = if index < last {
                &["&&"]
            } else {
                &["||", "false"]
            };
            words
                .chain(joint.iter().map(|&word| word.to_owned()))
                .collect()
        });
        Command::Shell(programs.collect())
    }
}

impl Detail {
    /// A line that stands by itself.
    pub fn new(text: impl Into<String>) -> Self {
        Detail::below(0, text)
    }

    /// A line that belongs to others.
    pub fn below(depth: usize, text: impl Into<String>) -> Self {
        Detail {
            depth,
            text: text.into(),
            command: None,
        }
    }

    /// A program and what it is given, not quoted.
    #[must_use]
    pub fn program(depth: usize, words: impl IntoIterator<Item = String>) -> Self {
        Detail {
            command: Some(Command::run(words)),
            ..Detail::below(depth, "")
        }
    }

    /// A command, as lines of words that a shell reads.
    #[must_use]
    pub fn command(depth: usize, lines: Vec<Vec<String>>) -> Self {
        Detail {
            command: Some(Command::Shell(lines)),
            ..Detail::below(depth, "")
        }
    }
}

/// A path that no program takes for an option.
#[must_use]
pub fn argument(path: &Path) -> String {
    let text = path.display().to_string();
    if text.starts_with('-') {
        format!("./{text}")
    } else {
        text
    }
}

/// A word that a POSIX shell takes literally.
#[must_use]
pub fn quote(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_./:@%+,-=".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::{argument, quote};
    use std::path::Path;

    #[test]
    fn words_are_taken_literally() {
        assert_eq!(quote("out/a-b_c.yaml"), "out/a-b_c.yaml");
        assert_eq!(quote("my out"), "'my out'");
        assert_eq!(quote("it's $HOME"), r"'it'\''s $HOME'");
        assert_eq!(quote(""), "''");
        assert_eq!(quote("~"), "'~'");
        assert_eq!(argument(Path::new("-out")), "./-out");
    }
}
