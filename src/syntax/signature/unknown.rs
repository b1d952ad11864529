//! Statements whose words mean nothing where they stand.

use std::borrow::Cow;

use super::Surroundings;
use super::elsewhere;
use super::parted::commas;
use crate::catalog::keys::{self, Body, Free, Place};
use crate::diag::suggest::nearest;
use crate::diag::{Bag, Code, Diagnostic, Edit, Fix};
use crate::source::Span;
use crate::syntax::tree::{AtomKind, Fact, Form};
use crate::syntax::usage;

/// All that belongs to a statement whose word is unknown: its line behind it up to the next statement, and its
/// block.
fn all_of(fact: &Fact, rest: &[Fact], text: &str) -> Span {
    let range = fact.span.range();
    let next = rest
        .first()
        .map_or(text.len(), |next| next.span.range().start);
    let behind = text.get(range.end..next).unwrap_or_default();
    let line = behind.split('\n').next().unwrap_or_default();
    Span::new(fact.span.file, range.start..range.end + line.len())
}

/// A statement without a row, where it needs one. Returns how many of `rest` are words of it that commas made
/// statements.
pub(super) fn unknown(
    place: Place,
    (facts, at): (&[Fact], usize),
    Surroundings { text, top }: Surroundings<'_>,
    bag: &mut Bag,
) -> usize {
    let Some(fact) = facts.get(at) else { return 0 };
    let rest = facts.get(at + 1..).unwrap_or_default();
    // What couldn't be read has been complained of, and may be what is missing.
    if fact.broken && place.free() == Free::Settings {
        return 0;
    }
    let all = all_of(fact, rest, text);
    bag.explain(all);
    let head = &fact.head;
    let word = head.value.as_str();
    if fact.form == Form::Word && place.free() == Free::Settings && place.is_of_keys() {
        let message = format!("expected `=` and a value after `{word}`");
        let diagnostic = Diagnostic::new(Code::Expected, head.span, message);
        bag.push(diagnostic.help(format!("write `{word} = \"…\"`")));
        return 0;
    }
    let (shown, span) = match fact.form {
        Form::Word | Form::Text => (word.to_owned(), head.span),
        Form::Spread => (format!("..{word}"), fact.span),
    };
    let message = format!("`{shown}` means nothing {}", place.phrase());
    let diagnostic = Diagnostic::new(Code::UnknownWord, span, message);
    let elsewhere = keys::all().find(|row| row.word == word);
    let foreign = keys::foreign(place, word);
    let ours = foreign.and_then(|it| keys::named(place, it.same?).last());
    let commas = ours.map_or_else(Vec::new, |row| commas(fact, row, rest, place, text));
    // Of a word of ours that is out of place, that is said, unless it means another thing there.
    let foreign = foreign.filter(|_| fact.form == Form::Word);
    let foreign = foreign.filter(|it| elsewhere.is_none() || !it.places.is_empty());
    // Where an application or a tier is described, a word from elsewhere is that and no more.
    let of_both = |it: &keys::Foreign| {
        let places = it.places;
        !places.contains(&Place::Top) && !places.contains(&Place::Tier)
    };
    let code = match elsewhere {
        Some(_) if foreign.is_some_and(of_both) => Code::Misplaced,
        _ => diagnostic.code,
    };
    let diagnostic = without_secrets(place, Diagnostic { code, ..diagnostic }, fact, all, text);
    if let Some(help) = elsewhere::of_database(place, fact, top) {
        bag.push(diagnostic.help(help));
        return commas.len();
    }
    if let Some(foreign) = foreign {
        // A block that ours doesn't take stays a fault.
        let takes_it = |same: &&str| {
            let ours = keys::named(place, same);
            fact.block.is_none() || ours.into_iter().any(|row| row.body != Body::None)
        };
        bag.push(match foreign.same.filter(takes_it) {
            Some(same) => {
                let commas = commas.iter().map(|comma| Edit::replace(*comma, " "));
                let mut diagnostic = diagnostic.fix(foreign.instead, head.span, same);
                if let Some(fix) = &mut diagnostic.fix {
                    fix.edits.extend(commas);
                }
                diagnostic
            }
            None => diagnostic.help(foreign.instead),
        });
        return commas.len();
    }
    bag.push(match elsewhere {
        _ if fact.form == Form::Spread => {
            diagnostic.help("`..config` and `..secrets` stand in `env`")
        }
        _ if place.free() == Free::Routes => {
            diagnostic.help("write a path and a tier: `\"/api\" = api`")
        }
        _ if fact.form == Form::Text && matches!(place, Place::Env | Place::Config) => diagnostic
            .help("give it a value, or write the name of a shared key or secret without quotes"),
        _ if fact.form == Form::Text => {
            diagnostic.help("begin a statement with a word; a comma ends the one before it")
        }
        None if place == Place::Top && fact.value.is_some() && fact.atoms.is_empty() => diagnostic
            .help(format!(
                "write `config {{ {word} = … }}` for all tiers that name it, or `env {{ {word} = … }}` in one"
            )),
        None if place == Place::Target && fact.block.is_some() && fact.atoms.is_empty() => {
            diagnostic.help(elsewhere::in_target(word, top))
        }
        Some(_) => {
            let fix = elsewhere::into_app(place, fact, top, text);
            misplaced(diagnostic, word, fix)
        }
        None => {
            let mut words: Vec<_> = keys::rows(place).map(|row| row.word).collect();
            words.dedup();
            if let Some(near) = nearest(word, words.iter().copied()) {
                diagnostic.meant(near, head.span)
            } else {
                let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
                diagnostic.help(format!("what may stand here: {}", usage::list(&words)))
            }
        }
    });
    commas.len()
}

