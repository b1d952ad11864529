//! Pieces of a credential in any spelling: texts compared by their ASCII letters and digits alone, in
//! lower case, so that neither case nor `-`, `_` and escapes between them tell two spellings apart.

use std::ops::Range;

/// How many letters and digits in a row are a piece of a credential rather than a word that stands in
/// it by chance. So many digits of base 36 are the most that fit a `u64`.
const PIECE: usize = 12;
/// Letters and digits, in one case.
const BASE: u64 = 36;
/// What the first digit of a piece counts: [`BASE`] to the power of one less than [`PIECE`].
const FIRST: u64 = BASE.pow(11);

/// The value of a letter or digit.
fn digit(byte: u8) -> Option<u64> {
    char::from(byte).to_digit(36).map(u64::from)
}

/// The letters and digits of a text, in lower case.
pub(super) fn folded(text: &str) -> Vec<u8> {
    let bytes = text.bytes().filter(u8::is_ascii_alphanumeric);
    bytes.map(|byte| byte.to_ascii_lowercase()).collect()
}

/// All pieces of some texts.
#[derive(Debug, Clone, Default)]
pub(super) struct Pieces {
    sorted: Vec<u64>,
}

impl Pieces {
    /// Takes in the pieces of a text; [`Pieces::sort`] must follow before any is looked for.
    pub(super) fn add(&mut self, text: &str) {
        let (mut value, mut length) = (0, 0);
        for digit in text.bytes().filter_map(digit) {
            value = value % FIRST * BASE + digit;
            length += 1;
            if length >= PIECE {
                self.sorted.push(value);
            }
        }
    }

    /// Makes them ready to be looked for.
    pub(super) fn sort(&mut self) {
        self.sorted.sort_unstable();
        self.sorted.dedup();
    }

    /// Where pieces stand in a text, in order and apart. A piece doesn't reach across white space.
    pub(super) fn find(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        if self.sorted.is_empty() {
            return found;
        }
        // The last places of letters and digits, by their number.
        let mut places = [0; PIECE];
        let (mut value, mut length) = (0, 0);
        for (at, byte) in text.bytes().enumerate() {
            let Some(digit) = digit(byte) else {
                if byte.is_ascii_whitespace() || !byte.is_ascii() {
                    (value, length) = (0, 0);
                }
                continue;
            };
            places[length % PIECE] = at;
            value = value % FIRST * BASE + digit;
            length += 1;
            if length < PIECE || self.sorted.binary_search(&value).is_err() {
                continue;
            }
            let start = places[length % PIECE];
            match found.last_mut() {
                Some(last) if start <= last.end => last.end = at + 1,
                _ => found.push(start..at + 1),
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::Pieces;

    #[test]
    fn a_piece_is_found_in_any_spelling() {
        let mut pieces = Pieces::default();
        pieces.add("sk-Proj-0123456789");
        pieces.sort();
        let found = |text: &str| -> Vec<String> {
            let all = pieces.find(text).into_iter();
            all.map(|range| text[range].to_owned()).collect()
        };
        assert_eq!(found("no `SK_PROJ_012345_6789`!"), ["SK_PROJ_012345_6789"]);
        assert_eq!(found("é roj0123456\\789 é"), ["roj0123456\\789"]);
        assert_eq!(found("sk-proj 0123456789"), [""; 0]);
        assert_eq!(found("sk-proj-012345"), ["sk-proj-012345"]);
        assert_eq!(found("sk-proj-01234"), [""; 0]);
    }
}
