//! The layout of a text. The order of statements and the words of each never change; a line that can't be
//! read stays as it is.
//!
//! - Two blanks a level, one between tokens; `{ a, b }`, `{}`, `[a, b]`. Text in tokens stays as it is.
//! - A block on one line stays there, unless the line is longer than [`WIDTH`]; one on several stays so.
//! - In a block of several lines each statement has its line, and no comma.
//! - At most one blank line; none at the ends of a block or of the text; one around blocks of several lines
//!   at the top level.
//! - In lines that follow one another `=`, the `from` of secrets, the `{` of statements with one word and
//!   the second column of `naming` and `health` stand below one another.
//! - Comments are indented as what follows; one behind a statement stands two blanks behind it.
//! - The YAML of a patch moves sideways with its statement.

mod align;
mod frozen;
mod line;
mod lines;

use crate::source::FileId;
use crate::syntax::parse;

/// The most columns of a line whose block may stand on it.
pub const WIDTH: usize = 100;

/// A text in its layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formatted {
    /// The text.
    pub text: String,
    /// Whether there are errors of syntax, whose lines stay as they are.
    pub is_broken: bool,
}

/// Gives a text its layout, in time linear in its length. Done twice it changes nothing more.
#[must_use]
pub fn format(text: &str) -> Formatted {
    let parsed = parse(FileId(0), text);
    let is_broken = parsed.diagnostics.has_errors();
    let frozen = frozen::lines(text, &parsed).filter(|_| !parsed.is_foreign);
    let Some(frozen) = frozen else {
        return Formatted {
            text: text.to_owned(),
            is_broken,
        };
    };
    let lines = lines::lay_out(text, &parsed.tree, &frozen);
    let lines = align::settle(text, lines);
    let mut out = String::with_capacity(text.len());
    for (at, line) in lines.iter().enumerate() {
        // What can't be read may be something else at the beginning of a text.
        if line.blank_before && (at > 0 || matches!(line.kind, line::LineKind::Frozen)) {
            out.push('\n');
        }
        line.print(&mut out);
        out.push('\n');
    }
    // A `\r` at the end would be a line break with what is added.
    if out.ends_with("\r\n") && !text.ends_with('\n') {
        out.pop();
    }
    Formatted {
        text: out,
        is_broken,
    }
}

#[cfg(test)]
mod tests;
