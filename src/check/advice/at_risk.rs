//! Data that a tier's pods lose, or that several of them spoil.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::readings::{self, Leaf, LeafKind, Reading, Readings, When};
use crate::catalog::databases::{ENGINES, Engine};
use crate::catalog::members::MemberValue;
use crate::check::findings::Findings;
use crate::check::names::face::TierFace;
use crate::check::names::scope::{Scope, Thing};
use crate::check::values::storage;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{self, Name, Value, ValueKind, VolumeSource};

/// Images of databases that the language has no word for, by the last part of their names.
const OTHERS: &[&str] = &[
    "clickhouse-server",
    "couchdb",
    "elasticsearch",
    "influxdb",
    "minio",
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

/// How the names of SQLite's files end.
const ENDS: &[&str] = &[".db", ".sqlite", ".sqlite3"];

/// Warns of each.
pub(in crate::check) fn check(readings: &Readings<'_, '_>, found: &mut Findings) {
    let scope = readings.scope;
    for face in readings::faces(scope).filter(|face| !face.is_job) {
        keeps_nothing(face, found);
        migrates_at_once(face, found);
        migrates_in_each(face, found);
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

/// Migrations that several pods run before they start, of what they don't have for themselves.
fn migrates_in_each(face: &TierFace<'_>, found: &mut Findings) {
    let mut migrations = face.tier.migrations.iter();
    let in_pod = migrations.find(|line| line.in_pod.is_some());
    let Some((line, origin)) = in_pod.zip(several(face)) else {
        return;
    };
    if storage::of_each(face.tier).is_some() {
        return;
    }
    let message = format!(
        "each pod of `{}` runs this migration before it starts, and two at once fail",
        face.id.name
    );
    found.push(
        Diagnostic::new(Code::DataAtRisk, line.span, message)
            .also(origin, "this makes them several")
            .help("let a Job run it once for each image: delete `in pod`"),
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
        if reading.when == When::Build {
            continue;
        }
        for leaf in reading.leaves(readings.scope) {
            let Some(file) = DatabaseFile::of(&leaf, readings.scope) else {
                continue;
            };
            let diagnostic = unmounted(reading.face, &leaf, readings.scope)
                .or_else(|| shared_file(&reading, &file, leaf.span, readings));
            if let Some(diagnostic) = diagnostic
                && seen.insert(leaf.span)
            {
                found.push(diagnostic);
            }
        }
    }
}

/// A file that holds a database.
struct DatabaseFile<'l> {
    path: Cow<'l, str>,
    /// Whether it is one by a URL. Of a path by itself nobody knows, outside of a volume, whose it is.
    has_url: bool,
}

impl<'l> DatabaseFile<'l> {
    fn of(leaf: &Leaf<'_, 'l>, scope: &Scope<'_>) -> Option<Self> {
        match leaf.kind {
            LeafKind::Text(text) => match file_of(text) {
                Some(path) => Some(DatabaseFile {
                    path: Cow::Borrowed(path),
                    has_url: true,
                }),
                None => is_database(text).then_some(DatabaseFile {
                    path: Cow::Borrowed(text),
                    has_url: false,
                }),
            },
            LeafKind::Member(reference, Thing::Tier(owner), MemberValue::VolumePath) => {
                let below = reference.path.as_ref()?;
                let volume = storage::volume_of(owner, reference.parts.get(1)?, scope)?;
                let path = storage::bare(&volume.path.as_ref()?.value) + &below.value;
                is_database(&path).then_some(DatabaseFile {
                    path: Cow::Owned(path),
                    has_url: false,
                })
            }
            LeafKind::Member(..) => None,
        }
    }
}

/// Whether an absolute path is that of a database, by its end.
fn is_database(path: &str) -> bool {
    path.starts_with('/') && ENDS.iter().any(|end| path.ends_with(end))
}

/// What to say of a process that is told where another tier keeps a file, and doesn't mount the volume.
fn unmounted(face: &TierFace<'_>, leaf: &Leaf<'_, '_>, scope: &Scope<'_>) -> Option<Diagnostic> {
    let LeafKind::Member(reference, Thing::Tier(owner), MemberValue::VolumePath) = leaf.kind else {
        return None;
    };
    let volume = storage::volume_of(owner, reference.parts.get(1)?, scope)?;
    let (tier, name) = match &volume.source {
        VolumeSource::Own(own) => (owner.id.name.as_str(), own.name.as_ref()?),
        VolumeSource::Other { tier, volume, .. } => (tier.value.as_str(), volume),
    };
    let mounts = |it: &ast::Volume| match &it.source {
        VolumeSource::Own(own) => {
            face.id.name == tier && own.name.as_ref().is_some_and(|it| it.value == name.value)
        }
        VolumeSource::Other {
            tier: of, volume, ..
        } => of.value == tier && volume.value == name.value,
    };
    let is_shared = volume.own().is_none_or(|own| own.shared.is_some());
    // What is taken from a tier mounts what that one shares.
    let inherits = is_shared && face.tier.from.is_some();
    if inherits || face.id.name == owner.id.name || face.tier.volumes.iter().any(mounts) {
        return None;
    }
    let message = format!(
        "`{}` doesn't mount the volume `{tier}.{}`, in which this file lies",
        face.id.name, name.value
    );
    let diagnostic = Diagnostic::new(Code::DataAtRisk, leaf.span, message);
    Some(diagnostic.also(volume.span, "the volume").help(format!(
        "let it ask `{tier}`, or take a database that serves many: `postgres db {{ … }}`"
    )))
}

/// What to say of a file that several pods would have, or that none keeps.
fn shared_file(
    reading: &Reading<'_, '_>,
    file: &DatabaseFile<'_>,
    place: Span,
    readings: &Readings<'_, '_>,
) -> Option<Diagnostic> {
    let face = reading.face;
    let kept = keeper(face.tier, &file.path);
    if face.is_job || kept.is_none() && !file.has_url {
        return None;
    }
    let name = &face.id.name;
    // Where each pod has its own volume, each has its own file.
    let own = kept.and_then(ast::Volume::own);
    let is_of_each = own.is_some_and(|own| own.per_pod.is_some());
    match (several(face).filter(|_| !is_of_each), kept) {
        (Some(origin), _) => Some(
            Diagnostic::new(
                Code::DataAtRisk,
                place,
                format!("the pods of `{name}` are several, and SQLite's file is for one"),
            )
            .also(origin, "this makes them several")
            .help("write `replicas 1`, or take a database that serves many: `postgres db { … }`"),
        ),
        (None, Some(volume)) => without_it(reading, volume, &file.path, place, readings),
        (None, None) => Some(
            Diagnostic::new(
                Code::DataAtRisk,
                place,
                format!("`{name}` loses this file with its pod: no volume keeps it"),
            )
            .help("let it lie in a volume, such as `volume data 1Gi at \"/data\"`"),
        ),
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
    let mut migrations = reading.face.tier.migrations.iter();
    if let Some(migration) = migrations.find(|line| line.in_pod.is_none()) {
        let message =
            format!("the migrations of `{name}` run in a pod of their own, without this file");
        let diagnostic = Diagnostic::new(Code::DataAtRisk, place, message);
        return Some(diagnostic.also(migration.span, "they are these").help(
            "let the tier's own pod run them before it starts: `migrate in pod \"alembic\" \"upgrade\" \"head\"`",
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
        ValueKind::Text(text) => file_of(text).is_some() || is_database(text),
        ValueKind::List(items) | ValueKind::Json(items) => items.iter().any(is_file),
        ValueKind::Reference(reference) => {
            let below = reference.path.as_ref();
            below.is_some_and(|below| is_database(&below.value))
        }
        ValueKind::Bare(_) => false,
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
            ENDS.iter().any(|end| path.ends_with(end))
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
