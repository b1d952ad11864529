//! Queries in Rust that ask a database while they are compiled.

use super::secrets::is_given;
use super::site::Site;
use crate::check::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::source::Look;

/// What `cargo sqlx prepare` makes, from which such queries are compiled without a database; beside the manifest, or
/// beside that of a workspace's member.
const PREPARED: [&str; 2] = [".sqlx", "*/.sqlx"];
/// Sources with queries, of a package and of a workspace's members.
const SOURCES: [&str; 4] = ["src/*.rs", "src/*/*.rs", "*/src/*.rs", "crates/*/src/*.rs"];
const MAIN: &str = "src/main.rs";
/// What may tell the compiler of a database that it reaches.
const CONFIGURATION: &str = ".cargo/config.toml";
const URL: &str = "DATABASE_URL";

/// The macros of sqlx that ask a database.
const MACROS: &[&str] = &[
    "query",
    "query_as",
    "query_as_unchecked",
    "query_file",
    "query_file_as",
    "query_file_as_unchecked",
    "query_file_scalar",
    "query_file_scalar_unchecked",
    "query_file_unchecked",
    "query_scalar",
    "query_scalar_unchecked",
    "query_unchecked",
];

pub(super) fn looks(site: &Site<'_>) -> Vec<(String, Look)> {
    if site.runtime() != "rust" {
        return Vec::new();
    }
    let prepared = PREPARED.map(|path| (path, Look::Kind));
    let sources = SOURCES.map(|path| (path, Look::Content));
    let all = prepared.into_iter().chain(sources);
    // It is looked at by its own path as well, and less closely.
    all.chain([(MAIN, Look::Content), (CONFIGURATION, Look::Content)])
        .map(|(path, look)| (path.to_owned(), look))
        .collect()
}

/// Warns of the first file with such a query, where nothing was prepared for it.
pub(super) fn check(site: &Site<'_>, found: &mut Findings) {
    let [own, of_members] = PREPARED;
    let is_unprepared =
        site.lacks_folder(own) && site.names(of_members).is_some_and(<[String]>::is_empty);
    let configuration = site.text(CONFIGURATION).unwrap_or_default();
    if !is_unprepared || is_given(site, URL) || configuration.contains(URL) {
        return;
    }
    let files = SOURCES.iter().filter_map(|pattern| site.names(pattern));
    let asking = files.flatten().find_map(|file| {
        let name = asks(site.text(file)?)?;
        Some((file, name))
    });
    if let Some((file, name)) = asking {
        let message = format!(
            "`{name}!` in `{}` asks a database while it is compiled, and there is no `.sqlx`",
            site.shown(file)
        );
        found.push(
            Diagnostic::new(Code::NotGenerated, site.place(), message)
                .label("no database is reached while this is built")
                .help("make it where there is a database, and commit it: `cargo sqlx prepare`"),
        );
    }
}

/// The first macro of sqlx that asks a database, as the text of a file names it. Tests aren't built.
fn asks(text: &str) -> Option<String> {
    let imports = text.contains("use sqlx");
    let lines = text.lines().map(str::trim_start);
    let lines = lines.take_while(|line| !line.starts_with("#[cfg(test)]"));
    let mut lines = lines.filter(|line| !line.starts_with("//"));
    lines.find_map(|line| {
        let (before, _) = line.split_once("!(")?;
        let name = before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let name = name.into_iter().next()?;
        if !MACROS.contains(&name) {
            return None;
        }
        let path = before.strip_suffix(name)?;
        let is_of_sqlx = path.ends_with("sqlx::");
        let is_imported = imports && !path.ends_with("::");
        (is_of_sqlx || is_imported).then(|| format!("sqlx::{name}"))
    })
}

#[cfg(test)]
mod tests {
    use super::{MACROS, asks};

    #[test]
    fn macros_are_told_from_functions() {
        assert!(MACROS.is_sorted());
        for (text, expected) in [
            ("let it = sqlx::query!(\"SELECT 1\");", Some("sqlx::query")),
            (
                "use sqlx::{PgPool, query_as};\n  let it = query_as!(User, \"\");",
                Some("sqlx::query_as"),
            ),
            ("sqlx::query(\"SELECT 1\")", None),
            ("// sqlx::query!(\"SELECT 1\")", None),
            ("use sqlx::PgPool;\nother::query!(\"\")", None),
            ("query!(world)", None),
            ("sqlx::migrate!()", None),
            ("#[cfg(test)]\nmod tests { sqlx::query!(\"\") }", None),
            ("é!(sqlx::query", None),
        ] {
            assert_eq!(asks(text).as_deref(), expected, "{text}");
        }
    }
}
