//! Text to typed syntax tree, in three steps: shapes (`build`), words (`signature`, `matcher`), types
//! (`typed`). It never fails: what can't be read is a diagnostic and a gap.

pub mod ast;
mod blame;
mod build;
mod foreign_file;
mod grammar;
mod locate;
mod matcher;
mod signature;
pub mod tree;
mod typed;
mod usage;
mod values;
mod values_file;

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Bag, Code, Label};
use crate::source::{FileId, Span};
pub use locate::{At, Cursor, inside, locate};
pub use matcher::{follow, taken};
pub use signature::row_of;
pub use usage::{expectation, usage};
pub use values_file::holds_values;

/// A text that was read.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// Statements as they stand in the text, with comments.
    pub tree: tree::Tree,
    /// What they say.
    pub file: ast::File,
    /// What is wrong with them.
    pub diagnostics: Bag,
    /// Whether the text is a file of another kind: nothing of it is a statement.
    pub is_foreign: bool,
}

/// Reads `text`, in time linear in its length.
#[must_use]
pub fn parse(id: FileId, text: &str) -> Parsed {
    let mut diagnostics = Bag::default();
    let (tree, unread) = build::build(id, text, &mut diagnostics);
    let top = signature::all(&tree.facts, tree.broken, text, &mut diagnostics);
    diagnostics.push_unexplained(unread);
    let mut file = typed::file(&top, &mut diagnostics);
    declare_secrets(&file, text, &mut diagnostics);
    values::refer(&file, &top, text, &mut diagnostics);
    file.lost = words(text, &top.lost);
    let told = foreign_file::told(id, text).or_else(|| values_file::told(id, text));
    let is_foreign = told.is_some();
    if let Some(told) = told {
        diagnostics = Bag::default();
        diagnostics.push(told);
        file.broken = true;
    }
    file.sound = !diagnostics.has_errors();
    file.uncommented = uncommented(text, &tree.comments);
    file.remarks = remarks(text, &tree.comments);
    Parsed {
        tree,
        file,
        diagnostics,
        is_foreign,
    }
}

/// The words of some places, as names are spelled.
fn words(text: &str, places: &[Span]) -> BTreeSet<String> {
    let texts = places.iter().filter_map(|place| text.get(place.range()));
    let is_of_name = |it: char| it.is_alphanumeric() || matches!(it, '-' | '_');
    let words = texts.flat_map(|text| text.split(move |it| !is_of_name(it)));
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Adds to each secret in a wrong place where it is declared.
fn declare_secrets(file: &ast::File, text: &str, diagnostics: &mut Bag) {
    diagnostics.change(|found| {
        let place = text.get(found.primary.span.range()).unwrap_or_default();
        if found.code != Code::SecretExposed {
            return;
        }
        let name = place.strip_prefix("secret.");
        let mut secrets = file.secrets.iter();
        let declared = secrets.find(|it| it.name.as_ref().map(|name| name.value.as_str()) == name);
        if let Some(secret) = declared {
            found.secondary.push(Label {
                span: secret.span,
                text: "the secret is declared here".to_owned(),
            });
        }
    });
}

/// Comments that fill lines of their own, by the place of what stands in the line below them.
fn remarks(text: &str, comments: &[Span]) -> BTreeMap<u32, String> {
    let mut remarks = BTreeMap::new();
    let mut lines: Vec<&str> = Vec::new();
    // Where a comment must begin that goes on with these lines.
    let mut next = 0;
    for comment in comments {
        let range = comment.range();
        let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        if !text[start..range.start].trim().is_empty() {
            continue;
        }
        if start != next {
            lines.clear();
        }
        let words = text[range.clone()].trim_start_matches('#').trim();
        lines.push(words);
        next = text[range.start..]
            .find('\n')
            .map_or(text.len(), |at| range.start + at + 1);
        let below = text[next..].trim_start_matches([' ', '\t']);
        let is_end = below.starts_with(['#', '\n', '\r']) || below.is_empty();
        if let Ok(place) = u32::try_from(text.len() - below.len())
            && !is_end
        {
            remarks.insert(place, lines.join("\n"));
        }
    }
    remarks
}

/// A text with blanks for its comments, whose places are in order.
fn uncommented(text: &str, comments: &[Span]) -> String {
    let mut rest = String::with_capacity(text.len());
    for comment in comments {
        let range = comment.range();
        rest.push_str(text.get(rest.len()..range.start).unwrap_or_default());
        rest.extend(std::iter::repeat_n(
            ' ',
            range.end.saturating_sub(rest.len()),
        ));
    }
    rest.push_str(text.get(rest.len()..).unwrap_or_default());
    rest
}
