//! One tree into another.

use super::{Key, Kind, Node};

/// The key that tells the items of the sequence at a path apart, where they are merged one by one.
type ItemKey<'k> = &'k dyn Fn(&[&str]) -> Option<&'static str>;

impl Node {
    /// Takes what `change` says: mappings are merged, null deletes, and anything else replaces what is
    /// there. The items of a sequence for which `item_key` knows a key are merged with those of the
    /// same text under it, and added where there is none.
    pub fn merge(&mut self, change: &Node, item_key: &dyn Fn(&[&str]) -> Option<&'static str>) {
        merge(self, change, &mut Vec::new(), item_key);
    }
}

fn merge<'n>(base: &mut Node, change: &'n Node, path: &mut Vec<&'n str>, item_key: ItemKey<'_>) {
    match (&mut base.kind, &change.kind) {
        (Kind::Mapping(fields), Kind::Mapping(changes)) => {
            for (key, change) in changes {
                path.push(key);
                field(fields, key, change, path, item_key);
                path.pop();
            }
        }
        (Kind::Sequence(items), Kind::Sequence(changes)) => {
            let Some(key) = item_key(path) else {
                *base = without_null(change);
                return;
            };
            for change in changes {
                let same = |item: &&mut Node| text(item, key) == text(change, key);
                match items.iter_mut().find(same) {
                    Some(item) => merge(item, change, path, item_key),
                    None => items.push(without_null(change)),
                }
            }
        }
        _ => *base = without_null(change),
    }
}

fn field<'n>(
    fields: &mut Vec<(Key, Node)>,
    key: &str,
    change: &'n Node,
    path: &mut Vec<&'n str>,
    item_key: ItemKey<'_>,
) {
    let at = fields.iter().position(|(other, _)| other == key);
    match at {
        Some(at) if change.kind == Kind::Null => {
            fields.remove(at);
        }
        Some(at) => merge(&mut fields[at].1, change, path, item_key),
        None if change.kind == Kind::Null => {}
        None => fields.push((key.to_owned().into(), without_null(change))),
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
        | Kind::Null => node.kind.clone(),
    };
    Node {
        kind,
        origin: node.origin.clone(),
    }
}

fn text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.get(key).and_then(Node::as_text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{parse, print};

    fn read(text: &str) -> Node {
        let mut read = parse(text, &|_, _| None).expect("it is YAML");
        read.pop().expect("a document")
    }

    fn merged(base: &str, change: &str) -> String {
        let mut base = read(base);
        let by_name = |path: &[&str]| path.ends_with(&["named"]).then_some("name");
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
}
