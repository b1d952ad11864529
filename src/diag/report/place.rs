//! Places as lines and columns, however long the lines are.

use crate::source::{SourceFile, Span};

/// So many bytes apart characters are counted beforehand.
const STEP: usize = 4096;

/// Where a span begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TextRange {
    pub(super) start: Point,
    pub(super) end: Point,
}

/// A place between two characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Point {
    /// The line, from 1.
    pub(super) line: usize,
    /// The column, from 1, in characters (Unicode scalar values). A byte-order mark is none.
    pub(super) column: usize,
    /// Bytes before it.
    pub(super) offset: usize,
}

/// Finds places in a file.
pub(super) struct Places<'a> {
    file: &'a SourceFile,
    /// How many characters begin before each step.
    counts: Vec<usize>,
}

impl<'a> Places<'a> {
    /// Counts the characters of a file.
    pub(super) fn new(file: &'a SourceFile) -> Self {
        let steps = file.text.as_bytes().chunks(STEP);
        let counts = steps.scan(0, |before, step| {
            let count = *before;
            *before += starts(step);
            Some(count)
        });
        Places {
            file,
            counts: counts.collect(),
        }
    }

    /// Where a span is; one that isn't in the text is at its end.
    pub(super) fn of(&self, span: Span) -> TextRange {
        let start = self.point(span.start as usize);
        let end = self.point((span.end as usize).max(start.offset));
        TextRange { start, end }
    }

    fn point(&self, offset: usize) -> Point {
        let mut offset = offset.min(self.file.text.len());
        while !self.file.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.file.lines.line(offset);
        let begin = self.file.lines.range(line).map_or(0, |range| range.start);
        let has_mark = line == 0 && offset > 0 && self.file.text.starts_with('\u{feff}');
        Point {
            line: line + 1,
            column: self.characters(offset) - self.characters(begin) - usize::from(has_mark) + 1,
            offset,
        }
    }

    /// How many characters begin before a byte.
    fn characters(&self, offset: usize) -> usize {
        let step = offset / STEP;
        let Some(before) = self.counts.get(step) else {
            // Only the end of the text may begin a step that isn't there.
            return self.counts.last().map_or(0, |before| {
                before + starts(&self.file.text.as_bytes()[(step - 1) * STEP..])
            });
        };
        before + starts(&self.file.text.as_bytes()[step * STEP..offset])
    }
}

/// How many characters begin in some bytes.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xc0) != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::{Places, STEP};
    use crate::source::{FileId, SourceMap, Span};

    fn place(text: &str, start: usize, end: usize) -> [usize; 4] {
        let sources = SourceMap::single("app.todo", text);
        let file = sources.get(FileId(0)).expect("a file");
        let place = Places::new(file).of(Span::new(FileId(0), start..end));
        let (start, end) = (place.start, place.end);
        [start.line, start.column, end.line, end.column]
    }

    #[test]
    fn columns_are_characters() {
        assert_eq!(place("日é x\r\ny", 6, 7), [1, 4, 1, 5]);
        assert_eq!(place("ab\ncd", 1, 4), [1, 2, 2, 2]);
        assert_eq!(place("\u{feff}ab", 3, 4), [1, 1, 1, 2]);
        assert_eq!(place("", 0, 0), [1, 1, 1, 1]);
        assert_eq!(place("é", 1, 99), [1, 1, 1, 2]);
        assert_eq!(place("ab", 9, 3), [1, 3, 1, 3]);
    }

    #[test]
    fn they_are_counted_across_steps() {
        for length in [STEP - 1, STEP, STEP + 1, 2 * STEP] {
            let text = "é".repeat(length) + "x";
            let at = text.len() - 1;
            let column = length + 1;
            assert_eq!(place(&text, at, at + 1), [1, column, 1, column + 1]);
        }
    }
}
