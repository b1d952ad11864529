//! `todoc secrets`: the values that a program asks for, on their way from whoever has them to where
//! they belong.
//!
//! A value is a [`secret::Secret`], which nothing can print. [`values`] alone reads values, from the
//! environment or from files.

mod check;
mod env_file;
mod judge;
mod list;
mod program;
mod secret;
mod template;
mod values;

use super::args::secrets::{Command, Secrets};
use super::{Failure, Status};

/// Runs the command.
pub(super) fn run(args: &Secrets) -> Result<Status, Failure> {
    match &args.command {
        Command::List(args) => list::run(args),
        Command::Template(args) => template::run(args),
        Command::Check(args) => check::run(args),
    }
}
