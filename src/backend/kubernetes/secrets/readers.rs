//! Who reads which key, and what restarts who does.

use std::collections::BTreeSet;

use super::own::OwnSecret;
use crate::backend::kubernetes::stateful_set::workload_kind;
use crate::ir::{App, Database, DatabaseWorkload, EnvFromKind, Piece, Pod, SecretKey, Tier, Value};

/// A workload that reads a key of a Secret.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reader {
    /// The name of the tier, job or database in the source.
    pub name: String,
    /// What `kubectl rollout restart` takes, such as `deployment/todo-backend`. `None` for what reads
    /// it by itself when it runs next, as jobs do, or once and never again, as a database that keeps
    /// its password does.
    pub restart: Option<String>,
}

/// Who reads a key of the Secret of that name: databases, then tiers, then jobs, each in the order of
/// the source.
#[must_use]
pub fn readers(app: &App, object: &str, key: &SecretKey) -> Vec<Reader> {
    let databases = app.databases.iter().filter(|database| {
        let password = database.password.as_ref();
        password.is_some_and(|it| it.object == object && it.key == key.key)
    });
    let databases = databases.map(|database| Reader {
        name: database.id.name.clone(),
        restart: match database.engine.password.changed_by {
            Some(_) => None,
            None => Some(rollout_name(database)),
        },
    });
    let tiers = app.tiers.iter();
    let tiers = tiers.filter(|tier| reads(&tier.pod, object, &key.key));
    let tiers = tiers.map(|tier| Reader {
        name: tier.id.name.clone(),
        restart: Some(rollout_name_of_tier(tier)),
    });
    let jobs = app.jobs.iter();
    let jobs = jobs.filter(|job| reads(&job.pod, object, &key.key));
    let jobs = jobs.map(|job| Reader {
        name: job.id.name.clone(),
        restart: None,
    });
    databases.chain(tiers).chain(jobs).collect()
}

/// What kubectl calls a database's workload, or what leads to its pod.
pub(in crate::backend::kubernetes) fn rollout_name(database: &Database) -> String {
    let kind = match database.workload {
        DatabaseWorkload::StatefulSet => "statefulset",
        DatabaseWorkload::Deployment => "deployment",
        // The Service of the server that takes writes: which pod that is changes.
        DatabaseWorkload::Operated(_) => return format!("service/{}", database.id.service),
    };
    format!("{kind}/{}", database.id.workload)
}

/// What `kubectl rollout` calls a tier's workload.
pub(in crate::backend) fn rollout_name_of_tier(tier: &Tier) -> String {
    let kind = workload_kind(tier).to_ascii_lowercase();
    format!("{kind}/{}", tier.id.workload)
}

/// A Secret that changed.
#[derive(Debug, Clone)]
pub struct ChangedSecret<'a> {
    /// The Secret.
    pub secret: OwnSecret<'a>,
    /// The keys that changed, where that is known; any may have else.
    pub keys: Option<Vec<String>>,
}

/// The workloads that read what changed and have to be restarted to see it, each once: databases, then
/// tiers.
#[must_use]
pub fn restarts(app: &App, changed: &[ChangedSecret]) -> Vec<String> {
    let mut all = BTreeSet::new();
    for ChangedSecret { secret, keys } in changed {
        let known = keys.as_ref();
        let has_changed = |key: &&SecretKey| known.is_none_or(|keys| keys.contains(&key.key));
        for key in secret.object.keys.iter().filter(has_changed) {
            let readers = readers(app, &secret.object.name, key);
            all.extend(readers.into_iter().filter_map(|reader| reader.restart));
        }
    }
    let tiers = app.tiers.iter().map(rollout_name_of_tier);
    let in_order = app.databases.iter().map(rollout_name).chain(tiers);
    in_order.filter(|name| all.contains(name)).collect()
}

fn reads(pod: &Pod, object: &str, key: &str) -> bool {
    let is_it = |its_object: &str, its_key: &str| its_object == object && its_key == key;
    let whole = pod.env_from.iter();
    let mut whole =
        whole.filter(|from| matches!(from.kind, EnvFromKind::Secret) && from.object == object);
    let of_variable = |value: &Value| match value {
        Value::Secret(it) => is_it(&it.object, &it.key),
        Value::Composed(pieces) => pieces.iter().any(|piece| match piece {
            Piece::Secret { key, .. } => is_it(&key.object, &key.key),
            Piece::Text(_) => false,
        }),
        Value::Text(_) | Value::Config { .. } | Value::Pod(_) => false,
    };
    let mut files = pod.secret_files.iter();
    whole.next().is_some()
        || files.any(|file| is_it(&file.key.object, &file.key.key))
        || pod.env.iter().any(|it| of_variable(&it.value))
}
