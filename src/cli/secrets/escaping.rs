//! How programs write what their format takes for something else, and what it stands for.

use crate::diag;

/// How programs write what their format takes for something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Escaping {
    /// Behind a backslash, where `\xE9` is a character.
    Characters,
    /// The same, where `\xE9` is a byte.
    Bytes,
    /// `%E9`, as in URLs.
    Percent,
    /// `&lt;` and `&#60;`, as in HTML.
    Entities,
    /// Quotes within quotes: doubled, as in YAML and CSV, or between quotes of a shell.
    Quotes,
    /// Runs of base64, of either alphabet.
    Base64,
    /// A word that is broken anywhere: by ends of lines, blanks, quotes and commas.
    Broken,
}

/// What is known of bytes that may begin an escape.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Read {
    /// More must come.
    Open,
    /// The first of them stands for itself.
    Plain,
    /// So many of them stand for this text, which may be empty.
    Stands(usize, Vec<u8>),
}

/// The longest escape: a pair for one character, as in `\ud83d\ude00`.
pub(super) const LONGEST: usize = 12;

impl Escaping {
    /// Whether a byte may begin an escape.
    pub(super) fn begins(self, byte: u8) -> bool {
        match self {
            Escaping::Characters | Escaping::Bytes => byte == b'\\',
            Escaping::Percent => byte == b'%',
            Escaping::Entities => byte == b'&',
            Escaping::Quotes => b"'\"".contains(&byte),
            Escaping::Base64 => sextet(byte).is_some(),
            Escaping::Broken => b" \t\r\n\"',\\".contains(&byte),
        }
    }

    /// What bytes stand for of which the first begins an escape.
    pub(super) fn read(self, bytes: &[u8]) -> Read {
        match self {
            Escaping::Characters | Escaping::Bytes => self.behind_backslash(bytes),
            Escaping::Percent => match digits(bytes.get(1..).unwrap_or_default(), 16, 2) {
                Digits::All(number) => Read::Stands(3, vec![low_byte(number)]),
                Digits::Some => Read::Open,
                Digits::Others => Read::Plain,
            },
            Escaping::Entities => entity(bytes),
            Escaping::Quotes => quote(bytes),
            // It has its own way.
            Escaping::Base64 => Read::Plain,
            Escaping::Broken => match bytes {
                [b'\\'] => Read::Open,
                [b'\\', b'n' | b'r' | b't', ..] => Read::Stands(2, Vec::new()),
                _ => Read::Stands(1, Vec::new()),
            },
        }
    }

    fn behind_backslash(self, bytes: &[u8]) -> Read {
        let (Some(kind), rest) = (bytes.get(1), bytes.get(2..).unwrap_or_default()) else {
            return Read::Open;
        };
        let fixed = |length: usize| match digits(rest, 16, length) {
            Digits::All(number) => self.stands(length + 2, number),
            Digits::Some => Read::Open,
            Digits::Others => Read::Plain,
        };
        match kind {
            b'n' => Read::Stands(2, b"\n".to_vec()),
            b'r' => Read::Stands(2, b"\r".to_vec()),
            b't' => Read::Stands(2, b"\t".to_vec()),
            b'a' => Read::Stands(2, vec![7]),
            b'b' => Read::Stands(2, vec![8]),
            b'v' => Read::Stands(2, vec![11]),
            b'f' => Read::Stands(2, vec![12]),
            b'e' => Read::Stands(2, vec![27]),
            b'N' => Read::Stands(2, "\u{85}".into()),
            b'_' => Read::Stands(2, "\u{a0}".into()),
            b'L' => Read::Stands(2, "\u{2028}".into()),
            b'P' => Read::Stands(2, "\u{2029}".into()),
            b'\n' => Read::Stands(2, Vec::new()),
            b'x' => fixed(2),
            b'U' => fixed(8),
            b'u' if rest.first() == Some(&b'{') => self.in_braces(rest),
            b'u' => match digits(rest, 16, 4) {
                Digits::All(high @ 0xd800..=0xdbff) => {
                    pair(high, rest.get(4..).unwrap_or_default())
                }
                Digits::All(_) | Digits::Some | Digits::Others => fixed(4),
            },
            b'0'..=b'7' => self.octal(bytes),
            sign if sign.is_ascii_punctuation() || *sign == b' ' => Read::Stands(2, vec![*sign]),
            _ => Read::Plain,
        }
    }

