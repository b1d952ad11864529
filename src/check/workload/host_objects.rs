//! The objects that lead from hosts to several tiers: one for each host, or several where what is said of its
//! paths differs.

use indexmap::IndexMap;
use std::collections::BTreeMap;

use super::strip;
use crate::check::findings::Findings;
use crate::check::names::routes::{certificate, of_host, text};
use crate::diag::{Code, Diagnostic};
use crate::ir::{Expose, HostSettings, Ingress, IngressSettings, Route, ThingName, Tier};
use crate::source::Span;
use crate::syntax::ast::HostRoutes;

/// Longest name of an Ingress, so that the Secret that is named after it has one as well (Kubernetes'
/// `NameIsDNSSubdomain`, less `-tls`).
const MOST_NAME: usize = 249;
/// The same of a route, after which the one is named that leads to https.
const MOST_NAME_OF_ROUTE: usize = 244;

/// What is said of a host, wherever it stands.
type Texts = (Vec<(String, String)>, Option<u32>);

/// The objects of all hosts over several tiers.
pub(super) struct HostObjects<'a> {
    app: &'a str,
    settings: &'a IngressSettings,
    ingresses: Vec<Ingress>,
    /// The place of each host with the same settings.
    known: BTreeMap<(String, Texts), usize>,
    /// How many objects lead to a host.
    objects: BTreeMap<String, usize>,
    /// How many of them are named after a tier.
    objects_of: BTreeMap<(String, String), usize>,
}

impl<'a> HostObjects<'a> {
    pub(super) fn new(app: &'a str, settings: &'a IngressSettings) -> Self {
        HostObjects {
            app,
            settings,
            ingresses: Vec::new(),
            known: BTreeMap::new(),
            objects: BTreeMap::new(),
            objects_of: BTreeMap::new(),
        }
    }

    /// All of them, with the certificates of their hosts.
    pub(super) fn into_ingresses(mut self) -> Vec<Ingress> {
        one_certificate(&mut self.ingresses);
        self.ingresses
    }

    /// What tells one more object from those that lead to the host already: none is the first, which keeps
    /// the host's name, so that it stays the same object when others come.
    fn part(&mut self, host: &str, tier: Option<&str>) -> Option<String> {
        let count = self.objects.entry(host.to_owned()).or_default();
        *count += 1;
        let tier = tier.filter(|_| *count > 1)?;
        let count = self
            .objects_of
            .entry((host.to_owned(), tier.to_owned()))
            .or_default();
        *count += 1;
        Some(match *count {
            1 => tier.to_owned(),
            count => format!("{tier}-{count}"),
        })
    }

    /// Adds an object that leads to a host.
    fn add(&mut self, ingress: Ingress, found: &mut Findings) {
        let whole = ingress.part.as_ref();
        if let Some(part) = whole {
            let whole = format!("{}-{part}", ingress.host);
            is_short(self.app, (&whole, ingress.origin), self.settings, found);
        }
        let key = (ingress.host.clone(), ingress.settings.texts());
        let at = self.ingresses.len();
        self.known.entry(key).or_insert(at);
        self.ingresses.push(ingress);
    }

    fn name(&self, host: &str, part: Option<&String>) -> String {
        match part {
            Some(part) => of_host(self.app, &format!("{host}-{part}")),
            None => of_host(self.app, host),
        }
    }

    /// Adds a host over several tiers of a target: its paths have one object, but for those that are taken
    /// off, where the controller is told so by annotations.
    pub(super) fn add_block(
        &mut self,
        said: &HostRoutes,
        of_host: &HostSettings,
        routes: Vec<Route>,
        found: &mut Findings,
    ) {
        let host = text(said.host.as_ref());
        let (stripped, whole): (Vec<_>, Vec<_>) =
            routes.into_iter().partition(|route| route.strip.is_some());
        let mut objects: IndexMap<Texts, (HostSettings, Vec<Route>)> = IndexMap::new();
        for route in whole.into_iter().chain(stripped) {
            let path = (host.as_str(), route.path.as_str(), route.strip);
            let settings = strip::of_path(of_host, path, self.settings);
            let object = objects.entry(settings.texts());
            object.or_insert((settings, Vec::new())).1.push(route);
        }
        if objects.is_empty() {
            objects.insert(of_host.texts(), (of_host.clone(), Vec::new()));
        }
        for (settings, mut routes) in objects.into_values() {
            routes.sort_by_key(|route| route.origin);
            let first = routes.first().map(|route| route.tier.0.clone());
            let part = self.part(&host, first.as_deref());
            let ingress = Ingress {
                name: self.name(&host, part.as_ref()),
                host: host.clone(),
                tls: certificate(self.app, said),
                settings,
                asks_for_certificate: part.is_none(),
                part,
                routes,
                origin: said.span,
            };
            self.add(ingress, found);
        }
    }

    /// Adds the hosts that tiers are exposed at besides their first: each is a route of an Ingress over tiers.
    pub(super) fn add_further(&mut self, tiers: &[Tier], found: &mut Findings) {
        // A route says itself whether it is one of https.
        let tiers_of_ingresses = tiers.iter().filter(|_| self.settings.gateway.is_none());
        let certified = tiers_of_ingresses.filter_map(|tier| {
            let (host, _, tls) = tier.expose.value.own_ingress()?;
            Some((host.as_str(), tls.as_ref()?))
        });
        let mut certificates: BTreeMap<&str, &String> = BTreeMap::new();
        for (host, certificate) in certified {
            certificates.entry(host).or_insert(certificate);
        }
        for tier in tiers {
            for exposure in &tier.further {
                let Expose::Ingress {
                    host,
                    path,
                    tls,
                    settings: own,
                    strip,
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
                    strip: *strip,
                    origin: place,
                };
                // One host has one certificate, whoever makes it.
                let of_host = certificates.get(host.as_str()).copied();
                let tls = tls.as_ref().map(|own| of_host.unwrap_or(own).clone());
                let known = self.known.get(&(host.clone(), own.texts())).copied();
                if let Some(ingress) = known.and_then(|at| self.ingresses.get_mut(at)) {
                    ingress.routes.push(route);
                    ingress.tls = ingress.tls.take().or(tls);
                    continue;
                }
                let certificate = (tls, of_host.is_none());
                self.add_first(host, own, certificate, (route, place), found);
            }
        }
    }

    fn add_first(
        &mut self,
        host: &str,
        settings: &HostSettings,
        (tls, is_first): (Option<String>, bool),
        (route, origin): (Route, Span),
        found: &mut Findings,
    ) {
        let part = self.part(host, Some(&route.tier.0));
        if part.is_none() {
            is_short(self.app, (host, origin), self.settings, found);
        }
        let ingress = Ingress {
            tls,
            name: self.name(host, part.as_ref()),
            host: host.to_owned(),
            settings: settings.clone(),
            asks_for_certificate: is_first && part.is_none(),
            part,
            routes: vec![route],
            origin,
        };
        self.add(ingress, found);
    }
}

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
pub(super) fn is_short(
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
