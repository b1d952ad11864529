//! Commands and options, and the words of `--help`.

pub(super) mod pages;
pub(super) mod pin;
pub(super) mod secrets;

use crate::backend::{BACKENDS, Backend};
use crate::check::tag_fault;
use crate::diag::report::{FORMATS, Format};
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{ColorChoice, Parser, Subcommand};
use pin::Pin;
use secrets::Secrets;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  todoc init
  todoc check app.todo
  todoc check app.todo --fix
  todoc check app.todo --report sarif=todoc.sarif
  todoc fmt --check
  todoc build app.todo --target production
  todoc build app.todo --all-targets --check
  todoc build app.todo --emit compose
  todoc build app.todo --emit kubernetes --stdout | kubectl apply -f -

Exit status: 0 all is well, or there are only warnings, losses and notes; 1 the
text is wrong, or with --check the files are not what it says, or `fmt` would
change them, or there is what --deny refuses; 2 the command line or the file
system is wrong.";

const INIT_HELP: &str = "\
It looks at the folder and two levels below it, and reads manifests such as
package.json, pyproject.toml, go.mod and Cargo.toml, Dockerfiles, and sources
for ports and routes of health; of variables it reads names alone. What it
writes compiles without an error or a warning: a recipe that something is wrong
with gives way to the folder's Dockerfile, and that to a comment that says what
is missing. No file that is there is changed.

Example: todoc init --stdout";

const FORGET_HELP: &str = "\
A build says of each change by which data in the cluster would be lost or left
behind what to do about it, and names again what is to be deleted there. It
can't know when that is done: todoc.lock keeps it until this command drops it,
or the text is as it was.

Example: todoc forget out/production db";

const STDOUT_HELP: &str = "\
Print the files instead of writing them

With `--emit kubernetes` alone this is a YAML stream for `kubectl apply -f -`, without \
kustomization.yaml; with `--emit compose` alone it is the Compose file. Otherwise each file stands below \
a line `# ==> PATH`. The summary goes to standard error.";

const WATCH_HELP: &str = "\
Build again whenever the text, or what lies beside it, changes

What lies beside it are the files that it names, and what a build looks at in the folders that images are \
built from. While something is wrong the files stay as the last good build left them. Ctrl-C ends it, \
with status 0.";

const NO_CONTEXT_HELP: &str = "\
Don't look into the folders that images are built from

With `docker` or `compose` among the formats, it looks there for what would make their builds fail, \
such as the lock file of another package manager, and warns of it. A folder that isn't there is a note.";

const LSP_HELP: &str = "\
Editors start it: see `Editors` in the README. It says what is wrong while one
types, completes, explains, renames and formats. It reads the files that a text
names and the folders that its images are built from, as `build` does; it writes
nothing, starts nothing and talks to nobody else.

Exit status: 0 after `shutdown` and `exit`; 1 where the editor is gone before.";

const TAG_FROM_HELP: &str = "\
Make tags of images of their sources, or of the commit

With `sources` the tag is a digest of what the image is made from: its folder without what its build \
leaves out, its Dockerfile and its build arguments. The same sources have the same tag on every machine, and \
changed code has another one, which is what makes a cluster run it. With `git` the tag is the commit, with a \
digest behind it where sources aren't committed. `tag from sources` and `tag from git` say the same in the \
text.";

const CHECK_HELP: &str = "\
Write nothing; fail with a diff if the files aren't what the text says

A build deletes files that it wrote earlier and would not write now, as long as nobody changed \
them. What it would write and delete is printed as a unified diff, and the exit status is 1.";

/// Compiles small applications: one .todo file to Kubernetes YAML and Dockerfiles.
#[derive(Debug, Parser)]
#[command(name = "todoc", version = env!("TODOC_VERSION"), after_help = EXAMPLES, max_term_width = 80)]
pub(super) struct Args {
    /// When to use colours; NO_COLOR and CLICOLOR_FORCE count for `auto`
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub(super) color: ColorChoice,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write a first app.todo for a folder of sources
    Init(Init),
    /// Write the files of an application
    Build(Build),
    /// Say what is wrong, for all targets, and write nothing
    Check(Check),
    /// Print all that is to be done after a build, once more
    Next(Next),
    /// Drop what earlier builds left to be done: it is done, or was never deployed
    Forget(Forget),
    /// Write the digests of images into the file that the program keeps them in
    Pin(Pin),
    /// Give .todo files their layout: blanks, line breaks and columns, and nothing else
    Fmt(Fmt),
    /// Bring the values of secrets to where they belong, without showing them
    Secrets(Secrets),
    /// Explain a word of the language, or the code of a diagnostic, or list them all
    Explain(Explain),
    /// List what holds where nothing is said, why, and what to write instead
    Defaults,
    /// Serve an editor: the Language Server Protocol on standard input and output
    Lsp(Lsp),
    /// Print what a shell reads to complete commands and options
    #[command(hide = true)]
    Completions(pages::Completions),
}

