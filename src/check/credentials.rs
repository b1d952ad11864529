//! Text that looks like a credential, wherever it stands: in the source, and in files beside it.

use std::ops::Range;

use super::findings::Findings;
use super::scope::Scope;
use crate::catalog::credentials::SHAPES;
use crate::diag::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// Most characters of a user and a password in a URL that are looked through.
const LONGEST_USER: usize = 300;
/// The least number of characters of each of the three parts of a JSON Web Token.
const LEAST_PART: usize = 10;

/// A part of a text that looks like a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Credential {
    range: Range<usize>,
    noun: &'static str,
    /// Whether browsers may have it.
    public: bool,
}

/// The places of credentials in the source.
pub(super) fn check(scope: &Scope<'_>, found: &mut Findings) -> Vec<Span> {
    let file = scope.file;
    let builds = file.tiers.iter().filter_map(|tier| tier.build.as_ref());
    let arguments = builds.flat_map(|build| &build.arguments);
    let arguments: Vec<Span> = arguments
        .filter_map(|argument| Some(argument.value.as_ref()?.span))
        .collect();
    let mut places = Vec::new();
    for credential in credentials(&file.uncommented) {
        let place = Span::new(FileId(0), credential.range);
        if credential.public && arguments.iter().any(|span| span.contains(place)) {
            continue;
        }
        places.push(place);
        let message = format!("this looks like {}", credential.noun);
        found.push(
            Diagnostic::new(Code::Credential, place, message)
                .help("declare it, as in `secret API_KEY from env`, and let containers read it by name")
                .help("get a new one: whoever has this file has it")
                .mask(place),
        );
    }
    for path in file.files() {
        let text = match scope.files.get(&path.value) {
            Some(Ok(bytes)) => std::str::from_utf8(bytes).unwrap_or_default(),
            Some(Err(_)) | None => "",
        };
        if let Some(credential) = credentials(text).first() {
            let line = text[..credential.range.start].matches('\n').count() + 1;
            let message = format!(
                "line {line} of `{}` looks like {}",
                path.value, credential.noun
            );
            found.push(
                Diagnostic::new(Code::Credential, path.span, message)
                    .help("keep it out of the file, and let what reads it take a variable: `secret API_KEY from env`"),
            );
        }
    }
    places
}

/// What of a text looks like a credential, by place.
fn credentials(text: &str) -> Vec<Credential> {
    let mut all = Vec::new();
    for shape in SHAPES {
        for (start, _) in text.match_indices(shape.start) {
            let behind = start + shape.start.len();
            let end = behind + run(&text[behind..], shape.others);
            if begins_word(text, start) && end - behind >= shape.least && is_real(&text[start..end])
            {
                all.push(Credential {
                    range: start..end,
                    noun: shape.noun,
                    public: shape.public,
                });
            }
        }
    }
    let mut add = |range: Range<usize>, noun| {
        all.push(Credential {
            range,
            noun,
            public: false,
        });
    };
    for (start, _) in text.match_indices("eyJ") {
        if let Some(length) = token(&text[start..]).filter(|_| begins_word(text, start)) {
            add(start..start + length, "a JSON Web Token");
        }
    }
    for (start, begin) in text.match_indices("-----BEGIN ") {
        let rest = &text[start + begin.len()..];
        let line = rest.split(['\n', '\\']).next().unwrap_or_default();
        if line.contains("PRIVATE KEY-----") {
            let end = rest.find("-----END ").map_or(line.len(), |end| {
                let line = rest[end..].find(['\n', '"', '\\']);
                end + line.unwrap_or(rest.len() - end)
            });
            add(start..start + begin.len() + end, "a private key");
        }
    }
    for (at, before) in text.match_indices("://") {
        let start = at + before.len();
        if let Some(length) = user(&text[start..]) {
            add(start..start + length, "a user and a password");
        }
    }
    all.sort_by_key(|credential| (credential.range.start, credential.range.end));
    // What lies within another one is part of it.
    let mut end = 0;
    all.retain(|credential| {
        let apart = credential.range.start >= end;
        end = end.max(credential.range.end);
        apart
    });
    all
}

/// Whether no word goes on at a place.
fn begins_word(text: &str, at: usize) -> bool {
    !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || "-_".contains(c))
}

/// The length of the letters, digits and `others` that a text begins with.
fn run(text: &str, others: &str) -> usize {
    text.find(|c: char| !(c.is_ascii_alphanumeric() || others.contains(c)))
        .unwrap_or(text.len())
}

/// Whether a text isn't one that stands for a credential, as in `sk-your-key`.
fn is_real(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    !lower.contains("your") && !lower.contains("xxxx")
}

/// The length of the JSON Web Token that a text begins with.
fn token(text: &str) -> Option<usize> {
    let mut end = 0;
    for part in 0..3 {
        if part > 0 {
            end += text[end..].starts_with('.').then_some(1)?;
        }
        let length = run(&text[end..], "-_");
        (length >= LEAST_PART).then_some(())?;
        end += length;
    }
    Some(end)
}

/// The length of `USER:PASSWORD` in a URL, behind its `://`.
fn user(text: &str) -> Option<usize> {
    let ends = |c: char| c.is_whitespace() || c.is_control() || "/\"'`<>?#@\\".contains(c);
    let mut chars = text.char_indices().take(LONGEST_USER);
    let (end, _) = chars.find(|(_, c)| ends(*c)).filter(|(_, c)| *c == '@')?;
    let (_, password) = text[..end].split_once(':')?;
    let stands_for_one = password.starts_with(['$', '{', '%', '*', '…', '•']);
    (!password.is_empty() && !stands_for_one && is_real(password)).then_some(end)
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
                "-----BEGIN PRIVATE KEY-----",
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
