//! Names that the text declares, where a statement refers to one.

use super::{Item, Kind, Request, word};
use crate::catalog::keys::{Names, Place};
use crate::catalog::protocols::HTTP;
use crate::ide::names::{Mention, Set};
use crate::source::Span;
use crate::syntax::tree::{AtomKind, Fact};
use std::collections::BTreeSet;

impl Request<'_> {
    /// Shared secrets as files.
    pub(super) fn secrets_as_files(&self, replace: Span) -> Vec<Item> {
        self.secrets("secret.", replace)
    }

    /// Shared secrets, each behind a prefix.
    fn secrets(&self, prefix: &str, replace: Span) -> Vec<Item> {
        let all = self.analysis.names.declared(Set::Keys, None);
        let all = all.filter(|it| it.word == "secret");
        let items = all.map(|it| Item::new(Kind::Key, format!("{prefix}{}", it.name), replace));
        items.map(|it| it.detail("secret")).collect()
    }

    /// The names of a set that may be named in the statement.
    pub(super) fn declared(&self, names: Names, replace: Span) -> Vec<Item> {
        let index = &self.analysis.names;
        let owner = self.owner();
        match names {
            Names::Things => self.things(replace),
            Names::Shared => self.secrets("", replace),
            Names::Ports => {
                let ports = index.declared(Set::Ports, owner);
                let ports = ports.map(|it| it.name.as_str());
                // One without a name has this one.
                let bare = owner.filter(|owner| self.has_bare_port(owner));
                let bare = bare.map(|_| HTTP);
                let items = bare.into_iter().chain(ports);
                let items = items.map(|it| Item::new(Kind::Member, it, replace));
                items.map(|it| it.detail("a port of it")).collect()
            }
            Names::Volumes => self.volumes(replace),
            Names::Targets | Names::App => Vec::new(),
        }
    }

    fn things(&self, replace: Span) -> Vec<Item> {
        let Some(fact) = self.fact() else {
            return Vec::new();
        };
        let all = self.analysis.names.declared(Set::Things, None);
        let own = match self.around().first() {
            Some(outer) => word_of(outer),
            None => word_of(fact),
        };
        let place = self.cursor.place;
        let head = fact.head.value.as_str();
        // The token at the place is what is replaced.
        let named: BTreeSet<&str> = fact
            .atoms
            .iter()
            .filter(|atom| atom.span != replace)
            .filter_map(word)
            .collect();
        let mut inside = fact.block.iter().flat_map(|block| &block.facts);
        let exposes = inside.any(|it| it.head.value == "expose");
        let is_database =
            |it: &Mention| !matches!(it.word.as_str(), "tier" | "job" | "cron" | "external");
        let fits = |it: &&Mention| match (place, head) {
            (_, "needs") => {
                !matches!(it.word.as_str(), "job" | "cron")
                    && Some(it.name.as_str()) != own
                    && !named.contains(it.name.as_str())
                    && (it.word != "tier" || self.port_count(&it.name) > 0)
                    && own.is_none_or(|own| !self.needs(&it.name, own, &mut BTreeSet::new()))
            }
            (place, "after") => {
                let is_job = it.word == "job" && place == Some(Place::Job);
                (is_job || it.word == "tier" && self.migrates(&it.name))
                    && Some(it.name.as_str()) != own
                    && !named.contains(it.name.as_str())
            }
            (Some(Place::Top), _) => {
                it.word == "tier"
                    && Some(it.name.as_str()) != own
                    && own.is_none_or(|own| !self.is_from(&it.name, own))
            }
            (Some(Place::Target), "tier") => {
                it.word == "tier"
                    && !self.stands("tier", &it.name)
                    && (!exposes || self.port_count(&it.name) > 0)
            }
            (Some(Place::Target), "external") => {
                is_database(it) && !self.stands("external", &it.name) && !self.is_external(it)
            }
            (Some(Place::Target), "without") => {
                !matches!(it.word.as_str(), "job" | "cron") && !self.stands("without", &it.name)
            }
            _ => true,
        };
        let fitting = all.filter(fits);
        let items = fitting
            .map(|it| Item::new(Kind::Thing, it.name.clone(), replace).detail(it.word.clone()));
        items.collect()
    }

    /// Whether a statement of the block says this of a thing already.
    fn stands(&self, head: &str, name: &str) -> bool {
        let mut all = self.siblings().filter(|it| it.head.value == head);
        all.any(|it| word_of(it) == Some(name))
    }

    fn is_external(&self, declared: &Mention) -> bool {
        let facts = &self.analysis.parsed.tree.facts;
        let fact = facts.iter().find(|fact| fact.span == declared.statement);
        fact.is_some_and(|fact| fact.atoms.iter().any(|it| word(it) == Some("external")))
    }

    /// Whether a tier says `migrate`.
    fn migrates(&self, name: &str) -> bool {
        let facts = &self.analysis.parsed.tree.facts;
        let mut of = facts.iter().filter(|fact| word_of(fact) == Some(name));
        of.any(|fact| {
            let mut inside = fact.block.iter().flat_map(|block| &block.facts);
            inside.any(|it| it.head.value == "migrate")
        })
    }

    /// Whether a thing needs another one, be it by way of a third.
    fn needs(&self, from: &str, to: &str, seen: &mut BTreeSet<String>) -> bool {
        if !seen.insert(from.to_owned()) {
            return false;
        }
        let all = self.analysis.names.all();
        let needed = all.filter(|it| {
            it.set == Set::Things
                && it.word == "needs"
                && it.within.as_ref().is_some_and(|it| it.value == from)
        });
        let needed: Vec<&str> = needed.map(|it| it.name.as_str()).collect();
        needed
            .into_iter()
            .any(|name| name == to || self.needs(name, to, seen))
    }

    /// Whether a tier is taken from another one, be it by way of a third.
    fn is_from(&self, tier: &str, other: &str) -> bool {
        let facts = &self.analysis.parsed.tree.facts;
        let mut tier = tier;
        for _ in 0..facts.len() {
            let fact = facts
                .iter()
                .find(|fact| fact.head.value == "tier" && word_of(fact) == Some(tier));
            let words: Vec<_> = fact.into_iter().flat_map(|it| &it.atoms).collect();
            let from = words.windows(2).find_map(|pair| match pair {
                [from, name] if word(from) == Some("from") => word(name),
                _ => None,
            });
            match from {
                Some(from) if from == other => return true,
                Some(from) => tier = from,
                None => return false,
            }
        }
        true
    }

    /// The shared volumes of others, as `TIER.VOLUME`.
    pub(super) fn volumes(&self, replace: Span) -> Vec<Item> {
        let own = self.around().first().and_then(|it| word_of(it));
        let facts = self.analysis.parsed.tree.facts.iter();
        let tiers = facts.filter(|it| it.head.value == "tier" && word_of(it) != own);
        let mut items = Vec::new();
        for tier in tiers {
            let statements = tier.block.iter().flat_map(|block| &block.facts);
            for volume in statements.filter(|it| it.head.value == "volume") {
                let is_shared = volume.atoms.iter().any(|it| word(it) == Some("shared"));
                if let (true, Some(tier), Some(name)) = (is_shared, word_of(tier), word_of(volume))
                {
                    let label = format!("{tier}.{name}");
                    let is_there = self.siblings().any(|it| {
                        it.atoms.first().is_some_and(|atom| {
                            matches!(atom.kind, AtomKind::Reference(..))
                                && self.slice(atom.span) == label
                        })
                    });
                    if !is_there {
                        let item = Item::new(Kind::Member, label, replace);
                        items.push(item.detail("a shared volume"));
                    }
                }
            }
        }
        items
    }
}

/// The name that a statement begins with.
fn word_of(fact: &Fact) -> Option<&str> {
    word(fact.atoms.first()?)
}
