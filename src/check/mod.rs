//! Syntax tree to IR: names are resolved, values typed, defaults filled in. Goes on after each
//! fault, so that all of them are found at once; the IR exists only where there is none.

mod clashes;
mod container;
mod database;
mod environment;
mod expose;
mod files;
mod findings;
mod graph;
mod health;
mod image;
mod image_names;
mod inventory;
mod naming;
mod objects;
mod patches;
mod references;
mod scaling;
mod scope;
mod secrets;
mod settings;
mod storage;
mod texts;
mod tier;
mod types;
mod values;
mod variables;

use indexmap::IndexSet;

use crate::diag::{Bag, Code, Diagnostic};
use crate::ir::{App, ConfigMap, Entry, SecretObject};
use crate::source::{FileId, Files, Span};
use crate::syntax::ast::{self, Name};
use environment::SharedValues;
use findings::Findings;
use graph::Graph;
use naming::Naming;
use scope::{Scope, Shared, Thing};

/// Most bytes of a ConfigMap's keys and values (Kubernetes' `MaxSecretSize`, for both kinds).
const MOST_CONFIG: usize = 1_048_576;

/// Checks `file` for one of its targets, or for none where it has none. The application is there
/// only if nothing is wrong with it; what is wrong with the syntax isn't seen here. `files` are those
/// that [`ast::File::files`] names.
#[must_use]
pub fn check(file: &ast::File, target: Option<&ast::Target>, files: &Files) -> (Option<App>, Bag) {
    let mut found = Findings::default();
    let app = lower(file, target, files, &mut found);
    let bag = found.into_bag();
    (app.filter(|_| bag.is_empty()), bag)
}

fn lower(
    file: &ast::File,
    target: Option<&ast::Target>,
    files: &Files,
    found: &mut Findings,
) -> Option<App> {
    let Some(app) = &file.app else {
        if !file.broken {
            let start = Span::new(FileId(0), 0..0);
            let message = "the file doesn't name its application";
            found.push(
                Diagnostic::new(Code::MissingApp, start, message)
                    .help("begin with a line such as `app todo`"),
            );
        }
        return None;
    };
    let name = app.name.as_ref()?;
    texts::is_label(name, found);
    let settings = settings::effective(app, name, target, found);
    let naming = Naming::new(app, name, found);
    let off = container::without(&app.without, found);
    let scope = Scope::new(file, target, &settings, &naming, &off, files, found);
    targets_are_right(file, &scope, found);

    let shared = environment::shared_values(&scope, found);
    let mut graph = Graph::default();
    let mut secrets_read = IndexSet::new();
    let mut tiers = Vec::new();
    let mut databases = Vec::new();
    let first = scope.things.values().map(|thing| (thing, true));
    // One more thing of a name clashes with the first in everything, which has been said.
    let more = scope.doubles.iter().map(|thing| (thing, false));
    for (thing, counts) in first.chain(more) {
        match thing {
            Thing::Tier(face) => {
                let name = face.tier.name.as_ref();
                let lowered = name
                    .and_then(|name| tier::lower(face, name, &shared, &scope, &mut graph, found));
                if let Some(lowered) = lowered.filter(|_| counts) {
                    secrets_read.extend(lowered.secrets_read);
                    tiers.push(lowered.tier);
                }
            }
            Thing::Database(database, engine, id) => {
                let lowered = database::lower(database, engine, id, &scope, found);
                databases.extend(lowered.filter(|_| counts));
            }
            Thing::External(external) => external_is_right(external, &scope, found),
        }
    }
    for tier in &mut tiers {
        tier.clients = graph.clients(&tier.id.name);
    }
    for database in &mut databases {
        database.clients = graph.clients(&database.id.name);
    }
    let notes = tiers.iter().flat_map(tier::notes).collect();
    let app = App {
        name: name.value.clone(),
        version: settings.version.clone(),
        origin: app.span,
        target: target
            .and_then(|target| target.name.as_ref())
            .map(|name| name.value.clone()),
        namespace: settings.namespace.clone(),
        local_images: settings.local_images,
        off: off.clone(),
        config: config(file, &shared, &scope),
        secret: secret(&secrets_read, &scope, found),
        databases,
        tiers,
        objects: objects::lower(file, target, &scope, found),
        notes,
    };
    clashes::check(&app, found);
    config_fits(&app, found);
    Some(app)
}

