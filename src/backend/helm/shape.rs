//! What a chart can become: what any target says of a tier shapes its templates, so that one chart
//! serves them all.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::anywhere::{Anywhere, OwnIngress, Targets, both};
use super::hosts::{SettingsAnywhere, host_settings, hosts, pattern_hosts};
use super::names::camel_all;
use super::owners::{owners, secret_keys};
use crate::ir::{
    App, Autoscaling, ConfigMap, Exposure, Ingress, Pod, Port, PublicAddress, Route, SecretKey,
    Setting, Tier, Variable, is_wildcard, redirect_name,
};
use crate::source::Span;

/// An application for one target, beside the others.
#[derive(Debug)]
pub(super) struct Shape<'a> {
    /// The application for the target whose facts are the defaults.
    pub(super) app: &'a App,
    targets: &'a Targets<'a>,
    /// Its tiers by their names.
    tiers: BTreeMap<&'a str, &'a Tier>,
    /// The keys of the shared ConfigMap.
    config: BTreeMap<&'a str, &'a Setting>,
    /// Every ConfigMap of settings, by the name of the helper that gives its data: those of pods from the
    /// last to the first, then the shared one.
    configs: Vec<(String, &'a ConfigMap)>,
    /// Which of them have the setting of a place.
    configs_with: BTreeMap<Span, Vec<usize>>,
    /// Whose each Secret of the application's own is, by its name; `None` is the application itself.
    owners: BTreeMap<&'a str, Option<&'a str>>,
    /// Every Ingress over several tiers, by the place that it has in the source.
    hosts: Vec<&'a Ingress>,
    /// The key of each host among values, before it is put in camelCase, by the name of its Ingress.
    host_keys: BTreeMap<&'a str, String>,
    /// What any target says of the host of a key alone.
    host_settings: BTreeMap<String, SettingsAnywhere>,
    /// Those of them that lead to a tier.
    hosts_of: BTreeMap<&'a str, Vec<&'a Ingress>>,
    /// The routes of a host to a tier, by the names of its Ingress and of the tier.
    routes: BTreeMap<(&'a str, &'a str), Vec<&'a Route>>,
    /// The host that an object leads to, by the object's name.
    hosts_of_objects: BTreeMap<String, &'a Ingress>,
    /// The keys of Secrets, by the things whose Secrets they are of: an empty name is the application's.
    secret_keys: BTreeMap<&'a str, BTreeMap<&'a str, &'a SecretKey>>,
}

impl<'a> Shape<'a> {
    pub(super) fn new(app: &'a App, targets: &'a Targets<'a>) -> Self {
        let config = app.config.iter().flat_map(|config| &config.entries);
        let (hosts, host_keys) = hosts(app, targets.all);
        let mut hosts_of: BTreeMap<&str, Vec<&Ingress>> = BTreeMap::new();
        let mut routes: BTreeMap<(&str, &str), Vec<&Route>> = BTreeMap::new();
        let mut hosts_of_objects: BTreeMap<String, &Ingress> = BTreeMap::new();
        for host in &hosts {
            for name in [host.name.clone(), redirect_name(&host.name)] {
                hosts_of_objects.entry(name).or_insert(host);
            }
            for route in &host.routes {
                let tier = route.tier.0.as_str();
                let known = routes.entry((&host.name, tier)).or_default();
                if known.is_empty() {
                    hosts_of.entry(tier).or_default().push(host);
                }
                known.push(route);
            }
        }
        let configs = configs(app);
        let mut configs_with: BTreeMap<Span, Vec<usize>> = BTreeMap::new();
        for (at, (_, config)) in configs.iter().enumerate() {
            for entry in &config.entries {
                configs_with.entry(entry.origin).or_default().push(at);
            }
        }
        Shape {
            app,
            targets,
            configs,
            configs_with,
            tiers: app
                .tiers
                .iter()
                .map(|it| (it.id.name.as_str(), it))
                .collect(),
            config: config.map(|it| (it.key.as_str(), it)).collect(),
            owners: owners(app),
            hosts,
            host_settings: host_settings(&host_keys, targets.all),
            host_keys,
            hosts_of,
            routes,
            hosts_of_objects,
            secret_keys: secret_keys(app),
        }
    }