    /// What `\u{e9}` stands for, from its brace on.
    fn in_braces(self, rest: &[u8]) -> Read {
        let inner = rest.get(1..).unwrap_or_default();
        match inner.iter().position(|it| !it.is_ascii_hexdigit()) {
            None if inner.len() <= 6 => Read::Open,
            Some(end) if end > 0 && inner.get(end) == Some(&b'}') => match digits(inner, 16, end) {
                Digits::All(number) => self.stands(end + 4, number),
                Digits::Some | Digits::Others => Read::Plain,
            },
            _ => Read::Plain,
        }
    }

    /// Up to three octal digits: one more may come.
    fn octal(self, bytes: &[u8]) -> Read {
        let most = bytes.iter().skip(1).take(3);
        let length = most.take_while(|it| (b'0'..=b'7').contains(*it)).count();
        if length < 3 && bytes.len() == length + 1 {
            return Read::Open;
        }
        match digits(bytes.get(1..).unwrap_or_default(), 8, length) {
            Digits::All(number) => self.stands(length + 1, number),
            Digits::Some | Digits::Others => Read::Plain,
        }
    }

    /// So many bytes stand for a character, or for a byte.
    fn stands(self, taken: usize, number: u32) -> Read {
        if self == Escaping::Bytes && taken <= 4 && number <= 0xff {
            return Read::Stands(taken, vec![low_byte(number)]);
        }
        match char::from_u32(number) {
            Some(c) => Read::Stands(taken, c.to_string().into_bytes()),
            None => Read::Plain,
        }
    }
}

/// The six bits that a character of base64 stands for.
pub(super) fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

/// What a quote within quotes stands for.
fn quote(bytes: &[u8]) -> Read {
    const ONE: [&[u8]; 3] = [b"''", b"'\\''", b"'\"'\"'"];
    const SPELLINGS: [(&[&[u8]], u8); 2] = [(&ONE, b'\''), (&[b"\"\""], b'"')];
    let all = SPELLINGS.iter();
    let all = all.flat_map(|(texts, byte)| texts.iter().map(move |text| (*text, *byte)));
    let mut is_open = false;
    for (text, byte) in all {
        if bytes.starts_with(text) {
            return Read::Stands(text.len(), vec![byte]);
        }
        is_open |= text.starts_with(bytes);
    }
    if is_open { Read::Open } else { Read::Plain }
}

/// The lowest eight bits of a number.
pub(super) fn low_byte(number: u32) -> u8 {
    number.to_le_bytes()[0]
}

/// The second half of a pair of escapes, behind the first.
fn pair(high: u32, rest: &[u8]) -> Read {
    let begin = rest.iter().zip(b"\\u").all(|(it, wanted)| it == wanted);
    let low = digits(rest.get(2..).unwrap_or_default(), 16, 4);
    match low {
        Digits::All(low @ 0xdc00..=0xdfff) if begin => {
            let number = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
            let text = char::from_u32(number).map(|it| it.to_string().into_bytes());
            text.map_or(Read::Plain, |text| Read::Stands(12, text))
        }
        Digits::Some if begin => Read::Open,
        Digits::All(_) | Digits::Some | Digits::Others => Read::Plain,
    }
}

/// Digits that must be so many.
enum Digits {
    /// All of them, as a number.
    All(u32),
    /// The first of them, or none, and nothing else.
    Some,
    /// Something else.
    Others,
}

fn digits(bytes: &[u8], radix: u32, length: usize) -> Digits {
    let mut number = 0_u32;
    for byte in bytes.iter().take(length) {
        let Some(digit) = char::from(*byte).to_digit(radix) else {
            return Digits::Others;
        };
        number = number.wrapping_mul(radix).wrapping_add(digit);
    }
    if bytes.len() < length {
        return Digits::Some;
    }
    Digits::All(number)
}

/// What `&lt;`, `&#60;` and `&#x3c;` stand for.
fn entity(bytes: &[u8]) -> Read {
    let inner = bytes.get(1..).unwrap_or_default();
    let is_in = |it: &u8| it.is_ascii_alphanumeric() || *it == b'#';
    let Some(end) = inner.iter().position(|it| !is_in(it)) else {
        return if inner.len() < LONGEST {
            Read::Open
        } else {
            Read::Plain
        };
    };
    let name = inner.get(..end).unwrap_or_default();
    if inner.get(end) != Some(&b';') {
        return Read::Plain;
    }
    let known = std::str::from_utf8(name).ok().and_then(diag::entity);
    known.map_or(Read::Plain, |c| {
        Read::Stands(end + 2, c.to_string().into_bytes())
    })
}
