//! One tree into another.

use super::{Key, Kind, Node};
use std::collections::{BTreeMap, BTreeSet};

/// What tells the items of a sequence apart: keys of theirs, a key in a mapping below written as
/// `metadata.name`, each with what it is where an item doesn't have it. Without any key, an item that
/// is a word tells itself from the others.
pub type ItemKeys = Vec<(&'static str, &'static str)>;

/// The key of an item of a change that says what becomes of the item with its keys.
pub const DIRECTIVE: &str = "$patch";
/// Its one value here: the item goes.
pub const DELETE: &str = "delete";

/// The keys for the sequence at a path, where its items are merged one by one.
type KeysAt<'k> = &'k dyn Fn(&[&str]) -> Option<ItemKeys>;

impl Node {
    /// Takes what `change` says: mappings are merged, null deletes, and anything else replaces what is
    /// there. The items of a sequence for which `keys_at` knows keys are merged with those that have the
    /// same under these, and added where there is none. The time grows with the sizes of both.
    pub fn merge(&mut self, change: &Node, keys_at: &dyn Fn(&[&str]) -> Option<ItemKeys>) {
        merge(self, change, &mut Vec::new(), keys_at);
    }
}

fn merge<'n>(base: &mut Node, change: &'n Node, path: &mut Vec<&'n str>, keys_at: KeysAt<'_>) {
    match (&mut base.kind, &change.kind) {
        (Kind::Mapping(fields), Kind::Mapping(changes)) => {
            mapping(fields, changes, path, keys_at);
        }
        (Kind::Sequence(items), Kind::Sequence(changes)) => match keys_at(path) {
            Some(keys) => sequence(items, changes, &keys, path, keys_at),
            None => *base = without_null(change),
        },
        _ => *base = without_null(change),
    }
}

fn mapping<'n>(
    fields: &mut Vec<(Key, Node)>,
    changes: &'n [(Key, Node)],
    path: &mut Vec<&'n str>,
    keys_at: KeysAt<'_>,
) {
    let mut places: BTreeMap<Key, usize> = fields
        .iter()
        .enumerate()
        .map(|(at, (key, _))| (key.clone(), at))
        .collect();
    let mut merged: Vec<_> = std::mem::take(fields).into_iter().map(Some).collect();
    for (key, change) in changes {
        let is_null = change.kind == Kind::Null;
        let place = places.get(key).and_then(|at| merged.get_mut(*at));
        match place {
            Some(place) if is_null => *place = None,
            Some(Some((_, value))) => {
                path.push(key);
                merge(value, change, path, keys_at);
                path.pop();
            }
            Some(None) | None if is_null => {}
            Some(None) | None => {
                places.insert(key.clone(), merged.len());
                merged.push(Some((key.clone(), without_null(change))));
            }
        }
    }
    fields.extend(merged.into_iter().flatten());
}

fn sequence<'n>(
    items: &mut Vec<Node>,
    changes: &'n [Node],
    keys: &ItemKeys,
    path: &mut Vec<&'n str>,
    keys_at: KeysAt<'_>,
) {
    let mut places = BTreeMap::new();
    for (at, item) in items.iter().enumerate() {
        places.entry(identity(item, keys)).or_insert(at);
    }
    let mut deleted = BTreeSet::new();
    for change in changes {
        let identity = identity(change, keys);
        if deletes(change) {
            deleted.extend(places.remove(&identity));
        } else if let Some(item) = places.get(&identity).and_then(|at| items.get_mut(*at)) {
            merge(item, change, path, keys_at);
        } else {
            places.insert(identity, items.len());
            items.push(without_null(change));
        }
    }
    if !deleted.is_empty() {
        let mut at = 0..;
        items.retain(|_| at.next().is_none_or(|at| !deleted.contains(&at)));
    }
}

/// Whether an item of a change takes the one with its keys away, as in a strategic merge patch of
/// `kubectl`.
fn deletes(change: &Node) -> bool {
    change.get(DIRECTIVE).and_then(Node::as_text) == Some(DELETE)
}

/// What tells an item from others.
fn identity(item: &Node, keys: &ItemKeys) -> Vec<String> {
    let mut words = Vec::new();
    if keys.is_empty() {
        add_words(item, &mut words);
    }
    for (key, default) in keys {
        let value = key.split('.').try_fold(item, Node::get);
        match value {
            Some(value) => add_words(value, &mut words),
            None => words.push((*default).to_owned()),
        }
    }
    words
}

/// The words of a value, with the number of those in a sequence or mapping before them.
fn add_words(node: &Node, words: &mut Vec<String>) {
    match &node.kind {
        Kind::Mapping(fields) => {
            words.push(fields.len().to_string());
            for (key, value) in fields {
                words.push(key.to_string());
                add_words(value, words);
            }
        }
        Kind::Sequence(items) => {
            words.push(items.len().to_string());
            for item in items {
                add_words(item, words);
            }
        }
        Kind::Text(text)
        | Kind::Quoted(text)
        | Kind::Decimal(text)
        | Kind::Expression(text)
        | Kind::Block(text)
        | Kind::Lines(text) => words.push(text.clone()),
        Kind::Integer(number) => words.push(number.to_string()),
        Kind::Bool(value) => words.push(value.to_string()),
        Kind::Null => words.push(String::new()),
    }
}

