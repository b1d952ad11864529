//! Text that looks like a credential: it is masked wherever text is printed, be it part of what is
//! wrong or not.

use crate::catalog::credentials::SHAPES;
use std::ops::Range;

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

/// Most bytes of a user and a password in a URL that are looked through.
const LONGEST_USER: usize = 300;
/// The least number of letters of each of the three parts of a JSON Web Token.
const LEAST_PART: usize = 10;
/// The most bytes between the beginning of a key in PEM and the end of its first line.
const LONGEST_HEAD: usize = 60;
/// So many characters of base64 in a row are a line of a key, whatever is around them.
const LONG_RUN: usize = 24;

/// What in a text looks like a credential, in order and apart; in time linear in its length.
#[must_use]
pub fn credentials(text: &str) -> Vec<Credential> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    // Most bytes begin nothing.
    let mut begins = [false; 256];
    let starts = SHAPES.iter().map(|shape| shape.start.as_bytes());
    for first in starts.chain([&b"-"[..], b":", b"e"]) {
        begins[usize::from(first[0])] = true;
    }
    while at < bytes.len() {
        if !begins[usize::from(bytes[at])] {
            at += 1;
            continue;
        }
        // Whether no word goes on here.
        let begins_word = at == 0 || !is_letter(bytes[at - 1], "-_");
        let here = match bytes[at] {
            b'-' => private_key(text, at),
            b':' => user(&text[at..]),
            _ if begins_word => token(&bytes[at..]).or_else(|| prefixed(&text[at..])),
            _ => None,
        };
        match here {
            Some(credential) => {
                let Range { start, end } = credential.range;
                found.push(Credential {
                    range: at + start..at + end,
                    ..credential
                });
                at += end;
            }
            None => at += 1,
        }
    }
    found
}

fn secret(noun: &'static str, range: Range<usize>) -> Credential {
    Credential {
        noun,
        range,
        public: false,
    }
}

fn is_letter(byte: u8, others: &str) -> bool {
    byte.is_ascii_alphanumeric() || others.as_bytes().contains(&byte)
}

/// How many letters, digits and `others` stand from a byte on.
fn run(bytes: &[u8], from: usize, others: &str) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let letters = rest.iter().take_while(|byte| is_letter(**byte, others));
    letters.count()
}

/// Whether a text isn't one that stands for a credential, as in `sk-your-key`.
fn is_real(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    !lower.contains("your") && !lower.contains("xxxx")
}

/// One that begins as its issuer has it.
fn prefixed(rest: &str) -> Option<Credential> {
    let shape = SHAPES.iter().find(|shape| rest.starts_with(shape.start))?;
    let length = run(rest.as_bytes(), shape.start.len(), shape.others);
    let range = 0..shape.start.len() + length;
    let is_one = length >= shape.least && is_real(&rest[range.clone()]);
    is_one.then_some(Credential {
        noun: shape.noun,
        range,
        public: shape.public,
    })
}

/// A JSON Web Token: two objects in base64, of which the first begins with `{"`, and a signature.
fn token(rest: &[u8]) -> Option<Credential> {
    rest.starts_with(b"eyJ").then_some(())?;
    let mut end = 0;
    for part in 0..3 {
        if part > 0 {
            end += (rest.get(end) == Some(&b'.')).then_some(1)?;
        }
        let length = run(rest, end, "-_");
        (length >= LEAST_PART).then_some(())?;
        end += length;
    }
    Some(secret("a JSON Web Token", 0..end))
}