/// What to say of a word of ours that stands in the wrong block, which `fix` moves where it belongs.
fn misplaced(diagnostic: Diagnostic, word: &str, fix: Option<Fix>) -> Diagnostic {
    let diagnostic = Diagnostic {
        code: Code::Misplaced,
        ..diagnostic
    };
    if let Some(fix) = fix {
        return diagnostic.help(fix.title.clone()).with_fix(fix);
    }
    let places = places_of(word).join(", or ");
    diagnostic.help(format!("`{word}` stands {places}"))
}

/// Where a word of ours may stand.
fn places_of(word: &str) -> Vec<Cow<'static, str>> {
    let rows = keys::all().filter(|row| row.word == word);
    let mut phrases = Vec::new();
    for row in rows {
        if row.places == keys::BLOCKS {
            return vec!["in any block".into()];
        }
        for place in row.places {
            if !phrases.contains(&place.phrase()) {
                phrases.push(place.phrase());
            }
        }
    }
    phrases
}

/// With a mask over what stands behind a word such as `password`, or among the rules of a secret: it may
/// be one.
fn without_secrets(
    place: Place,
    diagnostic: Diagnostic,
    fact: &Fact,
    all: Span,
    text: &str,
) -> Diagnostic {
    let word = fact.head.value.to_ascii_lowercase();
    let is_secret = ["password", "passwd", "secret", "token", "apikey", "api_key"];
    if place != Place::Secret && !is_secret.iter().any(|part| word.contains(part)) {
        return diagnostic;
    }
    let value = fact.value.iter().flat_map(|value| &value.atoms);
    let value = value.filter(|atom| !matches!(atom.kind, AtomKind::Reference(..)));
    let texts = fact.atoms.iter();
    let texts = texts.filter(|atom| matches!(atom.kind, AtomKind::Text(_)));
    let texts = texts.chain(value);
    let diagnostic = texts.fold(diagnostic, |diagnostic, atom| diagnostic.mask(atom.span));
    // Behind a colon nothing could be read.
    let range = fact.span.range().end..all.range().end;
    let behind = text.get(range.clone()).unwrap_or_default();
    let value = behind.trim_start_matches([':', ' ', '\t']).len();
    if value > 0 {
        diagnostic.mask(Span::new(all.file, range.end - value..range.end))
    } else {
        diagnostic
    }
}
