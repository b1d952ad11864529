//! What may stand at a place of a text, from the tables and from what the text declares.

mod folders;
mod names;
mod ports;
mod references;
mod slots;
mod snippet;
mod statements;
mod strings;

pub use folders::{Around, tiers};
pub use snippet::snippet;

use super::Analysis;
use crate::catalog::keys::{Part, SlotKind};
use crate::source::{FileId, Span};
use crate::syntax::tree::{Atom, AtomKind, Fact};
use crate::syntax::{At, Cursor, locate};

/// What an item stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The word of a statement.
    Statement,
    /// A fixed word within one.
    Word,
    /// A thing that the text declares.
    Thing,
    /// A key or a secret.
    Key,
    /// A member, a port or a volume.
    Member,
    /// A word of another table, such as a recipe.
    Entry,
    /// A code of a diagnostic.
    Code,
    /// A value, such as a version.
    Value,
    /// A file.
    File,
    /// A folder.
    Folder,
}

/// What may stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What to call it, and what is compared with what was typed.
    pub label: String,
    /// What it stands for.
    pub kind: Kind,
    /// A few words beside it; may be empty.
    pub detail: String,
    /// What it means, in Markdown; may be empty.
    pub doc: String,
    /// What is put there.
    pub insert: String,
    /// The same with places to fill in, in the syntax of snippets; empty where there are none.
    pub snippet: String,
    /// What it stands instead of.
    pub replace: Span,
}

impl Item {
    fn new(kind: Kind, label: impl Into<String>, replace: Span) -> Self {
        let label = label.into();
        Item {
            insert: label.clone(),
            label,
            kind,
            detail: String::new(),
            doc: String::new(),
            snippet: String::new(),
            replace,
        }
    }

    fn detail(mut self, text: impl Into<String>) -> Self {
        self.detail = text.into();
        self
    }

    fn doc(mut self, text: impl Into<String>) -> Self {
        self.doc = text.into();
        self
    }

    fn insert(mut self, text: impl Into<String>) -> Self {
        self.insert = text.into();
        self
    }
}

/// What is asked for, and where.
struct Request<'a> {
    analysis: &'a Analysis,
    offset: usize,
    cursor: Cursor<'a>,
    /// The names in a folder beside the text, and whether each is a folder.
    list: &'a dyn Fn(&str) -> Vec<(String, bool)>,
}

/// All that may stand at a place, in the order in which it is offered. Accepting an item replaces the word
/// that the place is in.
#[must_use]
pub fn complete(
    analysis: &Analysis,
    offset: usize,
    list: &dyn Fn(&str) -> Vec<(String, bool)>,
) -> Vec<Item> {
    let offset = floor(&analysis.text, offset);
    let request = Request {
        analysis,
        offset,
        cursor: locate(&analysis.parsed, &analysis.text, offset),
        list,
    };
    let mut items = request.items();
    let mut labels = std::collections::BTreeSet::new();
    items.retain(|item| labels.insert((item.label.clone(), item.snippet.clone())));
    items
}

/// The nearest place that isn't within a character.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

impl<'a> Request<'a> {
    fn items(&self) -> Vec<Item> {
        let here = self.here();
        match self.cursor.at {
            At::Start => self.statements(here),
            At::Head => match self.fact() {
                Some(fact)
                    if fact.head.span.range().contains(&self.offset)
                        || fact.head.span.range().end == self.offset =>
                {
                    self.statements(fact.head.span)
                }
                Some(_) | None => Vec::new(),
            },
            At::Token(atom, part) => match (&atom.kind, part) {
                (AtomKind::Text(_), Some(part)) => self.string(atom, part),
                (AtomKind::Text(_), None) => Vec::new(),
                (AtomKind::Reference(..), _) => {
                    if self.takes(SlotKind::Volume) {
                        self.volumes(atom.span)
                    } else if self.takes(SlotKind::FileOrSecret) {
                        self.secrets_as_files(atom.span)
                    } else {
                        Vec::new()
                    }
                }
                (_, _) => self.parts(atom.span),
            },
            At::Behind => self.parts(here),
            At::Value(atom) => self.value(atom),
            At::Yaml | At::Comment | At::Junk => Vec::new(),
        }
    }

    /// Whether a slot of this kind may stand here.
    fn takes(&self, wanted: SlotKind) -> bool {
        let mut next = self.cursor.next.iter();
        next.any(
            |part| matches!(part, Part::Slot(_, kind) | Part::Many(_, kind) if *kind == wanted),
        )
    }

    /// Its own statement.
    fn fact(&self) -> Option<&'a Fact> {
        match self.cursor.at {
            At::Start | At::Comment | At::Junk => None,
            At::Head | At::Token(..) | At::Behind | At::Value(_) | At::Yaml => {
                self.cursor.path.last().copied()
            }
        }
    }

    /// The statements around its own, outermost first.
    fn around(&self) -> &[&'a Fact] {
        let path = self.cursor.path.as_slice();
        let own = usize::from(self.fact().is_some());
        path.get(..path.len() - own).unwrap_or_default()
    }

    /// The thing whose statements stand around the place; in a target it is named there.
    fn owner(&self) -> Option<&'a str> {
        let around = self.around();
        let first = around.first()?;
        let inner = around.get(1).filter(|it| it.head.value == "tier");
        let owner = inner.filter(|_| first.head.value == "target");
        word(owner.unwrap_or(first).atoms.first()?)
    }

    /// The other statements of its block.
    fn siblings(&self) -> impl Iterator<Item = &'a Fact> + '_ {
        let facts: &'a [Fact] = match self.around().last() {
            Some(block) => block.block.as_ref().map_or(&[], |block| &block.facts),
            None => &self.analysis.parsed.tree.facts,
        };
        let own = self.fact().map(|fact| fact.span);
        facts.iter().filter(move |fact| Some(fact.span) != own)
    }

    /// The place itself, as what nothing stands at.
    fn here(&self) -> Span {
        Span::new(FileId(0), self.offset..self.offset)
    }

    /// What a token is, in the words of the text.
    fn slice(&self, span: Span) -> &'a str {
        self.analysis.text.get(span.range()).unwrap_or_default()
    }
}

/// The word that a token is.
fn word(atom: &Atom) -> Option<&str> {
    match &atom.kind {
        AtomKind::Word(word) => Some(word),
        AtomKind::Text(_)
        | AtomKind::Number(_)
        | AtomKind::Range(..)
        | AtomKind::Reference(..)
        | AtomKind::List(_) => None,
    }
}
