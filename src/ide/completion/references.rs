//! What may stand behind `=`: things, their members, keys and secrets.

use super::ports::speaks;
use super::{Item, Kind, Request, word};
use crate::catalog::keys::Place;
use crate::catalog::members::{Member, MemberValue, Owner, POD, TierMember, members};
use crate::catalog::{databases, recipe};
use crate::ide::names::{Mention, Set};
use crate::ir;
use crate::source::{Span, Spanned};
use crate::syntax::tree::{Atom, AtomKind};

impl Request<'_> {
    /// What may stand at a place behind `=`.
    pub(super) fn value(&self, atom: Option<&Atom>) -> Vec<Item> {
        let Some(place) = self.cursor.place else {
            return Vec::new();
        };
        // A value is there: nothing but a path may follow it.
        let value = self.fact().and_then(|fact| fact.value.as_ref());
        let is_behind = atom.is_none()
            && value.is_some_and(|it| {
                it.atoms
                    .iter()
                    .any(|atom| atom.span.range().end <= self.offset)
            });
        if is_behind {
            return Vec::new();
        }
        self.at_atom(place, atom)
    }

    fn at_atom(&self, place: Place, atom: Option<&Atom>) -> Vec<Item> {
        let here = self.here();
        match atom.map(|atom| (&atom.kind, atom.span)) {
            None => self.first_parts(place, here),
            Some((AtomKind::Word(_), span)) => self.first_parts(place, span),
            Some((AtomKind::Reference(parts, _), _)) => self.reference(place, parts),
            Some((AtomKind::List(items), _)) => {
                let touches = |atom: &&Atom| {
                    let range = atom.span.range();
                    range.start <= self.offset && self.offset <= range.end
                };
                let inner = items.iter().flatten().find(touches);
                self.at_atom(place, inner)
            }
            Some((AtomKind::Text(_) | AtomKind::Number(_) | AtomKind::Range(..), _)) => Vec::new(),
        }
    }

    /// Whether a value there may be a secret.
    fn takes_secrets(&self, place: Place) -> bool {
        let block = self.around().last().map_or("", |it| it.head.value.as_str());
        place == Place::Env || (place == Place::Config && block == "env")
    }

    fn has_thing(&self, name: &str) -> bool {
        let names = &self.analysis.names;
        names.declaration(Set::Things, None, name).is_some()
    }

    fn first_parts(&self, place: Place, replace: Span) -> Vec<Item> {
        let names = &self.analysis.names;
        let things = names.declared(Set::Things, None);
        if place == Place::Routes {
            let tiers = things.filter(|it| it.word == "tier" && self.port_count(&it.name) > 0);
            let items = tiers.map(|it| Item::new(Kind::Thing, it.name.clone(), replace));
            return items.map(|it| it.detail("tier")).collect();
        }
        if matches!(place, Place::Labels) {
            return Vec::new();
        }
        let mut items = Vec::new();
        let fitting = self.fitting(place);
        for thing in things {
            if self.members_of(place, thing).is_empty()
                && self.named_ports(&thing.name).is_empty()
                && self.volumes_of(&thing.name).is_empty()
            {
                continue;
            }
            let label = format!("{}.", thing.name);
            items.push(Item::new(Kind::Thing, label, replace).detail(thing.word.clone()));
        }
        let has = |is_secret: bool| {
            let mut all = names.declared(Set::Keys, None);
            all.any(|it| (it.word == "secret") == is_secret)
        };
        if has(false) && place != Place::Shared {
            items.push(Item::new(Kind::Word, "config.", replace).detail("a shared key"));
        }
        if has(true) && self.takes_secrets(place) {
            items.push(Item::new(Kind::Word, "secret.", replace).detail("a shared secret"));
        }
        if self.takes_secrets(place) && !self.has_thing(POD) {
            items.push(Item::new(Kind::Word, "pod.", replace).detail("what the pod itself knows"));
        }
        let first = fitting.into_iter().map(|text| {
            Item::new(Kind::Value, text, replace).detail("what this variable mostly holds")
        });
        first.chain(items).collect()
    }

    /// The references that a variable of a well-known name mostly holds.
    fn fitting(&self, place: Place) -> Vec<String> {
        let Some(fact) = self.fact() else {
            return Vec::new();
        };
        let key = fact.head.value.as_str();
        let engines: &[&str] = match key {
            "DATABASE_URL" => &["postgres", "mysql"],
            "REDIS_URL" => &["redis"],
            _ => &[],
        };
        let things = self.analysis.names.declared(Set::Things, None);
        let wanted = things.filter(|it| engines.contains(&it.word.as_str()));
        let reference = |thing: &Mention, word: &str| {
            let mut members = self.members_of(place, thing).into_iter();
            members
                .any(|it| it.word == word)
                .then(|| format!("{}.{word}", thing.name))
        };
        let mut all: Vec<String> = wanted.filter_map(|it| reference(it, "url")).collect();
        let things = self.analysis.names.declared(Set::Things, None);
        if key == "CORS_ORIGINS" {
            all.extend(things.filter_map(|it| reference(it, "origin")));
        } else if key.contains("_PUBLIC_") && key.ends_with("_URL") {
            all.extend(things.filter_map(|it| reference(it, "public_url")));
        }
        all
    }

    /// What may stand at a part of a reference.
    fn reference(&self, place: Place, parts: &[Spanned<String>]) -> Vec<Item> {
        let at = parts.iter().position(|part| {
            let range = part.span.range();
            range.start <= self.offset && self.offset <= range.end
        });
        // An empty part begins behind its dot.
        let at = at.unwrap_or(parts.len().saturating_sub(1));
        let (Some(first), Some(part)) = (parts.first(), parts.get(at)) else {
            return Vec::new();
        };
        let replace = if part.value.is_empty() {
            self.here()
        } else {
            part.span
        };
        let names = &self.analysis.names;
        match (at, first.value.as_str()) {
            (0, _) => {
                let mut items = self.first_parts(place, replace);
                items.retain(|item| item.kind == Kind::Thing);
                for item in &mut items {
                    item.insert = item.insert.trim_end_matches('.').to_owned();
                }
                items
            }
            (1, "config" | "secret") => {
                let is_secret = first.value == "secret";
                if is_secret && !self.takes_secrets(place) {
                    return Vec::new();
                }
                let own = self.fact().map(|it| it.head.value.as_str());
                let keys = names.declared(Set::Keys, None);
                let keys = keys.filter(|it| (it.word == "secret") == is_secret);
                let keys =
                    keys.filter(|it| place != Place::Shared || Some(it.name.as_str()) != own);
                keys.map(|it| Item::new(Kind::Key, it.name.clone(), replace))
                    .collect()
            }
            (1, POD) if self.takes_secrets(place) && !self.has_thing(POD) => {
                let all = members(Owner::Pod).map(|it| member(it, replace));
                all.collect()
            }
            (1, name) => {
                let Some(thing) = names.declaration(Set::Things, None, name) else {
                    return Vec::new();
                };
                let members = self.members_of(place, thing).into_iter();
                let items = members.map(|it| member(it, replace));
                let mut items: Vec<_> = items.collect();
                for port in self.named_ports(name) {
                    // A port is no value: one of its members follows.
                    let insert = format!("{port}.");
                    let item = Item::new(Kind::Member, port, replace).insert(insert);
                    items.push(item.detail("a port of it"));
                }
                for volume in self.volumes_of(name) {
                    let item = Item::new(Kind::Member, volume.clone(), replace);
                    items.push(item.insert(format!("{volume}.path")).detail("a volume"));
                }
                items
            }
            (2, name) => {
                let Some(second) = parts.get(1) else {
                    return Vec::new();
                };
                let owner = if names
                    .declaration(Set::Ports, Some(name), &second.value)
                    .is_some()
                {
                    Owner::Port
                } else if self.volumes_of(name).contains(&second.value) {
                    Owner::Volume
                } else {
                    return Vec::new();
                };
                let browsers = self.is_for_browsers(place);
                let fits = |it: &&'static Member| {
                    if matches!(it.value, MemberValue::PublicPort(_)) {
                        self.is_public_port(name, &second.value)
                    } else {
                        !browsers
                    }
                };
                let fitting = members(owner).filter(fits);
                fitting.map(|it| member(it, replace)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The members of a thing that are right at a place.
    fn members_of(&self, place: Place, thing: &Mention) -> Vec<&'static Member> {
        let facts = &self.analysis.parsed.tree.facts;
        let fact = facts.iter().find(|it| it.span == thing.statement);
        let is_external =
            fact.is_some_and(|it| it.atoms.iter().any(|it| word(it) == Some("external")));
        let engine = databases::ENGINES.iter().find(|it| it.word == thing.word);
        let owner = match thing.word.as_str() {
            "tier" => Owner::Tier,
            "external" => Owner::ExternalService,
            "job" | "cron" => return Vec::new(),
            _ if is_external => Owner::External,
            _ => Owner::Database,
        };
        let secrets = self.takes_secrets(place);
        let browsers = self.is_for_browsers(place);
        let has = |statement: &str| {
            let mut all = fact
                .and_then(|it| it.block.as_ref())
                .into_iter()
                .flat_map(|it| &it.facts);
            all.any(|it| it.head.value == statement)
        };
        let has_own_claims = || {
            let block = fact.and_then(|it| it.block.as_ref());
            let mut all = block.into_iter().flat_map(|it| &it.facts);
            all.any(|it| {
                it.head.value == "volume" && it.atoms.iter().any(|it| word(it) == Some("per"))
            })
        };
        let fits = |member: &&'static Member| match member.value {
            MemberValue::Tier(TierMember::Public(_)) => self.is_public(&thing.name),
            _ if browsers => false,
            MemberValue::Tier(TierMember::Host) => self.port_count(&thing.name) > 0,
            MemberValue::Tier(TierMember::Pods) => has_own_claims(),
            MemberValue::Tier(TierMember::Port(_)) => {
                let count = self.port_count(&thing.name);
                let has_http = count == 1
                    || self.named_ports(&thing.name).iter().any(|it| it == "http")
                    || self.has_bare_port(&thing.name);
                count > 0
                    && has_http
                    && (member.word != "ws_url" || self.speaks_http(&thing.name))
                    && self.has_scheme(&thing.name, member.word)
            }
            MemberValue::Database(value) => {
                let is_secret = matches!(
                    value,
                    crate::catalog::members::DatabaseMember::Password
                        | crate::catalog::members::DatabaseMember::Url
                        | crate::catalog::members::DatabaseMember::ReadUrl
                );
                engine.is_some_and(|it| it.has(value))
                    && (secrets || !is_secret)
                    && (!is_secret || has("secret") || member.word == "url")
            }
            MemberValue::ExternalUrl => secrets,
            MemberValue::ExternalService(value) => {
                has("host") && has("port") && speaks(fact, value)
            }
            MemberValue::ExternalHost => has("host") && has("port"),
            MemberValue::Port(_)
            | MemberValue::PublicPort(_)
            | MemberValue::VolumePath
            | MemberValue::Pod(_) => false,
        };
        members(owner).filter(fits).collect()
    }

    /// Whether browsers read what stands there.
    fn is_for_browsers(&self, place: Place) -> bool {
        let (Some(fact), Some(block)) = (self.fact(), self.around().last()) else {
            return false;
        };
        let name = block.atoms.first().and_then(word);
        let recipe = name.and_then(recipe);
        place == Place::Build && recipe.is_some_and(|it| it.is_public(&fact.head.value))
    }

    /// Whether browsers know a tier by an address, for every target.
    fn is_public(&self, name: &str) -> bool {
        let tiers = self.apps().flat_map(|app| &app.tiers);
        let own = tiers.filter(|tier| tier.id.name == name);
        let addresses: Vec<bool> = own.map(|tier| tier.public.is_some()).collect();
        !addresses.is_empty() && addresses.iter().all(|is_known| *is_known)
    }

    /// Whether browsers know a port of a tier by an address, for every target.
    fn is_public_port(&self, name: &str, port: &str) -> bool {
        let tiers = self.apps().flat_map(|app| &app.tiers);
        let own = tiers.filter(|tier| tier.id.name == name);
        let addresses: Vec<bool> = own
            .map(|tier| match &tier.exposed_port {
                Some(own) if own == port => tier.public.is_some(),
                Some(_) | None => tier.public_of(port).is_some(),
            })
            .collect();
        !addresses.is_empty() && addresses.iter().all(|is_known| *is_known)
    }

    fn apps(&self) -> impl Iterator<Item = &ir::App> {
        let builds = self.analysis.all.builds.iter();
        builds.filter_map(|build| {
            let partial = build.partial.as_ref().map(|it| &it.0);
            build.app.as_ref().or(partial)
        })
    }
}

fn member(member: &'static Member, replace: Span) -> Item {
    Item::new(Kind::Member, member.word, replace).detail(member.doc)
}
