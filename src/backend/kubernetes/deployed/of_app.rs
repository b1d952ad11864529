//! The facts of an application that data in a cluster depends on.

use crate::backend::deployed::{Facts, Kind, Thing, What};
use crate::backend::kubernetes::database::claim_name;
use crate::backend::kubernetes::secrets::rollout_name;
use crate::ir::{App, Database, Tier, Volume};

/// The facts of an application.
pub(super) fn of(app: &App) -> Facts {
    let mut facts = Facts::default();
    let namespace = Thing {
        kind: Kind::Namespace,
        name: String::new(),
    };
    facts.add(&namespace, [(What::Name, app.namespace.name.clone())]);
    for database in &app.databases {
        add_database(&mut facts, database);
    }
    for tier in &app.tiers {
        for volume in &tier.pod.volumes {
            add_volume(&mut facts, tier, volume);
        }
    }
    facts
}

/// One without a claim has nothing to lose.
fn add_database(facts: &mut Facts, database: &Database) {
    let (Some(size), Some(claim)) = (&database.storage, claim_name(database)) else {
        return;
    };
    let class = database.class.clone().unwrap_or_default();
    let thing = Thing::database(database);
    facts.add(
        &thing,
        [
            (What::Engine, database.engine.word.to_owned()),
            (What::Image, database.image.value.to_string()),
            (What::Workload, rollout_name(database)),
            (What::Claim, claim),
            (What::Size, size.value.text.clone()),
            (What::Class, class),
        ],
    );
    if let Some(account) = &database.account {
        let (user, name) = (&account.user.value, &account.database.value);
        let account = [(What::User, user.clone()), (What::Database, name.clone())];
        facts.add(&thing, account);
    }
}

fn add_volume(facts: &mut Facts, tier: &Tier, volume: &Volume) {
    let Some(claim) = &volume.claim else { return };
    let shared = if claim.shared { "yes" } else { "no" };
    let known = [
        (What::Workload, format!("deployment/{}", tier.id.workload)),
        (What::Claim, volume.object.clone()),
        (What::Path, volume.path.clone()),
        (What::Size, claim.size.value.text.clone()),
        (What::Class, claim.class.clone().unwrap_or_default()),
        (What::Shared, shared.to_owned()),
    ];
    facts.add(&Thing::volume(&tier.id, volume), known);
}
