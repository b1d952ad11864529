//! What a text of YAML holds, and where each part of it stands.

use super::{Kind, Node, Scalar};
use std::ops::Range;

/// A value, and its place in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Marked {
    /// What it is.
    pub value: MarkedValue,
    /// Its bytes in the text; of a value that an alias stands for, those of the alias.
    pub place: Range<usize>,
}

/// What stands at a place of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum MarkedValue {
    /// Keys and values, in their order; keys differ.
    Mapping(Vec<MarkedEntry>),
    /// Values, in their order.
    Sequence(Vec<Marked>),
    /// Anything else.
    Scalar(Scalar),
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct MarkedEntry {
    /// The key; one that is a whole number or a boolean is written as JSON would.
    pub key: String,
    /// The key's bytes in the text.
    pub place: Range<usize>,
    /// What stands under it.
    pub value: Marked,
}

impl Marked {
    /// The value of a key, where this is a mapping that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Marked> {
        self.entries()
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.value)
    }

    /// Its keys and values; none where it isn't a mapping.
    #[must_use]
    pub fn entries(&self) -> &[MarkedEntry] {
        match &self.value {
            MarkedValue::Mapping(entries) => entries,
            MarkedValue::Sequence(_) | MarkedValue::Scalar(_) => &[],
        }
    }

    /// Its text, where it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            MarkedValue::Scalar(Scalar::Text(text)) => Some(text),
            MarkedValue::Mapping(_) | MarkedValue::Sequence(_) | MarkedValue::Scalar(_) => None,
        }
    }

    /// Whether nothing stands there.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.value == MarkedValue::Scalar(Scalar::Null)
    }

    /// The node that it is; `at` is what a node at a place of the text comes from.
    pub fn node(&self, at: &dyn Fn(&Range<usize>, Kind) -> Node) -> Node {
        let kind = match &self.value {
            MarkedValue::Mapping(entries) => Kind::Mapping(
                entries
                    .iter()
                    .map(|entry| (entry.key.clone().into(), entry.value.node(at)))
                    .collect(),
            ),
            MarkedValue::Sequence(items) => {
                Kind::Sequence(items.iter().map(|item| item.node(at)).collect())
            }
            MarkedValue::Scalar(scalar) => match scalar {
                Scalar::Text(text) => Kind::Text(text.clone()),
                Scalar::Integer(number) => Kind::Integer(*number),
                Scalar::Decimal(number) => Kind::Decimal(number.clone()),
                Scalar::Bool(value) => Kind::Bool(*value),
                Scalar::Null => Kind::Null,
            },
        };
        at(&self.place, kind)
    }

    /// The same value, all of it at another place.
    pub(super) fn copy_at(&self, place: &Range<usize>) -> Marked {
        let value = match &self.value {
            MarkedValue::Mapping(entries) => MarkedValue::Mapping(
                entries
                    .iter()
                    .map(|entry| MarkedEntry {
                        key: entry.key.clone(),
                        place: place.clone(),
                        value: entry.value.copy_at(place),
                    })
                    .collect(),
            ),
            MarkedValue::Sequence(items) => {
                MarkedValue::Sequence(items.iter().map(|item| item.copy_at(place)).collect())
            }
            MarkedValue::Scalar(scalar) => MarkedValue::Scalar(scalar.clone()),
        };
        Marked {
            value,
            place: place.clone(),
        }
    }
}
