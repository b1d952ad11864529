//! What stands behind `=`: text, references and lists.

use std::collections::{BTreeMap, BTreeSet};
use std::slice::Iter;

use super::ast::{File, Name, Reference, Value, ValueKind};
use super::matcher;
use super::signature::Inside;
use super::tree::{self, Atom, AtomKind};
use crate::diag::{Bag, Code, Diagnostic};
use crate::source::Span;

/// Says of words that stand for values, and are names of the file, how a value refers to them.
pub(super) fn refer(file: &File, top: &Inside<'_>, text: &str, diagnostics: &mut Bag) {
    if diagnostics.all().iter().all(|it| it.code != Code::Expected) {
        return;
    }
    let places = words(top);
    diagnostics.change(|found| {
        if found.code != Code::Expected || !places.contains(&found.primary.span) {
            return;
        }
        let word = text.get(found.primary.span.range()).unwrap_or_default();
        let Some(right) = reference(file, word) else {
            return;
        };
        let place = found.primary.span;
        let plain = Diagnostic {
            help: Vec::new(),
            ..found.clone()
        };
        *found = match right {
            Referred::Key(right) => plain.maybe(format!("write `{right}`"), place, right),
            Referred::Thing => plain.help(format!(
                "write which of its members is meant, such as `{word}.url` or `{word}.host`"
            )),
        };
    });
}

/// The places of words where values are read: nothing else is said of them there than that they are none.
fn words(top: &Inside<'_>) -> BTreeSet<Span> {
    let mut found = BTreeSet::new();
    let mut blocks = vec![top];
    while let Some(block) = blocks.pop() {
        let own = block.statements.iter();
        let own = own.filter(|it| it.row.value).map(|it| it.fact);
        let facts = block.free.iter().copied().chain(own);
        let values = facts.filter_map(|fact| fact.value.as_ref());
        let mut atoms: Vec<_> = values.filter_map(|value| value.atoms.first()).collect();
        while let Some(atom) = atoms.pop() {
            match &atom.kind {
                AtomKind::Word(_) => {
                    found.insert(atom.span);
                }
                AtomKind::List(items) => atoms.extend(items.iter().filter_map(|it| it.first())),
                AtomKind::Text(_)
                | AtomKind::Number(_)
                | AtomKind::Range(..)
                | AtomKind::Reference(..) => {}
            }
        }
        blocks.extend(block.statements.iter().filter_map(|it| it.body.as_ref()));
    }
    found
}

/// How a value refers to a name.
enum Referred {
    /// In these words.
    Key(String),
    /// By one of its members.
    Thing,
}

fn reference(file: &File, word: &str) -> Option<Referred> {
    let is_it = |name: &Option<Name>| name.as_ref().is_some_and(|name| name.value == word);
    let mut keys = file.config.iter().flat_map(|config| &config.settings);
    if file.secrets.iter().any(|secret| is_it(&secret.name)) {
        return Some(Referred::Key(format!("secret.{word}")));
    }
    if keys.any(|setting| setting.key.value == word) {
        return Some(Referred::Key(format!("config.{word}")));
    }
    let tiers = file.tiers.iter().map(|tier| &tier.name);
    let databases = file.databases.iter().map(|database| &database.name);
    let services = file.external_services.iter().map(|service| &service.name);
    let mut things = tiers.chain(databases).chain(services);
    things.any(is_it).then_some(Referred::Thing)
}

/// The value of a setting; `None` where there is none that can be read. `broken` says that text
/// behind it couldn't be read, which may be all there is.
pub(super) fn value(written: &tree::AssignedValue, broken: bool, bag: &mut Bag) -> Option<Value> {
    let Some((first, rest)) = written.atoms.split_first() else {
        if !broken {
            let message = "expected a value after this `=`";
            bag.push(
                Diagnostic::new(Code::Expected, written.equals, message)
                    .help("write text in double quotes, or refer to another value: `backend.url`"),
            );
        }
        return None;
    };
    if broken && matches!(&first.kind, AtomKind::Word(_)) {
        return None;
    }
    let mut rest = rest.iter();
    let mut value = with_path(first, &mut rest, bag)?;
    if let ValueKind::List(_) = &value.kind
        && let [by, format, ..] = rest.as_slice()
        && matcher::is_word(by, "as")
    {
        if !matcher::is_word(format, "json") {
            let message = format!("expected `json`, found {}", format.describe());
            bag.push(Diagnostic::new(Code::Expected, format.span, message).fix(
                "write `json`",
                format.span,
                "json",
            ));
            return None;
        }
        value.kind = json(first, value.kind);
        value.span = value.span.to(format.span);
        rest.nth(1);
    }
    if let Some(extra) = rest.next() {
        let message = format!("expected a comma or a new line, found {}", extra.describe());
        bag.push(
            Diagnostic::new(Code::Expected, extra.span, message)
                .help("write several values as a list: `[a, b]`"),
        );
    }
    Some(value)
}

