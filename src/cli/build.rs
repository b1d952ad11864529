//! `todoc build`.

use super::args::Build;
use super::contexts::{look, stay};
use super::diff::changes;
use super::input::{self, Input};
use super::memory::Memory;
use super::output::shown;
use super::report::Reporter;
use super::summary::{self, summary};
use super::survey::{Order, follow_no_link, survey};
use super::tags::{self, Tags};
use super::written::Written;
use super::{Failure, Status, count, disk, left_over, named, output, places, watch};
use crate::backend::{self, Artifact, BACKENDS, Backend};
use crate::diag::suggest::did_you_mean;
use crate::diag::{Diagnostic, on_one_line};
use crate::source::Contexts;
use crate::{Compiled, CompiledAll, Options, Program, UnknownTarget, ir};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The application for one target, its files and their folder.
struct Built {
    app: ir::App,
    notes: Vec<Diagnostic>,
    artifacts: Vec<Artifact>,
    out: PathBuf,
    /// What a later build must know.
    memory: Memory,
}

impl Built {
    fn order<'a>(&'a self, emit: &'a [&'a Backend], force: bool) -> Order<'a> {
        Order {
            out: &self.out,
            artifacts: &self.artifacts,
            emit,
            memory: &self.memory,
            force,
        }
    }
}

/// What a later build must know of this one.
fn memory(tags: &Tags, built: &Built, input: &Input) -> Memory {
    let runs_in_cluster = built.artifacts.iter().any(|file| {
        let backend = BACKENDS.iter().find(|backend| backend.writes(&file.path));
        backend.is_some_and(|backend| backend.runs_in_cluster)
    });
    Memory {
        source: input.path.as_deref().map(|file| {
            let folder = places::of(&built.out, &input.folder).source;
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            // A way that is that of one machine is no fact of the folder.
            if Path::new(&folder).is_absolute() {
                name.into_owned()
            } else {
                format!("{folder}/{name}")
            }
        }),
        images: if runs_in_cluster {
            tags.contents(&built.app)
        } else {
            BTreeMap::new()
        },
    }
}

/// How a build is told that went well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Telling {
    /// With all that comes next.
    Whole,
    /// In a line, since all of it was told before.
    Line,
}

/// Builds a file: for one target, or for all.
pub(super) fn run(args: &Build) -> Result<Status, Failure> {
    if !args.watch {
        return once(args, Telling::Whole);
    }
    let files = std::slice::from_ref(&args.file);
    let mut telling = Telling::Whole;
    watch::run(files, looks_into_contexts(args), || {
        let status = once(args, telling)?;
        if status == Status::Clean {
            telling = Telling::Line;
        }
        Ok(())
    })
}

fn once(args: &Build, telling: Telling) -> Result<Status, Failure> {
    let mut reporter = Reporter::new(&args.judge, args.stdout)?;
    reporter.repeats(args.watch);
    let result = build(args, telling, &mut reporter);
    let status = reporter.status(result);
    reporter.finish()?;
    Ok(status)
}

