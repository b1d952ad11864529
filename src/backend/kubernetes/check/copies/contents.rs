//! What may stand in an object that is copied, so that it is what it looks like.

use super::super::fields;
use super::super::refusals::folded;
use super::{CopyFault, wrong};
use crate::source::LineIndex;
use crate::yaml::{Marked, MarkedValue};

/// Keys at the top of every object. kubectl looks for some of them in any case of letters.
const TOP: &[&str] = &["apiVersion", "kind", "metadata"];

/// Complains of what kubectl reads as something else, and of metadata that no object has.
pub(super) fn check(document: &Marked, lines: &LineIndex, faults: &mut Vec<CopyFault>) {
    for entry in document.entries() {
        let same = |it: &&&str| folded(it) == folded(&entry.key) && **it != entry.key;
        if let Some(right) = TOP.iter().find(same) {
            let line = 1 + lines.line(entry.place.start);
            let message = format!("line {line}: `{}` isn't `{right}`", entry.key);
            faults.push(wrong(message, "write the key as Kubernetes does"));
        }
    }
    merge_keys(document, lines, faults);
    if let Some(metadata) = document.get("metadata") {
        for (place, message) in fields::of_metadata(metadata) {
            let line = 1 + lines.line(place.start);
            let message = format!("line {line}: {message}");
            faults.push(wrong(message, "write YAML that `kubectl apply -f` takes"));
        }
    }
}

/// Complains of keys that kubectl replaces by those of another mapping.
fn merge_keys(value: &Marked, lines: &LineIndex, faults: &mut Vec<CopyFault>) {
    match &value.value {
        MarkedValue::Mapping(entries) => {
            for entry in entries {
                if entry.key == "<<" {
                    let line = 1 + lines.line(entry.place.start);
                    let message =
                        format!("line {line}: `<<` puts in fields that don't stand there");
                    faults.push(wrong(message, "write the fields themselves"));
                }
                merge_keys(&entry.value, lines, faults);
            }
        }
        MarkedValue::Sequence(items) => items.iter().for_each(|it| merge_keys(it, lines, faults)),
        MarkedValue::Scalar(_) => {}
    }
}
