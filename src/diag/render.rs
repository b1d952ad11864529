//! Diagnostics as text for a terminal: the only user of codespan-reporting.
//!
//! Time and size are bounded: a text has at most [`MOST_SHOWN`] diagnostics, a diagnostic a few
//! places, a place one line, and a long line is cut.

use super::excerpt::Excerpt;
use super::mask::Masks;
use super::printable::{printable, stand_in};
use super::wrap::{WIDTH, wrap};
use super::{Diagnostic, Severity, at_least, counts};
use crate::source::{FileId, SourceMap};
use anstyle::{AnsiColor, Style};
use codespan_reporting::diagnostic::{self as codespan, LabelStyle};
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term::{self, Config, GeneralWriteResult, WriteStyle};
use std::io::{self, Write};
use std::ops::Range;

/// How many diagnostics are shown. Who has more will fix these first.
pub const MOST_SHOWN: usize = 50;
/// How many places besides its own a diagnostic shows.
const MOST_PLACES: usize = 8;
/// How much of a sentence is shown, in characters: it may quote what the user wrote.
const LONGEST_SENTENCE: usize = 400;

/// Plain text, with a mask over what the diagnostics mask.
#[must_use]
pub fn text(sources: &SourceMap, diagnostics: &[Diagnostic]) -> String {
    masked(sources, diagnostics, &Masks::of(sources, diagnostics))
}

/// Plain text, with these masks.
#[must_use]
pub fn masked(sources: &SourceMap, diagnostics: &[Diagnostic], masks: &Masks) -> String {
    let text = render(false, sources, diagnostics, masks);
    let lines = text.lines().map(|line| line.trim_end().to_owned() + "\n");
    lines.collect()
}

/// Text with ANSI escapes for colours, and with these masks.
#[must_use]
pub fn styled(sources: &SourceMap, diagnostics: &[Diagnostic], masks: &Masks) -> String {
    render(true, sources, diagnostics, masks)
}

fn render(colours: bool, sources: &SourceMap, diagnostics: &[Diagnostic], masks: &Masks) -> String {
    let mut page = RenderedText {
        bytes: Vec::new(),
        colours,
    };
    let (shown, rest) = first(diagnostics);
    for diagnostic in shown {
        let written = render_one(&mut page, sources, masks, diagnostic);
        debug_assert!(written.is_ok(), "{written:?}");
    }
    let rest = if rest.is_empty() {
        String::new()
    } else {
        let more = counts(rest.iter().copied(), |number, noun| match number {
            1 => format!("1 more {noun}"),
            _ => format!("{number} more {noun}s"),
        });
        let least = at_least(diagnostics);
        format!("and {least}{more}\n\n")
    };
    String::from_utf8_lossy(&page.bytes).into_owned() + &rest
}

/// The diagnostics that are shown, by place, and those that aren't: errors go first.
fn first(diagnostics: &[Diagnostic]) -> (Vec<&Diagnostic>, Vec<&Diagnostic>) {
    let mut order: Vec<_> = diagnostics.iter().enumerate().collect();
    order.sort_by_key(|(_, found)| found.severity());
    let rest = order.split_off(order.len().min(MOST_SHOWN));
    order.sort_by_key(|(index, _)| *index);
    let only = |all: Vec<(usize, _)>| all.into_iter().map(|(_, found)| found).collect();
    (only(order), only(rest))
}

fn render_one(
    page: &mut RenderedText,
    sources: &SourceMap,
    masks: &Masks,
    diagnostic: &Diagnostic,
) -> Result<(), Error> {
    let sentence = |text: &str| sentence(&masks.over(text));
    let primary = std::iter::once((LabelStyle::Primary, &diagnostic.primary));
    let secondary = diagnostic.secondary.iter().take(MOST_PLACES);
    let all = primary.chain(secondary.map(|label| (LabelStyle::Secondary, label)));
    let places = all.clone().map(|(_, label)| label.span);
    let mut excerpt = Excerpt::new(sources, masks, places);
    let mut labels = Vec::new();
    for (style, label) in all {
        if let Some(range) = excerpt.add(label.span) {
            let label_text = sentence(&label.text);
            labels
                .push(codespan::Label::new(style, label.span.file, range).with_message(label_text));
        }
    }
    excerpt.close_gaps();

    let mut notes: Vec<_> = diagnostic
        .help
        .iter()
        .map(|help| note(&masks.over(help)))
        .collect();
    let left_out = diagnostic.secondary.len().saturating_sub(MOST_PLACES);
    if left_out > 0 {
        notes.push(format!("{left_out} more such places"));
    }

    let severity = match diagnostic.severity() {
        Severity::Error => codespan::Severity::Error,
        Severity::Warning => codespan::Severity::Warning,
        Severity::Loss | Severity::Note => codespan::Severity::Note,
    };
    let shown = codespan::Diagnostic::new(severity)
        .with_code(diagnostic.code.number())
        .with_message(sentence(&diagnostic.message))
        .with_labels(labels)
        .with_notes(notes);
    term::emit_to_write_style(page, &Config::default(), &excerpt, &shown)
}

