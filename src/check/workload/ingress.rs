//! What all Ingresses have, and the hosts over several tiers.

use indexmap::IndexMap;

use super::host_objects::{HostObjects, is_short};
use super::host_settings::{self, LimitReader, Limits};
use super::{gateway, labels, strip};
use crate::check::findings::Findings;
use crate::check::names::hosts::HostView;
use crate::check::names::overlay::{AppView, Layered};
use crate::check::names::routes::{self, text};
use crate::check::names::scope::{Scope, Thing};
use crate::check::types::implausible;
use crate::check::types::texts;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Expose, Ingress, IngressSettings, Route, ThingName, Tier};
use crate::syntax::ast::{self, Name};

/// What holds for all Ingresses. What the target replaces may be wrong as well.
pub(in crate::check) fn settings<'a>(
    view: &AppView<'a>,
    tiers: &[Tier],
    scope: &Scope<'a>,
    found: &mut Findings,
) -> IngressSettings {
    let gateway = gateway::lower(view, found);
    let mut read = |said: &Layered<'a, Name>| {
        let name = said.read(|name| is_name(name, found).then(|| name.clone()));
        name.filter(|_| said.holds.is_some())
    };
    let (class, issuer) = (read(&view.class), read(&view.issuer));
    let mut annotations = labels::annotations(&view.annotations, scope, found);
    if gateway.is_some() {
        gateway::keep_read(&mut annotations, &view.annotations, found);
    }
    host_settings::replaced((view.body.replaced, view.timeout.replaced), found);
    let name = class.as_ref().map(|class| class.value.as_str());
    let told = LimitReader::of(gateway.is_some(), name, &annotations);
    let mut exposes = tiers.iter().flat_map(Tier::exposes);
    let limits = if view.hosts.iter().any(|host| host.is_there)
        || exposes.any(|it| matches!(it.value, Expose::Ingress { .. }))
    {
        host_settings::limits((view.body.holds, view.timeout.holds), told, found)
    } else {
        // Nobody has to be told where no host is.
        host_settings::replaced((view.body.holds, view.timeout.holds), found);
        Limits::default()
    };
    let pattern_hosts = strip::pattern_hosts(view, tiers, told);
    host_settings::add(&mut annotations, limits.annotations);
    IngressSettings {
        class,
        issuer,
        annotations,
        timeout: limits.timeout,
        gateway,
        pattern_hosts,
        are_both: false,
    }
}

/// What controllers speak to tiers is http, unless an annotation says otherwise: each has its own.
pub(in crate::check) fn tiers_speak_http(
    tiers: &[Tier],
    settings: &IngressSettings,
    found: &mut Findings,
) {
    const PROTOCOL: &str = "/backend-protocol";
    if settings.gateway.is_some() {
        gateway::tiers_speak(tiers, found);
        return;
    }
    let mut annotations = settings.annotations.iter();
    let is_told = annotations.any(|annotation| annotation.key.ends_with(PROTOCOL));
    let exposed = tiers.iter().flat_map(|tier| {
        let all = tier.exposures();
        all.map(move |(expose, port, _)| (tier, expose, port))
    });
    for (tier, expose, said) in exposed {
        if !matches!(expose.value, Expose::Ingress { .. }) {
            continue;
        }
        let is_http_2 = said.is_grpc();
        let is_fine = said.is_http() && !said.is_https();
        if is_fine || (is_told && (is_http_2 || said.is_https())) {
            continue;
        }
        let (name, port) = (&tier.id.name, &said.name);
        let message = format!("an Ingress speaks http to `{name}`, and its port `{port}` doesn't");
        let diagnostic = Diagnostic::new(Code::IngressOfNoHttp, expose.span, message);
        found.push(if is_http_2 || said.is_https() {
            let protocol = if is_http_2 { "GRPC" } else { "HTTPS" };
            diagnostic.help(format!(
                "tell the controller, in `ingress`: `annotate \"nginx.ingress.kubernetes.io{PROTOCOL}\" = \"{protocol}\"`"
            ))
        } else {
            diagnostic.help("expose it as it is: `expose loadbalancer`, or `expose nodeport 30080`")
        });
    }
}

