//! Private keys in PEM, and as PuTTY writes them.

use super::logins::first_bytes;
use super::tokens::{Credential, secret};

/// What a private key in PEM begins with, in front of a blank.
pub(super) const KEY_HEAD: &str = "-----BEGIN";
/// The most bytes of the name of a key, as its first line has it.
const LONGEST_HEAD: usize = 70;
/// So many characters of base64 in a row are a line of a key, whatever is around them.
const LONG_RUN: usize = 24;

/// A private key in PEM, with its end or without: to the end of its string, or of the last line that
/// may be one of it.
pub(super) fn private_key(text: &str, at: usize) -> Option<Credential> {
    let rest = &text[at..];
    let head = rest.strip_prefix(KEY_HEAD)?.strip_prefix(' ')?;
    let head = first_bytes(head, LONGEST_HEAD).split('\n').next()?;
    head.contains("PRIVATE KEY").then_some(())?;
    let first = rest.split('\n').next().unwrap_or_default();
    let mut end = first.find('"').unwrap_or(first.trim_end().len());
    if let Some(last) = rest[..end].find("-----END ") {
        end = last + end_of_key(&rest[last..end]);
        return Some(secret("a private key", at..at + end));
    }
    let mut from = (first.len() + 1).min(rest.len());
    for line in rest[from..].split_inclusive('\n') {
        if let Some(last) = line.find("-----END ") {
            end = from + last + end_of_key(&line[last..]);
            break;
        }
        let bare = line.trim();
        if !bare.is_empty() {
            if !is_of_key(bare) {
                break;
            }
            end = from + line.trim_end_matches(|c: char| !is_base64(c)).len();
        }
        from += line.len();
    }
    Some(secret("a private key", at..at + end))
}

/// How a key of PuTTY's begins.
const PUTTY: &str = "PuTTY-User-Key-File-";

/// The private keys of PuTTY's in a text: to their last line that is there.
pub(super) fn putty_keys(text: &str) -> impl Iterator<Item = Credential> + '_ {
    let all = text.match_indices(PUTTY);
    let mut seen = 0;
    all.filter_map(move |(at, _)| {
        (at >= seen).then_some(())?;
        let (mut end, mut from) = (at, at);
        let mut is_private = false;
        for line in text[at..].split_inclusive('\n') {
            let bare = line.trim();
            if from > at && !is_of_putty(bare) {
                break;
            }
            end = from + line.trim_end_matches(|c: char| !is_base64(c)).len();
            from += line.len();
            seen = from;
            is_private |= bare.contains("Private-Lines:");
            if bare.contains("Private-MAC:") {
                break;
            }
        }
        is_private.then(|| secret("a private key", at..end))
    })
}

/// Whether a line may be one of a key of PuTTY's, behind its first.
fn is_of_putty(line: &str) -> bool {
    const HEADS: [&str; 7] = [
        "Encryption:",
        "Comment:",
        "Public-Lines:",
        "Private-Lines:",
        "Private-MAC:",
        "Key-Derivation:",
        "Argon2-",
    ];
    is_head_or_base64(line, &HEADS)
}

/// Whether a line begins with one of these heads, or is base64 with at most quotes and commas around it.
fn is_head_or_base64(line: &str, heads: &[&str]) -> bool {
    let bare = line.trim_matches(|c: char| !is_base64(c));
    heads.iter().any(|head| bare.starts_with(head))
        || !bare.is_empty() && bare.chars().all(is_base64)
}

/// How much of a text is the last line of a key in PEM, which it begins with.
fn end_of_key(text: &str) -> usize {
    let is_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || " -".contains(c);
    text.find(|c| !is_name(c)).unwrap_or(text.len())
}

fn is_base64(c: char) -> bool {
    c.is_ascii_alphanumeric() || "+/=".contains(c)
}

/// Whether a line may be one of a key in PEM: a head such as `DEK-Info: …`, or base64 with at most
/// quotes and commas around it.
fn is_of_key(line: &str) -> bool {
    const HEADS: [&str; 5] = [
        "Proc-Type:",
        "DEK-Info:",
        "Version:",
        "Comment:",
        "Charset:",
    ];
    let mut runs = line.split(|c| !is_base64(c));
    is_head_or_base64(line, &HEADS) || runs.any(|run| run.len() >= LONG_RUN)
}
