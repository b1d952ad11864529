//! Databases, in the cluster and outside of it.

use super::secret;
use super::storage::patches;
use crate::syntax::ast::{Database, External};
use crate::syntax::signature::Statement;

pub(super) fn database(engine: &'static str, statement: &Statement<'_>) -> Database {
    Database {
        span: statement.span(),
        engine,
        name: statement.slot("name"),
        version: statement.setting("version"),
        image: statement.setting("image"),
        storage: statement.setting("storage"),
        database: statement.setting("database"),
        user: statement.setting("user"),
        cpu: statement.child("cpu").and_then(Statement::amount),
        memory: statement.child("memory").and_then(Statement::amount),
        workload: statement.choice("workload"),
        secrets: statement.children("secret").map(secret).collect(),
        patches: patches(statement),
        broken: statement.is_broken(),
    }
}

pub(super) fn external(engine: &'static str, statement: &Statement<'_>) -> External {
    External {
        span: statement.span(),
        engine,
        name: statement.slot("name"),
        url: statement.setting("url"),
        broken: statement.is_broken(),
    }
}
