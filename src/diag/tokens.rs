//! Credentials that their shape gives away.

use crate::catalog::credentials::{CredentialShape, Item, PLACEHOLDERS, SHAPES, is_of, items};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// A part of a text that looks like a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// What it looks like, with its article.
    pub noun: &'static str,
    /// Where it is, in bytes. Of a URL, the user and the password.
    pub range: Range<usize>,
    /// Whether browsers may have it.
    pub public: bool,
}

/// The least number of letters of each of the three parts of a JSON Web Token.
const LEAST_PART: usize = 10;
/// So much of a run is looked through before it is known to be a credential, in bytes.
const LONGEST: usize = 512;
/// How far back the beginning of a shape with a mark in it is looked for.
const FARTHEST_BACK: usize = 80;
/// The least number of letters and digits in a row that look like chance.
const LEAST_RANDOM: usize = 12;

/// The shapes by the first two bytes of their beginning.
static BY_PAIR: LazyLock<BTreeMap<u16, Vec<&'static CredentialShape>>> = LazyLock::new(|| {
    let mut table = BTreeMap::<_, Vec<_>>::new();
    for shape in SHAPES.iter().copied().flatten() {
        for pair in pairs(shape.start) {
            let shapes = table.entry(u16::from_be_bytes(pair)).or_default();
            shapes.push(shape);
        }
    }
    table
});

/// What begins a shape.
pub(super) struct Beginnings {
    /// Where a word begins, and within one.
    pairs: [Pairs; 2],
    /// What begins none: blanks where no word goes on, and nearly all letters and digits within one.
    passed: [[bool; 256]; 2],
}

static BEGINNINGS: LazyLock<Beginnings> = LazyLock::new(|| {
    let shapes = || SHAPES.iter().copied().flatten();
    let within = shapes().filter(|it| !it.before.is_empty() || !is_word(it));
    let all = shapes().map(|it| it.start).chain([WEB_TOKEN]);
    let [all, within] = [Pairs::of(all), Pairs::of(within.map(|it| it.start))];
    let mut passed = [[false; 256]; 2];
    for byte in 0..=u8::MAX {
        let at = usize::from(byte);
        passed[0][at] = byte.is_ascii_whitespace() && !all.has_first(byte);
        passed[1][at] = byte.is_ascii_alphanumeric() && !within.has_first(byte);
    }
    Beginnings {
        pairs: [all, within],
        passed,
    }
});

impl Beginnings {
    pub(super) fn all() -> &'static Beginnings {
        &BEGINNINGS
    }

    /// Whether a shape may begin at a byte, or have its mark there: nearly none does.
    pub(super) fn has(&self, bytes: &[u8], at: usize) -> bool {
        let goes_on = at > 0 && bytes[at - 1].is_ascii_alphanumeric();
        let next = bytes.get(at + 1);
        next.is_some_and(|next| self.pairs[usize::from(goes_on)].has([bytes[at], *next]))
    }

    /// The next byte behind one that has to be looked at.
    pub(super) fn next(&self, bytes: &[u8], at: usize) -> usize {
        let behind = bytes.get(at + 1..).unwrap_or_default();
        let passed = &self.passed[usize::from(bytes[at].is_ascii_alphanumeric())];
        let mut behind = behind.iter();
        behind
            .position(|byte| !passed[usize::from(*byte)])
            .map_or(bytes.len(), |passed| at + 1 + passed)
    }
}

/// Pairs of bytes, the second of them being a bit of one of four words: nearly none begins a shape, and every byte of
/// a text is looked at.
struct Pairs(Vec<[u64; 4]>);

impl Pairs {
    /// The pairs that texts begin with.
    fn of<'t>(starts: impl Iterator<Item = &'t str>) -> Pairs {
        let mut table = vec![[0; 4]; 256];
        for [first, second] in starts.flat_map(pairs) {
            table[usize::from(first)][usize::from(second >> 6)] |= 1 << (second & 63);
        }
        Pairs(table)
    }

    fn has_first(&self, first: u8) -> bool {
        self.0[usize::from(first)] != [0; 4]
    }

    fn has(&self, [first, second]: [u8; 2]) -> bool {
        self.0[usize::from(first)][usize::from(second >> 6)] & (1 << (second & 63)) != 0
    }
}

