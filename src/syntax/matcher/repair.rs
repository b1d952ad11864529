//! What to write instead of what doesn't belong in a statement.

use super::{fills, firsts, has_word};
use crate::catalog::keys::{self, Part, Repair, Row, SlotKind, Stop, Token};
use crate::diag::suggest::{Near, nearest};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::blame;
use crate::syntax::tree::{Atom, AtomKind, Fact};
use crate::syntax::usage;

/// With what to write where `part` should stand instead of the token at `at`. `is_alone` says that what
/// follows isn't it.
pub(super) fn instead(
    diagnostic: Diagnostic,
    row: &'static Row,
    part: &'static Part,
    (atoms, at): (&[&Atom], usize),
    is_alone: bool,
) -> Diagnostic {
    let Some(found) = atoms.get(at).copied() else {
        return diagnostic.help(usage::help(row));
    };
    let may_stand = |name: &str| {
        firsts(part).iter().any(|first| match first {
            Part::Word(word) => *word == name,
            Part::Slot(slot, _) | Part::Many(slot, _) => *slot == name,
            Part::Maybe(_) | Part::Either(_) | Part::Options(_) => false,
        })
    };
    let is_here = |at: Stop| matches!(at, Stop::Expected(name) if may_stand(name));
    if let Some(repair) = Fitting::of(row, is_here, atoms, at) {
        return repair.answer(diagnostic, is_alone);
    }
    if let Some((place, text)) = unquoted(row, part, atoms.get(at..).unwrap_or_default()) {
        return diagnostic.fix(format!("write `{text}`"), place, text);
    }
    // A word of the statement's own isn't text without its quotes.
    let is_own = matches!(&found.kind, AtomKind::Word(word) if has_word(row.parts, word));
    if let Some((title, text)) = repair(part, found).filter(|_| !is_own) {
        return if is_alone {
            diagnostic.fix(title, found.span, text)
        } else {
            diagnostic.maybe(title, found.span, text)
        };
    }
    if let Some(near) = near(part, found) {
        return diagnostic.meant(near, found.span);
    }
    match (part, &found.kind) {
        (Part::Slot(..), AtomKind::Reference(..)) if is_value(found) => diagnostic.help(
            "write the text itself, in double quotes: no value stands here, and a target may say another",
        ),
        (_, AtomKind::Word(word)) => foreign(diagnostic, row, word, found),
        _ => diagnostic.help(usage::help(row)),
    }
}

/// The words of a command that has no quotes, with them.
fn unquoted(row: &Row, part: &Part, rest: &[&Atom]) -> Option<(Span, String)> {
    let [first, _, ..] = rest else { return None };
    let quoted_word = |atom: &&Atom| {
        let it = atom.as_word_or_text()?;
        (!has_word(row.parts, it)).then(|| quoted(it))
    };
    let words: Option<Vec<_>> = rest.iter().map(quoted_word).collect();
    let is_text = matches!(part, Part::Many(_, SlotKind::Text(_)));
    let text = words.filter(|_| is_text)?.join(" ");
    Some((first.span.to(rest.last()?.span), text))
}

/// With what to write behind `atoms`, where a part is missing.
pub(super) fn at_end(diagnostic: Diagnostic, row: &'static Row, atoms: &[&Atom]) -> Diagnostic {
    let last = atoms.len().saturating_sub(1);
    match Fitting::of(row, |at| at == Stop::End, atoms, last) {
        Some(repair) => repair.answer(diagnostic, true),
        None => diagnostic.help(usage::help(row)),
    }
}

