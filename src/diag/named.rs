//! Values that a text calls secrets itself, by the names that they are given. They are masked and
//! nothing else: whether a value may stand there is said elsewhere.

mod misspelt;

use super::escapes::decoded;
use super::logins::{LONGEST_NAME, stands_for_itself};
use crate::catalog::secret_names::names_a_secret;
use misspelt::misspelt;
use std::ops::Range;

/// The least length of a value.
const LEAST: usize = 4;
/// So much of a value without quotes, and of an option of a command, in bytes.
const LONGEST_WORD: usize = 512;
/// Values under the name of a secret that are none.
const NO_VALUES: &[&str] = &["true", "false", "none", "null"];
/// Options of databases that a password is behind.
const OPTIONS: &[&str] = &["requirepass", "masterauth", "masteruser"];

/// The values in a text that have the names of secrets, in whatever spelling; in time linear in its length.
pub(super) fn named(text: &str) -> Vec<Range<usize>> {
    let mut found = direct(text);
    for line in decoded(text) {
        found.extend(direct(&line.text).iter().map(|it| line.place(it)));
    }
    found.sort_by_key(|it| (it.start, it.end));
    found.dedup();
    found
}

/// Those in a text without a look at its escapes.
fn direct(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(step) = bytes[at..].iter().position(|it| b"=:\"'".contains(it)) {
        let here = at + step;
        let place = match bytes[here] {
            b'=' => assigned(text, here),
            // As in JSON.
            b':' if text[..here].trim_end().ends_with('"') => assigned(text, here),
            // As in YAML.
            b':' if bytes.get(here + 1).is_some_and(|it| b" \t".contains(it)) => {
                assigned(text, here)
            }
            b':' => None,
            _ => option(text, here).or_else(|| login(text, here)),
        };
        at = place.as_ref().map_or(here + 1, |it| it.end.max(here + 1));
        found.extend(place);
    }
    found.extend(statements(text));
    found.extend(options(text));
    found.extend(misspelt(text));
    found
}

/// The value behind a `=`, if the name in front of it is that of a secret.
fn assigned(text: &str, at: usize) -> Option<Range<usize>> {
    names_a_secret(name_before(text, at)).then_some(())?;
    let behind = &text[at + 1..];
    let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
    let from = at + 1 + blanks;
    if let Some(inside) = inside(text, from) {
        return is_value(&text[inside.clone()]).then_some(inside);
    }
    let word = word(&text[from..]);
    let is_one = is_value(word) && is_mixed(word) && !is_reference(word);
    is_one.then(|| from..from + word.len())
}

/// The name that ends at a byte, with or without quotes and blanks behind it.
fn name_before(text: &str, at: usize) -> &str {
    let bytes = &text.as_bytes()[at.saturating_sub(LONGEST_NAME)..at];
    let is_behind = |byte: &&u8| b" \t\"'".contains(*byte);
    let end = at - bytes.iter().rev().take_while(is_behind).count();
    let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || b"_-.".contains(*byte);
    let bytes = &text.as_bytes()[end.saturating_sub(LONGEST_NAME)..end];
    let length = bytes.iter().rev().take_while(is_name).count();
    text[end - length..end].trim_start_matches('-')
}

/// The string behind an option of a command that a password follows, such as `"--requirepass"`.
fn option(text: &str, at: usize) -> Option<Range<usize>> {
    let behind = text.get(at + 1..).filter(|it| it.starts_with('-'))?;
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.".contains(byte);
    let bytes = behind.bytes().take(LONGEST_NAME);
    let name = &behind[..bytes.take_while(is_name).count()];
    let rest = behind[name.len()..].strip_prefix(['"', '\''])?;
    let name = name.trim_start_matches('-');
    (OPTIONS.contains(&name) || names_a_secret(name)).then_some(())?;
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t', ',']).len();
    let from = text.len() - rest.len() + blanks;
    inside(text, from).filter(|it| is_value(&text[it.clone()]))
}

/// The words behind such options in one string, as in `"mysql --password hunter2"`.
fn options(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let all = text.match_indices("--");
    all.filter_map(|(at, dashes)| {
        let before = text[..at].bytes().next_back();
        before
            .is_none_or(|it| it.is_ascii_whitespace() || b"\"'`(".contains(&it))
            .then_some(())?;
        let behind = &text[at + dashes.len()..];
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.".contains(byte);
        let bytes = behind.bytes().take(LONGEST_NAME);
        let name = &behind[..bytes.take_while(is_name).count()];
        (OPTIONS.contains(&name) || names_a_secret(name)).then_some(())?;
        let rest = behind[name.len()..].strip_prefix([' ', '\t'])?;
        let rest = rest.trim_start_matches([' ', '\t']);
        let from = text.len() - rest.len();
        let word = word(rest);
        (is_value(word) && is_mixed(word)).then(|| from..from + word.len())
    })
}

