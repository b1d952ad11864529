//! Reading `.env` files: what Compose, shells and the libraries for them all read alike. The rest is an
//! error that says so, for a value that is read differently elsewhere is another secret.
//!
//! A fault names its line and the variable, never the text: it may be a value.

use super::secret::Secret;
use std::collections::{BTreeMap, BTreeSet};

/// Why a file can't be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The number of the line, from 1.
    pub(super) line: usize,
    pub(super) message: String,
    pub(super) help: &'static str,
}

/// What to write instead of a value that is read in several ways.
const QUOTE: &str = "write it in 'single quotes'";
/// What to do with a value that no quotes hold alike everywhere.
const ENVIRONMENT: &str = "leave `--env-file` out, and set the variable in the environment";

/// Reads the values of the variables of these names. What stands behind other names isn't judged, as
/// long as its end is known.
pub(super) fn read(
    file: &Secret,
    wanted: &BTreeSet<&str>,
) -> Result<BTreeMap<String, Secret>, Fault> {
    let line = |end: usize| file.bytes()[..end].split(|it| *it == b'\n').count();
    let text = match std::str::from_utf8(file.bytes()) {
        Ok(text) => text,
        Err(error) => {
            let message = "it is not UTF-8 text".to_owned();
            let (line, help) = (line(error.valid_up_to()), "save the file as UTF-8");
            return Err(Fault {
                line,
                message,
                help,
            });
        }
    };
    let odd = [
        ('\0', "a NUL byte", "no variable can hold one: delete it"),
        ('\u{feff}', "a byte-order mark", "save the file without it"),
    ];
    for (character, what, help) in odd {
        if let Some(at) = text.find(character) {
            let message = format!("there is {what}");
            return Err(Fault {
                line: line(at),
                message,
                help,
            });
        }
    }
    let mut reader = Reader {
        text,
        at: 0,
        line: 1,
        wanted,
    };
    let mut found = BTreeMap::new();
    let mut lines = BTreeMap::new();
    while let Some(Row { name, value, line }) = reader.next()? {
        if let Some(before) = lines.insert(name, line) {
            return Err(Fault {
                line,
                message: format!("`{name}` is on line {before} already"),
                help: "keep one of the two: programs differ in which they take",
            });
        }
        if let Some(value) = value {
            found.insert(name.to_owned(), value);
        }
    }
    Ok(found)
}

/// A variable that a file sets.
struct Row<'t> {
    name: &'t str,
    /// Its value, if it is wanted.
    value: Option<Secret>,
    line: usize,
}

/// A file, and how far it was read: to the beginning of a line.
struct Reader<'t> {
    text: &'t str,
    at: usize,
    line: usize,
    wanted: &'t BTreeSet<&'t str>,
}

const BLANKS: [char; 2] = [' ', '\t'];

/// What a shell reads as something else than text, outside of quotes.
const SPECIAL: &str = "'\"`$\\#&;|<>()";

