//! Text that looks like a credential: it is masked wherever text is printed, be it part of what is
//! wrong or not.
//!
//! Lengths and letters are those that the makers give; public keys, such as `pk_…` or `AIza…`, are
//! meant to be seen.

use std::ops::Range;

/// A part of a text that looks like a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// What it looks like, with its article.
    pub noun: &'static str,
    /// Where it is, in bytes. Of a URL, the password alone.
    pub range: Range<usize>,
}

/// A credential that begins with a fixed text.
struct Shape {
    noun: &'static str,
    prefix: &'static str,
    /// How many letters follow it, at the least.
    least: usize,
    letters: fn(u8) -> bool,
}

const fn shape(
    noun: &'static str,
    prefix: &'static str,
    least: usize,
    letters: fn(u8) -> bool,
) -> Shape {
    Shape {
        noun,
        prefix,
        least,
        letters,
    }
}

const SHAPES: &[Shape] = &[
    shape("an API key", "sk-", 20, is_url_safe),
    shape("a secret key of Stripe", "sk_live_", 20, is_plain),
    shape("a secret key of Stripe", "rk_live_", 20, is_plain),
    shape("an access key of AWS", "AKIA", 16, is_upper),
    shape("an access key of AWS", "ASIA", 16, is_upper),
    shape("a token of GitHub", "ghp_", 36, is_plain),
    shape("a token of GitHub", "gho_", 36, is_plain),
    shape("a token of GitHub", "ghs_", 36, is_plain),
    shape("a token of GitHub", "ghu_", 36, is_plain),
    shape("a token of GitHub", "ghr_", 36, is_plain),
    shape("a token of GitHub", "github_pat_", 22, is_url_safe),
    shape("a token of GitLab", "glpat-", 20, is_url_safe),
    shape("a token of Slack", "xoxb-", 20, is_url_safe),
    shape("a token of Slack", "xoxp-", 20, is_url_safe),
];

