//! Matched statements to the typed tree. Every slot is filled by now or known to be missing, so
//! this only moves things to their fields.

mod allow;
mod app;
mod database;
mod ingress;
mod job;
mod storage;
mod tier;

use super::ast::{Amount, Config, File, Giver, Name, Secret, Setting};
use super::matcher;
use super::signature::{Inside, Statement};
use super::tree::{Atom, AtomKind, Fact, Form};
use super::values;
use crate::diag::{Bag, Code, Diagnostic};
use crate::source::{Span, Spanned};
use allow::allows;
use app::{app, target};
use database::{database, external, external_service};
use job::{cron, job};
use tier::tier;

impl Statement<'_> {
    /// The statement from its first word to its last token, without its block.
    pub(super) fn span(&self) -> Span {
        let last = self
            .fact
            .atoms
            .last()
            .map_or(self.fact.head.span, |atom| atom.span);
        self.fact.head.span.to(last)
    }

    pub(super) fn slots(&self, name: &str) -> impl Iterator<Item = Name> {
        self.slots
            .iter()
            .filter(move |(slot, _)| *slot == name)
            .filter_map(|(_, atom)| plain(atom))
    }

    /// What fills a slot, as written.
    pub(super) fn slot(&self, name: &str) -> Option<Name> {
        self.slots(name).next()
    }

    /// What fills the slot of an amount; nothing of half a statement: `512 MB` is no 512 bytes.
    pub(super) fn amount(&self) -> Option<Amount> {
        if self.broken {
            return None;
        }
        let (_, atom) = self.slots.iter().find(|(slot, _)| *slot == "amount")?;
        if let AtomKind::Range(from, to) = &atom.kind {
            return Some(Amount {
                request: from.clone(),
                limit: Some(to.clone()),
            });
        }
        Some(Amount {
            request: plain(atom)?,
            limit: None,
        })
    }

    pub(super) fn word(&self, word: &str) -> Option<Span> {
        self.words
            .iter()
            .find(|found| found.value == word)
            .map(|found| found.span)
    }

    pub(super) fn statements(&self) -> &[Self] {
        self.body.as_ref().map_or(&[], |body| &body.statements)
    }

    pub(super) fn free(&self) -> &[&Fact] {
        self.body.as_ref().map_or(&[], |body| &body.free)
    }

    /// Whether something in it or its block couldn't be read.
    pub(super) fn is_broken(&self) -> bool {
        self.broken || self.body.as_ref().is_some_and(|body| body.broken)
    }

    /// The first statement of that word in its block.
    pub(super) fn child(&self, word: &str) -> Option<&Self> {
        self.statements()
            .iter()
            .find(|child| child.row.word == word)
    }

    pub(super) fn children<'b>(&'b self, word: &'b str) -> impl Iterator<Item = &'b Self> {
        self.statements()
            .iter()
            .filter(move |child| child.row.word == word)
    }

    /// What fills a slot of all statements of that word in its block.
    pub(super) fn all(&self, word: &str, slot: &str) -> Vec<Name> {
        self.children(word)
            .filter_map(|child| child.slot(slot))
            .collect()
    }

    /// The only slot of the statement of that word in its block.
    pub(super) fn setting(&self, word: &str) -> Option<Name> {
        let child = self.child(word)?;
        child.slots.first().and_then(|(_, atom)| plain(atom))
    }

    /// The fixed word of the statement of that word in its block.
    pub(super) fn choice(&self, word: &str) -> Option<Spanned<&'static str>> {
        self.child(word)?.words.first().cloned()
    }
}

/// A token that is one piece of text.
fn plain(atom: &Atom) -> Option<Name> {
    match &atom.kind {
        AtomKind::Word(text) | AtomKind::Text(text) | AtomKind::Number(text) => {
            Some(Spanned::new(text.clone(), atom.span))
        }
        AtomKind::Range(..) | AtomKind::Reference(..) | AtomKind::List(_) => None,
    }
}

