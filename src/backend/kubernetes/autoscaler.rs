//! HorizontalPodAutoscaler.

use super::Scope;
use crate::ir::Tier;
use crate::yaml::{Node, map};

/// Keeps the average of the pods' cpu at a share of what they request, if that was asked for. The
/// container's own counts: of a pod's, nothing is known once a sidecar requests none.
pub(super) fn autoscaler(scope: &Scope, tier: &Tier) -> Option<Node> {
    let scaling = tier.replicas.autoscaling?;
    let target = map! { "type": "Utilization", "averageUtilization": scaling.cpu_percent };
    let node = map! {
        "apiVersion": "autoscaling/v2",
        "kind": "HorizontalPodAutoscaler",
        "metadata": scope.metadata(&tier.id.workload),
        "spec": map! {
            "scaleTargetRef": map! {
                "apiVersion": "apps/v1",
                "kind": "Deployment",
                "name": &tier.id.workload,
            },
            "minReplicas": tier.replicas.least,
            "maxReplicas": scaling.most,
            "metrics": vec![map! {
                "type": "ContainerResource",
                "containerResource": map! {
                    "container": &tier.id.name,
                    "name": "cpu",
                    "target": target,
                },
            }],
        },
    };
    Some(node.at(tier.replicas.origin))
}
