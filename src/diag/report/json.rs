//! JSON of our own: `docs/report.schema.json` says what it is. Fields are added in a version, and
//! taken away or changed only in the next.

use super::place::{Places, Point, TextRange};
use super::{Report, ReportedFile, printed};
use crate::diag::{Applicability, Diagnostic, Fix, Masks, Severity};
use crate::source::{FileId, Span};
use serde_json::{Value, json};

/// The version of the schema.
const VERSION: u32 = 1;

/// The report.
pub(super) fn write(report: &Report) -> String {
    let files: Vec<_> = report.files.iter().map(file).collect();
    let number = |severity| {
        let all = report.files.iter().flat_map(ReportedFile::all);
        all.filter(|found| found.severity() == severity).count()
    };
    let accepted: usize = report.files.iter().map(|file| file.accepted.len()).sum();
    let report = json!({
        "version": VERSION,
        "tool": { "name": "todoc", "version": env!("CARGO_PKG_VERSION") },
        "summary": {
            "errors": number(Severity::Error),
            "warnings": number(Severity::Warning),
            "losses": number(Severity::Loss),
            "notes": number(Severity::Note),
            "accepted": accepted,
        },
        "files": files,
        "failures": report.failures,
    });
    printed(&report)
}

fn file(file: &ReportedFile) -> Value {
    let Some(source) = file.sources.get(FileId(0)) else {
        return Value::Null;
    };
    let writer = JsonWriter {
        masks: file.masks(),
        places: Places::new(source),
    };
    let found = file.all();
    let accepted = file.accepted.iter().map(|(found, reason)| {
        let mut value = writer.diagnostic(found);
        value["reason"] = writer.text(reason);
        value
    });
    json!({
        "path": source.name,
        "diagnostics": found.map(|it| writer.diagnostic(it)).collect::<Vec<_>>(),
        "accepted": accepted.collect::<Vec<_>>(),
    })
}

struct JsonWriter<'a> {
    masks: Masks,
    places: Places<'a>,
}

impl JsonWriter<'_> {
    fn diagnostic(&self, found: &Diagnostic) -> Value {
        let related = found.secondary.iter().map(|label| {
            json!({
                "place": self.place(label.span),
                "label": self.text(&label.text),
            })
        });
        let help = found.help.iter().map(|help| self.text(help));
        let mut value = json!({
            "code": found.code.number(),
            "severity": found.severity().noun(),
            "summary": found.code.summary(),
            "message": self.text(&found.message),
            "place": self.place(found.primary.span),
            "label": self.text(&found.primary.text),
            "related": related.collect::<Vec<_>>(),
            "help": help.collect::<Vec<_>>(),
            "fix": found.fix.as_ref().map_or(Value::Null, |fix| self.fix(fix)),
        });
        if let Some(backend) = found.backend {
            value["backend"] = backend.into();
        }
        value
    }

    /// A fix, unless it holds what is masked: with a mask in it, it would spoil the text.
    fn fix(&self, fix: &Fix) -> Value {
        let mut edits = fix.edits.iter();
        if edits.any(|edit| self.masks.over(&edit.text) != edit.text) {
            return Value::Null;
        }
        let edits = fix.edits.iter().map(|edit| {
            json!({
                "place": self.place(edit.span),
                "text": edit.text,
            })
        });
        json!({
            "title": self.text(&fix.title),
            "certain": fix.applicability == Applicability::Certain,
            "edits": edits.collect::<Vec<_>>(),
        })
    }

    fn text(&self, text: &str) -> Value {
        self.masks.over(text).into_owned().into()
    }

    fn place(&self, span: Span) -> Value {
        let TextRange { start, end } = self.places.of(span);
        json!({ "start": point(start), "end": point(end) })
    }
}

fn point(point: Point) -> Value {
    json!({
        "line": point.line,
        "column": point.column,
        "offset": point.offset,
    })
}
