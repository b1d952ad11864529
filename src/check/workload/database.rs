//! Databases in the cluster.

use super::admit;
use super::files::MountedFiles;
use super::image;
use super::instances;
use super::patches;
use super::server;
use crate::catalog::databases::{Engine, Layout, Storage, version};
use crate::check::findings::Findings;
use crate::check::names::naming::Use;
use crate::check::names::scope::Scope;
use crate::check::names::secrets;
use crate::check::types::image_names;
use crate::check::types::implausible;
use crate::check::types::measure::Measure;
use crate::check::types::numbers;
use crate::check::types::texts;
use crate::check::types::variable_names;
use crate::check::values::database_access::{account, operator, password, secret_line};
use crate::check::values::storage::Mounts;
use crate::diag::{Code, Diagnostic};
use crate::ir::{
    Database, DatabasePlaces, DatabaseWorkload, FileMap, Identity, ImageReference, Operated,
    Quantity, Resources, Rule, SecretObject,
};
use crate::source::Spanned;
use crate::syntax::ast;

/// The policy that drops nothing.
const KEEPS_ALL: &str = "noeviction";

/// A database. `None` where something that it can't be without is missing.
pub(in crate::check) fn lower<'a>(
    database: &'a ast::Database,
    engine: &'static Engine,
    id: &Identity,
    scope: &Scope<'a>,
    found: &mut Findings,
) -> Option<Database> {
    let operated = instances::of(database, engine, found);
    let image = image(database, engine, operated, found);
    let storage = storage(database, engine, found);
    if let Some(class) = &database.class {
        texts::is_object_name(class, "a storage class", found);
    }
    let cpu = database
        .cpu
        .as_ref()
        .and_then(|cpu| numbers::amount(cpu, Measure::Cpu, found));
    let memory = database
        .memory
        .as_ref()
        .and_then(|memory| numbers::amount(memory, Measure::Memory, found));
    if let Some(memory) = &memory {
        implausible::database_memory(&memory.limit, engine, found);
    }
    policy_has_a_bound(database, found);
    let secret = secret(database, engine, scope, found);
    if let Some(user) = &database.user {
        texts::is_sql_name(user, texts::USER, engine.users, found);
    }
    let account = account(database, engine, scope);
    match (&database.database, &account) {
        (Some(name), _) => {
            texts::is_sql_name(name, texts::DATABASE, engine.databases, found);
        }
        (None, Some(account)) => {
            texts::is_free(&account.database, texts::DATABASE, engine.databases, found);
        }
        (None, None) => {}
    }
    let (image, mount) = image?;
    let files = files(database, engine, mount, id, scope, found);
    let workload = match (operated, database.workload.as_ref().map(|word| word.value)) {
        (Some(operated), _) => DatabaseWorkload::Operated(operated),
        (None, Some("deployment")) => DatabaseWorkload::Deployment,
        // What has no claim may get one later, and a StatefulSet's claims can't be changed.
        (None, None) if storage.is_none() => DatabaseWorkload::Deployment,
        (None, _) => DatabaseWorkload::StatefulSet,
    };
    let mut lowered = Database {
        id: id.clone(),
        engine,
        image,
        pull: scope.settings.pull.clone(),
        mount,
        storage,
        class: database.class.as_ref().map(|class| class.value.clone()),
        account,
        password: password(database, scope).map(|(key, _)| key),
        secret,
        policy: database.policy.as_ref().map(|word| word.value),
        env: Vec::new(),
        uid: None,
        writable: Vec::new(),
        off: Vec::new(),
        admits: admit::of_database(database, found),
        args: database.args.clone(),
        files,
        resources: Resources {
            cpu,
            memory,
            disk: None,
        },
        workload,
        said: DatabasePlaces {
            policy: database.policy.as_ref().map(|word| word.span),
            workload: database.workload.as_ref().map(|word| word.span),
        },
        patches: patches::lower(database.patches.iter(), found),
    };
    server::change(&mut lowered, database, scope, found);
    admit::needs_policy(&lowered.id.name, &lowered.admits, &lowered.off, found);
    instances::names_are_free(&lowered, database, found);
    instances::settings_are_right(&lowered, found);
    drops_arguments(&lowered, found);
    Some(lowered)
}

/// Warns of arguments that take the place of those that an image of others starts with, where the engine
/// gives none itself: extensions are often loaded by them.
fn drops_arguments(database: &Database, found: &mut Findings) {
    let Some(first) = database.args.first() else {
        return;
    };
    let own = (database.engine.start)(&database.setup());
    if database.starts_alike() || !own.args.is_empty() || database.operated().is_some() {
        return;
    }
    let message = format!(
        "`{}` starts with these arguments alone, and without those of its image",
        database.id.name
    );
    let last = database.args.last().unwrap_or(first);
    found.push(
        Diagnostic::new(Code::ArgumentsDropped, first.span.to(last.span), message)
            .also(database.image.span, "it may load an extension by an argument of its own")
            .help(
                "add what it starts with, which `docker image inspect` shows as its `Cmd`, and accept this with `allow W0526`",
            ),
    );
}

