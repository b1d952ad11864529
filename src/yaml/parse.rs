//! Text to nodes: YAML that people wrote. The only file that knows serde_yaml.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Visitor};

use super::{Kind, Node};

/// Most brackets that are open at once: far more than serde_yaml follows, which is 128.
const MOST_OPEN: usize = 1000;

/// Why a text can't be read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Bytes from the text's start to the place.
    pub offset: usize,
    /// The line of the place, from 1.
    pub line: usize,
    /// What is wrong, as a clause.
    pub message: String,
    /// Whether the caller's rule says so, and not YAML.
    pub refused: bool,
}

/// What a reader has come to, for its rule to refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At<'n> {
    /// The last key of the path.
    Key,
    /// A text, a number, a boolean or null.
    Scalar(&'n Kind),
    /// A sequence, before its items.
    Sequence,
    /// A mapping, behind its fields.
    Mapping,
    /// An item of the sequence at the path, behind what it holds; a sequence in it is none.
    Item(&'n Node),
}

/// What a caller refuses: the keys that lead to a place, and what stands there. The answer is the
/// fault's message.
pub type Rule<'r> = &'r dyn Fn(&[String], At<'_>) -> Option<String>;

/// Reads the documents of a text, but for those that hold nothing. Depth and aliases are bounded by
/// serde_yaml. `refuse` sees each place before what is below it.
///
/// # Errors
///
/// The first fault: of the syntax, a key that stands twice, a tag, or what `refuse` says.
pub fn parse(text: &str, refuse: Rule<'_>) -> Result<Vec<Node>, Fault> {
    let reader = Reader {
        refuse,
        path: RefCell::default(),
        said: RefCell::default(),
        refused: Cell::default(),
    };
    let unreadable = [
        (text.find(no_text), "a character that YAML doesn't hold"),
        (too_deep(text), "brackets nested too deep"),
    ];
    for (found, message) in unreadable {
        if let Some(offset) = found {
            return Err(Fault {
                offset,
                line: 1 + text[..offset].matches('\n').count(),
                message: message.to_owned(),
                refused: false,
            });
        }
    }
    let mut documents = Vec::new();
    for document in serde_yaml::Deserializer::from_str(text) {
        let node = Value {
            reader: &reader,
            item: false,
        }
        .deserialize(document);
        documents.push(node.map_err(|error| reader.fault(text, &error))?);
    }
    documents.retain(|node| node.kind != Kind::Null);
    Ok(documents)
}

/// Whether a character may not stand in YAML at all (YAML 1.1, section 4.1, as libyaml reads it, which
/// doesn't say where it is).
fn no_text(c: char) -> bool {
    let is_space = matches!(c, '\t' | '\n' | '\r' | '\u{85}');
    (c.is_control() && !is_space) || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Where more brackets are open than any reader follows: the time that libyaml takes grows with the
/// square of their number. Strings and comments count as well, which hold as many closing ones.
fn too_deep(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    let mut brackets = text.match_indices(['[', '{', ']', '}']);
    let deep = brackets.find(|(_, bracket)| {
        if matches!(*bracket, "[" | "{") {
            open += 1;
        } else {
            open = open.saturating_sub(1);
        }
        open > MOST_OPEN
    });
    deep.map(|(at, _)| at)
}

/// What is known while a text is read.
struct Reader<'r> {
    refuse: Rule<'r>,
    /// Keys from the document's root.
    path: RefCell<Vec<String>>,
    /// What was found wrong here, and not by serde_yaml.
    said: RefCell<Option<String>>,
    refused: Cell<bool>,
}

impl Reader<'_> {
    /// An error that serde_yaml gives the place of what it is reading.
    fn error<E: Error>(&self, message: impl Into<String>) -> E {
        *self.said.borrow_mut() = Some(message.into());
        E::custom("")
    }

    fn ask<E: Error>(&self, at: At<'_>) -> Result<(), E> {
        match (self.refuse)(&self.path.borrow(), at) {
            None => Ok(()),
            Some(message) => {
                self.refused.set(true);
                Err(self.error(message))
            }
        }
    }

    fn fault(&self, text: &str, error: &serde_yaml::Error) -> Fault {
        let place = error.location();
        let line = place.as_ref().map_or(1, serde_yaml::Location::line);
        let column = place.as_ref().map_or(1, serde_yaml::Location::column);
        let before: usize = text
            .split_inclusive('\n')
            .take(line - 1)
            .map(str::len)
            .sum();
        let rest = &text[before..];
        let within = rest.char_indices().nth(column - 1);
        let message = self.said.borrow_mut().take().unwrap_or_else(|| {
            // Places in a message of serde_yaml's are not those of the user's file.
            let message = error.to_string();
            let end = message.find(" at line ").unwrap_or(message.len());
            message[..end].to_owned()
        });
        Fault {
            offset: before + within.map_or(rest.len(), |(at, _)| at),
            line,
            message,
            refused: self.refused.get(),
        }
    }
}

/// Reads a value.
#[derive(Clone, Copy)]
struct Value<'s, 'r> {
    reader: &'s Reader<'r>,
    /// Whether a sequence holds it.
    item: bool,
}

impl Value<'_, '_> {
    fn leaf<E: Error>(self, kind: Kind) -> Result<Node, E> {
        let node = Node::new(kind);
        self.reader.ask(if self.item {
            At::Item(&node)
        } else {
            At::Scalar(&node.kind)
        })?;
        Ok(node)
    }
}

impl<'de> DeserializeSeed<'de> for Value<'_, '_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Node, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_, '_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        self.leaf(Kind::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Node, E> {
        self.leaf(Kind::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Node, E> {
        self.leaf(Kind::Bool(value))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Node, E> {
        self.leaf(Kind::Integer(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Node, E> {
        let decimal = || Kind::Decimal(number.to_string());
        self.leaf(i64::try_from(number).map_or_else(|_| decimal(), Kind::Integer))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Node, E> {
        self.leaf(Kind::Decimal(serde_yaml::Number::from(number).to_string()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Node, E> {
        self.leaf(Kind::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Node, A::Error> {
        self.reader.ask(At::Sequence)?;
        let mut items = Vec::new();
        while let Some(item) = from.next_element_seed(Value { item: true, ..self })? {
            items.push(item);
        }
        Ok(Node::sequence(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Node, A::Error> {
        let mut fields: Vec<(super::Key, Node)> = Vec::new();
        while let Some(key) = from.next_key_seed(Key(self.reader, &fields))? {
            let value = from.next_value_seed(Value {
                item: false,
                ..self
            })?;
            self.reader.path.borrow_mut().pop();
            fields.push((key.into(), value));
        }
        let node = Node::new(Kind::Mapping(fields));
        let is_item = self.item;
        self.reader.ask(if is_item {
            At::Item(&node)
        } else {
            At::Mapping
        })?;
        Ok(node)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<Node, A::Error> {
        Err(self.reader.error("a tag, which Kubernetes doesn't know"))
    }
}

/// Reads a key, behind those that the mapping has already.
struct Key<'s, 'r>(&'s Reader<'r>, &'s [(super::Key, Node)]);

impl<'de> DeserializeSeed<'de> for Key<'_, '_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<String, D::Error> {
        from.deserialize_any(self)
    }
}

impl Visitor<'_> for Key<'_, '_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key that is text")
    }

    fn visit_bool<E: Error>(self, key: bool) -> Result<String, E> {
        self.visit_str(&key.to_string())
    }

    fn visit_i64<E: Error>(self, key: i64) -> Result<String, E> {
        self.visit_str(&key.to_string())
    }

    fn visit_u64<E: Error>(self, key: u64) -> Result<String, E> {
        self.visit_str(&key.to_string())
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<String, E> {
        if self.1.iter().any(|(other, _)| other == key) {
            return Err(self.0.error(format!("the key `{key}` stands twice")));
        }
        self.0.path.borrow_mut().push(key.to_owned());
        self.0.ask(At::Key)?;
        Ok(key.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::print;

    fn anything(_: &[String], _: At<'_>) -> Option<String> {
        None
    }

    #[test]
    fn what_is_read_is_printed_again() {
        let text = "---\na: 1\nb: -2.5\nc: \"yes\"\nd: null\ne: true\nf:\n  - x: {}\n  - []\n";
        let read = parse(text, &anything).expect("it is YAML");
        assert_eq!(print("", &read), text);
        let big = parse("18446744073709551615", &anything).expect("it is YAML");
        assert_eq!(
            big[0].kind,
            Kind::Decimal("18446744073709551615".to_owned())
        );
    }

    #[test]
    fn documents_without_content_are_none() {
        for nothing in ["", "\n", "# a\n", "---\n---\n", "null", "--- ~\n"] {
            assert_eq!(parse(nothing, &anything), Ok(Vec::new()), "{nothing:?}");
        }
        assert_eq!(
            parse("---\na\n---\n---\nb\n", &anything).map(|all| all.len()),
            Ok(2)
        );
    }

    #[test]
    fn every_fault_has_its_place() {
        let deep = "[".repeat(100_000);
        for (text, line, word) in [
            ("a: 1\na: 2", 2, "a: 2"),
            ("é: [\r\n  é: !x 1]", 2, "!x 1]"),
            ("a: 1\n b: 2", 2, ": 2"),
            ("a: *b", 1, "*b"),
            ("a: \0", 1, "\0"),
            (&deep, 1, &deep[1000..]),
            ("", 1, ""),
        ] {
            if let Err(fault) = parse(text, &anything) {
                assert_eq!(
                    (fault.line, &text[fault.offset..]),
                    (line, word),
                    "{fault:?}"
                );
                assert!(
                    !fault.refused && !fault.message.contains("line"),
                    "{fault:?}"
                );
            } else {
                assert_eq!(text, "");
            }
        }
    }

    #[test]
    fn a_rule_sees_every_place_with_its_keys() {
        let seen = RefCell::new(Vec::new());
        let rule = |path: &[String], at: At<'_>| {
            let what = match at {
                At::Key => "key",
                At::Scalar(_) => "scalar",
                At::Sequence => "sequence",
                At::Mapping => "mapping",
                At::Item(_) => "item",
            };
            seen.borrow_mut().push(format!("{what} {}", path.join(".")));
            path.ends_with(&["stop".to_owned()])
                .then(|| "no".to_owned())
        };
        let fault = parse("a: [{b: 1}, c]\nd: {}\nstop: 1", &rule);
        let expected = [
            "key a",
            "sequence a",
            "key a.b",
            "scalar a.b",
            "item a",
            "item a",
            "key d",
            "mapping d",
            "key stop",
        ];
        assert_eq!(*seen.borrow(), expected);
        let fault = fault.expect_err("the rule refuses it");
        assert!(fault.refused && fault.message == "no" && fault.line == 3);
    }
}
