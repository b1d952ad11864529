//! Pods: what all of them have.

use super::env::literal;
use super::{Scope, unless_empty};
use crate::ir::{App, PullPolicy};
use crate::source::{Span, Spanned};
use crate::yaml::{Field, Node, map};

/// As which ServiceAccount a pod runs.
#[derive(Debug)]
pub(super) enum RunsAs {
    /// That of the namespace, which gives its token or doesn't.
    OfNamespace,
    /// The application's own.
    OfApplication,
    /// Another one, for the sake of its token.
    Named(Spanned<String>),
}

/// What pods differ in.
#[derive(Debug)]
pub(super) struct Pod {
    /// Annotations, where it has any.
    pub(super) annotations: Option<Node>,
    /// Seconds from SIGTERM to SIGKILL, and where they are said.
    pub(super) shutdown_seconds: (u32, Option<Span>),
    /// Its security context.
    pub(super) security: Node,
    /// When its containers are started again, where not always.
    pub(super) restart: Option<&'static str>,
    /// Its host name, where it isn't its own name.
    pub(super) host_name: Option<Node>,
    /// How it is spread over nodes, where it is.
    pub(super) spread: Option<Node>,
    /// As which account it runs.
    pub(super) account: RunsAs,
    /// The statement for whose sake it talks to the API server, if one does.
    pub(super) talks: Option<Span>,
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
        let (token, shutdown_seconds) = (self.token(), self.shutdown_seconds());
        let account = self.account(scope);
        let pull_secret = scope.app.pull_secret.as_ref();
        let pull_secret = pull_secret.map(|said| vec![map! { "name": &said.value }.at(said.span)]);
        map! {
            "metadata": map! {
                "labels": scope.pod_labels(),
                "annotations": self.annotations,
            },
            "spec": map! {
                "serviceAccountName": account,
                "imagePullSecrets": pull_secret.and_then(unless_empty),
                "automountServiceAccountToken": token,
                "enableServiceLinks": false.because("service_account"),
                "restartPolicy": self.restart.because("jobs"),
                "hostname": self.host_name,
                "terminationGracePeriodSeconds": shutdown_seconds,
                "securityContext": self.security,
                "topologySpreadConstraints": self.spread.and_then(|spread| unless_empty(vec![spread])).because("spread"),
                "initContainers": unless_empty(self.before),
                "containers": vec![self.container].because("container"),
                "volumes": unless_empty(self.volumes).because("container"),
            },
        }
    }
}

impl Pod {
    fn shutdown_seconds(&self) -> Option<Node> {
        match self.shutdown_seconds {
            (seconds, Some(place)) => seconds.at(place),
            (seconds, None) => seconds.because("shutdown"),
        }
    }

    /// Whether its containers get the token of its account. That of an account that isn't ours is left
    /// to that account.
    fn token(&self) -> Option<Node> {
        match (&self.account, self.talks) {
            (RunsAs::Named(name), Some(_) | None) => true.at(name.span),
            (RunsAs::OfApplication | RunsAs::OfNamespace, Some(place)) => true.at(place),
            (RunsAs::OfApplication, None) => false.because("service_account"),
            (RunsAs::OfNamespace, None) => None,
        }
    }

    /// It is always said: where `serviceAccountName` is left out, `kubectl apply` leaves the pods with the
    /// account of before, since the server keeps a copy of it in the old field `serviceAccount`.
    fn account(&self, scope: &Scope) -> Option<Node> {
        match &self.account {
            RunsAs::Named(name) => Some(Node::text(&name.value).at(name.span)),
            RunsAs::OfApplication => scope.app.name.as_str().because("service_account"),
            RunsAs::OfNamespace => "default".because("service_account"),
        }
    }
}

/// When the image is pulled.
pub(super) fn pull(app: &App, policy: &Spanned<PullPolicy>) -> Option<Node> {
    let word = policy.value.word();
    if policy.span == app.origin {
        word.because("pull")
    } else {
        word.at(policy.span)
    }
}

/// A word of a command, at its place.
pub(super) fn said_word(word: &Spanned<String>) -> Node {
    Node::text(literal(&word.value)).at(word.span)
}
