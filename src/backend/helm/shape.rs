//! What a chart can become: what any target says of a tier shapes its templates, so that one chart
//! serves them all.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{
    App, Autoscaling, Expose, Fact, Ingress, Piece, Pod, Port, Setting, Text, Tier, Value, Variable,
};
use crate::source::Span;

/// An application for one target, beside the others.
#[derive(Debug)]
pub(super) struct Shape<'a> {
    /// The application for the target whose facts are the defaults.
    pub(super) app: &'a App,
    /// The tiers of each target by their names, those of this one first.
    tiers: Vec<BTreeMap<&'a str, &'a Tier>>,
    /// The keys of the shared ConfigMap.
    config: BTreeMap<&'a str, &'a Setting>,
    /// Whose each Secret of the application's own is, by its name; `None` is the application itself.
    owners: BTreeMap<&'a str, Option<&'a str>>,
    /// Every Ingress over several tiers, by the place that it has in the source.
    hosts: Vec<&'a Ingress>,
    /// The key of each host among values, before it is put in camelCase, by the name of its Ingress.
    host_keys: BTreeMap<&'a str, &'a str>,
    /// Those of them that lead to a tier.
    hosts_of: BTreeMap<&'a str, Vec<&'a Ingress>>,
    /// The tiers whose public address something refers to in any target.
    public: BTreeSet<&'a str>,
    /// The variables of pods of which targets say different things.
    differing: BTreeSet<(&'a str, &'a str)>,
}