/// The file, from the statements of its top level.
pub(super) fn file(top: &Inside<'_>, bag: &mut Bag) -> File {
    let mut file = File {
        allows: allows(top),
        broken: top.broken,
        ..File::default()
    };
    for statement in &top.statements {
        match statement.row.word {
            "app" => file.app = Some(app(statement, bag)),
            "config" => file.config = Some(shared_config(statement, bag)),
            "secret" => file.secrets.push(secret(statement)),
            "tier" => file.tiers.push(tier(statement, bag)),
            "object" => file.objects.extend(statement.slot("file")),
            "job" => file.jobs.push(job(statement, bag)),
            "cron" => file.jobs.push(cron(statement, bag)),
            "target" => file.targets.push(target(statement, bag)),
            "external" => file.external_services.push(external_service(statement)),
            engine if statement.word("external").is_some() => {
                file.externals.push(external(engine, statement));
            }
            engine => file.databases.push(database(engine, statement, bag)),
        }
    }
    file
}

fn config(statement: &Statement<'_>, bag: &mut Bag) -> Config {
    Config {
        span: statement.span(),
        settings: free_settings(statement, bag),
        broken: statement.is_broken(),
    }
}

fn shared_config(statement: &Statement<'_>, bag: &mut Bag) -> Config {
    let settings = statement.free().iter().map(|fact| key(fact, bag));
    Config {
        span: statement.span(),
        settings: settings.collect(),
        broken: statement.is_broken(),
    }
}

fn free_settings(statement: &Statement<'_>, bag: &mut Bag) -> Vec<Setting> {
    statement
        .free()
        .iter()
        .map(|fact| setting(fact, bag))
        .collect()
}

fn setting(fact: &Fact, bag: &mut Bag) -> Setting {
    if let Some(atom) = fact.atoms.first() {
        let message = format!("expected `=`, found {}", atom.describe());
        let diagnostic = Diagnostic::new(Code::Expected, atom.span, message);
        // Of several words, as in `export KEY = "value"`, the last is the key.
        let key = match fact.atoms.last().map(|last| &last.kind) {
            Some(AtomKind::Word(word)) => word,
            _ => &fact.head.value,
        };
        bag.push(diagnostic.help(format!(
            "write `{key} = value`, with one word before the `=`"
        )));
    }
    takes_no_block(fact, bag);
    let value = fact
        .value
        .as_ref()
        .and_then(|value| values::value(value, fact.broken || fact.block.is_some(), bag));
    Setting {
        key: fact.head.clone(),
        is_quoted: fact.form == Form::Text,
        value,
        giver: Giver::Here,
    }
}

/// `KEY = value`, `KEY`, `KEY optional`.
fn key(fact: &Fact, bag: &mut Bag) -> Setting {
    if fact.value.is_some() {
        return setting(fact, bag);
    }
    takes_no_block(fact, bag);
    let giver = match fact.atoms.as_slice() {
        [] if fact.broken || fact.block.is_some() => Giver::Here,
        [] => Giver::Target,
        [only] if matcher::is_word(only, "optional") => Giver::Anyone,
        [first, ..] => {
            let message = format!(
                "expected `=`, a comma or a new line, found {}",
                first.describe()
            );
            let diagnostic = Diagnostic::new(Code::Expected, first.span, message);
            bag.push(diagnostic.help(format!(
                "write `{0} = value`, or `{0}` and `{0} optional` without one",
                fact.head.value
            )));
            Giver::Here
        }
    };
    Setting {
        key: fact.head.clone(),
        is_quoted: fact.form == Form::Text,
        value: None,
        giver,
    }
}

/// Complains of a block behind a key or variable, unless something in it was complained of.
fn takes_no_block(fact: &Fact, bag: &mut Bag) {
    let Some(block) = fact.block.as_ref().filter(|block| !block.is_broken()) else {
        return;
    };
    let place = Span {
        end: block.span.start + 1,
        ..block.span
    };
    let message = format!("`{}` takes a value, and no block", fact.head.value);
    bag.push(
        Diagnostic::new(Code::Expected, place, message)
            .help(format!("write `{} = value`", fact.head.value)),
    );
}

fn secret(statement: &Statement<'_>) -> Secret {
    Secret {
        span: statement.span(),
        whole: statement.fact.span,
        name: statement.slot("name"),
        variable: statement.slot("variable"),
        object: statement.slot("object"),
        key: statement.slot("key"),
        optional: statement.child("optional").is_some(),
        starts_with: statement.setting("starts_with"),
        min_length: statement.setting("min_length"),
        url: statement.setting("url"),
        message: statement.setting("message"),
    }
}
