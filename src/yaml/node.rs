//! The tree that documents are built as.

use super::{Origin, Why};
use crate::source::Span;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A key. Most are Kubernetes' own words, which needn't be copied.
pub type Key = Cow<'static, str>;

/// A node of a YAML document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it holds.
    pub kind: Kind,
    /// Where it comes from.
    pub origin: Origin,
    /// The condition of a Go template under which it is there, such as `if .Values.web.enabled`;
    /// `None` for what is always there.
    pub guard: Option<String>,
}

/// What a node holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Keys and values, in order; keys differ.
    Mapping(Vec<(Key, Node)>),
    /// Values, in order.
    Sequence(Vec<Node>),
    /// Text that is quoted only where a reader could take it for something else.
    Text(String),
    /// Text that is always quoted: values of variables, labels and annotations, quantities.
    Quoted(String),
    /// A whole number.
    Integer(i64),
    /// Any other number, as YAML writes it.
    Decimal(String),
    /// True or false.
    Bool(bool),
    /// Nothing.
    Null,
    /// An action of a Go template, or text with some in it, which is printed as it is.
    Expression(String),
    /// A pipeline of a Go template that gives lines of YAML: they stand below the key, indented by
    /// `nindent`.
    Block(String),
    /// Lines of a Go template among the fields of a mapping or the items of a sequence, each printed
    /// as it is. In a mapping its key is [`LINES`].
    Lines(String),
}

/// The key of [`Kind::Lines`] in a mapping, which isn't printed.
pub const LINES: &str = "";

impl Node {
    /// A node without an origin.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Node {
            kind,
            origin: Origin::default(),
            guard: None,
        }
    }

    /// A mapping of the fields that are there.
    #[must_use]
    pub fn mapping<K: Into<Key>>(fields: impl IntoIterator<Item = (K, Option<Node>)>) -> Self {
        let fields = fields.into_iter();
        // Most of them are there.
        let most = fields.size_hint().1;
        let mut there = Vec::with_capacity(most.unwrap_or_default());
        there.extend(fields.filter_map(|(key, value)| Some((key.into(), value?))));
        Node::new(Kind::Mapping(there))
    }

    /// A sequence.
    #[must_use]
    pub fn sequence(items: impl IntoIterator<Item = Node>) -> Self {
        Node::new(Kind::Sequence(items.into_iter().collect()))
    }

    /// Text that is quoted only where it must be.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Node::new(Kind::Text(text.into()))
    }

    /// A whole number.
    #[must_use]
    pub fn integer(number: impl Into<i64>) -> Self {
        Node::new(Kind::Integer(number.into()))
    }

    /// Text that is always quoted.
    #[must_use]
    pub fn quoted(text: impl Into<String>) -> Self {
        Node::new(Kind::Quoted(text.into()))
    }

    /// An action of a Go template, or text with some in it.
    #[must_use]
    pub fn expression(text: impl Into<String>) -> Self {
        Node::new(Kind::Expression(text.into()))
    }

    /// The same node, which is there under a condition of a Go template alone.
    #[must_use]
    pub fn guarded(mut self, condition: impl Into<String>) -> Self {
        self.guard = Some(condition.into());
        self
    }

    /// The value of a key, where this is a mapping that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        let mut fields = self.fields().iter();
        fields.find(|(name, _)| name == key).map(|(_, node)| node)
    }

    /// The keys of a mapping and their values; nothing else has any.
    #[must_use]
    pub fn fields(&self) -> &[(Key, Node)] {
        let Kind::Mapping(fields) = &self.kind else {
            return &[];
        };
        fields
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let Kind::Mapping(fields) = &mut self.kind else {
            return None;
        };
        let mut fields = fields.iter_mut();
        fields.find(|(name, _)| name == key).map(|(_, node)| node)
    }

    /// What one step of a path leads to: the value of a key, or the item of a number.
    #[must_use]
    pub fn step(&self, step: &str) -> Option<&Node> {
        if let Kind::Sequence(items) = &self.kind {
            return items.get(step.parse::<usize>().ok()?);
        }
        self.get(step)
    }

    /// The same, to be changed.
    pub fn step_mut(&mut self, step: &str) -> Option<&mut Node> {
        if let Kind::Mapping(_) = self.kind {
            return self.get_mut(step);
        }
        let Kind::Sequence(items) = &mut self.kind else {
            return None;
        };
        items.get_mut(step.parse::<usize>().ok()?)
    }

    /// The values of a mapping, or the items of a sequence; nothing else holds nodes.
    pub fn children(&self) -> impl Iterator<Item = &Node> {
        let (fields, items): (&[_], &[_]) = match &self.kind {
            Kind::Mapping(fields) => (fields, &[]),
            Kind::Sequence(items) => (&[], items),
            Kind::Text(_)
            | Kind::Quoted(_)
            | Kind::Integer(_)
            | Kind::Decimal(_)
            | Kind::Bool(_)
            | Kind::Null
            | Kind::Expression(_)
            | Kind::Block(_)
            | Kind::Lines(_) => (&[], &[]),
        };
        fields.iter().map(|(_, value)| value).chain(items)
    }

    /// The same, to be changed.
    pub fn children_mut(&mut self) -> impl Iterator<Item = &mut Node> {
        let (fields, items): (&mut [_], &mut [_]) = match &mut self.kind {
            Kind::Mapping(fields) => (fields, &mut []),
            Kind::Sequence(items) => (&mut [], items),
            Kind::Text(_)
            | Kind::Quoted(_)
            | Kind::Integer(_)
            | Kind::Decimal(_)
            | Kind::Bool(_)
            | Kind::Null
            | Kind::Expression(_)
            | Kind::Block(_)
            | Kind::Lines(_) => (&mut [], &mut []),
        };
        fields.iter_mut().map(|(_, value)| value).chain(items)
    }

    /// Its text, where it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) | Kind::Quoted(text) => Some(text),
            Kind::Mapping(_)
            | Kind::Sequence(_)
            | Kind::Integer(_)
            | Kind::Decimal(_)
            | Kind::Bool(_)
            | Kind::Null
            | Kind::Expression(_)
            | Kind::Block(_)
            | Kind::Lines(_) => None,
        }
    }

    /// The same node, which belongs to a place in the source.
    #[must_use]
    pub fn at(mut self, place: Span) -> Self {
        self.origin.span = Some(place);
        self
    }

    /// The same node, which comes from other places as well.
    #[must_use]
    pub fn also(mut self, places: impl IntoIterator<Item = Span>) -> Self {
        /// Of so many places, one more is sought among all.
        const FEW: usize = 8;
        let mut many = BTreeSet::new();
        for place in places {
            let is_known = if self.origin.also.len() < FEW {
                self.origin.spans().any(|known| known == place)
            } else {
                if many.is_empty() {
                    many.extend(self.origin.spans());
                }
                !many.insert(place)
            };
            if !is_known {
                self.origin.also.push(place);
            }
        }
        self
    }

    /// The same node, which belongs to the first of these places and comes from the others as well;
    /// as it was, where there are none.
    #[must_use]
    pub fn gathered(self, places: impl IntoIterator<Item = Span>) -> Self {
        let mut places = places.into_iter();
        match places.next() {
            Some(first) => self.at(first).also(places),
            None => self,
        }
    }

    /// Every place that it and what it holds come from, sorted.
    #[must_use]
    pub fn places(&self) -> BTreeSet<Span> {
        let mut places = BTreeSet::new();
        let mut left = vec![self];
        while let Some(node) = left.pop() {
            places.extend(node.origin.spans());
            left.extend(node.children());
        }
        places
    }

    /// The same node, which is there by a default or a rule of that name.
    #[must_use]
    pub fn because(mut self, rule: &'static str) -> Self {
        self.origin.why = Why::Rule(rule);
        self
    }
}

