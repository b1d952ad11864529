//! The whole way from text to files, in memory.

use crate::backend::{Artifact, Backend};
use crate::check::check;
use crate::diag::{Bag, Diagnostic};
use crate::ir;
use crate::source::{FileId, Files};
use crate::syntax::{ast, parse};

/// What a compilation is asked for.
#[derive(Debug, Clone)]
pub struct Options {
    /// The target to build for; without one, the file's first, if it has any.
    pub target: Option<String>,
    /// The backends to run, in order.
    pub emit: Vec<&'static Backend>,
    /// The source file's name without its folder, for the first line of generated files.
    pub source_name: String,
    /// What [`files_wanted`] asks for.
    pub files: Files,
}

/// What came of a compilation.
#[derive(Debug, Clone, Default)]
pub struct Compiled {
    /// Everything that is wrong, by place. Files exist only where this is empty of errors.
    pub diagnostics: Vec<Diagnostic>,
    /// Names of the file's targets, in its order. Where [`Options::target`] isn't one of them,
    /// nothing but the syntax was checked.
    pub targets: Vec<String>,
    /// The application, for the target asked for.
    pub app: Option<ir::App>,
    /// The files, in the order of the backends.
    pub artifacts: Vec<Artifact>,
}

/// Compiles `text`, which is `FileId(0)` in all spans, for one target.
#[must_use]
pub fn compile(text: &str, options: &Options) -> Compiled {
    let parsed = parse(FileId(0), text);
    let mut bag = parsed.diagnostics;
    let syntax_is_right = bag.is_empty();
    let targets: Vec<_> = targets(&parsed.file).map(str::to_owned).collect();
    let wanted = options.target.as_ref().or(targets.first());
    let target = parsed
        .file
        .targets
        .iter()
        .find(|target| name(target) == wanted.map(String::as_str));
    if wanted.is_some() && target.is_none() {
        return Compiled {
            diagnostics: bag.into_sorted(),
            targets,
            ..Compiled::default()
        };
    }
    let (app, found) = check(&parsed.file, target, &options.files);
    bag.append(found);
    let app = app.filter(|_| syntax_is_right);
    let artifacts = app.iter().flat_map(|app| {
        options
            .emit
            .iter()
            .flat_map(|backend| (backend.lower)(app, &options.source_name))
    });
    Compiled {
        artifacts: artifacts.collect(),
        diagnostics: bag.into_sorted(),
        targets,
        app,
    }
}

/// Paths of the files that `text` names, as it writes them, each relative to its folder. Whoever
/// compiles it reads them, since nothing here does. One that doesn't stay in that folder must not be
/// read: it is a fault of the text.
#[must_use]
pub fn files_wanted(text: &str) -> Vec<String> {
    let parsed = parse(FileId(0), text);
    parsed.file.files().map(|path| path.value.clone()).collect()
}

/// Everything that is wrong with `text`, for every target that it has. `files` are those that
/// [`files_wanted`] asks for.
#[must_use]
pub fn check_all(text: &str, files: &Files) -> Vec<Diagnostic> {
    let parsed = parse(FileId(0), text);
    let mut bag: Bag = parsed.diagnostics;
    let targets = &parsed.file.targets;
    // What is wrong for several targets is the same diagnostic, which is listed once.
    for target in targets
        .iter()
        .map(Some)
        .chain(targets.is_empty().then_some(None))
    {
        bag.append(check(&parsed.file, target, files).1);
    }
    bag.into_sorted()
}

fn targets(file: &ast::File) -> impl Iterator<Item = &str> {
    file.targets.iter().filter_map(name)
}

fn name(target: &ast::Target) -> Option<&str> {
    target.name.as_ref().map(|name| name.value.as_str())
}
