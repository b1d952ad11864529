//! Statements that stand in the wrong block, and where what they say is said.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::keys::{self, Place};
use crate::diag::{Applicability, Edit, Fix};
use crate::syntax::tree::{Atom, AtomKind, Block, Fact, Form};

/// What the top level declares.
#[derive(Debug, Default)]
pub(super) struct Top<'a> {
    /// The word of the statement that declares a name, by the name.
    words: BTreeMap<&'a str, &'a str>,
    /// The one `app`.
    app: Option<&'a Fact>,
    /// The words of the statements in it.
    in_app: BTreeSet<&'a str>,
}

impl<'a> Top<'a> {
    pub(super) fn of(facts: &'a [Fact]) -> Self {
        let mut top = Top::default();
        for fact in facts {
            if let Some(AtomKind::Word(name)) = fact.atoms.first().map(|atom| &atom.kind) {
                top.words.entry(name).or_insert(&fact.head.value);
            }
        }
        let mut apps = facts.iter().filter(|it| it.head.value == "app");
        top.app = apps.next().filter(|_| apps.next().is_none());
        let block = top.app.and_then(|app| app.block.as_ref());
        let inside = block.into_iter().flat_map(|block| &block.facts);
        top.in_app = inside.map(|it| it.head.value.as_str()).collect();
        top
    }

    /// The word of the statement that declares a name.
    fn word(&self, name: &str) -> Option<&'a str> {
        self.words.get(name).copied()
    }
}

fn is_database(word: &str) -> bool {
    let mut rows = keys::named(Place::Top, word);
    rows.any(|row| matches!(row.body.place(), Some(Place::Database(_))))
}

/// What a target may say of a database of the application.
fn database_help(word: &str, name: &str) -> String {
    format!(
        "say it in `{word} {name}` at the top level, for all targets; a target can leave the database out, \
         `without {name}`, or say that somebody else runs it: `external {name} SECRET`, with the secret that \
         holds its URL"
    )
}

/// What to do about `NAME { … }` in a target.
pub(super) fn in_target(name: &str, top: &Top<'_>) -> String {
    match top.word(name) {
        Some(word) if is_database(word) => database_help(word, name),
        Some(word @ ("job" | "cron")) => format!(
            "say it in `{word} {name}` at the top level, for all targets; a target can leave it out: \
             `without {name}`"
        ),
        Some(_) | None => format!("say what it is: `tier {name} {{ … }}`"),
    }
}

/// What to do about `postgres NAME { … }` in a target, where that is a database of the application.
pub(super) fn of_database(place: Place, fact: &Fact, top: &Top<'_>) -> Option<String> {
    if place != Place::Target || !is_database(&fact.head.value) {
        return None;
    }
    let AtomKind::Word(name) = &fact.atoms.first()?.kind else {
        return None;
    };
    let is_external =
        |atom: &Atom| matches!(&atom.kind, AtomKind::Word(word) if word == "external");
    let word = top.word(name).filter(|word| is_database(word))?;
    let is_own = !fact.atoms.iter().any(is_external);
    is_own.then(|| database_help(word, name))
}

/// The change that moves a statement of `app` from the top level into that, where it may stand nowhere else but
/// in a target, and isn't there yet.
pub(super) fn into_app(place: Place, fact: &Fact, top: &Top<'_>, text: &str) -> Option<Fix> {
    let word = fact.head.value.as_str();
    let is_broken = fact.broken || fact.block.as_ref().is_some_and(Block::is_broken);
    if place != Place::Top || fact.form != Form::Word || is_broken {
        return None;
    }
    let mut rows = keys::all().filter(|row| row.word == word).peekable();
    rows.peek()?;
    let is_of_app = |place: &Place| matches!(place, Place::App | Place::Target);
    if !rows.all(|row| row.places.iter().all(is_of_app) && row.places.contains(&Place::App)) {
        return None;
    }
    let app = top.app?;
    let row = super::row_of(Place::App, fact)?;
    if app.broken || (top.in_app.contains(word) && !row.many) {
        return None;
    }
    let last = app.atoms.last().map_or(app.head.span, |atom| atom.span);
    // Further lines of it stand in the first column.
    let said = text.get(fact.span.range())?.replace('\n', "\n  ");
    Some(Fix {
        title: format!("move it into `app`, where `{word}` stands"),
        edits: vec![
            Edit::add(app.head.span.to(last), said),
            Edit::delete(fact.span),
        ],
        applicability: Applicability::Certain,
    })
}