fn is_upper(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

/// A letter of base64 as it stands in URLs.
fn is_url_safe(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

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
    let prefixes = SHAPES.iter().map(|shape| shape.prefix.as_bytes());
    for first in prefixes.chain([&b"-"[..], b":", b"e"]) {
        begins[usize::from(first[0])] = true;
    }
    while at < bytes.len() {
        let first = bytes[at];
        if !begins[usize::from(first)] {
            at += 1;
            continue;
        }
        let rest = &bytes[at..];
        let is_start = at == 0 || !is_url_safe(bytes[at - 1]);
        let here = match first {
            b'-' => private_key(text, at, &mut may_end),
            b':' => password(rest).map(|it| ("a password", it.start, it.end)),
            b'e' if is_start => token(rest),
            _ if is_start => prefixed(rest),
            _ => None,
        };
        match here {
            Some((noun, start, end)) => {
                found.push(Credential {
                    noun,
                    range: at + start..at + end,
                });
                at += end;
            }
            None => at += 1,
        }
    }
    found
}

/// What it looks like, and from where to where it is.
type Found = (&'static str, usize, usize);

/// How many bytes from `from` on are letters.
fn run(bytes: &[u8], from: usize, letters: fn(u8) -> bool) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    rest.iter().take_while(|byte| letters(**byte)).count()
}

fn prefixed(rest: &[u8]) -> Option<Found> {
    let shape = SHAPES
        .iter()
        .find(|shape| rest.starts_with(shape.prefix.as_bytes()))?;
    let length = run(rest, shape.prefix.len(), shape.letters);
    (length >= shape.least).then(|| (shape.noun, 0, shape.prefix.len() + length))
}

/// A JSON Web Token: two objects in base64, which begin with `{"`, and a signature.
fn token(rest: &[u8]) -> Option<Found> {
    const LEAST: usize = 10;
    let head = rest
        .starts_with(b"eyJ")
        .then(|| run(rest, 0, is_url_safe))?;
    let body = head + 1;
    let is_body = rest.get(head) == Some(&b'.') && rest[body..].starts_with(b"eyJ");
    let end = body + is_body.then(|| run(rest, body, is_url_safe))?;
    let signature = (rest.get(end) == Some(&b'.')).then(|| run(rest, end + 1, is_url_safe))?;
    (head >= LEAST && signature >= LEAST).then(|| ("a JSON Web Token", 0, end + 1 + signature))
}

/// A private key in PEM: to its end, or to that of its line.
fn private_key(text: &str, at: usize, may_end: &mut bool) -> Option<Found> {
    const MOST_HEAD: usize = 60;
    let rest = &text[at..];
    let head = rest.strip_prefix("-----BEGIN ")?;
    let head = head.split('\n').next().unwrap_or_default();
    let names = head.match_indices("PRIVATE KEY-----");
    names.map(|(at, _)| at).find(|at| *at < MOST_HEAD)?;
    let end = may_end.then(|| rest.find("-----END ")).flatten();
    *may_end = end.is_some();
    let from = end.unwrap_or(0);
    let tail = &rest[from..];
    // In a string, the quote ends it; the dashes behind it are no secret.
    let length = tail.find(['\n', '"']).unwrap_or(tail.len());
    Some(("a private key", 0, from + length))
}

/// The password in a URL: what stands between `://user:` and `@`.
fn password(rest: &[u8]) -> Option<Range<usize>> {
    const MOST: usize = 256;
    let authority = rest.strip_prefix(b"://")?;
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b"/?#\"'@".contains(byte);
    let length = authority.iter().take(MOST).position(ends)?;
    let colon = authority[..length].iter().position(|byte| *byte == b':')?;
    let is_password = authority.get(length) == Some(&b'@') && colon + 1 < length;
    is_password.then_some(colon + 4..length + 3)
}

#[cfg(test)]
mod tests {
    use super::credentials;

    fn found(text: &str) -> Vec<&str> {
        let found = credentials(text).into_iter();
        found.map(|it| &text[it.range]).collect()
    }

    #[test]
    fn credentials_are_found_whole() {
        let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w";
        let pem = "-----BEGIN RSA PRIVATE KEY-----\\nMIIE\\n-----END RSA PRIVATE KEY-----";
        let ghp = format!("ghp_{}", "a1".repeat(18));
        for key in [
            "sk-proj-abcdefghijklmnopqrst",
            "AKIAIOSFODNN7EXAMPLE",
            jwt,
            pem,
            &ghp,
        ] {
            assert_eq!(found(key), [key]);
            assert_eq!(
                found(&format!("K = \"{key}\" # {key}")),
                [key, key],
                "{key}"
            );
        }
        assert_eq!(found("postgres://u:p%40ss@db:5432/x"), ["p%40ss"]);
        let lines = "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\nx";
        assert_eq!(found(lines), [&lines[..lines.len() - 2]]);
        assert_eq!(
            found("-----BEGIN PRIVATE KEY-----\nMII"),
            ["-----BEGIN PRIVATE KEY-----"]
        );
    }

    #[test]
    fn what_only_begins_like_one_is_none() {
        for text in [
            "disk-abcdefghijklmnopqrstuvwxyz",
            "sk-short",
            "AKIAIOSFODNN7EXAMPL",
            "ghp_tooshort",
            "eyJhbGciOiJIUzI1NiJ9",
            "pk_live_abcdefghijklmnopqrstuvwx",
            "AIzaSyA-abcdefghijklmnopqrstuvwxyz01234",
            "http://host:8080/x@y",
            "http://user@host",
            "http://user:@host",
            "-----BEGIN CERTIFICATE-----",
            "é://é:é",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn long_texts_end_in_time() {
        for part in [
            "-----BEGIN PRIVATE KEY-----\n",
            "eyJ",
            "sk-",
            "://a:",
            "eyJ.eyJ.",
        ] {
            assert!(credentials(&part.repeat(30_000)).len() <= 30_000);
        }
    }
}
