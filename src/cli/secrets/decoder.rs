//! Escapes undone, as the bytes of a text come one by one.

use super::escaping::{Escaping, LONGEST, Read, low_byte, sextet};

/// A byte of what a text stands for, and where in the text it begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meant {
    pub(super) byte: u8,
    pub(super) begin: usize,
    pub(super) end: usize,
}

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

    /// Forgets what came.
    pub(super) fn forget(&mut self) {
        self.open.clear();
        self.skips = false;
    }

    /// Whether a byte stands for itself, whatever follows.
    pub(super) fn passes(&self, byte: u8) -> bool {
        self.open.is_empty() && !self.skips && !self.escaping.begins(byte)
    }

    /// Takes a byte, and adds what is known by it.
    pub(super) fn take(&mut self, next: Meant, known: &mut Vec<Meant>) {
        if self.escaping != Escaping::Base64 {
            self.open.push(next);
            self.settle(known, false);
        } else if sextet(next.byte).is_some() {
            self.open.push(next);
            if self.open.len() == 4 {
                self.decode(known);
            }
        } else {
            self.decode(known);
            known.push(next);
        }
    }

    /// Adds the bytes that up to four characters of base64 stand for.
    fn decode(&mut self, known: &mut Vec<Meant>) {
        let pairs = self.open.windows(2).enumerate();
        known.extend(pairs.filter_map(|(at, pair)| {
            let [first, second] = pair else { return None };
            let both = u32::from(sextet(first.byte)?) << 6 | u32::from(sextet(second.byte)?);
            Some(Meant {
                byte: low_byte(both >> (4 - 2 * at)),
                begin: first.begin,
                end: second.end,
            })
        }));
        self.open.clear();
    }

    /// Adds what is left, when nothing more comes.
    pub(super) fn end(&mut self, known: &mut Vec<Meant>) {
        if self.escaping == Escaping::Base64 {
            self.decode(known);
        } else {
            self.settle(known, true);
        }
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

#[cfg(test)]
mod tests {
    use super::{Decoder, Meant};
    use crate::cli::secrets::escaping::Escaping;

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
                Escaping::Quotes,
                r#"'a''b'\''c'"'"''"'"'d' "e""f""#,
                r#"'a'b'c''d' "e"f""#,
            ),
            (
                Escaping::Base64,
                "aGVsbG8= aGVs.Pz8_Pz4-Pj4x,a",
                "hello= hel.????>>>>1,",
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
