//! Values that keep what they are made of, so that each backend can print them in its own way.

use std::borrow::Cow;
use std::fmt;

use crate::catalog::members::PublicMember;
use crate::source::Span;

/// A value that anyone may read: its parts, joined. Text as written stands in parts of its own, so
/// that `api.url "/v1"` is the text `http://`, the host of `api`, a colon, its port, and the text
/// `/v1`. There is no part for a secret; [`Piece`](super::Piece) has one.
///
/// No two parts without a fact follow each other, and none of them is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    parts: Vec<TextPart>,
}

/// A part of a [`Text`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextPart {
    /// What it comes to for this target in a cluster. A backend that knows better prints the fact
    /// in its own way.
    pub text: String,
    /// What it states; `None` for text as written, which is the same everywhere.
    pub fact: Option<StatedFact>,
    /// Whether the fact stands within a string of JSON: `text` has that string's escapes, and what a
    /// backend prints instead needs them as well.
    pub in_json: bool,
    /// The text or reference that it comes from.
    pub origin: Span,
    /// The statements that say what the fact states, as far as it is known: at most [`MOST_PLACES`].
    pub stated: Vec<Span>,
}

/// The most statements that a part keeps: a value may be made from any number of others.
pub const MOST_PLACES: usize = 16;

/// What a part of a value states about the application. Things go by their names in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatedFact {
    /// The name by which the network knows a tier or database, or all pods of a tier: its Service's.
    Host(String),
    /// The name by which it knows the servers of a database that take no writes.
    ReadHost(String),
    /// The number of a tier's port, as its container listens on it.
    ContainerPort {
        /// The tier.
        tier: String,
        /// The port's name.
        port: String,
    },
    /// The number of a tier's port, as its Service has it.
    ServicePort {
        /// The tier.
        tier: String,
        /// The port's name.
        port: String,
    },
    /// The number of a database's port.
    DatabasePort(String),
    /// The user whom a database belongs to.
    DatabaseUser(String),
    /// The name of a database within its server.
    DatabaseName(String),
    /// What browsers know a tier by.
    Public {
        /// The tier.
        tier: String,
        /// The port that is meant, where it isn't the one by which they know the tier.
        port: Option<String>,
        /// The URL or the part of it that is meant; no path of the reference's own belongs to it.
        member: PublicMember,
    },
    /// Where a tier sees a volume.
    VolumePath {
        /// The tier.
        tier: String,
        /// The volume.
        volume: String,
    },
    /// The host of a service outside of the cluster.
    ExternalHost(String),
    /// The number of its port.
    ExternalPort(String),
    /// The value of a key of the shared [`ConfigMap`](super::ConfigMap), whose own parts stand
    /// there.
    Config(String),
}

impl Text {
    /// Text as written at `origin`.
    #[must_use]
    pub fn literal(text: impl Into<String>, origin: Span) -> Self {
        Text::default().and(text, origin)
    }

    /// What a reference at `origin` states, and what that comes to.
    #[must_use]
    pub fn fact(fact: StatedFact, text: impl Into<String>, origin: Span) -> Self {
        Text {
            parts: vec![TextPart {
                text: text.into(),
                fact: Some(fact),
                in_json: false,
                origin,
                stated: Vec::new(),
            }],
        }
    }

    /// The same, where these statements say what its facts state.
    #[must_use]
    pub fn stated_at(mut self, places: &[Span]) -> Self {
        for part in self.parts.iter_mut().filter(|part| part.fact.is_some()) {
            for place in places {
                if part.stated.len() < MOST_PLACES && !part.stated.contains(place) {
                    part.stated.push(*place);
                }
            }
        }
        self
    }

