//! What programs print, with `***` in place of every value that they were given.
//!
//! A value is found as it is, with its blanks laid out anew, and in base64. The text is looked at as what its
//! escapes, quotes and runs of base64 stand for as well, also one within another. One of several lines is also
//! found line by line, and so are lines of base64 that is broken as programs break it; a long line of either is
//! found as a word among others. The search takes the bytes as they come, in time linear in them.

use super::escaping::Escaping;
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

/// What a text is looked at without: each by itself, and one within another.
const ESCAPES: [Escaping; 5] = [
    Escaping::Characters,
    Escaping::Percent,
    Escaping::Entities,
    Escaping::Quotes,
    Escaping::Base64,
];

/// What must not be shown.
pub(super) struct Mask {
    /// Values as they are.
    plain: Vec<Needle>,
    /// Values in base64, also as a part of a longer text.
    encoded: Vec<Needle>,
    /// Whether one of them has bytes that aren't ASCII.
    has_bytes: bool,
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
            has_bytes: false,
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
        let laid_out = spellings::laid_out(&Secret::new(bytes.to_vec()));
        if laid_out.bytes().len() < LEAST {
            self.hides_all = true;
            return;
        }
        self.has_bytes |= !bytes.is_ascii();
        let in_base64 = spellings::in_base64(value);
        for text in &in_base64 {
            self.add_broken(text);
        }
        add(&mut self.plain, laid_out);
        let encoded = spellings::encoded(value, &in_base64);
        for text in encoded.iter().chain(&in_base64) {
            add(&mut self.encoded, spellings::laid_out(text));
        }
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

    /// The ways in which a text is looked at. The end of each is one as well.
    fn chains(&self) -> Vec<Vec<Escaping>> {
        let mut chains = vec![vec![], vec![Escaping::Broken]];
        chains.push(vec![Escaping::Characters; 3]);
        chains.push(vec![Escaping::Broken, Escaping::Base64]);
        chains.push(vec![
            Escaping::Broken,
            Escaping::Base64,
            Escaping::Characters,
        ]);
        let bytes = self.has_bytes.then_some(Escaping::Bytes);
        if let Some(first) = bytes {
            chains.extend(ESCAPES.map(|last| vec![first, last]));
        }
        for last in ESCAPES.into_iter().chain(bytes) {
            chains.push(vec![last]);
            chains.extend(ESCAPES.map(|first| vec![first, last]));
        }
        chains
    }

    fn tracks(&self) -> Vec<Track<'_>> {
        let chains = self.chains().into_iter();
        let tracks = chains.map(|chain| {
            // In decoded base64, a value is looked for as it is; elsewhere in base64 too, as a part of a longer run.
            let encoded = !chain.contains(&Escaping::Base64) && !chain.contains(&Escaping::Bytes);
            let encoded = self.encoded.iter().filter(|_| encoded);
            Track::new(&chain, self.plain.iter().chain(encoded).collect())
        });
        tracks.collect()
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

/// Adds a text that isn't looked for yet.
fn add(needles: &mut Vec<Needle>, text: Secret) {
    let mut known = needles.iter();
    let is_long = text.bytes().len() >= LEAST;
    if is_long && !known.any(|it| it.text.bytes() == text.bytes()) {
        needles.push(Needle::of(text));
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
    /// What came, as it is and without its escapes.
    tracks: Vec<Track<'m>>,
    /// The last bytes that came, and how many of them a track wants to see again.
    recent: Secret,
    memory: usize,
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
        let tracks = mask.tracks();
        let memory = tracks.iter().map(Track::memory).max().unwrap_or(0);
        Filter {
            mask,
            tracks,
            recent: Secret::with_room(2 * memory),
            memory,
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
            for track in &mut self.tracks {
                track.take(byte, before + at, self.recent.bytes(), &mut places);
            }
            self.remember(byte);
            for (begin, end) in places.drain(..) {
                self.add(begin.saturating_sub(self.gone), end - self.gone);
            }
        }
        let held = self.held.bytes();
        // What may yet be the beginning of a value stays, with the line that it is in.
        let tracks = self.tracks.iter().filter_map(Track::open);
        let open = tracks.map(|it| it.saturating_sub(self.gone));
        let open = open.min().unwrap_or(held.len()).min(held.len());
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

    fn remember(&mut self, byte: u8) {
        if self.recent.bytes().len() >= 2 * self.memory {
            let mut last = Secret::with_room(2 * self.memory);
            let bytes = self.recent.bytes();
            last.push(&bytes[bytes.len() - self.memory..]);
            self.recent = last;
        }
        self.recent.push(&[byte]);
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
            self.add(begin.saturating_sub(self.gone), end - self.gone);
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