/// A user and a password in front of a host, in a string: `"user:password@ghcr.io/acme"`.
fn login(text: &str, at: usize) -> Option<Range<usize>> {
    let word = word(text.get(at + 1..)?);
    let (user, rest) = word.split_once(':')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_-.+$".contains(c);
    let is_user = !user.is_empty() && user.chars().all(is_name) && user != "mailto";
    let (password, host) = rest.rsplit_once('@').filter(|_| is_user)?;
    let host = host.split(['/', ':']).next().unwrap_or_default();
    let is_host = host.contains('.') || host == "localhost";
    let is_one = is_host && !password.starts_with('/') && stands_for_itself(password);
    is_one.then(|| at + 1..at + 1 + user.len() + 1 + password.len())
}

/// What stands where the statements `secret` and `pull_secret` say a name: the source of a secret, the
/// variable that it is taken from, and the Secret of a registry.
fn statements(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let all = text.match_indices("secret").map(|(at, word)| {
        let end = at + word.len();
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let before = &text.as_bytes()[..at];
        if before.ends_with(b"pull_") {
            let rest = &text[end..];
            let from = end + rest.len() - rest.trim_start_matches([' ', '\t']).len();
            return vec![inside(text, from).filter(|it| text[it.clone()].contains(':'))];
        }
        if before.last().is_some_and(|byte| is_word(*byte)) {
            return Vec::new();
        }
        let mut words = words(text, end);
        let _name = words.next();
        let Some(_) = words.next().filter(|it| &text[it.clone()] == "from") else {
            return Vec::new();
        };
        let is_source = |word: &str| is_reference(word) || !is_mixed(word);
        let source = words.next().filter(|it| !is_source(&text[it.clone()]));
        let behind = words.next().filter(|it| &text[it.clone()] == "as");
        let variable = behind.and_then(|_| words.next()).map(|it| {
            let quotes = ['"', '\''];
            let bare = text[it.clone()].trim_start_matches(quotes);
            let from = it.end - bare.len();
            from..from + bare.trim_end_matches(quotes).len()
        });
        let is_variable = |word: &str| {
            word.bytes().all(is_word) && !word.starts_with(|c: char| c.is_ascii_digit())
        };
        let variable = variable.filter(|it| {
            let word = &text[it.clone()];
            is_mixed(word) && !is_variable(word)
        });
        vec![source, variable]
    });
    all.flatten()
        .flatten()
        .filter(|it| is_value(&text[it.clone()]))
}

/// The words of a line from a byte on, apart from what is far away.
fn words(text: &str, from: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = from;
    let most = text.len().min(from + 4 * LONGEST_NAME);
    let end = text.as_bytes()[from..most]
        .iter()
        .position(|it| *it == b'\n');
    let line = end.map_or(most, |end| from + end);
    std::iter::from_fn(move || {
        let bytes = &text.as_bytes()[..line];
        let is_blank = |byte: &u8| b" \t\r".contains(byte);
        let start = at + bytes.get(at..)?.iter().position(|it| !is_blank(it))?;
        let length = bytes[start..].iter().position(is_blank);
        at = length.map_or(line, |length| start + length);
        text.is_char_boundary(at).then_some(start..at)
    })
}

