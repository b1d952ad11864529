//! Objects of other kinds: files of YAML that are copied.

use crate::backend::{Artifact, Input};
use crate::ir::ObjectFile;
use crate::yaml::{self, Origin};

/// Where the copy of a file stands. They come before all workloads: pods may need Secrets that an
/// operator makes of them, or settings that a sidecar reads as it starts. Those that define kinds come before
/// those that have objects of these.
pub(super) fn path(file: &ObjectFile) -> String {
    let number = if file.definitions.is_empty() { 15 } else { 12 };
    format!("kubernetes/{number}-{}.yaml", file.name)
}

/// The copy of a file, its comments included. It begins with a marker, as every file does: joined,
/// they are one stream of documents.
pub(super) fn copy(file: &ObjectFile, input: &Input) -> Artifact {
    let head = format!(
        "Copied by todoc from {}, which {} names: changes made here are lost.",
        file.path, input.source
    );
    let mut text = yaml::print(&head, &[]);
    let mut lines = file
        .text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    if !lines.next().is_some_and(|line| line.starts_with("---")) {
        text.push_str("---\n");
    }
    text.push_str(&file.text);
    if !text.ends_with('\n') {
        text.push('\n');
    }
    Artifact {
        path: path(file),
        marks: input.marks(&text, |line, _| {
            let origin = Origin::said(file.origin);
            (
                String::new(),
                if line == 1 {
                    Origin::rule("header", file.origin)
                } else {
                    origin
                },
            )
        }),
        text,
    }
}