impl<'t> Reader<'t> {
    /// The next variable that is set.
    fn next(&mut self) -> Result<Option<Row<'t>>, Fault> {
        loop {
            let line = line_of(&self.text[self.at..]);
            let shown = line
                .trim_start_matches(BLANKS)
                .trim_end_matches(['\r', '\n']);
            if !shown.is_empty() && !shown.starts_with('#') {
                return self.row(line).map(Some);
            }
            if line.is_empty() {
                return Ok(None);
            }
            self.pass(line.len());
        }
    }

    /// Goes on by so many bytes.
    fn pass(&mut self, bytes: usize) {
        let passed = &self.text[self.at..self.at + bytes];
        self.line += passed.matches('\n').count();
        self.at += bytes;
    }

    fn fault(&self, message: impl Into<String>, help: &'static str) -> Fault {
        Fault {
            line: self.line,
            message: message.into(),
            help,
        }
    }

    /// Reads the variable that `line` sets, which begins where the reader is.
    fn row(&mut self, line: &'t str) -> Result<Row<'t>, Fault> {
        let mut rest = line.trim_start_matches(BLANKS);
        if let Some(behind) = rest.strip_prefix("export")
            && behind.starts_with(BLANKS)
        {
            rest = behind.trim_start_matches(BLANKS);
        }
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let (name, behind) = rest.split_at(end);
        let is_name = name.starts_with(|c: char| is_part(c) && !c.is_ascii_digit());
        let Some(value) = behind.strip_prefix('=').filter(|_| is_name) else {
            let help = "write NAME='value', with the lines of one value within its quotes";
            return Err(self.fault("it isn't `NAME=value`", help));
        };
        let begin = self.at + (line.len() - value.len());
        let is_wanted = self.wanted.contains(name);
        let (read, length) = match value.chars().next() {
            Some(quote @ ('\'' | '"')) => self.quoted(name, begin, quote)?,
            _ => (bare(value), value.len()),
        };
        let at = self.line;
        let value = match read {
            Ok(value) => is_wanted.then_some(value),
            Err(help) if is_wanted => {
                let message =
                    format!("the value of `{name}` is read differently by other programs");
                return Err(self.fault(message, help));
            }
            Err(_) => None,
        };
        self.pass(begin + length - self.at);
        Ok(Row {
            name,
            value,
            line: at,
        })
    }

    /// The value whose quotation begins at `begin`, or what to do instead, and its length with the
    /// rest of the line behind it.
    fn quoted(
        &self,
        name: &str,
        begin: usize,
        quote: char,
    ) -> Result<(Result<Secret, &'static str>, usize), Fault> {
        let whole = &self.text[begin + 1..];
        let Some(end) = whole.find(quote) else {
            let message = format!("the quotation of `{name}` doesn't end");
            return Err(self.fault(message, "close it with the quote that it begins with"));
        };
        let (value, behind) = (&whole[..end], line_of(&whole[end + 1..]));
        let length = 1 + end + 1 + behind.len();
        let behind = behind.trim_end_matches(['\r', '\n']);
        let comment = behind.trim_start_matches(BLANKS);
        let is_apart = behind.len() > comment.len();
        let ends = comment.is_empty() || (is_apart && comment.starts_with('#'));
        let is_double = quote == '"';
        let read = if !ends {
            Err(
                "let nothing follow the closing quote; a value with quotes in it goes into the environment",
            )
        } else if is_double && value.contains(['$', '\\', '`']) {
            Err(QUOTE)
        } else if !is_double && (value.contains("\\\\") || value.ends_with('\\')) {
            Err(ENVIRONMENT)
        } else {
            let mut read = Secret::with_room(value.len());
            for line in value.split_inclusive('\n') {
                match line.strip_suffix("\r\n") {
                    Some(line) => {
                        read.push(line.as_bytes());
                        read.push(b"\n");
                    }
                    None => read.push(line.as_bytes()),
                }
            }
            Ok(read)
        };
        Ok((read, length))
    }
}

/// A value without quotes, which is the rest of its line, or what to do instead.
fn bare(value: &str) -> Result<Secret, &'static str> {
    let value = value
        .trim_end_matches(['\r', '\n'])
        .trim_end_matches(BLANKS);
    let is_special = |c: char| SPECIAL.contains(c) || c.is_whitespace();
    if value.contains(is_special) || value.starts_with('~') {
        return Err(QUOTE);
    }
    Ok(Secret::new(value.as_bytes().to_vec()))
}

