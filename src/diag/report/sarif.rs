//! SARIF 2.1.0, the static analysis results interchange format of OASIS, as code scanners read it.

use super::place::{Places, TextRange};
use super::{Report, ReportedFile, printed};
use crate::diag::{Applicability, Code, Diagnostic, Fix, Masks, Severity};
use crate::source::{FileId, Span};
use serde_json::{Value, json};

/// How many places besides its own a result has: GitHub shows no more of them.
const MOST_PLACES: usize = 100;

/// The report.
pub(super) fn write(report: &Report) -> String {
    let mut codes: Vec<Code> = report
        .files
        .iter()
        .flat_map(|file| file.all().map(|found| found.code))
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let results: Vec<_> = report
        .files
        .iter()
        .flat_map(|file| results(file, &codes))
        .collect();
    let failures = report.failures.iter();
    let failures = failures.map(|text| json!({ "level": "error", "message": { "text": text } }));
    let sarif = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "todoc",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            } },
            "invocations": [{
                "executionSuccessful": report.failures.is_empty(),
                "toolExecutionNotifications": failures.collect::<Vec<_>>(),
            }],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    printed(&sarif)
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.number(),
        "shortDescription": { "text": code.summary() },
        "fullDescription": { "text": code.summary() },
        "help": { "text": code.page(), "markdown": code.page() },
        "defaultConfiguration": { "level": level(code.severity()) },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Loss | Severity::Note => "note",
    }
}

fn results(file: &ReportedFile, codes: &[Code]) -> Vec<Value> {
    let Some(source) = file.sources.get(FileId(0)) else {
        return Vec::new();
    };
    let writer = SarifWriter {
        uri: &file.uri,
        masks: file.masks(),
        places: Places::new(source),
        codes,
    };
    file.all().map(|found| writer.result(found)).collect()
}

struct SarifWriter<'a> {
    uri: &'a str,
    masks: Masks,
    places: Places<'a>,
    codes: &'a [Code],
}

impl SarifWriter<'_> {
    fn result(&self, found: &Diagnostic) -> Value {
        let help = found.help.iter().map(|help| format!("help: {help}"));
        let lines = std::iter::once(found.message.clone()).chain(help);
        let text = lines.collect::<Vec<_>>().join("\n");
        let mut related = Vec::new();
        for label in found.secondary.iter().take(MOST_PLACES) {
            let location = self.location(label.span, &label.text);
            if !related.contains(&location) {
                related.push(location);
            }
        }
        let mut result = json!({
            "ruleId": found.code.number(),
            "ruleIndex": self.codes.binary_search(&found.code).unwrap_or_default(),
            "level": level(found.severity()),
            "message": self.message(&text),
            "locations": [self.location(found.primary.span, &found.primary.text)],
            "relatedLocations": related,
        });
        if let Some(backend) = found.backend {
            result["properties"] = json!({ "backend": backend });
        }
        if let Some(fix) = found.fix.as_ref().and_then(|fix| self.fix(fix)) {
            result["fixes"] = json!([fix]);
        }
        result
    }

    fn message(&self, text: &str) -> Value {
        json!({ "text": self.masks.over(text) })
    }

    fn location(&self, span: Span, text: &str) -> Value {
        let mut location = json!({ "physicalLocation": {
            "artifactLocation": { "uri": self.uri },
            "region": self.region(span),
        } });
        if !text.is_empty() {
            location["message"] = self.message(text);
        }
        location
    }

    fn region(&self, span: Span) -> Value {
        let TextRange { start, end } = self.places.of(span);
        json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        })
    }

    /// A fix that says what was meant, unless it holds what is masked.
    fn fix(&self, fix: &Fix) -> Option<Value> {
        let mut edits = fix.edits.iter();
        let is_masked = edits.any(|edit| self.masks.over(&edit.text) != edit.text);
        if is_masked || fix.applicability != Applicability::Certain {
            return None;
        }
        let replacements = fix.edits.iter().map(|edit| {
            json!({
                "deletedRegion": self.region(edit.span),
                "insertedContent": { "text": edit.text },
            })
        });
        Some(json!({
            "description": self.message(&fix.title),
            "artifactChanges": [{
                "artifactLocation": { "uri": self.uri },
                "replacements": replacements.collect::<Vec<_>>(),
            }],
        }))
    }
}