/// What is between the quotes that begin at a byte, on one line.
fn inside(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.get(from..)?;
    let quote = rest.chars().next().filter(|it| "\"'`“‘".contains(*it))?;
    let end = match quote {
        '“' => '”',
        '‘' => '’',
        same => same,
    };
    let start = from + quote.len_utf8();
    let mut is_escaped = false;
    for (at, c) in text[start..].char_indices() {
        // One that only editors write is seldom closed.
        if quote != end && at > LONGEST_WORD {
            return None;
        }
        if c == '\n' || c == end && !is_escaped {
            return Some(start..start + at);
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    Some(start..text.len())
}

/// A word without quotes.
fn word(text: &str) -> &str {
    let ends = |c: char| c.is_whitespace() || "\"'`<>\\,;&".contains(c);
    let mut chars = text.char_indices();
    let end = chars.find(|(at, c)| ends(*c) || *at >= LONGEST_WORD);
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

/// Whether a text under the name of a secret is its value: no path, no variable, nothing that stands for
/// a value.
fn is_value(text: &str) -> bool {
    text.len() >= LEAST
        && !NO_VALUES.contains(&text)
        && !text.starts_with(['/', '-'])
        && stands_for_itself(text)
}

/// Whether a word has digits beside letters, or letters of both cases behind its first.
fn is_mixed(word: &str) -> bool {
    let has = |is: fn(&char) -> bool| word.chars().skip(1).any(|c| is(&c));
    let has_digit = word.contains(|c: char| c.is_ascii_digit());
    has_digit && has(char::is_ascii_alphabetic)
        || has(char::is_ascii_lowercase) && has(char::is_ascii_uppercase)
}

/// Whether a word without quotes refers to something, as `db.password` and `env.TOKEN_2` do.
fn is_reference(word: &str) -> bool {
    let word = word.trim_end_matches(['}', ')']);
    word.split_once('.').is_some_and(|(owner, member)| {
        let is_name = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
        owner.starts_with(|c: char| c.is_ascii_lowercase())
            && !owner.contains(|c: char| c.is_ascii_uppercase())
            && member.starts_with(|c: char| c.is_ascii_alphabetic())
            && word.chars().all(is_name)
    })
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn values_under_the_names_of_secrets_are_found() {
        for (text, value) in [
            ("env { DB_PASSWORD = \"Tr0ub4dor3xQz\" }", "Tr0ub4dor3xQz"),
            ("DB_PASSWORD='Tr0ub4 dor3xQz'", "Tr0ub4 dor3xQz"),
            ("\nDB_PASSWORD=Tr0ub4dor3xQz\n", "Tr0ub4dor3xQz"),
            ("\"export DB_PASSWORD=hunter2; x\"", "hunter2"),
            ("build x { secret NPM_TOKEN = \"hunter2\" }", "hunter2"),
            ("secret A from Tr0ub4dor3xQz", "Tr0ub4dor3xQz"),
            ("secret A from env as \"Tr0ub4dor3xQz!\"", "Tr0ub4dor3xQz!"),
            ("registry \"user:pw12@ghcr.io/x\"", "user:pw12"),
            ("pull_secret \"user:pw\"", "user:pw"),
            ("args \"--requirepass\" \"hunter2\", x", "hunter2"),
            ("args \"--api-key\" \"hunter2\", x", "hunter2"),
            ("args \"--password=hunter2\", x", "hunter2"),
            ("x \"PASSWORD: hunter2\"", "hunter2"),
            ("env:\n  db_password: hunter2\n", "hunter2"),
            ("api_key: 'rose bud'", "rose bud"),
            ("x \"mysql -u me --password hunter2 -h db\"", "hunter2"),
            ("x \"redis-server --requirepass  hunter2\"", "hunter2"),
            ("API_KEY = \"ab\\\"cdé", "ab\\\"cdé"),
            ("x \"\\u0070assword=hunter2\"", "hunter2"),
            ("x \"password%3Dhunter2\"", "hunter2"),
            ("x \"{\\\"password\\\": \\\"hunter2\\\"}\"", "hunter2"),
        ] {
            let found: Vec<_> = named(text).into_iter().map(|it| &text[it]).collect();
            assert_eq!(found, [value], "{text}");
        }
    }

    #[test]
    fn what_is_no_value_is_not() {
        for text in [
            "DB_PASSWORD = \"changeme\"",
            "DB_PASSWORD = db.password",
            "TOKEN = env.TOKEN_2",
            "TOKEN=$TOKEN2",
            "PASSWORD = \"/run/secrets/x1\"",
            "PASSWORD = \"<a-password-1>\"",
            "ALLOW_EMPTY_PASSWORD = \"yes-1\"",
            "SECRET = true",
            "COLOUR = \"Tr0ub4dor3xQz\"",
            "x \"the password: may be long\"",
            "x \"--password $PASSWORD2 --token-file hunter2 --password --x1y2\"",
            "secret A from env as B2_KEY",
            "secret A from env",
            "secret A from env.B2_KEY",
            "image \"nginx:1.29\"",
            "image \"ghcr.io/x:1@sha256:0123\"",
            "contact \"mailto:bob@example.com\"",
            "pull_secret \"ghcr\"",
            "é secret",
            "=\"-",
        ] {
            assert!(named(text).is_empty(), "{text}");
        }
    }
}
