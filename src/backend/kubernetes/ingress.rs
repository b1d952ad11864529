//! Ingress.

use super::Scope;
use crate::ir::{Expose, Tier};
use crate::yaml::{Node, map};

/// The Ingress of a tier that is exposed by one.
pub(super) fn ingress(scope: &Scope, tier: &Tier) -> Option<Node> {
    let Expose::Ingress { host, path, tls } = &tier.expose.value else {
        return None;
    };
    let tls = tls.as_ref().map(|secret| {
        vec![map! {
            "hosts": vec![Node::text(host)],
            "secretName": secret,
        }]
    });
    let backend = map! {
        "service": map! {
            "name": &tier.id.service,
            "port": map! { "name": &tier.port()?.name },
        },
    };
    let ingress = map! {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "metadata": scope.metadata(&tier.id.workload),
        "spec": map! {
            "tls": tls,
            "rules": vec![map! {
                "host": host,
                "http": map! {
                    "paths": vec![map! {
                        "path": path,
                        "pathType": "Prefix",
                        "backend": backend,
                    }],
                },
            }],
        },
    };
    Some(ingress.at(tier.expose.span))
}
