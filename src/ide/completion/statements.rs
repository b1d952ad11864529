//! The words that statements begin with, and keys and variables.

use super::{Item, Kind, Request, snippet, word};
use crate::catalog::keys::{Body, Place, Row, rows};
use crate::catalog::recipe;
use crate::ide::names::Set;
use crate::source::Span;
use crate::syntax::tree::{Fact, Form};
use crate::syntax::usage;

impl Request<'_> {
    /// The statements that may begin at a place.
    pub(super) fn statements(&self, replace: Span) -> Vec<Item> {
        let Some(place) = self.cursor.place else {
            return Vec::new();
        };
        if place == Place::Top && !self.begins_line(replace) {
            return Vec::new();
        }
        let mut items = self.keys(place, replace);
        let options = self.options();
        for row in rows(place) {
            let is_there = !row.many && self.siblings().any(|it| it.head.value == row.word);
            let is_of_recipe = place != Place::Build
                || row.word == "allow"
                || options.is_none_or(|options| options.contains(&row.word));
            if is_there || !is_of_recipe || self.excludes(row, place) {
                continue;
            }
            items.push(statement(row, replace));
        }
        items
    }

    /// Whether nothing stands before a place on its line.
    fn begins_line(&self, place: Span) -> bool {
        let before = self.analysis.text.get(..place.range().start);
        before.is_some_and(|before| before.is_empty() || before.ends_with(['\n', '\u{feff}']))
    }

    /// Whether another statement of the block says it already.
    fn excludes(&self, row: &Row, place: Place) -> bool {
        let has = |word: &str| self.siblings().any(|it| it.head.value == word);
        match (place, row.word) {
            (Place::Tier | Place::Job, "build") | (Place::Database(_), "version") => has("image"),
            (Place::Tier | Place::Job, "image") => has("build"),
            (Place::Database(_), "image") => has("version"),
            _ => false,
        }
    }

    /// The options of the recipe in whose block the place is.
    fn options(&self) -> Option<&'static [&'static str]> {
        let name = word(self.around().last()?.atoms.first()?)?;
        Some(recipe(name)?.options)
    }

    /// Keys and variables that may stand in a block of them.
    fn keys(&self, place: Place, replace: Span) -> Vec<Item> {
        let names = &self.analysis.names;
        let stands = |name: &str| self.siblings().any(|it| it.head.value == name);
        let around = self.around();
        let in_target = around.first().is_some_and(|it| it.head.value == "target");
        let block = around.last().map_or("", |it| it.head.value.as_str());
        match place {
            Place::Env => {
                let owner = around.first().and_then(|it| word(it.atoms.first()?));
                let own = names.declared(Set::Keys, owner).filter(|_| owner.is_some());
                let shared = names.declared(Set::Keys, None);
                let all = own.chain(shared).filter(|it| !stands(&it.name));
                let all = all.filter(|it| it.owner.is_none() || it.word == "secret");
                let keys = all.map(|it| {
                    let kind = if it.word == "secret" {
                        "secret"
                    } else {
                        "config"
                    };
                    Item::new(Kind::Key, it.name.clone(), replace).detail(kind)
                });
                let mut items: Vec<_> = keys.collect();
                for (spread, what) in [
                    ("config", "all keys of the shared ConfigMap"),
                    ("secrets", "all keys of the shared Secret"),
                ] {
                    let is_there = self
                        .siblings()
                        .any(|it| it.form == Form::Spread && it.head.value == spread);
                    let is_declared = names
                        .declared(Set::Keys, None)
                        .any(|it| (it.word == "secret") == (spread == "secrets"));
                    if !is_there && is_declared {
                        let label = format!("..{spread}");
                        items.push(Item::new(Kind::Word, label, replace).detail(what));
                    }
                }
                items
            }
            Place::Config if in_target && block == "config" => {
                let declared = names.declared(Set::Keys, None);
                let keys = declared.filter(|it| it.word != "secret" && !stands(&it.name));
                let mut keys: Vec<_> = keys.collect();
                // What has no value yet needs one most.
                keys.sort_by_key(|it| self.has_value(it.statement));
                let items = keys.into_iter().map(|it| {
                    Item::new(Kind::Key, it.name.clone(), replace)
                        .insert(format!("{} = ", it.name))
                        .detail("a shared key")
                });
                items.collect()
            }
            Place::Build => {
                let name = around.last().and_then(|it| word(it.atoms.first()?));
                let recipe = name.and_then(recipe);
                let prefixes = recipe.into_iter().flat_map(|recipe| recipe.public_prefixes);
                let items = prefixes.map(|prefix| {
                    let item = Item::new(Kind::Key, format!("{prefix}…"), replace);
                    let item = item.insert((*prefix).to_owned());
                    Item {
                        snippet: format!("{prefix}$1 = $0"),
                        ..item
                    }
                    .detail("a variable that browsers read")
                });
                items.collect()
            }
            Place::Top
            | Place::App
            | Place::Ingress
            | Place::Naming
            | Place::Helm
            | Place::Labels
            | Place::Shared
            | Place::Config
            | Place::Secret
            | Place::Database(_)
            | Place::External
            | Place::ExternalService
            | Place::Tier
            | Place::Job
            | Place::Health
            | Place::Exposure
            | Place::Target
            | Place::TargetTier
            | Place::Routes => Vec::new(),
        }
    }

    fn has_value(&self, statement: Span) -> bool {
        let tree = &self.analysis.parsed.tree;
        let blocks = tree.facts.iter().filter_map(|fact| fact.block.as_ref());
        let mut all = blocks.flat_map(|block| &block.facts);
        all.any(|fact: &Fact| fact.span == statement && fact.value.is_some())
    }
}

fn statement(row: &'static Row, replace: Span) -> Item {
    let default = if row.default.is_empty() {
        String::new()
    } else {
        format!("\n\nDefault: {}", row.default)
    };
    let usage = usage(row);
    let mut item = Item::new(Kind::Statement, row.word, replace)
        .doc(format!("{}.{default}", row.doc))
        .detail(usage);
    let has_more = !row.parts.is_empty() || row.value || row.body != Body::None;
    if has_more {
        item.snippet = snippet::snippet(row);
        if item.snippet == item.label {
            item.snippet.clear();
        }
    }
    item
}
