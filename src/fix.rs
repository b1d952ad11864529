//! The fixes of a text that may be made unseen, one after the other until none is left.

use crate::compile::{Options, compile_all};
use crate::diag::Diagnostic;
use crate::diag::fix::apply;
use crate::source::{Files, Span};

/// How often a text is looked at again: a fix may bring to light what another one resolves.
const MOST_ROUNDS: usize = 20;

/// A text with its fixes.
#[derive(Debug, Clone)]
pub struct Fixed {
    /// The text.
    pub text: String,
    /// How many fixes were made.
    pub made: usize,
    /// What was wrong with the text before.
    pub found: Vec<Diagnostic>,
    /// The places in the text before that nobody may read.
    pub masks: Vec<Span>,
    /// What is wrong with it now.
    pub left: Vec<Diagnostic>,
}

/// Makes every fix that may be made unseen, and those that this makes possible. `files` gives those
/// that [`crate::Program::files_wanted`] asks for, since a fix may change which these are.
#[must_use]
pub fn fix(text: &str, files: impl Fn(&str) -> Files) -> Fixed {
    let check = |text: &str| {
        let options = Options {
            files: files(text),
            ..Options::default()
        };
        compile_all(text, &options)
    };
    let before = check(text);
    let found = before.diagnostics;
    let mut fixed = Fixed {
        text: text.to_owned(),
        made: 0,
        left: found.clone(),
        found,
        masks: before.masks,
    };
    for _ in 0..MOST_ROUNDS {
        let left = fixed.left.iter().filter_map(|found| found.fix.as_ref());
        let (text, made) = apply(&fixed.text, left);
        if made == 0 {
            break;
        }
        fixed.left = check(&text).diagnostics;
        fixed.text = text;
        fixed.made += made;
    }
    fixed
}
