//! Text to values: YAML that people wrote. The only file that knows saphyr-parser.

use super::marked::{Entry, Marked, Value};
use super::offsets::Offsets;
use super::scalar::Scalar;
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

/// The most bytes that aliases add to a text, each value as [`SIZE`]: a text of 1 MB could stand for
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
pub struct Parsed {
    /// Its documents, but for those that hold nothing. None is left out unless there are faults.
    pub documents: Vec<Marked>,
    /// What is wrong, in the order of the text.
    pub faults: Vec<Fault>,
}

/// Reads the documents of a text, in linear time and bounded memory. Aliases are copied; a tag, a key
/// that stands twice and a key that isn't a word are faults, and reading goes on.
#[must_use]
pub fn parse(text: &str) -> Parsed {
    let mut reader = Reader {
        offsets: Offsets::new(text),
        text,
        open: Vec::new(),
        anchors: BTreeMap::new(),
        values: 0,
        copied: 0,
        parsed: Parsed::default(),
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
    parsed: Parsed,
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
        entries: Vec<Entry>,
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
                    message: words(error.info()),
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
                self.refuse_tag(tag.as_ref(), &place);
                let scalar = match style {
                    ScalarStyle::Plain => Scalar::plain(&text),
                    ScalarStyle::SingleQuoted
                    | ScalarStyle::DoubleQuoted
                    | ScalarStyle::Literal
                    | ScalarStyle::Folded => Scalar::Text(text.into_owned()),
                };
                let size = SIZE + scalar.size();
                let value = Value::Scalar(scalar);
                self.finish(Marked { value, place }, anchor, size)
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_tag(tag.as_ref(), &place);
                self.begin(Holds::Sequence(Vec::new()), anchor, &place)
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_tag(tag.as_ref(), &place);
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

    /// Kubernetes knows none but those that say what stands there anyway, and these change the meaning
    /// of a word from reader to reader.
    fn refuse_tag(&mut self, tag: Option<&Cow<'_, Tag>>, place: &Range<usize>) {
        if tag.is_none() {
            return;
        }
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
            Holds::Sequence(items) => Value::Sequence(items),
            Holds::Mapping { entries, .. } => Value::Mapping(entries),
        };
        // A closing bracket is the end; what is told by its columns ends with its last value.
        let is_closed = self.text[place.start..].starts_with([']', '}'])
            && self.text[open.start..].starts_with(['[', '{']);
        let end = if is_closed { place.start + 1 } else { open.end };
        let place = open.start..end.max(open.start);
        self.finish(Marked { value, place }, open.anchor, open.size)
    }

    fn alias(&mut self, anchor: usize, place: Range<usize>) -> Result<(), Fault> {
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
                Next::Value(key, place) => entries.push(Entry { key, place, value }),
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

/// What the reader says, in plainer words where it has them of its own for common faults.
fn words(said: &str) -> String {
    let row = WORDS.iter().find(|(end, _)| said.ends_with(end));
    if let Some((_, plain)) = row {
        return (*plain).to_owned();
    }
    // Where it was when it came to it shows in the text.
    let what = said
        .split_once(", ")
        .filter(|(while_at, _)| while_at.starts_with("while "));
    what.map_or(said, |(_, what)| what).to_owned()
}

/// The end of what the reader says, and what is told.
const WORDS: &[(&str, &str)] = &[
    ("simple key expect ':'", NO_COLON),
    ("simple key expected", NO_COLON),
    (
        "mapping values are not allowed in this context",
        "a colon can't stand here: text with `: ` in it needs quotes",
    ),
    (
        "mapping keys are not allowed in this context",
        "a key can't stand here",
    ),
    (
        "block sequence entries are not allowed in this context",
        "an item of a list can't stand here",
    ),
    (
        "did not find expected key",
        "expected a key, indented like the one before it",
    ),
    (
        "did not find expected '-' indicator",
        "expected `- `, indented like the item before it",
    ),
    (
        "did not find expected ',' or '}'",
        "expected a comma or `}`",
    ),
    ("expected ',' or ']'", "expected a comma or `]`"),
    ("did not find expected node content", "expected a value"),
    (
        "did not find expected <document start>",
        "expected `---` before another document",
    ),
    (
        "did not find expected <document-start>",
        "expected `---` before another document",
    ),
    ("found unknown anchor", "unknown anchor"),
    (
        "found unexpected end of stream",
        "a quote that isn't closed",
    ),
    (
        "invalid trailing content after double-quoted scalar",
        "text behind a closing quote",
    ),
    ("invalid indentation", "no line above is indented so"),
    ("misplaced bracket", "a bracket that closes nothing"),
    ("tab cannot be used as indentation", TAB),
    ("tabs disallowed in this context", TAB),
    (
        "tabs disallowed within this context (block indentation)",
        TAB,
    ),
    ("while scanning a plain scalar, found a tab", TAB),
    (
        "recursion limit exceeded",
        "too many brackets, one in the other",
    ),
];

const NO_COLON: &str = "a key without a colon";
const TAB: &str = "a tab, where only spaces may indent";

fn too_large(place: Range<usize>) -> Fault {
    let message = format!(
        "aliases stand for more than {} MB, the most that is read",
        MOST_COPIED >> 20
    );
    Fault { place, message }
}

/// A key, where it is one.
fn key(value: &Value) -> Option<String> {
    match value {
        Value::Scalar(Scalar::Text(text)) => Some(text.clone()),
        Value::Scalar(Scalar::Integer(number)) => Some(number.to_string()),
        Value::Scalar(Scalar::Bool(value)) => Some(value.to_string()),
        Value::Scalar(Scalar::Decimal(_) | Scalar::Null)
        | Value::Mapping(_)
        | Value::Sequence(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{Kind, Node, print};

    fn nodes(text: &str) -> Vec<Node> {
        let parsed = parse(text);
        assert_eq!(parsed.faults, Vec::new(), "{text}");
        let nodes = parsed.documents.iter();
        nodes
            .map(|it| it.node(&|_, kind| Node::new(kind)))
            .collect()
    }

    #[test]
    fn what_is_read_is_printed_again() {
        let text = "---\na: 1\nb: -2.5\nc: \"yes\"\nd: null\ne: true\nf:\n  - x: {}\n  - []\n";
        assert_eq!(print("", &nodes(text)), text);
        let big = nodes("18446744073709551615");
        assert_eq!(
            big[0].kind,
            Kind::Decimal("18446744073709551615".to_owned())
        );
    }

    #[test]
    fn documents_without_content_are_none() {
        for nothing in ["", "\n", "# a\n", "---\n---\n", "null", "--- ~\n"] {
            assert_eq!(nodes(nothing), Vec::new(), "{nothing:?}");
        }
        assert_eq!(nodes("---\na\n---\n---\nb\n").len(), 2);
    }

    #[test]
    fn all_that_can_be_read_on_behind_is_told_with_its_place() {
        let deep = "[".repeat(100_000);
        let blocks = "- ".repeat(100_000);
        for (text, faults) in [
            (
                "a: 1\na: 2\n? [b]\n: 1\na: 3\n~: x",
                &["a", "[b]", "a", "~"][..],
            ),
            (
                "é: [\r\n  é: !x 1, b: &c !!str d, e: !<f> {}]",
                &["!x", "!!str", "!<f>"],
            ),
            ("a: 1\n b: 2", &[""]),
            ("a: *b", &[""]),
            ("a: &b [*b]", &["*b"]),
            ("a: \0", &["\0"]),
            (&deep, &[""]),
            (&blocks, &[""]),
        ] {
            let found = parse(text).faults;
            let places: Vec<_> = found.iter().map(|it| &text[it.place.clone()]).collect();
            assert_eq!(places, faults, "{found:?}");
        }
    }

    #[test]
    fn every_value_has_its_place() {
        let text = "é: {b: [1, \"x\"], c: 'ü'}\nd:\n  - e: f\n    g:\n      - h\n    \n# i\n";
        let mut places = Vec::new();
        walk(&parse(text).documents[0], &mut |place| {
            places.push(text[place].to_owned());
        });
        let expected = [
            "é: {b: [1, \"x\"], c: 'ü'}\nd:\n  - e: f\n    g:\n      - h",
            "é",
            "{b: [1, \"x\"], c: 'ü'}",
            "b",
            "[1, \"x\"]",
            "1",
            "\"x\"",
            "c",
            "'ü'",
            "d",
            "- e: f\n    g:\n      - h",
            "e: f\n    g:\n      - h",
            "e",
            "f",
            "g",
            "- h",
            "h",
        ];
        assert_eq!(places, expected);
    }

    fn walk(value: &Marked, see: &mut dyn FnMut(Range<usize>)) {
        see(value.place.clone());
        match &value.value {
            Value::Mapping(entries) => {
                for entry in entries {
                    see(entry.place.clone());
                    walk(&entry.value, see);
                }
            }
            Value::Sequence(items) => items.iter().for_each(|item| walk(item, see)),
            Value::Scalar(_) => {}
        }
    }

    #[test]
    fn aliases_are_copied_to_where_they_stand() {
        let text = "a: &x {b: 1}\nc: *x\n";
        let read = parse(text).documents;
        let copy = read[0].get("c").expect("a value");
        let b = copy.get("b").expect("a value");
        assert_eq!(
            (&text[copy.place.clone()], &text[b.place.clone()]),
            ("*x", "*x")
        );
    }

    #[test]
    fn a_bomb_of_aliases_is_refused_before_it_is_built() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..30 {
            let alias = format!("*a{},", level - 1);
            bomb += &format!("a{level}: &a{level} [{}]\n", alias.repeat(10));
        }
        let long = format!("- &a {}\n{}", "x".repeat(1 << 20), "- *a\n".repeat(100_000));
        for text in [bomb, long] {
            let faults = parse(&text).faults;
            assert_eq!(faults.len(), 1);
            assert!(
                faults[0].message.starts_with("aliases stand for"),
                "{faults:?}"
            );
        }
        let many = parse(&"- a\n".repeat(MOST_VALUES)).faults;
        assert!(
            many[0].message.starts_with("more than 500000 values"),
            "{many:?}"
        );
        let flow = parse(&format!("[{}]", "a,".repeat(MOST_FLOW + 1))).faults;
        assert!(
            flow[0].message.starts_with("more than 200000 commas"),
            "{flow:?}"
        );
    }
}
