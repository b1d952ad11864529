//! Namespace.

use super::{Scope, pod_security};
use crate::ir;
use crate::yaml::{Kind, Node, map};

/// The namespace of all other objects.
pub(super) fn namespace(app: &ir::App) -> Node {
    let mut labels = Scope::shared(app).labels();
    if let Kind::Mapping(fields) = &mut labels.kind {
        let more = pod_security::labels(app).into_iter();
        fields.extend(more.map(|(key, value)| (key.into(), value)));
    }
    map! {
        "apiVersion": "v1",
        "kind": "Namespace",
        "metadata": map! {
            "name": &app.namespace.name,
            "labels": labels,
        },
    }
    .at(app.namespace.origin)
    .because("namespace")
}