/// With what to write instead of `atoms` that end with one which no part takes.
pub(super) fn one_too_many(
    diagnostic: Diagnostic,
    row: &'static Row,
    atoms: &[&Atom],
    at: usize,
) -> Diagnostic {
    if let Some(repair) = Fitting::of(row, |at| at == Stop::TooMany, atoms, at) {
        return repair.answer(diagnostic, true);
    }
    let Some(rest) = atoms.get(at) else {
        return diagnostic.help(usage::help(row));
    };
    if let Some(many @ Part::Many(..)) = row.parts.last()
        && let Some((title, text)) = repair(many, rest)
    {
        return diagnostic.fix(title, rest.span, text);
    }
    match &rest.kind {
        AtomKind::Word(word) => foreign(diagnostic, row, word, rest),
        AtomKind::Text(_)
        | AtomKind::Number(_)
        | AtomKind::Range(..)
        | AtomKind::Reference(..)
        | AtomKind::List(_) => diagnostic.help(usage::help(row)),
    }
}

/// Whether a row knows what to write instead of `atoms` that end with one which no part takes.
pub(super) fn is_known(row: &'static Row, atoms: &[&Atom], at: usize) -> bool {
    Fitting::of(row, |stop| stop == Stop::TooMany, atoms, at).is_some()
}

/// A repair of a row that fits the tokens of a statement.
struct Fitting {
    repair: &'static Repair,
    word: &'static str,
    /// The tokens that it is about, as they are written.
    tokens: Vec<String>,
    /// Their place.
    place: Span,
}

impl Fitting {
    /// The first repair of `row` for tokens that end with the one at `last`.
    fn of(
        row: &'static Row,
        is_here: impl Fn(Stop) -> bool,
        atoms: &[&Atom],
        last: usize,
    ) -> Option<Fitting> {
        let up_to = atoms.get(..=last)?;
        row.repairs.iter().find_map(|repair| {
            let from = up_to.len().checked_sub(repair.found.len())?;
            let found = up_to.get(from..)?;
            if !is_here(repair.at) || (repair.alone && found.len() != atoms.len()) {
                return None;
            }
            let tokens = repair.found.iter().zip(found);
            let tokens: Option<Vec<_>> =
                tokens.map(|(token, atom)| as_token(*token, atom)).collect();
            Some(Fitting {
                repair,
                word: row.word,
                tokens: tokens?,
                place: found.first()?.span.to(found.last()?.span),
            })
        })
    }

    /// A diagnostic with it. `is_alone` says that what follows isn't what should stand there.
    fn answer(&self, diagnostic: Diagnostic, is_alone: bool) -> Diagnostic {
        let filled = |text: &str| keys::filled_in(text, self.word, &self.tokens);
        let title = filled(self.repair.instead);
        let Some(text) = self.repair.write.map(filled) else {
            return diagnostic.help(title);
        };
        let place = match self.repair.at {
            Stop::End => Span {
                start: self.place.end,
                ..self.place
            },
            Stop::Expected(_) | Stop::TooMany => self.place,
        };
        if self.repair.certain && is_alone {
            diagnostic.fix(title, place, text)
        } else {
            diagnostic.maybe(title, place, text)
        }
    }
}

/// An atom as it is written, if it has that form.
fn as_token(token: Token, atom: &Atom) -> Option<String> {
    let text = match (token, &atom.kind) {
        (Token::Any, _) => String::new(),
        (Token::Word, AtomKind::Word(word)) => word.clone(),
        (Token::OneOf(words), AtomKind::Word(word)) => {
            let lower = word.to_ascii_lowercase();
            words.contains(&lower.as_str()).then_some(lower)?
        }
        (Token::Number, AtomKind::Number(number)) => number.clone(),
        (Token::Bare, AtomKind::Number(number)) => {
            let is_bare = number.chars().all(|c| c.is_ascii_digit() || c == '.');
            is_bare.then(|| number.clone())?
        }
        (Token::Percent, AtomKind::Number(number)) => {
            number.ends_with('%').then(|| number.clone())?
        }
        (Token::Text, AtomKind::Text(text)) => quoted(text),
        (Token::Block, AtomKind::Text(text)) => keys::is_block(text).then(|| quoted(text))?,
        (Token::Path, AtomKind::Text(text)) => text.starts_with('/').then(|| quoted(text))?,
        (Token::Ports, AtomKind::Text(text)) => {
            let (ports, is_udp) = match text.strip_suffix("/udp") {
                Some(ports) => (ports, true),
                None => (text.strip_suffix("/tcp").unwrap_or(text), false),
            };
            let (outside, inside) = ports.split_once(':')?;
            let is_number = |text: &str| text.parse::<u16>().is_ok();
            let both = is_number(outside) && is_number(inside);
            let ports = both.then(|| blame::ports(outside, inside))?;
            if is_udp {
                format!("{ports} udp")
            } else {
                ports
            }
        }
        (Token::Variable, AtomKind::Reference(..)) => variable(atom)?.to_owned(),
        (Token::Member, AtomKind::Reference(parts, _)) => parts.first()?.value.clone(),
        (Token::Secret, AtomKind::Reference(..)) => atom.as_secret()?.value.clone(),
        _ => return None,
    };
    Some(text)
}

