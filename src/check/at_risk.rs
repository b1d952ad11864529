//! Data that a tier's pods lose, or that several of them spoil.

use std::collections::BTreeSet;

use super::face::TierFace;
use super::findings::Findings;
use super::readings::{self, LeafKind, When};
use super::scope::Scope;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{Name, Value, ValueKind};

/// Images of databases, by the last part of their names, whose data is not to be lost.
const DATABASES: &[&str] = &[
    "clickhouse-server",
    "couchdb",
    "elasticsearch",
    "influxdb",
    "mariadb",
    "minio",
    "mongo",
    "mongodb",
    "mysql",
    "neo4j",
    "opensearch",
    "pgvector",
    "postgis",
    "postgres",
    "postgresql",
    "qdrant",
    "timescaledb",
];

/// Words of commands that change what a database holds, in the tools that have them.
const MIGRATIONS: &[&str] = &[
    "alembic upgrade",
    "db:migrate",
    "flask db upgrade",
    "knex migrate",
    "manage.py migrate",
    "migrate deploy",
    "prisma db push",
    "typeorm migration:run",
];

/// Warns of each.
pub(super) fn check(scope: &Scope<'_>, found: &mut Findings) {
    for face in readings::faces(scope).filter(|face| !face.is_job) {
        keeps_nothing(face, found);
        migrates_at_once(face, found);
    }
    one_file(scope, found);
}

/// A database as a tier, whose data goes with its pod.
fn keeps_nothing(face: &TierFace<'_>, found: &mut Findings) {
    let Some(image) = &face.tier.image else {
        return;
    };
    let name = image.value.split(['@']).next().unwrap_or_default();
    let name = name.rsplit('/').next().unwrap_or_default();
    let name = name.split(':').next().unwrap_or_default();
    let patched = !face.tier.scale.patches.is_empty();
    if !DATABASES.contains(&name) || !face.tier.volumes.is_empty() || patched || face.tier.broken {
        return;
    }
    let message = format!(
        "`{}` loses its data with its pod: no volume keeps it",
        face.id.name
    );
    let diagnostic = Diagnostic::new(Code::DataAtRisk, image.span, message);
    found.push(if matches!(name, "postgres" | "postgresql") {
        diagnostic.help(format!(
            "declare it as a database: `postgres {} {{ … }}`",
            face.id.name
        ))
    } else {
        diagnostic.help("give it one: `volume data 10Gi at \"/path\"`, where its image keeps them")
    });
}

/// Several pods that each bring a database up to date as they start.
fn migrates_at_once(face: &TierFace<'_>, found: &mut Findings) {
    let Some(origin) = several(face) else { return };
    let words: Vec<&Name> = face.tier.command.iter().chain(&face.tier.args).collect();
    let line: Vec<_> = words.iter().map(|word| word.value.as_str()).collect();
    let line = line.join(" ");
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return;
    };
    let Some(migration) = MIGRATIONS
        .iter()
        .find(|migration| line.contains(**migration))
    else {
        return;
    };
    let message = format!(
        "each pod of `{}` runs `{migration}` as it starts, and two at once fail",
        face.id.name
    );
    found.push(
        Diagnostic::new(Code::DataAtRisk, first.span.to(last.span), message)
            .also(origin, "this makes them several")
            .help(
                "let a Job run it once for each image: `migrate \"alembic\" \"upgrade\" \"head\"`",
            ),
    );
}

/// What makes the pods of a tier several.
fn several(face: &TierFace<'_>) -> Option<Span> {
    let there = face.scale().and_then(|scale| scale.replicas.as_ref());
    let said = there.or(face.tier.scale.replicas.as_ref())?;
    let number = said.number.as_ref()?;
    let is_one = number.limit.is_none() && matches!(number.request.value.as_str(), "0" | "1");
    (!is_one).then_some(said.span)
}

/// A database that is a file of the container's own.
fn one_file(scope: &Scope<'_>, found: &mut Findings) {
    let wanted = |_: &Name, value: Option<&Value>| value.is_some_and(is_file);
    let mut seen = BTreeSet::new();
    for reading in readings::all(scope, wanted) {
        let face = reading.face;
        if reading.when == When::Build || face.is_job {
            continue;
        }
        for leaf in reading.leaves(scope) {
            let LeafKind::Text(text) = leaf.kind else {
                continue;
            };
            let Some(path) = file_of(text) else { continue };
            let volumes = face
                .tier
                .volumes
                .iter()
                .filter_map(|volume| volume.path.as_ref());
            let mut kept = volumes.map(|it| it.value.trim_end_matches('/'));
            let is_kept = kept.any(|kept| path.starts_with(kept));
            let name = &face.id.name;
            let diagnostic = match several(face) {
                Some(origin) => Diagnostic::new(
                    Code::DataAtRisk,
                    leaf.span,
                    format!("the pods of `{name}` are several, and SQLite's file is for one"),
                )
                .also(origin, "this makes them several")
                .help(
                    "write `replicas 1`, or take a database that serves many: `postgres db { … }`",
                ),
                None if !is_kept => Diagnostic::new(
                    Code::DataAtRisk,
                    leaf.span,
                    format!("`{name}` loses this file with its pod: no volume keeps it"),
                )
                .help("let it lie in a volume, such as `volume data 1Gi at \"/data\"`"),
                None => continue,
            };
            if seen.insert(leaf.span) {
                found.push(diagnostic);
            }
        }
    }
}

/// Whether a value is, or lists, a database that is a file.
fn is_file(value: &Value) -> bool {
    match &value.kind {
        ValueKind::Text(text) => file_of(text).is_some(),
        ValueKind::List(items) | ValueKind::Json(items) => items.iter().any(is_file),
        ValueKind::Bare(_) | ValueKind::Reference(_) => false,
    }
}

/// The path of the file that a URL of SQLite names; none of one in memory.
fn file_of(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once(':')?;
    let driver = scheme.split('+').next().unwrap_or(scheme);
    if !matches!(driver, "sqlite" | "sqlite3") || rest.contains("memory") {
        return None;
    }
    // `sqlite:////data/x` and `sqlite:/data/x` are absolute, `sqlite:///x` is not.
    let path = rest.strip_prefix("///").unwrap_or(rest);
    (!path.is_empty() && path != "//").then_some(path)
}

#[cfg(test)]
mod tests {
    use super::file_of;

    #[test]
    fn files_of_sqlite_have_paths() {
        for (text, path) in [
            ("sqlite:////data/app.db", Some("/data/app.db")),
            ("sqlite+aiosqlite:///./app.db", Some("./app.db")),
            ("sqlite:///:memory:", None),
            ("sqlite://", None),
            ("postgresql://db/app", None),
            ("sqlite", None),
        ] {
            assert_eq!(file_of(text), path, "{text}");
        }
    }
}
