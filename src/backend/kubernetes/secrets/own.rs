//! Secrets with keys of ours, whose values whoever deploys gives.

use crate::ir::{App, Database, Identity, Rule, SecretKey, SecretObject};

/// A Secret with keys of ours.
#[derive(Debug, Clone, Copy)]
pub struct OwnSecret<'a> {
    /// Its name and keys; at least one key.
    pub object: &'a SecretObject,
    /// What it belongs to.
    pub owner: SecretOwner<'a>,
}

/// What a Secret belongs to.
#[derive(Debug, Clone, Copy)]
pub enum SecretOwner<'a> {
    /// All of the application.
    Shared,
    /// A tier or job.
    Workload(&'a Identity),
    /// A database, whose password it holds.
    Database(&'a Database),
}

/// Every Secret with keys of ours: shared, of tiers and jobs, of databases.
#[must_use]
pub fn own(app: &App) -> Vec<OwnSecret<'_>> {
    let shared = app.secret.iter().map(|object| OwnSecret {
        object,
        owner: SecretOwner::Shared,
    });
    let of_workloads = app.pods().filter_map(|(id, pod)| {
        Some(OwnSecret {
            object: pod.secret.as_ref()?,
            owner: SecretOwner::Workload(id),
        })
    });
    let of_databases = app.databases.iter().filter_map(|database| {
        Some(OwnSecret {
            object: database.secret.as_ref()?,
            owner: SecretOwner::Database(database),
        })
    });
    let all = shared.chain(of_workloads).chain(of_databases);
    all.filter(|secret| !secret.object.keys.is_empty())
        .collect()
}

impl<'a> OwnSecret<'a> {
    /// The database that keeps the password of its first start, and the SQL statement that changes it
    /// there; `None` where no such database reads the Secret. An operator changes it there itself.
    #[must_use]
    pub fn kept_by(&self) -> Option<(&'a Database, &'static str)> {
        match self.owner {
            SecretOwner::Database(database) if database.operated().is_some() => None,
            SecretOwner::Database(database) => {
                Some((database, database.engine.password.changed_by?))
            }
            SecretOwner::Shared | SecretOwner::Workload(_) => None,
        }
    }
}

impl<'a> OwnSecret<'a> {
    /// The keys that it has besides, each with its text, which anybody may know.
    #[must_use]
    pub fn plain_keys(&self) -> Vec<(&'static str, &'a str)> {
        let SecretOwner::Database(database) = self.owner else {
            return Vec::new();
        };
        let keys = database.plain_keys().into_iter();
        keys.map(|(key, text)| (key, text.value.as_str())).collect()
    }
}

/// Where a value comes from, and what it must be like.
#[must_use]
pub fn demands(key: &SecretKey) -> String {
    let optional = key.optional.then(|| "optional".to_owned());
    let from = format!("from ${}", key.from_env);
    let clauses: Vec<_> = optional
        .into_iter()
        .chain([from])
        .chain(key.rules.iter().map(Rule::clause))
        .collect();
    match &key.message {
        Some(message) => format!("{} ({message})", clauses.join(", ")),
        None => clauses.join(", "),
    }
}
