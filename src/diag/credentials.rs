//! Text that looks like a credential: it is masked wherever text is printed, be it part of what is
//! wrong or not. A text is looked at as it stands, and as what its escapes, its percent-encoding and
//! long runs of base64 and of hexadecimal digits stand for.

use super::escapes::decoded;
use super::logins;
use super::pem::{private_key, putty_keys};
pub use super::tokens::Credential;
use super::tokens::{self, Beginnings};
use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::GeneralPurpose;
use std::ops::Range;

/// The shortest run of base64 that is decoded: it would hold thirty bytes.
const LEAST_ENCODED: usize = 40;
/// The shortest line of base64 that is broken.
const LEAST_LINE: usize = 16;
/// The most bytes between two lines of it: blanks and quotes.
const LONGEST_JOINT: usize = 80;
/// The longest part of such a run that is decoded, in bytes.
const MOST_ENCODED: usize = 64 << 10;

/// What in a text looks like a credential, in order and apart; in time linear in its length.
#[must_use]
pub fn credentials(text: &str) -> Vec<Credential> {
    let mut found: Vec<_> = direct(text).collect();
    for line in decoded(text) {
        found.extend(direct(&line.text).map(|it| Credential {
            range: line.place(&it.range),
            ..it
        }));
    }
    found.sort_by_key(|it| (it.range.start, it.range.end));
    let mut apart: Vec<Credential> = Vec::new();
    for it in found {
        match apart.last_mut() {
            Some(last) if it.range.start < last.range.end => {
                last.range.end = last.range.end.max(it.range.end);
            }
            _ => apart.push(it),
        }
    }
    apart
}

/// The credentials in a text without a look at its escapes.
fn direct(text: &str) -> impl Iterator<Item = Credential> {
    let plain = plain(text).into_iter();
    let plain = plain.chain(encoded(text)).chain(broken(text));
    plain.chain(logins::in_words(text)).chain(putty_keys(text))
}

/// The credentials in a text as it stands.
fn plain(text: &str) -> Vec<Credential> {
    let bytes = text.as_bytes();
    let beginnings = Beginnings::all();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let here = match bytes[at] {
            b'-' => private_key(text, at).or_else(|| tokens::at(text, at)),
            b':' => logins::at_colon(text, at).or_else(|| tokens::at(text, at)),
            b'=' => logins::parameter(text, at),
            _ if beginnings.has(bytes, at) => tokens::at(text, at),
            _ => None,
        };
        match here {
            Some(credential) => {
                at = credential.range.end.max(at + 1);
                found.push(credential);
            }
            None => at = beginnings.next(bytes, at),
        }
    }
    found
}

/// Long runs of base64, or of hexadecimal digits, that stand for a text with a credential.
fn encoded(text: &str) -> impl Iterator<Item = Credential> {
    let runs = runs(text, LEAST_ENCODED, is_base64);
    runs.filter_map(|word| {
        let (found, _) = within(&text[word.start..word.end.min(word.start + MOST_ENCODED)])?;
        Some(Credential {
            range: word.start..word.end + signs(text, word.end),
            ..found
        })
    })
}

/// Base64 that is broken into lines, the first of them long enough, that stands for a text with a credential.
fn broken(text: &str) -> impl Iterator<Item = Credential> {
    let mut seen = 0;
    runs(text, LEAST_LINE, is_base64).filter_map(move |first| {
        if first.start < seen {
            return None;
        }
        let second = next_line(text, first.end)?;
        let mut lines = vec![first.clone(), second];
        while let Some(next) = lines.last().and_then(|last| next_line(text, last.end)) {
            lines.push(next);
        }
        seen = lines.last()?.end;
        let mut whole: String = lines.iter().map(|line| &text[line.clone()]).collect();
        whole.truncate(MOST_ENCODED);
        let is_long = whole.len() >= LEAST_ENCODED;
        let (found, mut length) = is_long.then(|| within(&whole)).flatten()?;
        // What follows the line with its end is none of it.
        let last = lines.iter().find(|line| {
            let is_last = line.len() >= length;
            length = length.saturating_sub(line.len());
            is_last
        });
        let end = last.or(lines.last())?.end;
        Some(Credential {
            range: first.start..end + signs(text, end),
            ..found
        })
    })
}

/// The line of base64 behind one that ends at a byte, as formats break a text: with nothing but blanks and quotes
/// between them.
fn next_line(text: &str, end: usize) -> Option<Range<usize>> {
    let behind = &text[end..];
    let joint = behind.find(|c: char| !c.is_whitespace() && !"\"',\\".contains(c))?;
    (joint <= LONGEST_JOINT && behind[..joint].contains('\n')).then_some(())?;
    let start = end + joint;
    let line = text[start..].bytes().take_while(|byte| is_base64(*byte));
    Some(start..start + line.count()).filter(|line| !line.is_empty())
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte)
}

