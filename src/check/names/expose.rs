//! Who reaches a tier from outside of the cluster.

use crate::catalog::protocols::{self, HTTP, HTTPS};
use crate::check::findings::Findings;
use crate::check::types::implausible;
use crate::check::types::numbers;
use crate::check::types::texts;
use crate::check::types::urls::Url;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Expose, HostSettings, Identity, PublicAddress};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, ExposeWay, Name};

/// The address by which something else exposes a tier: a scheme, a host and perhaps a port.
fn elsewhere(said: &Name, found: &mut Findings) -> Option<PublicAddress> {
    let text = said.value.as_str();
    let example = "write all of it, such as `expose elsewhere \"https://www.example.com\"`";
    let wrong = || {
        let message = format!("{} isn't a valid public address", texts::shown(text));
        Diagnostic::new(Code::InvalidHost, said.span, message)
    };
    let url = Url::of(text).filter(|url| matches!(url.scheme, HTTP | HTTPS));
    let Some(url) = url.filter(|url| texts::is_host_name(url.host, true)) else {
        let bare = text.trim_end_matches('/');
        let right = format!("https://{bare}");
        let is_bare = !text.contains("://")
            && Url::of(&right).is_some_and(|url| texts::is_host_name(url.host, true));
        found.push(if is_bare {
            let title = format!("write `\"{right}\"`");
            wrong().maybe(title, said.span, format!("\"{right}\""))
        } else {
            wrong().help(example)
        });
        return None;
    };
    if !matches!(url.rest, "" | "/") {
        found.push(wrong().help(format!(
            "write the origin alone, and the path where the address is read: `.public_url \"{}\"`",
            url.rest
        )));
        return None;
    }
    let port = match url.port {
        Some(port) => {
            let number = port.parse::<u16>().ok().filter(|port| *port > 0);
            if number.is_none() {
                found.push(wrong().help("write a port from 1 to 65535, or leave it out"));
                return None;
            }
            number
        }
        None => None,
    };
    Some(PublicAddress {
        scheme: url.scheme.to_owned(),
        host: url.host.to_owned(),
        port: port.filter(|port| protocols::browsers_port(url.scheme) != Some(*port)),
        path: String::new(),
    })
}

/// Whether `strip` takes something off. Complains where it doesn't.
fn strips(path: Option<&Name>, place: Span, expose: Span, found: &mut Findings) -> bool {
    if path.is_some_and(|it| !it.value.trim_end_matches('/').is_empty()) {
        return true;
    }
    let message = "`strip` takes nothing off: the host leads to the tier by all paths";
    let diagnostic = Diagnostic::new(Code::StripImpossible, place, message);
    found.push(
        diagnostic.also(expose, "no path is said here").help(
            "delete `strip`, or say which path it takes off: `path \"/api\"` before the block",
        ),
    );
    false
}

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
                texts::is_ingress_host(host, found);
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
            let strip = said.settings.as_ref().and_then(|it| it.strip);
            let strip = strip.filter(|place| strips(path.as_ref(), *place, said.span, found));
            Expose::Ingress {
                settings: HostSettings::default(),
                strip,
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
        // So has an address.
        Some(ExposeWay::Elsewhere(url)) => url
            .as_ref()
            .and_then(|url| elsewhere(url, found))
            .map_or(Expose::Internal, |address| Expose::Elsewhere { address }),
    };
    if let Some(settings) = &said.settings
        && !matches!(&said.way, None | Some(ExposeWay::Ingress { .. }))
    {
        let annotations = settings.annotations.iter().map(|it| &it.key);
        let limits = settings.body.iter().chain(&settings.timeout);
        let places = annotations.chain(limits).map(|it| it.span);
        if let Some(first) = places
            .chain(settings.strip)
            .min_by_key(|span| span.range().start)
        {
            let message = "only a host of `expose ingress` has such settings";
            let diagnostic = Diagnostic::new(Code::Misplaced, first, message);
            found.push(diagnostic.also(said.span, "no host is said here").help(
                "delete the block, or expose the tier at a host: `expose ingress \"www.example.com\" { … }`",
            ));
        }
    }
    (Spanned::new(expose, said.span), balancer)
}
