//! Every token of every example deleted, doubled, swapped with the next, or misspelt: what comes of
//! it is refused at its place, or is of a kind that is right as well.
//!
//! Its place is its line or one beside it, the other brace of its block, or a line that a complaint
//! shows and that has the very word. How many are refused, and of which kinds the others are, is
//! printed; the share of the others may not grow.
//!
//! Of all mutants one in seventeen is tried where code isn't optimised, or all of them with
//! `TODOC_ALL_MUTANTS=1`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use todoc::catalog::keys;
use todoc::check_all;
use todoc::diag::{Code, Diagnostic};

use crate::support::{examples, is_on, named, read, report};

/// Of how many mutants one is tried: a number that has no part in common with that of slips.
const STRIDE: usize = if cfg!(debug_assertions) { 17 } else { 1 };

/// The most mutants that may be right, in thousandths of all. It may be lowered.
const MOST_RIGHT: usize = 80;
/// How much more it may be of those that are tried, where that isn't all of them.
const CHANCE: usize = 25;

/// What is done to a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Slip {
    Deleted,
    Doubled,
    Swapped,
    Misspelt,
}

const SLIPS: [Slip; 4] = [Slip::Deleted, Slip::Doubled, Slip::Swapped, Slip::Misspelt];

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// A word that begins some statement, or is fixed in one.
    Keyword,
    /// Any other word, with what its dots lead to.
    Name,
    String,
    Number,
    Comma,
    /// A brace, bracket or parenthesis.
    Bracket,
    Equals,
}

/// Mutants that are right: what may be left out, said otherwise, or in another order.
const RIGHT: &[(Slip, Kind, &str)] = &[
    (Slip::Deleted, Kind::Keyword, "an optional word"),
    (Slip::Deleted, Kind::Name, "an optional name"),
    (Slip::Deleted, Kind::String, "one string of several"),
    (Slip::Deleted, Kind::Number, "an optional number"),
    (Slip::Deleted, Kind::Comma, "a comma at the end of a line"),
    (Slip::Doubled, Kind::Keyword, "a name that is a word, too"),
    (Slip::Doubled, Kind::Name, "a name once more"),
    (
        Slip::Doubled,
        Kind::String,
        "one string of several once more",
    ),
    (Slip::Swapped, Kind::Keyword, "an order that means nothing"),
    (Slip::Swapped, Kind::Name, "an order that means nothing"),
    (Slip::Swapped, Kind::String, "one string for another"),
    (Slip::Swapped, Kind::Comma, "an order that means nothing"),
    (Slip::Misspelt, Kind::Keyword, "a key by the name of a word"),
    (Slip::Misspelt, Kind::Name, "another name"),
    (Slip::Misspelt, Kind::String, "another string"),
    (Slip::Misspelt, Kind::Number, "another number"),
];

struct Token {
    at: Range<usize>,
    kind: Kind,
}

/// The tokens of a text, but for its comments.
fn tokens(text: &str) -> Vec<Token> {
    let keywords: BTreeSet<_> = keywords();
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let rest = &text[at..];
        let (length, kind) = match byte {
            b'#' => {
                at += rest.find('\n').unwrap_or(rest.len());
                continue;
            }
            b'"' => (string_length(rest), Kind::String),
            b',' => (1, Kind::Comma),
            b'=' => (1, Kind::Equals),
            b'{' | b'}' | b'[' | b']' | b'(' | b')' => (1, Kind::Bracket),
            b'0'..=b'9' => (word_length(rest), Kind::Number),
            byte if byte.is_ascii_graphic() => {
                let length = word_length(rest).max(1);
                let is_keyword = keywords.contains(&rest[..length]);
                let kind = if is_keyword {
                    Kind::Keyword
                } else {
                    Kind::Name
                };
                (length, kind)
            }
            _ => {
                at += 1;
                continue;
            }
        };
        tokens.push(Token {
            at: at..at + length,
            kind,
        });
        at += length;
    }
    tokens
}

fn word_length(text: &str) -> usize {
    let ends = |c: char| c.is_whitespace() || "{}[](),=#\"".contains(c);
    text.find(ends).unwrap_or(text.len())
}

fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if c == '"' && !escaped {
            return at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    text.len()
}

fn keywords() -> BTreeSet<&'static str> {
    let mut words: BTreeSet<_> = keys::all().map(|row| row.word).collect();
    let parts = keys::all().flat_map(|row| fixed(row.parts));
    words.extend(parts);
    words
}

fn fixed(parts: &'static [keys::Part]) -> Vec<&'static str> {
    let mut words = Vec::new();
    for part in parts {
        match part {
            keys::Part::Word(word) => words.push(*word),
            keys::Part::Slot(..) | keys::Part::Many(..) => {}
            keys::Part::Maybe(parts) => words.extend(fixed(parts)),
            keys::Part::Either(ways) | keys::Part::Options(ways) => {
                words.extend(ways.iter().flat_map(|way| fixed(way)));
            }
        }
    }
    words
}

/// A token with two of its letters the wrong way round, or one less; another sign for a sign.
fn misspelt(token: &str) -> String {
    let sign = match token {
        "{" | "[" => Some("("),
        "}" | "]" => Some(")"),
        "(" => Some("["),
        ")" => Some("]"),
        "," => Some(";"),
        "=" => Some(":"),
        _ => None,
    };
    if let Some(sign) = sign {
        return sign.to_owned();
    }
    let mut letters: Vec<char> = token.chars().collect();
    let from = usize::from(token.starts_with('"'));
    let pairs = from..letters.len().saturating_sub(from + 1);
    match pairs.clone().find(|at| letters[*at] != letters[at + 1]) {
        Some(at) => letters.swap(at, at + 1),
        None => letters.insert(from, 'x'),
    }
    letters.into_iter().collect()
}

/// A text with a slip at one of its tokens, and where that is in it.
struct Mutant {
    text: String,
    slip: Slip,
    kind: Kind,
    /// The words that were there and that are there now.
    words: Vec<String>,
    /// The lines that are its place.
    lines: Vec<usize>,
}

fn line(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count()
}

/// The brace that belongs to the one at a place.
fn partner(tokens: &[Token], text: &str, index: usize) -> Option<usize> {
    let sign = |index: usize| &text[tokens[index].at.clone()];
    let mut open = Vec::new();
    for at in 0..tokens.len() {
        match sign(at) {
            "{" => open.push(at),
            "}" => {
                let first = open.pop()?;
                if first == index || at == index {
                    return Some(if at == index { first } else { at });
                }
            }
            _ => {}
        }
    }
    None
}

fn mutant(text: &str, tokens: &[Token], index: usize, slip: Slip) -> Option<Mutant> {
    let Token { at, kind } = &tokens[index];
    let token = &text[at.clone()];
    let mut words = vec![token.to_owned()];
    let (at, new) = match slip {
        Slip::Deleted => (at.clone(), String::new()),
        Slip::Doubled => (at.clone(), format!("{token} {token}")),
        Slip::Swapped => {
            let next = tokens.get(index + 1)?.at.clone();
            let other = &text[next.clone()];
            words.push(other.to_owned());
            let between = &text[at.end..next.start];
            (at.start..next.end, [other, between, token].concat())
        }
        Slip::Misspelt => (at.clone(), misspelt(token)),
    };
    if new == text[at.clone()] {
        return None;
    }
    words.push(new.clone());
    let mut lines = vec![line(text, at.start), line(text, at.end)];
    let moved = if slip == Slip::Swapped {
        index + 1
    } else {
        index
    };
    for index in [index, moved] {
        let other = partner(tokens, text, index);
        lines.extend(other.map(|other| line(text, tokens[other].at.start)));
    }
    Some(Mutant {
        text: [&text[..at.start], &new, &text[at.end..]].concat(),
        slip,
        kind: *kind,
        words,
        lines,
    })
}

/// Whether a complaint shows the place of a mutant, or names what stands or stood there.
fn is_there(mutant: &Mutant, found: &Diagnostic) -> bool {
    // An `allow` accepted what the token called for, or it was the one that read a secret.
    if matches!(found.code, Code::UnusedAllow | Code::UnreadSecret) {
        return true;
    }
    let labels = std::iter::once(&found.primary).chain(&found.secondary);
    let mut shown = labels.map(|label| line(&mutant.text, label.span.range().start));
    let is_beside = |shown: usize| mutant.lines.iter().any(|line| line.abs_diff(shown) <= 1);
    let words = mutant
        .words
        .iter()
        .flat_map(|word| word.split(['.', '"', '{', '}']));
    let mut words = words.filter(|word| !word.is_empty());
    shown.any(is_beside) || words.any(|word| found.message.contains(word))
}

/// Names of rules of the grammar that are no words of people's.
fn rules() -> Vec<String> {
    let grammar = read("grammar/todo.pest");
    let rules = grammar
        .lines()
        .filter_map(|line| line.split_once(" = ").or(line.split_once("= ")));
    let names = rules.map(|(name, _)| name.trim().to_owned());
    let is_jargon = |name: &String| {
        let plain = name.chars().all(|c| c.is_ascii_lowercase());
        !plain || ["oops", "junk", "patching"].contains(&name.as_str())
    };
    names
        .filter(|name| !name.contains(' ') && is_jargon(name))
        .collect()
}

#[expect(
    clippy::print_stdout,
    reason = "the distribution is for whoever reads the log"
)]
#[test]
fn each_slip_is_found_at_its_place_or_is_right() {
    let stride = if is_on("TODOC_ALL_MUTANTS") {
        1
    } else {
        STRIDE
    };
    let jargon = rules();
    assert!(jargon.len() > 10, "{jargon:?}");
    let mut failures = Vec::new();
    let mut right: BTreeMap<(Slip, &str), usize> = BTreeMap::new();
    let (mut all, mut number, mut counts) = (0, 0, Vec::new());
    for fixture in examples() {
        let text = &fixture.text;
        let tokens = tokens(text);
        let slips = (0..tokens.len()).flat_map(|index| SLIPS.map(|slip| (index, slip)));
        for (index, slip) in slips {
            number += 1;
            if number % stride != 0 {
                continue;
            }
            let Some(mutant) = mutant(text, &tokens, index, slip) else {
                continue;
            };
            all += 1;
            let found = check_all(&mutant.text, named(&mutant.text));
            let shown = || {
                format!(
                    "{}:{}: {slip:?} {:?}",
                    fixture.name,
                    mutant.lines[0] + 1,
                    mutant.words
                )
            };
            if found.is_empty() {
                let kind = RIGHT
                    .iter()
                    .find(|(slip, kind, _)| (*slip, *kind) == (mutant.slip, mutant.kind));
                match kind {
                    Some((slip, _, why)) => *right.entry((*slip, why)).or_default() += 1,
                    None => failures.push(format!("{}: nothing is found", shown())),
                }
                continue;
            }
            counts.push(found.len());
            if !found.iter().any(|found| is_there(&mutant, found)) {
                failures.push(format!("{}: elsewhere: {}", shown(), found[0].message));
            }
            for said in found
                .iter()
                .flat_map(|it| std::iter::once(&it.message).chain(&it.help))
            {
                let mut words = said.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                if words.any(|word| jargon.iter().any(|rule| rule == word)) {
                    failures.push(format!("{}: names a rule: {said}", shown()));
                }
            }
        }
    }
    counts.sort_unstable();
    let valid: usize = right.values().sum();
    println!("{all} mutants, of which {valid} are right:");
    for ((slip, why), count) in &right {
        println!("{count:6} {slip:?}: {why}");
    }
    println!(
        "diagnostics of the others: {} at the median, {} at 95 %, {} at the most",
        counts[counts.len() / 2],
        counts[counts.len() * 95 / 100],
        counts[counts.len() - 1]
    );
    report(&failures);
    let most = MOST_RIGHT + if stride == 1 { 0 } else { CHANCE };
    assert!(
        valid * 1000 <= all * most,
        "{valid} of {all} are right, which are more than {most} in a thousand"
    );
}
