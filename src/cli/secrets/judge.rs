//! Whether values are what the program asks for. What is said of a value depends on nothing but the
//! verdict: no part, length or checksum of one is ever told.

use super::secret::Secret;
use super::values::Values;
use crate::backend::secrets::OwnSecret;
use crate::ir::{Rule, SecretKey};
use std::collections::BTreeMap;

/// Most bytes that the values of one Secret have together (Kubernetes' `MaxSecretSize`).
const MOST_OF_SECRET: usize = 1 << 20;

/// What is to be said of the value of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is as the rules say.
    Right,
    /// The variable isn't set, or to nothing.
    Missing,
    /// The same of a key that the application starts without.
    LeftOut,
    /// It can't be right; why, as a clause behind the key's name.
    Wrong(String),
}

impl Verdict {
    /// Whether it keeps the values from being handed on.
    pub(super) fn stops(&self) -> bool {
        match self {
            Verdict::Right | Verdict::LeftOut => false,
            Verdict::Missing | Verdict::Wrong(_) => true,
        }
    }

    /// It in a word.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Verdict::Right => "ok",
            Verdict::Missing => "missing",
            Verdict::LeftOut => "left out",
            Verdict::Wrong(_) => "wrong",
        }
    }
}

/// A key and what is to be said of its value.
pub(super) struct Judged<'a> {
    pub(super) secret: OwnSecret<'a>,
    pub(super) key: &'a SecretKey,
    pub(super) verdict: Verdict,
    /// What is allowed and hardly meant, as clauses behind the key's name.
    pub(super) warnings: Vec<String>,
}

/// Judges the values of all keys, in their order.
pub(super) fn judge<'a>(secrets: &[OwnSecret<'a>], values: &Values) -> Vec<Judged<'a>> {
    let mut seen: BTreeMap<&[u8], &str> = BTreeMap::new();
    let mut all = Vec::new();
    for secret in secrets {
        let keys = secret.object.keys.iter();
        let of_key = |key: &SecretKey| values.get(&key.from_env);
        let sizes = keys.filter_map(of_key).map(|it| it.bytes().len());
        let (size, largest) = sizes.fold((0, 0), |(all, most), it| (all + it, most.max(it)));
        for key in &secret.object.keys {
            let value = of_key(key);
            let verdict = match value {
                None if key.optional => Verdict::LeftOut,
                None => Verdict::Missing,
                Some(value) if size > MOST_OF_SECRET && value.bytes().len() == largest => {
                    Verdict::Wrong(format!(
                        "is too large: all values of Secret `{}` may have 1 MiB together",
                        secret.object.name
                    ))
                }
                Some(value) => match fault(value, &key.rules) {
                    Some(fault) => Verdict::Wrong(fault),
                    None => Verdict::Right,
                },
            };
            let mut warnings = Vec::new();
            if let Some(value) = value
                && let Some(text) = value.text()
            {
                warnings.extend(doubts(text, &key.from_env).map(str::to_owned));
                let first = *seen.entry(value.bytes()).or_insert(&key.from_env);
                if first != key.from_env {
                    warnings.push(format!("is the value of `{first}` as well"));
                }
            }
            all.push(Judged {
                secret: *secret,
                key,
                verdict,
                warnings,
            });
        }
    }
    all
}

/// Why a value can't be right.
fn fault(value: &Secret, rules: &[Rule]) -> Option<String> {
    let Some(text) = value.text() else {
        return Some("isn't UTF-8 text".to_owned());
    };
    if text.contains('\0') {
        return Some("has a NUL byte, which no variable can hold".to_owned());
    }
    if text.trim().is_empty() {
        return Some("is blank".to_owned());
    }
    rules
        .iter()
        .find(|rule| !rule.holds(text))
        .map(Rule::broken)
}

/// What is odd about a value.
fn doubts(value: &str, variable: &str) -> impl Iterator<Item = &'static str> {
    let ends = value.trim_end_matches(['\r', '\n']);
    let has_blank_end =
        ends.starts_with(char::is_whitespace) || ends.ends_with(char::is_whitespace);
    // Tools write files in PEM with a line break at their end, and readers expect it.
    let has_line_end = ends.len() < value.len() && !value.starts_with("-----BEGIN ");
    [
        (has_blank_end, "begins or ends with a blank"),
        (has_line_end, "ends with a line break"),
        (is_placeholder(value, variable), "looks like a placeholder"),
    ]
    .into_iter()
    .filter_map(|(is, what)| is.then_some(what))
}

/// Whether a value stands where somebody was to put another.
fn is_placeholder(value: &str, variable: &str) -> bool {
    const WORDS: [&str; 7] = [
        "changeme",
        "placeholder",
        "replaceme",
        "secret",
        "password",
        "todo",
        "xxx",
    ];
    let value = value.trim().to_lowercase();
    let letters: String = value.chars().filter(|c| c.is_alphanumeric()).collect();
    value == variable.to_lowercase()
        || WORDS.contains(&letters.as_str())
        || (value.starts_with('<') && value.ends_with('>'))
        || value.starts_with("your-")
        || value.starts_with("your_")
}

#[cfg(test)]
mod tests {
    use super::{doubts, fault};
    use crate::cli::secrets::secret::Secret;
    use crate::ir::Rule;

    #[test]
    fn what_no_rule_needs_to_say_is_wrong() {
        let of = |bytes: &[u8]| fault(&Secret::new(bytes.to_vec()), &[]);
        assert_eq!(of(b"s3cr3t"), None);
        assert_eq!(of("\u{1f600}\n\"'".as_bytes()), None);
        assert_eq!(of(b" \t\n").as_deref(), Some("is blank"));
        assert_eq!(of("\u{a0}".as_bytes()).as_deref(), Some("is blank"));
        assert_eq!(of(b"a\xff").as_deref(), Some("isn't UTF-8 text"));
        assert!(of(b"a\0b").is_some_and(|it| it.starts_with("has a NUL byte")));
    }

    #[test]
    fn the_first_rule_that_is_broken_is_told() {
        let rules = [Rule::StartsWith("sk-".to_owned()), Rule::MinLength(8)];
        let of = |text: &str| fault(&Secret::new(text.as_bytes().to_vec()), &rules);
        assert_eq!(of("sk-12345"), None);
        assert_eq!(of("x").as_deref(), Some("doesn't start with `sk-`"));
        assert_eq!(of("sk-1").as_deref(), Some("has fewer than 8 characters"));
        let url = [Rule::Url {
            scheme: "redis".to_owned(),
        }];
        let value = Secret::new(b"http://h".to_vec());
        assert_eq!(
            fault(&value, &url).as_deref(),
            Some("isn't a `redis://` URL")
        );
    }

    #[test]
    fn what_is_hardly_meant_is_told() {
        let of = |value: &str| doubts(value, "API_KEY").collect::<Vec<_>>().join(", ");
        for value in [
            "s3cr3t",
            "a b",
            "-----BEGIN KEY-----\nx\n-----END KEY-----\n",
            "yourself",
            "<a>b",
        ] {
            assert_eq!(of(value), "", "{value:?}");
        }
        for value in [
            "changeme",
            "Change-Me",
            "<token>",
            "your-key",
            "YOUR_KEY",
            "api_key",
            "xxx",
        ] {
            assert_eq!(of(value), "looks like a placeholder", "{value:?}");
        }
        assert_eq!(of(" a"), "begins or ends with a blank");
        assert_eq!(of("a "), "begins or ends with a blank");
        assert_eq!(of("a\r\n"), "ends with a line break");
        assert_eq!(
            of("a \n"),
            "begins or ends with a blank, ends with a line break"
        );
    }
}
