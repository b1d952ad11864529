//! The layout of a text as changes of its lines, so that carets stay where they are.

use crate::diag::Edit;
use crate::diff::changes;
use crate::format::format;
use crate::source::{FileId, LineIndex, Span};

/// From this length on, in bytes, a text is replaced as a whole: comparing it would take too long.
const LONG: usize = 1 << 20;

/// The changes that give a text its layout, in order.
#[must_use]
pub fn layout(text: &str) -> Vec<Edit> {
    let formatted = format(text).text;
    if formatted == text {
        return Vec::new();
    }
    let replace = |range, with: &str| Edit::replace(Span::new(FileId(0), range), with);
    if text.len() > LONG {
        return vec![replace(0..text.len(), &formatted)];
    }
    let (old, new) = (LineIndex::new(text), LineIndex::new(&formatted));
    let start = |index: &LineIndex, text: &str, line: usize| {
        index.range(line).map_or(text.len(), |range| range.start)
    };
    let changes = changes(text, &formatted).into_iter();
    let changes = changes.filter_map(|(from, to)| {
        let from = start(&old, text, from.start)..start(&old, text, from.end);
        let to = start(&new, &formatted, to.start)..start(&new, &formatted, to.end);
        Some(replace(from, formatted.get(to)?))
    });
    changes.collect()
}

/// The changes among them that touch some bytes of the text: those of the blocks of the first column that
/// the bytes are in.
#[must_use]
pub fn layout_of(text: &str, blocks: &[Span], wanted: Span) -> Vec<Edit> {
    let touched = blocks
        .iter()
        .filter(|block| block.start <= wanted.end && wanted.start <= block.end);
    let whole = touched.copied().reduce(Span::to);
    let Some(whole) = whole else {
        return Vec::new();
    };
    let begin = text
        .get(..whole.range().start)
        .map_or(0, |before| before.rfind('\n').map_or(0, |at| at + 1));
    let is_in = |edit: &Edit| begin <= edit.span.range().start && edit.span.start <= whole.end;
    layout(text).into_iter().filter(is_in).collect()
}

/// The change that indents the line of a place as its block wants it.
#[must_use]
pub fn indent(text: &str, offset: usize) -> Option<Edit> {
    let lines = LineIndex::new(text);
    let at = lines.line(offset);
    let range = lines.range(at)?;
    let line = text.get(range.clone())?;
    let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
    let word = line.trim();
    let before = text.get(..range.start)?;
    let mut depth = 0_usize;
    for line in before.lines() {
        let code = without_strings(line);
        for byte in code.bytes() {
            match byte {
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
    }
    if word.starts_with('}') {
        depth = depth.saturating_sub(1);
    }
    let wanted = "  ".repeat(depth);
    let is_right = line.get(..blanks)? == wanted;
    (!is_right).then(|| {
        let place = Span::new(FileId(0), range.start..range.start + blanks);
        Edit::replace(place, wanted)
    })
}

/// A line without its strings and its comment.
fn without_strings(line: &str) -> String {
    let mut out = String::new();
    let (mut in_string, mut escaped) = (false, false);
    for c in line.chars() {
        match c {
            '"' if !escaped => in_string = !in_string,
            '#' if !in_string => break,
            _ if !in_string => out.push(c),
            _ => {}
        }
        escaped = in_string && c == '\\' && !escaped;
    }
    out
}
