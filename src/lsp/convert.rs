//! Places in a text as the protocol counts them: lines, and in them UTF-16 units or bytes.

use gen_lsp_types::{Position, Range, TextEdit};

use crate::diag::Edit;
use crate::source::{FileId, LineIndex, Span};

/// What columns count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16, which every client knows.
    #[default]
    Utf16,
}

/// The places of one text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places<'a> {
    pub(super) text: &'a str,
    pub(super) lines: &'a LineIndex,
    pub(super) encoding: Encoding,
}

impl Places<'_> {
    /// Where a byte is; one behind the end is at the end.
    pub(super) fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.lines.line(offset);
        let start = self.lines.range(line).map_or(offset, |range| range.start);
        let before = self.text.get(start..offset).unwrap_or_default();
        let column = self.length(before);
        Position::new(clamp(line), column)
    }

    pub(super) fn range(&self, span: Span) -> Range {
        let range = span.range();
        Range::new(self.position(range.start), self.position(range.end))
    }

    /// The byte at a place. One that isn't in the text is the nearest that is: the end of its line, or of
    /// the text.
    pub(super) fn offset(&self, place: Position) -> usize {
        let Some(range) = self.lines.range(place.line as usize) else {
            return self.text.len();
        };
        let line = self.text.get(range.clone()).unwrap_or_default();
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        let mut column = 0;
        for (at, c) in line.char_indices() {
            if column >= place.character {
                return range.start + at;
            }
            column += self.width(c);
            // In the middle of a character: before it.
            if column > place.character {
                return range.start + at;
            }
        }
        range.start + line.len()
    }

    pub(super) fn span(&self, range: Range) -> Span {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        Span::new(FileId(0), start.min(end)..start.max(end))
    }

    pub(super) fn edit(&self, edit: &Edit) -> TextEdit {
        TextEdit::new(self.range(edit.span), edit.text.clone())
    }

    /// How long a text is, in what columns count.
    pub(super) fn length(&self, text: &str) -> u32 {
        text.chars().map(|c| self.width(c)).sum()
    }

    fn width(&self, c: char) -> u32 {
        clamp(match self.encoding {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
        })
    }
}

pub(super) fn clamp(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Encoding, Places};
    use crate::source::LineIndex;
    use gen_lsp_types::Position;

    #[test]
    fn every_byte_has_a_place_and_every_place_a_byte() {
        let text = "a😀b\r\n漢字 é\n\u{feff}x\n";
        let lines = LineIndex::new(text);
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            let places = Places {
                text,
                lines: &lines,
                encoding,
            };
            for (offset, c) in text.char_indices().chain([(text.len(), ' ')]) {
                let position = places.position(offset);
                // A place between `\r` and `\n` is none that an editor knows.
                if c != '\n' || !text[..offset].ends_with('\r') {
                    assert_eq!(places.offset(position), offset, "{position:?}");
                }
            }
            for (line, column) in [(0, 99), (0, 2), (7, 0), (u32::MAX, u32::MAX), (1, 1)] {
                let offset = places.offset(Position::new(line, column));
                assert!(text.is_char_boundary(offset), "{line}:{column}");
            }
        }
    }

    #[test]
    fn emoji_are_two_units() {
        let text = "😀x";
        let lines = LineIndex::new(text);
        let at = |encoding| {
            let places = Places {
                text,
                lines: &lines,
                encoding,
            };
            places.position(4).character
        };
        assert_eq!((at(Encoding::Utf8), at(Encoding::Utf16)), (4, 2));
    }
}