/// A node where there was none: nothing is there to be deleted.
fn without_null(node: &Node) -> Node {
    let kind = match &node.kind {
        Kind::Mapping(fields) => {
            let fields = fields.iter().filter(|(_, value)| value.kind != Kind::Null);
            let fields = fields.map(|(key, value)| (key.clone(), without_null(value)));
            Kind::Mapping(fields.collect())
        }
        Kind::Sequence(items) => Kind::Sequence(items.iter().map(without_null).collect()),
        Kind::Text(_)
        | Kind::Quoted(_)
        | Kind::Integer(_)
        | Kind::Decimal(_)
        | Kind::Bool(_)
        | Kind::Null
        | Kind::Expression(_)
        | Kind::Block(_)
        | Kind::Lines(_) => node.kind.clone(),
    };
    Node {
        kind,
        origin: node.origin.clone(),
        guard: node.guard.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{parse, print};

    fn read(text: &str) -> Node {
        let mut read = parse(text).documents;
        let read = read.pop().expect("a document");
        read.node(&|_, kind| Node::new(kind))
    }

    fn merged(base: &str, change: &str) -> String {
        let mut base = read(base);
        let by_name = |path: &[&str]| match path {
            [.., "named"] => Some(vec![("name", "")]),
            [.., "ports"] => Some(vec![("port", ""), ("protocol", "TCP")]),
            [.., "claims"] => Some(vec![("metadata.name", "")]),
            [.., "set"] => Some(Vec::new()),
            _ => None,
        };
        base.merge(&read(change), &by_name);
        print("", &[base])["---\n".len()..].to_owned()
    }

    #[test]
    fn mappings_are_added_to_and_the_rest_is_replaced() {
        assert_eq!(
            merged("{a: {b: 1}, c: 2}", "{a: {d: 3}, c: x}"),
            "a:\n  b: 1\n  d: 3\nc: x\n"
        );
        assert_eq!(merged("{a: [1, 2]}", "{a: [3]}"), "a:\n  - 3\n");
        assert_eq!(merged("{a: 1}", "{a: {b: 2}}"), "a:\n  b: 2\n");
    }

    #[test]
    fn null_deletes_and_is_never_written() {
        assert_eq!(merged("{a: 1, b: 2}", "{a: null, c: null}"), "b: 2\n");
        assert_eq!(
            merged("{}", "{a: {b: null, c: [{d: null}]}}"),
            "a:\n  c:\n    - {}\n"
        );
    }

    #[test]
    fn items_are_merged_by_their_key() {
        let base = "{named: [{name: a, x: 1}, {name: b}]}";
        let change = "{named: [{name: c}, {name: a, x: null, z: 2}]}";
        let expected = "named:\n  - name: a\n    z: 2\n  - name: b\n  - name: c\n";
        assert_eq!(merged(base, change), expected);
    }

    #[test]
    fn an_item_may_take_another_away() {
        let base = "{claims: [{metadata: {name: a}}, {metadata: {name: b}}]}";
        let change = "{claims: [{metadata: {name: a}, $patch: delete}, {metadata: {name: c}}, \
                      {metadata: {name: x}, $patch: delete}]}";
        let expected = "claims:\n  - metadata:\n      name: b\n  - metadata:\n      name: c\n";
        assert_eq!(merged(base, change), expected);
    }

    #[test]
    fn several_keys_tell_items_apart_and_may_be_left_out() {
        let base = "{ports: [{port: 53, a: 1}, {port: 53, protocol: UDP, a: 2}]}";
        let change = "{ports: [{port: 53, protocol: TCP, b: 3}, {port: 54}]}";
        let expected = "ports:\n  - port: 53\n    a: 1\n    protocol: TCP\n    b: 3\n  \
            - port: 53\n    protocol: UDP\n    a: 2\n  - port: 54\n";
        assert_eq!(merged(base, change), expected);
        let base = "{claims: [{metadata: {name: a}}], set: [x]}";
        let change = "{claims: [{metadata: {name: a}, spec: 1}], set: [z, x, z]}";
        let expected = "claims:\n  - metadata:\n      name: a\n    spec: 1\nset:\n  - x\n  - z\n";
        assert_eq!(merged(base, change), expected);
        assert_eq!(merged("{set: [x]}", "{set: []}"), "set:\n  - x\n");
    }

    #[test]
    fn a_key_that_is_deleted_may_come_back() {
        assert_eq!(merged("{a: {b: 1}}", "{a: null}"), "{}\n");
        let mut base = read("{a: 1, b: 2}");
        for change in ["{a: null}", "{a: {c: null}}"] {
            base.merge(&read(change), &|_| None);
        }
        assert_eq!(print("", &[base]), "---\nb: 2\na: {}\n");
    }
}
