//! `todoc secrets`: the values that a program asks for, on their way from whoever has them to where
//! they belong.
//!
//! A value is a [`secret::Secret`], which nothing can print. [`values`] alone reads values, from the
//! environment or from files, and [`child`] alone hands them on, through a pipe. What programs print
//! is masked by [`mask`].

mod apply;
mod ask;
mod chart;
mod check;
mod child;
mod decoder;
mod env_file;
mod escaping;
mod fill;
mod generate;
mod judge;
mod kubectl;
mod list;
mod live;
mod manifest;
mod mask;
mod needle;
mod pipe;
mod plan;
mod program;
mod script;
mod secret;
mod spellings;
mod template;
mod track;
mod values;

use super::args::secrets::{Command, Secrets};
use super::{Failure, Status};

/// Runs the command.
pub(super) fn run(args: &Secrets) -> Result<Status, Failure> {
    match &args.command {
        Command::List(args) => list::run(args),
        Command::Template(args) => template::run(args),
        Command::Check(args) => check::run(args),
        Command::Script(args) => script::run(args),
        Command::Apply(args) => apply::run(args),
        Command::Pipe(args) => pipe::run(args),
    }
}
