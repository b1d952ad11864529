//! Logins in URLs and in lists of `key=value`.

use super::tokens::{Credential, is_random, is_real, secret};
use crate::catalog::credentials::PARAMETERS;
use crate::catalog::secret_names::names_a_secret;
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Most bytes of a user and a password in a URL that are looked through.
const LONGEST_USER: usize = 300;
/// Most bytes of a command that are looked through for a login.
const LONGEST_COMMAND: usize = 300;
/// Most bytes of a variable's name that are looked at.
pub(super) const LONGEST_NAME: usize = 80;
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
pub(super) fn stands_for_itself(password: &str) -> bool {
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

/// How base64 is read: with `=` at its end and without.
pub(super) const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);

/// Logins that words around them give away: `Basic` and base64 of a user and a password, those of `.netrc`,
/// of `curl`, and of Go's driver for MySQL.
pub(super) fn in_words(text: &str) -> impl Iterator<Item = Credential> + '_ {
    let basic = text
        .match_indices("asic ")
        .filter_map(|(at, word)| basic(text, at + word.len()));
    let netrc = text.match_indices("password ");
    let netrc = netrc.filter_map(|(at, word)| netrc_password(text, at, at + word.len()));
    let curl = text.match_indices("curl");
    let curl = curl.filter_map(|(at, word)| of_curl(text, at + word.len()));
    let go = ["@tcp(", "@unix("].into_iter();
    let go = go.flat_map(|word| text.match_indices(word));
    basic
        .chain(netrc)
        .chain(curl)
        .chain(go.filter_map(|(at, _)| of_go(text, at)))
}

/// The first bytes of a text, at most so many: what is looked for again and again is looked for in those alone.
pub(super) fn first_bytes(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Whether a character ends a word of a command or a URL.
pub(super) fn ends_word(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "\"'`<>\\,".contains(c)
}

/// The user and the password that `curl` is given, as in `curl -u user:password`.
fn of_curl(text: &str, from: usize) -> Option<Credential> {
    let line = first_bytes(&text[from..], LONGEST_COMMAND)
        .split('\n')
        .next()?;
    let mut at = from;
    let mut is_next = false;
    for word in line.split_inclusive(ends_word) {
        let (begin, bare) = (at, word.trim_end_matches(ends_word));
        at += word.len();
        let login = ["--user=", "-u"]
            .iter()
            .find_map(|it| bare.strip_prefix(it));
        let login = if is_next { bare } else { login.unwrap_or("") };
        if bare.is_empty() {
            continue;
        }
        if let Some((user, password)) = login.split_once(':') {
            let is_one = !user.is_empty()
                && !password.is_empty()
                && !password.starts_with('/')
                && stands_for_itself(password);
            let begin = begin + bare.len() - login.len();
            return is_one.then(|| secret("a user and a password", begin..begin + login.len()));
        }
        // Options of one letter stand together, as in `-sfu`.
        let is_short = bare.starts_with('-') && !bare.starts_with("--");
        is_next =
            is_short && bare.ends_with(['u', 'U']) || ["--user", "--proxy-user"].contains(&bare);
    }
    None
}

/// The login of a database as Go's driver for MySQL writes it, `user:password@tcp(host:3306)/name`, which ends
/// at a byte.
fn of_go(text: &str, at: usize) -> Option<Credential> {
    let mut start = at.saturating_sub(LONGEST_USER);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let word = text[start..at].rsplit(ends_word).next()?;
    let (user, password) = word.split_once(':')?;
    let user = user.rsplit('=').next().unwrap_or_default();
    let from = at - password.len() - 1 - user.len();
    let is_one = !user.is_empty() && !password.is_empty() && stands_for_itself(password);
    is_one.then(|| secret("a user and a password", from..at))
}

/// A user and a password in base64, behind `Basic `.
fn basic(text: &str, from: usize) -> Option<Credential> {
    let is_in = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=".contains(byte);
    let bytes = text[from..].bytes().take(LONGEST_USER);
    let end = from + bytes.take_while(is_in).count();
    let engine = GeneralPurpose::new(&STANDARD, LENIENT);
    let login = String::from_utf8(engine.decode(&text[from..end]).ok()?).ok()?;
    let (user, password) = login.split_once(':')?;
    let is_one = !user.contains(char::is_control)
        && !password.is_empty()
        && !password.contains(char::is_control)
        && stands_for_itself(password);
    is_one.then(|| secret("a login in a header", from..end))
}

/// The password of `machine … login … password …`.
fn netrc_password(text: &str, at: usize, from: usize) -> Option<Credential> {
    let mut start = at.saturating_sub(LONGEST_USER);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let mut before = text[start..at].split_whitespace().rev();
    let _user = before.next()?;
    (before.next()? == "login").then_some(())?;
    let host = before.next()?;
    let is_machine = |word: &str| word.trim_start_matches(['"', '\'']) == "machine";
    (host.ends_with("default") || before.next().is_some_and(is_machine)).then_some(())?;
    let ends = |c: char| c.is_whitespace() || "\"'`<>\\".contains(c);
    let mut chars = text[from..].char_indices().take(LONGEST_USER);
    let end = chars.find(|(_, c)| ends(*c)).map(|(end, _)| end);
    let password = &text[from..end.map_or(text.len(), |end| from + end)];
    let is_one =
        password.len() >= 3 && password.len() <= LONGEST_USER && stands_for_itself(password);
    is_one.then(|| secret("a password", from..from + password.len()))
}

/// The value of a variable that ends at a `=`, if it has the name of a secret and looks like chance.
fn variable(text: &str, at: usize) -> Option<Credential> {
    let is_name = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_';
    let bytes = &text.as_bytes()[at.saturating_sub(LONGEST_NAME)..at];
    let length = bytes.iter().rev().take_while(|byte| is_name(byte)).count();
    names_a_secret(&text[at - length..at]).then_some(())?;
    let from = at + 1;
    let stop = |c: char| c.is_whitespace() || "\"'`<>\\&;,}".contains(c);
    let mut chars = text[from..].char_indices().take(LONGEST_USER);
    let end = chars.find(|(_, c)| stop(*c)).map(|(end, _)| end);
    let value = &text[from..end.map_or(text.len(), |end| from + end)];
    let is_one = value.len() <= LONGEST_USER
        && is_random(value)
        && !value.starts_with(['/', '-'])
        && stands_for_itself(value);
    is_one.then(|| secret("a password", from..from + value.len()))
}

/// The value of a parameter that ends at a `=`, if its name is that of a secret, and something says that
/// it is one of a list.
pub(super) fn parameter(text: &str, at: usize) -> Option<Credential> {
    listed(text, at).or_else(|| variable(text, at))
}

/// That of a list, such as the query of a URL.
fn listed(text: &str, at: usize) -> Option<Credential> {
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
