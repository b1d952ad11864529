//! What `todoc build` tells: what was written, what must exist, and what to do next.

use super::count;
use super::disk::Outcome;
use super::news::News;
use super::page::Page;
use super::report::losses;
use super::written::Written;
use crate::backend::{Purpose, Step};
use crate::diag::{Code, Diagnostic, Severity, on_one_line};
use crate::ir;
use crate::source::SourceMap;
use indexmap::{IndexMap, IndexSet};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The summary of a build; without `written` of one that printed its files.
pub(super) fn summary(
    app: &ir::App,
    targets: &[String],
    sources: &SourceMap,
    notes: &[Diagnostic],
    steps: &[Step],
    written: Option<&Written>,
    all: bool,
) -> String {
    let mut page = Page::default();
    let news = written.filter(|_| !all).map(News::of);
    let news = news.filter(|news| !news.is_first());
    let steps: Vec<&Step> = steps
        .iter()
        .filter(|step| news.as_ref().is_none_or(|news| news.takes(step)))
        // Nobody goes back after the first build.
        .filter(|step| all || step.purpose != Purpose::GoBack)
        .collect();
    if let (Some(written), Some(news)) = (written, &news)
        && news.files.is_empty()
        && steps.is_empty()
        && written.outcome.kept.is_empty()
    {
        page.line(0, &format!("{}{}", files(written), of_target(app)));
        page.line(0, &written.next_hint(app));
        return page.text;
    }
    if let Some(written) = written {
        page.line(0, &files(written));
    }
    for line in news.iter().flat_map(|news| &news.files) {
        page.line(2, line);
    }
    if let Some(target) = &app.target {
        page.line(0, &choice(target, targets));
    }
    if let Some(written) = written.filter(|_| news.is_some()) {
        page.line(0, &written.next_hint(app));
    }
    if let Some(Written { outcome, .. }) = written {
        page.section(
            "Kept, though nothing stands for them: delete them, or move them away",
            &kept(outcome),
        );
    }
    let (commands, told): (Vec<&Step>, Vec<&Step>) = steps
        .into_iter()
        .partition(|step| !step.commands.is_empty());
    let is_need = |step: &&Step| step.purpose == Purpose::NeedSecrets;
    let (needs, told): (Vec<_>, Vec<_>) = told.into_iter().partition(is_need);
    for step in told {
        page.told(step);
    }
    page.section("Notes", &note_lines(notes, sources));
    lost(&mut page, "", notes, sources);
    for step in needs {
        page.told(step);
    }
    let is_told_again = all && written.is_some();
    page.commands(&commands, is_told_again.then_some(SHELL));
    page.text
}

/// Who reads the commands.
const SHELL: &str = "for a POSIX shell, such as dash, bash or zsh, on Windows in WSL or Git Bash: PowerShell doesn't \
                     know `\\` at the end of a line, `NAME=value` before a program, `<`, or a quote within quotes";

/// For which target it was, at the end of a line.
fn of_target(app: &ir::App) -> String {
    let target = app.target.as_ref();
    target.map_or(String::new(), |target| format!(", for target {target}"))
}

/// Notes of a file that was checked, or nothing.
pub(super) fn noted(name: &str, notes: &[Diagnostic], sources: &SourceMap) -> String {
    let mut page = Page::default();
    let title = format!("Notes on {}", on_one_line(name));
    page.section(&title, &note_lines(notes, sources));
    lost(
        &mut page,
        &format!(" of {}", on_one_line(name)),
        notes,
        sources,
    );
    page.text
}

/// Folders of targets that are gone, or nothing.
pub(super) fn left_over(folders: &[PathBuf]) -> String {
    let lines = folders
        .iter()
        .map(|folder| (2, folder.display().to_string()));
    let mut page = Page::default();
    page.section(
        "Built for targets that are gone: no build deletes these, nor their objects",
        &lines.collect::<Vec<_>>(),
    );
    page.text
}

/// What backends can't say, a section for each. `of` names the file, if that isn't known.
fn lost(page: &mut Page, of: &str, notes: &[Diagnostic], sources: &SourceMap) {
    for (backend, lines) in loss_lines(notes, sources) {
        page.section(&format!("Lost in {backend}{of}"), &lines);
    }
}

fn files(written: &Written) -> String {
    let Outcome {
        written: new,
        unchanged,
        deleted,
        ..
    } = written.outcome;
    let out = written.out.display();
    let files = match (new, unchanged) {
        (0, 0) => "nothing to write".to_owned(),
        (0, unchanged) => format!("{} unchanged in {out}", count(unchanged, "file")),
        (new, 0) => format!("{} written to {out}", count(new, "file")),
        (new, _) => format!(
            "{} written to {out}, {unchanged} unchanged",
            count(new, "file")
        ),
    };
    match deleted {
        0 => files,
        _ => format!("{files}, {deleted} deleted"),
    }
}

