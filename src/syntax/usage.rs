//! Signatures in words: how a statement is written, and what is expected at a place in it.

use crate::catalog::keys::{Body, Part, Row, SlotKind};

/// How a statement is written, such as ``write `port PORT [as SERVICE]` ``.
pub(super) fn help(row: &Row) -> String {
    format!("write `{}`", usage(row))
}

/// How a statement is written: fixed words as they are, slots in capitals, `[…]` for what may be
/// left out, `|` between alternatives.
#[must_use]
pub fn usage(row: &Row) -> String {
    let mut text = row.word.to_owned();
    for part in row.parts {
        text.push(' ');
        text.push_str(&part_usage(part));
    }
    if row.value {
        text.push_str(" = VALUE");
    }
    match row.body {
        Body::None => {}
        Body::Optional(_) => text.push_str(" [{ … }]"),
        Body::Required(_) | Body::Yaml => text.push_str(" { … }"),
    }
    text
}

fn sequence(parts: &[Part]) -> String {
    let parts: Vec<_> = parts.iter().map(part_usage).collect();
    parts.join(" ")
}

fn part_usage(part: &Part) -> String {
    match part {
        Part::Word(word) => (*word).to_owned(),
        Part::Slot(name, kind) => slot(name, *kind),
        Part::Many(name, kind) => format!("{} …", slot(name, *kind)),
        Part::Maybe([Part::Either(choices)]) => format!("[{}]", alternatives(choices)),
        Part::Maybe(parts) => format!("[{}]", sequence(parts)),
        Part::Either(choices) => alternatives(choices),
        Part::Options(options) => {
            let options: Vec<_> = options
                .iter()
                .map(|parts| format!("[{}]", sequence(parts)))
                .collect();
            options.join(" ")
        }
    }
}

fn alternatives(choices: &[&[Part]]) -> String {
    let choices: Vec<_> = choices.iter().map(|parts| sequence(parts)).collect();
    choices.join("|")
}

fn slot(name: &str, kind: SlotKind) -> String {
    let name = name.to_uppercase();
    match kind {
        SlotKind::Name(_) | SlotKind::Number | SlotKind::Fact => name,
        SlotKind::Text(_) => format!("\"{name}\""),
        SlotKind::Amount => "A..B".to_owned(),
        SlotKind::Volume => "TIER.VOLUME".to_owned(),
        SlotKind::FileOrSecret => format!("\"{name}\"|secret.NAME"),
    }
}

/// What a part wants to see first, for "expected …".
#[must_use]
pub fn expectation(part: &'static Part) -> String {
    match part {
        Part::Word(word) => format!("`{word}`"),
        Part::Slot(_, kind) | Part::Many(_, kind) => kind.noun().to_owned(),
        Part::Maybe(parts) => expectation(&parts[0]),
        Part::Either(choices) | Part::Options(choices) => {
            let all: Vec<_> = choices.iter().map(|parts| expectation(&parts[0])).collect();
            list(&all)
        }
    }
}

/// The fixed words that a part may begin with.
pub(super) fn first_words(part: &'static Part) -> Vec<&'static str> {
    match part {
        Part::Word(word) => vec![*word],
        Part::Slot(..) | Part::Many(..) => Vec::new(),
        Part::Maybe(parts) => first_words(&parts[0]),
        Part::Either(choices) | Part::Options(choices) => choices
            .iter()
            .flat_map(|parts| first_words(&parts[0]))
            .collect(),
    }
}

/// `a`, `a or b`, `a, b or c`.
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}
