//! What any target of a text says, found once for the charts of all of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{
    App, Autoscaling, Expose, Piece, Pod, PublicAddress, Setting, StatedFact, Text, Tier, Value,
};
use crate::source::Span;

/// What is the same for the charts of all targets of a text.
#[derive(Debug)]
pub(super) struct Targets<'a> {
    /// The application for each target, in the file's order.
    pub(super) all: &'a [&'a App],
    /// Whether routes of a Gateway take the place of Ingresses in any of them.
    pub(super) has_gateway: bool,
    /// The tiers by their names.
    pub(super) tiers: BTreeMap<&'a str, Anywhere<'a>>,
    /// The tiers whose public address something refers to in any target.
    pub(super) public: BTreeSet<&'a str>,
    /// The ports of tiers whose own public address something refers to in any target.
    pub(super) public_ports: BTreeSet<(&'a str, &'a str)>,
    /// Whether some target says of all routes of its Gateway how long an answer may take.
    pub(super) has_timeout: bool,
    /// The variables of pods of which targets say different things.
    pub(super) differing: BTreeSet<(&'a str, &'a str)>,
}

/// A tier in all targets that have it, in the file's order. Of what a target may say, the first that
/// says it counts.
#[derive(Debug, Default)]
pub(super) struct Anywhere<'a> {
    pub(super) views: Vec<&'a Tier>,
    pub(super) autoscaling: Option<Autoscaling>,
    pub(super) ingress: Option<OwnIngress<'a>>,
    /// The Secret with the certificate of the first own Ingress that has one.
    pub(super) tls: Option<&'a String>,
    pub(super) exposed_port: Option<&'a str>,
    pub(super) public_service: Option<&'a String>,
    pub(super) is_exposed: bool,
    /// The address at which something that isn't described here leads to it.
    pub(super) elsewhere: Option<&'a PublicAddress>,
    /// One for each reference of its image.
    pub(super) images: BTreeMap<String, &'a Tier>,
}

/// A tier's own Ingress in some target.
#[derive(Debug, Clone, Copy)]
pub(super) struct OwnIngress<'a> {
    pub(super) host: &'a String,
    pub(super) path: &'a String,
    /// The Secret with the host's certificate, where it is served by https.
    pub(super) tls: Option<&'a String>,
    /// Where it is said that the path is taken off.
    pub(super) strip: Option<Span>,
}

impl<'a> OwnIngress<'a> {
    pub(super) fn of(tier: &'a Tier) -> Option<Self> {
        let (host, path, tls) = tier.expose.value.own_ingress()?;
        let tls = tls.as_ref();
        let strip = tier.expose.value.strip();
        Some(OwnIngress {
            host,
            path,
            tls,
            strip,
        })
    }
}

impl<'a> Targets<'a> {
    pub(super) fn of(all: &'a [&'a App]) -> Self {
        let mut tiers: BTreeMap<&str, Anywhere> = BTreeMap::new();
        for tier in all.iter().flat_map(|app| &app.tiers) {
            tiers.entry(&tier.id.name).or_default().add(tier);
        }
        Targets {
            all,
            has_timeout: all.iter().any(|app| app.ingress.timeout.is_some()),
            has_gateway: all.iter().any(|app| app.ingress.gateway.is_some()),
            tiers,
            public: public_in(all.iter().flat_map(|app| texts(app))),
            public_ports: public_ports_in(all.iter().flat_map(|app| texts(app))),
            differing: differing(all),
        }
    }
}

impl<'a> Anywhere<'a> {
    fn add(&mut self, tier: &'a Tier) {
        let own = OwnIngress::of(tier);
        self.views.push(tier);
        self.autoscaling = both(self.autoscaling, tier.replicas.autoscaling);
        self.ingress = self.ingress.or(own);
        self.tls = self.tls.or(own.and_then(|it| it.tls));
        let exposed = tier.exposed_port().map(|port| port.name.as_str());
        self.exposed_port = self.exposed_port.or(exposed);
        self.public_service = self.public_service.or(tier.public_service.as_ref());
        if let Expose::Elsewhere { address } = &tier.expose.value {
            self.elsewhere.get_or_insert(address);
        }
        self.is_exposed |= tier.expose.value != Expose::Internal;
        let reference = tier.pod.image.reference.to_string();
        self.images.entry(reference).or_insert(tier);
    }
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
                Value::Config { .. } | Value::Secret(_) | Value::Pod(_) => {}
            }
        }
    }
    texts
}

/// The tiers whose public address texts refer to.
fn public_in<'t>(texts: impl IntoIterator<Item = &'t Text>) -> BTreeSet<&'t str> {
    let all = publics(texts).filter(|(_, port)| port.is_none());
    all.map(|(tier, _)| tier).collect()
}

/// The ports of tiers whose own public address texts refer to.
fn public_ports_in<'t>(texts: impl IntoIterator<Item = &'t Text>) -> BTreeSet<(&'t str, &'t str)> {
    let all = publics(texts).filter_map(|(tier, port)| Some((tier, port?)));
    all.collect()
}

/// The public addresses that texts refer to: those of tiers, and of their ports.
pub(super) fn publics<'t>(
    texts: impl IntoIterator<Item = &'t Text>,
) -> impl Iterator<Item = (&'t str, Option<&'t str>)> {
    let parts = texts.into_iter().flat_map(Text::parts);
    parts.filter_map(|part| match &part.fact {
        Some(StatedFact::Public { tier, port, .. }) => Some((tier.as_str(), port.as_deref())),
        Some(
            StatedFact::Host(_)
            | StatedFact::ReadHost(_)
            | StatedFact::ContainerPort { .. }
            | StatedFact::ServicePort { .. }
            | StatedFact::DatabasePort(_)
            | StatedFact::DatabaseUser(_)
            | StatedFact::DatabaseName(_)
            | StatedFact::VolumePath { .. }
            | StatedFact::ExternalHost(_)
            | StatedFact::ExternalPort(_)
            | StatedFact::Config(_),
        )
        | None => None,
    })
}

/// One way to follow the load with what another follows besides.
pub(super) fn both(first: Option<Autoscaling>, second: Option<Autoscaling>) -> Option<Autoscaling> {
    let (Some(one), Some(more)) = (first, second) else {
        return first.or(second);
    };
    Some(Autoscaling {
        most: one.most,
        cpu_percent: one.cpu_percent.or(more.cpu_percent),
        memory_percent: one.memory_percent.or(more.memory_percent),
    })
}
