//! Text that may reach a terminal: nothing in it moves the cursor, changes colours or turns the
//! direction of reading.

use crate::source::reorders;
use std::borrow::Cow;

/// The text with what would act on a terminal made visible; lines and tabs stay.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| c == '\n' || stand_in(c) == c) {
        return Cow::Borrowed(text);
    }
    let shown = |c| if c == '\n' { c } else { stand_in(c) };
    Cow::Owned(text.chars().map(shown).collect())
}

/// The same on one line, for what stands within a sentence: a line break in it is made visible, too.
#[must_use]
pub fn on_one_line(text: &str) -> String {
    text.chars().map(stand_in).collect()
}

/// What is shown for a character: itself, or one other character.
pub(super) fn stand_in(c: char) -> char {
    match c {
        '\t' => c,
        // Unicode has a picture for each of these, in the same order.
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\x7f' => '\u{2421}',
        _ if c.is_control() || reorders(c) => '\u{fffd}',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn what_acts_on_a_terminal_is_shown_instead() {
        assert_eq!(printable("a\tb\nç 日 é"), "a\tb\nç 日 é");
        assert_eq!(printable("\x1b[31m\0\r\x7f"), "␛[31m␀␍␡");
        assert_eq!(
            printable("\u{9b}\u{202e}\u{2066}\u{2028}"),
            "\u{fffd}".repeat(4)
        );
    }
}