impl<'a> Shape<'a> {
    pub(super) fn new(app: &'a App, others: &[&'a App]) -> Self {
        let all: Vec<_> = std::iter::once(app).chain(others.iter().copied()).collect();
        let tiers = all.iter().map(|app| {
            let tiers = app.tiers.iter();
            tiers.map(|tier| (tier.id.name.as_str(), tier)).collect()
        });
        let config = app.config.iter().flat_map(|config| &config.entries);
        let (hosts, host_keys) = hosts(&all);
        let mut hosts_of: BTreeMap<&str, Vec<&Ingress>> = BTreeMap::new();
        for host in &hosts {
            let led: BTreeSet<_> = host.routes.iter().map(|it| it.tier.0.as_str()).collect();
            for tier in led {
                hosts_of.entry(tier).or_default().push(host);
            }
        }
        Shape {
            app,
            tiers: tiers.collect(),
            config: config.map(|it| (it.key.as_str(), it)).collect(),
            owners: owners(app),
            hosts,
            host_keys,
            hosts_of,
            public: Shape::public_in(all.iter().flat_map(|app| texts(app))),
            differing: differing(&all),
        }
    }

    /// The tier of that name.
    pub(super) fn tier(&self, name: &str) -> Option<&'a Tier> {
        self.tiers.first()?.get(name).copied()
    }

    /// The shared key of that name.
    pub(super) fn shared(&self, key: &str) -> Option<&'a Setting> {
        self.config.get(key).copied()
    }

    /// Whose each Secret of the application's own is, by its name; `None` is the application itself.
    pub(super) fn owners(&self) -> &BTreeMap<&'a str, Option<&'a str>> {
        &self.owners
    }

    /// A tier as each target has it, this one first.
    pub(super) fn views(&self, tier: &Tier) -> Vec<&'a Tier> {
        let name = tier.id.name.as_str();
        let views = self.tiers.iter().filter_map(|tiers| tiers.get(name));
        views.copied().collect()
    }

    /// Whether any target lets the number of pods follow the load, and how: this one's first.
    pub(super) fn autoscaling(&self, tier: &Tier) -> Option<Autoscaling> {
        let mut views = self.views(tier).into_iter();
        views.find_map(|it| it.replicas.autoscaling)
    }

    /// Whether any target exposes the tier by an Ingress of its own.
    pub(super) fn has_ingress(&self, tier: &Tier) -> bool {
        let views = self.views(tier).into_iter();
        views.filter_map(|it| it.expose.value.own_ingress()).count() > 0
    }

    /// The port that is published where the tier is: what is said, else the one that stands for it.
    pub(super) fn exposed_port(&self, tier: &'a Tier) -> Option<&'a Port> {
        tier.exposed_port()
            .or_else(|| {
                let mut views = self.views(tier).into_iter();
                let name = views.find_map(Tier::exposed_port)?.name.as_str();
                tier.ports.iter().find(|port| port.name == name)
            })
            .or_else(|| tier.port().or(tier.ports.first()))
    }

    /// The Service that publishes one port of several, where any target has one.
    pub(super) fn public_service(&self, tier: &Tier) -> Option<&'a String> {
        let mut views = self.views(tier).into_iter();
        views.find_map(|it| it.public_service.as_ref())
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
    pub(super) fn host_key<'h>(&self, host: &'h Ingress) -> &'h str
    where
        'a: 'h,
    {
        let key = self.host_keys.get(host.name.as_str());
        key.copied().unwrap_or(&host.host)
    }

    /// The shared Ingresses that lead to a tier.
    pub(super) fn hosts_of(&self, tier: &Tier) -> &[&'a Ingress] {
        let found = self.hosts_of.get(tier.id.name.as_str());
        found.map_or(&[], Vec::as_slice)
    }

    /// Whether any target has an Ingress.
    pub(super) fn has_any_ingress(&self) -> bool {
        let mut tiers = self.app.tiers.iter();
        tiers.any(|tier| self.has_ingress(tier)) || !self.hosts().is_empty()
    }

    /// Whether browsers reach the tier in any target.
    pub(super) fn is_exposed(&self, tier: &Tier) -> bool {
        let views = self.views(tier).into_iter();
        views
            .filter(|it| it.expose.value != Expose::Internal)
            .count()
            > 0
    }

    /// The tiers whose public address something refers to in any target.
    pub(super) fn public_tiers(&self) -> &BTreeSet<&'a str> {
        &self.public
    }

    /// The tiers whose public address texts refer to.
    pub(super) fn public_in<'t>(texts: impl IntoIterator<Item = &'t Text>) -> BTreeSet<&'t str> {
        let parts = texts.into_iter().flat_map(Text::parts);
        let tiers = parts.filter_map(|part| match &part.fact {
            Some(Fact::Public { tier, .. }) => Some(tier.as_str()),
            Some(
                Fact::Host(_)
                | Fact::ContainerPort { .. }
                | Fact::ServicePort { .. }
                | Fact::DatabasePort(_)
                | Fact::DatabaseUser(_)
                | Fact::DatabaseName(_)
                | Fact::VolumePath { .. }
                | Fact::ExternalHost(_)
                | Fact::ExternalPort(_)
                | Fact::Config(_),
            )
            | None => None,
        });
        tiers.collect()
    }

    /// Whether targets say different things of a variable of a pod: at different places, or some
    /// nothing.
    pub(super) fn differs(&self, thing: &str, variable: &str) -> bool {
        self.differing.contains(&(thing, variable))
    }
}

/// Every Ingress over several tiers in any target, the first of each key, by their places, and the keys by
/// their names.
fn hosts<'a>(all: &[&'a App]) -> (Vec<&'a Ingress>, BTreeMap<&'a str, &'a str>) {
    let mut hosts: Vec<&Ingress> = Vec::new();
    let mut known = BTreeSet::new();
    let mut keys: BTreeMap<&str, &str> = BTreeMap::new();
    for app in all {
        let here = app.ingresses.iter();
        let here = here.filter_map(|host| keys.get(host.name.as_str()).copied());
        let mut here: BTreeSet<&str> = here.collect();
        for host in &app.ingresses {
            if keys.contains_key(host.name.as_str()) {
                continue;
            }
            let short = label(host);
            let key = if here.insert(short) {
                short
            } else {
                host.host.as_str()
            };
            keys.insert(&host.name, key);
            if known.insert(key) {
                hosts.push(host);
            }
        }
    }
    hosts.sort_by_key(|host| host.origin);
    (hosts, keys)
}

