//! The variables of the shell, or of an `--env-file`, that the file reads.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::ir::{App, Piece, Rule, SecretKey, SecretRef, Value};

/// What to tell whoever sets no variable for a key of a Secret that others make.
pub(super) const OF_CLUSTER: &str = "its value is in a Secret of the cluster";

/// What to tell whoever sets no variable for a secret that a build sees.
const OF_BUILD: &str = "a secret that the build of an image reads";

/// A variable that holds a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ShellVariable {
    /// Whether containers start without it.
    pub(super) optional: bool,
    /// What to tell whoever forgets it.
    pub(super) demand: String,
}

/// The variables that hold secrets, each once: those that the program names, and those that stand for
/// Secrets of others, by the names that containers know them by.
pub(super) fn secrets(app: &App) -> IndexMap<String, ShellVariable> {
    let mut all: IndexMap<String, ShellVariable> = IndexMap::new();
    for key in app.secrets().flat_map(|secret| &secret.keys) {
        let asked = ShellVariable {
            optional: key.optional,
            demand: demand(key),
        };
        all.entry(key.from_env.clone()).or_insert(asked);
    }
    for name in app.build_secrets().map(|it| it.value.as_str()) {
        let asked = || ShellVariable {
            optional: false,
            demand: OF_BUILD.to_owned(),
        };
        all.entry(name.to_owned()).or_insert_with(asked).optional = false;
    }
    for (name, optional) in of_others(app) {
        let asked = || ShellVariable {
            optional,
            demand: OF_CLUSTER.to_owned(),
        };
        all.entry(of_shell(name)).or_insert_with(asked).optional &= optional;
    }
    all
}

/// The names of all variables that the file reads, but for those of ports.
pub(super) fn names(app: &App) -> BTreeSet<String> {
    let settings = app.unset.iter().cloned();
    secrets(app).into_keys().chain(settings).collect()
}

/// Whether a key is one of a Secret that the program declares.
fn is_ours(app: &App, key: &SecretRef) -> bool {
    app.secret_key(key).is_some()
}

/// The variables that stand for keys of Secrets that others make, each with whether it may be missing.
fn of_others(app: &App) -> Vec<(&str, bool)> {
    let mut all = Vec::new();
    for variable in app.pods().flat_map(|(_, pod)| &pod.env) {
        match &variable.value {
            Value::Secret(key) if !is_ours(app, key) => {
                all.push((variable.name.as_str(), key.optional));
            }
            Value::Composed(pieces) => {
                for piece in pieces {
                    match piece {
                        Piece::Secret { variable, key, .. } if !is_ours(app, key) => {
                            all.push((variable.as_str(), false));
                        }
                        Piece::Secret { .. } | Piece::Text(_) => {}
                    }
                }
            }
            Value::Secret(_) | Value::Text(_) | Value::Config { .. } | Value::Pod(_) => {}
        }
    }
    let files = app.pods().flat_map(|(_, pod)| &pod.secret_files);
    let theirs = files.filter(|file| !is_ours(app, &file.key));
    all.extend(theirs.map(|file| (file.name.as_str(), false)));
    for database in &app.databases {
        let password = database.password.as_ref();
        if password.is_some_and(|key| !is_ours(app, key)) {
            let names = database.engine.password.variables.iter();
            all.extend(names.map(|name| (*name, false)));
        }
    }
    all
}

/// The variable of the shell for one of a container, whose name may be none for a shell: Compose would take
/// what is behind a `-` for what holds where it isn't set.
pub(super) fn of_shell(name: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
    name.chars()
        .map(|c| if fits(c) { c } else { '_' })
        .collect()
}

/// What to tell whoever forgets a secret.
pub(super) fn demand(key: &SecretKey) -> String {
    let clauses: Vec<_> = key.rules.iter().map(Rule::clause).collect();
    match (&key.message, clauses.as_slice()) {
        (Some(message), _) => message.clone(),
        (None, []) => "a secret: set it in your shell, or by --env-file".to_owned(),
        (None, clauses) => clauses.join(", "),
    }
}