/// The first two bytes of what begins so.
fn pairs(start: &str) -> impl Iterator<Item = [u8; 2]> {
    let mut bytes = start.bytes();
    let (first, second) = (bytes.next(), bytes.next());
    let seconds = second.map_or(0..=u8::MAX, |second| second..=second);
    first
        .into_iter()
        .flat_map(move |first| seconds.clone().map(move |second| [first, second]))
}

/// What a JSON Web Token begins with: `{"` in base64.
const WEB_TOKEN: &str = "eyJ";

/// One that isn't for browsers.
pub(super) fn secret(noun: &'static str, range: Range<usize>) -> Credential {
    Credential {
        noun,
        range,
        public: false,
    }
}

/// Whether a text isn't one that stands for a credential, as in `sk-your-key`.
pub(super) fn is_real(text: &str) -> bool {
    let lower = text.to_lowercase();
    let first = lower.chars().next();
    let is_one_character = lower.len() > 3 && lower.chars().all(|c| Some(c) == first);
    !is_one_character && !PLACEHOLDERS.iter().any(|it| lower.contains(it))
}

/// Whether letters and digits follow each other as by chance: words and versions of a name don't.
pub(super) fn is_random(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric()).any(|run| {
        let bytes = run.as_bytes();
        let is_other = |pair: &&[u8]| pair[0].is_ascii_digit() != pair[1].is_ascii_digit();
        let changes = bytes.windows(2).filter(is_other).count();
        bytes.len() >= LEAST_RANDOM && changes >= 3 || bytes.len() >= 20 && changes >= 2
    })
}

/// The credential of a shape that begins at a byte, or has its mark there.
pub(super) fn at(text: &str, at: usize) -> Option<Credential> {
    let bytes = text.as_bytes();
    if !BEGINNINGS.has(bytes, at) {
        return None;
    }
    let goes_on = at > 0 && bytes[at - 1].is_ascii_alphanumeric();
    shaped(text, at, before(bytes, at)).or_else(|| web_token(bytes, at, goes_on))
}

/// The credential behind a flag of one letter that begins at a byte, as in `mysql -psk_live_…`.
pub(super) fn behind_flag(text: &str, at: usize) -> Option<Credential> {
    let bytes = text.as_bytes();
    let is_first = at
        .checked_sub(1)
        .is_none_or(|at| !bytes[at].is_ascii_alphanumeric() && !b"-_".contains(&bytes[at]));
    let is_flag = is_first && bytes.get(at + 1)?.is_ascii_alphabetic();
    is_flag.then(|| shaped(text, at + 2, None)).flatten()
}

/// The byte in front of another that a word may go on from: a dash or an underscore joins what stands before it
/// to a word, if that is one.
fn before(bytes: &[u8], at: usize) -> Option<u8> {
    let before = bytes[at.checked_sub(1)?];
    let farther = at.checked_sub(2).map(|at| bytes[at]);
    let joins = farther.is_some_and(|it| it.is_ascii_alphanumeric());
    (joins || !b"-_".contains(&before)).then_some(before)
}

/// The credential of a shape that begins at a byte, or has its mark there, behind another.
fn shaped(text: &str, at: usize, before: Option<u8>) -> Option<Credential> {
    let bytes = text.as_bytes();
    let pair = u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?);
    let shapes = BY_PAIR.get(&pair).into_iter().flatten();
    let third = bytes.get(at + 2);
    let found = shapes.filter(|shape| {
        let start = shape.start.as_bytes();
        // Most differ there.
        start.get(2).is_none_or(|it| Some(it) == third) && bytes[at..].starts_with(start)
    });
    let mut found = found.filter_map(|shape| {
        let from = match shape.before {
            "" if begins_word(shape, before) => at,
            "" => return None,
            pattern => at - back(&bytes[at.saturating_sub(FARTHEST_BACK)..at], pattern)?,
        };
        let body = at + shape.start.len();
        let end = body + forth(&bytes[body..], shape.body)?;
        let is_one =
            is_real(text.get(from..end)?) && (!shape.is_weak || is_random(text.get(body..end)?));
        is_one.then(|| Credential {
            noun: shape.noun,
            range: from..end + rest(&bytes[end..], shape.body),
            public: shape.public,
        })
    });
    found.next()
}

