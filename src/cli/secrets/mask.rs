//! What programs print, with `***` in place of every value that they were given.
//!
//! A value is found as it is and in the spellings of programs, and one of several lines also line by line, as
//! programs print it that lay YAML out anew; so are lines of base64 that is broken as programs break it. A long
//! line of either is also found as a word among others. The text is looked at as what its escapes stand for as
//! well. The search takes the bytes as they come, in time linear in them.

use super::decoder::Escaping;
use super::needle::Needle;
use super::secret::Secret;
use super::spellings;
use super::track::Track;
use std::collections::BTreeSet;

/// What stands in place of a value.
const MASK: &[u8] = b"***";

/// The least bytes of a value that is looked for. Shorter ones stand in any text by accident.
const LEAST: usize = 4;

/// The columns at which programs break base64: `base64` of GNU and MIME, PEM, and what fits a terminal.
const WRAPS: [usize; 6] = [76, 64, 60, 70, 72, 80];

/// The least bytes of a line of a value that is looked for among other words.
const LEAST_WORD: usize = 16;

/// Most bytes of one line that are held back until its end is known.
const LONGEST_LINE: usize = 4 << 20;

/// The escapes that a text is looked at without: one kind, or one within another, as in JSON within a string.
const ESCAPED: [&[Escaping]; 7] = [
    &[Escaping::Characters],
    &[Escaping::Bytes],
    &[Escaping::Characters, Escaping::Characters],
    &[
        Escaping::Characters,
        Escaping::Characters,
        Escaping::Characters,
    ],
    &[Escaping::Percent],
    &[Escaping::Percent, Escaping::Percent],
    &[Escaping::Entities],
];

/// What must not be shown.
pub(super) struct Mask {
    /// Values as they are.
    plain: Vec<Needle>,
    /// Values in base64.
    encoded: Vec<Needle>,
    /// Values in the strings of other languages.
    spelled: Vec<Needle>,
    /// Lines of values of several, without blanks around them.
    lines: BTreeSet<Vec<u8>>,
    /// Whether a value is too short to be found, so that nothing can be shown.
    pub(super) hides_all: bool,
}

