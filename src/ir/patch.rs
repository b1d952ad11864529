//! Patches: what a user merges into one object, for what the language has no statement.

use crate::yaml::Node;

/// A mapping that is merged into an object.
#[derive(Debug, Clone)]
pub struct Patch {
    /// The object's kind.
    pub kind: String,
    /// The object's name.
    pub name: String,
    /// What is merged; its nodes come from the patch.
    pub node: Node,
}

/// Sequences whose items are merged one by one, by the end of the path to them, and the key that
/// tells their items apart (`patchMergeKey` of the same fields in Kubernetes' API, but for ports,
/// which all have names here). Any other sequence is replaced.
const MERGED: &[(&[&str], &str)] = &[
    (&["template", "spec", "containers"], "name"),
    (&["template", "spec", "initContainers"], "name"),
    (&["template", "spec", "volumes"], "name"),
    (&["containers", "ports"], "name"),
    (&["spec", "ports"], "name"),
    (&["containers", "volumeMounts"], "mountPath"),
    (&["initContainers", "volumeMounts"], "mountPath"),
];

impl Patch {
    /// The key that tells the items of a sequence apart, where they are merged one by one. `path`
    /// are the keys that lead to it.
    #[must_use]
    pub fn item_key(path: &[&str]) -> Option<&'static str> {
        let row = MERGED.iter().find(|(end, _)| path.ends_with(end));
        row.map(|(_, key)| *key)
    }
}
