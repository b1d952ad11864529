//! Reports of what was found: for people, for editors, and for what runs in CI.

mod github;
mod json;
mod place;
mod sarif;
mod short;

use super::printable::stand_in;
use super::{Diagnostic, Masks, printable, render};
use crate::source::SourceMap;
use serde_json::Value;
use std::fmt::Write;

/// What a run found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The files that were looked at, in order.
    pub files: Vec<ReportedFile>,
    /// Why others were not, or why nothing could be done with them.
    pub failures: Vec<String>,
}

/// A file that was looked at.
#[derive(Debug, Clone)]
pub struct ReportedFile {
    /// Its text, as `FileId(0)`.
    pub sources: SourceMap,
    /// Its path as a reference of RFC 3986.
    pub uri: String,
    /// What is wrong with it, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// What is worth knowing of it, and what some format can't say, by place.
    pub notes: Vec<Diagnostic>,
    /// What would be wrong if an `allow` didn't accept it, and why it does.
    pub accepted: Vec<(Diagnostic, String)>,
}

impl ReportedFile {
    /// All that a machine is told of it, by place.
    pub(super) fn all(&self) -> impl Iterator<Item = &Diagnostic> {
        let mut all: Vec<_> = self.diagnostics.iter().chain(&self.notes).collect();
        all.sort_by_key(|found| found.primary.span);
        all.into_iter()
    }

    /// What may not be printed of it.
    #[must_use]
    pub fn masks(&self) -> Masks {
        let accepted = self.accepted.iter().map(|(found, _)| found);
        Masks::of(&self.sources, self.all().chain(accepted))
    }
}

/// A way of telling it.
#[derive(Debug)]
pub struct Format {
    /// What `--report` calls it.
    pub name: &'static str,
    /// What it is, for `--help`.
    pub doc: &'static str,
    /// Whether it is for people: it goes to standard error, and may have colours there.
    pub is_human: bool,
    /// The report as text.
    pub write: fn(&Report) -> String,
}

/// Every format.
pub const FORMATS: &[Format] = &[
    Format {
        name: "human",
        doc: "Text with the lines of the source, on standard error",
        is_human: true,
        write: human,
    },
    Format {
        name: "short",
        doc: "A line for each, FILE:LINE:COLUMN: SEVERITY[CODE]: MESSAGE",
        is_human: false,
        write: short::write,
    },
    Format {
        name: "json",
        doc: "JSON, by docs/report.schema.json",
        is_human: false,
        write: json::write,
    },
    Format {
        name: "sarif",
        doc: "SARIF 2.1.0",
        is_human: false,
        write: sarif::write,
    },
    Format {
        name: "github",
        doc: "Annotations of GitHub Actions, as many as it shows",
        is_human: false,
        write: github::write,
    },
];

/// Whether a text that begins so is a report of one of these formats, or nothing: then another report may
/// take its place.
#[must_use]
pub fn is_report(beginning: &str) -> bool {
    let is_told = |text: &str| {
        ["error", "warning", "note", "loss"].iter().any(|word| {
            let rest = text.strip_prefix(word);
            rest.is_some_and(|rest| rest.starts_with('[') || rest.starts_with(": "))
        })
    };
    let first = beginning.lines().next().unwrap_or_default();
    let mut parts = first.match_indices(": ");
    let mut is_short =
        || parts.any(|(at, colon)| first.get(at + colon.len()..).is_some_and(is_told));
    let is_github = ["::error ", "::warning ", "::notice "];
    beginning.trim().is_empty()
        || beginning.starts_with('{') && beginning.contains("\"name\": \"todoc\"")
        || is_github.iter().any(|command| first.starts_with(command))
        || is_told(first)
        || is_short()
}

/// The message of a diagnostic, behind the backend whose files leave something out.
fn message(found: &Diagnostic) -> String {
    match found.backend {
        Some(backend) => format!("{backend}: {}", found.message),
        None => found.message.clone(),
    }
}

/// A text on one line.
fn line(text: &str) -> String {
    printable(text).replace(['\n', '\t'], " ")
}

/// JSON as text. Its strings hold what they hold, but no character in it acts on a terminal.
fn printed(value: &Value) -> String {
    let mut text = String::new();
    for c in format!("{value:#}\n").chars() {
        if c == '\n' || stand_in(c) == c {
            text.push(c);
        } else {
            // None is beyond what one escape of JSON can say.
            let _ = write!(text, "\\u{:04x}", u32::from(c));
        }
    }
    text
}

fn human(report: &Report) -> String {
    let files = report.files.iter();
    let texts = files.map(|file| {
        let found: Vec<_> = file.all().cloned().collect();
        render::masked(&file.sources, &found, &file.masks())
    });
    let failures = report.failures.iter();
    let failures = failures.map(|text| format!("error: {}\n", line(text)));
    texts.chain(failures).collect()
}
