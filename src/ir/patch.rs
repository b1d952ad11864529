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
