//! Edits of the containers in which migrations wait for tiers.

use std::collections::BTreeMap;

use super::edit::Edits;
use super::text::Expressions;
use crate::backend::kubernetes::{reach_name, reach_place};
use crate::ir::{Store, Tier};

/// The stores that init containers of a tier's pods wait for, by the names of these.
pub(super) fn stores<'a>(
    tier: Option<&'a Tier>,
    with: Expressions<'a>,
) -> BTreeMap<String, Store<'a>> {
    let stores = tier.into_iter().flat_map(|it| with.shape.app.stores(it));
    let mut named = BTreeMap::new();
    for store in stores {
        named.entry(reach_name(store.tier)).or_insert(store);
    }
    named
}

/// Edits the container: an installation may leave the store out, or give it another port.
pub(super) fn edit(edits: &mut Edits, path: &str, store: &Store<'_>, with: Expressions<'_>) {
    let Store { tier, port, .. } = store;
    if let Some(enabled) = with.values.read(Some(&tier.id.name), "enabled") {
        edits.guard(path, format!("if {enabled}"));
    }
    let Some(number) = with.service_port(&tier.id.name, &port.name) else {
        return;
    };
    let plain = reach_place(tier, &port.service.to_string());
    let mut index = 0;
    while let Some(word) = edits.text(&format!("{path}.command.{index}")) {
        if word == plain {
            let place = reach_place(tier, &format!("{{{{ {number} }}}}"));
            edits.set(&format!("{path}.command.{index}"), place);
            return;
        }
        index += 1;
    }
}
