//! `allow`, wherever it stands.

use crate::syntax::ast::Allow;
use crate::syntax::signature::{Inside, Statement};

/// Those of a file, by the statements of its top level.
pub(super) fn allows(top: &Inside<'_>) -> Vec<Allow> {
    let mut found = Vec::new();
    for statement in &top.statements {
        let is_file = statement.row.word == "app";
        gather(statement, is_file, &mut found);
    }
    found
}

/// Adds those in the block of a statement, and in the blocks in it.
fn gather(outer: &Statement<'_>, is_file: bool, found: &mut Vec<Allow>) {
    for statement in outer.statements() {
        if let ("allow", Some(code), Some(reason)) = (
            statement.row.word,
            statement.slot("code"),
            statement.slot("reason"),
        ) {
            found.push(Allow {
                span: statement.span(),
                code,
                reason,
                within: (!is_file).then_some(outer.fact.span),
            });
        }
        gather(statement, false, found);
    }
}
