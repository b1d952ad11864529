//! The few lines of source that a diagnostic shows, safe to print and short enough to read.

use super::mask::{MASK, Masks};
use super::printable::{on_one_line, stand_in};
use super::wrap::WIDTH;
use crate::source::{FileId, SourceFile, SourceMap, Span};
use std::collections::BTreeMap;
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

/// How much of a longer line is shown in front of a place, in columns.
const BEFORE: usize = 30;
/// Columns of a tab at the most.
const TAB: usize = 4;

/// Lines of sources, copied. Each character of a line became exactly one, so that columns hold; but
/// what nobody may read became [`MASK`].
#[derive(Debug)]
pub(super) struct Excerpt<'a> {
    sources: &'a SourceMap,
    masks: &'a Masks,
    /// How many columns a line may have beside its number. On a terminal a longer one would go on
    /// below, where no caret stands under what it means.
    room: usize,
    lines: BTreeMap<(FileId, usize), ExcerptLine>,
    text: String,
}

/// One line of an [`Excerpt`].
#[derive(Debug, Clone)]
struct ExcerptLine {
    /// What is shown of the source.
    source: Range<usize>,
    /// Where it is in the excerpt, with the mark in front of a line whose beginning is cut off.
    shown: Range<usize>,
    /// Where the source's first character is in the excerpt.
    first: usize,
    /// Characters of the line in front of those shown, the mark counted as one of those shown.
    column: usize,
    /// What is masked, in order.
    hidden: Vec<MaskedPart>,
}

/// A masked part of an [`ExcerptLine`].
#[derive(Debug, Clone)]
struct MaskedPart {
    /// Where it is in the source.
    source: Range<usize>,
    /// Where its mask is in the excerpt.
    shown: Range<usize>,
    /// How many characters it has.
    length: usize,
}

impl<'a> Excerpt<'a> {
    /// An excerpt without lines, of those on which these places begin.
    pub(super) fn new(
        sources: &'a SourceMap,
        masks: &'a Masks,
        places: impl Iterator<Item = Span>,
    ) -> Self {
        const FRAME: usize = " │ ".len() - '│'.len_utf8() + 1;
        let line = |place: Span| {
            let file = sources.get(place.file)?;
            Some(file.lines.line(place.start as usize) + 1)
        };
        let number = places.filter_map(line).max().unwrap_or(1);
        Excerpt {
            sources,
            masks,
            room: WIDTH - FRAME - number.to_string().len(),
            lines: BTreeMap::new(),
            text: String::new(),
        }
    }

    /// Takes in the line on which `span` begins, and returns which part of the excerpt's text is
    /// the span: as much as lies on that line. `None` if its file isn't known, or if the line is
    /// so long that the place doesn't show.
    pub(super) fn add(&mut self, span: Span) -> Option<Range<usize>> {
        let file = self.sources.get(span.file)?;
        let start = floor(&file.text, span.start as usize);
        let index = file.lines.line(start);
        let end = floor(&file.text, span.end as usize).max(start);
        self.take_in(span.file, index, start..end)?;

        let line = self.lines.get(&(span.file, index))?;
        let content = content(file, index)?;
        let start = start.clamp(content.start, content.end);
        if !(line.source.start..=line.source.end).contains(&start) {
            return None;
        }
        let end = end.clamp(start, line.source.end);
        let shown_start = line.shown_at(&file.text, start, |mask| mask.start);
        let shown_end = line.shown_at(&file.text, end, |mask| mask.end);
        Some(shown_start..shown_end.max(shown_start))
    }

    /// Takes in lines that stand alone between two others: they are shown rather than left out.
    pub(super) fn close_gaps(&mut self) {
        let keys: Vec<_> = self.lines.keys().copied().collect();
        for (file, index) in keys {
            if self.lines.contains_key(&(file, index + 2)) {
                self.take_in(file, index + 1, 0..0);
            }
        }
    }

    /// All lines, one after the other.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// A file's name as it may be printed.
    pub(super) fn name(&self, file: FileId) -> Option<String> {
        let name = &self.sources.get(file)?.name;
        Some(on_one_line(name))
    }

    /// Which part of the excerpt's text a line of a file is; lines count from zero.
    pub(super) fn line(&self, file: FileId, index: usize) -> Option<Range<usize>> {
        Some(self.lines.get(&(file, index))?.shown.clone())
    }

    /// The line of a file that a byte of the excerpt's text belongs to.
    pub(super) fn line_at(&self, file: FileId, at: usize) -> Option<usize> {
        let holds = |line: &ExcerptLine| (line.shown.start..=line.shown.end).contains(&at);
        self.lines
            .iter()
            .find(|((of, _), line)| *of == file && holds(line))
            .map(|((_, index), _)| *index)
    }

