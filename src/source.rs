//! Source text and places in it.
//!
//! Every token, fact of the IR and line of output points back at a [`Span`]: a range of bytes of
//! one file. Lines and columns are computed only where a person reads them.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// The files that a text names, by their paths as it writes them: their bytes, or why there are none,
/// as a clause such as `there is no such file`.
pub type Files = BTreeMap<String, Result<Vec<u8>, String>>;

/// How a path in a context is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Look {
    /// What is there.
    Kind,
    /// What is in it: a file's text, or the names in a folder.
    Content,
}

/// What is to be looked at in a context, by paths below it. In each part of a path one `*` may stand for anything:
/// what fits is looked at by its own path, and at the pattern is seen a folder with those paths, or something else
/// where they are too many.
pub type LooksByPath = BTreeMap<String, Look>;

/// What is to be looked at in each context, by the contexts as the text writes them. Contexts of one kind share it:
/// a long text has hundreds.
pub type ContextsWanted = BTreeMap<String, Arc<LooksByPath>>;

/// Behind the path of a folder above contexts: what is looked at there are the names beside them, and files that may be
/// there instead.
pub const ABOVE: &str = "/.";

/// What was seen in each context; or why nothing was, as a clause such as `there is no such folder`.
pub type Contexts = BTreeMap<String, Result<Context, String>>;

/// What was seen in a folder that an image is built from, by paths below it.
pub type Context = BTreeMap<String, Seen>;

/// What stands at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// Nothing.
    Nothing,
    /// A file; its text, where that was wanted and could be had.
    File(Option<String>),
    /// A folder; the names in it, where they were wanted and aren't too many.
    Folder(Option<Vec<String>>),
    /// Something that nobody looks at, such as a pipe or a link that leads out of the context.
    Other,
}

/// The sources of an image: a folder without what its build leaves out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ImageSources {
    /// The folder, as the text writes it.
    pub context: String,
    /// What is left out.
    pub left_out: LeftOut,
}

/// What of a folder doesn't go into an image.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum LeftOut {
    /// What fits these patterns of a `.dockerignore`.
    Patterns(Vec<&'static str>),
    /// What `PATH.dockerignore` or the context's own `.dockerignore` says, for the Dockerfile at that path in the
    /// context. It counts as a source itself.
    BesideDockerfile(String),
}

/// The digests of sources; or why there is none, as a clause such as `there is no such folder`.
pub type SourceDigests = BTreeMap<ImageSources, Result<String, String>>;

/// What lies beside a text, as far as it asks for it.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// The files that it names.
    pub files: &'a Files,
    /// The folders that its images are built from.
    pub contexts: &'a Contexts,
    /// Whether whoever installs the application gives values to those keys of `config` that have none.
    pub gives_values: bool,
    /// The tag that stands for the state of Git, where it was asked.
    pub commit: Option<&'a str>,
}

/// Whether a character breaks lines or changes the direction of what follows (UAX #9, UAX #14), so that
/// a text is shown as another one.
#[must_use]
pub fn reorders(c: char) -> bool {
    matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

/// A source file of one compilation, as numbered by its [`SourceMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in one source file, on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file the bytes are in.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset just after the last byte.
    pub end: u32,
}

impl Span {
    /// A span over `range` of `file`. Offsets past 4 GiB are clamped; no such file is ever read.
    #[must_use]
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Span {
            file,
            start: clamp(range.start),
            end: clamp(range.end),
        }
    }

    /// The span's bytes as a range for slicing its file's text.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The smallest span that holds both; `self` where they are in different files.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        if self.file != other.file {
            return self;
        }
        Span {
            file: self.file,
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// Whether `other` lies wholly within this span.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }
}

/// A value and the place it was written at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Pairs a value with its place.
    pub fn new(value: T, span: Span) -> Self {
        Spanned { value, span }
    }
}

/// The files of one compilation: names as the user knows them, and texts.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

/// One file: its name in messages, its text and where its lines begin.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The path as given on the command line, or a stand-in such as `<stdin>`.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// Where its lines begin.
    pub lines: LineIndex,
}

impl SourceMap {
    /// A map of a single file, which gets `FileId(0)`.
    #[must_use]
    pub fn single(name: impl Into<String>, text: impl Into<String>) -> Self {
        let mut map = SourceMap::default();
        map.add(name, text);
        map
    }

    /// Adds a file and returns its id.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let text = text.into();
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile {
            name: name.into(),
            lines: LineIndex::new(&text),
            text,
        });
        id
    }

    /// Every file, with its id.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0..).map(FileId).zip(&self.files)
    }

    /// The file of an id that this map gave out.
    #[must_use]
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }
}

/// Offsets at which the lines of a text begin. A line ends with `\n`, which belongs to it.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<usize>,
    length: usize,
}

impl LineIndex {
    /// Indexes a text, in time linear in its length.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0)
            .chain(breaks.map(|(at, _)| at + 1))
            .collect();
        LineIndex {
            starts,
            length: text.len(),
        }
    }

    /// The line, counted from zero, that holds the byte at `offset`; the last one past the end.
    #[must_use]
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset) - 1
    }

    /// Follows a change of the text: other text stands at a range of bytes.
    pub fn replace(&mut self, range: Range<usize>, with: &str) {
        let first = self.starts.partition_point(|start| *start <= range.start);
        let last = self.starts.partition_point(|start| *start <= range.end);
        let breaks = with.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let added: Vec<_> = breaks.map(|(at, _)| range.start + at + 1).collect();
        let behind = first + added.len();
        self.starts.splice(first..last.max(first), added);
        let moved = |place: usize| place - range.end + range.start + with.len();
        for start in self.starts.iter_mut().skip(behind) {
            *start = moved(*start);
        }
        self.length = moved(self.length);
    }

    /// How many lines there are; at least one.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The bytes of a line, counted from zero, with its line break.
    #[must_use]
    pub fn range(&self, line: usize) -> Option<Range<usize>> {
        let start = *self.starts.get(line)?;
        Some(start..self.starts.get(line + 1).copied().unwrap_or(self.length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_by_offset() {
        let index = LineIndex::new("ab\n\ncd");
        assert_eq!(
            [0, 2, 3, 4, 6, 99].map(|at| index.line(at)),
            [0, 0, 1, 2, 2, 2]
        );
        assert_eq!(index.range(0), Some(0..3));
        assert_eq!(index.range(2), Some(4..6));
        assert_eq!(index.range(3), None);
    }

    #[test]
    fn lines_follow_every_change() {
        let texts = ["", "a", "a\nb", "\n", "a\n\nbc\n", "a\r\nb\n"];
        for text in texts {
            for start in 0..=text.len() {
                for end in start..=text.len() {
                    for with in texts {
                        let mut index = LineIndex::new(text);
                        index.replace(start..end, with);
                        let changed = format!("{}{with}{}", &text[..start], &text[end..]);
                        let fresh = LineIndex::new(&changed);
                        assert_eq!(
                            (index.starts, index.length),
                            (fresh.starts, fresh.length),
                            "{text:?} with {with:?} at {start}..{end}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn an_empty_text_has_one_empty_line() {
        let index = LineIndex::new("");
        assert_eq!((index.line(0), index.range(0)), (0, Some(0..0)));
    }
}
