//! The facts of an application that data in a cluster depends on.

use crate::backend::deployed::{Facts, Kind, Thing, What};
use crate::backend::kubernetes::database::claim_name;
use crate::backend::kubernetes::secrets::{rollout_name, rollout_name_of_tier};
use crate::ir::{App, Database, MountedBy, Tier, Volume};

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
    let is_shared = claim.mounted_by == MountedBy::AllPods;
    let known = [
        (What::Workload, rollout_name_of_tier(tier)),
        (What::Claim, volume.object.clone()),
        (What::Path, volume.path.clone()),
        (What::Size, claim.size.value.text.clone()),
        (What::Class, claim.class.clone().unwrap_or_default()),
        (
            What::Shared,
            if is_shared { "yes" } else { "no" }.to_owned(),
        ),
    ];
    let pods = volume.claim_of_each().map(|_| pods(tier).to_string());
    let known = known.into_iter().chain(pods.map(|pods| (What::Pods, pods)));
    facts.add(&Thing::volume(&tier.id, volume), known);
}

/// How many pods a tier has at the most.
pub(super) fn pods(tier: &Tier) -> u32 {
    let scaled = tier.replicas.autoscaling.map(|scaling| scaling.most);
    scaled.unwrap_or(tier.replicas.least).max(1)
}
