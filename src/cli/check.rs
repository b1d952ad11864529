//! `todoc check`.

use super::args::{Check, Judge};
use super::{Failure, Status, input, named, output};
use crate::check_all;
use crate::diag::printable;
use std::path::Path;

/// Says what is wrong with each file. One that can't be read doesn't keep the others from it.
pub(super) fn run(args: &Check) -> Status {
    let mut worst = Status::Clean;
    for file in &args.files {
        let status = check(file, &args.judge).unwrap_or_else(|failure| {
            output::failure(&failure);
            Status::Failed
        });
        worst = worst.max(status);
    }
    worst
}

fn check(file: &Path, judge: &Judge) -> Result<Status, Failure> {
    let input = input::read(file)?;
    let diagnostics = match &input.fault {
        Some(fault) => vec![fault.clone()],
        None => check_all(input.text(), named::read(&input)),
    };
    if diagnostics.is_empty() {
        output::print(&format!("{}: no errors\n", printable(&input.name)))?;
        return Ok(Status::Clean);
    }
    Ok(output::diagnostics(
        &input.sources,
        &input.name,
        &diagnostics,
        judge,
        "",
    ))
}