/// A string as it stands in the source.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// With our word for one from elsewhere, else with how the statement is written.
fn foreign(diagnostic: Diagnostic, row: &'static Row, word: &str, found: &Atom) -> Diagnostic {
    match keys::foreign_part(row.word, word) {
        Some(part) => match part.same {
            Some(same) => diagnostic.fix(part.instead, found.span, same),
            None => diagnostic.help(part.instead),
        },
        None => diagnostic.help(usage::help(row)),
    }
}

/// With a mask over text that stands in a secret's statement and doesn't belong there: it may be the
/// secret.
pub(super) fn unseen(diagnostic: Diagnostic, row: &Row, found: &Atom) -> Diagnostic {
    match found.kind {
        AtomKind::Text(_) if row.hides => diagnostic.mask(found.span),
        AtomKind::Text(_)
        | AtomKind::Word(_)
        | AtomKind::Number(_)
        | AtomKind::Range(..)
        | AtomKind::Reference(..)
        | AtomKind::List(_) => diagnostic,
    }
}

/// What to say of a secret whose value stands behind it. Nobody is to see it again.
pub(super) fn told_secret(row: &Row, fact: &Fact) -> Option<Diagnostic> {
    let value = fact.value.as_ref().filter(|_| row.hides)?;
    let name = fact.atoms.first()?;
    let last = value.atoms.last().map_or(value.equals, |atom| atom.span);
    let whole = value.equals.to(last);
    if let [atom] = value.atoms.as_slice()
        && let Some(name) = variable(atom)
    {
        let message = "`secret` says where its value comes from without `=`";
        let right = format!("from env {name}");
        let diagnostic = Diagnostic::new(Code::Expected, whole, message);
        return Some(diagnostic.fix(format!("write `{right}`"), whole, right));
    }
    let message = "a secret has no value here, where anyone may read it";
    let mut diagnostic = Diagnostic::new(Code::SecretExposed, whole, message)
        .maybe(
            "write `from env`: whoever deploys gives it one",
            whole,
            "from env",
        )
        .also(name.span, "the secret");
    for atom in &value.atoms {
        diagnostic = diagnostic.mask(atom.span);
    }
    Some(diagnostic)
}

/// The name in `env.NAME`, as other languages write a variable of the environment.
fn variable(atom: &Atom) -> Option<&str> {
    let AtomKind::Reference(parts, None) = &atom.kind else {
        return None;
    };
    let parts: Vec<_> = parts.iter().map(|part| part.value.as_str()).collect();
    match parts.as_slice() {
        ["env", name] | ["process", "env", name] if !name.is_empty() => Some(name),
        _ => None,
    }
}

/// What to say of a secret where it would be written down.
pub(super) fn exposed(row: &Row, found: &Atom) -> Option<Diagnostic> {
    let AtomKind::Reference(parts, None) = &found.kind else {
        return None;
    };
    let is_secret = parts.first().is_some_and(|owner| owner.value == "secret");
    // Where a secret may stand as a file, or is told where it may.
    let is_known = row
        .parts
        .iter()
        .any(|part| matches!(part, Part::Slot(_, SlotKind::FileOrSecret)))
        || row
            .repairs
            .iter()
            .any(|repair| repair.found.contains(&Token::Secret));
    if is_known {
        return None;
    }
    let message = format!(
        "a secret can't stand in `{}`, where anyone may read it",
        row.word
    );
    is_secret.then(|| {
        Diagnostic::new(Code::SecretExposed, found.span, message)
            .help("let the container read it as a variable of its own, in the tier's `env`")
    })
}

