//! Which tiers wait for which.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::ir::{App, Edge, EdgeKind, EdgeSource};

/// What each thing needs, without what would close a circle: of those that need each other the last one
/// doesn't wait, and nor does a tier that migrations wait for, or Compose would start none. A walk without
/// recursion, since a chain may have any length.
pub(super) fn waited(app: &App) -> BTreeMap<&str, Vec<&Edge>> {
    let migrated = app.tiers.iter().filter(|tier| tier.migration.is_some());
    let stores = migrated.flat_map(|tier| app.stores(tier));
    let stores: BTreeSet<&str> = stores.map(|it| it.tier.id.name.as_str()).collect();
    let mut needs: IndexMap<&str, Vec<&Edge>> = IndexMap::new();
    for edge in &app.edges {
        if let EdgeSource::Thing(from) = &edge.from
            && edge.kind == EdgeKind::Needs
            && !stores.contains(from.0.as_str())
        {
            needs.entry(from.0.as_str()).or_default().push(edge);
        }
    }
    let mut waited: BTreeMap<&str, Vec<&Edge>> = BTreeMap::new();
    let mut done = BTreeSet::new();
    for root in needs.keys().copied() {
        let mut path = IndexMap::new();
        if !done.contains(root) {
            path.insert(root, needs[root].iter().copied());
        }
        while let Some(mut last) = path.last_entry() {
            let Some(edge) = last.get_mut().next() else {
                done.extend(path.pop().map(|(name, _)| name));
                continue;
            };
            let name = edge.to.0.as_str();
            let from = *last.key();
            if path.contains_key(name) {
                continue;
            }
            waited.entry(from).or_default().push(edge);
            if let Some(further) = needs.get(name).filter(|_| !done.contains(name)) {
                path.insert(name, further.iter().copied());
            }
        }
    }
    waited
}