/// The Secrets of an application and of its things, by their names.
fn owners(app: &App) -> BTreeMap<&str, Option<&str>> {
    let own = app.secret.iter().map(|secret| (secret, None));
    let pods = app.pods().map(|(id, pod)| (id, pod.secret.as_ref()));
    let databases = app.databases.iter();
    let databases = databases.map(|database| (&database.id, database.secret.as_ref()));
    let things = pods.chain(databases);
    let things = things.filter_map(|(id, secret)| Some((secret?, Some(id.name.as_str()))));
    let mut owners = BTreeMap::new();
    for (secret, owner) in own.chain(things) {
        owners.entry(secret.name.as_str()).or_insert(owner);
    }
    owners
}

/// The variables of pods that some targets have and others don't, or have from different places.
fn differing<'a>(all: &[&'a App]) -> BTreeSet<(&'a str, &'a str)> {
    let mut pods: BTreeMap<&str, usize> = BTreeMap::new();
    let mut said: BTreeMap<(&str, &str), (usize, BTreeSet<Span>)> = BTreeMap::new();
    for (id, pod) in all.iter().flat_map(|app| app.pods()) {
        let thing = id.name.as_str();
        *pods.entry(thing).or_default() += 1;
        let mut seen = BTreeSet::new();
        for variable in pod.env.iter().filter(|it| seen.insert(it.name.as_str())) {
            let key = (thing, variable.name.as_str());
            let (times, origins) = said.entry(key).or_default();
            *times += 1;
            origins.insert(variable.origin);
        }
    }
    let differing = said.into_iter().filter(|((thing, _), (times, origins))| {
        origins.len() > 1 || pods.get(thing).is_some_and(|pods| times < pods)
    });
    differing.map(|(key, _)| key).collect()
}

/// The first label of a host.
fn label(host: &Ingress) -> &str {
    host.host.split('.').next().unwrap_or(&host.host)
}

/// Every value of an application that is made of parts.
fn texts(app: &App) -> Vec<&Text> {
    let mut texts = run_time_texts(app);
    let arguments = app.pods().flat_map(|(_, pod)| build_arguments(pod));
    texts.extend(arguments.map(|argument| &argument.value));
    texts
}

/// The arguments that the image of a pod is built with.
pub(super) fn build_arguments(pod: &Pod) -> &[Setting] {
    let build = pod.image.build.as_ref();
    build.map_or(&[], |build| &build.arguments)
}

/// The values that containers see, as far as they are made of parts.
pub(super) fn run_time_texts(app: &App) -> Vec<&Text> {
    let shared = app.config.iter().flat_map(|config| &config.entries);
    let mut texts: Vec<&Text> = shared.map(|entry| &entry.value).collect();
    for (_, pod) in app.pods() {
        let config = pod.config.iter().flat_map(|config| &config.entries);
        texts.extend(config.map(|entry| &entry.value));
        for variable in &pod.env {
            match &variable.value {
                Value::Text(text) => texts.push(text),
                Value::Composed(pieces) => texts.extend(pieces.iter().filter_map(|it| match it {
                    Piece::Text(text) => Some(text),
                    Piece::Secret { .. } => None,
                })),
                Value::Config { .. } | Value::Secret(_) => {}
            }
        }
    }
    texts
}

/// Whether a variable is one that the pod has only where an ingress controller stands in front of it.
pub(super) fn is_proxied(pod: &Pod, origin: Span, variable: &Variable) -> bool {
    let mut proxied = pod.contract.proxied_variables.iter();
    variable.origin == origin && proxied.any(|(name, _)| *name == variable.name)
}