    /// The tier of that name.
    pub(super) fn tier(&self, name: &str) -> Option<&'a Tier> {
        self.tiers.get(name).copied()
    }

    /// The shared key of that name.
    pub(super) fn shared(&self, key: &str) -> Option<&'a Setting> {
        self.config.get(key).copied()
    }

    /// Whose each Secret of the application's own is, by its name; `None` is the application itself.
    pub(super) fn owners(&self) -> &BTreeMap<&'a str, Option<&'a str>> {
        &self.owners
    }

    /// The ConfigMaps that have some of these settings, each with the name of its helper: a pod's own is
    /// before that of the one it is taken from, and the shared one comes last.
    pub(super) fn configs_with(&self, read: &[Arc<Setting>]) -> Vec<(&str, &'a ConfigMap)> {
        let places = read.iter().map(|setting| &setting.origin);
        let all = places.filter_map(|place| self.configs_with.get(place));
        let all: BTreeSet<usize> = all.flatten().copied().collect();
        let all = all.into_iter().filter_map(|at| self.configs.get(at));
        all.map(|(helper, config)| (helper.as_str(), *config))
            .collect()
    }

    fn anywhere(&self, tier: &Tier) -> Option<&'a Anywhere<'a>> {
        self.targets.tiers.get(tier.id.name.as_str())
    }

    /// A tier as this target has it.
    fn own(&self, tier: &Tier) -> Option<&'a Tier> {
        self.tier(&tier.id.name)
    }

    /// A tier as each target has it.
    pub(super) fn views(&self, tier: &Tier) -> &'a [&'a Tier] {
        self.anywhere(tier).map_or(&[], |it| &it.views)
    }

    /// The images that targets run for a tier, by their references, each with a tier that runs it: this
    /// target's, where it does.
    pub(super) fn images(&self, tier: &Tier) -> BTreeMap<&'a str, &'a Tier> {
        let all = self.anywhere(tier).into_iter().flat_map(|it| &it.images);
        let own = self.own(tier);
        let images = all.map(|(reference, first)| {
            let own = own.filter(|it| it.pod.image.reference == first.pod.image.reference);
            (reference.as_str(), own.unwrap_or(first))
        });
        images.collect()
    }

    /// Whether any target lets the number of pods follow the load, and how: this one's first, with all
    /// that others follow.
    pub(super) fn autoscaling(&self, tier: &Tier) -> Option<Autoscaling> {
        let own = self.own(tier).and_then(|it| it.replicas.autoscaling);
        both(own, self.anywhere(tier).and_then(|it| it.autoscaling))
    }

    /// The tier's own Ingress in any target: this one's first.
    pub(super) fn own_ingress(&self, tier: &Tier) -> Option<OwnIngress<'a>> {
        let own = self.own(tier).and_then(OwnIngress::of);
        own.or_else(|| self.anywhere(tier)?.ingress)
    }

    /// The Secret with the certificate of the tier's own Ingress in any target: this one's first.
    pub(super) fn own_tls(&self, tier: &Tier) -> Option<&'a String> {
        let own = self.own(tier).and_then(OwnIngress::of);
        own.and_then(|it| it.tls)
            .or_else(|| self.anywhere(tier)?.tls)
    }

    /// Whether any target exposes the tier by an Ingress of its own.
    pub(super) fn has_ingress(&self, tier: &Tier) -> bool {
        self.anywhere(tier).is_some_and(|it| it.ingress.is_some())
    }

    /// The port that is published where the tier is: what is said, else the one that stands for it.
    pub(super) fn exposed_port(&self, tier: &'a Tier) -> Option<&'a Port> {
        let elsewhere = || {
            let name = self.anywhere(tier)?.exposed_port?;
            tier.ports.iter().find(|port| port.name == name)
        };
        tier.exposed_port()
            .or_else(elsewhere)
            .or_else(|| tier.port().or(tier.ports.first()))
    }

    /// The Service that publishes one port of several, where any target has one: this one's first.
    pub(super) fn public_service(&self, tier: &Tier) -> Option<&'a String> {
        let own = self.own(tier).and_then(|it| it.public_service.as_ref());
        own.or_else(|| self.anywhere(tier)?.public_service)
    }

    /// Whether the type of the tier's Service can be chosen: with several ports, where a Service
    /// publishes one of them.
    pub(super) fn has_type(&self, tier: &Tier) -> bool {
        tier.ports.len() == 1 || self.public_service(tier).is_some()
    }

    /// Every Ingress over several tiers, by the place that it has in the source.
    pub(super) fn hosts(&self) -> &[&'a Ingress] {
        &self.hosts
    }

    /// The key of a host among values, before it is put in camelCase: its first label, or all of it where
    /// another host of the same target begins with that.
    pub(super) fn host_key<'h>(&'h self, host: &'h Ingress) -> &'h str {
        let key = self.host_keys.get(host.name.as_str());
        key.map_or(&host.host, String::as_str)
    }

    /// What any target says of a host over several tiers alone.
    pub(super) fn settings_of_host(&self, host: &Ingress) -> SettingsAnywhere {
        let found = self.host_settings.get(self.host_key(host));
        self.with_those_of_all(found.copied().unwrap_or_default())
    }

    /// What any target says of a tier's own host alone.
    pub(super) fn settings_of_own(&self, tier: &Tier) -> SettingsAnywhere {
        let mut any = SettingsAnywhere::default();
        for view in self.views(tier) {
            if let Some(settings) = view.expose.value.own_settings() {
                any.add(settings);
            }
        }
        self.with_those_of_all(any)
    }

    /// What is said of one host with what is said of all: of their routes, how long an answer may take.
    fn with_those_of_all(&self, own: SettingsAnywhere) -> SettingsAnywhere {
        SettingsAnywhere {
            has_timeout: own.has_timeout || self.targets.has_timeout,
            ..own
        }
    }

    /// The shared Ingresses that lead to a tier.
    pub(super) fn hosts_of(&self, tier: &Tier) -> &[&'a Ingress] {
        let found = self.hosts_of.get(tier.id.name.as_str());
        found.map_or(&[], Vec::as_slice)
    }

    /// The host over several tiers that the object of a name leads to.
    pub(super) fn host_of_object(&self, name: &str) -> Option<&'a Ingress> {
        self.hosts_of_objects.get(name).copied()
    }

    /// A key of the Secret of a thing, or of the application's.
    pub(super) fn secret_key(&self, thing: Option<&str>, name: &str) -> Option<&'a SecretKey> {
        let keys = self.secret_keys.get(thing.unwrap_or_default())?;
        keys.get(name).copied()
    }

    /// Those of them by which browsers know it: a host for many names is the name of none.
    /// Each with the first path that leads there: to one of the ports that are exposed besides the first, else
    /// to another one.
    pub(super) fn names_of(
        &self,
        tier: &'a Tier,
        port: Option<&str>,
    ) -> Vec<(&'a Ingress, &'a Route)> {
        let is_meant = |route: &&&Route| match port {
            Some(port) => route.port == port,
            None => !self.is_further(tier, &route.port),
        };
        let hosts = self.hosts_of(tier).iter().copied();
        let named = hosts.filter(|host| !is_wildcard(&host.host));
        let named = named.filter_map(|host| {
            let routes = self.routes.get(&(&host.name, &tier.id.name))?;
            Some((host, *routes.iter().find(is_meant)?))
        });
        named.collect()
    }

    /// Whether a port isn't the one that is exposed first, and some target exposes it besides.
    fn is_further(&self, tier: &'a Tier, port: &str) -> bool {
        let is_first = self.exposed_port(tier).is_some_and(|it| it.name == port);
        let mut views = self.views(tier).iter();
        !is_first && views.any(|it| it.further.iter().any(|it| it.port == port))
    }

    /// The ports of a tier that some target exposes besides the first one that is exposed.
    pub(super) fn further_ports(&self, tier: &'a Tier) -> Vec<&'a Port> {
        let views = self.views(tier).iter().flat_map(|it| &it.further);
        let names: BTreeSet<&str> = views.map(|it| it.port.as_str()).collect();
        let first = self.exposed_port(tier).map(|it| it.name.as_str());
        let ports = tier.ports.iter().map(|port| (port, port.name.as_str()));
        let further = ports.filter(|(_, name)| Some(*name) != first && names.contains(name));
        further.map(|(port, _)| port).collect()
    }

    /// The ports of a tier that some target publishes besides the first one that is exposed, each with the
    /// way that counts for this target: none where it doesn't publish it.
    pub(super) fn published_ports(
        &self,
        tier: &'a Tier,
    ) -> Vec<(&'a Exposure, Option<&'a Exposure>)> {
        let of = |tier: &'a Tier| tier.further.iter().filter(|it| it.service.is_some());
        let own = self.own(tier);
        let mut all: Vec<(&Exposure, Option<&Exposure>)> = Vec::new();
        let views = self.views(tier).iter().copied();
        for exposure in own.into_iter().chain(views).flat_map(of) {
            if all.iter().all(|(known, _)| known.port != exposure.port) {
                let mut here = own.into_iter().flat_map(of);
                let here = here.find(|it| it.port == exposure.port);
                all.push((exposure, here));
            }
        }
        all
    }

    /// The ports of a tier whose public address something refers to in any target, where it isn't the tier's.
    pub(super) fn public_ports(&self, tier: &Tier) -> Vec<&'a str> {
        let name = tier.id.name.as_str();
        let ports = self.targets.public_ports.range((name, "")..);
        let ports = ports.take_while(|(of, _)| *of == name);
        ports.map(|(_, port)| *port).collect()
    }

    /// Whether any target has an Ingress.
    pub(super) fn has_any_ingress(&self) -> bool {
        let mut tiers = self.app.tiers.iter();
        tiers.any(|tier| self.has_ingress(tier)) || !self.hosts().is_empty()
    }

    /// Whether routes of a Gateway take the place of Ingresses in any target.
    pub(super) fn has_gateway(&self) -> bool {
        self.targets.has_gateway
    }

    /// The hosts whose paths are regular expressions in Ingresses.
    pub(super) fn pattern_hosts(&self) -> BTreeMap<String, Span> {
        pattern_hosts(self.app, self.targets.all)
    }

    /// Whether browsers reach the tier in any target.
    pub(super) fn is_exposed(&self, tier: &Tier) -> bool {
        self.anywhere(tier).is_some_and(|it| it.is_exposed)
    }

    /// The address at which something that isn't described leads to the tier in any target.
    pub(super) fn elsewhere(&self, tier: &Tier) -> Option<&'a PublicAddress> {
        self.anywhere(tier)?.elsewhere
    }

    /// Whether a proxy stands in front of the tier in any target.
    pub(super) fn is_proxied(&self, tier: &Tier) -> bool {
        self.has_ingress(tier) || !self.hosts_of(tier).is_empty() || self.elsewhere(tier).is_some()
    }

    /// The tiers whose public address something refers to in any target.
    pub(super) fn public_tiers(&self) -> &'a BTreeSet<&'a str> {
        &self.targets.public
    }

    /// Whether targets say different things of a variable of a pod: at different places, or some
    /// nothing.
    pub(super) fn differs(&self, thing: &str, variable: &str) -> bool {
        self.targets.differing.contains(&(thing, variable))
    }
}

/// The keys of a tier's ports among values.
pub(super) fn port_keys(tier: &Tier) -> BTreeMap<&str, String> {
    let names: Vec<_> = tier.ports.iter().map(|port| port.name.as_str()).collect();
    camel_all(&names)
}

/// Every ConfigMap of settings, by the name of its helper.
fn configs(app: &App) -> Vec<(String, &ConfigMap)> {
    let own = app.pods().filter_map(|(id, pod)| {
        let config = pod.config.as_ref()?;
        Some((format!("{}.config", id.name), config))
    });
    let mut all: Vec<_> = own.collect();
    all.reverse();
    let shared = app.config.iter();
    all.extend(shared.map(|config| ("config".to_owned(), config)));
    all
}

/// Whether a variable is one that the pod has only where an ingress controller stands in front of it.
pub(super) fn is_proxied(pod: &Pod, origin: Span, variable: &Variable) -> bool {
    let mut proxied = pod.contract.proxied_variables.iter();
    variable.origin == origin && proxied.any(|(name, _)| *name == variable.name)
}
