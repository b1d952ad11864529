//! Databases in the cluster.

use super::findings::Findings;
use super::naming::Use;
use super::scope::Scope;
use super::types::{self, Measure};
use super::values::Composed;
use super::{image, image_names, inventory, patches, secrets, texts};
use crate::catalog::databases::Engine;
use crate::catalog::defaults::Switch;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Database, DatabaseWorkload, Identity, Piece, Resources, SecretObject, SecretRef};
use crate::source::Span;
use crate::syntax::ast;

/// The user who owns the database.
pub(super) fn user(database: &ast::Database, engine: &Engine) -> String {
    database
        .user
        .as_ref()
        .map_or(engine.user.to_owned(), |user| user.value.clone())
}

/// The name of the database in the server.
pub(super) fn name(database: &ast::Database, scope: &Scope<'_>) -> String {
    match &database.database {
        Some(name) => name.value.clone(),
        None => scope.naming.app().replace('-', "_"),
    }
}

/// The password's key, and where it is declared.
pub(super) fn password(database: &ast::Database, scope: &Scope<'_>) -> Option<(SecretRef, Span)> {
    let secret = database.secrets.first()?;
    let object = scope
        .naming
        .name(Use::TierSecret, &database.name.as_ref()?.value);
    Some((secrets::reference(secret, &object)?, secret.span))
}

/// The database's URL, around its password.
pub(super) fn url(
    database: &ast::Database,
    engine: &Engine,
    id: &Identity,
    scheme: &str,
    path: &str,
    scope: &Scope<'_>,
) -> Option<Composed> {
    let (password, declared) = password(database, scope)?;
    let variable = database.secrets.first()?.name.as_ref()?.value.clone();
    let before = format!("{scheme}://{}:", user(database, engine));
    let after = format!(
        "@{}:{}/{}{path}",
        id.service,
        engine.port,
        name(database, scope)
    );
    let pieces = vec![
        Piece::Text(before),
        Piece::Variable(variable.clone()),
        Piece::Text(after),
    ];
    Some(Composed {
        pieces,
        variable,
        password,
        declared,
    })
}

/// A database, without its clients. `None` where something that it can't be without is missing.
pub(super) fn lower(
    database: &ast::Database,
    engine: &'static Engine,
    id: &Identity,
    scope: &Scope<'_>,
    found: &mut Findings,
) -> Option<Database> {
    let image = image(database, engine, found);
    let storage = match &database.storage {
        Some(storage) => types::quantity(storage, Measure::Storage, found),
        None => missing(database, "the size of its claim", "storage 1Gi", found),
    };
    let cpu = database
        .cpu
        .as_ref()
        .and_then(|cpu| types::amount(cpu, Measure::Cpu, found));
    let memory = database
        .memory
        .as_ref()
        .and_then(|memory| types::amount(memory, Measure::Memory, found));
    let secret = secret(database, engine, scope, found);
    if let Some(user) = &database.user {
        texts::is_sql_name(user, "the name of a user", found);
    }
    if let Some(name) = &database.database {
        texts::is_sql_name(name, "the name of a database", found);
    }
    let (image, major) = image?;
    let (password, _) = password(database, scope)?;
    let mut lowered = Database {
        id: id.clone(),
        engine,
        image,
        pull: scope.settings.pull,
        mount: (engine.storage)(major),
        storage: storage?,
        database: name(database, scope),
        user: user(database, engine),
        password,
        secret: secret?,
        resources: Resources {
            cpu,
            memory,
            disk: None,
        },
        workload: match database.workload.as_ref().map(|word| word.value) {
            Some("deployment") => DatabaseWorkload::Deployment,
            _ => DatabaseWorkload::StatefulSet,
        },
        patches: Vec::new(),
        clients: Vec::new(),
    };
    let policy = !scope.off.contains(&Switch::NetworkPolicy);
    let objects = inventory::of_database(&lowered, policy);
    lowered.patches = patches::lower(database.patches.iter(), &objects, found);
    Some(lowered)
}

fn missing<T>(
    database: &ast::Database,
    what: &str,
    example: &str,
    found: &mut Findings,
) -> Option<T> {
    if !database.broken {
        let message = format!("this {} doesn't say {what}", database.engine);
        let diagnostic = Diagnostic::new(Code::MissingStatement, database.span, message);
        found.push(diagnostic.help(format!("say it: `{example}`")));
    }
    None
}

