//! The list of files that `kubectl apply -k` reads.

use crate::source::Span;
use crate::yaml::{Node, map};

/// A Kustomization of those files, each with what it was written for, which keeps their order.
pub(super) fn kustomization(paths: Vec<(String, Span)>) -> Node {
    let paths = paths.into_iter();
    let paths = paths.map(|(path, origin)| Node::text(path).at(origin));
    map! {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "sortOptions": map! { "order": "fifo" },
        "resources": paths.collect::<Vec<_>>(),
    }
    .because("files")
}
