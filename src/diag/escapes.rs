//! What lines with escapes, percent-encoding or entities of HTML stand for. They are read more freely than any one language reads
//! them: whoever looks for what may not be shown has to see it in every spelling.

use std::ops::Range;

/// How often an escape may be escaped itself, as in JSON within a string.
const LEVELS: usize = 3;

/// The longest name or number of an entity, with the `;` behind it.
const LONGEST_ENTITY: usize = 9;

/// A line, and what it stands for.
pub(super) struct Decoded {
    /// What it stands for.
    pub(super) text: String,
    /// Where each byte of that begins in the text that the line is of.
    places: Vec<usize>,
    /// Where the line ends in it.
    end: usize,
}

impl Decoded {
    /// The place that a part of the line has in the text.
    pub(super) fn place(&self, range: &Range<usize>) -> Range<usize> {
        let at = |at: usize| self.places.get(at).copied().unwrap_or(self.end);
        at(range.start)..at(range.end)
    }
}

/// The lines of a text with escapes, percent-encoding or entities, once for each level of escapes; in time linear in the
/// length of the text.
pub(super) fn decoded(text: &str) -> impl Iterator<Item = Decoded> {
    lines_with(text, |byte| b"%\\&".contains(&byte)).flat_map(move |line| {
        let first = Decoded {
            text: text[line.clone()].to_owned(),
            places: line.clone().collect(),
            end: line.end,
        };
        let levels = std::iter::successors(Some(first), |before| {
            let (text, places) = unescaped(&before.text)?;
            let places = places.into_iter().map(|at| before.places[at]).collect();
            Some(Decoded {
                text,
                places,
                end: before.end,
            })
        });
        levels.skip(1).take(LEVELS)
    })
}

/// What a line stands for, and where each byte of that begins in it; `None` where that is the line itself.
fn unescaped(line: &str) -> Option<(String, Vec<usize>)> {
    let mut decoded = String::with_capacity(line.len());
    let mut places = Vec::with_capacity(line.len());
    let mut at = 0;
    while let Some(first) = line[at..].chars().next() {
        let (c, length) = escape(&line[at..]).unwrap_or((first, first.len_utf8()));
        decoded.push(c);
        places.resize(decoded.len(), at);
        at += length;
    }
    (decoded.len() < line.len()).then_some((decoded, places))
}

/// The character that an escape stands for, and the length of the escape.
fn escape(rest: &str) -> Option<(char, usize)> {
    let number = |digits: &str| {
        u32::from_str_radix(digits, 16)
            .ok()
            .and_then(char::from_u32)
    };
    if let Some(digits) = rest.strip_prefix('%') {
        return Some((number(digits.get(..2)?).filter(char::is_ascii)?, 3));
    }
    if let Some(behind) = rest.strip_prefix('&') {
        let end = behind
            .bytes()
            .take(LONGEST_ENTITY)
            .position(|it| it == b';')?;
        return Some((entity(behind.get(..end)?)?, end + 2));
    }
    let behind = rest.strip_prefix('\\')?;
    if let Some(digits) = behind.strip_prefix("u{") {
        let digits = &digits[..digits.find('}').filter(|end| *end <= 6)?];
        return Some((number(digits)?, digits.len() + 4));
    }
    let length = match *behind.as_bytes().first()? {
        b'x' => 2,
        b'u' => 4,
        b'U' => 8,
        b'n' | b'r' => return Some(('\n', 2)),
        b't' | b'b' | b'f' | b'v' | b'a' | b'e' | b'0' => return Some(('\t', 2)),
        // Also one that the language doesn't know, such as those of Markdown.
        sign if sign.is_ascii_punctuation() => return Some((char::from(sign), 2)),
        _ => return None,
    };
    Some((number(behind.get(1..=length)?)?, length + 2))
}

/// What an entity of HTML stands for, by its name or number.
pub(crate) fn entity(name: &str) -> Option<char> {
    const NAMES: &[(&str, char)] = &[
        ("amp", '&'),
        ("apos", '\''),
        ("colon", ':'),
        ("commat", '@'),
        ("equals", '='),
        ("gt", '>'),
        ("lowbar", '_'),
        ("lt", '<'),
        ("quot", '"'),
        ("sol", '/'),
    ];
    if let Some((_, c)) = NAMES.iter().find(|(it, _)| *it == name) {
        return Some(*c);
    }
    let number = name.strip_prefix('#')?;
    let number = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    char::from_u32(number.ok()?)
}

/// The lines that have one of some signs, which nearly none has.
fn lines_with(text: &str, is_sign: impl Fn(u8) -> bool) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let sign = at + bytes[at..].iter().position(|byte| is_sign(*byte))?;
        let before = bytes[at..sign].iter().rposition(|byte| *byte == b'\n');
        let start = before.map_or(at, |before| at + before + 1);
        let length = bytes[sign..].iter().position(|byte| *byte == b'\n');
        at = length.map_or(bytes.len(), |length| sign + length);
        Some(start..at)
    })
}

#[cfg(test)]
mod tests {
    use super::{decoded, lines_with};

    #[test]
    fn lines_are_found_whole() {
        let text = "a %b%\nc\td %\ne\n%";
        let found: Vec<_> = lines_with(text, |byte| byte == b'%').collect();
        assert_eq!(found, [0..5, 6..11, 14..15]);
    }

    #[test]
    fn escapes_stand_for_one_character_each() {
        let levels = |text: &str| -> Vec<String> { decoded(text).map(|it| it.text).collect() };
        for (text, expected) in [
            (r"a\nb", "a\nb"),
            (r"\u0020\x41\u{e9}\U00000042", " AéB"),
            ("100%25%7", "100%%7"),
            (r"ghp\_x\/y\-z", "ghp_x/y-z"),
            ("a &#103;&#x68;p&lowbar;&lt; &x; &", "a ghp_< &x; &"),
            (r"C:\dir\tmp\q", "C:\\dir\tmp\\q"),
        ] {
            assert_eq!(
                levels(text).first().map(String::as_str),
                Some(expected),
                "{text}"
            );
        }
        assert_eq!(levels(r"a\\\\n"), [r"a\\n", r"a\n", "a\n"]);
        assert_eq!(levels("a\\"), [""; 0]);
        assert_eq!(levels("50% é"), [""; 0]);
        let all: Vec<_> = decoded("é\nx \\u00e9 y").collect();
        assert_eq!(all[0].place(&(2..4)), 5..11);
        assert_eq!(all[0].place(&(4..6)), 11..13);
    }
}
