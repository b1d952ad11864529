//! Versions of servers, as far as the files of one depend on them.

use super::Engine;

/// What of an image's reference says which server it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerVersion {
    /// The last part of the repository: `mariadb` and `mysql` don't read each other's files.
    server: String,
    /// As many numbers of the version as its files depend on, or fewer where the tag has fewer.
    numbers: Vec<u32>,
}

/// The last part of an image's repository, and its tag.
fn image(reference: &str) -> Option<(&str, &str)> {
    let name = reference.split('@').next()?;
    let last = name.rsplit('/').next()?;
    let (name, tag) = last.split_once(':').unwrap_or((last, ""));
    (!name.is_empty()).then_some((name, tag))
}

/// The numbers of the server's version in an image's tag: 16 and 4 in `16.4-alpine`.
fn numbers(tag: &str) -> impl Iterator<Item = u32> {
    // Of a server with an extension the tag may have the version of both: `0.8.0-pg18`.
    let tag = tag.find("pg").map_or(tag, |at| &tag[at..]);
    let tag = tag.trim_start_matches(|c: char| !c.is_ascii_digit());
    let end = tag.find(|c: char| !c.is_ascii_digit() && c != '.');
    let numbers = tag[..end.unwrap_or(tag.len())].split('.');
    numbers.map_while(|number| number.parse().ok())
}

/// The major version of the server in an image's tag: 16 in `16.4-alpine`, 18 in `0.8.0-pg18`.
#[must_use]
pub fn major(tag: &str) -> Option<u32> {
    numbers(tag).next()
}

impl ServerVersion {
    /// That of an image. `None` where its tag has no version.
    #[must_use]
    pub fn of(engine: &Engine, reference: &str) -> Option<ServerVersion> {
        let (name, tag) = image(reference)?;
        let known = engine.images.iter().any(|(image, _)| *image == name);
        let server = if known && name != "postgresql" {
            name
        } else {
            engine.image
        };
        let numbers: Vec<u32> = numbers(tag).take(engine.format_numbers).collect();
        (!numbers.is_empty()).then(|| ServerVersion {
            server: server.to_owned(),
            numbers,
        })
    }

    /// Whether a server of the one has the files of the other: of versions that say less than others the
    /// numbers count that both say.
    #[must_use]
    pub fn is_like(&self, other: &ServerVersion) -> bool {
        let numbers = self.numbers.iter().zip(&other.numbers);
        self.server == other.server && numbers.clone().all(|(one, other)| one == other)
    }

    /// Whether it is an earlier version of the same server.
    #[must_use]
    pub fn is_before(&self, other: &ServerVersion) -> bool {
        self.server == other.server && self.numbers < other.numbers
    }
}

impl std::fmt::Display for ServerVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let numbers: Vec<_> = self.numbers.iter().map(u32::to_string).collect();
        write!(f, "{} {}", self.server, numbers.join("."))
    }
}

#[cfg(test)]
mod tests {
    use super::{ServerVersion, major};
    use crate::catalog::databases::engine;

    #[test]
    fn major_versions_are_read_off_tags() {
        assert_eq!(major("16.4-alpine"), Some(16));
        assert_eq!(major("pg18"), Some(18));
        assert_eq!(major("latest-pg17"), Some(17));
        assert_eq!(major("0.8.0-pg18"), Some(18));
        assert_eq!(major("2.17.2-pg17-oss"), Some(17));
        assert_eq!(major("17-3.5"), Some(17));
        for none in ["", "latest", "v", "99999999999"] {
            assert_eq!(major(none), None, "{none}");
        }
    }

    #[test]
    fn versions_differ_where_files_do() {
        let is_like = |word: &str, one: &str, other: &str| {
            let engine = engine(word).expect("an engine");
            let [one, other] = [one, other].map(|it| ServerVersion::of(engine, it).expect("one"));
            one.is_like(&other)
        };
        for (word, one, other) in [
            ("postgres", "postgres:17", "postgres:17.2-alpine"),
            ("postgres", "postgres:17", "pgvector/pgvector:pg17"),
            (
                "postgres",
                "postgres:17",
                "localhost:5000/acme/postgres:17@sha256:0",
            ),
            ("mysql", "mysql:9", "mysql:9.1"),
            ("mysql", "mariadb:11.8", "acme/mariadb:11.8.2"),
            ("redis", "redis:7", "redis:7.4"),
        ] {
            assert!(is_like(word, one, other), "{one} {other}");
        }
        for (word, one, other) in [
            ("postgres", "postgres:17", "postgres:18"),
            (
                "postgres",
                "postgres:17",
                "pgvector/pgvector:0.8.0-pg18-trixie",
            ),
            ("mysql", "mysql:8.0", "mysql:8.4"),
            ("mysql", "mysql:11.8", "mariadb:11.8"),
            ("redis", "redis:7.2", "redis:7.4"),
        ] {
            assert!(!is_like(word, one, other), "{one} {other}");
        }
        let engine = engine("postgres").expect("an engine");
        assert_eq!(ServerVersion::of(engine, "acme/db:latest"), None);
        assert_eq!(ServerVersion::of(engine, "acme/db"), None);
    }
}