/// Names of targets, and the tiers that they speak of.
fn targets_are_right(file: &ast::File, scope: &Scope<'_>, found: &mut Findings) {
    let mut seen: Vec<&Name> = Vec::new();
    for target in &file.targets {
        if let Some(name) = &target.name {
            texts::is_label(name, found);
            match seen.iter().find(|first| first.value == name.value) {
                Some(first) => {
                    let message = format!("there are two targets `{}`", name.value);
                    let diagnostic = Diagnostic::new(Code::NameTaken, name.span, message);
                    found.push(
                        diagnostic
                            .also(first.span, "the first one")
                            .help("join the two, or rename one"),
                    );
                }
                None => seen.push(name),
            }
        }
        for name in target.tiers.iter().filter_map(|tier| tier.name.as_ref()) {
            match scope.thing(name, found) {
                None | Some(Thing::Tier(_)) => {}
                Some(other) => {
                    let message = format!("`{}` is {}, no tier", name.value, other.owner().noun());
                    found.push(
                        Diagnostic::new(Code::WrongKind, name.span, message)
                            .also(other.span(), "declared here")
                            .help("name a tier: targets change tiers alone"),
                    );
                }
            }
        }
    }
}

fn external_is_right(external: &ast::External, scope: &Scope<'_>, found: &mut Findings) {
    match &external.url {
        Some(url) => {
            secrets::shared_ref(url, scope, found);
        }
        None if external.broken => {}
        None => {
            let message = "this external database doesn't say which secret holds its URL";
            let diagnostic = Diagnostic::new(Code::MissingStatement, external.span, message);
            found.push(
                diagnostic
                    .help("say it: `url DATABASE_URL`, with a `secret DATABASE_URL from env`"),
            );
        }
    }
}

/// The shared ConfigMap.
fn config(file: &ast::File, shared: &SharedValues<'_>, scope: &Scope<'_>) -> Option<ConfigMap> {
    let origin = file.config.as_ref()?.span;
    let settings = scope.shared.values().filter_map(|key| match key {
        Shared::Config(setting) => Some(setting),
        Shared::Secret(_) => None,
    });
    let entries: Vec<_> = settings
        .filter_map(|setting| {
            let value = shared
                .get(setting.key.value.as_str())?
                .as_ref()?
                .text
                .clone();
            Some(Entry {
                key: setting.key.value.clone(),
                value,
                origin: setting.key.span,
            })
        })
        .collect();
    (!entries.is_empty()).then(|| ConfigMap {
        name: scope.config_name.clone(),
        entries,
        origin,
    })
}

/// The shared Secret, with the keys that something reads.
fn secret(
    read: &IndexSet<String>,
    scope: &Scope<'_>,
    found: &mut Findings,
) -> Option<SecretObject> {
    let mut keys = Vec::new();
    for (name, shared) in &scope.shared {
        if let Shared::Secret(secret) = shared {
            let key = secrets::lower(secret, found);
            keys.extend(key.filter(|_| read.contains(*name)));
        }
    }
    let origin = keys.first()?.origin;
    Some(SecretObject {
        name: scope.secret_name.clone(),
        keys,
        origin,
    })
}

fn config_fits(app: &App, found: &mut Findings) {
    let own = app.tiers.iter().filter_map(|tier| tier.pod.config.as_ref());
    for config in app.config.iter().chain(own) {
        let size: usize = config
            .entries
            .iter()
            .map(|entry| entry.key.len() + entry.value.len())
            .sum();
        if size > MOST_CONFIG {
            let message =
                format!("these settings are {size} bytes, and a ConfigMap holds {MOST_CONFIG}");
            let diagnostic = Diagnostic::new(Code::TooLarge, config.origin, message);
            found.push(diagnostic.help("keep large data in the image, or in a volume"));
        }
    }
}