/// Whether a shape begins as words do.
fn is_word(shape: &CredentialShape) -> bool {
    shape.start.starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// Whether no word goes on where a shape would begin.
fn begins_word(shape: &CredentialShape, before: Option<u8>) -> bool {
    let is_plain = shape.start.bytes().all(|byte| byte.is_ascii_alphanumeric());
    before.is_none_or(|before| {
        let is_joint = b"-_".contains(&before) && (is_plain || shape.is_weak);
        !is_word(shape) || !(before.is_ascii_alphanumeric() || is_joint)
    })
}

/// How many bytes fit a pattern; of its last run, as many as there are.
fn forth(bytes: &[u8], pattern: &str) -> Option<usize> {
    let mut end = 0;
    let mut all = items(pattern).peekable();
    while let Some(item) = all.next() {
        match item {
            Item::Text(text) => {
                bytes[end..].starts_with(text.as_bytes()).then_some(())?;
                end += text.len();
            }
            Item::Run { kind, least } => {
                // Before a part of the same kind, such as `-`, there is as much as there must be.
                let stop = match all.peek() {
                    Some(Item::Text(text)) => text.as_bytes().first().copied(),
                    Some(Item::Run { .. }) | None => None,
                };
                let takes = |byte: &&u8| is_of(kind, **byte) && Some(**byte) != stop;
                let most = match all.peek() {
                    Some(Item::Run { .. }) => least,
                    Some(Item::Text(_)) | None => LONGEST,
                };
                let length = bytes[end..].iter().take(most).take_while(takes).count();
                (length >= least).then_some(())?;
                end += length;
            }
        }
    }
    Some(end)
}

/// How far the last run of a pattern goes on.
fn rest(bytes: &[u8], pattern: &str) -> usize {
    match items(pattern).next_back() {
        Some(Item::Run { kind, .. }) => bytes.iter().take_while(|byte| is_of(kind, **byte)).count(),
        Some(Item::Text(_)) | None => 0,
    }
}

/// How many bytes at an end fit a pattern, which nothing of the kind is in front of.
fn back(bytes: &[u8], pattern: &str) -> Option<usize> {
    let mut start = bytes.len();
    for item in items(pattern).rev() {
        match item {
            Item::Text(text) => {
                bytes[..start].ends_with(text.as_bytes()).then_some(())?;
                start -= text.len();
            }
            Item::Run { kind, least } => {
                let run = bytes[..start].iter().rev().take(least);
                let length = run.take_while(|byte| is_of(kind, **byte)).count();
                (length == least).then_some(())?;
                start -= length;
            }
        }
    }
    Some(bytes.len() - start)
}

/// A JSON Web Token: two objects in base64, of which the first begins with `{"`, and a signature.
fn web_token(bytes: &[u8], at: usize, goes_on: bool) -> Option<Credential> {
    let rest = &bytes[at..];
    (rest.starts_with(WEB_TOKEN.as_bytes()) && !goes_on).then_some(())?;
    let mut end = 0;
    for part in 0..3 {
        if part > 0 {
            end += (rest.get(end) == Some(&b'.')).then_some(1)?;
        }
        let letters = rest[end..].iter().take_while(|byte| is_of(b'w', **byte));
        let length = letters.count();
        (length >= LEAST_PART).then_some(())?;
        end += length;
    }
    Some(secret("a JSON Web Token", at..at + end))
}
