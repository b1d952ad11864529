//! What to write instead of what doesn't belong in a statement.

use super::fills;
use crate::catalog::keys::{self, Kind, Part, Row};
use crate::diag::suggest::{Near, nearest};
use crate::diag::{Applicability, Code, Diagnostic, Edit};
use crate::source::Span;
use crate::syntax::blame;
use crate::syntax::tree::{Atom, AtomKind, Fact};
use crate::syntax::usage;

/// With what to write where `part` should stand. `is_alone` says that what follows isn't it.
pub(super) fn instead(
    diagnostic: Diagnostic,
    row: &'static Row,
    part: &'static Part,
    found: &Atom,
    is_alone: bool,
) -> Diagnostic {
    if let Part::Slot("schedule", _) = part {
        return diagnostic.help("write the five fields in double quotes: `\"30 3 * * *\"`");
    }
    if let Some((title, text)) = repair(part, found).or_else(|| variable(row, part, found)) {
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
        (Part::Slot("size", _), AtomKind::Word(at)) if at == "at" => {
            diagnostic.help("say how large it is: `volume data 10Gi at \"/path\"`")
        }
        (_, AtomKind::Word(word)) => foreign(diagnostic, row, word, found),
        (Part::Word("at"), AtomKind::Text(text)) => {
            let right = format!("at {}", serde_json::Value::from(text.as_str()));
            diagnostic.fix(format!("write `{right}`"), found.span, right)
        }
        (Part::Either(_), AtomKind::Text(text)) if row.word == "expose" => {
            let right = format!("ingress {}", serde_json::Value::from(text.as_str()));
            diagnostic.maybe(format!("write `expose {right}`"), found.span, right)
        }
        (Part::Word("cpu"), AtomKind::Number(share)) if share.ends_with('%') => {
            let right = format!("cpu {share}");
            diagnostic.fix(format!("write `at {right}`"), found.span, right)
        }
        (Part::Either(_), AtomKind::Number(number)) if row.word == "expose" => diagnostic.help(
            format!("say in which way: `expose nodeport 30080`, or `expose ingress \"www.example.com\"`; `port {number}` says what it listens on"),
        ),
        _ => diagnostic.help(usage::help(row)),
    }
}

/// With what to write behind `atoms`, where a part is missing.
pub(super) fn at_end(diagnostic: Diagnostic, row: &'static Row, atoms: &[&Atom]) -> Diagnostic {
    match (row.word, atoms) {
        ("secret", [name]) => {
            let AtomKind::Word(word) = &name.kind else {
                return diagnostic.help(usage::help(row));
            };
            let title = format!("write `secret {word} from env`");
            let behind = name.span.range().end;
            let place = Span::new(name.span.file, behind..behind);
            diagnostic.maybe(title, place, " from env")
        }
        _ => diagnostic.help(usage::help(row)),
    }
}

