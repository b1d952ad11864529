//! Text to values: YAML that people wrote. The only file that knows saphyr-parser.

use super::marked::{Marked, MarkedEntry, MarkedValue};
use super::offsets::Offsets;
use super::scalar::Scalar;
use super::words::plain;
use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The most mappings and sequences that hold a value: what kubectl and serde_yaml read is flatter, and
/// whoever walks the values may call itself for each.
pub const MOST_DEEP: usize = 128;

/// The most values of a text: a hundred times what a large file of objects has. They need about 100 MB
/// of memory.
pub const MOST_VALUES: usize = 500_000;

/// The most commas and opening brackets of a text. The reader keeps all that stands between two
/// brackets until it has come to the end of it, and needs 150 MB for so many.
pub const MOST_FLOW: usize = 200_000;

/// The most bytes that aliases add to a text, each value as `SIZE`: a text of 1 MB could stand for
/// any number of them.
pub const MOST_COPIED: usize = 16 << 20;

/// About how many bytes of memory a value needs.
const SIZE: usize = 100;

/// The most faults of one text that are told.
const MOST_FAULTS: usize = 20;

/// What is wrong with a text, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Its bytes in the text.
    pub place: Range<usize>,
    /// What is wrong, as a clause.
    pub message: String,
}

/// What was read of a text.
#[derive(Debug, Default)]
pub struct ParsedYaml {
    /// Its documents, but for those that hold nothing. None is left out unless there are faults.
    pub documents: Vec<Marked>,
    /// What is wrong, in the order of the text.
    pub faults: Vec<Fault>,
}

/// Reads the documents of a text, in linear time and bounded memory. Aliases are copied; a tag, a key
/// that stands twice and a key that isn't a word are faults, and reading goes on.
#[must_use]
pub fn parse(text: &str) -> ParsedYaml {
    let mut reader = Reader {
        offsets: Offsets::new(text),
        text,
        open: Vec::new(),
        anchors: BTreeMap::new(),
        values: 0,
        copied: 0,
        parsed: ParsedYaml::default(),
    };
    if let Err(fault) = bounds(text).and_then(|()| reader.read()) {
        reader.parsed.faults.push(fault);
    }
    reader.parsed
}

/// What is wrong with a text before it is taken apart.
fn bounds(text: &str) -> Result<(), Fault> {
    if let Some((at, found)) = text.char_indices().find(|(_, c)| no_text(*c)) {
        return Err(Fault {
            place: at..at + found.len_utf8(),
            message: "a character that YAML doesn't hold".to_owned(),
        });
    }
    let mut marks = text.match_indices([',', '[', '{']);
    match marks.nth(MOST_FLOW) {
        Some((at, _)) => Err(Fault {
            place: at..at + 1,
            message: format!("more than {MOST_FLOW} commas and brackets, the most that is read"),
        }),
        None => Ok(()),
    }
}

fn too_many(place: Range<usize>) -> Fault {
    let message = format!("more than {MOST_VALUES} values, the most that is read");
    Fault { place, message }
}

/// Whether a character may not stand in YAML at all (YAML 1.1, section 4.1, as libyaml reads it).
fn no_text(c: char) -> bool {
    let is_space = matches!(c, '\t' | '\n' | '\r' | '\u{85}');
    (c.is_control() && !is_space) || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

struct Reader<'t> {
    text: &'t str,
    offsets: Offsets<'t>,
    /// The mappings and sequences that aren't read to their end, the outermost first.
    open: Vec<Open>,
    /// Values of this document that an alias may stand for, by the reader's number, each with its size.
    anchors: BTreeMap<usize, (Marked, usize)>,
    /// How many values were read, those that aliases stand for included.
    values: usize,
    /// The bytes of memory that copies need.
    copied: usize,
    parsed: ParsedYaml,
}

/// A mapping or sequence whose end isn't read.
struct Open {
    holds: Holds,
    start: usize,
    /// Where the last value in it ends.
    end: usize,
    /// The number of its anchor; 0 where it has none.
    anchor: usize,
    /// The bytes of memory that it needs so far.
    size: usize,
}

