//! What of an application differs from what builds before it said, as far as data depends on it.

use super::of_app;
use crate::backend::deployed::{Facts, Kind, Thing, What};
use crate::backend::kubernetes::database::claim_name;
use crate::catalog::databases::operator::Operator;
use crate::catalog::databases::version::ServerVersion;
use crate::catalog::databases::{Engine, engine};
use crate::ir::{Account, App, Claim, Database, MountedBy, Operated, Quantity, Tier, Volume};
use std::collections::BTreeSet;

/// A change that no `kubectl apply` makes without losing data, or without losing sight of it.
#[derive(Debug, Clone)]
pub(super) struct Change<'a> {
    /// What changes.
    pub(super) thing: Thing,
    /// In which way.
    pub(super) way: Way<'a>,
}

/// What a claim is for, in the application as it is now.
#[derive(Debug, Clone, Copy)]
pub(super) enum Store<'a> {
    /// A database's data.
    Database(&'a Database),
    /// A tier's volume.
    Volume(&'a Tier, &'a Volume),
}

/// The ways in which things change.
#[derive(Debug, Clone)]
pub(super) enum Way<'a> {
    /// Everything is in another namespace.
    Namespace,
    /// A server of another version.
    Version {
        database: &'a Database,
        from: ServerVersion,
        to: ServerVersion,
    },
    /// A user, or a database within the server.
    Account { database: &'a Database, what: What },
    /// A smaller claim, which no claim becomes.
    Smaller(Store<'a>),
    /// A larger claim.
    Larger(Store<'a>),
    /// A claim of another class, or with other access.
    Class(Store<'a>, What),
    /// Another claim.
    Claim(Store<'a>),
    /// Fewer pods, of which each has a claim of its own.
    Fewer(&'a Tier, &'a Volume),
    /// Another path in the container.
    Path(&'a Volume),
    /// It isn't part of the application any more; where it has another name now, that.
    Gone { now: Option<Store<'a>> },
}

/// The changes from what may be in the cluster.
pub(super) fn changes<'a>(then: &Facts, app: &'a App) -> Vec<Change<'a>> {
    let mut namespaces = then.of_kind(Kind::Namespace);
    if let Some(thing) = namespaces.next()
        && then.get(thing, What::Name) != Some(&app.namespace.name)
    {
        // All of it begins empty there, whatever else is another one.
        return vec![Change {
            thing: thing.clone(),
            way: Way::Namespace,
        }];
    }
    let mut changes = Vec::new();
    let stores: Vec<_> = stores(app).collect();
    for store in &stores {
        let thing = store.thing();
        let ways = match store {
            Store::Database(database) => of_database(then, &thing, database),
            Store::Volume(_, volume) => of_path(then, &thing, volume).into_iter().collect(),
        };
        let ways = ways.into_iter().chain(of_claim(then, &thing, *store));
        changes.extend(ways.map(|way| Change {
            thing: thing.clone(),
            way,
        }));
    }
    let all = then
        .of_kind(Kind::Database)
        .chain(then.of_kind(Kind::Volume));
    let there: BTreeSet<Thing> = stores.iter().map(|store| store.thing()).collect();
    let gone: Vec<_> = all.filter(|thing| !there.contains(thing)).collect();
    changes.extend(gone.iter().map(|thing| Change {
        thing: (*thing).clone(),
        way: Way::Gone {
            now: renamed(then, thing, &gone, &stores),
        },
    }));
    changes
}

/// What an application keeps on claims.
pub(super) fn stores(app: &App) -> impl Iterator<Item = Store<'_>> {
    let databases = app.databases.iter();
    let databases = databases.filter(|database| database.storage.is_some());
    let volumes = app.tiers.iter().flat_map(|tier| {
        let own = tier.pod.volumes.iter();
        let own = own.filter(|volume| volume.claim.is_some());
        own.map(move |volume| Store::Volume(tier, volume))
    });
    databases.map(Store::Database).chain(volumes)
}

/// What a thing that is gone is called now: the only one that is new of its kind, if it alone is gone.
fn renamed<'a>(
    then: &Facts,
    thing: &Thing,
    gone: &[&Thing],
    stores: &[Store<'a>],
) -> Option<Store<'a>> {
    // As an earlier build found.
    if let Some(name) = then.get(thing, What::Now) {
        let mut stores = stores.iter();
        let is_it = |it: &Thing| it.kind == thing.kind && it.name == name;
        return stores.find(|store| is_it(&store.thing())).copied();
    }
    let engine = then.get(thing, What::Engine);
    let is_like =
        |other: &Thing| other.kind == thing.kind && then.get(other, What::Engine) == engine;
    if gone.iter().filter(|other| is_like(other)).count() != 1 {
        return None;
    }
    let mut new = stores.iter().filter(|store| {
        let is_new = then.get(&store.thing(), What::Claim).is_none();
        let word = match store {
            Store::Database(database) => Some(database.engine.word),
            Store::Volume(..) => None,
        };
        is_new && store.thing().kind == thing.kind && word == engine
    });
    let found = new.next()?;
    new.next().is_none().then_some(*found)
}

fn of_database<'a>(then: &Facts, thing: &Thing, database: &'a Database) -> Vec<Way<'a>> {
    let mut ways = Vec::new();
    // Between a pod of ours and an operator's data is copied into a database that is made anew.
    if then.get(thing, What::Workload).is_some()
        && was_operated(then, thing).is_some() != database.operated().is_some()
    {
        return ways;
    }
    if let Some((from, to)) = versions(then, thing, database)
        && !from.is_like(&to)
    {
        ways.push(Way::Version { database, from, to });
    }
    let Some(Account {
        user,
        database: name,
    }) = &database.account
    else {
        return ways;
    };
    for (what, now) in [(What::User, user), (What::Database, name)] {
        if then.get(thing, what).is_some_and(|then| then != now.value) {
            ways.push(Way::Account { database, what });
        }
    }
    ways
}

