//! Bytes of a text by the number of the character, which is how the reader of YAML counts.

/// How many characters lie between two that are remembered.
const STEP: usize = 64;

/// Where the characters of a text begin.
pub(super) struct Offsets<'t> {
    text: &'t str,
    /// The offset of every [`STEP`]th character; none where each character is a byte.
    steps: Vec<usize>,
}

impl<'t> Offsets<'t> {
    /// Counts the characters of a text.
    pub(super) fn new(text: &'t str) -> Self {
        let steps = if text.is_ascii() {
            Vec::new()
        } else {
            let starts = text.char_indices().map(|(at, _)| at);
            starts.step_by(STEP).collect()
        };
        Offsets { text, steps }
    }

    /// The byte that a character begins at, counted from 0; the end of the text behind the last.
    pub(super) fn byte(&self, character: usize) -> usize {
        if self.steps.is_empty() {
            return character.min(self.text.len());
        }
        let Some(&start) = self.steps.get(character / STEP) else {
            return self.text.len();
        };
        let rest = &self.text[start..];
        let within = rest.char_indices().nth(character % STEP);
        start + within.map_or(rest.len(), |(at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::Offsets;

    #[test]
    fn characters_are_found_in_any_text() {
        for text in [String::new(), "a".repeat(200), "é1€😀".repeat(100)] {
            let offsets = Offsets::new(&text);
            let ends = [(text.chars().count(), text.len()), (1_000_000, text.len())];
            let starts = text.char_indices().map(|(at, _)| at).enumerate();
            for (character, byte) in starts.chain(ends) {
                assert_eq!(offsets.byte(character), byte, "{character}");
            }
        }
    }
}