/// The first line of a text, with its end.
fn line_of(text: &str) -> &str {
    let end = text.find('\n').map_or(text.len(), |at| at + 1);
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::cli::secrets::secret::Secret;
    use std::collections::BTreeSet;

    /// What a file says of A, B and C; or the line and words of its fault.
    fn values(text: &str) -> Result<Vec<String>, String> {
        let wanted = BTreeSet::from(["A", "B", "C"]);
        let found = read(&Secret::new(text.as_bytes().to_vec()), &wanted);
        let found = found.map_err(|it| format!("{}: {}; {}", it.line, it.message, it.help))?;
        let text = |value: &Secret| value.text().expect("it was text").to_owned();
        Ok(found
            .iter()
            .map(|(name, value)| format!("{name}={}", text(value)))
            .collect())
    }

    fn reads(text: &str, expected: &[&str]) {
        assert_eq!(
            values(text).as_deref(),
            Ok(&expected
                .iter()
                .map(|it| (*it).to_owned())
                .collect::<Vec<_>>()[..]),
            "{text:?}"
        );
    }

    fn refuses(text: &str, expected: &str) {
        let fault = values(text).expect_err(text);
        assert!(fault.starts_with(expected), "{text:?}: {fault}");
    }

    #[test]
    fn what_all_read_alike_is_read() {
        reads("", &[]);
        reads("\n\n# A=1\n  # x 'y\n\t\n", &[]);
        reads("A=1", &["A=1"]);
        reads("A=1\nB=2\n", &["A=1", "B=2"]);
        reads("export A=1\nexport\tB=2", &["A=1", "B=2"]);
        reads("  A=1  \r\nB=2\t\r\n", &["A=1", "B=2"]);
        reads("A=\nB=''\nC=\"\"", &["A=", "B=", "C="]);
        reads(
            "A=a=b,c:d/e@f%g?h[i]{j}*!^+-_.\u{e9}\u{1f600}",
            &["A=a=b,c:d/e@f%g?h[i]{j}*!^+-_.\u{e9}\u{1f600}"],
        );
    }

    #[test]
    fn quotes_hold_text_of_any_number_of_lines() {
        reads(
            "A='pa$word `x` \\n \"q\" # no comment ' # one\nB=2",
            &["A=pa$word `x` \\n \"q\" # no comment ", "B=2"],
        );
        reads(
            "A=\"it's # two\twords\"\nB=2",
            &["A=it's # two\twords", "B=2"],
        );
        reads(
            "A='one\ntwo\n\nB=3\n'\nB=2",
            &["A=one\ntwo\n\nB=3\n", "B=2"],
        );
        reads("A=\"one\r\ntwo\r\n\"\r\nB=2", &["A=one\ntwo\n", "B=2"]);
        refuses("A='one\ntwo\n", "1: the quotation of `A` doesn't end");
        refuses("B=1\nA=\"one\n'\n", "2: the quotation of `A` doesn't end");
    }

    #[test]
    fn what_programs_read_differently_is_refused() {
        for value in [
            "a b",
            "a #b",
            "a#b",
            "#a",
            "pa$word",
            "a\\b",
            "it's",
            "a\"b",
            "a`b",
            "a&b",
            "a;b",
            "(a",
            "a|b",
            "<a>",
            "~/a",
            "a\u{a0}b",
            "\u{2003}",
            "\"a$b\"",
            "\"a\\nb\"",
            "\"a`b`\"",
            "'it'\\''s'",
            "'a'b",
            "\"a\"'b'",
            "'a'#b",
            "'a\\\\b'",
            "'a\\'",
        ] {
            refuses(
                &format!("\nA={value}\nB=1"),
                "2: the value of `A` is read differently by other programs; ",
            );
        }
    }

    #[test]
    fn what_is_not_wanted_is_not_judged() {
        reads("X=$HOME it's\nPATH=\"a:$PATH\"\nA=1", &["A=1"]);
        reads("X='a\nA=2\n'\nA=1", &["A=1"]);
        refuses("X='a\nA=1", "1: the quotation of `X` doesn't end");
    }

    #[test]
    fn what_is_no_file_of_variables_is_told_by_its_line() {
        for line in [
            "A", "A =1", "1A=1", "A-B=1", "=1", "export", "export A", "a.b: 1", "\u{e9}=1",
            "set A=1",
        ] {
            refuses(&format!("B=1\n{line}\n"), "2: it isn't `NAME=value`");
        }
        // A blank behind the `=` belongs to no value that all read alike.
        refuses("A= 1", "1: the value of `A`");
        refuses("A=1\n\nA=1", "3: `A` is on line 1 already");
        refuses("A='1\n2'\nexport A=1", "3: `A` is on line 1 already");
        refuses("\u{feff}A=1", "1: there is a byte-order mark");
        refuses("A=1\nB='\0'", "2: there is a NUL byte");
    }

    #[test]
    fn no_fault_shows_a_value() {
        for text in [
            "A=CANARY '",
            "A='CANARY",
            "CANARY",
            "A=\"CANARY$\"",
            "A=1\nA=CANARY",
            "A=CANARY\0",
            "X=CANARY'\nA=CANARY x",
        ] {
            let fault = values(text).expect_err(text);
            assert!(!fault.contains("CANARY"), "{fault}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_told_by_their_line() {
        let wanted = BTreeSet::from(["A"]);
        let fault = read(&Secret::new(b"A=1\nB=\xff".to_vec()), &wanted).err();
        let fault = fault.expect("it is no text");
        assert_eq!(
            (fault.line, fault.message.as_str()),
            (2, "it is not UTF-8 text")
        );
    }
}
