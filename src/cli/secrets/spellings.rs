//! The spellings in which programs print a value, but for escapes, which are undone where they stand.

use super::secret::Secret;

/// The least characters of a value in base64 that are looked for within a longer text in base64: fewer stand in
/// any such text by accident.
const LEAST_INNER: usize = 12;

/// A value in base64: as it is and without blanks at its ends.
pub(super) fn in_base64(value: &Secret) -> Vec<Secret> {
    let trimmed = Secret::new(value.bytes().trim_ascii().to_vec());
    let mut texts = vec![value.base64()];
    if trimmed.bytes().len() < value.bytes().len() {
        texts.push(trimmed.base64());
    }
    texts
}

/// A text as it is searched: blanks and ends of lines are laid out anew by many programs, and URLs write a blank
/// as `+`, so that a run of those is one blank.
pub(super) fn laid_out(text: &Secret) -> Secret {
    let mut new = Secret::with_room(text.bytes().len());
    let mut is_blank = false;
    for byte in text.bytes() {
        if !(is_blank && blank(*byte)) {
            new.push(&[if blank(*byte) { b' ' } else { *byte }]);
        }
        is_blank = blank(*byte);
    }
    new
}

/// Whether a byte is searched as a blank.
pub(super) fn blank(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == b'+'
}

/// A value, of which there is its base64, in base64 without the signs at its end, as a part of a longer text, and
/// as URLs have it.
pub(super) fn encoded(value: &Secret, in_base64: &[Secret]) -> Vec<Secret> {
    let trimmed = Secret::new(value.bytes().trim_ascii().to_vec());
    let mut encoded = Vec::new();
    for whole in in_base64 {
        let padded = whole.bytes();
        let bare = padded.len() - padded.iter().rev().take_while(|it| **it == b'=').count();
        encoded.push(Secret::new(padded[..bare].to_vec()));
    }
    encoded.extend((0..3).filter_map(|before| within_base64(&trimmed, before)));
    let all = encoded.iter().chain(in_base64);
    let of_urls = all.filter_map(|text| replaced(text, &[(b'+', b"-"), (b'/', b"_")]));
    let of_urls: Vec<_> = of_urls.collect();
    encoded.extend(of_urls);
    encoded
}

/// What a value is in the base64 of a longer text, of which so many bytes of three stand before it: all but the
/// characters that hold bits of what is around it.
fn within_base64(value: &Secret, before: usize) -> Option<Secret> {
    let mut longer = Secret::with_room(value.bytes().len() + before);
    longer.push(&[0; 3][..before]);
    longer.push(value.bytes());
    let whole = longer.base64();
    let (first, end) = ((before * 8).div_ceil(6), longer.bytes().len() * 8 / 6);
    let inner = whole.bytes().get(first..end)?;
    (inner.len() >= LEAST_INNER).then(|| Secret::new(inner.to_vec()))
}

/// A text with others in place of some bytes, if it has one of them.
fn replaced(text: &Secret, others: &[(u8, &[u8])]) -> Option<Secret> {
    let other = |byte: u8| others.iter().find(|(from, _)| *from == byte);
    text.bytes().iter().find_map(|byte| other(*byte))?;
    let longest = others.iter().map(|(_, to)| to.len()).max()?;
    let mut new = Secret::with_room(longest * text.bytes().len());
    for byte in text.bytes() {
        match other(*byte) {
            Some((_, to)) => new.push(to),
            None => new.push(&[*byte]),
        }
    }
    Some(new)
}
