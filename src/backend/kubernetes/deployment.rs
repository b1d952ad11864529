//! Deployment.

use super::Scope;
use crate::ir::Rollout;
use crate::yaml::{Node, map};

/// The Deployment of a pod's template.
pub(super) fn deployment(
    scope: &Scope,
    name: &str,
    replicas: Option<Node>,
    strategy: Option<Node>,
    template: Node,
) -> Node {
    map! {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": scope.metadata(name),
        "spec": map! {
            "replicas": replicas,
            "selector": scope.match_labels(),
            "strategy": strategy,
            "template": template,
        },
    }
    .at(scope.origin)
    .because("object")
}

/// How new pods replace old ones.
pub(super) fn strategy(rollout: Rollout) -> Node {
    match rollout {
        Rollout::Rolling { surge, unavailable } => map! {
            "type": "RollingUpdate",
            "rollingUpdate": map! { "maxSurge": surge, "maxUnavailable": unavailable },
        },
        Rollout::Recreate => map! { "type": "Recreate" },
    }
}
