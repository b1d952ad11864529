//! Deployment.

use super::Scope;
use crate::yaml::{Node, map};

/// How old pods give way to new ones.
#[derive(Debug, Clone, Copy)]
pub(super) enum Strategy {
    /// One more at a time, and never fewer than asked for.
    Rolling,
    /// All old ones go first: two pods can't share a claim.
    Recreate,
}

/// The Deployment of a pod's template.
pub(super) fn deployment(
    scope: &Scope,
    name: &str,
    replicas: Node,
    strategy: Strategy,
    template: Node,
) -> Node {
    map! {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": scope.metadata(name),
        "spec": map! {
            "replicas": replicas,
            "selector": scope.match_labels(),
            "strategy": strategy.node(),
            "template": template,
        },
    }
    .at(scope.origin)
}

impl Strategy {
    fn node(self) -> Node {
        match self {
            Strategy::Rolling => map! {
                "type": "RollingUpdate",
                "rollingUpdate": map! { "maxSurge": 1_u32, "maxUnavailable": 0_u32 },
            },
            Strategy::Recreate => map! { "type": "Recreate" },
        }
    }
}