/// Files that the build would have deleted.
fn kept(outcome: &Outcome) -> Vec<(usize, String)> {
    let line = |(path, why): &(String, _)| (2, format!("{path}: {why}"));
    outcome.kept.iter().map(line).collect()
}

fn choice(target: &str, targets: &[String]) -> String {
    let others: Vec<_> = targets
        .iter()
        .filter(|other| *other != target)
        .map(String::as_str)
        .collect();
    match others.as_slice() {
        [] => format!("for target {target}"),
        _ => format!(
            "for target {target}; others, with --target NAME: {}",
            others.join(", ")
        ),
    }
}

/// What notes have in common that are one line: their code, their message around the first name, and
/// their help.
type Said<'n> = (Code, [&'n str; 2], &'n [String]);

/// Notes with their codes, by which they are explained and accepted. Those that say the same of several
/// are one line: `lines 2, 3: no memory is set for `web`, `api`: …`.
fn note_lines(notes: &[Diagnostic], sources: &SourceMap) -> Vec<(usize, String)> {
    let mut rows: IndexMap<Said<'_>, [IndexSet<String>; 2]> = IndexMap::new();
    let notes = notes.iter();
    for note in notes.filter(|it| it.severity() != Severity::Loss) {
        let (before, name, after) = around_name(&note.message);
        let [places, names] = rows
            .entry((note.code, [before, after], note.help.as_slice()))
            .or_default();
        places.extend(line_of(note, sources));
        names.insert(name.to_owned());
    }
    let line = |(said, [places, names]): (Said<'_>, [IndexSet<String>; 2])| {
        let (code, [before, after], help) = said;
        let place = lines_at(&places);
        let message = format!("{before}{}{after}", list(&names));
        let texts = std::iter::once(message).chain(help.iter().cloned());
        let text = texts.collect::<Vec<_>>().join("; ");
        (2, format!("{place}{text} [{code}]"))
    };
    rows.into_iter().map(line).collect()
}

/// A line for each code of what each backend can't say, with all that has it:
/// `lines 12, 30: the cpu request of `web`, `api`: …`.
fn loss_lines<'n>(
    notes: &'n [Diagnostic],
    sources: &SourceMap,
) -> IndexMap<&'n str, Vec<(usize, String)>> {
    #[derive(Default)]
    struct Row<'n> {
        places: IndexSet<String>,
        said: IndexMap<[&'n str; 2], IndexSet<String>>,
    }
    let mut rows: BTreeMap<(&str, Code), Row> = BTreeMap::new();
    for loss in losses(notes) {
        let row = rows
            .entry((loss.backend.unwrap_or_default(), loss.code))
            .or_default();
        row.places.extend(line_of(loss, sources));
        let (before, name, after) = around_name(&loss.message);
        row.said
            .entry([before, after])
            .or_default()
            .insert(name.to_owned());
    }
    let mut sections: IndexMap<_, Vec<_>> = IndexMap::new();
    for ((backend, code), Row { places, said }) in rows {
        let said = said.iter();
        let said = said.map(|([before, after], names)| format!("{before}{}{after}", list(names)));
        let said = said.collect::<Vec<_>>().join("; ");
        let line = format!("{}{said} [{code}]", lines_at(&places));
        sections.entry(backend).or_default().push((2, line));
    }
    sections
}

/// The number of the line that a diagnostic is about.
fn line_of(found: &Diagnostic, sources: &SourceMap) -> Option<String> {
    let place = found.primary.span;
    let file = sources.get(place.file)?;
    Some((file.lines.line(place.start as usize) + 1).to_string())
}

/// Numbers of lines, as the beginning of a line of text.
fn lines_at(places: &IndexSet<String>) -> String {
    match places.len() {
        0 => String::new(),
        1 => format!("line {}: ", list(places)),
        _ => format!("lines {}: ", list(places)),
    }
}

fn list(words: &IndexSet<String>) -> String {
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    words.join(", ")
}

/// A message up to the first name in backticks, that name with them, and the rest.
fn around_name(message: &str) -> (&str, &str, &str) {
    let start = message.find('`').unwrap_or(message.len());
    let (before, rest) = message.split_at(start);
    let length = rest.match_indices('`').nth(1).map_or(0, |(at, _)| at + 1);
    let (name, after) = rest.split_at(length);
    (before, name, after)
}

#[cfg(test)]
mod tests;
