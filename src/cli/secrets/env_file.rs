//! Reading `.env` files: what Compose, shells and the libraries for them all read alike. The rest is an
//! error that says so, for a value that is read differently elsewhere is another secret.
//!
//! A fault names its line, and the variable if it is one of the program's, never the text: it may be a
//! value, and so may what only looks like a name, as the last line of a key in base64 does.

mod value;

#[cfg(test)]
mod tests;

use super::secret::Secret;
use std::collections::{BTreeMap, BTreeSet};
use value::{BLANKS, line_of};

/// Why a file can't be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The number of the line, from 1.
    pub(super) line: usize,
    pub(super) message: String,
    pub(super) help: &'static str,
}

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
                message: format!("{} is on line {before} already", shown(name, wanted)),
                help: "keep one of the two: programs differ in which they take",
            });
        }
        if let Some(value) = value {
            found.insert(name.to_owned(), value);
        }
    }
    Ok(found)
}

/// What a variable is called in a fault.
fn shown(name: &str, wanted: &BTreeSet<&str>) -> String {
    if wanted.contains(name) {
        format!("`{name}`")
    } else {
        "a variable that the program doesn't ask for".to_owned()
    }
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
            Some(quote @ ('\'' | '"')) => {
                value::quoted(&self.text[begin..], quote).ok_or_else(|| {
                    let name = shown(name, self.wanted);
                    let message = format!("the quotation of {name} doesn't end");
                    self.fault(message, "close it with the quote that it begins with")
                })?
            }
            _ => (value::bare(value), value.len()),
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
}
