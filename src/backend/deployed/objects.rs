//! Objects that builds wrote, and those that are to be deleted since no build writes them any more: to apply
//! what is there deletes nothing.

use crate::catalog::dns;
use std::collections::BTreeSet;

/// Objects of a cluster, as a lock has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Objects {
    /// Those of the last build.
    now: BTreeSet<Named>,
    /// Those of builds before it, which may still be in the cluster.
    gone: BTreeSet<Named>,
}

/// An object.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::backend) struct Named {
    /// Empty where it lives in none, or isn't said.
    pub(in crate::backend) namespace: String,
    pub(in crate::backend) kind: String,
    pub(in crate::backend) name: String,
    /// Whether a person decides on it: its data would go with it, or it may be somebody else's.
    pub(in crate::backend) is_kept: bool,
}

/// The words of a lock: of the last build or of one before it, and whether a person decides on it.
const WORDS: [(&str, bool, bool); 4] = [
    ("object", false, false),
    ("store", false, true),
    ("gone", true, false),
    ("left", true, true),
];

impl Objects {
    /// What is remembered after a build with these objects; `None` of one that leaves them to a chart. Never is
    /// the namespace to be deleted that they are in, whoever makes it now.
    pub(in crate::backend) fn after(
        &self,
        now: Option<BTreeSet<Named>>,
        namespace: &str,
    ) -> Objects {
        let mut gone = self.gone.clone();
        if now.is_some() {
            gone.extend(self.now.iter().cloned());
        }
        let now = now.unwrap_or_default();
        let there: BTreeSet<_> = now.iter().map(Named::key).collect();
        let own = ["", "Namespace", namespace];
        gone.retain(|old| !there.contains(&old.key()) && old.key() != own);
        Objects { now, gone }
    }

    /// Takes in an object as a lock has it, behind a word. Whether it is one: what is to be deleted ends up in
    /// commands that people copy.
    pub fn read(&mut self, word: &str, texts: &[String]) -> bool {
        let Some((_, is_gone, is_kept)) = WORDS.iter().find(|(it, ..)| *it == word) else {
            return false;
        };
        let [namespace, kind, name] = texts else {
            return false;
        };
        let is_kind = kind.chars().all(|c| c.is_ascii_alphanumeric()) && !kind.is_empty();
        // A person decides on an object that lives in no namespace.
        let is_place = dns::is_label(namespace) || *is_kept && namespace.is_empty();
        let is_systems = dns::is_system_namespace(namespace)
            || kind == "Namespace" && (dns::is_system_namespace(name) || name == "default");
        if !is_kind || !is_place || !dns::is_name(name) || is_systems {
            return false;
        }
        let set = if *is_gone {
            &mut self.gone
        } else {
            &mut self.now
        };
        set.insert(Named {
            namespace: namespace.clone(),
            kind: kind.clone(),
            name: name.clone(),
            is_kept: *is_kept,
        });
        true
    }

    /// Each object, as a lock has it.
    pub fn rows(&self) -> impl Iterator<Item = (&'static str, [&str; 3])> {
        let now = self.now.iter().map(|object| (false, object));
        let all = now.chain(self.gone.iter().map(|object| (true, object)));
        all.map(|(is_gone, object)| {
            let mut words = WORDS.iter();
            let word = words.find(|(_, gone, kept)| *gone == is_gone && *kept == object.is_kept);
            let word = word.map_or("", |(word, ..)| *word);
            (
                word,
                [object.namespace.as_str(), &object.kind, &object.name],
            )
        })
    }

    /// Whether builds made a namespace.
    pub(in crate::backend) fn has_namespace(&self, name: &str) -> bool {
        let mut all = self.now.iter().chain(&self.gone);
        all.any(|object| object.kind == "Namespace" && object.name == name)
    }

    /// The names of those that are to be deleted, with their kinds.
    pub(in crate::backend) fn names(&self) -> impl Iterator<Item = String> {
        self.gone.iter().map(Named::word)
    }

    /// Drops what is to be deleted of that name.
    pub(in crate::backend) fn forget(&mut self, name: &str) {
        self.gone.retain(|object| object.word() != name);
    }

    /// Those that are to be deleted.
    pub(in crate::backend) fn gone(&self) -> impl Iterator<Item = &Named> {
        self.gone.iter()
    }
}

impl Named {
    /// What it is known by in a cluster.
    fn key(&self) -> [&str; 3] {
        [&self.namespace, &self.kind, &self.name]
    }

    /// Its kind and name: `deployment/shop-web`.
    fn word(&self) -> String {
        format!("{}/{}", self.kind.to_lowercase(), self.name)
    }
}
