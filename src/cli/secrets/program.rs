//! The application whose secrets are asked for.

use crate::backend::backend;
use crate::backend::secrets::{OwnSecret, own};
use crate::cli::args::Judge;
use crate::cli::args::secrets::Program as Args;
use crate::cli::report::Reporter;
use crate::cli::{Failure, build, input, named, output, shell};
use crate::diag::{Code, Masks, Severity, has_errors, on_one_line};
use crate::ir::App;
use crate::source::{SourceMap, Span};
use crate::{Options, Program};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

/// An application without errors, for one target.
pub(super) struct Application {
    pub(super) app: App,
    /// Names of all targets of its file.
    targets: Vec<String>,
    /// The file as the user calls it, on one line.
    pub(super) file: String,
    sources: SourceMap,
    /// What of the text nobody may read, though an `allow` accepts it.
    masks: BTreeSet<Span>,
}

/// What came of reading a program.
pub(super) enum Loaded {
    /// The application.
    Right(Box<Application>),
    /// Its text is wrong; why has been told.
    Wrong,
}

/// Reads the program. Its warnings are a matter of `todoc check`.
pub(super) fn load(args: &Args) -> Result<Loaded, Failure> {
    const OUTCOME: &str = "; nothing was done";
    let mut reporter = Reporter::new(Judge::ERRORS_ALONE, true)?;
    let input = input::source(&args.file)?;
    if let Some(fault) = &input.fault {
        reporter.add(&input, std::slice::from_ref(fault), &[], &[], OUTCOME);
        return Ok(Loaded::Wrong);
    }
    let program = Program::parse(input.text());
    let options = Options {
        target: args.target.clone(),
        source_name: input.file_name.clone(),
        files: named::read(&input.folder, &program),
        ..Options::default()
    };
    let mut compiled = program.compile(&options);
    // Keys of `config` that whoever installs a chart gives a value are no matter of secrets.
    let errors = compiled.diagnostics.iter();
    let mut errors = errors.filter(|it| it.severity() == Severity::Error);
    if errors.all(|it| it.code == Code::MissingStatement) && has_errors(&compiled.diagnostics) {
        let options = Options {
            check: backend("docker").into_iter().collect(),
            ..options
        };
        let again = program.compile(&options);
        if !has_errors(&again.diagnostics) {
            compiled = again;
        }
    }
    if has_errors(&compiled.diagnostics) {
        reporter.add(&input, &compiled.diagnostics, &[], &[], OUTCOME);
        return Ok(Loaded::Wrong);
    }
    if let Some(unknown) = &compiled.unknown_target {
        return Err(build::no_such_target(unknown, &input.name));
    }
    let Some(app) = compiled.app else {
        return Ok(Loaded::Wrong);
    };
    Ok(Loaded::Right(Box::new(Application {
        app,
        targets: compiled.targets,
        file: on_one_line(&input.name),
        sources: input.sources,
        masks: compiled.masks.into_iter().collect(),
    })))
}

impl Application {
    /// The Secrets with keys of ours.
    pub(super) fn own(&self) -> Vec<OwnSecret<'_>> {
        own(&self.app)
    }

    /// Prints what was made of the program.
    pub(super) fn print(&self, text: &str) -> Result<(), Failure> {
        output::print(&self.masked(text))
    }

    /// A text without what nobody may read of the program.
    pub(super) fn masked<'t>(&self, text: &'t str) -> Cow<'t, str> {
        Masks::at(&self.sources, &self.masks).over(text)
    }

    /// The number of the line at which a place begins, from 1.
    pub(super) fn line(&self, place: Span) -> usize {
        let file = self.sources.get(place.file);
        file.map_or(0, |file| file.lines.line(place.start as usize) + 1)
    }

    /// The application and the target, for headings: `notes for target laptop`.
    pub(super) fn title(&self) -> String {
        match &self.app.target {
            Some(target) => format!("{} for target {target}", self.app.name),
            None => self.app.name.clone(),
        }
    }

    /// What to say of the other targets, if nobody named this one.
    pub(super) fn others(&self) -> Option<String> {
        let target = self.app.target.as_ref()?;
        let others = self.targets.iter().filter(|other| *other != target);
        let others: Vec<_> = others.map(String::as_str).collect();
        let others = (!others.is_empty()).then(|| others.join(", "))?;
        Some(format!("others, with --target NAME: {others}"))
    }

    /// The words behind a command that name this application and target again.
    pub(super) fn arguments(&self, file: &Path) -> String {
        let file = shell::path(file);
        match &self.app.target {
            Some(target) => format!("{file} -t {target}"),
            None => file,
        }
    }
}
