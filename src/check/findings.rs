//! What a check has found so far.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use indexmap::map::Entry;

use crate::diag::suggest::{Near, nearest};
use crate::diag::{Bag, Code, Diagnostic, Edit, Label};
use crate::source::{Span, Spanned};

/// How many of the names that are there a help line lists: more than that is no help.
const MOST_LISTED: usize = 8;

/// Diagnostics. Names that nothing declares, and what else several places share, are gathered first: one of
/// them is one diagnostic with a label for each use.
#[derive(Debug, Default)]
pub(super) struct Findings {
    bag: Bag,
    merged: IndexMap<(Code, String), Diagnostic>,
    unknown: IndexMap<(String, Wanted), Unknown>,
}

/// What a name should be the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Wanted {
    /// A tier or a database.
    Thing,
    /// A key of the shared ConfigMap or Secret.
    Shared,
    /// A database.
    Database,
    /// A default that can be switched off.
    Default,
}

impl Wanted {
    pub(super) fn noun(self) -> &'static str {
        match self {
            Wanted::Thing => "tier or database",
            Wanted::Shared => "shared key or secret",
            Wanted::Database => "database",
            Wanted::Default => "default",
        }
    }

    /// Whether nobody can declare more of them.
    fn is_closed(self) -> bool {
        match self {
            Wanted::Default => true,
            Wanted::Thing | Wanted::Shared | Wanted::Database => false,
        }
    }

    /// How `name` would be declared.
    fn declaration(self, name: &str) -> Option<String> {
        match self {
            Wanted::Database | Wanted::Default => None,
            Wanted::Thing => Some(format!("declare it: `tier {name} {{ … }}`")),
            Wanted::Shared => Some(format!(
                "declare it: `secret {name} from env`, or `{name} = \"…\"` in `config`"
            )),
        }
    }
}

#[derive(Debug)]
struct Unknown {
    uses: BTreeSet<Span>,
    /// A word that may have been meant, and whether it was for sure.
    near: Option<(String, bool)>,
    /// The first of the names that are there.
    known: Vec<String>,
}

impl Findings {
    /// Adds a diagnostic.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.bag.push(diagnostic);
    }

    /// Adds several.
    pub(super) fn extend(&mut self, diagnostics: Vec<Diagnostic>) {
        for diagnostic in diagnostics {
            self.push(diagnostic);
        }
    }

    /// Adds a diagnostic, or its places as labels to the one with the same code and message.
    pub(super) fn push_merged(&mut self, diagnostic: Diagnostic) {
        let key = (diagnostic.code, diagnostic.message.clone());
        match self.merged.entry(key) {
            Entry::Vacant(vacant) => {
                vacant.insert(diagnostic);
            }
            Entry::Occupied(mut first) => {
                let first = first.get_mut();
                if first.primary.span != diagnostic.primary.span {
                    let label = Label {
                        span: diagnostic.primary.span,
                        text: "and here".to_owned(),
                    };
                    first.secondary.push(label);
                }
                first.merge_places(&diagnostic);
            }
        }
    }

    /// Notes the use of a name that isn't among the `known` ones.
    pub(super) fn unknown<'a>(
        &mut self,
        name: &Spanned<String>,
        wanted: Wanted,
        known: impl Iterator<Item = &'a str> + Clone,
    ) {
        let key = (name.value.clone(), wanted);
        let unknown = self.unknown.entry(key).or_insert_with(|| Unknown {
            uses: BTreeSet::new(),
            near: nearest(&name.value, known.clone())
                .map(|near| (near.word.to_owned(), near.is_sure && wanted.is_closed())),
            known: known.take(MOST_LISTED).map(str::to_owned).collect(),
        });
        // Passes come to the uses in an order of their own.
        unknown.uses.insert(name.span);
    }

    /// Everything found.
    pub(super) fn into_bag(self) -> Bag {
        let mut bag = self.bag;
        for diagnostic in self.merged.into_values() {
            bag.push(diagnostic);
        }
        for ((name, wanted), unknown) in self.unknown {
            if let Some(diagnostic) = unknown.diagnostic(&name, wanted) {
                bag.push(diagnostic);
            }
        }
        bag
    }
}

impl Unknown {
    fn diagnostic(self, name: &str, wanted: Wanted) -> Option<Diagnostic> {
        let message = format!("there is no {} `{name}`", wanted.noun());
        let uses: Vec<_> = self.uses.into_iter().collect();
        let (first, others) = uses.split_first()?;
        let mut diagnostic = Diagnostic::new(Code::UnknownName, *first, message);
        for place in others {
            diagnostic = diagnostic.also(*place, "and here");
        }
        if let Some((near, is_sure)) = self.near {
            let word = near.as_str();
            diagnostic = diagnostic.meant(Near { word, is_sure }, *first);
            let others = others.iter().map(|place| Edit::replace(*place, word));
            if let Some(fix) = &mut diagnostic.fix {
                fix.edits.extend(others);
            }
            return Some(diagnostic);
        }
        if !self.known.is_empty() {
            let list = self.known.join("`, `");
            diagnostic = diagnostic.help(format!("name one that is declared: `{list}`"));
        }
        Some(match wanted.declaration(name) {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        })
    }
}
