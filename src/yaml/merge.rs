//! One tree into another.

use super::{Kind, Node};

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
    fields: &mut Vec<(String, Node)>,
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
        None => fields.push((key.to_owned(), without_null(change))),
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
        origin: node.origin,
    }
}

fn text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.get(key).and_then(Node::as_text)
}