    /// The column, from one, that a byte of the excerpt's text has in the source.
    pub(super) fn column(&self, file: FileId, index: usize, at: usize) -> Option<usize> {
        let line = self.lines.get(&(file, index))?;
        let before = self.text.get(line.shown.start..at)?;
        let masked = line.hidden.iter().filter(|hidden| hidden.shown.end <= at);
        let (hidden, masks) = masked.fold((0, 0), |(hidden, masks), it| {
            (hidden + it.length, masks + MASK.chars().count())
        });
        Some(line.column + before.chars().count() + hidden - masks + 1)
    }

    /// Copies a line, or of a long one the part around `focus`.
    fn take_in(&mut self, id: FileId, index: usize, focus: Range<usize>) -> Option<()> {
        if self.lines.contains_key(&(id, index)) {
            return Some(());
        }
        let file = self.sources.get(id)?;
        let content = content(file, index)?;
        let source = window(&file.text, &content, &focus, self.room);
        let in_front = file.text[content.start..source.start].chars().count();

        let start = self.text.len();
        if source.start > content.start {
            self.text.push('…');
        }
        let first = self.text.len();
        let mut hidden = Vec::new();
        let mut from = source.start;
        for range in self.masks.within(id, &file.text, &source) {
            self.copy(&file.text[from..range.start]);
            let start = self.text.len();
            self.text.push_str(MASK);
            from = range.end;
            hidden.push(MaskedPart {
                shown: start..self.text.len(),
                length: file.text[range.clone()].chars().count(),
                source: range,
            });
        }
        self.copy(&file.text[from..source.end]);
        if source.end < content.end {
            self.text.push('…');
        }
        let line = ExcerptLine {
            source,
            shown: start..self.text.len(),
            first,
            column: in_front.saturating_sub(1),
            hidden,
        };
        self.lines.insert((id, index), line);
        self.text.push('\n');
        Some(())
    }

    fn copy(&mut self, source: &str) {
        self.text.extend(source.chars().map(stand_in));
    }
}

impl ExcerptLine {
    /// Where a byte of the source is in the excerpt; one that is masked is at an end of its mask.
    fn shown_at(&self, text: &str, at: usize, end: fn(&Range<usize>) -> usize) -> usize {
        let (mut source, mut shown) = (self.source.start, self.first);
        for hidden in self.hidden.iter().take_while(|it| it.source.start < at) {
            if at < hidden.source.end {
                return end(&hidden.shown);
            }
            (source, shown) = (hidden.source.end, hidden.shown.end);
        }
        shown + shown_length(&text[source..at])
    }
}

/// A line's bytes without its line break, and without the byte-order mark that no editor counts.
fn content(file: &SourceFile, index: usize) -> Option<Range<usize>> {
    let range = file.lines.range(index)?;
    let line = file.text.get(range.clone())?;
    let mark = if index == 0 && line.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let length = line.trim_end_matches(['\r', '\n']).len().max(mark);
    Some(range.start + mark..range.start + length)
}

/// The part of a line that is shown: all of it, or of a long one its beginning with `focus`, or what
/// is around that.
fn window(text: &str, content: &Range<usize>, focus: &Range<usize>, room: usize) -> Range<usize> {
    let line = &text[content.clone()];
    if fitting(line.char_indices(), room) == line.len() {
        return content.clone();
    }
    // A mark stands at each end where something is cut off.
    let head = content.start + fitting(line.char_indices(), room - 1);
    let at = focus.start.clamp(content.start, content.end);
    let before = &text[content.start..at];
    let is_near = fitting(before.char_indices(), BEFORE) == before.len();
    if is_near || focus.end.clamp(at, content.end) <= head {
        return content.start..head;
    }
    let tail = &text[at..content.end];
    let end = at + fitting(tail.char_indices(), room - 2 - BEFORE);
    let left = room - 2 - text[at..end].chars().map(columns).sum::<usize>();
    let reversed = before.char_indices().rev();
    let reversed = reversed.map(|(from, c)| (before.len() - from - c.len_utf8(), c));
    at - fitting(reversed, left)..end
}

/// How many bytes of a text, given by its characters, fit so many columns.
fn fitting(characters: impl Iterator<Item = (usize, char)>, columns_left: usize) -> usize {
    let mut left = columns_left;
    let mut length = 0;
    for (at, c) in characters {
        let Some(rest) = left.checked_sub(columns(c)) else {
            break;
        };
        left = rest;
        length = at + c.len_utf8();
    }
    length
}

/// How many columns a character has on a terminal.
fn columns(c: char) -> usize {
    if c == '\t' {
        return TAB;
    }
    stand_in(c).width().unwrap_or(0)
}

/// How many bytes a text takes in an excerpt.
fn shown_length(text: &str) -> usize {
    text.chars().map(|c| stand_in(c).len_utf8()).sum()
}

/// The nearest place at or in front of `offset` where a character begins, or the end.
fn floor(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
