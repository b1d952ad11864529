//! Who reaches a tier from outside of the cluster, and the address by which browsers know it.

use super::findings::Findings;
use super::scope::{Scope, TierFace};
use super::{texts, types};
use crate::diag::{Code, Diagnostic};
use crate::ir::{Expose, Identity};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, ExposeWay, Name};

/// What `expose` says; the host of a load balancer stands beside it.
pub(super) fn lower<'a>(
    said: Option<&'a ast::Expose>,
    id: &Identity,
    tier: &ast::Tier,
    found: &mut Findings,
) -> (Spanned<Expose>, Option<&'a Name>) {
    let Some(said) = said else {
        return (Spanned::new(Expose::Internal, tier.span), None);
    };
    let mut balancer = None;
    let expose = match &said.way {
        None | Some(ExposeWay::Internal) => Expose::Internal,
        Some(ExposeWay::NodePort(port)) => Expose::NodePort {
            port: port.as_ref().and_then(|port| types::node_port(port, found)),
        },
        Some(ExposeWay::LoadBalancer(host)) => {
            balancer = host
                .as_ref()
                .filter(|host| texts::is_host(host, true, found));
            Expose::LoadBalancer
        }
        Some(ExposeWay::Ingress {
            host,
            path,
            tls,
            secret,
        }) => {
            if let Some(host) = host {
                texts::is_host(host, false, found);
            }
            if let Some(path) = path {
                texts::is_path(path, found);
            }
            if let Some(secret) = secret {
                texts::is_secret_name(secret, found);
            }
            let text = |name: &Option<Name>| name.as_ref().map(|name| name.value.clone());
            Expose::Ingress {
                host: text(host).unwrap_or_default(),
                path: text(path).unwrap_or_else(|| "/".to_owned()),
                tls: tls.map(|_| text(secret).unwrap_or_else(|| format!("{}-tls", id.workload))),
            }
        }
    };
    (Spanned::new(expose, said.span), balancer)
}

/// An address that browsers know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PublicAddress {
    scheme: &'static str,
    /// The bare host.
    pub(super) host: String,
    /// The port, where it isn't the scheme's own.
    port: Option<u16>,
    /// The exposure's path without a slash at its end; empty for the root.
    path: String,
}

impl PublicAddress {
    /// Scheme, host and port.
    pub(super) fn origin(&self) -> String {
        let port = self.port.map_or(String::new(), |port| format!(":{port}"));
        format!("{}://{}{port}", self.scheme, self.host)
    }

    /// The origin and the exposure's path.
    pub(super) fn url(&self) -> String {
        format!("{}{}", self.origin(), self.path)
    }
}

const SAY_HOST: &str = "say by which name browsers reach the cluster: `host \"localhost\"`";

/// The address by which browsers know a tier; complains at `place` where there is none.
pub(super) fn public_address(
    face: &TierFace<'_>,
    scope: &Scope<'_>,
    place: Span,
    found: &mut Findings,
) -> Option<PublicAddress> {
    let name = &face.id.name;
    // What couldn't be read may say how it is reached.
    let said = [&face.tier.scale].into_iter().chain(face.scale());
    let unread = scope.settings.broken || said.into_iter().any(|scale| scale.broken);
    let host = face
        .balancer
        .or(scope.settings.host)
        .map(|host| host.value.clone());
    let mut unknown = |what: &str, help: &str| {
        let message = format!("the public address of `{name}` can't be known: {what}");
        if !unread {
            found.lacks(
                Diagnostic::new(Code::UnknownAddress, place, message)
                    .also(face.expose.span, "it is exposed here")
                    .help(help),
            );
        }
    };
    match &face.expose.value {
        Expose::Internal => {
            let message = format!("`{name}` has no public address: nothing exposes it");
            if !unread {
                found.lacks(
                    Diagnostic::new(Code::NotExposed, place, message)
                        .also(face.tier.span, "reached from within the cluster alone")
                        .help(format!(
                            "expose it: `expose ingress \"{name}.example.com\"`, or `expose nodeport 30080`"
                        )),
                );
            }
            None
        }
        Expose::NodePort { port: None } => {
            unknown(
                "the cluster chooses the node port",
                "choose it: `expose nodeport 30080`",
            );
            None
        }
        Expose::NodePort { port } => {
            let Some(host) = host else {
                unknown("no host is said", SAY_HOST);
                return None;
            };
            Some(PublicAddress {
                scheme: "http",
                host,
                port: *port,
                path: String::new(),
            })
        }
        Expose::LoadBalancer => {
            let Some(host) = host else {
                unknown("no host is said", SAY_HOST);
                return None;
            };
            let port = face
                .port()
                .map(|port| port.service)
                .filter(|port| *port != 80);
            Some(PublicAddress {
                scheme: "http",
                host,
                port,
                path: String::new(),
            })
        }
        Expose::Ingress { host, path, tls } => Some(PublicAddress {
            scheme: if tls.is_some() { "https" } else { "http" },
            host: host.clone(),
            port: None,
            path: path.trim_end_matches('/').to_owned(),
        }),
    }
}