/// Options of `todoc init`.
#[derive(Debug, clap::Args)]
#[command(after_help = INIT_HELP)]
pub(super) struct Init {
    /// The folder with the sources
    #[arg(default_value = ".")]
    pub(super) folder: PathBuf,
    /// Print the text instead of writing it
    #[arg(long, conflicts_with = "editor")]
    pub(super) stdout: bool,
    /// Write settings for Git, VS Code and pre-commit as well
    #[arg(long)]
    pub(super) editor: bool,
}

/// Options of `todoc build`.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: todoc build app.todo --target production")]
pub(super) struct Build {
    /// The .todo file; `-` is standard input
    pub(super) file: PathBuf,
    /// The target to build for [default: the file's first]
    #[arg(short, long, value_name = "NAME")]
    pub(super) target: Option<String>,
    /// Build for every target, into a folder each
    #[arg(long, conflicts_with_all = ["target", "stdout"])]
    pub(super) all_targets: bool,
    /// The tag of all images that are built, whatever the text says; where targets need images of their own,
    /// the target's name follows it
    #[arg(long, value_name = "TAG", value_parser = tag)]
    pub(super) tag: Option<String>,
    #[arg(long, value_name = "WHAT", help = "Make tags of images of their sources, or of the commit", long_help = TAG_FROM_HELP, conflicts_with = "tag")]
    pub(super) tag_from: Option<TagFrom>,
    /// What to write; several are separated by commas
    #[arg(short, long, value_name = "WHAT", value_delimiter = ',', value_parser = backends(), default_values_t = usual())]
    pub(super) emit: Vec<String>,
    /// The folder to write to, or that of all targets' folders [default: out/NAME for target NAME, else out]
    #[arg(short, long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    #[arg(long, help = "Write nothing; fail with a diff if the files aren't what the text says", long_help = CHECK_HELP, conflicts_with_all = ["force", "stdout"])]
    pub(super) check: bool,
    #[arg(long, help = "Don't look into the folders that images are built from", long_help = NO_CONTEXT_HELP)]
    pub(super) no_context: bool,
    /// Overwrite files that todoc didn't write, or that were changed since
    #[arg(long)]
    pub(super) force: bool,
    #[arg(long, help = "Print the files instead of writing them", long_help = STDOUT_HELP, conflicts_with_all = ["out", "force"])]
    pub(super) stdout: bool,
    #[arg(long, help = "Build again whenever the text, or what lies beside it, changes", long_help = WATCH_HELP, conflicts_with_all = ["stdout", "check", "force"])]
    pub(super) watch: bool,
    /// Say nothing of a build that went well, but for warnings
    #[arg(short, long, conflicts_with_all = ["stdout", "check"])]
    pub(super) quiet: bool,
    #[command(flatten)]
    pub(super) judge: Judge,
}

impl Build {
    /// The folder to write to, or that of all targets' folders.
    pub(super) fn folder(&self) -> &Path {
        self.out.as_deref().unwrap_or(Path::new("out"))
    }

    /// Whether that folder holds one of each target. `--out` names the folder of one target, or that of
    /// all their folders.
    pub(super) fn holds_targets(&self) -> bool {
        self.all_targets || self.out.is_none()
    }
}

/// Options of `todoc check`.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: todoc check app.todo --fix")]
pub(super) struct Check {
    /// The .todo files; `-` is standard input
    #[arg(required = true)]
    pub(super) files: Vec<PathBuf>,
    /// Make the changes that are certain, then say what is left
    #[arg(long)]
    pub(super) fix: bool,
    /// Write nothing; print the changes of --fix as a patch
    #[arg(long)]
    pub(super) diff: bool,
    /// Check again whenever a file, or what it names, changes; Ctrl-C ends it
    #[arg(long, conflicts_with_all = ["fix", "diff"])]
    pub(super) watch: bool,
    /// The formats that must be able to say it all; several are separated by commas
    #[arg(short, long, value_name = "WHAT", value_delimiter = ',', value_parser = backends(), default_values_t = usual())]
    pub(super) emit: Vec<String>,
    #[arg(long, help = "Don't look into the folders that images are built from", long_help = NO_CONTEXT_HELP)]
    pub(super) no_context: bool,
    #[command(flatten)]
    pub(super) judge: Judge,
}

/// Options of `todoc next`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: todoc next app.todo --target production")]
pub(super) struct Next {
    /// The .todo file that was built
    pub(super) file: PathBuf,
    /// The target that it was built for [default: the file's first]
    #[arg(short, long, value_name = "NAME")]
    pub(super) target: Option<String>,
    /// The folder that was written to [default: out/NAME for target NAME, else out]
    #[arg(short, long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// The tag that it was built with, if one was given
    #[arg(long, value_name = "TAG", value_parser = tag)]
    pub(super) tag: Option<String>,
    /// What tags were made of, if that was given
    #[arg(long, value_name = "WHAT", conflicts_with = "tag")]
    pub(super) tag_from: Option<TagFrom>,
}

