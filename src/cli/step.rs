//! A step of what comes next: commands for a shell, and what they are for.

use super::shell;
use crate::diag::wrap::WIDTH;

/// How far commands are indented in the summary.
pub(super) const INDENT: usize = 2;

/// A few commands and what they are for.
pub(super) struct Step {
    /// What they are for, as an imperative.
    pub(super) purpose: String,
    /// Lines for a shell.
    pub(super) lines: Vec<String>,
}

/// The lines of a command, which fit where steps are shown.
pub(super) fn command(words: &[String]) -> Vec<String> {
    shell::command(words, WIDTH - INDENT)
}
