//! Who reaches a tier from outside of the cluster.

use crate::check::findings::Findings;
use crate::check::types::implausible;
use crate::check::types::numbers;
use crate::check::types::texts;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Expose, Identity};
use crate::source::Spanned;
use crate::syntax::ast::{self, ExposeWay, Name};

/// What `expose` says; the host of a load balancer stands beside it.
pub(in crate::check) fn lower<'a>(
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
        None | Some(ExposeWay::Internal) => {
            if let (Some(_), Some(port)) = (&said.way, &said.port) {
                let message = "`expose internal` exposes no port";
                found.push(
                    Diagnostic::new(Code::Expected, port.span, message)
                        .help("write `expose internal`: all ports are reached from within"),
                );
            }
            Expose::Internal
        }
        Some(ExposeWay::NodePort(port)) => Expose::NodePort {
            port: port
                .as_ref()
                .and_then(|port| numbers::node_port(port, found)),
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
            if let Some(path) = path
                && texts::is_path(path, found)
            {
                implausible::pattern(path, found);
            }
            if let Some(secret) = secret {
                texts::is_secret_name(secret, found);
            }
            let text = |name: &Option<Name>| name.as_ref().map(|name| name.value.clone());
            Expose::Ingress {
                host: text(host).unwrap_or_default(),
                path: text(path).unwrap_or_else(|| "/".to_owned()),
                tls: tls.map(|_| text(secret).unwrap_or_else(|| format!("{}-tls", id.workload))),
                shared: false,
            }
        }
        // A port that is wrong has been complained of.
        Some(ExposeWay::Forward(port)) => port
            .as_ref()
            .and_then(|port| numbers::port(port, found))
            .map_or(Expose::Internal, |port| Expose::Forward { port }),
    };
    (Spanned::new(expose, said.span), balancer)
}
