//! PersistentVolumeClaim, as an object and as a StatefulSet's template.

use super::Scope;
use crate::ir::Quantity;
use crate::source::Spanned;
use crate::yaml::{Node, map};

/// A claim of its own.
pub(super) fn claim(scope: &Scope, name: &str, size: &Spanned<Quantity>) -> Node {
    map! {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": scope.metadata(name),
        "spec": spec(size),
    }
    .at(scope.origin)
}

/// What a StatefulSet makes claims from. It can never be changed, so it has no label; the
/// controller gives each claim those of the selector.
pub(super) fn template(name: &str, size: &Spanned<Quantity>) -> Node {
    map! {
        "metadata": map! { "name": name },
        "spec": spec(size),
    }
}

fn spec(size: &Spanned<Quantity>) -> Node {
    map! {
        "accessModes": vec![Node::text("ReadWriteOnce")],
        "resources": map! {
            "requests": map! { "storage": Node::quoted(&size.value.text).at(size.span) },
        },
    }
}