/// The name of an `IngressClass` or `ClusterIssuer` (Kubernetes' `NameIsDNSSubdomain`).
fn is_name(name: &Name, found: &mut Findings) -> bool {
    let right = texts::is_dns_name(&name.value);
    if !right {
        let what = texts::shown(&name.value);
        let message = format!("{what} can't be the name of an object");
        let diagnostic = Diagnostic::new(Code::InvalidName, name.span, message);
        found.push(diagnostic.help("write lower-case letters, digits, `-` and `.`"));
    }
    right
}

/// The Ingresses over tiers: those of `app` and of a target, and those of the further hosts of tiers.
pub(in crate::check) fn lower<'a>(
    app: &str,
    (view, settings): (&AppView<'a>, &IngressSettings),
    tiers: &[Tier],
    scope: &Scope<'a>,
    found: &mut Findings,
) -> Vec<Ingress> {
    let mut first_of: IndexMap<(bool, &str), &Name> = IndexMap::new();
    let mut hosts = HostObjects::new(app, settings);
    let told = host_settings::told(settings);
    for HostView {
        said: host,
        routes,
        is_of_target,
        is_there,
    } in &view.hosts
    {
        if let Some(name) = &host.host {
            host_is_right(app, name, settings, found);
            if let Some(first) = first_of.insert((*is_of_target, &name.value), name) {
                let message = format!("the host `{}` has two blocks", name.value);
                found.push(
                    Diagnostic::new(Code::Repeated, name.span, message)
                        .also(first.span, "the first one")
                        .help("join the two blocks"),
                );
            }
        }
        if let Some(secret) = &host.secret {
            texts::is_secret_name(secret, found);
        }
        if host.is_empty {
            let message = format!("the host `{}` leads nowhere", text(host.host.as_ref()));
            found.push(
                Diagnostic::new(Code::MissingStatement, host.span, message)
                    .help("say which path leads to which tier: `\"/\" = web`"),
            );
        }
        strip::are_routes(host, found);
        // What the target replaces is wrong as well if it is wrong.
        let mut lowered = Vec::new();
        for said in &host.routes {
            let holds = routes.iter().any(|it| std::ptr::eq(*it, said));
            if holds || !scope.gone.contains_key(said.tier.value.as_str()) {
                let route = route(host, said, scope, found);
                lowered.extend(route.filter(|_| holds));
            }
        }
        let routes = lowered;
        if !is_there {
            let limits = (host.settings.body.as_ref(), host.settings.timeout.as_ref());
            host_settings::replaced(limits, found);
            continue;
        }
        let of_host = host_settings::of_host(&host.settings, told, scope, found);
        for place in routes.iter().filter_map(|route| route.strip) {
            strip::is_told(place, (&of_host, settings), found);
        }
        hosts.add_block(host, &of_host, routes, found);
    }
    hosts.add_further(tiers, found);
    let ingresses = hosts.into_ingresses();
    if settings.gateway.is_some() {
        gateway::check(tiers, &ingresses, view, scope, found);
        host_settings::calls_wait(tiers, &ingresses, settings, found);
    }
    ingresses
}

fn host_is_right(app: &str, host: &Name, settings: &IngressSettings, found: &mut Findings) {
    if texts::is_ingress_host(host, found) {
        is_short(app, (&host.value, host.span), settings, found);
    }
}

fn route(
    host: &ast::HostRoutes,
    said: &ast::Route,
    scope: &Scope<'_>,
    found: &mut Findings,
) -> Option<Route> {
    if texts::is_path(&said.path, found) {
        implausible::pattern(&said.path, found);
    }
    let face = match scope.thing(&said.tier, found)? {
        Thing::Tier(face) => face,
        other @ (Thing::Database(..)
        | Thing::External(_)
        | Thing::ExternalService(_)
        | Thing::Job(..)) => {
            let noun = other.owner().noun();
            let message = format!("`{}` is {noun}, no tier", said.tier.value);
            found.push(
                Diagnostic::new(Code::WrongKind, said.tier.span, message)
                    .also(other.span(), "declared here")
                    .help("name a tier: an ingress leads to tiers alone"),
            );
            return None;
        }
    };
    // What it lacks has been said of its exposure.
    let port = face.port()?;
    Some(Route {
        path: said.path.value.clone(),
        tier: ThingName(face.id.name.clone()),
        service: face.id.service.clone(),
        port: port.name.clone(),
        strip: routes::strip(host, said),
        origin: said.path.span.to(said.tier.span),
    })
}