/// What may stand as a value in [`map!`](crate::yaml::map): a node, or what becomes one; `None` is
/// left out.
pub trait Field {
    /// The node, if there is one.
    fn into_field(self) -> Option<Node>;

    /// The node, if there is one, which is there by a default or a rule of that name.
    fn because(self, rule: &'static str) -> Option<Node>
    where
        Self: Sized,
    {
        self.into_field().map(|node| node.because(rule))
    }

    /// The node, if there is one, which belongs to a place in the source.
    fn at(self, place: Span) -> Option<Node>
    where
        Self: Sized,
    {
        self.into_field().map(|node| node.at(place))
    }
}

impl Field for Node {
    fn into_field(self) -> Option<Node> {
        Some(self)
    }
}

impl<T: Field> Field for Option<T> {
    fn into_field(self) -> Option<Node> {
        self.and_then(Field::into_field)
    }
}

impl Field for Vec<Node> {
    fn into_field(self) -> Option<Node> {
        Some(Node::sequence(self))
    }
}

impl Field for &str {
    fn into_field(self) -> Option<Node> {
        Some(Node::new(Kind::Text(self.to_owned())))
    }
}

impl Field for &String {
    fn into_field(self) -> Option<Node> {
        self.as_str().into_field()
    }
}

impl Field for String {
    fn into_field(self) -> Option<Node> {
        Some(Node::new(Kind::Text(self)))
    }
}

impl Field for bool {
    fn into_field(self) -> Option<Node> {
        Some(Node::new(Kind::Bool(self)))
    }
}

impl Field for u32 {
    fn into_field(self) -> Option<Node> {
        Some(Node::new(Kind::Integer(i64::from(self))))
    }
}

impl Field for u16 {
    fn into_field(self) -> Option<Node> {
        u32::from(self).into_field()
    }
}
