//! `todoc check`.

use super::args::Check;
use super::report::Reporter;
use super::{Failure, Status, fix, input, named, output};
use crate::diag::printable;
use crate::{CompiledAll, Options, Program};
use std::path::Path;

/// Says what is wrong with each file. One that can't be read doesn't keep the others from it.
pub(super) fn run(args: &Check) -> Result<Status, Failure> {
    let mut reporter = Reporter::new(&args.judge, args.diff)?;
    let mut worst = Status::Clean;
    for file in &args.files {
        let status = check(file, args, &mut reporter).unwrap_or_else(|failure| {
            reporter.fail(&failure);
            output::failure(&failure);
            Status::Failed
        });
        worst = worst.max(status);
    }
    reporter.finish()?;
    Ok(worst)
}

fn check(file: &Path, args: &Check, reporter: &mut Reporter) -> Result<Status, Failure> {
    let mut input = input::read(file)?;
    if let Some(fault) = &input.fault {
        return Ok(reporter.add(&input, std::slice::from_ref(fault), &[], ""));
    }
    if args.diff {
        fix::print(&input)?;
    } else if args.fix {
        input = fix::write(file, input)?;
    }
    let program = Program::parse(input.text());
    let options = Options {
        files: named::read(&input.folder, &program),
        ..Options::default()
    };
    let CompiledAll {
        diagnostics,
        accepted,
        ..
    } = program.compile_all(&options);
    if diagnostics.is_empty() && !args.diff {
        reporter.print(&format!("{}: no errors\n", printable(&input.name)))?;
    }
    Ok(reporter.add(&input, &diagnostics, &accepted, ""))
}