impl Mask {
    /// One for these values.
    pub(super) fn of<'v>(values: impl Iterator<Item = &'v Secret>) -> Self {
        let mut mask = Mask {
            plain: Vec::new(),
            encoded: Vec::new(),
            spelled: Vec::new(),
            lines: BTreeSet::new(),
            hides_all: false,
        };
        for value in values {
            mask.add(value);
        }
        mask
    }

    /// Takes in another value.
    pub(super) fn add(&mut self, value: &Secret) {
        let bytes = value.bytes().trim_ascii();
        if bytes.is_empty() {
            return;
        }
        if bytes.len() < LEAST {
            self.hides_all = true;
            return;
        }
        let in_base64 = spellings::in_base64(value);
        for text in &in_base64 {
            self.add_broken(text);
        }
        add(&mut self.plain, vec![Secret::new(bytes.to_vec())]);
        add(&mut self.encoded, spellings::encoded(value, &in_base64));
        add(&mut self.encoded, in_base64);
        add(&mut self.spelled, spellings::others(value));
        if bytes.contains(&b'\n') {
            let lines = bytes.split(|it| *it == b'\n').map(<[u8]>::trim_ascii);
            let lines = lines.filter(|line| line.len() >= LEAST);
            self.lines.extend(lines.map(<[u8]>::to_vec));
        }
    }

    /// Takes in the lines of a text in base64 where it is broken.
    fn add_broken(&mut self, text: &Secret) {
        for wrap in WRAPS.into_iter().filter(|wrap| text.bytes().len() > *wrap) {
            let lines = text.bytes().chunks(wrap);
            let lines = lines.filter(|line| line.len() >= LEAST);
            self.lines.extend(lines.map(<[u8]>::to_vec));
        }
    }

    /// What is looked for in a text as it is.
    fn needles(&self) -> impl Iterator<Item = &Needle> {
        let needles = self.plain.iter().chain(&self.encoded);
        needles.chain(&self.spelled)
    }

    /// The ways in which a text is looked at without its escapes.
    fn tracks(&self) -> Vec<Track<'_>> {
        let tracks = ESCAPED.iter().map(|chain| {
            // Escapes of one kind may stand in base64 as well, as PHP writes a slash.
            let needles = self.plain.iter();
            match chain {
                [kind] if *kind != Escaping::Bytes => {
                    Track::new(chain, needles.chain(&self.encoded).collect())
                }
                _ => Track::new(chain, needles.collect()),
            }
        });
        let broken = Track::new(&[Escaping::Broken], self.encoded.iter().collect());
        tracks.chain([broken]).collect()
    }

    /// Shows a line without words that are long lines of values; says whether there were any.
    fn without_words(&self, line: &[u8], shown: &mut Vec<u8>) -> bool {
        let ends = |byte: &u8| byte.is_ascii_whitespace() || b"\"'`,;<>()[]{}|".contains(byte);
        let mut masked = false;
        for word in line.split_inclusive(ends) {
            let length = word.len() - usize::from(word.last().is_some_and(ends));
            let (inner, end) = word.split_at(length);
            let is_one = inner.len() >= LEAST_WORD && self.lines.contains(inner);
            shown.extend_from_slice(if is_one { MASK } else { inner });
            shown.extend_from_slice(end);
            masked |= is_one;
        }
        masked
    }

    /// A whole text with the mask over what must not be shown.
    pub(super) fn over(&self, text: &[u8]) -> Vec<u8> {
        let mut filter = Filter::new(self);
        let mut shown = filter.pass(text);
        shown.extend(filter.end());
        shown
    }
}

/// Adds texts that aren't looked for yet.
fn add(needles: &mut Vec<Needle>, texts: Vec<Secret>) {
    for text in texts {
        let mut known = needles.iter();
        if !known.any(|it| it.text.bytes() == text.bytes()) {
            needles.push(Needle::of(text));
        }
    }
}

impl Drop for Mask {
    fn drop(&mut self) {
        for line in std::mem::take(&mut self.lines) {
            drop(Secret::new(line));
        }
    }
}

/// A text that is passed on as it comes, but for what must not be shown.
pub(super) struct Filter<'m> {
    mask: &'m Mask,
    /// How much of each needle fits at the end of what came.
    fits: Vec<usize>,
    /// What came, without its escapes.
    tracks: Vec<Track<'m>>,
    /// How many bytes were passed on.
    gone: usize,
    /// What came and wasn't passed on.
    held: Secret,
    /// How many of its bytes were searched for ends of lines, and how many are whole lines.
    searched: usize,
    lines: usize,
    /// Where in it values stand, each behind the one before it.
    found: Vec<(usize, usize)>,
    /// Whether anything was masked.
    pub(super) masked: bool,
}

impl<'m> Filter<'m> {
    /// One that nothing came to.
    pub(super) fn new(mask: &'m Mask) -> Self {
        Filter {
            mask,
            fits: vec![0; mask.needles().count()],
            tracks: mask.tracks(),
            gone: 0,
            held: Secret::with_room(0),
            searched: 0,
            lines: 0,
            found: Vec::new(),
            masked: false,
        }
    }

