//! What there is to know of a place, in Markdown.

use super::Analysis;
use super::names::{Mention, Set};
use super::output::{Becomes, becomes};
use super::values::{Told, references, told};
use crate::catalog::keys::{Means, Part, Row};
use crate::catalog::{defaults, platforms, recipe};
use crate::diag::{Code, MASK};
use crate::source::Span;
use crate::syntax::tree::{Atom, Fact};
use crate::syntax::{At, locate, usage};
use std::fmt::Write;

/// The most files of a statement that are listed.
const MOST_FILES: usize = 12;

/// What there is to know, and of which part of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// In Markdown.
    pub text: String,
    /// The part of the text.
    pub span: Span,
}

/// What there is to know of a place. `target` is the one whose values are shown.
#[must_use]
pub fn hover(analysis: &Analysis, offset: usize, target: Option<&str>) -> Option<Hover> {
    let cursor = locate(&analysis.parsed, &analysis.text, offset);
    let fact = cursor.path.last().copied();
    let found = match (cursor.at, fact) {
        (At::Head, Some(fact)) => match cursor.row {
            Some(row) => Some(statement(analysis, row, fact, target)),
            None => Some(key(analysis, fact, offset)),
        },
        (At::Token(atom, part), Some(_)) => token(analysis, atom, part, offset),
        (At::Value(Some(_)), Some(fact)) => value(analysis, fact, offset),
        (At::Head | At::Token(..), None)
        | (At::Value(_) | At::Start | At::Behind | At::Yaml | At::Comment | At::Junk, _) => None,
    }?;
    let text = analysis.masks().over(&found.text).into_owned();
    Some(Hover { text, ..found })
}

/// The word of a statement.
fn statement(analysis: &Analysis, row: &Row, fact: &Fact, target: Option<&str>) -> Hover {
    let mut text = format!("```todoc\n{}\n```\n\n{}.", usage(row), row.doc);
    if !row.default.is_empty() {
        let _ = write!(text, "\n\nDefault: {}", row.default);
    }
    let files = analysis.output(analysis.shown(target));
    let all = becomes(&files, fact.span);
    if !all.is_empty() {
        let place = analysis
            .shown(target)
            .map_or(String::new(), |it| format!(" for `{it}`"));
        let _ = write!(text, "\n\nBecomes{place}:\n");
        for it in all.iter().take(MOST_FILES) {
            text.push_str(&line(it));
        }
        if let Some(more) = all.len().checked_sub(MOST_FILES).filter(|more| *more > 0) {
            let _ = write!(text, "\n- and {more} more");
        }
    }
    Hover {
        text,
        span: fact.head.span,
    }
}

fn line(it: &Becomes) -> String {
    let lines = if it.first == it.last {
        it.first.to_string()
    } else {
        format!("{}–{}", it.first, it.last)
    };
    match &it.object {
        Some((kind, name)) => format!("\n- {kind} `{name}`: {}:{lines}", it.path),
        None => format!("\n- {}:{lines}", it.path),
    }
}

/// A key or variable.
fn key(analysis: &Analysis, fact: &Fact, offset: usize) -> Hover {
    let mut text = match analysis.names.at(offset) {
        Some(mention) => named(analysis, mention),
        None => format!("**{}**: a variable", fact.head.value),
    };
    let value = fact.value.as_ref().and_then(|value| {
        let (first, last) = (value.atoms.first()?, value.atoms.last()?);
        Some(first.span.to(last.span))
    });
    text.push_str(&table(analysis, value.unwrap_or(fact.span)));
    Hover {
        text,
        span: fact.head.span,
    }
}

