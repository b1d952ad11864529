//! HorizontalPodAutoscaler.

use super::Scope;
use super::stateful_set::workload_kind;
use crate::ir::Tier;
use crate::yaml::{Node, map};

/// Keeps the average of the pods' cpu, their memory or both at a share of what they request, if that was
/// asked for. The container's own counts: of a pod's, nothing is known once a sidecar requests none.
pub(super) fn autoscaler(scope: &Scope, tier: &Tier) -> Option<Node> {
    let scaling = tier.replicas.autoscaling?;
    let metric = |(name, percent): (&str, Option<u32>)| {
        let target = map! { "type": "Utilization", "averageUtilization": percent? };
        let resource = map! {
            "container": &tier.id.name,
            "name": name,
            "target": target,
        };
        Some(map! { "type": "ContainerResource", "containerResource": resource })
    };
    let metrics = [
        ("cpu", scaling.cpu_percent),
        ("memory", scaling.memory_percent),
    ];
    let metrics: Vec<Node> = metrics.into_iter().filter_map(metric).collect();
    let node = map! {
        "apiVersion": "autoscaling/v2",
        "kind": "HorizontalPodAutoscaler",
        "metadata": scope.metadata(&tier.id.workload),
        "spec": map! {
            "scaleTargetRef": map! {
                "apiVersion": "apps/v1",
                "kind": workload_kind(tier),
                "name": &tier.id.workload,
            },
            "minReplicas": tier.replicas.least,
            "maxReplicas": scaling.most,
            "metrics": metrics,
        },
    };
    Some(node.at(tier.replicas.origin))
}
