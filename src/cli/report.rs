//! What was found, told as it was asked for.

use super::args::{Deny, Judge, ReportTo};
use super::input::Input;
use super::output::{self, reason, shown};
use super::read::{self, bounds};
use super::{Failure, Status, count, disk, pipes};
use crate::check::Accepted;
use crate::diag::report::{Format, Report, ReportedFile, is_report};
use crate::diag::{Diagnostic, Masks, Severity, at_least, counts, has_errors, on_one_line, render};
use crate::source::FileId;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Gathers what is found in files, tells it to people at once, and to others at the end.
pub(super) struct Reporter<'a> {
    judge: &'a Judge,
    report: Report,
    /// What nobody may read of each file that was looked at.
    masks: Vec<Masks>,
    /// Whether the same is told again and again: then each report takes a line.
    repeats: bool,
}

impl<'a> Reporter<'a> {
    /// One for what `judge` asks for; `prints` says that the command prints on standard output what
    /// nothing else may stand beside.
    pub(super) fn new(judge: &'a Judge, prints: bool) -> Result<Self, Failure> {
        let reporter = Reporter {
            judge,
            report: Report::default(),
            masks: Vec::new(),
            repeats: false,
        };
        let others = reporter.on_stdout().count() + usize::from(prints);
        if others > 1 {
            let failure = Failure::new("standard output takes one report, and nothing beside it");
            return Err(failure.help("name a file for each other one: `--report json=report.json`"));
        }
        if let Some(file) = reporter.named_twice() {
            let failure = Failure::new(format!("`{}` takes one report", shown(file)));
            return Err(failure.help("name a file for each: `--report json=report.json`"));
        }
        Ok(reporter)
    }

    /// Says whether the same is told again and again.
    pub(super) fn repeats(&mut self, repeats: bool) {
        self.repeats = repeats;
    }

