//! Where names are declared and used, by the statements and what their slots mean: never by what a target
//! makes of them, so that what a target leaves out is known as well.

mod gather;

use crate::source::{Span, Spanned};
use crate::syntax::tree::Tree;
use std::collections::BTreeMap;

/// Names of which no two are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Set {
    /// Tiers, jobs, databases, external services.
    Things,
    /// Shared keys and secrets, and those that one tier has for itself.
    Keys,
    /// The ports of a tier.
    Ports,
    /// The volumes of a tier.
    Volumes,
    /// Targets.
    Targets,
    /// The application.
    App,
}

/// A place where a name stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Which names it is one of.
    pub set: Set,
    /// The thing that it belongs to; names of the whole text belong to none.
    pub owner: Option<String>,
    /// The name.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// Whether it is declared there.
    pub declares: bool,
    /// The statement it stands in, without those in its block.
    pub statement: Span,
    /// The word of that statement.
    pub word: String,
    /// The thing in whose block it stands, or that is declared there.
    pub within: Option<Spanned<String>>,
}

/// Where all names of a text stand, in the order of their places.
#[derive(Debug, Clone, Default)]
pub struct Index {
    all: Vec<Mention>,
    /// For each name, where among all it stands.
    places: BTreeMap<(Set, Option<String>, String), Vec<usize>>,
}

impl Index {
    /// Looks for the names in a text.
    #[must_use]
    pub fn new(tree: &Tree) -> Self {
        let mut index = Index::gathered(tree);
        index.all.sort_by_key(|mention| mention.span);
        index.all.dedup_by(|again, first| again.span == first.span);
        for (place, mention) in index.all.iter().enumerate() {
            let name = (mention.set, mention.owner.clone(), mention.name.clone());
            index.places.entry(name).or_default().push(place);
        }
        index
    }

    /// Every place of a name.
    pub fn all(&self) -> impl Iterator<Item = &Mention> {
        self.all.iter()
    }

    /// The name at a place; what touches it on either side is at it.
    #[must_use]
    pub fn at(&self, offset: usize) -> Option<&Mention> {
        let offset = u32::try_from(offset).unwrap_or(u32::MAX);
        let touches = |it: &&Mention| it.span.start <= offset && offset <= it.span.end;
        // Where two touch, the one that begins there counts; none lies within several others.
        let behind = self.all.partition_point(|it| it.span.start <= offset);
        self.all.get(..behind)?.iter().rev().take(4).find(touches)
    }

    /// Every place of one name.
    pub fn same<'m>(&'m self, name: &'m Mention) -> impl Iterator<Item = &'m Mention> + Clone {
        self.called(name.set, name.owner.as_deref(), &name.name)
    }

    /// Every place of a name of a set.
    fn called(
        &self,
        set: Set,
        owner: Option<&str>,
        name: &str,
    ) -> impl Iterator<Item = &Mention> + Clone + use<'_> {
        let key = (set, owner.map(str::to_owned), name.to_owned());
        let places = self.places.get(&key).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|place| self.all.get(*place))
    }

    /// Where names of one set are declared.
    pub fn declared<'m>(
        &'m self,
        set: Set,
        owner: Option<&'m str>,
    ) -> impl Iterator<Item = &'m Mention> {
        let is_it =
            move |it: &&Mention| it.declares && it.set == set && it.owner.as_deref() == owner;
        self.all.iter().filter(is_it)
    }

    /// Where a name is declared.
    #[must_use]
    pub fn declaration(&self, set: Set, owner: Option<&str>, name: &str) -> Option<&Mention> {
        self.called(set, owner, name).find(|it| it.declares)
    }
}
