//! The objects of an application by name, and those that are to be deleted.

use crate::backend::deployed::{Named, Objects};
use crate::backend::kubernetes::check::inventory;
use crate::backend::kubernetes::cluster;
use crate::ir::App;
use std::collections::BTreeSet;

/// The objects of an application.
pub(super) fn of(app: &App) -> BTreeSet<Named> {
    let namespace = &app.namespace.name;
    let databases = app.databases.iter().map(|it| (&it.id, &it.patches));
    let tiers = app.tiers.iter().map(|it| (&it.id, &it.patches));
    let sets = databases.chain(tiers);
    let sets = sets.filter(|(_, patches)| !patches.is_empty());
    // A patch may have a claim deleted with its set.
    let sets: Vec<&str> = sets.map(|(id, _)| id.workload.as_str()).collect();
    let own = inventory::of_app(app).into_iter().map(|object| Named {
        is_kept: !cluster::WITHOUT_DATA.contains(&object.kind)
            || object.kind == cluster::SET && sets.contains(&object.name.as_str()),
        namespace: if object.kind == "Namespace" {
            String::new()
        } else {
            namespace.clone()
        },
        kind: object.kind.to_owned(),
        name: object.name,
    });
    let copies = app
        .objects
        .iter()
        .flat_map(|file| cluster::objects(&file.text));
    let copies = copies.map(|(object, _)| {
        let place = object.namespace.unwrap_or_default();
        Named {
            is_kept: object.holds_data || place != *namespace,
            namespace: place,
            kind: object.kind,
            name: object.name,
        }
    });
    own.chain(copies).collect()
}

/// Kinds of objects that pods rely on.
const GUARDS: &[&str] = &[
    "ConfigMap",
    "NetworkPolicy",
    "PodDisruptionBudget",
    "ServiceAccount",
];

/// Those that are to be deleted; what guards pods comes first, as in files. A lock may have been written by
/// somebody else: of a kind that may hold data a person decides.
pub(in crate::backend::kubernetes) fn gone(objects: &Objects) -> Vec<cluster::Object> {
    let mut gone: Vec<&Named> = objects.gone().collect();
    gone.sort_by_key(|object| !GUARDS.contains(&object.kind.as_str()));
    let object = |it: &Named| cluster::Object {
        holds_data: it.is_kept || !cluster::WITHOUT_DATA.contains(&it.kind.as_str()),
        kind: it.kind.clone(),
        namespace: (!it.namespace.is_empty()).then(|| it.namespace.clone()),
        name: it.name.clone(),
    };
    gone.into_iter().map(object).collect()
}
