//! What SQLAlchemy connects by, as far as the sources say it.

use super::programs;
use super::site::Site;
use crate::source::Look;

/// Files in which an engine is often made.
const FILES: [&str; 3] = ["*.py", "*/*.py", "src/*/*.py"];
const USUAL: [&str; 4] = ["main.py", "app/main.py", "app/db.py", "app/database.py"];
/// What makes one of a URL.
const MAKERS: &[&str] = &[
    "create_engine(",
    "create_async_engine(",
    "SQLALCHEMY_DATABASE_URI",
];
/// Words with which a file may change the URL, or connect by something else.
const OPEN: &[&str] = &[
    "postgresql+",
    "postgres+",
    ".replace(",
    "removeprefix(",
    ".split(",
    "sub(",
    "drivername",
    "make_url",
    "URL.create",
    "creator=",
    "connect(",
    "module=",
    "poolclass_url",
    "PostgresDsn",
];
/// Drivers that a plain URL means before SQLAlchemy 2.1.
const PLAIN: &[&str] = &[
    "psycopg2",
    "psycopg2-binary",
    "psycopg2cffi",
    "psycopg2-pool",
];

pub(super) fn looks(site: &Site<'_>) -> Vec<(String, Look)> {
    if site.runtime() != "python" {
        return Vec::new();
    }
    FILES
        .iter()
        .chain(&USUAL)
        .map(|file| ((*file).to_owned(), Look::Content))
        .collect()
}

/// The driver that a URL must name, since a plain one means another that isn't installed; and the file that gives
/// SQLAlchemy the variable as it is.
pub(super) fn needed(site: &Site<'_>, variable: &str) -> Option<(&'static str, String)> {
    let names = programs::names(site)?;
    let has = |name: &str| names.contains(name) || names.contains(&format!("{name}[binary]"));
    if !has("sqlalchemy") || PLAIN.iter().any(|name| has(name)) {
        return None;
    }
    let version = programs::locked_version(site, "sqlalchemy")?;
    let mut numbers = version.split('.').map(str::parse::<u32>);
    let release = (numbers.next()?.ok()?, numbers.next()?.ok()?);
    let driver = match (has("psycopg"), has("asyncpg")) {
        (true, false) if release < (2, 1) => "psycopg",
        (false, true) => "asyncpg",
        _ => return None,
    };
    let fitting = FILES.iter().filter_map(|pattern| site.names(pattern));
    let files = fitting.flatten().map(String::as_str);
    let mut files = USUAL.into_iter().chain(files);
    let file = files.find(|file| site.text(file).is_some_and(|text| gives(text, variable)))?;
    Some((driver, site.shown(file)))
}

/// Whether a file gives SQLAlchemy the value of a variable, and does nothing else with it.
fn gives(text: &str, variable: &str) -> bool {
    let quoted = ["\"", "'"].map(|quote| format!("{quote}{variable}{quote}"));
    let is_read = quoted.iter().any(|name| text.contains(name.as_str()));
    let has = |word: &&str| text.contains(*word);
    is_read && MAKERS.iter().any(has) && !OPEN.iter().any(has)
}

#[cfg(test)]
mod tests {
    use super::gives;

    #[test]
    fn files_give_the_variable_as_it_is() {
        let plain = "import os\nengine = create_engine(os.environ[\"DATABASE_URL\"])\n";
        assert!(gives(plain, "DATABASE_URL"));
        assert!(!gives(plain, "DATABASE"));
        assert!(!gives(
            &plain.replace("])", "].replace('a', 'b'))"),
            "DATABASE_URL"
        ));
        assert!(!gives("print(os.environ['DATABASE_URL'])", "DATABASE_URL"));
    }
}
