//! `todoc defaults`.

use super::{Failure, Status, output};
use crate::catalog::defaults::{DEFAULTS, Default};
use crate::diag::wrap::{WIDTH, wrap};

/// Prints what holds where nothing is said.
pub(super) fn run() -> Result<Status, Failure> {
    let all: Vec<_> = DEFAULTS.iter().map(paragraph).collect();
    output::print(&all.join("\n"))?;
    Ok(Status::Clean)
}

/// A default: its name, then what holds, why, and what to write instead.
fn paragraph(default: &Default) -> String {
    const HEADS: [&str; 3] = ["holds", "why", "else"];
    let texts = [default.rule, default.reason, default.other];
    let part = |(head, body): (&str, &str)| {
        let indent = "  holds  ".len();
        let lines = wrap(body, WIDTH - indent, WIDTH - indent);
        let lines = lines.join(&format!("\n{}", " ".repeat(indent)));
        format!("  {head:<5}  {lines}\n")
    };
    let parts: String = HEADS.into_iter().zip(texts).map(part).collect();
    format!("{}\n{parts}", default.name)
}
