//! The fixes of a text that may be made unseen, one after the other until none is left.

use crate::check_all;
use crate::diag::Diagnostic;
use crate::diag::fix::apply;
use crate::source::Files;

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
    /// What is wrong with it now.
    pub left: Vec<Diagnostic>,
}

/// Makes every fix that may be made unseen, and those that this makes possible. `files` gives those
/// that [`crate::Program::files_wanted`] asks for, since a fix may change which these are.
#[must_use]
pub fn fix(text: &str, files: impl Fn(&str) -> Files) -> Fixed {
    let check = |text: &str| check_all(text, files(text));
    let found = check(text);
    let mut fixed = Fixed {
        text: text.to_owned(),
        made: 0,
        left: found.clone(),
        found,
    };
    for _ in 0..MOST_ROUNDS {
        let left = fixed.left.iter().filter_map(|found| found.fix.as_ref());
        let (text, made) = apply(&fixed.text, left);
        if made == 0 {
            break;
        }
        fixed.left = check(&text);
        fixed.text = text;
        fixed.made += made;
    }
    fixed
}
