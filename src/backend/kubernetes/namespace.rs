//! Namespace.

use super::Scope;
use crate::ir;
use crate::yaml::{Node, map};

/// The namespace of all other objects.
pub(super) fn namespace(app: &ir::App) -> Node {
    map! {
        "apiVersion": "v1",
        "kind": "Namespace",
        "metadata": map! {
            "name": &app.namespace.name,
            "labels": Scope::shared(app).labels(),
        },
    }
    .at(app.namespace.origin)
    .because("namespace")
}