    /// Every statement that it is made from: of each part the text or reference, and what says what its
    /// fact states.
    pub fn places(&self) -> impl Iterator<Item = Span> + Clone + '_ {
        let parts = self.parts.iter();
        parts.flat_map(|part| std::iter::once(part.origin).chain(part.stated.iter().copied()))
    }

    /// Adds text as written at `origin`.
    #[must_use]
    pub fn and(mut self, text: impl Into<String>, origin: Span) -> Self {
        self.push(TextPart {
            text: text.into(),
            fact: None,
            in_json: false,
            origin,
            stated: Vec::new(),
        });
        self
    }

    /// Adds the parts of another value.
    #[must_use]
    pub fn then(mut self, other: Text) -> Self {
        other.parts.into_iter().for_each(|part| self.push(part));
        self
    }

    fn push(&mut self, part: TextPart) {
        if part.fact.is_some() {
            self.parts.push(part);
        } else if let Some(last) = self.parts.last_mut().filter(|last| last.fact.is_none()) {
            if !part.text.is_empty() {
                last.text.push_str(&part.text);
                last.origin = last.origin.to(part.origin);
            }
        } else if !part.text.is_empty() {
            self.parts.push(part);
        }
    }

    /// The same as a string of JSON, in its quotes. The two line breaks that JSON may hold as they are,
    /// and JavaScript once might not, have escapes, as Go gives them to them.
    #[must_use]
    pub fn into_json(self, origin: Span) -> Self {
        let mut string = Text::literal("\"", origin);
        for part in self.parts {
            let quoted = serde_json::Value::from(part.text).to_string();
            let quoted = quoted.replace('\u{2028}', "\\u2028");
            let quoted = quoted.replace('\u{2029}', "\\u2029");
            let escaped = quoted.get(1..quoted.len() - 1).unwrap_or_default();
            string.push(TextPart {
                text: escaped.to_owned(),
                in_json: part.fact.is_some(),
                ..part
            });
        }
        string.and("\"", origin)
    }

    /// The first of the host names that it lists, with commas, with blanks or as JSON; without the dot
    /// that stands for all below it. `None` where it lists none, or lets any be.
    #[must_use]
    pub fn first_host(&self) -> Option<Text> {
        const AROUND: &[char] = &['[', '"', '\'', ' ', '.'];
        const BEHIND: &[char] = &[',', ';', '"', '\'', ' ', ']'];
        if self.joined().contains('*') {
            return None;
        }
        let mut host = Text::default();
        for part in &self.parts {
            if part.fact.is_some() {
                host.push(part.clone());
                continue;
            }
            let text = if host.is_empty() {
                part.text.trim_start_matches(AROUND)
            } else {
                &part.text
            };
            let end = text.find(BEHIND);
            host = host.and(text.get(..end.unwrap_or(text.len()))?, part.origin);
            if end.is_some() {
                break;
            }
        }
        (!host.is_empty()).then_some(host)
    }

    /// Its parts, in order.
    #[must_use]
    pub fn parts(&self) -> &[TextPart] {
        &self.parts
    }

    /// Whether any part states something about the application, so that the value isn't the same
    /// wherever it runs.
    #[must_use]
    pub fn is_derived(&self) -> bool {
        self.parts.iter().any(|part| part.fact.is_some())
    }

    /// What it comes to: the texts of its parts, joined.
    #[must_use]
    pub fn joined(&self) -> Cow<'_, str> {
        match self.parts.as_slice() {
            [] => Cow::Borrowed(""),
            [only] => Cow::Borrowed(&only.text),
            parts => parts.iter().map(|part| part.text.as_str()).collect(),
        }
    }

    /// How many bytes that has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parts.iter().map(|part| part.text.len()).sum()
    }

    /// Whether that is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = self.parts.iter();
        parts.try_for_each(|part| formatter.write_str(&part.text))
    }
}

#[cfg(test)]
mod tests {
    use super::{StatedFact, Text};
    use crate::source::{FileId, Span};

    fn at(start: usize) -> Span {
        Span::new(FileId(0), start..start + 1)
    }

    fn host(text: &str) -> Text {
        Text::fact(StatedFact::Host("api".to_owned()), text, at(4))
    }

    #[test]
    fn text_as_written_is_one_part_between_facts() {
        let url = Text::literal("http:", at(1)).and("//", at(2));
        let url = url.then(host("api")).and("", at(5)).and("/v1", at(6));
        let parts: Vec<_> = url.parts().iter().map(|it| it.text.as_str()).collect();
        assert_eq!(parts, ["http://", "api", "/v1"]);
        assert_eq!(url.parts()[0].origin, at(1).to(at(2)));
        assert_eq!(url.joined(), "http://api/v1");
        assert_eq!(url.to_string(), "http://api/v1");
        assert_eq!(url.len(), 13);
        assert!(url.is_derived());
    }

    #[test]
    fn the_first_host_of_a_list_is_found() {
        let first = |text: &str| {
            let host = Text::literal(text, at(1)).first_host();
            host.map(|host| host.to_string())
        };
        for (text, host) in [
            ("a.example.com", Some("a.example.com")),
            (".example.com,b", Some("example.com")),
            ("a b", Some("a")),
            ("[\"a\",\"b\"]", Some("a")),
            ("a,*", None),
            ("", None),
            (",", None),
        ] {
            assert_eq!(first(text).as_deref(), host, "{text}");
        }
        let list = Text::literal("[\"", at(1)).then(host("api"));
        let list = list.and("\",\"b\"]", at(2));
        assert_eq!(list.first_host(), Some(host("api")));
    }

    #[test]
    fn nothing_is_no_part_and_a_fact_that_comes_to_nothing_is_one() {
        let nothing = Text::literal("", at(1)).then(Text::default());
        assert_eq!(nothing.parts(), []);
        assert!(nothing.is_empty() && !nothing.is_derived());
        assert_eq!(nothing.joined(), "");
        let empty = host("");
        assert!(empty.is_empty() && empty.is_derived());
    }

    #[test]
    fn json_escapes_each_part_as_it_would_the_whole() {
        let hostile = "a\"b\\c\n\u{1f}\u{7f}\u{2028}\u{1f600}$(X)";
        let text = Text::literal(hostile, at(1)).then(host(hostile));
        let whole = serde_json::Value::from(text.to_string()).to_string();
        let whole = whole.replace('\u{2028}', "\\u2028");
        let json = text.and(hostile, at(7)).into_json(at(9));
        let read: String = serde_json::from_str(&json.joined()).expect("a string of JSON");
        assert_eq!(read, hostile.repeat(3));
        assert!(json.to_string().starts_with(&whole[..whole.len() - 1]));
        let within: Vec<_> = json.parts().iter().map(|it| it.in_json).collect();
        assert_eq!(within, [false, true, false]);
    }
}