/// A private key in PEM, with its end or without: to the end of its string, or of the last line that
/// may be one of it.
fn private_key(text: &str, at: usize) -> Option<Credential> {
    let rest = &text[at..];
    let head = rest.strip_prefix("-----BEGIN ")?;
    let head = head.split('\n').next().unwrap_or_default();
    let (name, _) = head.split_once("PRIVATE KEY")?;
    (name.len() < LONGEST_HEAD).then_some(())?;
    let first = rest.split('\n').next().unwrap_or_default();
    let mut end = first.find('"').unwrap_or(first.trim_end().len());
    if let Some(last) = rest[..end].find("-----END ") {
        end = last + end_of_key(&rest[last..end]);
        return Some(secret("a private key", 0..end));
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
    Some(secret("a private key", 0..end))
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
    let bare = line.trim_matches(|c: char| !is_base64(c));
    let runs = line.split(|c| !is_base64(c));
    HEADS.iter().any(|head| bare.starts_with(head))
        || !bare.is_empty() && bare.chars().all(is_base64)
        || runs.map(str::len).any(|length| length >= LONG_RUN)
}

/// What stands between `://` and `@` in a URL, if a password is in it.
fn user(rest: &str) -> Option<Credential> {
    const BEFORE: usize = "://".len();
    let authority = rest.strip_prefix("://")?;
    let ends = |c: char| c.is_whitespace() || c.is_control() || "/\"'`<>?#@\\".contains(c);
    let mut chars = authority.char_indices().take(LONGEST_USER);
    let (end, _) = chars.find(|(_, c)| ends(*c)).filter(|(_, c)| *c == '@')?;
    let (_, password) = authority[..end].split_once(':')?;
    let stands_for_one = password.starts_with(['$', '{', '%', '*', '…', '•']);
    let is_one = !password.is_empty() && !stands_for_one && is_real(password);
    is_one.then(|| secret("a user and a password", BEFORE..BEFORE + end))
}

#[cfg(test)]
mod tests {
    use super::credentials;

    fn found(text: &str) -> Vec<&str> {
        let all = credentials(text);
        all.iter().map(|it| &text[it.range.clone()]).collect()
    }

    #[test]
    fn credentials_are_found_whole() {
        for (text, credential) in [
            ("\"sk-abcdefghijklmnopqrst\"", "sk-abcdefghijklmnopqrst"),
            (
                "=sk-proj-a1_b2c3d4e5f6g7h8i9j0,",
                "sk-proj-a1_b2c3d4e5f6g7h8i9j0",
            ),
            ("AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE"),
            (
                "x ghp_0123456789abcdefghijABCDEFGHIJ012345;",
                "ghp_0123456789abcdefghijABCDEFGHIJ012345",
            ),
            (
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl-_x y",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl-_x",
            ),
            (
                "a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nb",
                "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
            ),
            (
                "\"-----BEGIN PRIVATE KEY-----\\nMIIE\"",
                "-----BEGIN PRIVATE KEY-----\\nMIIE",
            ),
            (
                "A = -----BEGIN RSA PRIVATE KEY-----\nDEK-Info: AES,0\n\n  MIIE\n  QUJD==,\ntier web {",
                "-----BEGIN RSA PRIVATE KEY-----\nDEK-Info: AES,0\n\n  MIIE\n  QUJD==",
            ),
            (
                "['-----BEGIN PGP PRIVATE KEY BLOCK-----',\n 'lQOYBF']",
                "-----BEGIN PGP PRIVATE KEY BLOCK-----',\n 'lQOYBF",
            ),
            ("postgresql://me:p@db/app", "me:p"),
            ("redis://:hunter2@cache:6379", ":hunter2"),
        ] {
            assert_eq!(found(text), [credential], "{text}");
        }
    }

    #[test]
    fn what_is_none_is_left_alone() {
        for text in [
            "sk-",
            "sk-abcdefghijklmnopqrs",
            "task-abcdefghijklmnopqrstuvwxyz",
            "sk-your-own-key-goes-here-please",
            "pk_live_abcdefghijklmnopqrstuvwxyz",
            "AKIA0123",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIi",
            "-----BEGIN CERTIFICATE-----",
            "https://example.com:8080/a@b",
            "postgresql://me@db/app",
            "postgresql://me:$(PASSWORD)@db/app",
            "postgresql://me:${PASSWORD}@db/app",
            "postgresql://USER:<password>@db/app",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
