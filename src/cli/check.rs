//! `todoc check`.

use super::args::Check;
use super::{Failure, Status, fix, input, named, output};
use crate::check_all;
use crate::diag::printable;
use std::path::Path;

/// Says what is wrong with each file. One that can't be read doesn't keep the others from it.
pub(super) fn run(args: &Check) -> Status {
    let mut worst = Status::Clean;
    for file in &args.files {
        let status = check(file, args).unwrap_or_else(|failure| {
            output::failure(&failure);
            Status::Failed
        });
        worst = worst.max(status);
    }
    worst
}

fn check(file: &Path, args: &Check) -> Result<Status, Failure> {
    let mut input = input::read(file)?;
    if input.fault.is_none() && args.diff {
        fix::print(&input)?;
    } else if input.fault.is_none() && args.fix {
        input = fix::write(file, input)?;
    }
    let diagnostics = match &input.fault {
        Some(fault) => vec![fault.clone()],
        None => check_all(input.text(), named::read(&input.folder, input.text())),
    };
    if diagnostics.is_empty() {
        output::print(&format!("{}: no errors\n", printable(&input.name)))?;
        return Ok(Status::Clean);
    }
    Ok(output::diagnostics(
        &input.sources,
        &input.name,
        &diagnostics,
        &args.judge,
        "",
    ))
}