/// Options of `todoc forget`.
#[derive(Debug, clap::Args)]
#[command(after_help = FORGET_HELP)]
pub(super) struct Forget {
    /// The folder that a build wrote to, with its todoc.lock
    pub(super) folder: PathBuf,
    /// What to forget, as builds name it [default: all]
    pub(super) names: Vec<String>,
}

/// Options of `todoc fmt`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: todoc fmt --check")]
pub(super) struct Fmt {
    /// The .todo files, or folders to search for them; `-` is standard input, printed
    #[arg(value_name = "FILE", default_value = ".")]
    pub(super) files: Vec<PathBuf>,
    /// Write nothing; name the files that would change, and fail if there are any
    #[arg(long)]
    pub(super) check: bool,
    /// Write nothing; print what would change as a patch, and fail if there is anything
    #[arg(long)]
    pub(super) diff: bool,
}

/// Options of `todoc lsp`.
#[derive(Debug, clap::Args)]
#[command(after_help = LSP_HELP)]
pub(super) struct Lsp {
    /// Speak on standard input and output, as it does anyway; some clients say so
    #[arg(long)]
    pub(super) stdio: bool,
}

/// What both `build` and `check` are asked about what they find.
#[derive(Debug, clap::Args)]
pub(super) struct Judge {
    /// What to refuse besides errors; several are several options
    #[arg(long, value_name = "WHAT")]
    pub(super) deny: Vec<Deny>,
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = report, help = "How to tell what is found; several are several options [default: human]", long_help = report_help())]
    pub(super) report: Vec<ReportTo>,
}

impl Judge {
    /// Tells people of errors, and nobody of anything else.
    pub(super) const ERRORS_ALONE: &Judge = &Judge {
        deny: Vec::new(),
        report: Vec::new(),
    };
}

/// A report that is asked for.
#[derive(Debug, Clone)]
pub(super) struct ReportTo {
    pub(super) format: &'static Format,
    /// Where it goes, if not where its kind goes.
    pub(super) file: Option<PathBuf>,
}

fn report(text: &str) -> Result<ReportTo, String> {
    let (name, file) = match text.split_once('=') {
        Some((name, file)) => (name, Some(PathBuf::from(file))),
        None => (text, None),
    };
    let Some(format) = FORMATS.iter().find(|format| format.name == name) else {
        let names: Vec<_> = FORMATS.iter().map(|format| format.name).collect();
        return Err(format!("formats are {}", names.join(", ")));
    };
    if file.as_deref() == Some(Path::new("")) {
        return Err("a file's name is missing behind the `=`".to_owned());
    }
    if file.as_deref() == Some(Path::new("-")) {
        let place = if format.is_human {
            "standard error"
        } else {
            "standard output"
        };
        return Err(format!("leave out `=-`: without a file it goes to {place}"));
    }
    Ok(ReportTo { format, file })
}

fn report_help() -> String {
    let formats = FORMATS.iter();
    let formats = formats.map(|format| format!("- {}: {}\n", format.name, format.doc));
    format!(
        "How to tell what is found; several are several options [default: human]\n\n{}\n\
         All but `human` go to standard output, if no FILE is said; only one of them can. What a \
         command prints there otherwise then goes to standard error.",
        formats.collect::<String>()
    )
}

/// What tags of images are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum TagFrom {
    /// What each image is made from
    Sources,
    /// The commit of Git
    Git,
}

/// What may be refused besides errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Deny {
    /// Warnings that no `allow` accepts
    Warnings,
    /// What a format of `--emit` can't say, and no `allow` accepts
    Loss,
}

/// Options of `todoc explain`.
#[derive(Debug, clap::Args)]
pub(super) struct Explain {
    /// A code, such as E0201, or a word of the language, such as expose, public_url or fastapi
    #[arg(value_name = "CODE|WORD")]
    pub(super) what: Option<String>,
}

/// A tag that registries take.
fn tag(text: &str) -> Result<String, &'static str> {
    match tag_fault(text) {
        Some(fault) => Err(fault),
        None => Ok(text.to_owned()),
    }
}

fn backends() -> PossibleValuesParser {
    let value = |backend: &&Backend| PossibleValue::new(backend.name).help(backend.doc);
    BACKENDS.iter().map(value).collect::<Vec<_>>().into()
}

/// What is written where nothing else is asked for.
fn usual() -> Vec<String> {
    let usual = BACKENDS.iter().filter(|backend| backend.default);
    usual.map(|backend| backend.name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::Args;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Args::command().debug_assert();
    }
}
