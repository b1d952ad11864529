//! Workflow commands of GitHub Actions, which become annotations.
//!
//! GitHub shows ten errors, ten warnings and ten notices of a step, and drops the others without a
//! word; so no more are written, and a notice says how many there are.

use super::place::Places;
use super::{Report, ReportedFile};
use crate::diag::{Diagnostic, Severity, counts, printable};
use crate::source::FileId;

/// How many annotations of a kind GitHub shows of a step.
const MOST_OF_A_KIND: usize = 10;

/// The report.
pub(super) fn write(report: &Report) -> String {
    let mut lines = Vec::new();
    // Why a file wasn't looked at counts most.
    for failure in report.failures.iter().take(MOST_OF_A_KIND) {
        lines.push(format!("::error title=todoc::{}\n", message(failure)));
    }
    let mut errors = MOST_OF_A_KIND.saturating_sub(report.failures.len());
    let mut warnings = MOST_OF_A_KIND;
    // One is kept for what is left out.
    let mut notices = MOST_OF_A_KIND - 1;
    let mut left_out: Vec<&Diagnostic> = Vec::new();
    for file in &report.files {
        let mut shown = Vec::new();
        for found in file.all() {
            let room = match found.severity() {
                Severity::Error => &mut errors,
                Severity::Warning => &mut warnings,
                Severity::Loss | Severity::Note => &mut notices,
            };
            if *room == 0 {
                left_out.push(found);
            } else {
                *room -= 1;
                shown.push(found);
            }
        }
        lines.extend(annotations(file, &shown));
    }
    if !left_out.is_empty() {
        let more = counts(left_out.into_iter(), |number, noun| {
            let plural = if number == 1 { "" } else { "s" };
            format!("{number} more {noun}{plural}")
        });
        let more = format!("and {more}, which GitHub would not show");
        lines.push(format!("::notice title=todoc::{}\n", message(&more)));
    }
    lines.concat()
}

fn annotations(file: &ReportedFile, shown: &[&Diagnostic]) -> Vec<String> {
    let Some(source) = file.sources.get(FileId(0)).filter(|_| !shown.is_empty()) else {
        return Vec::new();
    };
    let (masks, places) = (file.masks(), Places::new(source));
    let annotation = |found: &&Diagnostic| {
        let at = places.of(found.primary.span);
        let mut end = String::new();
        // Columns count where a place is of one line.
        if at.start.line == at.end.line && at.start.column < at.end.column {
            end = format!(",endColumn={}", at.end.column);
        }
        let lines = [super::message(found), found.primary.text.clone()];
        let lines = lines.into_iter().filter(|line| !line.is_empty());
        let help = found.help.iter().map(|help| format!("help: {help}"));
        let lines: Vec<_> = lines.chain(help).collect();
        format!(
            "::{} file={},line={},endLine={},col={}{end},title={}::{}\n",
            command(found.severity()),
            property(&source.name),
            at.start.line,
            at.end.line,
            at.start.column,
            found.code,
            message(&masks.over(&lines.join("\n")))
        )
    };
    shown.iter().map(annotation).collect()
}

/// What the runner calls it.
fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error | Severity::Warning => severity.noun(),
        Severity::Loss | Severity::Note => "notice",
    }
}

/// Text behind a command, by the escapes of the runner's toolkit.
fn message(text: &str) -> String {
    printable(text).replace('%', "%25").replace('\n', "%0A")
}

/// The value of a command's property.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
