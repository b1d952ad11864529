//! StatefulSet.

use super::Scope;
use crate::ir::Tier;
use crate::yaml::{Field, Node, map};

/// The StatefulSet of a database: one pod, its claim if it has one, and the headless Service that names the pod.
pub(super) fn of_database(
    scope: &Scope,
    name: &str,
    service: &str,
    template: Node,
    claim: Option<Node>,
) -> Node {
    let own = OwnOfSet {
        service,
        replicas: 1_u32.because("database"),
        order: None,
        least_ready: None,
        claims: claim.into_iter().collect(),
    };
    stateful_set(scope, name, own, template)
}

/// The kind of object that runs a tier's pods: this one where each has claims of its own.
pub(in crate::backend) fn workload_kind(tier: &Tier) -> &'static str {
    if tier.pod.has_own_claims() {
        "StatefulSet"
    } else {
        "Deployment"
    }
}

/// What a StatefulSet has besides its pods.
pub(super) struct OwnOfSet<'a> {
    /// The headless Service that names the pods.
    pub(super) service: &'a str,
    pub(super) replicas: Option<Node>,
    /// Whether pods wait for each other; by itself each does.
    pub(super) order: Option<Node>,
    /// For how many seconds a new pod must have been ready to count.
    pub(super) least_ready: Option<Node>,
    /// What claims are made from.
    pub(super) claims: Vec<Node>,
}

/// The StatefulSet of a pod's template.
pub(super) fn stateful_set(scope: &Scope, name: &str, own: OwnOfSet<'_>, template: Node) -> Node {
    let claims = own.claims;
    map! {
        "apiVersion": "apps/v1",
        "kind": "StatefulSet",
        "metadata": scope.metadata(name),
        "spec": map! {
            "serviceName": own.service.because("names"),
            "replicas": own.replicas,
            "podManagementPolicy": own.order,
            "minReadySeconds": own.least_ready,
            "selector": scope.match_labels(),
            "template": template,
            "volumeClaimTemplates": (!claims.is_empty()).then(|| claims.because("claim")),
        },
    }
    .at(scope.origin)
    .because("object")
}
