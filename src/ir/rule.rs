//! Rules for the values of secrets.

/// What the value of a secret must be like. Whoever deploys gives the value; a rule says how to
/// tell that it can't be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// A URL of this scheme: it begins with `SCHEME://`, or with `SCHEME+DRIVER://`, as URLs for
    /// SQLAlchemy do.
    Url {
        /// The scheme, in lower case.
        scheme: String,
    },
    /// It begins with this text.
    StartsWith(String),
    /// It has at least so many characters (of Unicode, not bytes).
    MinLength(u32),
    /// It stands in a URL as it is: RFC 3986's unreserved characters alone.
    UrlSafe,
}

impl Rule {
    /// The rule as a part of a sentence about the value, such as ``starts with `sk-` ``.
    #[must_use]
    pub fn clause(&self) -> String {
        match self {
            Rule::Url { scheme } => format!("a `{scheme}://` URL"),
            Rule::StartsWith(start) => format!("starts with `{start}`"),
            Rule::MinLength(least) => format!("at least {least} characters"),
            Rule::UrlSafe => "of letters, digits, `-`, `.`, `_` and `~` alone".to_owned(),
        }
    }

    /// What a value is like that doesn't keep to the rule, as the predicate of a sentence.
    #[must_use]
    pub fn broken(&self) -> String {
        match self {
            Rule::StartsWith(start) => format!("doesn't start with `{start}`"),
            Rule::MinLength(least) => format!("has fewer than {least} characters"),
            Rule::Url { .. } | Rule::UrlSafe => format!("isn't {}", self.clause()),
        }
    }

    /// Whether a value keeps to the rule.
    #[must_use]
    pub fn holds(&self, value: &str) -> bool {
        match self {
            Rule::Url { scheme } => value
                .strip_prefix(scheme.as_str())
                .is_some_and(|rest| rest.starts_with("://") || has_driver(rest)),
            Rule::StartsWith(start) => value.starts_with(start.as_str()),
            Rule::MinLength(least) => {
                // No character behind these is looked at: a value may be long.
                let least = usize::try_from(*least).unwrap_or(usize::MAX);
                value.chars().take(least).count() == least
            }
            Rule::UrlSafe => value
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-._~".contains(c)),
        }
    }
}

/// Whether what follows a scheme is `+DRIVER://`, the driver of a scheme's characters (RFC 3986,
/// section 3.1).
fn has_driver(rest: &str) -> bool {
    let driver = rest.strip_prefix('+').and_then(|it| it.split_once("://"));
    driver.is_some_and(|(driver, _)| {
        let known = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
        !driver.is_empty() && driver.chars().all(known)
    })
}

#[cfg(test)]
mod tests {
    use super::Rule;

    fn holding(rule: &Rule, right: &[&str], wrong: &[&str]) {
        for value in right {
            assert!(rule.holds(value), "{} takes {value:?}", rule.clause());
        }
        for value in wrong {
            assert!(!rule.holds(value), "{} refuses {value:?}", rule.clause());
        }
    }

    #[test]
    fn a_url_rule_takes_its_scheme_and_drivers_of_it() {
        let rule = Rule::Url {
            scheme: "postgresql".to_owned(),
        };
        holding(
            &rule,
            &[
                "postgresql://u:p@h/d",
                "postgresql+asyncpg://u:p@h/d",
                "postgresql+psycopg2cffi://h?a=+://",
            ],
            &[
                "",
                "postgresql",
                "postgresql:/h",
                "postgresql+://h",
                "postgresql+a b://h",
                "postgresql+\u{e9}://h",
                "postgresqls://h",
                "postgres://h",
                "POSTGRESQL://h",
                " postgresql://h",
                "\"postgresql://h\"",
                "mysql+postgresql://h",
            ],
        );
        let with_driver = Rule::Url {
            scheme: "mysql+pymysql".to_owned(),
        };
        holding(&with_driver, &["mysql+pymysql://h"], &["mysql://h"]);
    }

    #[test]
    fn a_beginning_is_taken_literally() {
        let rule = Rule::StartsWith("sk-".to_owned());
        holding(&rule, &["sk-", "sk-1"], &["", "sk", "SK-1", " sk-1"]);
        holding(&Rule::StartsWith(".*".to_owned()), &[".*x"], &["x"]);
    }

    #[test]
    fn lengths_count_characters() {
        holding(
            &Rule::MinLength(3),
            &["abc", "abcd", "\u{20ac}\u{20ac}\u{20ac}", "   "],
            &["", "ab", "\u{20ac}\u{20ac}", "\u{1f600}"],
        );
        holding(&Rule::MinLength(0), &["", "a"], &[]);
        holding(&Rule::MinLength(u32::MAX), &[], &["", "a"]);
    }

    #[test]
    fn only_unreserved_characters_are_safe_in_urls() {
        holding(
            &Rule::UrlSafe,
            &["aZ09-._~"],
            &["a b", "a/b", "a%20b", "a+b", "p@w", "\u{e9}", "a\n", "$"],
        );
    }
}