/// How many `=` end base64.
fn signs(text: &str, end: usize) -> usize {
    let behind = text[end..].bytes().take(2);
    behind.take_while(|byte| *byte == b'=').count()
}

/// The first credential in what base64 or hexadecimal digits stand for, and how many of its characters it takes
/// with what is before it.
fn within(run: &str) -> Option<(Credential, usize)> {
    if run.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let pairs = run.as_bytes().chunks_exact(2);
        let bytes = pairs.filter_map(|pair| {
            let pair = std::str::from_utf8(pair).ok()?;
            u8::from_str_radix(pair, 16).ok()
        });
        let text: Vec<u8> = bytes.collect();
        let found = plain(&String::from_utf8_lossy(&text)).into_iter().next();
        if let Some(found) = found {
            let length = found.range.end * 2;
            return Some((found, length));
        }
    }
    let alphabet = if run.contains(['-', '_']) {
        URL_SAFE
    } else {
        STANDARD
    };
    // One letter alone stands for nothing.
    let whole = run.len() - usize::from(run.len() % 4 == 1);
    let bytes = GeneralPurpose::new(&alphabet, logins::LENIENT)
        .decode(&run[..whole])
        .ok()?;
    let found = plain(&String::from_utf8_lossy(&bytes)).into_iter().next()?;
    let length = (found.range.end * 4).div_ceil(3);
    Some((found, length))
}

/// The longest runs of some bytes, all of them ASCII, that have so many or more.
fn runs(
    text: &str,
    least: usize,
    is_in: impl Fn(u8) -> bool,
) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = 0;
    std::iter::from_fn(move || {
        // None begins in front of the last other byte within its least length.
        while let Some(other) = bytes
            .get(start..start + least)?
            .iter()
            .rposition(|byte| !is_in(*byte))
        {
            start += other + 1;
        }
        let length = bytes[start..].iter().position(|byte| !is_in(*byte));
        let end = length.map_or(bytes.len(), |length| start + length);
        Some(std::mem::replace(&mut start, end)..end)
    })
}

#[cfg(test)]
mod tests {
    use super::{credentials, runs};

    fn found(text: &str) -> Vec<&str> {
        let all = credentials(text);
        all.iter().map(|it| &text[it.range.clone()]).collect()
    }

    #[test]
    fn credentials_are_found_whole() {
        for (text, credential) in [
            ("\"sk-abcdefghij01klmn23opqr\"", "sk-abcdefghij01klmn23opqr"),
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
            ("amqp://me:p@ss@mq:5672", "me:p@ss"),
            ("amqp://me:pw/w#rd@mq:5672", "me:pw/w#rd"),
            ("amqp://me:p%40ss@mq/x", "me:p%40ss"),
            ("https://x.y/?a=b&password=hunter2&c=d", "hunter2"),
            (
                "jdbc:postgresql://db/app?user=me&password=hunter2",
                "hunter2",
            ),
            ("jdbc:oracle:thin:scott/tiger@db:1521", "scott/tiger"),
            ("Server=db;Uid=me;Pwd=hunter2;", "hunter2"),
            ("host=db user=me password=hunter2 dbname=x", "hunter2"),
            (
                "https://a0b1c2d3e4f5a6b7c8d9@github.com/x",
                "a0b1c2d3e4f5a6b7c8d9",
            ),
            (
                "\\u0073k-abcdefghij01klmn23opqr",
                "\\u0073k-abcdefghij01klmn23opqr",
            ),
            (
                "%73k%2Dabcdefghij01klmn23opqr",
                "%73k%2Dabcdefghij01klmn23opqr",
            ),
            (
                "\"x\\nsk-abcdefghij01klmn23opqr\"",
                "sk-abcdefghij01klmn23opqr",
            ),
            (
                "\"x\\\\tsk-abcdefghij01klmn23opqr\"",
                "sk-abcdefghij01klmn23opqr",
            ),
            (
                "ghp\\_0123456789abcdefghijABCDEFGHIJ012345;",
                "ghp\\_0123456789abcdefghijABCDEFGHIJ012345",
            ),
            ("postgresql:\\/\\/me:pass\\/word@db\\/app", "me:pass\\/word"),
            (
                "Authorization:%20B\\u0061sic%20bWU6aHVudGVyMg==",
                "Authorization:%20B\\u0061sic%20bWU6aHVudGVyMg==",
            ),
            (
                "\"-----B\\u0045GIN PRIVATE KEY-----\\nMIIEabcdefgh\\n-----END PRIVATE KEY-----\", x",
                "-----B\\u0045GIN PRIVATE KEY-----\\nMIIEabcdefgh\\n-----END PRIVATE KEY-----",
            ),
            (
                "KEY=c2stYWJjZGVmZ2hpajAxa2xtbjIzb3BxciBpcyB0aGUga2V5",
                "c2stYWJjZGVmZ2hpajAxa2xtbjIzb3BxciBpcyB0aGUga2V5",
            ),
        ] {
            assert_eq!(found(text), [credential], "{text}");
        }
    }

