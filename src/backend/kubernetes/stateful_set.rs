//! StatefulSet.

use super::Scope;
use crate::yaml::{Field, Node, map};

/// The StatefulSet of one pod, its claim if it has one, and the headless Service that names the pod.
pub(super) fn stateful_set(
    scope: &Scope,
    name: &str,
    service: &str,
    template: Node,
    claim: Option<Node>,
) -> Node {
    map! {
        "apiVersion": "apps/v1",
        "kind": "StatefulSet",
        "metadata": scope.metadata(name),
        "spec": map! {
            "serviceName": service.because("names"),
            "replicas": 1_u32.because("database"),
            "selector": scope.match_labels(),
            "template": template,
            "volumeClaimTemplates": claim.map(|claim| vec![claim]).because("claim"),
        },
    }
    .at(scope.origin)
    .because("object")
}
