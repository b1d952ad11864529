//! What a chart can become: what any target says of a tier shapes its templates, so that one chart
//! serves them all.

use std::collections::BTreeSet;

use crate::ir::{
    App, Autoscaling, Expose, Fact, Ingress, Piece, Pod, Port, Setting, Text, Tier, Value, Variable,
};
use crate::source::Span;

/// An application for one target, beside the others.
#[derive(Debug)]
pub(super) struct Shape<'a> {
    /// The application for the target whose facts are the defaults.
    pub(super) app: &'a App,
    /// The same for all targets, this one first.
    all: Vec<&'a App>,
}

impl<'a> Shape<'a> {
    pub(super) fn new(app: &'a App, others: &[&'a App]) -> Self {
        let all = std::iter::once(app).chain(others.iter().copied());
        Shape {
            app,
            all: all.collect(),
        }
    }

    /// A tier as each target has it, this one first.
    pub(super) fn views(&self, tier: &Tier) -> Vec<&'a Tier> {
        let name = &tier.id.name;
        let views = self.all.iter().filter_map(|app| {
            let mut tiers = app.tiers.iter();
            tiers.find(|it| it.id.name == *name)
        });
        views.collect()
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
    pub(super) fn hosts(&self) -> Vec<&'a Ingress> {
        let mut hosts: Vec<&Ingress> = Vec::new();
        for host in self.all.iter().flat_map(|app| &app.ingresses) {
            if hosts.iter().all(|known| label(known) != label(host)) {
                hosts.push(host);
            }
        }
        hosts.sort_by_key(|host| host.origin);
        hosts
    }

    /// The shared Ingresses that lead to a tier.
    pub(super) fn hosts_of(&self, tier: &Tier) -> Vec<&'a Ingress> {
        let mut hosts = self.hosts();
        hosts.retain(|host| host.routes.iter().any(|route| route.tier.0 == tier.id.name));
        hosts
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
    pub(super) fn public_tiers(&self) -> BTreeSet<&'a str> {
        Shape::public_in(self.all.iter().flat_map(|app| texts(app)))
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
        let origins = self.all.iter().filter_map(|app| {
            let (_, pod) = app.pods().find(|(id, _)| id.name == thing)?;
            let found = pod.env.iter().find(|it| it.name == variable);
            Some(found.map(|it| it.origin))
        });
        let origins: BTreeSet<_> = origins.collect();
        origins.len() > 1
    }
}

/// The key of a host among values, before it is put in camelCase: its first label.
pub(super) fn label(host: &Ingress) -> &str {
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
