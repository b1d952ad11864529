//! Edits of an object: leaves and fields at their paths.

use crate::yaml::{Key, Kind, LINES, Node};

/// An object that is made a template, and what patches say of it.
#[derive(Debug)]
pub(super) struct Edits {
    /// The object.
    pub(super) node: Node,
    /// The mappings that are merged into it later.
    patches: Vec<Node>,
}

impl Edits {
    pub(super) fn new(node: Node, patches: Vec<Node>) -> Self {
        Edits { node, patches }
    }

    /// The node at a path: keys and numbers of items, with dots between them.
    pub(super) fn get(&self, path: &str) -> Option<&Node> {
        steps(path).try_fold(&self.node, Node::step)
    }

    /// The text at a path.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        self.get(path).and_then(Node::as_text)
    }

    /// The node at a path, unless a patch says something of it.
    fn own(&mut self, path: &str) -> Option<&mut Node> {
        if self.is_patched(path) {
            return None;
        }
        at(&mut self.node, path)
    }

    /// Whether a patch says something of the node at a path or of nodes below it, or takes one above it
    /// away.
    fn is_patched(&self, path: &str) -> bool {
        if self.patches.is_empty() {
            return false;
        }
        let steps: Vec<_> = steps(path).collect();
        self.patches.iter().any(|patch| says(patch, &steps))
    }

    /// Whether there is something at a path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.get(path).is_some()
    }

    /// Replaces what stands at a path by an action.
    pub(super) fn set(&mut self, path: &str, expression: impl Into<String>) {
        if let Some(node) = self.own(path) {
            node.kind = Kind::Expression(expression.into());
        }
    }

    /// The same for a key of a mapping at a path; the key may hold dots.
    pub(super) fn set_key(&mut self, path: &str, key: &str, expression: impl Into<String>) {
        if self.is_patched(path) {
            return;
        }
        if let Some(value) = at(&mut self.node, path).and_then(|node| node.get_mut(key)) {
            value.kind = Kind::Expression(expression.into());
        }
    }

    /// Puts what stands at a path under a condition.
    pub(super) fn guard(&mut self, path: &str, condition: impl Into<String>) {
        if let Some(node) = self.own(path) {
            node.guard = Some(condition.into());
        }
    }

    /// Sets a field of the mapping at a path, behind the last of some others that is there, or at the
    /// end; before all others, where none is named.
    pub(super) fn put(&mut self, path: &str, key: &'static str, after: &[&str], value: Node) {
        let own = [path, key].join(".");
        if self.is_patched(own.trim_start_matches('.')) {
            return;
        }
        let Some(Kind::Mapping(fields)) = at(&mut self.node, path).map(|node| &mut node.kind)
        else {
            return;
        };
        if let Some((_, old)) = fields.iter_mut().find(|(name, _)| name == key) {
            let origin = std::mem::take(&mut old.origin);
            *old = Node { origin, ..value };
            return;
        }
        let behind = fields
            .iter()
            .rposition(|(name, _)| after.contains(&name.as_ref()));
        let place = match behind {
            Some(at) => at + 1,
            None if after.is_empty() => 0,
            None => fields.len(),
        };
        fields.insert(place, (Key::from(key), value));
    }

    /// Adds lines to the end of the mapping or sequence at a path.
    pub(super) fn add_lines(&mut self, path: &str, lines: &str) {
        if self.is_patched(path) {
            return;
        }
        match at(&mut self.node, path).map(|node| &mut node.kind) {
            Some(Kind::Mapping(fields)) => fields.push((LINES.into(), self::lines(lines))),
            Some(Kind::Sequence(items)) => items.push(self::lines(lines)),
            Some(_) | None => {}
        }
    }

    /// Puts the whole object under a condition.
    pub(super) fn guard_all(&mut self, condition: impl Into<String>) {
        self.node.guard = Some(condition.into());
    }
}

/// Lines of a template.
pub(super) fn lines(text: &str) -> Node {
    Node::new(Kind::Lines(text.to_owned()))
}

/// A mapping that holds lines of a template alone.
pub(super) fn only_lines(text: &str) -> Node {
    Node::mapping([(LINES, Some(lines(text)))])
}

/// The steps of a path: keys and numbers of items, with dots between them.
fn steps(path: &str) -> impl Iterator<Item = &str> {
    path.split('.').filter(|step| !step.is_empty())
}

fn at<'n>(node: &'n mut Node, path: &str) -> Option<&'n mut Node> {
    steps(path).try_fold(node, Node::step_mut)
}

/// Whether a patch says something at a path, below it, or of a node above it as a whole. Of lists any
/// item may be the one that is meant.
fn says(patch: &Node, steps: &[&str]) -> bool {
    let Some((first, rest)) = steps.split_first() else {
        return true;
    };
    match &patch.kind {
        Kind::Mapping(_) => patch.get(first).is_some_and(|below| says(below, rest)),
        Kind::Sequence(items) => items.iter().any(|item| says(item, rest)),
        Kind::Text(_)
        | Kind::Quoted(_)
        | Kind::Integer(_)
        | Kind::Decimal(_)
        | Kind::Bool(_)
        | Kind::Null
        | Kind::Expression(_)
        | Kind::Block(_)
        | Kind::Lines(_) => true,
    }
}
