//! What editors colour by where no server runs: made from the table of statements, and held to what the
//! server says each word is.

mod colours;
mod queries;
mod shape;
mod textmate;
mod vim;
mod words;

use crate::support::{expect, read, report};

/// The files that are made, by their paths.
fn files() -> Vec<(&'static str, String)> {
    let grammar = "editors/tree-sitter/grammar.js";
    let emacs = "editors/emacs/todoc-mode.el";
    vec![
        (
            "editors/vscode/syntaxes/todoc.tmLanguage.json",
            textmate::grammar(),
        ),
        ("editors/vscode/snippets/todoc.json", words::snippets()),
        ("editors/neovim/syntax/todoc.vim", vim::syntax()),
        (grammar, queries::grammar(&read(grammar))),
        (
            "editors/tree-sitter/queries/highlights.scm",
            queries::highlights(),
        ),
        ("editors/tree-sitter/queries/folds.scm", queries::folds()),
        (
            "editors/tree-sitter/queries/indents.scm",
            queries::indents(),
        ),
        (
            "editors/tree-sitter/queries/injections.scm",
            queries::injections(),
        ),
        ("editors/tree-sitter/queries/tags.scm", queries::tags()),
        (
            "editors/helix/queries/highlights.scm",
            queries::highlights(),
        ),
        (
            "editors/helix/queries/injections.scm",
            queries::injections(),
        ),
        (
            "editors/helix/queries/indents.scm",
            queries::helix_indents(),
        ),
        (
            "editors/zed/languages/todoc/highlights.scm",
            queries::highlights(),
        ),
        (
            "editors/zed/languages/todoc/injections.scm",
            queries::zed_injections(),
        ),
        (
            "editors/zed/languages/todoc/indents.scm",
            queries::zed_indents(),
        ),
        (
            "editors/zed/languages/todoc/brackets.scm",
            queries::zed_brackets(),
        ),
        (
            "editors/zed/languages/todoc/outline.scm",
            queries::zed_outline(),
        ),
        (emacs, words::emacs(&read(emacs))),
    ]
}

#[test]
fn grammars_and_lists_are_those_of_the_table() {
    let failures = files()
        .into_iter()
        .filter_map(|(path, text)| expect(path, &text));
    report(&failures.collect::<Vec<_>>());
}
