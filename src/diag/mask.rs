//! What nobody may read, kept out of everything that is printed.

use super::Diagnostic;
use super::credentials::credentials;
use super::fold::{Pieces, folded};
use super::named::named;
use crate::source::{FileId, SourceMap, Span};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::OnceLock;

/// What is printed instead of what nobody may read.
pub const MASK: &str = "•••";

/// The shortest text, in bytes, that is masked wherever it stands: a shorter one is part of other
/// words, and is masked at its own place alone.
const SHORTEST: usize = 6;
/// Texts with so many letters and digits are known by their pieces.
const IN_PIECES: usize = 12;

/// The places that diagnostics mask, and what stands there: that may stand elsewhere, too.
#[derive(Debug, Clone, Default)]
pub struct Masks {
    /// By place; none overlaps another.
    places: Vec<Span>,
    /// Texts by their first bytes and their length, the longest first.
    texts: BTreeMap<[u8; SHORTEST], BTreeMap<Reverse<usize>, BTreeSet<String>>>,
    /// Pieces of the longer ones, in any spelling.
    pieces: Pieces,
    /// The length of the longest text, in bytes.
    longest: usize,
}

impl Masks {
    /// All that any of these diagnostics masks, and whatever looks like a credential.
    #[must_use]
    pub fn of<'a>(
        sources: &SourceMap,
        diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
    ) -> Self {
        let all = diagnostics.into_iter().flat_map(|found| &found.mask);
        Masks::at(sources, all)
    }

    /// All that stands at these places, and whatever looks like a credential.
    #[must_use]
    pub fn at<'a>(sources: &SourceMap, places: impl IntoIterator<Item = &'a Span>) -> Self {
        let mut all: BTreeSet<Span> = places.into_iter().copied().collect();
        for (id, file) in sources.files() {
            all.extend(credential_places(id, &file.text));
        }
        Masks::only(all, |span| {
            sources
                .get(span.file)
                .and_then(|file| file.text.get(span.range()))
        })
    }

    /// What stands at these places and nothing else, as `text_at` has it.
    fn only<'t>(places: BTreeSet<Span>, text_at: impl Fn(Span) -> Option<&'t str>) -> Self {
        let mut masks = Masks::default();
        for span in places {
            for text in text_at(span).into_iter().flat_map(spellings) {
                masks.add(text);
            }
            match masks.places.last_mut() {
                Some(last) if last.file == span.file && span.start <= last.end => {
                    last.end = last.end.max(span.end);
                }
                _ => masks.places.push(span),
            }
        }
        masks.pieces.sort();
        masks
    }

    fn add(&mut self, text: String) {
        self.pieces.add(&text);
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.+/=".contains(c);
        if text.chars().all(is_plain) && folded(&text).len() >= IN_PIECES {
            self.longest = self.longest.max(text.len());
            return;
        }
        if let Some(first) = text.as_bytes().first_chunk() {
            self.longest = self.longest.max(text.len());
            let by_length = self.texts.entry(*first).or_default();
            by_length
                .entry(Reverse(text.len()))
                .or_default()
                .insert(text);
        }
    }

    /// Whether there is nothing to mask.
    #[cfg(feature = "cli")]
    pub(crate) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The masked places that a span overlaps or touches.
    pub(super) fn touched(&self, span: Span) -> impl Iterator<Item = Span> + '_ {
        let first = self
            .places
            .partition_point(|place| (place.file, place.end) < (span.file, span.start));
        let places = self.places[first..].iter().copied();
        places.take_while(move |place| place.file == span.file && place.start <= span.end)
    }

    /// A text with the mask over what nobody may read.
    #[must_use]
    pub fn over<'a>(&self, text: &'a str) -> Cow<'a, str> {
        covered(text, self.found(text))
    }

    /// The parts of a range of a source's text that nobody may read, in order and apart.
    pub(super) fn within(
        &self,
        file: FileId,
        text: &str,
        range: &Range<usize>,
    ) -> Vec<Range<usize>> {
        if self.places.is_empty() {
            return Vec::new();
        }
        // What stands across an end of the range is hidden, too.
        let longest = self.longest;
        let mut start = range.start.saturating_sub(longest);
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = (range.end + longest).min(text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        let found = self.found(&text[start..end]).into_iter();
        let found = found.map(|it| it.start + start..it.end + start);
        let first = self
            .places
            .partition_point(|place| (place.file, place.range().end) <= (file, range.start));
        let places = self.places[first..].iter();
        let places = places.take_while(|it| it.file == file && it.range().start < range.end);

        let all = found.chain(places.map(|place| place.range()));
        let all = all.map(|it| it.start.max(range.start)..it.end.min(range.end));
        apart(all.filter(|it| it.start < it.end).collect())
    }

    /// Where masked texts stand in a text, in order and apart.
    fn found(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = self.pieces.find(text);
        let mut at = 0;
        while let Some(first) = text.as_bytes().get(at..).and_then(<[u8]>::first_chunk) {
            let mut by_length = self.texts.get(first).into_iter().flatten();
            let here = by_length.find_map(|(Reverse(length), texts)| {
                let piece = text.get(at..at + length)?;
                texts.contains(piece).then_some(*length)
            });
            match here {
                Some(length) => {
                    found.push(at..at + length);
                    at += length;
                }
                None => at += 1,
            }
        }
        apart(found)
    }
}