    /// A file that a second report would be written over the first in.
    fn named_twice(&self) -> Option<&'a Path> {
        let reports = self.judge.report.iter();
        let mut files = reports.filter_map(|report| report.file.as_deref());
        let mut seen = BTreeSet::new();
        files.find(|file| !seen.insert(*file))
    }

    /// The reports that go to standard output.
    fn on_stdout(&self) -> impl Iterator<Item = &ReportTo> {
        let reports = self.judge.report.iter();
        reports.filter(|report| report.file.is_none() && !report.format.is_human)
    }

    /// Whether people are told.
    pub(super) fn tells_people(&self) -> bool {
        let mut reports = self.judge.report.iter();
        self.judge.report.is_empty()
            || reports.any(|report| report.file.is_none() && report.format.is_human)
    }

    /// Prints text of our own where no report is disturbed by it, and without what nobody may read.
    pub(super) fn print(&self, text: &str) -> Result<(), Failure> {
        let text = self.masked(text);
        if self.on_stdout().next().is_none() {
            return output::print(&text);
        }
        output::complain(&text);
        Ok(())
    }

    /// A text with the mask over what nobody may read of the files that were looked at.
    pub(super) fn masked<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut text = Cow::Borrowed(text);
        for masks in &self.masks {
            if let Cow::Owned(shown) = masks.over(&text) {
                text = Cow::Owned(shown);
            }
        }
        text
    }

    /// Takes in what was found in a file, and gives the status that it deserves. `outcome` is what
    /// it means for the command where the text is refused. Notes change no status, nor do losses
    /// unless they are denied, and people find both in what the command prints.
    pub(super) fn add(
        &mut self,
        input: &Input,
        diagnostics: &[Diagnostic],
        notes: &[Diagnostic],
        accepted: &[Accepted],
        outcome: &str,
    ) -> Status {
        let accepted = accepted.iter();
        let file = ReportedFile {
            sources: input.sources.clone(),
            uri: input.uri.clone(),
            diagnostics: diagnostics.to_vec(),
            notes: notes.to_vec(),
            accepted: accepted
                .map(|it| (it.diagnostic.clone(), it.reason.clone()))
                .collect(),
        };
        let masks = file.masks();
        self.report.files.push(file);
        let status = self.judged(input, diagnostics, notes, &masks, outcome);
        self.masks.push(masks);
        status
    }

    /// Tells people what was found in a file, and gives the status that it deserves.
    fn judged(
        &self,
        input: &Input,
        diagnostics: &[Diagnostic],
        notes: &[Diagnostic],
        masks: &Masks,
        outcome: &str,
    ) -> Status {
        let mut diagnostics = diagnostics.to_vec();
        if self.denies(Deny::Loss) {
            diagnostics.extend(losses(notes).cloned());
            diagnostics.sort_by_key(|found| found.primary.span);
        }
        // What decides is named first, as a loss that is denied beside a warning that isn't.
        let decides = |found: &Diagnostic| match found.severity() {
            Severity::Error => true,
            Severity::Warning => self.denies(Deny::Warnings),
            Severity::Loss => self.denies(Deny::Loss),
            Severity::Note => false,
        };
        let order = |found: &&Diagnostic| {
            let is_error = found.severity() == Severity::Error;
            (!is_error, !decides(found), found.severity())
        };
        let Some(first) = diagnostics.iter().min_by_key(order) else {
            return Status::Clean;
        };
        let has = |severity| diagnostics.iter().any(|it| it.severity() == severity);
        let denied = [
            (Deny::Warnings, Severity::Warning, "; warnings are denied"),
            (Deny::Loss, Severity::Loss, "; losses are denied"),
        ];
        let denied = denied.into_iter();
        let denied: String = denied
            .filter(|(deny, severity, _)| self.denies(*deny) && has(*severity))
            .map(|(.., words)| words)
            .collect();
        let (status, outcome) = match (has_errors(&diagnostics), denied.as_str()) {
            (true, _) => (Status::Wrong, outcome.to_owned()),
            (false, "") => (Status::Clean, String::new()),
            (false, denied) => (Status::Wrong, format!("{outcome}{denied}")),
        };
        if self.tells_people() {
            output::complain(&render::styled(&input.sources, &diagnostics, masks));
        }
        output::complain(&format!(
            "{}{} in {}{outcome}; `todoc explain {}` says more\n",
            at_least(&diagnostics),
            counts(diagnostics.iter(), count),
            on_one_line(&input.name),
            first.code
        ));
        status
    }

    /// Whether something besides errors is refused.
    pub(super) fn denies(&self, what: Deny) -> bool {
        self.judge.deny.contains(&what)
    }

    /// The status of what was done with a file. Why nothing could be done is told at once.
    pub(super) fn status(&mut self, result: Result<Status, Failure>) -> Status {
        result.unwrap_or_else(|failure| {
            output::failure(&failure);
            self.report.failures.push(failure.message);
            Status::Failed
        })
    }

    /// Writes the reports that were asked for, besides the one that people have read by now.
    pub(super) fn finish(&self) -> Result<(), Failure> {
        for ReportTo { format, file } in &self.judge.report {
            let Some(path) = file else {
                if !format.is_human {
                    let text = (format.write)(&self.report);
                    output::print_raw(&if self.repeats {
                        on_a_line(format, text)
                    } else {
                        text
                    })?;
                }
                continue;
            };
            if self.is_source(path) || !is_free(path) {
                let message = format!("can't write a report over `{}`", shown(path));
                return Err(Failure::new(message).help("name another file behind `--report`"));
            }
            let text = (format.write)(&self.report);
            // A report takes the place of a file rather than its bytes: whatever else has those bytes
            // under another name keeps them. Pipes and devices are written to.
            let is_file = fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
            if is_file {
                disk::replace(path, text.as_bytes())?;
                continue;
            }
            pipes::write(path, text.as_bytes()).map_err(|why| {
                let (path, why) = (shown(path), reason(&why));
                Failure::new(format!("can't write `{path}`: {why}"))
            })?;
        }
        Ok(())
    }

    /// Whether a path leads to a file that was looked at, or that such a file names, by whatever links.
    fn is_source(&self, path: &Path) -> bool {
        let sources = self.report.files.iter();
        let mut sources = sources.filter_map(|file| file.sources.get(FileId(0)));
        sources.any(|source| {
            let file = Path::new(&source.name);
            let folder = file.parent().unwrap_or(Path::new(""));
            let mut named = crate::files_wanted(&source.text).into_iter();
            is_same_file(path, file) || named.any(|named| is_same_file(path, &folder.join(named)))
        })
    }
}

/// Whether a report may take the place of what is at a path: of nothing, of an earlier report, or of
/// what is no file, such as a pipe.
fn is_free(path: &Path) -> bool {
    let Ok(path) = fs::canonicalize(path) else {
        return true;
    };
    if !fs::metadata(&path).is_ok_and(|found| found.is_file()) {
        return true;
    }
    let beginning = read::head(&path, bounds::FIRST_LINE);
    beginning.is_ok_and(|bytes| is_report(&String::from_utf8_lossy(&bytes)))
}

/// A report in JSON without its line breaks, which no string in it has; any other as it is.
fn on_a_line(format: &Format, text: String) -> String {
    if !text.starts_with('{') || format.name == "short" {
        return text;
    }
    let lines = text.lines().map(str::trim_start);
    lines.chain(["\n"]).collect()
}

/// What backends can't say, among notes.
pub(super) fn losses(notes: &[Diagnostic]) -> impl Iterator<Item = &Diagnostic> {
    let notes = notes.iter();
    notes.filter(|found| found.severity() == Severity::Loss)
}

/// Whether two paths lead to the same bytes.
fn is_same_file(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let identity = |path: &Path| {
            let found = fs::metadata(path).ok()?;
            Some((found.dev(), found.ino()))
        };
        if identity(one).is_some_and(|it| identity(other) == Some(it)) {
            return true;
        }
    }
    fs::canonicalize(one).is_ok_and(|one| fs::canonicalize(other).is_ok_and(|it| it == one))
}
