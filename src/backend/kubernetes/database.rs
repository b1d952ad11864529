//! The objects of a database.

use super::network_policy::{Access, network_policy};
use super::patch::patched;
use super::pod::Pod;
use super::probes::{Timing, probe};
use super::volumes::PodVolumes;
use super::{Scope, claim, deployment, env, resources, security, service, stateful_set};
use crate::catalog::databases::Account;
use crate::catalog::defaults::Switch;
use crate::ir::{App, Database, DatabaseWorkload, Handler, Rollout};
use crate::yaml::{Node, map};

/// Name of the volume with the data, and of a StatefulSet's claim.
const DATA: &str = "data";

/// Ten minutes for the first start and for a recovery, which a restart would only begin anew.
const STARTUP: Timing = Timing {
    after: None,
    every: 5,
    timeout: 5,
    failures: 120,
};

/// Commands get five seconds: they start a process, which a busy node delays.
const READINESS: Timing = Timing {
    failures: 3,
    every: 10,
    ..STARTUP
};

/// Slower to act than readiness: a restart ends every connection.
const LIVENESS: Timing = Timing {
    failures: 6,
    ..READINESS
};

/// All objects, in the order in which Helm installs kinds.
pub(super) fn objects(app: &App, database: &Database) -> Vec<Node> {
    let scope = &Scope::database(app, database);
    let name = &database.id.workload;
    let access = Access {
        ports: vec![database.engine.port],
        clients: &database.clients,
        exposed: None,
    };
    let policy = app.keeps(Switch::NetworkPolicy);
    let policy = policy.then(|| network_policy(scope, name, &access));
    let mut objects: Vec<_> = policy.into_iter().collect();
    let mut volumes = PodVolumes::default();
    match database.workload {
        DatabaseWorkload::StatefulSet => {
            volumes.mount(DATA, database.mount.mount);
            let template = pod(app, database, volumes).template(scope);
            let claim = claim::template(DATA, &database.storage);
            let service = &database.id.service;
            objects.extend([
                service::of_database(scope, database, true),
                stateful_set::stateful_set(scope, name, service, template, claim),
            ]);
        }
        DatabaseWorkload::Deployment => {
            volumes.claim(DATA, name, database.mount.mount);
            let template = pod(app, database, volumes).template(scope);
            objects.extend([
                claim::claim(scope, name, &database.storage),
                service::of_database(scope, database, false),
                deployment::deployment(
                    scope,
                    name,
                    Some(Node::integer(1_u32)),
                    Rollout::Recreate,
                    template,
                ),
            ]);
        }
    }
    patched(objects, &database.patches)
}

/// Whom the database belongs to, as its engine wants to know it.
pub(super) fn account(database: &Database) -> Account<'_> {
    Account {
        user: &database.user,
        database: &database.database,
    }
}

/// The pod, whose `volumes` hold the data so far.
fn pod(app: &App, database: &Database, mut volumes: PodVolumes) -> Pod {
    let engine = database.engine;
    for path in engine.writable {
        volumes.scratch(path);
    }
    if engine.shared_memory {
        volumes.memory("/dev/shm");
    }
    Pod {
        annotations: None,
        shutdown_seconds: engine.shutdown_seconds,
        security: security::pod(Some(engine.uid), true),
        restart: None,
        spread: None,
        account: app.keeps(Switch::ServiceAccount),
        before: Vec::new(),
        container: container(database, volumes.mounts),
        volumes: volumes.volumes,
    }
}

fn container(database: &Database, mounts: Vec<Node>) -> Node {
    let engine = database.engine;
    let port = engine.scheme;
    let ready = (engine.ready)("127.0.0.1", account(database));
    let ready = Handler::Exec(ready);
    let open = Handler::Tcp {
        port: port.to_owned(),
    };
    map! {
        "name": &database.id.name,
        "image": &database.image,
        "imagePullPolicy": database.pull.word(),
        "ports": vec![map! { "name": port, "containerPort": engine.port, "protocol": "TCP" }],
        "env": variables(database),
        "resources": resources::resources(&database.resources),
        "startupProbe": probe(&ready, STARTUP),
        "readinessProbe": probe(&ready, READINESS),
        "livenessProbe": probe(&open, LIVENESS),
        "securityContext": security::container(true, true),
        "volumeMounts": mounts,
    }
}

fn variables(database: &Database) -> Vec<Node> {
    let engine = database.engine;
    let plain = (engine.variables)(account(database), database.mount).into_iter();
    plain
        .map(|(name, value)| env::plain(name, &value))
        .chain([env::secret(engine.password, &database.password)])
        .collect()
}
