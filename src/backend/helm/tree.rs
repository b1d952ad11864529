//! Values by their keys, as files nest them.

use super::values::{ChartValue, Values};
use indexmap::IndexMap;

/// A value, or a group of them.
#[derive(Debug, Default)]
pub(super) struct Tree<'a> {
    /// What is below each key, in the order of the values.
    pub(super) branches: IndexMap<&'a str, Tree<'a>>,
    /// The value, if it is one.
    pub(super) leaf: Option<&'a ChartValue>,
}

impl<'a> Tree<'a> {
    /// That of all values.
    pub(super) fn of(values: &'a Values) -> Self {
        let mut tree = Tree::default();
        for value in values.by_path() {
            tree.add(&value.path, value);
        }
        tree
    }

    fn add(&mut self, path: &'a [String], value: &'a ChartValue) {
        match path {
            [] => self.leaf = Some(value),
            [first, rest @ ..] => self.branches.entry(first).or_default().add(rest, value),
        }
    }
}
