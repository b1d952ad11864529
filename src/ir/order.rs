//! What starts before the migrations of an application, and what after them.

use indexmap::IndexMap;

use super::{App, Migration, Pod, Port, Tier};
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
    pub fn migrations_of<'a>(
        &'a self,
        pod: &Pod,
    ) -> impl Iterator<Item = (&'a Tier, &'a Migration)> + use<'a> {
        let tiers = self.migrating(&pod.image.reference);
        tiers.filter_map(|tier| Some((tier, tier.migration.as_ref()?)))
    }

    /// The tiers that a tier's migrations may read or write, and therefore wait for: those that it
    /// uses and that run an image of others. One that uses the tier in turn, or whose own image is
    /// migrated first, isn't waited for: neither would ever start.
    #[must_use]
    pub fn stores(&self, tier: &Tier) -> Vec<Store<'_>> {
        let mut stores: IndexMap<&str, Store<'_>> = IndexMap::new();
        for edge in self.uses(&tier.id.name) {
            let Some(used) = self.tier(&edge.to.0) else {
                continue;
            };
            let port = match edge.port {
                Some(number) => used.ports.iter().find(|port| port.service == number),
                None => used.port(),
            };
            // Nothing waits for datagrams.
            let port = port.filter(|port| port.is_tcp());
            let Some(port) = port else { continue };
            let name = used.id.name.as_str();
            let is_late = self.migrations_of(&used.pod).next().is_some();
            if is_late || used.pod.image.ours || self.use_each_other(name, &tier.id.name) {
                continue;
            }
            stores.entry(name).or_insert(Store {
                tier: used,
                port,
                origin: edge.origins.first().copied().unwrap_or(tier.id.origin),
            });
        }
        stores.into_values().collect()
    }
}
