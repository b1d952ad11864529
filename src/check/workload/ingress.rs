//! What all Ingresses have, and the hosts over several tiers.

use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};

use super::host_settings::{self, LimitReader, Limits};
use super::{gateway, labels};
use crate::check::findings::Findings;
use crate::check::names::overlay::{AppView, Layered};
use crate::check::names::routes::{certificate, name, of_host, text};
use crate::check::names::scope::{Scope, Thing};
use crate::check::types::implausible;
use crate::check::types::texts;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Expose, Ingress, IngressSettings, Route, ThingName, Tier};
use crate::source::Span;
use crate::syntax::ast::{self, Name};

/// Longest name of an Ingress, so that the Secret that is named after it has one as well (Kubernetes'
/// `NameIsDNSSubdomain`, less `-tls`).
const MOST_NAME: usize = 249;
/// The same of a route, after which the one is named that leads to https.
const MOST_NAME_OF_ROUTE: usize = 244;

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
    let limits =
        if !view.hosts.is_empty() || exposes.any(|it| matches!(it.value, Expose::Ingress { .. })) {
            host_settings::limits((view.body.holds, view.timeout.holds), told, found)
        } else {
            // Nobody has to be told where no host is.
            host_settings::replaced((view.body.holds, view.timeout.holds), found);
            Limits::default()
        };
    host_settings::add(&mut annotations, limits.annotations);
    IngressSettings {
        class,
        issuer,
        annotations,
        timeout: limits.timeout,
        gateway,
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

/// The Ingresses over tiers: those of a target, and those of the further hosts of tiers.
pub(in crate::check) fn lower<'a>(
    app: &str,
    (view, settings): (&AppView<'a>, &IngressSettings),
    tiers: &[Tier],
    scope: &Scope<'a>,
    found: &mut Findings,
) -> Vec<Ingress> {
    let mut first_of: IndexMap<&str, &Name> = IndexMap::new();
    let mut ingresses = Vec::new();
    let told = host_settings::told(settings);
    for host in view.hosts {
        if let Some(name) = &host.host {
            host_is_right(app, name, settings, found);
            if let Some(first) = first_of.insert(&name.value, name) {
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
        ingresses.push(Ingress {
            name: name(app, host),
            host: text(host.host.as_ref()),
            tls: certificate(app, host),
            settings: host_settings::of_host(&host.settings, told, scope, found),
            part: None,
            routes: host
                .routes
                .iter()
                .filter_map(|said| route(said, scope, found))
                .collect(),
            origin: host.span,
        });
    }
    add_further(app, settings, tiers, &mut ingresses, found);
    if settings.gateway.is_some() {
        gateway::check(tiers, &ingresses, view, scope, found);
        host_settings::calls_wait(tiers, &ingresses, settings, found);
    }
    ingresses
}

/// Adds the hosts that tiers are exposed at besides their first: each is a route of an Ingress over tiers.
fn add_further(
    app: &str,
    settings: &IngressSettings,
    tiers: &[Tier],
    ingresses: &mut Vec<Ingress>,
    found: &mut Findings,
) {
    // A route says itself whether it is one of https.
    let tiers_of_ingresses = tiers.iter().filter(|_| settings.gateway.is_none());
    let certified = tiers_of_ingresses.filter_map(|tier| {
        let (host, _, tls) = tier.expose.value.own_ingress()?;
        tls.is_some().then_some(host.as_str())
    });
    let certified: BTreeSet<&str> = certified.collect();
    // The place of each host with the same settings, and how many objects lead to a host, and to a tier of it.
    let mut known: BTreeMap<(String, Texts), usize> = BTreeMap::new();
    let mut counts: BTreeMap<(String, Option<&str>), usize> = BTreeMap::new();
    for (at, ingress) in ingresses.iter().enumerate() {
        let host = ingress.host.clone();
        known
            .entry((host.clone(), ingress.settings.texts()))
            .or_insert(at);
        *counts.entry((host, None)).or_default() += 1;
    }
    for tier in tiers {
        for exposure in &tier.further {
            let Expose::Ingress {
                host,
                path,
                tls,
                settings: own,
                ..
            } = &exposure.expose.value
            else {
                continue;
            };
            let place = exposure.expose.span;
            let route = Route {
                path: path.clone(),
                tier: ThingName(tier.id.name.clone()),
                service: tier.id.service.clone(),
                port: exposure.port.clone(),
                origin: place,
            };
            // One host has one certificate, whoever makes it.
            let tls = tls.clone().filter(|_| !certified.contains(host.as_str()));
            let key = (host.clone(), own.texts());
            let place_of_host = known.get(&key).copied();
            if let Some(ingress) = place_of_host.and_then(|at| ingresses.get_mut(at)) {
                ingress.routes.push(route);
                ingress.tls = ingress.tls.take().or(tls);
                continue;
            }
            known.insert(key, ingresses.len());
            let count = counts.entry((host.clone(), None)).or_default();
            *count += 1;
            // The first keeps the host's name, so that it stays the same object when others come.
            let part = (*count > 1).then(|| {
                let count = counts
                    .entry((host.clone(), Some(&tier.id.name)))
                    .or_default();
                *count += 1;
                match *count {
                    1 => tier.id.name.clone(),
                    count => format!("{}-{count}", tier.id.name),
                }
            });
            let whole = part.as_ref().map(|part| format!("{host}-{part}"));
            let whole = whole.as_ref().unwrap_or(host);
            is_short(app, (whole, place), settings, found);
            ingresses.push(Ingress {
                tls,
                name: of_host(app, whole),
                host: host.clone(),
                settings: own.clone(),
                part,
                routes: vec![route],
                origin: place,
            });
        }
    }
    one_certificate(ingresses);
}

/// What is said of a host, wherever it stands.
type Texts = (Vec<(String, String)>, Option<u32>);

/// Gives all objects of one host its certificate.
fn one_certificate(ingresses: &mut [Ingress]) {
    let mut certificates: BTreeMap<String, String> = BTreeMap::new();
    for ingress in ingresses.iter() {
        if let Some(tls) = &ingress.tls {
            let host = ingress.host.clone();
            certificates.entry(host).or_insert_with(|| tls.clone());
        }
    }
    for ingress in ingresses {
        if let Some(tls) = certificates.get(&ingress.host) {
            ingress.tls = Some(tls.clone());
        }
    }
}

/// Complains of a host after which what leads to it can't be named.
fn is_short(
    app: &str,
    (host, place): (&str, Span),
    settings: &IngressSettings,
    found: &mut Findings,
) {
    let (most, object) = match settings.gateway {
        Some(_) => (MOST_NAME_OF_ROUTE, "a route"),
        None => (MOST_NAME, "an Ingress"),
    };
    if app.len() + 1 + host.len() > most {
        let message = format!("the host `{host}` is too long to name {object} by");
        let diagnostic = Diagnostic::new(Code::InvalidHost, place, message);
        found.push(diagnostic.help("choose a shorter host"));
    }
}

fn host_is_right(app: &str, host: &Name, settings: &IngressSettings, found: &mut Findings) {
    if texts::is_ingress_host(host, found) {
        is_short(app, (&host.value, host.span), settings, found);
    }
}

fn route(said: &ast::Route, scope: &Scope<'_>, found: &mut Findings) -> Option<Route> {
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
        origin: said.path.span.to(said.tier.span),
    })
}
