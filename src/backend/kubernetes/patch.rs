//! Patches, merged into the objects that they name.

use crate::catalog::fields::Shape;
use crate::ir::Patch;
use crate::yaml::Node;

/// The objects of a workload as its patches leave them.
pub(super) fn patched(mut objects: Vec<Node>, patches: &[Patch]) -> Vec<Node> {
    for patch in patches {
        let named = |object: &&mut Node| {
            let kind = object.get("kind").and_then(Node::as_text);
            let name = object.get("metadata").and_then(|it| it.get("name"));
            kind == Some(&patch.kind) && name.and_then(Node::as_text) == Some(&patch.name)
        };
        if let Some(object) = objects.iter_mut().find(named) {
            let shape = Shape::of(&patch.kind);
            object.merge(&patch.node, &|path| shape?.item_keys(path));
        }
    }
    objects
}
