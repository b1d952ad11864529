//! The routes of hosts over several tiers, and how each exposes its tier.

use crate::ir::{Expose, HostSettings};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, HostRoutes, Name};

/// How a route exposes its tier.
pub(in crate::check) fn expose(
    app: &str,
    host: &HostRoutes,
    route: &ast::Route,
) -> Spanned<Expose> {
    let expose = Expose::Ingress {
        host: text(host.host.as_ref()),
        path: route.path.value.clone(),
        tls: certificate(app, host),
        shared: true,
        settings: HostSettings::default(),
        strip: strip(host, route),
    };
    Spanned::new(expose, place(route))
}

/// The place of a route.
pub(in crate::check) fn place(route: &ast::Route) -> Span {
    route.path.span.to(route.tier.span)
}

/// Where it is said that a route's path is taken off.
pub(in crate::check) fn strip(host: &HostRoutes, route: &ast::Route) -> Option<Span> {
    let path = route.path.value.as_str();
    let mut stripped = host.settings.stripped.iter();
    let said = stripped.find(|it| it.value == path && !path.trim_end_matches('/').is_empty());
    said.map(|it| it.span)
}

/// The text of a name that may be missing.
pub(in crate::check) fn text(name: Option<&Name>) -> String {
    name.map_or(String::new(), |name| name.value.clone())
}

/// Names of hosts are names of objects as they stand, and one host has one Ingress.
pub(in crate::check) fn name(app: &str, host: &HostRoutes) -> String {
    of_host(app, &text(host.host.as_ref()))
}

/// The name of what leads to a host.
pub(in crate::check) fn of_host(app: &str, host: &str) -> String {
    format!("{app}-{}", host.replace('*', "wildcard"))
}

/// The Secret with the certificate of a host that has one.
pub(in crate::check) fn certificate(app: &str, host: &HostRoutes) -> Option<String> {
    host.tls?;
    let said = host.secret.as_ref().map(|secret| secret.value.clone());
    Some(said.unwrap_or_else(|| format!("{}-tls", name(app, host))))
}
