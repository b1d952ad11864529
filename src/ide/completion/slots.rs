//! What fills the parts of statements.

use super::{Item, Kind, Request, word};
use crate::catalog::keys::{self, Means, Names, Part, Place};
use crate::catalog::platforms::PLATFORMS;
use crate::catalog::{PackageManager, RECIPES, defaults, packages, protocols, recipe};
use crate::diag::Code;
use crate::source::Span;
use std::collections::BTreeSet;

impl Request<'_> {
    /// What may follow in a statement, instead of the token at a place.
    pub(super) fn parts(&self, replace: Span) -> Vec<Item> {
        let mut items = Vec::new();
        for part in &self.cursor.next {
            match part {
                Part::Word(word) => items.push(self.fixed(word, replace)),
                Part::Slot(slot, kind) | Part::Many(slot, kind) => match kind {
                    keys::SlotKind::Name(means) => items.extend(self.names(*means, replace)),
                    keys::SlotKind::Volume => items.extend(self.volumes(replace)),
                    keys::SlotKind::Text(means) => items.extend(self.texts(*means, replace)),
                    keys::SlotKind::Number => items.extend(self.numbers(slot, replace)),
                    keys::SlotKind::FileOrSecret => items.extend(self.secrets_as_files(replace)),
                    keys::SlotKind::Amount | keys::SlotKind::Fact => {}
                },
                Part::Maybe(_) | Part::Either(_) | Part::Options(_) => {}
            }
        }
        items
    }

    fn fixed(&self, word: &str, replace: Span) -> Item {
        let row = self.cursor.row.map_or("", |row| row.word);
        Item::new(Kind::Word, word, replace).detail(format!("of `{row}`"))
    }

    /// Words of other tables, and names that the text declares.
    fn names(&self, means: Means, replace: Span) -> Vec<Item> {
        let entry = |name: &str| Item::new(Kind::Entry, name, replace);
        match means {
            Means::Refers(names) => self.declared(names, replace),
            // A port's name is a protocol.
            Means::Declares(Names::Ports) | Means::Protocol => {
                let taken: BTreeSet<&str> = self
                    .siblings()
                    .filter(|it| it.head.value == "port")
                    .filter_map(|it| word(it.atoms.first()?))
                    .collect();
                let all = protocols::PROTOCOLS.iter().map(|it| it.name);
                let all = std::iter::once(protocols::HTTP).chain(all);
                let left = all.filter(|name| !taken.contains(name));
                left.map(|name| entry(name).detail("a protocol")).collect()
            }
            Means::Recipe => RECIPES
                .iter()
                .filter(|recipe| self.options_said().all(|it| recipe.options.contains(&it)))
                .map(|recipe| entry(recipe.name).detail("a recipe").doc(recipe.doc))
                .collect(),
            Means::PackageManager => self
                .package_managers()
                .iter()
                .map(|it| entry(it.name).detail(it.lock))
                .collect(),
            Means::Switch => {
                let off: BTreeSet<&str> = self
                    .siblings()
                    .filter(|it| it.head.value == "without")
                    .filter_map(|it| word(it.atoms.first()?))
                    .collect();
                let all = defaults::DEFAULTS.iter().filter(|it| it.switch.is_some());
                let left = all.filter(|it| !off.contains(it.name));
                left.map(|it| entry(it.name).detail(it.rule).doc(it.reason))
                    .collect()
            }
            Means::Code => self.codes(replace),
            Means::ObjectKind => self
                .kinds()
                .into_iter()
                .map(|kind| entry(kind).detail("an object of it"))
                .collect(),
            Means::Declares(_)
            | Means::Folder
            | Means::File
            | Means::Zone
            | Means::Schedule
            | Means::Platform
            | Means::Host
            | Means::Url
            | Means::Free => Vec::new(),
        }
    }

    /// The options in the block of the statement.
    fn options_said(&self) -> impl Iterator<Item = &str> {
        let block = self.fact().and_then(|fact| fact.block.as_ref());
        let facts = block.into_iter().flat_map(|block| &block.facts);
        let options = facts.filter(|it| keys::named(Place::Build, &it.head.value).next().is_some());
        let options = options.map(|it| it.head.value.as_str());
        options.filter(|word| *word != "allow")
    }

    /// The package managers of the recipe in whose block the place is.
    fn package_managers(&self) -> &'static [&'static PackageManager] {
        let name = self.around().last().and_then(|it| word(it.atoms.first()?));
        let plan = name.and_then(recipe).and_then(|it| it.plan.as_ref());
        plan.map_or(packages::PACKAGE_MANAGERS, |plan| plan.packages)
    }

    /// Codes that `allow` takes: those that were found in the block, then the others.
    fn codes(&self, replace: Span) -> Vec<Item> {
        let found = |code: Code| {
            let all = self.analysis.all.diagnostics.iter();
            let mut all = all.chain(&self.analysis.all.notes);
            let block = self.around().last().map(|it| it.span);
            all.any(|it| {
                it.code == code && block.is_none_or(|block| block.contains(it.primary.span))
            })
        };
        let all = Code::ALL.iter().copied().filter(|it| it.may_be_allowed());
        let (here, rest): (Vec<Code>, Vec<Code>) = all.partition(|code| found(*code));
        let item = |code: Code| {
            let item = Item::new(Kind::Code, code.number(), replace);
            item.detail(code.summary()).doc(code.page())
        };
        here.into_iter().chain(rest).map(item).collect()
    }

    /// The kinds of the objects that the block becomes.
    fn kinds(&self) -> Vec<&'static str> {
        let place = self.cursor.place;
        let Some(block) = self.around().last() else {
            return Vec::new();
        };
        let has = |word: &str| {
            let mut all = block.block.iter().flat_map(|block| &block.facts);
            all.any(|it| it.head.value == word)
        };
        // With a volume of its own for each pod, a tier is a StatefulSet.
        let has_own_claims = || {
            let mut all = block.block.iter().flat_map(|block| &block.facts);
            all.any(|it| {
                it.head.value == "volume" && it.atoms.iter().any(|atom| word(atom) == Some("per"))
            })
        };
        match place {
            Some(Place::Job) if block.head.value == "cron" => vec!["CronJob"],
            Some(Place::Job) => vec!["Job"],
            Some(Place::Tier) if has_own_claims() => vec!["StatefulSet"],
            Some(Place::Tier) if has("port") => vec!["Deployment", "Service"],
            Some(Place::Tier) => vec!["Deployment"],
            _ => Vec::new(),
        }
    }

    /// The versions of what a recipe builds on.
    fn numbers(&self, slot: &str, replace: Span) -> Vec<Item> {
        let head = self.fact().map_or("", |it| it.head.value.as_str());
        let plans = RECIPES.iter().filter_map(|it| it.plan.as_ref());
        let mut runtimes = plans.map(|plan| plan.runtime);
        let runtime = runtimes.find(|it| slot == "version" && it.word == head);
        let versions = runtime.into_iter().flat_map(|it| it.versions).rev();
        let items = versions.map(|version| {
            let end = version.end.map(|end| format!("until {end}"));
            Item::new(Kind::Value, version.name, replace).detail(end.unwrap_or_default())
        });
        items.collect()
    }

    /// What may stand in double quotes where nothing stands yet.
    fn texts(&self, means: Means, replace: Span) -> Vec<Item> {
        let quoted = |text: &str| Item::new(Kind::Value, format!("\"{text}\""), replace);
        match means {
            Means::Schedule => super::strings::PRESETS.map(quoted).into(),
            Means::Url => self.paths().iter().map(|path| quoted(path)).collect(),
            Means::Platform => PLATFORMS
                .iter()
                .map(|it| quoted(it.name).detail(it.doc))
                .collect(),
            Means::Folder => vec![quoted("./")],
            Means::Declares(_)
            | Means::Refers(_)
            | Means::Recipe
            | Means::PackageManager
            | Means::Protocol
            | Means::Switch
            | Means::ObjectKind
            | Means::Code
            | Means::File
            | Means::Zone
            | Means::Host
            | Means::Free => Vec::new(),
        }
    }

    /// The paths that the text knows: those of health checks and of routes.
    pub(super) fn paths(&self) -> BTreeSet<String> {
        let mut paths = BTreeSet::from(["/".to_owned()]);
        crate::ide::walk::walk(&self.analysis.parsed.tree, &mut |met| {
            let Some(row) = met.row else { return };
            let taken = crate::syntax::taken(row, &met.fact.atoms);
            for (part, atom) in taken.into_iter().zip(&met.fact.atoms) {
                if let Part::Slot(_, keys::SlotKind::Text(Means::Url)) = part
                    && let crate::syntax::tree::AtomKind::Text(text) = &atom.kind
                    && text.starts_with('/')
                {
                    paths.insert(text.clone());
                }
            }
        });
        paths
    }
}
