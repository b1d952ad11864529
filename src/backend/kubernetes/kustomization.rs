//! The list of files that `kubectl apply -k` reads.

use crate::yaml::{Node, map};

/// A Kustomization of those files, which keeps their order.
pub(super) fn kustomization(paths: Vec<String>) -> Node {
    map! {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "sortOptions": map! { "order": "fifo" },
        "resources": paths.into_iter().map(Node::text).collect::<Vec<_>>(),
    }
}
