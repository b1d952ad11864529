//! Data that a tier's pods lose, or that several of them spoil.

use std::collections::BTreeSet;

use super::readings::{self, LeafKind, Reading, Readings, When};
use crate::catalog::databases::{ENGINES, Engine};
use crate::check::findings::Findings;
use crate::check::names::face::TierFace;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{self, Name, Value, ValueKind};

/// Images of databases that the language has no word for, by the last part of their names.
const OTHERS: &[&str] = &[
    "clickhouse-server",
    "couchdb",
    "elasticsearch",
    "influxdb",
    "minio",
    "mongo",
    "mongodb",
    "neo4j",
    "opensearch",
    "pgvector",
    "postgis",
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
pub(in crate::check) fn check(readings: &Readings<'_, '_>, found: &mut Findings) {
    let scope = readings.scope;
    for face in readings::faces(scope).filter(|face| !face.is_job) {
        keeps_nothing(face, found);
        migrates_at_once(face, found);
    }
    one_file(readings, found);
}

/// A database as a tier, whose data goes with its pod.
fn keeps_nothing(face: &TierFace<'_>, found: &mut Findings) {
    let Some(image) = &face.tier.image else {
        return;
    };
    let name = image.value.split(['@']).next().unwrap_or_default();
    let name = name.rsplit('/').next().unwrap_or_default();
    let name = name.split(':').next().unwrap_or_default();
    let patched = !face.view.patches.is_empty();
    let engine = engine_of(name);
    let is_database = engine.is_some() || OTHERS.contains(&name);
    if !is_database || !face.tier.volumes.is_empty() || patched || face.tier.broken {
        return;
    }
    let message = format!(
        "`{}` loses its data with its pod: no volume keeps it",
        face.id.name
    );
    let diagnostic = Diagnostic::new(Code::DataAtRisk, image.span, message);
    found.push(match engine {
        Some((engine, line)) => diagnostic.help(format!(
            "declare it as a database: `{} {} {{ {line}… }}`",
            engine.word, face.id.name
        )),
        None => diagnostic
            .help("give it one: `volume data 10Gi at \"/path\"`, where its image keeps them"),
    });
}

/// The engine that keeps the data of images with that name, and how the block of one begins.
fn engine_of(image: &str) -> Option<(&'static Engine, String)> {
    ENGINES.iter().find_map(|engine| {
        let mut images = engine.images.iter();
        let (_, line) = images.find(|(name, _)| *name == image)?;
        let space = if line.is_empty() { "" } else { ", " };
        Some((*engine, format!("{line}{space}")))
    })
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
pub(in crate::check) fn several(face: &TierFace<'_>) -> Option<Span> {
    let said = face.view.replicas.holds?;
    let number = said.number.as_ref()?;
    let is_one = number.limit.is_none() && matches!(number.request.value.as_str(), "0" | "1");
    (!is_one).then_some(said.span)
}

/// A database that is a file of the container's own.
fn one_file(readings: &Readings<'_, '_>, found: &mut Findings) {
    let wanted = |_: &Name, value: Option<&Value>| value.is_some_and(is_file);
    let mut seen = BTreeSet::new();
    for reading in readings.all(wanted) {
        let face = reading.face;
        if reading.when == When::Build || face.is_job {
            continue;
        }
        for leaf in reading.leaves(readings.scope) {
            let LeafKind::Text(text) = leaf.kind else {
                continue;
            };
            let Some(path) = file_of(text) else { continue };
            let kept = keeper(face.tier, path);
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
                None => match kept {
                    Some(volume) => match without_it(&reading, volume, path, leaf.span, readings) {
                        Some(diagnostic) => diagnostic,
                        None => continue,
                    },
                    None => Diagnostic::new(
                        Code::DataAtRisk,
                        leaf.span,
                        format!("`{name}` loses this file with its pod: no volume keeps it"),
                    )
                    .help("let it lie in a volume, such as `volume data 1Gi at \"/data\"`"),
                },
            };
            if seen.insert(leaf.span) {
                found.push(diagnostic);
            }
        }
    }
}

/// The volume of a tier that a file lies in.
fn keeper<'t>(tier: &'t ast::Tier, path: &str) -> Option<&'t ast::Volume> {
    tier.volumes.iter().find(|volume| {
        let folder = volume.path.as_ref();
        folder.is_some_and(|folder| lies_in(path, &folder.value))
    })
}

/// Whether a path of a container is that of a folder, or leads into it.
fn lies_in(path: &str, folder: &str) -> bool {
    let below = path.strip_prefix(folder.trim_end_matches('/'));
    below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
}

/// What to say of a pod that reads where the file is, and hasn't the volume: a migration's, or one of
/// what is taken from the tier.
fn without_it(
    reading: &Reading<'_, '_>,
    volume: &ast::Volume,
    path: &str,
    place: Span,
    readings: &Readings<'_, '_>,
) -> Option<Diagnostic> {
    let name = &reading.face.id.name;
    // What is shared, they mount as well.
    volume.own().filter(|own| own.shared.is_none())?;
    if let Some(migration) = reading.face.tier.migrations.first() {
        let message =
            format!("the migrations of `{name}` run in a pod of their own, without this file");
        let diagnostic = Diagnostic::new(Code::DataAtRisk, place, message);
        return Some(diagnostic.also(migration.span, "they are these").help(
            "let the container migrate as it starts: `command \"sh\" \"-c\" \"… && exec …\"`",
        ));
    }
    let taker = readings::faces(readings.scope).find(|face| {
        let from = face.tier.from.as_ref();
        let mut variables = readings.variables(face).iter();
        from.is_some_and(|from| from.value == *name)
            && keeper(face.tier, path).is_none()
            && variables.any(|it| it.origin == reading.name.span)
    })?;
    let message = format!(
        "`{}` takes this variable from `{name}`, and not the volume with the file",
        taker.id.name
    );
    let diagnostic = Diagnostic::new(Code::DataAtRisk, place, message);
    Some(diagnostic.also(taker.tier.span, "taken here").help(format!(
        "let it ask `{name}`, or take a database that serves many: `postgres db {{ … }}`"
    )))
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
    let is_sqlite = match driver {
        "sqlite" | "sqlite3" => true,
        // So SQLite itself, and Prisma, write it.
        "file" => {
            let path = rest.split('?').next().unwrap_or_default();
            [".db", ".sqlite", ".sqlite3"]
                .iter()
                .any(|end| path.ends_with(end))
        }
        _ => false,
    };
    if !is_sqlite || rest.contains("memory") {
        return None;
    }
    // `sqlite:////data/x` and `sqlite:/data/x` are absolute, `sqlite:///x` is not.
    let slashes = if driver == "file" { "//" } else { "///" };
    let path = rest.strip_prefix(slashes).unwrap_or(rest);
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
            (
                "file:/data/app.db?connection_limit=1",
                Some("/data/app.db?connection_limit=1"),
            ),
            ("file:///data/app.sqlite", Some("/data/app.sqlite")),
            ("file:/etc/app.conf", None),
        ] {
            assert_eq!(file_of(text), path, "{text}");
        }
    }
}
