//! Pods: what all of them have.

use super::{Scope, unless_empty};
use crate::yaml::{Node, map};

/// What pods differ in.
#[derive(Debug)]
pub(super) struct Pod {
    /// Annotations, where it has any.
    pub(super) annotations: Option<Node>,
    /// Seconds from SIGTERM to SIGKILL.
    pub(super) shutdown_seconds: u32,
    /// Its security context.
    pub(super) security: Node,
    /// When its containers are started again, where not always.
    pub(super) restart: Option<&'static str>,
    /// How it is spread over nodes, where it is.
    pub(super) spread: Option<Node>,
    /// Whether it runs as the application's account.
    pub(super) account: bool,
    /// What runs before its container.
    pub(super) before: Vec<Node>,
    /// Its container.
    pub(super) container: Node,
    /// Its volumes.
    pub(super) volumes: Vec<Node>,
}

impl Pod {
    /// The template of a workload's pods. No Service of the namespace becomes a variable: one
    /// called `postgres` would set `POSTGRES_PORT` to a URL.
    pub(super) fn template(self, scope: &Scope) -> Node {
        let pull_secret = scope.app.pull_secret.as_ref();
        let pull_secret = pull_secret.map(|said| vec![map! { "name": &said.value }.at(said.span)]);
        map! {
            "metadata": map! {
                "labels": scope.labels(),
                "annotations": self.annotations,
            },
            "spec": map! {
                "serviceAccountName": self.account.then_some(scope.app.name.as_str()),
                "imagePullSecrets": pull_secret,
                "automountServiceAccountToken": false,
                "enableServiceLinks": false,
                "restartPolicy": self.restart,
                "terminationGracePeriodSeconds": self.shutdown_seconds,
                "securityContext": self.security,
                "topologySpreadConstraints": self.spread.map(|spread| vec![spread]),
                "initContainers": unless_empty(self.before),
                "containers": vec![self.container],
                "volumes": unless_empty(self.volumes),
            },
        }
    }
}