/// A value that is one token, or a reference and the path behind it.
fn with_path(first: &Atom, rest: &mut Iter<'_, Atom>, bag: &mut Bag) -> Option<Value> {
    let mut value = atom(first, bag)?;
    if let ValueKind::Reference(reference) = &mut value.kind
        && let Some((AtomKind::Text(path), span)) =
            rest.as_slice().first().map(|next| (&next.kind, next.span))
    {
        reference.path = Some(Name::new(path.clone(), span));
        value.span = value.span.to(span);
        rest.next();
    }
    Some(value)
}

/// A value in a list.
fn item(atoms: &[Atom], bag: &mut Bag) -> Option<Value> {
    let (first, rest) = atoms.split_first()?;
    let mut rest = rest.iter();
    let value = with_path(first, &mut rest, bag);
    if let Some(extra) = rest.next() {
        let message = format!("expected a comma, found {}", extra.describe());
        bag.push(
            Diagnostic::new(Code::Expected, extra.span, message)
                .help("keep the values of a list apart by commas: `[a, b]`"),
        );
    }
    value
}

/// A list that was read, as an array: its numbers and booleans stay what they are.
fn json(list: &Atom, read: ValueKind) -> ValueKind {
    let (AtomKind::List(items), ValueKind::List(read)) = (&list.kind, read) else {
        return ValueKind::Json(Vec::new());
    };
    let firsts = items.iter().filter_map(|atoms| atoms.first());
    let firsts: BTreeMap<_, _> = firsts.map(|atom| (atom.span.start, &atom.kind)).collect();
    let bare = |value: Value| {
        let kind = match (firsts.get(&value.span.start), value.kind) {
            (Some(AtomKind::Number(text)), _)
                if serde_json::from_str::<serde_json::Number>(text).is_ok() =>
            {
                ValueKind::Bare(text.clone())
            }
            (Some(AtomKind::Word(_)), ValueKind::Text(text)) => ValueKind::Bare(text),
            (_, kind) => kind,
        };
        Value { kind, ..value }
    };
    ValueKind::Json(read.into_iter().map(bare).collect())
}

fn atom(found: &Atom, bag: &mut Bag) -> Option<Value> {
    let kind = match &found.kind {
        AtomKind::Text(text) | AtomKind::Number(text) => ValueKind::Text(text.clone()),
        AtomKind::Word(word) if word == "true" || word == "false" => ValueKind::Text(word.clone()),
        AtomKind::Word(word) if matches!(word.as_str(), "secret" | "config") => {
            let message = format!("expected a name after `{word}`");
            let diagnostic = Diagnostic::new(Code::Expected, found.span, message);
            bag.push(diagnostic.help(format!("write it behind a dot: `{word}.NAME`")));
            return None;
        }
        AtomKind::Word(word) => {
            let message = format!("`{word}` isn't a value");
            let diagnostic = Diagnostic::new(Code::Expected, found.span, message)
                .help(format!("write text in double quotes: \"{word}\""));
            // So keys are written, and text mostly isn't.
            let is_key = !word.contains(|c: char| c.is_ascii_lowercase());
            bag.push(if is_key {
                diagnostic.help(format!(
                    "write `config.{word}` or `secret.{word}` for a shared key or secret"
                ))
            } else {
                diagnostic
            });
            return None;
        }
        AtomKind::Range(from, to) => {
            let text = format!("\"{}..{}\"", from.value, to.value);
            bag.push(
                Diagnostic::new(Code::Expected, found.span, "a range is no value").fix(
                    format!("write text in double quotes: {text}"),
                    found.span,
                    text,
                ),
            );
            return None;
        }
        AtomKind::Reference(parts, argument) => ValueKind::Reference(Reference {
            parts: parts.clone(),
            argument: argument.clone(),
            path: None,
        }),
        AtomKind::List(items) => {
            ValueKind::List(items.iter().filter_map(|atoms| item(atoms, bag)).collect())
        }
    };
    Some(Value {
        kind,
        span: found.span,
    })
}
