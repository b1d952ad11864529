//! What programs print, with `***` in place of every value that they were given.
//!
//! A value is found as it is and in the spellings of programs, and one of several lines also line by line, as
//! programs print it that lay YAML out anew; so are lines of base64 that is broken as programs break it. A long
//! line of either is also found as a word among others. The search takes the bytes as they come, in time linear
//! in them.

use super::needle::Needle;
use super::secret::Secret;
use super::spellings;
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

/// What must not be shown.
pub(super) struct Mask {
    needles: Vec<Needle>,
    /// Lines of values of several, without blanks around them.
    lines: BTreeSet<Vec<u8>>,
    /// Whether a value is too short to be found, so that nothing can be shown.
    pub(super) hides_all: bool,
}

impl Mask {
    /// One for these values.
    pub(super) fn of<'v>(values: impl Iterator<Item = &'v Secret>) -> Self {
        let mut mask = Mask {
            needles: Vec::new(),
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
        let known = |text: &Secret, needles: &[Needle]| {
            needles.iter().any(|it| it.text.bytes() == text.bytes())
        };
        let mut texts = spellings::in_base64(value);
        for text in &texts {
            self.add_broken(text);
        }
        texts.extend(spellings::others(value, &texts));
        texts.push(Secret::new(bytes.to_vec()));
        for text in texts {
            if !known(&text, &self.needles) {
                self.needles.push(Needle::of(text));
            }
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
            fits: vec![0; mask.needles.len()],
            held: Secret::with_room(0),
            searched: 0,
            lines: 0,
            found: Vec::new(),
            masked: false,
        }
    }

    /// Takes more in, and gives what can be shown of it.
    pub(super) fn pass(&mut self, bytes: &[u8]) -> Vec<u8> {
        let before = self.held.bytes().len();
        self.held.push(bytes);
        for (at, &byte) in bytes.iter().enumerate() {
            let end = before + at + 1;
            for (needle, fits) in self.mask.needles.iter().zip(&mut self.fits) {
                *fits = needle.step(*fits, byte);
                if *fits == needle.text.bytes().len() {
                    let mut begin = end - *fits;
                    while let Some(&(first, last)) = self.found.last()
                        && last >= begin
                    {
                        begin = begin.min(first);
                        self.found.pop();
                    }
                    self.found.push((begin, end));
                }
            }
        }
        let held = self.held.bytes();
        // What may yet be the beginning of a value stays, with the line that it is in.
        let most = self.fits.iter().copied().max().unwrap_or(0);
        let open = held.len() - most;
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

    /// What is left, when nothing more comes.
    pub(super) fn end(&mut self) -> Vec<u8> {
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
mod tests {
    use super::{Filter, Mask};
    use crate::cli::secrets::secret::Secret;

    fn mask(values: &[&str]) -> Mask {
        let values: Vec<_> = values
            .iter()
            .map(|it| Secret::new(it.as_bytes().to_vec()))
            .collect();
        Mask::of(values.iter())
    }

    /// A text behind a mask; the same whatever the pieces in which it comes.
    fn shown(values: &[&str], text: &str) -> String {
        let mask = mask(values);
        let whole = mask.over(text.as_bytes());
        for size in [1, 2, 3, 7, 64] {
            let mut filter = Filter::new(&mask);
            let mut pieces = Vec::new();
            for piece in text.as_bytes().chunks(size) {
                pieces.extend(filter.pass(piece));
            }
            pieces.extend(filter.end());
            assert_eq!(pieces, whole, "{text:?} in pieces of {size}");
            assert_eq!(filter.masked, whole != text.as_bytes());
        }
        String::from_utf8(whole).expect("UTF-8")
    }

    #[test]
    fn a_value_is_masked_in_every_spelling() {
        let values = &["s3cr\"t", "hunter22"];
        assert_eq!(shown(values, "a hunter22 b hunter22"), "a *** b ***");
        assert_eq!(shown(values, "hunter2 hunter222"), "hunter2 ***2");
        assert_eq!(shown(values, "x: aHVudGVyMjI=\n"), "x: ***\n");
        assert_eq!(shown(values, r#"{"a":"s3cr\"t"}"#), r#"{"a":"***"}"#);
        assert_eq!(shown(values, "hunter22hunter22"), "***");
        assert_eq!(shown(values, "x: aHVudGVyMjI.\n"), "x: ***.\n");
        assert_eq!(
            shown(&["it's <b>&"], r"'it''s <b>&' 'it'\''s <b>&'"),
            "'***' '***'"
        );
        assert_eq!(
            shown(&["it's <b>&"], r#""it's \u003cb\u003e\u0026""#),
            "\"***\""
        );
        // `user:`, `my-user:` and `a-user:` before it.
        let long = &["hunter22-of-a-long-name"];
        for encoded in [
            "dXNlcjpodW50ZXIyMi1vZi1hLWxvbmctbmFtZQ==",
            "bXktdXNlcjpodW50ZXIyMi1vZi1hLWxvbmctbmFtZQ==",
            "YS11c2VyOmh1bnRlcjIyLW9mLWEtbG9uZy1uYW1l",
        ] {
            let text = shown(long, encoded);
            assert!(text.contains("***") && text.len() < 20, "{text}");
        }
        let odd = &["\u{fb}\u{ff}\u{fe}\u{ff}\u{fb}>>>???"];
        assert_eq!(shown(odd, "w7vDv8O-w7_Duz4-Pj8_Pw"), "***");
        assert_eq!(shown(values, ""), "");
        assert_eq!(shown(&[], "hunter22"), "hunter22");
    }

    #[test]
    fn values_that_overlap_are_masked_whole() {
        assert_eq!(shown(&["aaaa"], "baaaaaab"), "b***b");
        assert_eq!(
            shown(&["abcd", "cdef", "xabcdefx"], "-abcdef-xabcdefx-"),
            "-***-***-"
        );
        assert_eq!(shown(&["aabaab", "abaac"], "aabaabaac"), "***");
        assert_eq!(shown(&["one\ntwo", "two!"], "one\ntwo!\n"), "***\n");
    }

    #[test]
    fn values_of_several_lines_are_masked_line_by_line() {
        let pem = "-----BEGIN KEY-----\nMIIabc\nx\n-----END KEY-----\n";
        let laid_out =
            "key: |\n  -----BEGIN KEY-----\n  MIIabc\n  x\n  -----END KEY-----\nMIIabcd\n";
        assert_eq!(
            shown(&[pem], laid_out),
            "key: |\n  ***\n  ***\n  x\n  ***\nMIIabcd\n"
        );
        assert_eq!(shown(&[pem], pem), "***\n");
        assert_eq!(shown(&[pem], &format!("{pem:?}")), "\"***\"");
        assert_eq!(shown(&[pem], "MIIabc"), "***");
        let line = "PLpPdnsw8ZQXmZ8Wja9FYgP7a1v9Kask";
        let long = format!("{pem}{line}\nend");
        let told = format!("can't read \"{line}\": x{line}\n");
        assert_eq!(
            shown(&[&long], &told),
            format!("can't read \"***\": x{line}\n")
        );
    }

    #[test]
    fn base64_is_masked_where_it_is_broken() {
        let value = "v".repeat(200) + "!";
        let encoded = Secret::new(value.as_bytes().to_vec()).base64();
        let encoded = encoded.text().expect("ASCII").to_owned();
        for wrap in [76, 64, 80, 72] {
            let lines = encoded.as_bytes().chunks(wrap);
            let lines = lines.map(|line| std::str::from_utf8(line).expect("ASCII"));
            for indent in ["", "    "] {
                let text: String = lines
                    .clone()
                    .flat_map(|line| [indent, line, "\n"])
                    .collect();
                let text = shown(&[&value], &format!("a:\n{text}b\n"));
                assert!(text.starts_with(&format!("a:\n{indent}***\n")), "{text}");
                assert!(
                    !text.contains(&encoded[..20]) && text.ends_with("\nb\n"),
                    "{text}"
                );
                assert!(!text.contains("dnZ2"), "{text}");
            }
        }
    }

    #[test]
    fn beside_a_short_value_nothing_can_be_shown() {
        assert!(mask(&["123", "long enough"]).hides_all);
        assert!(mask(&["1 "]).hides_all);
        assert!(!mask(&["1234", ""]).hides_all);
    }

    #[test]
    fn a_long_value_takes_linear_time() {
        let value = "a".repeat(900_000) + "b";
        let text = "a".repeat(2_000_000) + "\n" + &value + "\nend\n";
        let shown = mask(&[&value]).over(text.as_bytes());
        assert!(shown.ends_with(b"\n***\nend\n") && shown.len() > 2_000_000);
    }
}
