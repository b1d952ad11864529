//! PodDisruptionBudget.

use super::Scope;
use crate::catalog::defaults::Switch;
use crate::ir::Tier;
use crate::yaml::{Node, map};

/// Lets a drained node take one pod at a time, if there is more than one. Pods that aren't healthy
/// may always go: they would hold up the drain for ever.
pub(super) fn disruption_budget(scope: &Scope, tier: &Tier) -> Option<Node> {
    (tier.replicas.least >= 2 && tier.keeps(Switch::DisruptionBudget)).then(|| {
        map! {
            "apiVersion": "policy/v1",
            "kind": "PodDisruptionBudget",
            "metadata": scope.metadata(&tier.id.workload),
            "spec": map! {
                "maxUnavailable": 1_u32,
                "unhealthyPodEvictionPolicy": "AlwaysAllow",
                "selector": scope.match_labels(),
            },
        }
        .at(tier.replicas.origin)
        .because("disruption_budget")
    })
}
