//! `todoc build`.

use super::args::{Build, Next};
use super::built::{self, Built};
use super::contexts::{look, stay};
use super::diff::changes;
use super::formats::{build_images, emitted, joined, told};
use super::input::{self, Input};
use super::output::shown;
use super::report::Reporter;
use super::summary::{self, summary};
use super::survey::{follow_no_link, survey};
use super::tags::{self, Tags};
use super::written::Written;
use super::{
    Failure, Status, count, disk, earlier, left_over, named, output, places, survey, watch,
};
use crate::backend::{self, Backend};
use crate::diag::on_one_line;
use crate::diag::suggest::did_you_mean;
use crate::source::Contexts;
use crate::{CompiledAll, Options, Program, UnknownTarget};
use std::collections::BTreeMap;

/// How a build is told that went well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Telling {
    /// With what its changes take.
    News,
    /// In a line, since all of it was told before.
    Line,
    /// Not at all.
    Nothing,
    /// With all that any build takes; nothing is written.
    All,
}

/// Builds a file: for one target, or for all.
pub(super) fn run(args: &Build) -> Result<Status, Failure> {
    if !args.watch {
        let telling = if args.quiet {
            Telling::Nothing
        } else {
            Telling::News
        };
        return once(args, telling);
    }
    let files = std::slice::from_ref(&args.file);
    let mut telling = Telling::News;
    watch::run(files, looks_into_contexts(args), || {
        let status = once(args, telling)?;
        if status == Status::Clean {
            telling = if args.quiet {
                Telling::Nothing
            } else {
                Telling::Line
            };
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
    let tags = Tags::look(
        args,
        &input,
        &program,
        remembers_images(args),
        args.folder(),
    );
    // A tag of sources is one of the Dockerfile as well, and the sources answer what the text doesn't say.
    let looks = looks_into_contexts(args) || (!args.no_context && tags.is_of_sources);
    let earlier::Earlier { deployed, unread } = earlier::look(args, &program);
    let options = Options {
        target: args.target.clone(),
        tag: args.tag.clone(),
        tag_from: args.tag_from.map(tags::of_asked),
        commit: tags.commit(),
        sources: tags.sources.clone(),
        marks: false,
        emit: emitted(args),
        source_name: input.file_name.clone(),
        places: places::of(args.folder(), &input.folder),
        target_folders: args.holds_targets(),
        files: named::read(&input.folder, &program),
        deployed,
        contexts: contexts(looks, &input, &program)?,
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
    let builds: Option<Vec<_>> = compiled.into_iter().map(|it| built::of(it, args)).collect();
    let status = reporter.add(&input, &diagnostics, &notes, &accepted, OUTCOME);
    let Some(mut builds) = builds.filter(|_| status == Status::Clean) else {
        return unknown.map_or(Ok(status), |it| Err(no_such_target(&it, &input.name)));
    };
    for built in &mut builds {
        tags.are_known(&built.app)?;
        let before = options.deployed.get(&built.app.target);
        built.memory = built::memory(&tags, built, &input, before);
    }

    may_be_written(args, &builds, unread)?;
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
    if telling == Telling::All {
        return retell(&builds, emit, &told, others, &input, reporter);
    }
    let pages = write(&builds, emit, &told, others, force, &input)?;
    for (page, line) in &pages {
        match telling {
            Telling::News | Telling::All => reporter.print(page)?,
            Telling::Line => reporter.print(line)?,
            Telling::Nothing => {}
        }
    }
    if let Some(built) = builds
        .first()
        .filter(|_| args.holds_targets() && !args.quiet)
    {
        let folders = left_over::folders(args.folder(), &targets, &built.artifacts);
        reporter.print(&summary::left_over(&folders))?;
    }
    Ok(Status::Clean)
}

/// Whether the folders may be written to, as far as links and what earlier builds left there say.
fn may_be_written(
    args: &Build,
    builds: &[Built],
    mut unread: BTreeMap<Option<String>, Failure>,
) -> Result<(), Failure> {
    for built in builds.iter().filter(|_| !args.stdout) {
        follow_no_link(args.folder(), args.out.is_some(), &built.out)?;
        // What isn't a folder at all has no lock either, which says less.
        survey::is_there(&built.out)?;
        unread.remove(&built.app.target).map_or(Ok(()), Err)?;
    }
    Ok(())
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
            false,
        );
        let between = if pages.is_empty() { "" } else { "\n" };
        let line = watch::line(app.target.as_deref(), &written.outcome.changes);
        pages.push((format!("{between}{page}"), line));
    }
    Ok(pages)
}

/// Prints all that comes after builds which nothing has changed since.
fn retell(
    builds: &[Built],
    emit: &[&Backend],
    asked: &[&Backend],
    targets: &[String],
    input: &Input,
    reporter: &Reporter,
) -> Result<Status, Failure> {
    for built in builds {
        reporter.print(&all_of(built, emit, asked, targets, input)?)?;
    }
    Ok(Status::Clean)
}

/// All that comes after a build which nothing has changed since.
fn all_of(
    built: &Built,
    emit: &[&Backend],
    asked: &[&Backend],
    targets: &[String],
    input: &Input,
) -> Result<String, Failure> {
    let survey = survey(built.order(emit, false))?;
    survey.is_of_this_source()?;
    let name = on_one_line(&input.name);
    if changes(&survey).files > 0 {
        let failure = Failure::new(format!("`{}` isn't as {name} says", shown(&built.out)));
        return Err(failure.help("build it first, which says what the changes take"));
    }
    let written = Written {
        outcome: disk::Outcome::unchanged(&survey),
        memory: &built.memory,
        artifacts: &built.artifacts,
        out: &built.out,
        program: input.path.as_deref(),
        folder: &input.folder,
    };
    let steps = written.steps(&built.app, asked);
    let (sources, notes) = (&input.sources, &built.notes);
    Ok(summary(
        &built.app,
        targets,
        sources,
        notes,
        &steps,
        Some(&written),
        true,
    ))
}

/// Prints all that comes after a build, once more.
pub(super) fn next(args: &Next) -> Result<Status, Failure> {
    let input = input::source(&args.file)?;
    let program = Program::parse(input.text());
    let args = earlier::build(args, &program)?;
    once(&args, Telling::All)
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
        let summary = summary(&built.app, targets, sources, notes, &next, None, true);
        output::complain(&reporter.masked(&summary));
    }
    Ok(Status::Clean)
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

/// What stands in the folders that images are built from, or nothing where nobody `looks`.
pub(super) fn contexts(looks: bool, input: &Input, program: &Program) -> Result<Contexts, Failure> {
    if !looks {
        return Ok(Contexts::new());
    }
    stay(&input.folder, program)?;
    Ok(look(&input.folder, program))
}
