//! The statements of a text as an outline.

use crate::catalog::keys::Place;
use crate::source::{FileId, Span};
use crate::syntax::tree::{AtomKind, Fact, Tree};
use crate::syntax::{inside, parse, row_of};

use super::Analysis;

/// What an entry of the outline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `app`.
    App,
    /// `tier`.
    Tier,
    /// A database.
    Database,
    /// What runs outside of the cluster.
    External,
    /// `job` and `cron`.
    Job,
    /// `target`.
    Target,
    /// A block of settings.
    Block,
    /// A key of a block of settings.
    Key,
    /// `secret`.
    Secret,
    /// A port or volume.
    Part,
}

/// An entry of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// What is worth knowing of it, such as `:8000 ×2..6 fastapi`; may be empty.
    pub detail: String,
    /// All of its statement.
    pub span: Span,
    /// Its name in the text, within that.
    pub at: Span,
    /// What stands in its block.
    pub children: Vec<Symbol>,
}

/// The outline of a text.
#[must_use]
pub fn symbols(analysis: &Analysis) -> Vec<Symbol> {
    of(&analysis.parsed.tree, &analysis.text)
}

/// The outline of a text of which nothing but its statements is known.
#[must_use]
pub fn outline(text: &str) -> Vec<Symbol> {
    of(&parse(FileId(0), text).tree, text)
}

fn of(tree: &Tree, text: &str) -> Vec<Symbol> {
    let facts = tree.facts.iter();
    let all = facts.filter_map(|fact| symbol(fact, Place::Top, text));
    all.collect()
}

fn symbol(fact: &Fact, place: Place, text: &str) -> Option<Symbol> {
    let row = row_of(place, fact);
    let word = fact.head.value.as_str();
    let kind = match (place, row) {
        (Place::Top, Some(_)) => match word {
            "app" => Kind::App,
            "tier" => Kind::Tier,
            "job" | "cron" => Kind::Job,
            "target" => Kind::Target,
            "config" => Kind::Block,
            "secret" => Kind::Secret,
            "external" => Kind::External,
            "allow" | "object" => return None,
            _ if is_external(fact) => Kind::External,
            _ => Kind::Database,
        },
        (Place::Shared | Place::Config, None) => Kind::Key,
        (Place::Target, Some(_)) if word == "tier" => Kind::Tier,
        (_, Some(_)) => match word {
            "secret" => Kind::Secret,
            "port" | "volume" => Kind::Part,
            "config" => Kind::Block,
            _ => return None,
        },
        (_, None) => return None,
    };
    let names_itself = matches!(kind, Kind::Key | Kind::Block);
    let named = fact.atoms.iter().find(|_| !names_itself);
    let (name, at) = match named {
        Some(atom) => (slice(text, atom.span), atom.span),
        None => (word, fact.head.span),
    };
    if name.is_empty() {
        return None;
    }
    let place = inside(place, fact);
    let block = fact.block.iter().flat_map(|block| &block.facts);
    let children = block.filter_map(|fact| symbol(fact, place?, text));
    Some(Symbol {
        name: name.to_owned(),
        kind,
        detail: detail(fact, kind, text),
        span: fact.span,
        at,
        children: children.collect(),
    })
}

fn is_external(fact: &Fact) -> bool {
    let mut atoms = fact.atoms.iter();
    atoms.any(|atom| matches!(&atom.kind, AtomKind::Word(word) if word == "external"))
}

fn detail(fact: &Fact, kind: Kind, text: &str) -> String {
    let statements = || fact.block.iter().flat_map(|block| &block.facts);
    let first = |word: &str| {
        let mut all = statements().filter(|it| it.head.value == word);
        all.find_map(|it| it.atoms.first())
            .map(|atom| slice(text, atom.span))
    };
    match kind {
        Kind::Tier | Kind::Job => {
            let ports = statements().filter(|it| it.head.value == "port");
            let is_number = |kind: &AtomKind| matches!(kind, AtomKind::Number(_));
            let mut all: Vec<String> = ports
                .filter_map(|port| port.atoms.iter().find(|atom| is_number(&atom.kind)))
                .map(|atom| format!(":{}", slice(text, atom.span)))
                .collect();
            all.extend(first("replicas").map(|it| format!("×{it}")));
            all.extend(first("build").or(first("image")).map(str::to_owned));
            all.join(" ")
        }
        Kind::Database | Kind::External => fact.head.value.clone(),
        Kind::Key => {
            let value = fact.value.as_ref().and_then(|value| {
                let (first, last) = (value.atoms.first()?, value.atoms.last()?);
                Some(slice(text, first.span.to(last.span)))
            });
            value.unwrap_or_default().to_owned()
        }
        Kind::Part => {
            let rest = fact.atoms.get(1..).unwrap_or_default();
            let whole = rest.first().zip(rest.last());
            let whole = whole.map(|(first, last)| slice(text, first.span.to(last.span)));
            whole.unwrap_or_default().to_owned()
        }
        Kind::App | Kind::Target | Kind::Block | Kind::Secret => String::new(),
    }
}

fn slice(text: &str, span: Span) -> &str {
    text.get(span.range()).unwrap_or_default()
}
