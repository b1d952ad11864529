//! Facts of an application that its data in a cluster depends on, each of them a line of a lock.

use crate::catalog::dns;
use crate::ir::{Database, Identity, Quantity, Volume};
use std::collections::BTreeMap;

/// What a fact is about, such as `database db`; a volume is named with its tier, as in `api.uploads`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::backend) struct Thing {
    /// What kind of thing it is.
    pub(in crate::backend) kind: Kind,
    /// Its name in the source.
    pub(in crate::backend) name: String,
}

/// The kinds of things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::backend) enum Kind {
    /// The namespace, which has no name of its own in the source.
    Namespace,
    /// A database with a claim.
    Database,
    /// A tier's own volume.
    Volume,
}

/// What is known of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::backend) enum What {
    /// The storage class; empty for the cluster's default.
    Class,
    /// The claim's name.
    Claim,
    /// The name of the database within its server.
    Database,
    /// The keyword of the engine.
    Engine,
    /// The image's reference.
    Image,
    /// The name of the namespace.
    Name,
    /// The name in the source of what took its place.
    Now,
    /// Where a container sees it.
    Path,
    /// How many pods there are at the most, each of which has a claim of its own: `Claim` is the first pod's.
    Pods,
    /// Whether pods on several nodes may mount it.
    Shared,
    /// How large the claim is.
    Size,
    /// The user that the server was made with.
    User,
    /// What the workload is called, with its kind: `statefulset/shop-db`.
    Workload,
}

/// The most pods of a tier: a command may name each.
const MOST_PODS: u32 = 10_000;

const KINDS: &[(Kind, &str)] = &[
    (Kind::Namespace, "namespace"),
    (Kind::Database, "database"),
    (Kind::Volume, "volume"),
];

const WHATS: &[(What, &str)] = &[
    (What::Class, "class"),
    (What::Claim, "claim"),
    (What::Database, "database"),
    (What::Engine, "engine"),
    (What::Image, "image"),
    (What::Name, "name"),
    (What::Now, "now"),
    (What::Path, "path"),
    (What::Pods, "pods"),
    (What::Shared, "shared"),
    (What::Size, "size"),
    (What::User, "user"),
    (What::Workload, "workload"),
];

/// The word of a row, or the row of a word.
fn word<T: PartialEq>(rows: &[(T, &'static str)], wanted: &T) -> &'static str {
    let mut rows = rows.iter();
    rows.find(|(row, _)| row == wanted).map_or("", |(_, it)| it)
}

fn row<T: Copy>(rows: &[(T, &str)], wanted: &str) -> Option<T> {
    let mut rows = rows.iter();
    rows.find(|(_, it)| *it == wanted).map(|(row, _)| *row)
}

/// Facts, by the things that they are about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    things: BTreeMap<Thing, BTreeMap<What, String>>,
}

impl Facts {
    /// Adds what is known of a thing.
    pub(in crate::backend) fn add(
        &mut self,
        thing: &Thing,
        facts: impl IntoIterator<Item = (What, String)>,
    ) {
        let known = self.things.entry(thing.clone()).or_default();
        known.extend(facts);
    }

    /// Takes in a fact as a lock has it: the kind of a thing, its name, what is known, and that. Whether it is
    /// one: all of them end up in commands that people copy.
    pub fn read(&mut self, texts: &[String]) -> bool {
        let [kind, name, what, value] = texts else {
            return false;
        };
        let (Some(kind), Some(what)) = (row(KINDS, kind), row(WHATS, what)) else {
            return false;
        };
        let is_named = match kind {
            Kind::Namespace => name.is_empty(),
            Kind::Database => dns::is_label(name),
            Kind::Volume => name.split('.').count() == 2 && name.split('.').all(dns::is_label),
        };
        if !is_named || !what.is_value(value) {
            return false;
        }
        let name = name.clone();
        self.add(&Thing { kind, name }, [(what, value.clone())]);
        true
    }

    /// Each fact, as a lock has it.
    pub fn rows(&self) -> impl Iterator<Item = [&str; 4]> {
        self.things.iter().flat_map(|(thing, facts)| {
            facts.iter().map(|(what, value)| {
                let kind = word(KINDS, &thing.kind);
                [kind, &thing.name, word(WHATS, what), value]
            })
        })
    }

    /// The names of the things, as people know them.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.things
            .keys()
            .map(|thing| thing.known_as().to_owned())
            .collect()
    }

    /// Drops what is known of a thing of that name.
    pub fn forget(&mut self, name: &str) {
        self.things.retain(|thing, _| thing.known_as() != name);
    }

    /// These and others, which win.
    pub(in crate::backend) fn or(mut self, others: &Facts) -> Facts {
        for (thing, facts) in &others.things {
            let facts = facts.iter().map(|(what, value)| (*what, value.clone()));
            self.add(thing, facts);
        }
        self
    }

    /// Without what took the place of others, which begins empty.
    pub(in crate::backend) fn without_successors(mut self, before: &Facts) -> Facts {
        for (thing, facts) in &before.things {
            if let Some(name) = facts.get(&What::Now) {
                let successor = Thing {
                    kind: thing.kind,
                    name: name.clone(),
                };
                if !before.things.contains_key(&successor) {
                    self.things.remove(&successor);
                }
            }
        }
        self
    }

    /// Takes what others know of a thing.
    pub(in crate::backend) fn take(&mut self, others: &Facts, thing: &Thing) {
        if let Some(facts) = others.things.get(thing) {
            self.things.insert(thing.clone(), facts.clone());
        }
    }

    /// What is known of a thing.
    pub(in crate::backend) fn get(&self, thing: &Thing, what: What) -> Option<&str> {
        self.things.get(thing)?.get(&what).map(String::as_str)
    }

    /// The things of a kind.
    pub(in crate::backend) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Thing> {
        self.things.keys().filter(move |thing| thing.kind == kind)
    }
}

impl Thing {
    /// The namespace has no other name.
    fn known_as(&self) -> &str {
        match self.kind {
            Kind::Namespace => word(KINDS, &self.kind),
            Kind::Database | Kind::Volume => &self.name,
        }
    }

    pub(in crate::backend) fn database(database: &Database) -> Thing {
        Thing {
            kind: Kind::Database,
            name: database.id.name.clone(),
        }
    }

    pub(in crate::backend) fn volume(id: &Identity, volume: &Volume) -> Thing {
        Thing {
            kind: Kind::Volume,
            name: format!("{}.{}", id.name, volume.name),
        }
    }
}

impl What {
    /// Whether a text may be what is known.
    fn is_value(self, text: &str) -> bool {
        let is_plain = !text.is_empty() && !text.chars().any(char::is_control);
        match self {
            What::Name => dns::is_label(text),
            What::Claim => dns::is_name(text),
            What::Class => text.is_empty() || dns::is_name(text),
            What::Workload => {
                let kinds = ["statefulset", "deployment", "service"];
                let parts = text.split_once('/');
                parts.is_some_and(|(kind, name)| kinds.contains(&kind) && dns::is_name(name))
            }
            What::Size => Quantity::parse(text).is_some(),
            What::Shared => ["yes", "no"].contains(&text),
            What::Pods => text
                .parse()
                .is_ok_and(|number| (1..=MOST_PODS).contains(&number)),
            What::Path => is_plain && text.starts_with('/'),
            What::Image | What::Now | What::Engine | What::User | What::Database => is_plain,
        }
    }
}