/// The image's reference and its major version, which decides where the data lies.
fn image(database: &ast::Database, engine: &Engine, found: &mut Findings) -> Option<(String, u32)> {
    match (&database.version, &database.image) {
        (Some(version), Some(image)) => {
            let message = "a database has either `version` or `image`, not both";
            found.push(
                Diagnostic::new(Code::Repeated, version.span, message)
                    .also(image.span, "the image says the version too")
                    .help("keep one of the two"),
            );
            None
        }
        (None, None) => {
            let newest = engine.versions.last().unwrap_or(&"");
            missing(
                database,
                "its major version",
                &format!("version {newest}"),
                found,
            )
        }
        (Some(version), None) => {
            let known = engine
                .versions
                .iter()
                .find(|known| **known == version.value);
            if known.is_none() {
                image::unknown_version(version, engine.word, engine.versions, found);
            }
            Some((format!("{}:{}", engine.image, known?), known?.parse().ok()?))
        }
        (None, Some(image)) => {
            if !image_names::is_image(image, found) {
                return None;
            }
            let major = major_of_tag(&image.value);
            if major.is_none() {
                let message = format!(
                    "the tag of `{}` doesn't begin with a major version",
                    image.value
                );
                let diagnostic = Diagnostic::new(Code::UnknownVersion, image.span, message);
                found.push(diagnostic.help(
                    "where the data lies depends on it: write a tag such as \"pgvector/pgvector:pg18\"",
                ));
            }
            Some((image.value.clone(), major?))
        }
    }
}

/// The major version in an image's tag: `postgres:16.4-alpine`, `pgvector/pgvector:pg18`.
fn major_of_tag(reference: &str) -> Option<u32> {
    let name = reference.split('@').next()?;
    let (_, tag) = name.rsplit('/').next()?.split_once(':')?;
    let tag = tag.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '-');
    let digits = tag
        .find(|c: char| !c.is_ascii_digit())
        .map_or(tag, |end| &tag[..end]);
    digits.parse().ok()
}

/// The Secret with the password: a database has exactly one key of its own.
fn secret(
    database: &ast::Database,
    engine: &Engine,
    scope: &Scope<'_>,
    found: &mut Findings,
) -> Option<SecretObject> {
    let [secret, more @ ..] = database.secrets.as_slice() else {
        let name = format!(
            "secret {}_PASSWORD from env",
            engine.word.to_ascii_uppercase()
        );
        return missing(database, "where its password comes from", &name, found);
    };
    if let Some(second) = more.first() {
        let message = format!("a {} has one secret, its password", engine.word);
        let diagnostic = Diagnostic::new(Code::Repeated, second.span, message);
        found.push(
            diagnostic
                .also(secret.span, "the first one")
                .help("declare other secrets at the top level"),
        );
    }
    texts::is_variable(secret.name.as_ref()?, found);
    if secret.optional {
        let message = "a database can't do without its password";
        found
            .push(Diagnostic::new(Code::Misplaced, secret.span, message).help("delete `optional`"));
    }
    let mut key = secrets::lower(secret, found)?;
    // Kubernetes can't encode it where it is put into a URL.
    key.rules
        .push("of letters, digits, `-`, `.`, `_` and `~` alone".to_owned());
    let name = database.name.as_ref()?;
    let object = scope.naming.own_object(Use::TierSecret, name, found);
    Some(SecretObject {
        name: object,
        keys: vec![key],
        origin: secret.span,
    })
}

#[cfg(test)]
mod tests {
    use super::major_of_tag;

    #[test]
    fn major_versions_are_read_off_tags() {
        assert_eq!(major_of_tag("postgres:16.4-alpine"), Some(16));
        assert_eq!(
            major_of_tag("localhost:5000/pgvector/pgvector:pg18"),
            Some(18)
        );
        assert_eq!(major_of_tag("timescale/timescaledb:latest-pg17"), Some(17));
        for none in [
            "postgres",
            "postgres:latest",
            "localhost:5000/postgres",
            "postgres@sha256:12",
        ] {
            assert_eq!(major_of_tag(none), None, "{none}");
        }
    }
}
