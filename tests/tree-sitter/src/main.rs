//! Writes `src/` of a tree-sitter grammar from its `grammar.js`: `todoc-tree-sitter GRAMMAR.JS OUT`.

use std::process::ExitCode;

use tree_sitter_generate::{OptLevel, generate_parser_in_directory};

/// The oldest interface that editors of today still read, and all read.
const ABI: usize = 14;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [grammar, out] = arguments.as_slice() else {
        eprintln!("usage: todoc-tree-sitter GRAMMAR.JS OUT");
        return ExitCode::from(2);
    };
    let mut told = Vec::new();
    let made = generate_parser_in_directory(
        ".",
        Some(out),
        Some(grammar),
        ABI,
        None,
        Some("node"),
        true,
        OptLevel::default(),
        &mut told,
    );
    for diagnostic in &told {
        eprintln!("{diagnostic}");
    }
    match made {
        Ok(()) if told.is_empty() => ExitCode::SUCCESS,
        Ok(()) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