/// The fixed word that may have been meant where `part` should stand.
fn near(part: &'static Part, found: &Atom) -> Option<Near<'static>> {
    match (part, &found.kind) {
        (Part::Either(_) | Part::Word(_), AtomKind::Word(word)) => {
            nearest(word, usage::first_words(part))
        }
        _ => None,
    }
}

/// What to write instead of an atom where `part` should stand, if that is certain.
fn repair(part: &'static Part, found: &Atom) -> Option<(String, String)> {
    match (part, &found.kind) {
        (
            Part::Slot(_, SlotKind::Text(_) | SlotKind::FileOrSecret)
            | Part::Many(_, SlotKind::Text(_)),
            AtomKind::Word(text) | AtomKind::Number(text),
        ) => Some(in_quotes(text)),
        (
            Part::Slot(_, SlotKind::Text(_) | SlotKind::FileOrSecret)
            | Part::Many(_, SlotKind::Text(_)),
            AtomKind::Reference(parts, None),
        ) if !is_value(found) && parts.first().is_none_or(|owner| owner.value != "secret") => {
            let parts: Vec<_> = parts.iter().map(|part| part.value.as_str()).collect();
            Some(in_quotes(&parts.join(".")))
        }
        (Part::Many(_, kind), AtomKind::List(items)) => {
            let items: Option<Vec<_>> = items.iter().map(|item| written(item, *kind)).collect();
            let right = items.filter(|items| !items.is_empty())?.join(" ");
            Some((format!("write `{right}`"), right))
        }
        (Part::Slot(_, kind) | Part::Many(_, kind), AtomKind::Text(text)) => {
            let starts =
                |test: fn(&char) -> bool| text.chars().next().is_some_and(|first| test(&first));
            let bare = text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
            let right = match kind {
                SlotKind::Name(_) => starts(char::is_ascii_alphabetic) && !text.contains('.'),
                SlotKind::Number | SlotKind::Amount => {
                    starts(char::is_ascii_digit) && !text.contains(['-', '_'])
                }
                SlotKind::Text(_) | SlotKind::Volume | SlotKind::Fact | SlotKind::FileOrSecret => {
                    false
                }
            };
            (bare && right).then(|| (format!("write `{text}`"), text.clone()))
        }
        _ => None,
    }
}

/// Whether a reference is to a value, and not a host or a file without its quotes.
fn is_value(atom: &Atom) -> bool {
    let AtomKind::Reference(parts, _) = &atom.kind else {
        return false;
    };
    let of_config = parts.first().is_some_and(|owner| owner.value == "config");
    let member = parts.last().map_or("", |member| member.value.as_str());
    let is_member = matches!(member, "url" | "origin" | "host" | "address")
        || member.starts_with("public_")
        || member.ends_with("_url");
    parts.len() == 2 && (of_config || is_member)
}

/// An item of a list as it stands without one.
fn written(item: &[Atom], kind: SlotKind) -> Option<String> {
    let [item] = item else { return None };
    match &item.kind {
        AtomKind::Text(text) if fills(kind, item) => Some(quoted(text)),
        AtomKind::Word(word) if fills(kind, item) => Some(word.clone()),
        AtomKind::Word(_)
        | AtomKind::Text(_)
        | AtomKind::Number(_)
        | AtomKind::Range(..)
        | AtomKind::Reference(..)
        | AtomKind::List(_) => None,
    }
}

fn in_quotes(text: &str) -> (String, String) {
    let quoted = format!("\"{text}\"");
    (format!("write `{quoted}`"), quoted)
}