/// The name of the object of an operator, where a database was one.
pub(super) fn was_operated<'t>(
    then: &'t Facts,
    thing: &Thing,
) -> Option<(&'static Operator, &'t str)> {
    let operator = engine(then.get(thing, What::Engine)?)?.operator?;
    let service = then.get(thing, What::Workload)?.strip_prefix("service/")?;
    let name = service.strip_suffix(operator.writes)?;
    Some((operator, name))
}

/// The server of before, and that of now.
fn versions(
    then: &Facts,
    thing: &Thing,
    database: &Database,
) -> Option<(ServerVersion, ServerVersion)> {
    let old: &Engine = engine(then.get(thing, What::Engine)?)?;
    let from = ServerVersion::of(old, then.get(thing, What::Image)?)?;
    let to = ServerVersion::of(database.engine, &database.image.value.to_string())?;
    Some((from, to))
}

fn of_path<'a>(then: &Facts, thing: &Thing, volume: &'a Volume) -> Option<Way<'a>> {
    let path = then.get(thing, What::Path)?;
    (path != volume.path).then_some(Way::Path(volume))
}

/// What becomes of a claim. Of another one nothing else counts.
fn of_claim<'a>(then: &Facts, thing: &Thing, store: Store<'a>) -> Vec<Way<'a>> {
    let is = |what: What, now: &str| then.get(thing, what).is_none_or(|then| then == now);
    if !is(What::Claim, &store.claim()) {
        return vec![Way::Claim(store)];
    }
    let mut ways = Vec::new();
    let size = then.get(thing, What::Size).and_then(Quantity::parse);
    if let (Some(then), Some(now)) = (size, store.size()) {
        match now.milli.cmp(&then.milli) {
            std::cmp::Ordering::Less => ways.push(Way::Smaller(store)),
            std::cmp::Ordering::Greater => ways.push(Way::Larger(store)),
            std::cmp::Ordering::Equal => {}
        }
    }
    if !is(What::Class, store.class()) {
        ways.push(Way::Class(store, What::Class));
    }
    let shared = store.volume().map(|claim| match claim.mounted_by {
        MountedBy::AllPods => "yes",
        MountedBy::OnePod | MountedBy::EachPod => "no",
    });
    if shared.is_some_and(|shared| !is(What::Shared, shared)) {
        ways.push(Way::Class(store, What::Shared));
    }
    let pods = then.get(thing, What::Pods);
    let pods = pods.and_then(|pods| pods.parse::<u32>().ok());
    if let (Store::Volume(tier, volume), Some(then)) = (store, pods)
        && of_app::pods(tier) < then
    {
        ways.push(Way::Fewer(tier, volume));
    }
    ways
}

impl<'a> Store<'a> {
    pub(super) fn thing(self) -> Thing {
        match self {
            Store::Database(database) => Thing::database(database),
            Store::Volume(tier, volume) => Thing::volume(&tier.id, volume),
        }
    }

    /// The name of its claim.
    pub(super) fn claim(self) -> String {
        match self {
            Store::Database(database) => claim_name(database).unwrap_or_default(),
            Store::Volume(_, volume) => volume.object.clone(),
        }
    }

    /// Whether each pod has a claim of its own.
    pub(super) fn is_of_each(self) -> bool {
        match self {
            Store::Database(_) => false,
            Store::Volume(_, volume) => volume.claim_of_each().is_some(),
        }
    }

    /// What runs it, if that is an operator.
    pub(super) fn operated(self) -> Option<Operated> {
        match self {
            Store::Database(database) => database.operated(),
            Store::Volume(..) => None,
        }
    }

    fn volume(self) -> Option<&'a Claim> {
        match self {
            Store::Database(_) => None,
            Store::Volume(_, volume) => volume.claim.as_ref(),
        }
    }

    pub(super) fn size(self) -> Option<&'a Quantity> {
        match self {
            Store::Database(database) => database.storage.as_ref(),
            Store::Volume(..) => self.volume().map(|claim| &claim.size),
        }
        .map(|size| &size.value)
    }

    fn class(self) -> &'a str {
        match self {
            Store::Database(database) => database.class.as_deref(),
            Store::Volume(..) => self.volume().and_then(|claim| claim.class.as_deref()),
        }
        .unwrap_or_default()
    }
}
