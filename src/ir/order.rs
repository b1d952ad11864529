//! What starts before the migrations of an application, and what after them.

use std::collections::BTreeSet;

use super::{App, Edge, Migration, Pod, Port, Tier};
use crate::source::Span;

/// A tier that migrations connect to, such as a database in an image of others.
#[derive(Debug, Clone, Copy)]
pub struct Store<'a> {
    /// The tier.
    pub tier: &'a Tier,
    /// The port that they use, or the first of several.
    pub port: &'a Port,
    /// The first statement that says so.
    pub origin: Span,
}

impl App {
    /// The migrations of the image that a pod runs, with their tier. A pod of that image doesn't start
    /// before them: its code expects what they make.
    pub fn migrations_of(&self, pod: &Pod) -> impl Iterator<Item = (&Tier, &Migration)> {
        let tiers = self.tiers.iter();
        let tiers = tiers.filter(move |tier| tier.pod.image.reference == pod.image.reference);
        tiers.filter_map(|tier| Some((tier, tier.migration.as_ref()?)))
    }

    /// The tiers that a tier's migrations may read or write, and therefore wait for: those that it
    /// uses and that run an image of others. One that uses the tier in turn, or whose own image is
    /// migrated first, isn't waited for: neither would ever start.
    #[must_use]
    pub fn stores(&self, tier: &Tier) -> Vec<Store<'_>> {
        let mut stores: Vec<Store<'_>> = Vec::new();
        for edge in self.uses(&tier.id.name) {
            let Some(used) = self.tiers.iter().find(|it| it.id.is(&edge.to)) else {
                continue;
            };
            let port = match edge.port {
                Some(number) => used.ports.iter().find(|port| port.service == number),
                None => used.port(),
            };
            let Some(port) = port else { continue };
            let is_known = stores.iter().any(|it| it.tier.id.name == used.id.name);
            let is_late = self.migrations_of(&used.pod).next().is_some();
            if is_known || is_late || used.pod.image.ours || self.reaches(used, tier) {
                continue;
            }
            stores.push(Store {
                tier: used,
                port,
                origin: edge.origins.first().copied().unwrap_or(tier.id.origin),
            });
        }
        stores
    }

    /// The edges by which the pods of a tier or job connect to others.
    fn uses<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Edge> {
        let edges = self.edges.iter();
        edges.filter(move |edge| edge.client().is_some_and(|client| client.0 == name))
    }

    /// Whether a tier uses another one, or what it uses does.
    fn reaches(&self, from: &Tier, to: &Tier) -> bool {
        let mut seen = BTreeSet::from([from.id.name.as_str()]);
        let mut open = vec![from.id.name.as_str()];
        while let Some(next) = open.pop() {
            if next == to.id.name {
                return true;
            }
            let further = self.uses(next).map(|edge| edge.to.0.as_str());
            open.extend(further.filter(|it| seen.insert(it)));
        }
        false
    }
}
