//! A question on the terminal.

use crate::cli::{Failure, output};
use std::io::{self, BufRead, IsTerminal};

/// Fails where nobody can be asked.
pub(super) fn can_ask() -> Result<(), Failure> {
    if io::stdin().is_terminal() && io::stderr().is_terminal() {
        return Ok(());
    }
    let failure = Failure::new("there is no terminal to ask on before anything is written");
    Err(failure.help("say yes beforehand with `-y`, or look first with `--dry-run`"))
}

/// Asks, and returns whether the answer is yes; the end of the input is none.
pub(super) fn is_yes(question: &str) -> bool {
    output::complain(&format!("{question} [y/N] "));
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer);
    let answer = answer.trim().to_lowercase();
    read.is_ok() && matches!(answer.as_str(), "y" | "yes")
}
