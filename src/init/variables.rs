//! The names of variables, by files that show which there are. Values are never looked at.

use super::Sources;
use super::folders::join;
use crate::catalog::secret_names::names_a_secret;

/// Files that show which variables there are; never `.env` itself.
const FILES: &[&str] = &[
    ".env.example",
    ".env.sample",
    ".env.template",
    "env.example",
];
/// The most names that are taken.
const MOST: usize = 40;

/// What a folder's file shows.
#[derive(Debug, Clone, Default)]
pub(super) struct ShownVariables {
    /// The file.
    pub(super) file: String,
    /// The names in it.
    pub(super) names: Vec<String>,
}

impl ShownVariables {
    /// Those of the first file of a folder.
    pub(super) fn of(sources: &dyn Sources, folder: &str) -> Self {
        let files = FILES.iter().map(|file| join(folder, file));
        let mut read = files.filter_map(|file| Some((sources.text(&file)?, file)));
        let Some((text, file)) = read.next() else {
            return ShownVariables::default();
        };
        let mut names: Vec<String> = Vec::new();
        for name in text.lines().filter_map(name) {
            if names.len() < MOST && names.iter().all(|it| it != name) {
                names.push(name.to_owned());
            }
        }
        ShownVariables { file, names }
    }

    /// The first name that is one.
    pub(super) fn find(&self, is: impl Fn(&str) -> bool) -> Option<&str> {
        self.names.iter().map(String::as_str).find(|name| is(name))
    }
}

/// The name that a line gives a value.
fn name(line: &str) -> Option<&str> {
    let line = line.trim_start_matches('\u{feff}').trim();
    let line = line.strip_prefix("export ").unwrap_or(line);
    let (name, _) = line.split_once('=')?;
    let name = name.trim();
    let known = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let begins = name.starts_with(|c: char| c.is_ascii_uppercase());
    (begins && name.chars().all(known)).then_some(name)
}

/// Whether a value by that name is nobody's to see: an address may hold a password.
pub(super) fn is_secret(name: &str) -> bool {
    const ADDRESSES: &[&str] = &[
        "DATABASE_URL",
        "DB_URL",
        "MONGO_URL",
        "MONGODB_URI",
        "REDIS_URL",
        "AMQP_URL",
    ];
    names_a_secret(name) || ADDRESSES.iter().any(|it| name.ends_with(it))
}

/// Whether it is something of a database: what it says, the database's own block does.
pub(super) fn is_of(engine: &str, name: &str) -> bool {
    let parts: &[&str] = match engine {
        "redis" => &["REDIS"],
        "mysql" => &["MYSQL", "DB", "DATABASE"],
        _ => &["POSTGRES", "PG", "PGPASSWORD", "DB", "DATABASE"],
    };
    name.split('_').any(|part| parts.contains(&part))
}

#[cfg(test)]
mod tests {
    use super::{is_of, is_secret, name};

    #[test]
    fn names_stand_before_the_equals_sign() {
        for (line, expected) in [
            ("API_KEY=", Some("API_KEY")),
            ("export A = b", Some("A")),
            ("# OLD=1", None),
            ("lower=1", None),
            ("A B=1", None),
            ("1A=2", None),
            ("NO_VALUE", None),
        ] {
            assert_eq!(name(line), expected, "{line}");
        }
        assert!(
            is_secret("DATABASE_URL") && is_secret("OPENAI_API_KEY") && !is_secret("LOG_LEVEL")
        );
        assert!(is_of("postgres", "POSTGRES_PASSWORD") && !is_of("postgres", "API_KEY"));
    }
}
