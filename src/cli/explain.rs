//! `todoc explain`.

use super::args::Explain;
use super::{Failure, Status, output};
use crate::diag::suggest::did_you_mean;
use crate::diag::{Code, on_one_line};

/// Prints the page of a code, or the list of all.
pub(super) fn run(args: &Explain) -> Result<Status, Failure> {
    match &args.code {
        None => output::print(&list())?,
        Some(number) => output::print(find(number)?.page())?,
    }
    Ok(Status::Clean)
}

fn list() -> String {
    let row = |code: &Code| {
        let may = if code.may_be_allowed() {
            " (`allow` accepts it)"
        } else {
            ""
        };
        format!("{code}  {}{may}\n", code.summary())
    };
    Code::ALL.iter().map(row).collect()
}

fn find(number: &str) -> Result<Code, Failure> {
    let is_it = |code: &&Code| code.number().eq_ignore_ascii_case(number);
    if let Some(code) = Code::ALL.iter().find(is_it) {
        return Ok(*code);
    }
    let failure = Failure::new(format!("there is no code `{}`", on_one_line(number)));
    let numbers = Code::ALL.iter().map(|code| code.number());
    Err(match did_you_mean(number, numbers) {
        Some(near) => failure.help(format!("did you mean `{near}`? `todoc explain` lists all")),
        None => failure.help("`todoc explain` lists all"),
    })
}