fn token(analysis: &Analysis, atom: &Atom, part: Option<&Part>, offset: usize) -> Option<Hover> {
    let means = match part {
        Some(Part::Slot(_, kind) | Part::Many(_, kind)) => kind.means(),
        Some(Part::Word(_) | Part::Maybe(_) | Part::Either(_) | Part::Options(_)) | None => {
            Means::Free
        }
    };
    let word = analysis.text.get(atom.span.range())?;
    let text = match means {
        Means::Recipe => {
            let recipe = recipe(word)?;
            let mut text = format!("**{}**: {}.", recipe.name, recipe.doc);
            if !recipe.options.is_empty() {
                let _ = write!(text, "\n\nOptions: `{}`", recipe.options.join("`, `"));
            }
            if !recipe.public_prefixes.is_empty() {
                let prefixes = recipe.public_prefixes.join("…`, `");
                let _ = write!(text, "\n\nBrowsers read: `{prefixes}…`");
            }
            text
        }
        Means::Switch => {
            let found = defaults::DEFAULTS.iter().find(|it| it.name == word)?;
            format!("**{}**: {}.\n\n{}.", found.name, found.rule, found.reason)
        }
        Means::Platform => {
            let found = platforms::platform_named(word.trim_matches('"'))?;
            format!("**{}**: {}.", found.name, found.doc)
        }
        Means::Code => {
            let mut all = Code::ALL.iter();
            all.find(|code| code.number() == word)?.page().to_owned()
        }
        Means::Declares(_)
        | Means::Refers(_)
        | Means::PackageManager
        | Means::Protocol
        | Means::ObjectKind
        | Means::Folder
        | Means::File
        | Means::Zone
        | Means::Schedule
        | Means::Host
        | Means::Url
        | Means::Free => named(analysis, analysis.names.at(offset)?),
    };
    Some(Hover {
        text,
        span: atom.span,
    })
}

/// What stands behind `=`.
fn value(analysis: &Analysis, fact: &Fact, offset: usize) -> Option<Hover> {
    let at = u32::try_from(offset).unwrap_or(u32::MAX);
    let atoms = &fact.value.as_ref()?.atoms;
    let mut all = references(atoms).into_iter();
    let reference = all.find(|span| span.start <= at && at <= span.end);
    let name = analysis.names.at(offset);
    let span = reference.or(name.map(|it| it.span))?;
    let mut text = name.map_or(String::new(), |it| named(analysis, it));
    text.push_str(&table(analysis, span));
    Some(Hover { text, span })
}

/// What a place comes to, for each target.
fn table(analysis: &Analysis, place: Span) -> String {
    let all = told(analysis, place);
    let mut text = String::new();
    for (at, (target, told)) in all.iter().enumerate() {
        if at == 0 {
            text.push_str("\n\n| target | value |\n| --- | --- |");
        }
        let target = target.unwrap_or("all");
        let _ = write!(text, "\n| {target} | {} |", said(told));
    }
    text
}

/// A value in a few words; of a secret, where it is.
#[must_use]
pub fn said(told: &Told) -> String {
    match told {
        Told::Text(text) => format!("`{}`", text.replace(['`', '|', '\n'], " ")),
        Told::Secret { object, key } => format!("{MASK} the key `{key}` of the Secret `{object}`"),
    }
}

/// What a name is, where it is declared, and who names it.
fn named(analysis: &Analysis, mention: &Mention) -> String {
    let names = &analysis.names;
    let mut declared = names.same(mention).filter(|it| it.declares);
    let declared = declared.next();
    let what = match mention.set {
        Set::Things => declared.map_or("thing", |it| it.word.as_str()),
        Set::Keys => match declared.map(|it| it.word.as_str()) {
            Some("secret") => "secret",
            _ => "key of `config`",
        },
        Set::Ports => "port",
        Set::Volumes => "volume",
        Set::Targets => "target",
        Set::App => "the application",
    };
    let mut text = format!("**{}**: {what}", mention.name);
    let line = |it: &Mention| analysis.lines.line(it.span.range().start) + 1;
    if let Some(declared) = declared {
        let _ = write!(text, ", declared at line {}", line(declared));
    }
    let mut users: Vec<String> = names
        .same(mention)
        .filter(|it| !it.declares)
        .map(|it| match &it.within {
            Some(within) => format!("`{}` (line {})", within.value, line(it)),
            None => format!("line {}", line(it)),
        })
        .collect();
    users.dedup();
    if !users.is_empty() {
        let _ = write!(text, "\n\nNamed by {}", users.join(", "));
    }
    text
}