    #[test]
    fn credentials_in_other_spellings_are_found() {
        for (text, credential) in [
            (
                "https%253A%252F%252Fme%253Ahunter2%2540db%252Fx",
                "me%253Ahunter2",
            ),
            (
                "x='736b2d6162636465666768696a30316b6c6d6e32336f707172'",
                "736b2d6162636465666768696a30316b6c6d6e32336f707172",
            ),
            (
                "<a>sk&#45;abcdefghij01klmn23opqr</a>",
                "sk&#45;abcdefghij01klmn23opqr",
            ),
            (
                "postgres&#58;//me&colon;hunter2&commat;db/x",
                "me&colon;hunter2",
            ),
            (
                "k: c2stYWJjZGVmZ2hpajAx\n  a2xtbjIzb3BxciBpcyB0\n  aGUga2V5\nother: x",
                "c2stYWJjZGVmZ2hpajAx\n  a2xtbjIzb3BxciBpcyB0",
            ),
            (
                "\"c2stYWJjZGVmZ2hpajAx\\\n   a2xtbjIzb3BxciBpcyB0\\\n   aGUga2V5\"",
                "c2stYWJjZGVmZ2hpajAx\\\n   a2xtbjIzb3BxciBpcyB0",
            ),
            (
                "x \"c2stYWJjZGVmZ2hpajAx\\na2xtbjIzb3BxciBpcyB0\\naGUga2V5\" y",
                "c2stYWJjZGVmZ2hpajAx\\na2xtbjIzb3BxciBpcyB0",
            ),
            ("curl -s -u me:hunter2 https://x.y", "me:hunter2"),
            ("\"curl\", \"--user\", \"me:hunter2\", \"x\"", "me:hunter2"),
            ("DSN=me:hunter2@tcp(db:3306)/app?x=y", "me:hunter2"),
            ("\"me:p@ss@unix(/run/mysql)/app\"", "me:p@ss"),
            (
                "KEY: |\n  PuTTY-User-Key-File-3: ssh-ed25519\n  Encryption: none\n  Comment: me\n  Public-Lines: 1\n  \
                 AAAAC3Nz\n  Private-Lines: 1\n  AAAAIHq7\n  Private-MAC: 0a1b2c\nother: x",
                "PuTTY-User-Key-File-3: ssh-ed25519\n  Encryption: none\n  Comment: me\n  Public-Lines: 1\n  \
                 AAAAC3Nz\n  Private-Lines: 1\n  AAAAIHq7\n  Private-MAC: 0a1b2c",
            ),
        ] {
            assert_eq!(found(text), [credential], "{text}");
        }
    }

    #[test]
    fn runs_are_found_whole() {
        let text = "abc abcd, abcdef éabcde";
        let letters = |byte: u8| byte.is_ascii_alphanumeric();
        let found: Vec<_> = runs(text, 4, letters).collect();
        assert_eq!(found, [4..8, 10..16, 19..24]);
        assert_eq!(runs("abc", 4, letters).next(), None);
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
            "sk-learn-model-serving-production-v2",
            "registry.example.com/sk-abcdefghijklmnopqrstuvwxyz/web:1.29",
            "https://example.com/?token=$TOKEN&password=<password>",
            "host=db password=${PASSWORD}",
            "color;password=",
            "postgresql://me:$(PASSWORD)@db/app",
            "postgresql://me:${PASSWORD}@db/app",
            "postgresql://USER:<password>@db/app",
            "docker run -u app:app x; curl -u $USER:$PASSWORD https://x.y",
            "curl -u me https://x.y:8080/",
            "USER:PASSWORD@tcp(db:3306)/app",
            "PuTTY-User-Key-File-3: ssh-ed25519",
            "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            "authentication-service\nproduction-environment\nanother-long-name-of-a-thing",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
