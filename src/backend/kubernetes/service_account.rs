//! ServiceAccount.

use super::Scope;
use crate::yaml::{Node, map};

/// Whom all pods run as. Its token is mounted nowhere: no pod talks to the API server.
pub(super) fn service_account(scope: &Scope) -> Node {
    map! {
        "apiVersion": "v1",
        "kind": "ServiceAccount",
        "metadata": scope.metadata(&scope.app.name),
        "automountServiceAccountToken": false,
    }
    .at(scope.origin)
    .because("service_account")
}
