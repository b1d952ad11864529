//! Credentials in runs of base64 and of hexadecimal digits.

use super::logins;
use super::plain::plain;
use super::tokens::Credential;
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::GeneralPurpose;
use std::ops::Range;

/// The shortest run of base64 that is decoded: it would hold thirty bytes.
const LEAST_ENCODED: usize = 40;
/// The shortest line of base64 that is broken.
const LEAST_LINE: usize = 16;
/// The most bytes between two lines of it: blanks and quotes.
const LONGEST_JOINT: usize = 80;
/// The longest part of such a run that is decoded, in bytes.
const MOST_ENCODED: usize = 64 << 10;

/// Long runs of base64, or of hexadecimal digits, that stand for a text with a credential.
pub(super) fn encoded(text: &str) -> impl Iterator<Item = Credential> {
    let runs = runs(text, LEAST_ENCODED, is_base64);
    runs.filter_map(|word| {
        let (found, _) = within(&text[word.start..word.end.min(word.start + MOST_ENCODED)])?;
        Some(Credential {
            range: word.start..word.end + signs(text, word.end),
            ..found
        })
    })
}

/// Base64 that is broken into lines, the first of them long enough, that stands for a text with a credential.
pub(super) fn broken(text: &str) -> impl Iterator<Item = Credential> {
    let mut seen = 0;
    runs(text, LEAST_LINE, is_base64).filter_map(move |first| {
        if first.start < seen {
            return None;
        }
        let second = next_line(text, first.end)?;
        let mut lines = vec![first.clone(), second];
        while let Some(next) = lines.last().and_then(|last| next_line(text, last.end)) {
            lines.push(next);
        }
        seen = lines.last()?.end;
        let mut whole: String = lines.iter().map(|line| &text[line.clone()]).collect();
        whole.truncate(MOST_ENCODED);
        let is_long = whole.len() >= LEAST_ENCODED;
        let (found, mut length) = is_long.then(|| within(&whole)).flatten()?;
        // What follows the line with its end is none of it.
        let last = lines.iter().find(|line| {
            let is_last = line.len() >= length;
            length = length.saturating_sub(line.len());
            is_last
        });
        let end = last.or(lines.last())?.end;
        Some(Credential {
            range: first.start..end + signs(text, end),
            ..found
        })
    })
}

/// The line of base64 behind one that ends at a byte, as formats break a text: with nothing but blanks and quotes
/// between them.
fn next_line(text: &str, end: usize) -> Option<Range<usize>> {
    let behind = &text[end..];
    let joint = behind.find(|c: char| !c.is_whitespace() && !"\"',\\".contains(c))?;
    (joint <= LONGEST_JOINT && behind[..joint].contains('\n')).then_some(())?;
    let start = end + joint;
    let line = text[start..].bytes().take_while(|byte| is_base64(*byte));
    Some(start..start + line.count()).filter(|line| !line.is_empty())
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte)
}

/// How many `=` end base64.
fn signs(text: &str, end: usize) -> usize {
    let behind = text[end..].bytes().take(2);
    behind.take_while(|byte| *byte == b'=').count()
}

/// The first credential in what base64 or hexadecimal digits stand for, and how many of its characters it takes
/// with what is before it.
fn within(run: &str) -> Option<(Credential, usize)> {
    if run.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let pairs = run.as_bytes().chunks_exact(2);
        let bytes = pairs.filter_map(|pair| {
            let pair = std::str::from_utf8(pair).ok()?;
            u8::from_str_radix(pair, 16).ok()
        });
        let text: Vec<u8> = bytes.collect();
        let found = plain(&String::from_utf8_lossy(&text)).into_iter().next();
        if let Some(found) = found {
            let length = found.range.end * 2;
            return Some((found, length));
        }
    }
    // As URLs have it, and as a path or a shell's `:-` may stand right in front of it.
    let run: Vec<u8> = run.bytes().map(in_standard_base64).collect();
    let starts = 0..run.len().min(4);
    let mut found = starts.filter_map(|start| {
        let run = &run[start..];
        // One letter alone stands for nothing.
        let whole = run.len() - usize::from(run.len() % 4 == 1);
        let engine = GeneralPurpose::new(&STANDARD, logins::LENIENT);
        let bytes = engine.decode(&run[..whole]).ok()?;
        let found = plain(&String::from_utf8_lossy(&bytes)).into_iter().next()?;
        let length = start + (found.range.end * 4).div_ceil(3);
        Some((found, length))
    });
    found.next()
}

/// A character of either alphabet, in the first of them.
fn in_standard_base64(byte: u8) -> u8 {
    match byte {
        b'-' => b'+',
        b'_' => b'/',
        other => other,
    }
}

/// The longest runs of some bytes, all of them ASCII, that have so many or more.
fn runs(
    text: &str,
    least: usize,
    is_in: impl Fn(u8) -> bool,
) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = 0;
    std::iter::from_fn(move || {
        // None begins in front of the last other byte within its least length.
        while let Some(other) = bytes
            .get(start..start + least)?
            .iter()
            .rposition(|byte| !is_in(*byte))
        {
            start += other + 1;
        }
        let length = bytes[start..].iter().position(|byte| !is_in(*byte));
        let end = length.map_or(bytes.len(), |length| start + length);
        Some(std::mem::replace(&mut start, end)..end)
    })
}

#[cfg(test)]
mod tests {
    use super::runs;

    #[test]
    fn runs_are_found_whole() {
        let text = "abc abcd, abcdef éabcde";
        let letters = |byte: u8| byte.is_ascii_alphanumeric();
        let found: Vec<_> = runs(text, 4, letters).collect();
        assert_eq!(found, [4..8, 10..16, 19..24]);
        assert_eq!(runs("abc", 4, letters).next(), None);
    }
}
