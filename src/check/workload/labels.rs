//! Labels of all objects, and annotations.

use crate::check::findings::Findings;
use crate::check::names::scope::Scope;
use crate::check::types::texts;
use crate::check::values::value;
use crate::diag::{Code, Diagnostic};
use crate::ir::Entry;
use crate::syntax::ast::Setting;

/// Most bytes of an object's annotations (Kubernetes' `TotalAnnotationSizeLimitB`).
const MOST_ANNOTATIONS: usize = 262_144;

/// Labels that Kubernetes' controllers write on the pods that they make; the API server refuses a
/// Job whose pods have others of that name.
const OF_CONTROLLERS: &[&str] = &[
    "batch.kubernetes.io/controller-uid",
    "batch.kubernetes.io/job-name",
    "controller-revision-hash",
    "controller-uid",
    "job-name",
    "pod-template-hash",
];

/// Annotations.
pub(in crate::check) fn annotations<'a>(
    said: &[&'a Setting],
    scope: &Scope<'a>,
    found: &mut Findings,
) -> Vec<Entry> {
    let entries = entries(
        said.iter().copied(),
        ("annotation", "an annotation"),
        scope,
        found,
    );
    let size: usize = entries
        .iter()
        .map(|entry| entry.key.len() + entry.value.len())
        .sum();
    if let Some(first) = entries.first().filter(|_| size > MOST_ANNOTATIONS) {
        let message =
            format!("these annotations are {size} bytes, and an object holds {MOST_ANNOTATIONS}");
        found.push(Diagnostic::new(Code::TooLarge, first.origin, message).help("shorten them"));
    }
    entries
}

/// Labels of every object. Those that todoc writes itself can't be said again.
pub(in crate::check) fn labels<'a>(
    said: &'a [Setting],
    scope: &Scope<'a>,
    found: &mut Findings,
) -> Vec<Entry> {
    let entries = entries(said.iter(), ("label", "a label"), scope, found);
    for entry in &entries {
        if entry.key == "app" || entry.key.starts_with("app.kubernetes.io/") {
            let message = format!("the label `{}` is on every object already", entry.key);
            let diagnostic = Diagnostic::new(Code::VariableTaken, entry.origin, message);
            found.push(diagnostic.help("choose another key, or a pattern for `label` in `naming`"));
        } else if OF_CONTROLLERS.contains(&entry.key.as_str()) {
            let message = format!("Kubernetes writes the label `{}` itself", entry.key);
            let diagnostic = Diagnostic::new(Code::VariableTaken, entry.origin, message);
            found.push(diagnostic.help("choose another key"));
        } else if !is_label_value(&entry.value) {
            let message = format!(
                "{} can't be the value of a label",
                texts::shown(&entry.value)
            );
            let diagnostic = Diagnostic::new(Code::InvalidText, entry.origin, message);
            found.push(diagnostic.help(
                "write letters, digits, `-`, `_` and `.`, up to 63 of them, with a letter or digit at both ends",
            ));
        }
    }
    entries
}

/// The value of a label (Kubernetes' `IsValidLabelValue`).
fn is_label_value(text: &str) -> bool {
    text.is_empty() || texts::is_qualified_part(text)
}

/// Keys with plain values, each key once; `what` is what they are, and `place`
/// the same with its article.
fn entries<'a>(
    said: impl Iterator<Item = &'a Setting>,
    (what, place): (&str, &str),
    scope: &Scope<'a>,
    found: &mut Findings,
) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for setting in said {
        let key = &setting.key;
        if !texts::is_qualified_name(key, found) {
            continue;
        }
        if let Some(first) = entries.iter().find(|entry| entry.key == key.value) {
            let message = format!("the {what} `{}` is set twice", key.value);
            let diagnostic = Diagnostic::new(Code::VariableTaken, key.span, message);
            found.push(
                diagnostic
                    .also(first.origin, "set here first")
                    .help("keep one of the two"),
            );
            continue;
        }
        let Some(value) = &setting.value else {
            continue;
        };
        if let Some(plain) = value::plain(value, scope, place, found) {
            entries.push(Entry {
                key: key.value.clone(),
                value: plain.text.to_string(),
                origin: key.span,
            });
        }
    }
    entries
}