fn build(args: &Build, telling: Telling, reporter: &mut Reporter) -> Result<Status, Failure> {
    const OUTCOME: &str = "; nothing was built";
    let input = input::source(&args.file)?;
    if let Some(fault) = &input.fault {
        return Ok(reporter.add(&input, std::slice::from_ref(fault), &[], &[], OUTCOME));
    }
    let program = Program::parse(input.text());
    let tags = Tags::look(args, &input, &program, remembers_images(args), out(args));
    let options = Options {
        target: args.target.clone(),
        tag: args.tag.clone(),
        tag_from: args.tag_from.map(tags::of_asked),
        commit: tags.commit(),
        sources: tags.sources.clone(),
        marks: false,
        emit: emitted(args),
        source_name: input.file_name.clone(),
        places: places::of(out(args), &input.folder),
        target_folders: holds_targets(args),
        files: named::read(&input.folder, &program),
        contexts: contexts(looks_into_contexts(args), &input, &program)?,
        ..Options::default()
    };
    let compiled = if args.all_targets {
        program.compile_all(&options)
    } else {
        let one = program.compile(&options);
        CompiledAll {
            diagnostics: one.diagnostics.clone(),
            notes: one.notes.clone(),
            accepted: one.accepted.clone(),
            masks: one.masks.clone(),
            builds: vec![one],
        }
    };
    let CompiledAll {
        diagnostics,
        notes,
        accepted,
        builds: compiled,
        ..
    } = compiled;
    let unknown = compiled.iter().find_map(|it| it.unknown_target.clone());
    let targets = compiled
        .first()
        .map_or(Vec::new(), |first| first.targets.clone());
    let builds: Option<Vec<_>> = compiled.into_iter().map(|it| built(it, args)).collect();
    let status = reporter.add(&input, &diagnostics, &notes, &accepted, OUTCOME);
    let Some(mut builds) = builds.filter(|_| status == Status::Clean) else {
        return unknown.map_or(Ok(status), |it| Err(no_such_target(&it, &input.name)));
    };
    for built in &mut builds {
        tags.are_known(&built.app)?;
        built.memory = memory(&tags, built, &input);
    }

    if !args.stdout {
        for built in &builds {
            follow_no_link(out(args), args.out.is_some(), &built.out)?;
        }
    }
    if args.check {
        return check(&builds, &options.emit, &input, reporter);
    }
    // Of those there are others only where not all are built.
    let others = if args.all_targets { &[][..] } else { &targets };
    if args.stdout {
        return print(&builds, &options, others, &input, reporter);
    }
    let told = told(args);
    let (emit, force) = (&options.emit, args.force);
    let pages = write(&builds, emit, &told, others, force, &input)?;
    for (page, line) in &pages {
        reporter.print(match telling {
            Telling::Whole => page,
            Telling::Line => line,
        })?;
    }
    if let Some(built) = builds.first().filter(|_| holds_targets(args)) {
        let folders = left_over::folders(out(args), &targets, &built.artifacts);
        reporter.print(&summary::left_over(&folders))?;
    }
    Ok(Status::Clean)
}

fn out(args: &Build) -> &Path {
    args.out.as_deref().unwrap_or(Path::new("out"))
}

/// Whether that folder holds one of each target. `--out` names the folder of one target, or that of
/// all their folders.
fn holds_targets(args: &Build) -> bool {
    args.all_targets || args.out.is_none()
}

fn built(compiled: Compiled, args: &Build) -> Option<Built> {
    let app = compiled.app?;
    let out = match (&app.target, holds_targets(args)) {
        (Some(target), true) => out(args).join(target),
        _ => out(args).to_owned(),
    };
    Some(Built {
        app,
        notes: compiled.notes,
        artifacts: compiled.artifacts,
        out,
        memory: Memory::default(),
    })
}

/// Writes the files, once it is known that all of them may be written. Returns what to tell of each build,
/// and the same in a line. What is next is that of the backends that were asked for.
fn write(
    builds: &[Built],
    emit: &[&Backend],
    asked: &[&Backend],
    targets: &[String],
    force: bool,
    input: &Input,
) -> Result<Vec<(String, String)>, Failure> {
    for built in builds {
        disk::may_write(built.order(emit, force))?;
    }
    let mut pages = Vec::new();
    for built in builds {
        let Built {
            app,
            notes,
            artifacts,
            out,
            memory,
        } = built;
        let written = Written {
            outcome: disk::write(built.order(emit, force))?,
            memory,
            artifacts,
            out,
            program: input.path.as_deref(),
            folder: &input.folder,
        };
        let page = summary(
            app,
            targets,
            &input.sources,
            notes,
            &written.steps(app, asked),
            Some(&written),
        );
        let between = if pages.is_empty() { "" } else { "\n" };
        let line = watch::line(app.target.as_deref(), &written.outcome.changes);
        pages.push((format!("{between}{page}"), line));
    }
    Ok(pages)
}

/// Says what would be written, and writes nothing.
fn check(
    builds: &[Built],
    emit: &[&Backend],
    input: &Input,
    reporter: &Reporter,
) -> Result<Status, Failure> {
    let mut status = Status::Clean;
    for built in builds {
        let survey = survey(built.order(emit, false))?;
        survey.is_of_this_source()?;
        let changes = changes(&survey);
        let (out, name) = (shown(&built.out), on_one_line(&input.name));
        if changes.files == 0 {
            reporter.print(&format!("{out}: as {name} says\n"))?;
            continue;
        }
        status = Status::Wrong;
        reporter.print(&changes.text)?;
        let files = count(changes.files, "file");
        output::complain(&format!(
            "{out}: not as {name} says, in {files}; build it without --check\n"
        ));
    }
    Ok(status)
}