/// The places of what looks like a credential in the only text of a program, looked for when masks are first asked
/// for.
#[derive(Debug, Default)]
pub(crate) struct CredentialPlaces(OnceLock<BTreeSet<Span>>);

impl CredentialPlaces {
    /// What stands at these places of the text, which is `FileId(0)`, and whatever looks like a credential.
    pub(crate) fn masks(&self, text: &str, places: &BTreeSet<Span>) -> Masks {
        let all = || credential_places(FileId(0), text).collect();
        Masks::only(places | self.0.get_or_init(all), |span| {
            let text = (span.file == FileId(0)).then_some(text)?;
            text.get(span.range())
        })
    }
}

/// The places of what looks like a credential in the text of a file, and of what has the name of one. It
/// takes a while for long ones.
fn credential_places(file: FileId, text: &str) -> impl Iterator<Item = Span> + use<> {
    let found = credentials(text).into_iter().map(|it| it.range);
    let found = found.chain(named(text));
    found.map(move |range| Span::new(file, range))
}

/// A text that was read off files beside a program, or that a program printed, with the mask over what looks like a credential.
pub(crate) fn without_credentials(text: &str) -> Cow<'_, str> {
    let found = credentials(text).into_iter();
    covered(text, found.map(|it| it.range).collect())
}

/// A text with the mask over these ranges, which are in order and apart.
fn covered(text: &str, ranges: Vec<Range<usize>>) -> Cow<'_, str> {
    if ranges.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut shown = String::new();
    let mut from = 0;
    for range in ranges {
        shown.extend([&text[from..range.start], MASK]);
        from = range.end;
    }
    shown.push_str(&text[from..]);
    Cow::Owned(shown)
}

/// Ranges in order, those that overlap as one.
fn apart(mut all: Vec<Range<usize>>) -> Vec<Range<usize>> {
    all.sort_by_key(|it| (it.start, it.end));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for it in all {
        match apart.last_mut() {
            Some(last) if it.start <= last.end => last.end = last.end.max(it.end),
            _ => apart.push(it),
        }
    }
    apart
}

/// How a piece of source may come back in a message: line by line, and with its escapes undone.
fn spellings(source: &str) -> Vec<String> {
    let bare = source.trim_matches('"');
    let plain: Option<String> = serde_json::from_str(&format!("\"{bare}\"")).ok();
    let all = [Some(bare.to_owned()), plain].into_iter().flatten();
    let lines = all.flat_map(|text| {
        let lines = text.lines().map(|line| line.trim().to_owned());
        lines.collect::<Vec<_>>()
    });
    lines.collect::<BTreeSet<_>>().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::{MASK, Masks};
    use crate::diag::{Code, Diagnostic};
    use crate::source::{FileId, SourceMap, Span};

    fn masks(source: &str, places: &[&str]) -> (SourceMap, Masks) {
        let diagnostics = places.iter().map(|place| {
            let start = source.find(place).unwrap_or_default();
            let span = Span::new(FileId(0), start..start + place.len());
            Diagnostic::new(Code::InvalidText, span, "no").mask(span)
        });
        let diagnostics: Vec<_> = diagnostics.collect();
        let sources = SourceMap::single("app.todo", source);
        let masks = Masks::of(&sources, &diagnostics);
        (sources, masks)
    }

    #[test]
    fn what_looks_like_a_credential_is_masked_unasked() {
        let (_, masks) = masks("a = 'sk-abcdefghij01klmn23opqr'", &[]);
        let said = masks.over("no `sk-abcdefghij01klmn23opqr`").into_owned();
        assert_eq!(said, format!("no `{MASK}`"));
    }

    #[test]
    fn what_is_masked_is_masked_wherever_it_stands() {
        let (_, masks) = masks("a = \"hunter22/\\u0061b\" # x", &["\"hunter22/\\u0061b\""]);
        assert_eq!(
            masks.over("not hunter22/ab, hunter22/\\u0061b"),
            format!("not {MASK}, {MASK}")
        );
        assert_eq!(masks.over("hunter22"), "hunter22");
    }

    #[test]
    fn the_longest_of_two_that_begin_alike_is_masked() {
        let (_, masks) = masks("secret12 secret123", &["secret12", "secret123"]);
        assert_eq!(masks.over("secret123!secret12!"), format!("{MASK}!{MASK}!"));
    }

    #[test]
    fn a_short_one_is_masked_at_its_place_alone() {
        let (sources, masks) = masks("x ab ab", &["ab"]);
        assert_eq!(masks.over("ab"), "ab");
        let text = &sources.get(FileId(0)).expect("a file").text;
        let hidden = masks.within(FileId(0), text, &(0..7));
        assert_eq!(hidden.first(), Some(&(2..4)));
        assert_eq!(hidden.len(), 1);
    }

    #[test]
    fn what_reaches_into_a_range_is_masked_there() {
        let (sources, masks) = masks("é secret12 é secret12 é", &["secret12"]);
        let text = &sources.get(FileId(0)).expect("a file").text;
        assert_eq!(masks.within(FileId(0), text, &(5..20)), [5..11, 15..20]);
        assert!(masks.within(FileId(1), text, &(0..3)).is_empty());
    }
}
