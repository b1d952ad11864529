//! Escapes undone, as the bytes of a text come one by one.

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
    /// A word that is broken anywhere: by ends of lines, blanks, quotes and commas.
    Broken,
}

/// A byte of what a text stands for, and where in the text it begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meant {
    pub(super) byte: u8,
    pub(super) begin: usize,
    pub(super) end: usize,
}

/// What is known of bytes that may begin an escape.
#[derive(Debug, PartialEq, Eq)]
enum Read {
    /// More must come.
    Open,
    /// The first of them stands for itself.
    Plain,
    /// So many of them stand for this text, which may be empty.
    Stands(usize, Vec<u8>),
}

/// The longest escape: a pair for one character, as in `\ud83d\ude00`.
const LONGEST: usize = 12;

/// Undoes escapes of one kind.
pub(super) struct Decoder {
    escaping: Escaping,
    /// What may be the beginning of an escape.
    open: Vec<Meant>,
    /// Whether blanks are none of the text, as behind a line that ends in a backslash.
    skips: bool,
}

impl Decoder {
    /// One that nothing came to.
    pub(super) fn new(escaping: Escaping) -> Self {
        Decoder {
            escaping,
            open: Vec::with_capacity(LONGEST),
            skips: false,
        }
    }

    /// Where an escape may begin of which more must come.
    pub(super) fn open(&self) -> Option<usize> {
        self.open.first().map(|it| it.begin)
    }

    /// Whether a byte stands for itself, whatever follows.
    pub(super) fn passes(&self, byte: u8) -> bool {
        self.open.is_empty() && !self.skips && !self.escaping.begins(byte)
    }

    /// Takes a byte, and adds what is known by it.
    pub(super) fn take(&mut self, next: Meant, known: &mut Vec<Meant>) {
        self.open.push(next);
        self.settle(known, false);
    }

    /// Adds what is left, when nothing more comes.
    pub(super) fn end(&mut self, known: &mut Vec<Meant>) {
        self.settle(known, true);
    }

    fn settle(&mut self, known: &mut Vec<Meant>, is_end: bool) {
        while let Some(&first) = self.open.first() {
            let blank = b" \t".contains(&first.byte);
            self.skips &= blank;
            let bytes: Vec<u8> = self.open.iter().map(|it| it.byte).collect();
            let read = if self.skips {
                Read::Stands(1, Vec::new())
            } else if self.escaping.begins(first.byte) {
                self.escaping.read(&bytes)
            } else {
                Read::Plain
            };
            match read {
                Read::Open if !is_end => return,
                Read::Open | Read::Plain => {
                    known.push(first);
                    self.open.remove(0);
                }
                Read::Stands(taken, text) => {
                    self.skips |= bytes.get(..taken).is_some_and(|it| it.ends_with(b"\n"));
                    let end = self.open.get(taken - 1).map_or(first.end, |it| it.end);
                    let begin = first.begin;
                    known.extend(text.into_iter().map(|byte| Meant { byte, begin, end }));
                    self.open.drain(..taken);
                }
            }
        }
    }
}

impl Escaping {
    fn begins(self, byte: u8) -> bool {
        match self {
            Escaping::Characters | Escaping::Bytes => byte == b'\\',
            Escaping::Percent => byte == b'%',
            Escaping::Entities => byte == b'&',
            Escaping::Broken => b" \t\r\n\"',\\".contains(&byte),
        }
    }

    /// What bytes stand for of which the first begins an escape.
    fn read(self, bytes: &[u8]) -> Read {
        match self {
            Escaping::Characters | Escaping::Bytes => self.behind_backslash(bytes),
            Escaping::Percent => match digits(bytes.get(1..).unwrap_or_default(), 16, 2) {
                Digits::All(number) => Read::Stands(3, vec![low_byte(number)]),
                Digits::Some => Read::Open,
                Digits::Others => Read::Plain,
            },
            Escaping::Entities => entity(bytes),
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

fn low_byte(number: u32) -> u8 {
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

#[cfg(test)]
mod tests {
    use super::{Decoder, Escaping, Meant};

    fn decoded(escaping: Escaping, text: &str) -> String {
        let mut decoder = Decoder::new(escaping);
        let mut known = Vec::new();
        for (at, byte) in text.bytes().enumerate() {
            let next = Meant {
                byte,
                begin: at,
                end: at + 1,
            };
            decoder.take(next, &mut known);
        }
        decoder.end(&mut known);
        let mut before = 0;
        for it in &known {
            assert!(before <= it.begin && it.begin < it.end, "{text}");
            before = it.begin;
        }
        let bytes = known.iter().map(|it| it.byte).collect();
        String::from_utf8(bytes).expect("UTF-8")
    }

    #[test]
    fn escapes_are_undone_as_bytes_come() {
        for (escaping, text, expected) in [
            (
                Escaping::Characters,
                r"a\u00e9\xE9\v\x7f\/\\n\n",
                "aéé\u{b}\u{7f}/\\n\n",
            ),
            (
                Escaping::Characters,
                r"\ud83d\ude00\U0001F600\u{1f600}",
                "😀😀😀",
            ),
            (
                Escaping::Characters,
                r"\ud83dx\u12\u{zz}\q\",
                r"\ud83dx\u12\u{zz}\q\",
            ),
            (Escaping::Characters, "\\1017\\0\\e", "A7\0\u{1b}"),
            (Escaping::Characters, "a\\\n   b c\\ d", "ab c d"),
            (Escaping::Bytes, r"\xc3\xa9\303\251\u00e9", "ééé"),
            (Escaping::Percent, "%C3%A9%2f%zz%4", "é/%zz%4"),
            (
                Escaping::Entities,
                "&lt;&#60;&#x3C;&amp;&nope;& a&",
                "<<<&&nope;& a&",
            ),
            (
                Escaping::Broken,
                "aGVs\n   bG8\\n\\\\nab\", \"cd\\",
                "aGVsbG8abcd\\",
            ),
        ] {
            assert_eq!(decoded(escaping, text), expected, "{text}");
        }
    }
}
