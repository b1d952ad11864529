//! Logins in URLs and in lists of `key=value`.

use super::tokens::{Credential, is_random, is_real, secret};
use crate::catalog::credentials::PARAMETERS;

/// Most bytes of a user and a password in a URL that are looked through.
const LONGEST_USER: usize = 300;
/// The least length of a user that may be a token.
const LEAST_TOKEN: usize = 16;
/// How many bytes in front of `key=value` may say that it is one of a list.
const LIST: usize = 200;

/// What stands between `://` and `@` in a URL that begins its authority at `at`, if it is a login.
pub(super) fn user(text: &str, at: usize) -> Option<Credential> {
    let from = at + "://".len();
    let authority = text[at..].strip_prefix("://")?;
    let ends = |c: char| c.is_whitespace() || c.is_control() || "\"'`<>\\".contains(c);
    let mut chars = authority.char_indices().take(LONGEST_USER);
    let end = chars.find(|(_, c)| ends(*c)).map(|(end, _)| end);
    let longest = authority
        .char_indices()
        .nth(LONGEST_USER)
        .map_or(authority.len(), |(end, _)| end);
    let authority = &authority[..end.unwrap_or(longest)];
    let path = authority.find(['/', '?', '#']).unwrap_or(authority.len());
    // A password may hold any of these, where what is in front of it can't be a host with a port.
    let goes_on = authority[..path].split_once(':').is_some_and(|(_, port)| {
        !port.is_empty() && !port.bytes().all(|byte| byte.is_ascii_digit())
            || authority[..path].starts_with(':')
    });
    let at_sign = match authority[..path].rfind('@') {
        Some(found) => found,
        None if goes_on => authority.find('@')?,
        None => return None,
    };
    let login = &authority[..at_sign];
    let is_one = match login.split_once(':') {
        Some((user, password)) => {
            (!password.is_empty() && stands_for_itself(password))
                || (user.len() >= LEAST_TOKEN && is_random(user) && is_real(user))
        }
        None => login.len() >= LEAST_TOKEN && is_random(login) && is_real(login),
    };
    is_one.then(|| secret("a user and a password", from..from + at_sign))
}

/// Whether a password isn't a variable, or a word that stands for one.
fn stands_for_itself(password: &str) -> bool {
    const WORDS: [&str; 5] = ["PASSWORD", "PASS", "PWD", "SECRET", "TOKEN"];
    !password.starts_with(['$', '{', '%', '*', '…', '•', '<', '[', '('])
        && !WORDS.contains(&password)
        && is_real(password)
}

/// A password of Oracle's, as in `jdbc:oracle:thin:user/password@host`.
fn oracle(text: &str, at: usize) -> Option<Credential> {
    let rest = text[at..].strip_prefix(":thin:")?;
    let ends = |c: char| c.is_whitespace() || "\"'`<>\\@".contains(c);
    let mut chars = rest.char_indices().take(LONGEST_USER);
    let (end, _) = chars.find(|(_, c)| ends(*c))?;
    let login = &rest[..end];
    rest[end..].starts_with('@').then_some(())?;
    let (_, password) = login.split_once('/')?;
    let from = at + ":thin:".len();
    stands_for_itself(password).then(|| secret("a user and a password", from..from + login.len()))
}

/// The login that begins at a `:`.
pub(super) fn at_colon(text: &str, at: usize) -> Option<Credential> {
    user(text, at).or_else(|| oracle(text, at))
}

/// The value of a parameter that ends at a `=`, if its name is that of a secret, and something says that
/// it is one of a list.
pub(super) fn parameter(text: &str, at: usize) -> Option<Credential> {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-".contains(byte);
    let bytes = text.as_bytes();
    let length = bytes[..at]
        .iter()
        .rev()
        .take(40)
        .take_while(|byte| is_name(byte))
        .count();
    let start = at - length;
    let name = text[start..at].to_ascii_lowercase();
    let is_known = PARAMETERS.contains(&name.as_str())
        || name
            .strip_prefix("x-")
            .is_some_and(|name| PARAMETERS.contains(&name));
    is_known.then_some(())?;
    let before = start.checked_sub(1).map(|at| bytes[at])?;
    let is_listed = match before {
        b'?' | b'&' | b';' => true,
        // A setting of npm's, behind the registry that it is for.
        b':' => name.starts_with('_'),
        b' ' | b'"' | b'\'' | b',' => is_list(
            &bytes[start.saturating_sub(LIST)..start],
            &bytes[at..(at + LIST).min(bytes.len())],
        ),
        _ => false,
    };
    is_listed.then_some(())?;
    let rest = &text[at + 1..];
    let quote = rest
        .strip_prefix(['\'', '{'])
        .map(|_| 1)
        .unwrap_or_default();
    let value = &rest[quote..];
    let stop = |c: char| c.is_whitespace() || "\"'`<>\\&;,}".contains(c);
    let end = value
        .char_indices()
        .take(LONGEST_USER)
        .find(|(_, c)| stop(*c))
        .map_or(value.len(), |(end, _)| end);
    let end = end.min(
        value
            .char_indices()
            .nth(LONGEST_USER)
            .map_or(value.len(), |(end, _)| end),
    );
    let value = &value[..end];
    let from = at + 1 + quote;
    (value.len() >= 3 && stands_for_itself(value)).then(|| secret("a password", from..from + end))
}

/// Whether what is around a `key=value` is a list of them for a database.
fn is_list(before: &[u8], behind: &[u8]) -> bool {
    const OTHERS: [&str; 9] = [
        "host=",
        "hostaddr=",
        "server=",
        "data source=",
        "dbname=",
        "database=",
        "user=",
        "uid=",
        "user id=",
    ];
    let line = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_ascii_lowercase();
    let (before, behind) = (line(before), line(behind));
    let before = before.rsplit('\n').next().unwrap_or_default();
    let behind = behind.split('\n').next().unwrap_or_default();
    OTHERS
        .iter()
        .any(|it| before.contains(it) || behind.contains(it))
}