/// The size of its claim. An engine that forgets may be without one.
fn storage(
    database: &ast::Database,
    engine: &Engine,
    found: &mut Findings,
) -> Option<Spanned<Quantity>> {
    match &database.storage {
        Some(storage) => {
            let quantity = numbers::quantity(storage, Measure::Storage, found);
            if let (Some(quantity), Some(least)) = (&quantity, engine.takes_empty) {
                implausible::storage(storage, &quantity.value, (engine.word, least), found);
            }
            quantity
        }
        None if engine.forgets => None,
        None => missing(database, "the size of its claim", "storage 1Gi", found),
    }
}

/// Complains of a policy that drops keys of a memory that never counts as full. One that drops nothing holds
/// without a bound as well: of a queue nobody must take away what nobody wrote.
fn policy_has_a_bound(database: &ast::Database, found: &mut Findings) {
    let (Some(policy), None, false) = (&database.policy, &database.memory, database.broken) else {
        return;
    };
    if policy.value == KEEPS_ALL {
        return;
    }
    let message = "the policy has no effect: nothing says how much memory there is";
    found.push(
        Diagnostic::new(Code::MissingStatement, policy.span, message).help(format!(
            "say how much it may take, such as `memory 256Mi`: keys are dropped from three quarters of it on; \
             a queue has `policy {KEEPS_ALL}`"
        )),
    );
}

/// The files that its container reads, none of which may stand where it writes.
fn files(
    database: &ast::Database,
    engine: &Engine,
    mount: Storage,
    id: &Identity,
    scope: &Scope<'_>,
    found: &mut Findings,
) -> Option<FileMap> {
    let more = database.writable.iter().map(|path| path.value.as_str());
    let own: Vec<&str> = engine.folders().chain([mount.mount]).collect();
    let mut mounts = Mounts::at(own.into_iter().chain(more), database.span);
    // None of them is a secret: no statement of a database says so.
    let (files, _) = MountedFiles::of(&database.files, &mut mounts, scope, found).lower(id, found);
    files
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

/// The image's reference, and where its version keeps the data.
fn image(
    database: &ast::Database,
    engine: &Engine,
    operated: Option<Operated>,
    found: &mut Findings,
) -> Option<(Spanned<ImageReference>, Storage)> {
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
            let line = format!("version {}", engine.suggested);
            missing(database, "its version", &line, found)
        }
        (Some(version), None) => {
            let mut known = engine.versions.iter();
            let known = known.rfind(|known| is_release(&version.value, known));
            if known.is_none() {
                image::unknown_version(version, engine.word, engine.versions, found);
            }
            let storage = match engine.storage {
                Layout::Always(storage) => storage,
                Layout::ByMajor(storage) => storage(known?.parse().ok()?),
            };
            let image = ImageReference {
                repository: engine.image.to_owned(),
                tag: known.map(|_| version.value.clone()),
                digest: None,
            };
            let image = match operated {
                Some(operated) => instances::image(&image, &operated, version, found),
                None => image,
            };
            Some((Spanned::new(image, version.span), storage))
        }
        (None, Some(image)) => {
            if !image_names::is_image(image, found) {
                return None;
            }
            let reference = Spanned::new(image_names::reference(&image.value), image.span);
            if let Some(operated) = operated {
                instances::can_run(image, &reference.value, engine, &operated, found);
            }
            let by_major = match engine.storage {
                Layout::Always(storage) => return Some((reference, storage)),
                Layout::ByMajor(storage) => storage,
            };
            let major = reference.value.tag.as_deref().and_then(version::major);
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
            Some((reference, by_major(major?)))
        }
    }
}

/// Whether a version is a known one, or a release of it: `17.2` of `17`.
fn is_release(version: &str, known: &str) -> bool {
    let Some(rest) = version.strip_prefix(known) else {
        return false;
    };
    let mut parts = rest.split('.');
    let is_number = |part: &str| part.len() <= 3 && part.parse::<u16>().is_ok();
    parts.next() == Some("") && parts.clone().count() <= 2 && parts.all(is_number)
}

/// The Secret with the password: a database has no more than this key of its own.
fn secret(
    database: &ast::Database,
    engine: &Engine,
    scope: &Scope<'_>,
    found: &mut Findings,
) -> Option<SecretObject> {
    let [secret, more @ ..] = database.secrets.as_slice() else {
        if !engine.password.required {
            return None;
        }
        let line = secret_line(engine);
        return missing(database, "where its password comes from", &line, found);
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
    variable_names::is_variable(secret.name.as_ref()?, found);
    if secret.optional {
        let message = "a database can't do without its password";
        found
            .push(Diagnostic::new(Code::Misplaced, secret.span, message).help("delete `optional`"));
    }
    let operator = operator(database, engine);
    let mut key = instances::named(secrets::lower(secret, found)?, operator);
    secrets::fits_url(secret, found);
    // Kubernetes can't encode it where it is put into a URL.
    key.rules.push(Rule::UrlSafe);
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
    use super::is_release;

    #[test]
    fn releases_are_of_a_version() {
        for (version, known, expected) in [
            ("17", "17", true),
            ("17.6", "17", true),
            ("8.4.7", "8.4", true),
            ("8.0.36", "8", true),
            ("175", "17", false),
            ("17.", "17", false),
            ("17.a", "17", false),
            ("17.1.2.3", "17", false),
            ("17.99999", "17", false),
            ("1", "17", false),
        ] {
            assert_eq!(is_release(version, known), expected, "{version}");
        }
    }
}
