//! The parser that pest makes of `grammar/todo.pest`.

use pest::Parser as _;
use pest::iterators::Pair;

/// Made by pest from the grammar; the items it generates have no documentation of their own.
mod generated {
    #![allow(missing_docs)]

    /// The parser.
    #[derive(pest_derive::Parser)]
    #[grammar = "grammar/todo.pest"]
    pub(super) struct Grammar;
}

pub(super) use generated::Rule;

/// The text as a pair that holds its items. The grammar accepts every text, so `None` would be a
/// fault of the grammar: then the text counts as empty.
pub(super) fn file(text: &str) -> Option<Pair<'_, Rule>> {
    let parsed = generated::Grammar::parse(Rule::file, text);
    debug_assert!(parsed.is_ok(), "the grammar refused a text");
    parsed.ok()?.next()
}