/// Prints the files.
fn print(
    builds: &[Built],
    options: &Options,
    targets: &[String],
    input: &Input,
    reporter: &Reporter,
) -> Result<Status, Failure> {
    for built in builds {
        output::print_raw(&joined(&built.artifacts, &options.emit))?;
        let next = backend::next(&options.emit, &built.app, None);
        let (sources, notes) = (&input.sources, &built.notes);
        let summary = summary(&built.app, targets, sources, notes, &next, None);
        output::complain(&reporter.masked(&summary));
    }
    Ok(Status::Clean)
}

/// What stands in the folders that images are built from, or nothing where nobody `looks`.
pub(super) fn contexts(looks: bool, input: &Input, program: &Program) -> Result<Contexts, Failure> {
    if !looks {
        return Ok(Contexts::new());
    }
    stay(&input.folder, program)?;
    Ok(look(&input.folder, program))
}

fn looks_into_contexts(args: &Build) -> bool {
    !args.no_context && build_images(&emitted(args))
}

/// Whether a later build is to know what images were made from: where files are written for a cluster, which
/// doesn't pull an image of a name again.
fn remembers_images(args: &Build) -> bool {
    let is_asked = looks_into_contexts(args) && !args.stdout;
    is_asked && emitted(args).iter().any(|it| it.runs_in_cluster)
}

/// Whether one of these backends writes what images are built by. Whoever asks for none of them may not
/// have the folders.
pub(super) fn build_images(backends: &[&Backend]) -> bool {
    backends.iter().any(|backend| backend.builds_images)
}

/// The backends that write: those that are asked for, and what they need. On standard output nothing
/// stands beside what was asked for.
fn emitted(args: &Build) -> Vec<&'static Backend> {
    if args.stdout {
        return chosen(&args.emit);
    }
    with_needs(&args.emit)
}

/// The backends whose steps are told: those that are asked for. What one of them needs and uses by itself
/// counts where another one is asked for that only names it, as manifests name images.
fn told(args: &Build) -> Vec<&'static Backend> {
    let asked = chosen(&args.emit);
    if asked.iter().any(|backend| backend.needs.is_empty()) {
        return emitted(args);
    }
    asked
}

/// The backends of these names, and those whose files theirs name.
pub(super) fn with_needs(names: &[String]) -> Vec<&'static Backend> {
    let needs = chosen(names).into_iter().flat_map(|it| it.needs);
    let needs = needs.map(|name| (*name).to_owned());
    chosen(&names.iter().cloned().chain(needs).collect::<Vec<_>>())
}

/// The backends of these names, in their own order.
pub(super) fn chosen(names: &[String]) -> Vec<&'static Backend> {
    let asked = |backend: &&&Backend| names.iter().any(|name| name == backend.name);
    BACKENDS.iter().filter(asked).copied().collect()
}

/// What to tell whoever asked for a target that a file doesn't have.
pub(super) fn no_such_target(unknown: &UnknownTarget, file: &str) -> Failure {
    let UnknownTarget { asked, known } = unknown;
    let (named, file) = (on_one_line(asked), on_one_line(file));
    let failure = Failure::new(format!("there is no target `{named}` in {file}"));
    if known.is_empty() {
        return failure.help("it has no targets: leave --target out");
    }
    let list = known.join(", ");
    match did_you_mean(asked, known.iter().map(String::as_str)) {
        Some(near) => failure.help(format!("did you mean `{near}`? It has: {list}")),
        None => failure.help(format!("it has: {list}")),
    }
}

/// All files as one text: those of one backend alone as a program reads them, where one can.
fn joined(artifacts: &[Artifact], emit: &[&Backend]) -> String {
    if let [only] = emit
        && let Some(is_read) = only.stream
    {
        let read = artifacts.iter().filter(|file| is_read(&file.path));
        return read.map(|file| file.text.as_str()).collect();
    }
    let with_head = |file: &Artifact| format!("# ==> {}\n{}", file.path, file.text);
    artifacts.iter().map(with_head).collect()
}