/// A help line, in lines that fit beside line numbers of three digits.
fn note(help: &str) -> String {
    const HEAD: &str = "help: ";
    const FRAME: usize = "    = ".len();
    let width = WIDTH - FRAME - HEAD.len();
    let lines = wrap(&printable(help), width, width);
    HEAD.to_owned() + &lines.join(&format!("\n{}", " ".repeat(HEAD.len())))
}

/// A message or label on one line, cut where it quotes too much.
fn sentence(text: &str) -> String {
    let cut = text.char_indices().nth(LONGEST_SENTENCE);
    let kept = cut.map_or(text, |(at, _)| &text[..at]);
    let shown = kept.chars().map(stand_in);
    shown.chain(cut.map(|_| '…')).collect()
}

impl<'a> Files<'a> for Excerpt<'_> {
    type FileId = FileId;
    type Name = String;
    type Source = &'a str;

    fn name(&'a self, id: FileId) -> Result<String, Error> {
        self.name(id).ok_or(Error::FileMissing)
    }

    fn source(&'a self, _id: FileId) -> Result<&'a str, Error> {
        Ok(self.text())
    }

    fn line_index(&'a self, id: FileId, at: usize) -> Result<usize, Error> {
        let max = self.text().len();
        self.line_at(id, at)
            .ok_or(Error::IndexTooLarge { given: at, max })
    }

    fn line_range(&'a self, id: FileId, line: usize) -> Result<Range<usize>, Error> {
        self.line(id, line).ok_or(Error::LineTooLarge {
            given: line,
            max: 0,
        })
    }

    fn column_number(&'a self, id: FileId, line: usize, at: usize) -> Result<usize, Error> {
        self.column(id, line, at)
            .ok_or(Error::ColumnTooLarge { given: at, max: 0 })
    }
}

/// What codespan-reporting writes on.
struct RenderedText {
    bytes: Vec<u8>,
    colours: bool,
}

impl RenderedText {
    fn set(&mut self, style: Style) -> GeneralWriteResult {
        if self.colours {
            write!(self.bytes, "{style}")?;
        }
        Ok(())
    }
}

impl Write for RenderedText {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Lines and numbers around the source.
const FRAME: Style = AnsiColor::Blue.on_default();
/// An error itself.
const ERROR: Style = AnsiColor::Red.on_default();
/// A warning itself.
const WARNING: Style = AnsiColor::Yellow.on_default();

/// The style of what is wrong.
fn fault(severity: codespan::Severity) -> Style {
    if severity >= codespan::Severity::Error {
        ERROR
    } else {
        WARNING
    }
}

impl WriteStyle for RenderedText {
    fn set_header(&mut self, severity: codespan::Severity) -> GeneralWriteResult {
        self.set(fault(severity).bold())
    }

    fn set_header_message(&mut self) -> GeneralWriteResult {
        self.reset()?;
        self.set(Style::new().bold())
    }

    fn set_line_number(&mut self) -> GeneralWriteResult {
        self.set(FRAME)
    }

    fn set_note_bullet(&mut self) -> GeneralWriteResult {
        self.set(FRAME)
    }

    fn set_source_border(&mut self) -> GeneralWriteResult {
        self.set(FRAME)
    }

    fn set_label(&mut self, severity: codespan::Severity, label: LabelStyle) -> GeneralWriteResult {
        self.set(match label {
            LabelStyle::Primary => fault(severity),
            LabelStyle::Secondary => FRAME,
        })
    }

    fn reset(&mut self) -> GeneralWriteResult {
        if self.colours {
            write!(self.bytes, "{}", anstyle::Reset)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