    /// Takes more in, and gives what can be shown of it.
    pub(super) fn pass(&mut self, bytes: &[u8]) -> Vec<u8> {
        let before = self.gone + self.held.bytes().len();
        let mut places = Vec::new();
        self.held.push(bytes);
        for (at, &byte) in bytes.iter().enumerate() {
            let end = before + at + 1;
            for (needle, fits) in self.mask.needles().zip(&mut self.fits) {
                *fits = needle.step(*fits, byte);
                if *fits == needle.text.bytes().len() {
                    places.push((end - *fits, end));
                }
            }
            for track in &mut self.tracks {
                track.take(byte, end - 1, &mut places);
            }
            for (begin, end) in places.drain(..) {
                self.add(begin - self.gone, end - self.gone);
            }
        }
        let held = self.held.bytes();
        // What may yet be the beginning of a value stays, with the line that it is in.
        let most = self.fits.iter().copied().max().unwrap_or(0);
        let tracks = self.tracks.iter().filter_map(Track::open);
        let open = tracks.map(|it| it - self.gone);
        let open = open.min().unwrap_or(held.len()).min(held.len() - most);
        // As much as comes, as much more is open: nothing is looked at twice.
        let new = held.get(self.searched..open).unwrap_or_default();
        if let Some(at) = new.iter().rposition(|it| *it == b'\n') {
            self.lines = self.searched + at + 1;
        }
        self.searched = self.searched.max(open);
        if self.lines > 0 {
            return self.show(self.lines);
        }
        if held.len() > LONGEST_LINE {
            return self.show(open);
        }
        Vec::new()
    }

    /// Takes in that a value stands somewhere in what is held.
    fn add(&mut self, mut begin: usize, mut end: usize) {
        while let Some(&(first, last)) = self.found.last()
            && last >= begin
        {
            begin = begin.min(first);
            end = end.max(last);
            self.found.pop();
        }
        self.found.push((begin, end));
    }

    /// What is left, when nothing more comes.
    pub(super) fn end(&mut self) -> Vec<u8> {
        let mut places = Vec::new();
        for track in &mut self.tracks {
            track.end(&mut places);
        }
        for (begin, end) in places {
            self.add(begin - self.gone, end - self.gone);
        }
        self.show(self.held.bytes().len())
    }

    /// What can be shown up to a place that is the end of a line, or of all.
    fn show(&mut self, mut end: usize) -> Vec<u8> {
        if let Some((begin, _)) = self
            .found
            .iter()
            .find(|(begin, last)| *begin < end && end < *last)
        {
            end = *begin;
        }
        if end == 0 {
            return Vec::new();
        }
        self.gone += end;
        self.searched = self.searched.saturating_sub(end);
        self.lines = self.lines.saturating_sub(end);
        let mut text = Vec::new();
        let mut at = 0;
        let later = self.found.iter().position(|(begin, _)| *begin >= end);
        let later = self.found.split_off(later.unwrap_or(self.found.len()));
        for (begin, last) in std::mem::take(&mut self.found) {
            text.extend_from_slice(self.held.bytes().get(at..begin).unwrap_or_default());
            text.extend_from_slice(MASK);
            at = last;
            self.masked = true;
        }
        text.extend_from_slice(self.held.bytes().get(at..end).unwrap_or_default());
        self.found = later
            .into_iter()
            .map(|(begin, last)| (begin - end, last - end))
            .collect();
        let rest = self.held.bytes().get(end..).unwrap_or_default().to_vec();
        self.held = Secret::new(rest);
        self.without_lines(text)
    }

    /// A text without lines of values.
    fn without_lines(&mut self, text: Vec<u8>) -> Vec<u8> {
        if self.mask.lines.is_empty() {
            return text;
        }
        let mut shown = Vec::with_capacity(text.len());
        for line in text.split_inclusive(|it| *it == b'\n') {
            let inner = line.trim_ascii();
            if self.mask.lines.contains(inner) {
                self.masked = true;
                let begin = line.len() - line.trim_ascii_start().len();
                shown.extend_from_slice(&line[..begin]);
                shown.extend_from_slice(MASK);
                shown.extend_from_slice(&line[line.trim_ascii_end().len()..]);
            } else {
                self.masked |= self.mask.without_words(line, &mut shown);
            }
        }
        drop(Secret::new(text));
        shown
    }
}

#[cfg(test)]
mod tests;
