//! A line for each diagnostic, as compilers have it: editors find the place in it.

use super::place::Places;
use super::{Report, ReportedFile, line, message};
use crate::source::FileId;

/// The report.
pub(super) fn write(report: &Report) -> String {
    let lines = report.files.iter().flat_map(lines);
    let failures = report.failures.iter();
    let failures = failures.map(|text| format!("error: {}\n", line(text)));
    lines.chain(failures).collect()
}

fn lines(file: &ReportedFile) -> Vec<String> {
    let masks = file.masks();
    let Some(source) = file.sources.get(FileId(0)) else {
        return Vec::new();
    };
    let places = Places::new(source);
    let lines = file.all().map(|found| {
        let at = places.of(found.primary.span).start;
        format!(
            "{}:{}:{}: {}[{}]: {}\n",
            line(&source.name),
            at.line,
            at.column,
            found.severity().noun(),
            found.code,
            line(&masks.over(&message(found)))
        )
    });
    lines.collect()
}
