//! Deployment.

use super::Scope;
use crate::ir::Rollout;
use crate::yaml::{Node, map};

/// The Deployment of a pod's template. `least_ready` is for how many seconds a new pod must have been
/// ready to count.
pub(super) fn deployment(
    scope: &Scope,
    name: &str,
    replicas: Option<Node>,
    strategy: Option<Node>,
    least_ready: Option<Node>,
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
            "minReadySeconds": least_ready,
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