/// With what to write instead of `atoms` that end with one which no part takes.
pub(super) fn one_too_many(
    diagnostic: Diagnostic,
    row: &'static Row,
    atoms: &[&Atom],
    at: usize,
) -> Diagnostic {
    if let Some((title, edit)) = unit_apart(row, atoms, at) {
        return diagnostic.edit(Applicability::Certain, title, edit);
    }
    let Some(rest) = atoms.get(at) else {
        return diagnostic.help(usage::help(row));
    };
    let is_probe = row.places.contains(&keys::Place::Health);
    if let Some(many @ Part::Many(..)) = row.parts.last()
        && let Some((title, text)) = repair(many, rest)
    {
        return diagnostic.fix(title, rest.span, text);
    }
    match (&rest.kind, row.word) {
        (AtomKind::Number(number), _) if is_probe => {
            let right = format!("every {number}");
            diagnostic.maybe(format!("write `{right}`"), rest.span, right)
        }
        (AtomKind::Word(name), "port")
            if matches!(
                atoms,
                [
                    Atom {
                        kind: AtomKind::Number(_),
                        ..
                    },
                    _
                ]
            ) =>
        {
            let number = atoms.first().map(|atom| atom.describe().replace('`', ""));
            let right = format!("{name} {}", number.unwrap_or_default());
            let whole = atoms
                .first()
                .map_or(rest.span, |first| first.span.to(rest.span));
            diagnostic.maybe(format!("write `port {right}`"), whole, right)
        }
        (AtomKind::Text(path), "expose") if path.starts_with('/') => {
            let right = format!("path {}", serde_json::Value::from(path.as_str()));
            diagnostic.fix(format!("write `{right}`"), rest.span, right)
        }
        (AtomKind::Number(limit), "cpu" | "memory" | "disk") if at == 1 && atoms.len() == 2 => {
            let Some(AtomKind::Number(request)) = atoms.first().map(|atom| &atom.kind) else {
                return diagnostic.help(usage::help(row));
            };
            let right = format!("{request}..{limit}");
            let whole = atoms
                .first()
                .map_or(rest.span, |first| first.span.to(rest.span));
            diagnostic.maybe(format!("write `{} {right}`", row.word), whole, right)
        }
        (AtomKind::Word(word), "app") => {
            let first = atoms.first().map(|atom| atom.describe().replace('`', ""));
            let right = format!("{}-{word}", first.unwrap_or_default());
            let whole = atoms
                .first()
                .map_or(rest.span, |first| first.span.to(rest.span));
            diagnostic.maybe(format!("write `app {right}`"), whole, right)
        }
        (AtomKind::Word(word), _) => foreign(diagnostic, row, word, rest),
        _ => diagnostic.help(usage::help(row)),
    }
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
        AtomKind::Text(_) if row.word == "secret" => diagnostic.mask(found.span),
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
    let value = fact.value.as_ref().filter(|_| row.word == "secret")?;
    let name = fact.atoms.first()?;
    let last = value.atoms.last().map_or(value.equals, |atom| atom.span);
    let whole = value.equals.to(last);
    if let [atom] = value.atoms.as_slice()
        && let Some(right) = from_env(atom)
    {
        let message = "`secret` says where its value comes from without `=`";
        let right = format!("from {right}");
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

/// What `env.NAME` means, as other languages write a variable of the environment.
fn from_env(atom: &Atom) -> Option<String> {
    let AtomKind::Reference(parts, None) = &atom.kind else {
        return None;
    };
    let parts: Vec<_> = parts.iter().map(|part| part.value.as_str()).collect();
    match parts.as_slice() {
        ["env", name] | ["process", "env", name] if !name.is_empty() => Some(format!("env {name}")),
        _ => None,
    }
}

/// What to say of a secret where it would be written down.
pub(super) fn exposed(row: &Row, found: &Atom) -> Option<Diagnostic> {
    let AtomKind::Reference(parts, None) = &found.kind else {
        return None;
    };
    let is_secret = parts.first().is_some_and(|owner| owner.value == "secret");
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
            Part::Slot(_, Kind::Text(_)) | Part::Many(_, Kind::Text(_)),
            AtomKind::Word(text) | AtomKind::Number(text),
        ) => Some(in_quotes(text)),
        (
            Part::Slot(_, Kind::Text(_)) | Part::Many(_, Kind::Text(_)),
            AtomKind::Reference(parts, None),
        ) if !is_value(found) => {
            let parts: Vec<_> = parts.iter().map(|part| part.value.as_str()).collect();
            Some(in_quotes(&parts.join(".")))
        }
        (Part::Many(_, kind), AtomKind::List(items)) => {
            let items: Option<Vec<_>> = items.iter().map(|item| written(item, *kind)).collect();
            let right = items.filter(|items| !items.is_empty())?.join(" ");
            Some((format!("write `{right}`"), right))
        }
        // Compose's order: the port outside, then the one inside.
        (Part::Slot("port", Kind::Number), AtomKind::Text(text)) if text.contains(':') => {
            let (outside, inside) = text.split_once(':')?;
            let is_number = |text: &str| text.parse::<u16>().is_ok();
            let right = blame::ports(outside, inside);
            (is_number(outside) && is_number(inside)).then(|| (format!("write `{right}`"), right))
        }
        (Part::Slot(_, kind) | Part::Many(_, kind), AtomKind::Text(text)) => {
            let starts =
                |test: fn(&char) -> bool| text.chars().next().is_some_and(|first| test(&first));
            let bare = text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
            let right = match kind {
                Kind::Name(_) => starts(char::is_ascii_alphabetic) && !text.contains('.'),
                Kind::Number | Kind::Amount => {
                    starts(char::is_ascii_digit) && !text.contains(['-', '_'])
                }
                Kind::Text(_) | Kind::Volume => false,
            };
            (bare && right).then(|| (format!("write `{text}`"), text.clone()))
        }
        _ => None,
    }
}

/// `env NAME` for the `env.NAME` of a secret.
fn variable(row: &Row, part: &Part, found: &Atom) -> Option<(String, String)> {
    let takes_env = row.word == "secret" && matches!(part, Part::Either(_) | Part::Word("env"));
    let right = from_env(found).filter(|_| takes_env)?;
    Some((format!("write `{right}`"), right))
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
fn written(item: &[Atom], kind: Kind) -> Option<String> {
    let [item] = item else { return None };
    match &item.kind {
        AtomKind::Text(text) if fills(kind, item) => {
            Some(serde_json::Value::from(text.as_str()).to_string())
        }
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

/// How to write a unit that stands apart from its amount, as in `512 MB` or `2 CPUs`.
fn unit_apart(row: &Row, atoms: &[&Atom], at: usize) -> Option<(String, Edit)> {
    let rest = atoms.get(at)?;
    let AtomKind::Word(unit) = &rest.kind else {
        return None;
    };
    let before = atoms.get(at.checked_sub(1)?)?;
    let AtomKind::Number(number) = &before.kind else {
        return None;
    };
    let is_bare = number.chars().all(|c| c.is_ascii_digit() || c == '.');
    let lower = unit.to_ascii_lowercase();
    let right = match (row.word, lower.as_str()) {
        ("cpu", "cpu" | "cpus" | "core" | "cores" | "vcpu" | "vcpus") => number.clone(),
        ("memory" | "disk" | "storage", "k" | "kb" | "ki" | "kib") => format!("{number}Ki"),
        ("memory" | "disk" | "storage", "m" | "mb" | "mi" | "mib") => format!("{number}Mi"),
        ("memory" | "disk" | "storage", "g" | "gb" | "gi" | "gib") => format!("{number}Gi"),
        _ => return None,
    };
    let edit = Edit::replace(before.span.to(rest.span), right.clone());
    is_bare.then(|| (format!("write `{} {right}`", row.word), edit))
}
