//! What is wrong with a text, as the protocol says it.

use gen_lsp_types::{
    Code, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location,
    Uri,
};

use super::convert::Places;
use crate::diag::{self, Severity};

/// The most diagnostics that a client is told of one text: nobody reads as many, and an editor that is
/// given all of a broken one of megabytes stands still.
const MOST: usize = 1000;

/// All that is wrong, by place, and what is worth knowing.
pub(super) fn all(
    analysis: &crate::ide::Analysis,
    places: Places<'_>,
    uri: &str,
) -> Vec<Diagnostic> {
    let found = &analysis.all;
    let all = found.diagnostics.iter().chain(&found.notes).take(MOST);
    all.map(|found| one(found, places, uri)).collect()
}

/// One that is wrong.
pub(super) fn one(found: &diag::Diagnostic, places: Places<'_>, uri: &str) -> Diagnostic {
    let severity = match found.severity() {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Loss | Severity::Note => DiagnosticSeverity::Information,
    };
    let mut message = found.message.clone();
    if !found.primary.text.is_empty() {
        message.extend([": ", &found.primary.text]);
    }
    for help in &found.help {
        message.extend(["\nhelp: ", help]);
    }
    let labels = found.secondary.iter().filter(|it| !it.text.is_empty());
    let related: Vec<_> = labels
        .map(|label| DiagnosticRelatedInformation {
            location: Location::new(Uri(uri.to_owned()), places.range(label.span)),
            message: label.text.clone(),
        })
        .collect();
    let is_unused = matches!(
        found.code,
        diag::Code::UnreadSecret | diag::Code::UnusedAllow
    );
    Diagnostic {
        severity: Some(severity),
        code: Some(Code::String(found.code.number().to_owned())),
        source: Some("todoc".to_owned()),
        tags: is_unused.then(|| vec![DiagnosticTag::Unnecessary]),
        related_information: (!related.is_empty()).then_some(related),
        range: places.range(found.primary.span),
        message: message.into(),
        code_description: None,
        data: None,
    }
}
