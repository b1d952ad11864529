//! Values at their paths, as a file of values nests them.

use indexmap::IndexMap;

use crate::yaml::{Key, Node};

/// What stands below a key: a value, or further keys in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Nested {
    value: Option<Node>,
    below: IndexMap<String, Nested>,
}

impl Nested {
    /// Sets the value at a path. Nothing is set below another value.
    pub(super) fn put(&mut self, path: &[String], value: Node) {
        let Some((first, rest)) = path.split_first() else {
            *self = Nested {
                value: Some(value),
                below: IndexMap::new(),
            };
            return;
        };
        if self.value.is_some() {
            return;
        }
        if let Some(below) = self.below.get_mut(first) {
            below.put(rest, value);
        } else {
            self.below
                .entry(first.clone())
                .or_default()
                .put(rest, value);
        }
    }

    /// Whether no value was set.
    pub(super) fn is_empty(&self) -> bool {
        self.value.is_none() && self.below.is_empty()
    }

    /// All of it as a node.
    pub(super) fn into_node(self) -> Node {
        let Nested { value, below } = self;
        let below = below.into_iter();
        value.unwrap_or_else(|| {
            Node::mapping(below.map(|(key, below)| (Key::from(key), Some(below.into_node()))))
        })
    }
}
