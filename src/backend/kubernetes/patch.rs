//! Patches, merged into the objects that they name.

use crate::catalog::fields::Shape;
use crate::ir::Patch;
use crate::yaml::Node;

/// The objects of a workload as its patches leave them.
pub(in crate::backend) fn patched(mut objects: Vec<Node>, patches: &[Patch]) -> Vec<Node> {
    for patch in patches {
        let named = |object: &&mut Node| {
            let kind = object.get("kind").and_then(Node::as_text);
            let name = object.get("metadata").and_then(|it| it.get("name"));
            let name = name.and_then(Node::as_text);
            let wanted = patch.object.as_ref();
            kind == Some(&patch.kind.value)
                && wanted.is_none_or(|wanted| name == Some(&wanted.value))
        };
        let object = objects.iter_mut().find(named);
        if let (Some(object), Some(node)) = (object, patch.node()) {
            let shape = Shape::of(&patch.kind.value);
            let is_policy = patch.kind.value == "NetworkPolicy";
            object.merge(&node, &|path| match path {
                // Each rule lets somebody in, and takes nothing from anybody: in the place of those that
                // are there, one more would cut off all that the program connects.
                ["spec", "ingress" | "egress"] if is_policy => Some(Vec::new()),
                _ => shape?.item_keys(path),
            });
        }
    }
    objects
}