enum Holds {
    Sequence(Vec<Marked>),
    Mapping {
        entries: Vec<MarkedEntry>,
        keys: BTreeSet<String>,
        next: Next,
    },
}

/// What comes next in a mapping.
enum Next {
    Key,
    /// The value of a key.
    Value(String, Range<usize>),
    /// The value of a key that is a fault.
    Nothing,
}

impl Reader<'_> {
    /// Reads the whole text; what can't be read on is the error.
    fn read(&mut self) -> Result<(), Fault> {
        let mut parser = Parser::new_from_str(self.text);
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| {
                let at = self.offsets.byte(error.marker().index());
                Fault {
                    place: at..at,
                    message: plain(error.info()),
                }
            })?;
            self.take(event, self.place(span))?;
        }
        Ok(())
    }

    fn place(&self, span: Span) -> Range<usize> {
        let start = self.offsets.byte(span.start.index());
        start..self.offsets.byte(span.end.index()).max(start)
    }

    fn take(&mut self, event: Event<'_>, place: Range<usize>) -> Result<(), Fault> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse(anchor, tag.as_ref(), &place);
                let scalar = match style {
                    ScalarStyle::Plain => Scalar::plain(&text),
                    ScalarStyle::SingleQuoted
                    | ScalarStyle::DoubleQuoted
                    | ScalarStyle::Literal
                    | ScalarStyle::Folded => Scalar::Text(text.into_owned()),
                };
                let size = SIZE + scalar.size();
                let value = MarkedValue::Scalar(scalar);
                self.finish(Marked { value, place }, anchor, size)
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse(anchor, tag.as_ref(), &place);
                self.begin(Holds::Sequence(Vec::new()), anchor, &place)
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse(anchor, tag.as_ref(), &place);
                let holds = Holds::Mapping {
                    entries: Vec::new(),
                    keys: BTreeSet::new(),
                    next: Next::Key,
                };
                self.begin(holds, anchor, &place)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(&place),
            Event::Alias(anchor) => self.alias(anchor, place),
            Event::DocumentStart(_) => {
                self.anchors.clear();
                Ok(())
            }
            Event::DocumentEnd | Event::StreamStart | Event::StreamEnd | Event::Nothing => Ok(()),
        }
    }

    fn fault(&mut self, place: Range<usize>, message: String) {
        if self.parsed.faults.len() < MOST_FAULTS {
            self.parsed.faults.push(Fault { place, message });
        }
    }

    fn refuse(&mut self, anchor: usize, tag: Option<&Cow<'_, Tag>>, place: &Range<usize>) {
        if tag.is_some() {
            self.refuse_tag(place);
        } else if anchor > 0 {
            self.refuse_name(place);
        }
    }

    /// Readers differ about where a name ends that has other characters.
    fn refuse_name(&mut self, place: &Range<usize>) {
        let start = place.start;
        let rest = self.text[start..].trim_start_matches(['&', '*']);
        let ends = |c: char| c.is_whitespace() || ",[]{}".contains(c);
        let name = &rest[..rest.find(ends).unwrap_or(rest.len())];
        let is_known = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
        if !name.chars().all(is_known) {
            let message = "an anchor has letters, digits, `-` and `_` alone".to_owned();
            self.fault(start..start + 1 + name.len(), message);
        }
    }

    /// Kubernetes knows none but those that say what stands there anyway, and these change the meaning
    /// of a word from reader to reader.
    fn refuse_tag(&mut self, place: &Range<usize>) {
        let rest = &self.text[place.start..];
        let word = |text: &str| text.find(char::is_whitespace).unwrap_or(text.len());
        // An anchor may stand before it.
        let skipped = if rest.starts_with('&') { word(rest) } else { 0 };
        let start = rest[skipped..].find('!').map_or(0, |at| skipped + at);
        let end = start + word(&rest[start..]);
        let place = place.start + start..place.start + end;
        let message = "a tag, which Kubernetes doesn't know".to_owned();
        self.fault(place, message);
    }

    fn begin(&mut self, holds: Holds, anchor: usize, place: &Range<usize>) -> Result<(), Fault> {
        if self.open.len() >= MOST_DEEP {
            let message = format!("more than {MOST_DEEP} mappings and lists, one in the other");
            return Err(Fault {
                place: place.clone(),
                message,
            });
        }
        self.open.push(Open {
            holds,
            start: place.start,
            end: place.start,
            anchor,
            size: SIZE,
        });
        Ok(())
    }

    fn end(&mut self, place: &Range<usize>) -> Result<(), Fault> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        let value = match open.holds {
            Holds::Sequence(items) => MarkedValue::Sequence(items),
            Holds::Mapping { entries, .. } => MarkedValue::Mapping(entries),
        };
        // A closing bracket is the end; what is told by its columns ends with its last value.
        let is_closed = self.text[place.start..].starts_with([']', '}'])
            && self.text[open.start..].starts_with(['[', '{']);
        let end = if is_closed { place.start + 1 } else { open.end };
        let place = open.start..end.max(open.start);
        self.finish(Marked { value, place }, open.anchor, open.size)
    }

    fn alias(&mut self, anchor: usize, place: Range<usize>) -> Result<(), Fault> {
        self.refuse_name(&place);
        let Some((value, size)) = self.anchors.get(&anchor) else {
            let message = "an alias of the value that it stands in".to_owned();
            return Err(Fault { place, message });
        };
        let size = *size;
        // Before it is copied: what is refused isn't there.
        self.copied += size;
        if self.copied > MOST_COPIED {
            return Err(too_large(place));
        }
        let value = value.copy_at(&place);
        self.values += size / SIZE;
        self.finish(value, 0, size)
    }

    /// Puts a value where it belongs.
    fn finish(&mut self, value: Marked, anchor: usize, size: usize) -> Result<(), Fault> {
        self.values += 1;
        if self.values > MOST_VALUES {
            return Err(too_many(value.place));
        }
        if anchor > 0 {
            self.copied += size;
            if self.copied > MOST_COPIED {
                return Err(too_large(value.place));
            }
            self.anchors.insert(anchor, (value.clone(), size));
        }
        let Some(open) = self.open.last_mut() else {
            if !value.is_null() {
                self.parsed.documents.push(value);
            }
            return Ok(());
        };
        open.size += size;
        open.end = open.end.max(value.place.end);
        let mut fault = None;
        match &mut open.holds {
            Holds::Sequence(items) => items.push(value),
            Holds::Mapping {
                entries,
                keys,
                next,
            } => match std::mem::replace(next, Next::Key) {
                Next::Value(key, place) => entries.push(MarkedEntry { key, place, value }),
                Next::Nothing => {}
                Next::Key => {
                    *next = match key(&value.value) {
                        Some(key) if keys.insert(key.clone()) => Next::Value(key, value.place),
                        Some(key) => {
                            fault = Some((value.place, format!("the key `{key}` stands twice")));
                            Next::Nothing
                        }
                        None => {
                            fault = Some((value.place, "a key that isn't text".to_owned()));
                            Next::Nothing
                        }
                    }
                }
            },
        }
        if let Some((place, message)) = fault {
            self.fault(place, message);
        }
        Ok(())
    }
}

fn too_large(place: Range<usize>) -> Fault {
    let message = format!(
        "aliases stand for more than {} MB, the most that is read",
        MOST_COPIED >> 20
    );
    Fault { place, message }
}

/// A key, where it is one.
fn key(value: &MarkedValue) -> Option<String> {
    match value {
        MarkedValue::Scalar(Scalar::Text(text)) => Some(text.clone()),
        MarkedValue::Scalar(Scalar::Integer(number)) => Some(number.to_string()),
        MarkedValue::Scalar(Scalar::Bool(value)) => Some(value.to_string()),
        MarkedValue::Scalar(Scalar::Decimal(_) | Scalar::Null)
        | MarkedValue::Mapping(_)
        | MarkedValue::Sequence(_) => None,
    }
}

#[cfg(test)]
mod tests;
