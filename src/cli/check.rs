//! `todoc check`.

use super::args::{Check, Deny};
use super::input::is_standard_input;
use super::report::Reporter;
use super::{Failure, Status, build, disk, fix, formats, input, named, summary, watch};
use crate::diag::{Severity, on_one_line};
use crate::{CompiledAll, Options, Program};
use std::path::Path;

/// Says what is wrong with each file. One that can't be read doesn't keep the others from it.
pub(super) fn run(args: &Check) -> Result<Status, Failure> {
    let inputs = args.files.iter().filter(|file| is_standard_input(file));
    if inputs.count() > 1 {
        return Err(Failure::new("standard input can be read once").help("write `-` once"));
    }
    if args.watch {
        return watch::run(&args.files, looks(args), || once(args).map(drop));
    }
    once(args)
}

fn once(args: &Check) -> Result<Status, Failure> {
    let mut reporter = Reporter::new(&args.judge, args.diff)?;
    reporter.repeats(args.watch);
    let mut worst = Status::Clean;
    for file in &args.files {
        let result = check(file, args, &mut reporter);
        worst = worst.max(reporter.status(result));
    }
    reporter.finish()?;
    Ok(worst)
}

/// Whether it looks into the folders that images are built from, as a build with these options does.
fn looks(args: &Check) -> bool {
    !args.no_context && formats::build_images(&formats::with_needs(&args.emit))
}

fn check(file: &Path, args: &Check, reporter: &mut Reporter) -> Result<Status, Failure> {
    if args.fix {
        disk::is_replaceable(file)?;
    }
    let mut input = input::source(file)?;
    if let Some(fault) = &input.fault {
        return Ok(reporter.add(&input, std::slice::from_ref(fault), &[], &[], ""));
    }
    if args.diff {
        fix::print(&input)?;
    } else if args.fix {
        input = fix::write(file, input)?;
    }
    let program = Program::parse(input.text());
    let options = Options {
        check: formats::with_needs(&args.emit),
        files: named::read(&input.folder, &program),
        contexts: build::contexts(looks(args), &input, &program)?,
        ..Options::default()
    };
    let CompiledAll {
        diagnostics,
        notes,
        accepted,
        ..
    } = program.compile_all(&options);
    if diagnostics.is_empty() && !args.diff {
        reporter.print(&format!("{}: no errors\n", on_one_line(&input.name)))?;
    }
    let status = reporter.add(&input, &diagnostics, &notes, &accepted, "");
    if !args.diff && reporter.tells_people() {
        let notes = notes.into_iter();
        // Those that are denied have been told.
        let notes: Vec<_> = notes
            .filter(|it| it.severity() != Severity::Loss || !reporter.denies(Deny::Loss))
            .collect();
        reporter.print(&summary::noted(&input.name, &notes, &input.sources))?;
    }
    Ok(status)
}
