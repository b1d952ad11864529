//! Standard output and standard error.

use super::Failure;
use crate::diag::{on_one_line, printable};
use anstyle::{AnsiColor, Style};
use clap::ColorChoice;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// The style of headings.
pub(super) const BOLD: Style = Style::new().bold();
const ERROR: Style = AnsiColor::Red.on_default().bold();

/// Says for the whole process whether there are colours; `auto` asks terminal and environment.
pub(super) fn set_colours(choice: ColorChoice) {
    let choice = match choice {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    };
    choice.write_global();
}

/// Prints text of our own, with colours where they are wanted.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    written(anstream::stdout().lock().write_all(text.as_bytes()))
}

/// Prints bytes as they are.
pub(super) fn print_raw(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    written(
        stdout
            .write_all(text.as_bytes())
            .and_then(|()| stdout.flush()),
    )
}

/// Whoever closes a pipe has read enough.
fn written(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::new(format!(
            "can't write to standard output: {}",
            reason(&error)
        ))),
        _ => Ok(()),
    }
}

/// Prints to standard error. Where that fails there is no one left to tell.
pub(super) fn complain(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// Prints why a command failed.
pub(super) fn failure(failure: &Failure) {
    let message = printable(&failure.message);
    complain(&format!("{ERROR}error{ERROR:#}: {message}\n"));
    if let Some(help) = &failure.help {
        complain(&format!("{BOLD}help{BOLD:#}: {}\n", printable(help)));
    }
}

/// A path within a sentence: a line break in it would begin a line of somebody else's.
pub(super) fn shown(path: &Path) -> String {
    on_one_line(&path.display().to_string())
}

/// Common faults of files, in words.
const REASONS: &[(ErrorKind, &str)] = &[
    (ErrorKind::NotFound, "there is no such file or folder"),
    (ErrorKind::PermissionDenied, "permission denied"),
    (ErrorKind::IsADirectory, "it is a folder"),
    (ErrorKind::NotADirectory, "a part of the path is a file"),
    (ErrorKind::AlreadyExists, "something else is in its place"),
    (
        ErrorKind::ReadOnlyFilesystem,
        "the file system is read-only",
    ),
    (ErrorKind::StorageFull, "no space is left"),
    (ErrorKind::FileTooLarge, "the file would be too large"),
    (
        ErrorKind::InvalidFilename,
        "the name is too long, or not allowed",
    ),
];

/// Why a pipe, a device or a socket isn't taken.
pub(super) const NO_FILE: &str = "it is no file";

/// What went wrong with a file, in words; without the number that the system has for it.
pub(super) fn reason(error: &io::Error) -> String {
    let known = REASONS.iter().find(|(kind, _)| *kind == error.kind());
    known.map_or_else(|| error.to_string(), |(_, words)| (*words).to_owned())
}
