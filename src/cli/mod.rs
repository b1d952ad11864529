//! The command line: the only part that reads and writes files and knows its environment.

#![allow(
    clippy::disallowed_methods,
    reason = "files, the environment and the clock belong here"
)]

mod args;
mod build;
mod built;
mod check;
mod contexts;
mod defaults;
mod diff;
mod disk;
mod earlier;
mod explain;
mod fix;
mod fmt;
mod forget;
mod formats;
mod git;
mod init;
mod input;
mod left_over;
mod lock;
mod lsp;
mod masked;
mod memory;
mod named;
mod news;
mod output;
mod page;
mod pin;
mod pipes;
mod places;
mod read;
mod report;
mod secrets;
mod shell;
mod sources;
mod start;
mod step;
mod summary;
mod survey;
mod tags;
mod watch;
mod written;

use args::{Args, Command};
use clap::Parser;
use std::process::ExitCode;

/// Runs the command that the process was started with.
#[must_use]
pub fn main() -> ExitCode {
    let result = match Args::try_parse() {
        Ok(args) => run(&args),
        Err(wrong) if wrong.use_stderr() => {
            // Where nobody reads that there is nobody to tell.
            let _ = wrong.print();
            Ok(Status::Failed)
        }
        Err(help) => output::print(&help.render().ansi().to_string()).map(|()| Status::Clean),
    };
    let status = result.unwrap_or_else(|failure| {
        output::failure(&failure);
        Status::Failed
    });
    status.into()
}

fn run(args: &Args) -> Result<Status, Failure> {
    output::set_colours(args.color);
    match &args.command {
        Command::Build(args) => build::run(args),
        Command::Check(args) => check::run(args),
        Command::Forget(args) => forget::run(args),
        Command::Next(args) => build::next(args),
        Command::Init(args) => init::run(args),
        Command::Pin(args) => pin::run(args),
        Command::Fmt(args) => fmt::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Secrets(args) => secrets::run(args),
        Command::Defaults => defaults::run(),
        Command::Lsp(_) => Ok(lsp::run()),
        Command::Completions(args) => {
            output::print_raw(&args.text())?;
            Ok(Status::Clean)
        }
    }
}

/// What the process ends with, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    /// Nothing is wrong.
    Clean = 0,
    /// The text is wrong, or the files aren't what it says.
    Wrong = 1,
    /// The command line or the file system is.
    Failed = 2,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        ExitCode::from(status as u8)
    }
}

/// Why a command could not do its work, other than by a fault of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Failure {
    /// What happened; further lines list what it happened to.
    message: String,
    /// The way out, as an imperative.
    help: Option<String>,
}

impl Failure {
    fn new(message: impl Into<String>) -> Self {
        Failure {
            message: message.into(),
            help: None,
        }
    }

    fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
}

/// A number and its noun: `1 file`, `2 files`.
fn count(number: usize, noun: &str) -> String {
    let plural = match number {
        1 => "",
        _ if noun.ends_with('s') => "es",
        _ => "s",
    };
    format!("{number} {noun}{plural}")
}
