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

/// What in a text looks like a credential, in order and apart; in time linear in its length.
#[must_use]
pub fn credentials(text: &str) -> Vec<Credential> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    // Whether an end of a key may still follow: once there is none, none is looked for again.
    let mut may_end = true;
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
            b'-' => private_key(text, at, &mut may_end),
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

/// A private key in PEM: to its end, or to that of its string or line.
fn private_key(text: &str, at: usize, may_end: &mut bool) -> Option<Credential> {
    let rest = &text[at..];
    let head = rest.strip_prefix("-----BEGIN ")?;
    let head = head.split('\n').next().unwrap_or_default();
    let (name, _) = head.split_once("PRIVATE KEY-----")?;
    (name.len() < LONGEST_HEAD).then_some(())?;
    let end = may_end.then(|| rest.find("-----END ")).flatten();
    *may_end = end.is_some();
    let from = end.unwrap_or(0);
    let tail = &rest[from..];
    let stops: &[char] = match end {
        Some(_) => &['\n', '"', '\\'],
        None => &['\n', '"'],
    };
    let length = tail.find(stops).unwrap_or(tail.len());
    Some(secret("a private key", 0..from + length))
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
