//! Databases, in the cluster and outside of it.

use super::secret;
use super::storage::{file, patches};
use super::tier::{admission, env, words};
use crate::diag::Bag;
use crate::syntax::ast::{Database, External, ExternalService};
use crate::syntax::signature::Statement;

pub(super) fn database(engine: &'static str, statement: &Statement<'_>, bag: &mut Bag) -> Database {
    Database {
        span: statement.span(),
        engine,
        name: statement.slot("name"),
        version: statement.setting("version"),
        image: statement.setting("image"),
        instances: statement.setting("instances"),
        storage: statement.setting("storage"),
        class: statement
            .child("storage")
            .and_then(|storage| storage.slot("class")),
        database: statement.setting("database"),
        user: statement.setting("user"),
        cpu: statement.child("cpu").and_then(Statement::amount),
        memory: statement.child("memory").and_then(Statement::amount),
        workload: statement.choice("workload"),
        policy: statement.choice("policy"),
        env: statement
            .child("env")
            .map_or(Vec::new(), |child| env(child, bag)),
        uid: statement.setting("uid"),
        writable: statement.all("writable", "path"),
        without: statement.all("without", "default"),
        admits: statement.children("admit").map(admission).collect(),
        args: words(statement, "args"),
        files: statement.children("file").map(file).collect(),
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

pub(super) fn external_service(statement: &Statement<'_>) -> ExternalService {
    let port = statement.child("port");
    ExternalService {
        span: statement.span(),
        name: statement.slot("name"),
        host: statement.setting("host"),
        scheme: port.and_then(|port| port.slot("scheme")),
        port: port.and_then(|port| port.slot("port")),
        broken: statement.is_broken(),
    }
}
