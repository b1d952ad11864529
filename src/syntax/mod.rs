//! Text to typed syntax tree, in three steps: shapes (`build`), words (`signature`, `matcher`), types
//! (`typed`). It never fails: what can't be read is a diagnostic and a gap.

pub mod ast;
mod blame;
mod build;
mod grammar;
mod matcher;
mod signature;
pub mod tree;
mod typed;
mod usage;
mod values;

use crate::catalog::keys::Place;
use crate::diag::Bag;
use crate::source::FileId;
pub use usage::usage;

/// A text that was read.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// Statements as they stand in the text, with comments.
    pub tree: tree::Tree,
    /// What they say.
    pub file: ast::File,
    /// What is wrong with them.
    pub diagnostics: Bag,
}

/// Reads `text`, in time linear in its length.
#[must_use]
pub fn parse(id: FileId, text: &str) -> Parsed {
    let mut diagnostics = Bag::default();
    let tree = build::build(id, text, &mut diagnostics);
    let top = signature::inside(Place::Top, &tree.facts, tree.broken, text, &mut diagnostics);
    let file = typed::file(&top, &mut diagnostics);
    Parsed {
        tree,
        file,
        diagnostics,
    }
}
