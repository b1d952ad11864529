//! Secrets with keys of ours, whose values whoever deploys gives.

use crate::ir::{App, Database, Rule, SecretKey, SecretObject};

/// A Secret with keys of ours.
#[derive(Debug, Clone, Copy)]
pub struct OwnSecret<'a> {
    /// Its name and keys; at least one key.
    pub object: &'a SecretObject,
    /// The database whose password it holds.
    pub database: Option<&'a Database>,
}

/// Every Secret with keys of ours: shared, of tiers and jobs, of databases.
#[must_use]
pub fn own(app: &App) -> Vec<OwnSecret<'_>> {
    let of_pods = app.pods().filter_map(|(_, pod)| pod.secret.as_ref());
    let without = app.secret.iter().chain(of_pods);
    let without = without.map(|object| OwnSecret {
        object,
        database: None,
    });
    let of_databases = app.databases.iter().filter_map(|database| {
        Some(OwnSecret {
            object: database.secret.as_ref()?,
            database: Some(database),
        })
    });
    let all = without.chain(of_databases);
    all.filter(|secret| !secret.object.keys.is_empty())
        .collect()
}

impl OwnSecret<'_> {
    /// The SQL statement that changes the password which the database keeps from its first start;
    /// `None` where no such database reads it.
    #[must_use]
    pub fn kept_by_database(&self) -> Option<&'static str> {
        self.database?.engine.password.changed_by
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
