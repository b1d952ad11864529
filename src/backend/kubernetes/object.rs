//! Objects of other kinds: files of YAML that are copied.

use crate::backend::{Artifact, Input};
use crate::ir::ObjectFile;
use crate::yaml::{self, Node, Origin};

/// Where the copy of a file stands. They come before all workloads: pods may need Secrets that an
/// operator makes of them, or settings that a sidecar reads as it starts. Those that define kinds come before
/// those that have objects of these.
pub(super) fn path(file: &ObjectFile) -> String {
    let number = if definitions(file).is_empty() { 15 } else { 12 };
    format!("kubernetes/{number}-{}.yaml", file.name)
}

/// The names of the kinds that a file defines.
pub(super) fn definitions(file: &ObjectFile) -> Vec<String> {
    // To read a file takes longer than to see that the word isn't in it.
    if !file.text.contains(DEFINITION) {
        return Vec::new();
    }
    let parsed = yaml::parse(&file.text);
    let documents = parsed.documents.iter();
    let documents = documents.map(|it| it.node(&|_, kind| Node::new(kind)));
    let definition = |node: Node| {
        let text = |node: Option<&Node>| node.and_then(Node::as_text).map(str::to_owned);
        let kind = text(node.get("kind"))?;
        let name = text(node.get("metadata")?.get("name"))?;
        (kind == DEFINITION).then_some(name)
    };
    documents.filter_map(definition).collect()
}

/// The kind of what defines kinds.
const DEFINITION: &str = "CustomResourceDefinition";

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
