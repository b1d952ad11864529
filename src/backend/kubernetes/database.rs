//! The objects of a database.

use super::network_policy::{Access, Clients, Egress, Listened, network_policy};
use super::patch::patched;
use super::pod::{Pod, RunsAs, pull, said_word};
use super::probes::{Timing, probe, words};
use super::volumes::PodVolumes;
use super::{
    Scope, checksum, claim, config_map, deployment, env, operated, resources, security, service,
    stateful_set, unless_empty,
};
use crate::catalog::contract::EMPTY_FOLDER;
use crate::catalog::databases::{
    ALIVE, Asked, READY, SHARED_MEMORY, SHARED_MEMORY_SIZE, STARTING, Start,
};
use crate::catalog::defaults::Switch;
use crate::ir::{App, Database, DatabaseWorkload, Handler, Rollout};
use crate::yaml::{Field, Node, map};
use std::collections::BTreeSet;

/// Name of the volume with the data, and of a StatefulSet's claim.
const DATA: &str = "data";

fn timing(asked: Asked) -> Timing {
    let Asked {
        every,
        timeout,
        failures,
    } = asked;
    Timing {
        after: None,
        every,
        timeout,
        failures,
    }
}

/// All objects, in the order in which Helm installs kinds.
pub(super) fn objects(app: &App, database: &Database, clients: &Clients<'_>) -> Vec<Node> {
    let scope = &Scope::database(app, database);
    let name = &database.id.workload;
    let operated = database.operated();
    let port = Listened::tcp(database.engine.port, None);
    let access = Access {
        ports: vec![port],
        clients: clients.to(&database.id),
        admitted: database.admits.iter().map(|it| (it, vec![port])).collect(),
        exposed: Vec::new(),
        egress: if operated.is_none() && database.keeps(app, Switch::EgressPolicy) {
            Egress::Closed
        } else {
            Egress::Open
        },
    };
    let policy = database.keeps(app, Switch::NetworkPolicy);
    let policy = policy.then(|| match operated {
        Some(operated) => operated::policy(scope, database, operated, &access),
        None => network_policy(scope, name, &access),
    });
    if let Some(operated) = operated {
        let object = operated::object(scope, database, operated);
        let objects = policy.into_iter().chain([object]);
        return patched(objects.collect(), &database.patches);
    }
    let files = database.files.as_ref();
    let files = files.map(|files| config_map::of_files(scope, files));
    let mut objects: Vec<_> = policy.into_iter().chain(files).collect();
    let (size, class) = (database.storage.as_ref(), database.class.as_deref());
    let mut volumes = PodVolumes::default();
    let mount = database.mount.mount;
    match (database.workload, size) {
        (_, None) => volumes.scratch(mount, Some(EMPTY_FOLDER), None),
        (DatabaseWorkload::StatefulSet | DatabaseWorkload::Operated(_), Some(_)) => {
            volumes.mount(DATA, mount);
        }
        (DatabaseWorkload::Deployment, Some(_)) => volumes.claim(DATA, name, mount),
    }
    let template = pod(app, database, volumes).template(scope);
    match database.workload {
        DatabaseWorkload::StatefulSet | DatabaseWorkload::Operated(_) => {
            let claim = size.map(|size| claim::template(DATA, size, class));
            let service = &database.id.service;
            objects.extend([
                service::of_database(scope, database, true),
                stateful_set::of_database(scope, name, service, template, claim),
            ]);
        }
        DatabaseWorkload::Deployment => {
            objects.extend(size.map(|size| claim::claim(scope, name, size, class)));
            let one = 1_u32.because("database");
            let strategy = deployment::strategy(Rollout::Recreate);
            objects.extend([
                service::of_database(scope, database, false),
                deployment::deployment(
                    scope,
                    name,
                    one,
                    Some(strategy.because("rollout")),
                    None,
                    template,
                ),
            ]);
        }
    }
    // Which objects there are, and of which kind, follows from more than its first line.
    let shape = database.said.workload.into_iter();
    let shape: Vec<_> = shape.chain(size.map(|size| size.span)).collect();
    let objects = objects.into_iter();
    let objects = objects.map(|object| object.also(shape.iter().copied()));
    patched(objects.collect(), &database.patches)
}

/// The claim with its data; `None` where that ends with the pod.
pub(super) fn claim_name(database: &Database) -> Option<String> {
    database.storage.as_ref()?;
    let name = &database.id.workload;
    Some(match database.workload {
        // A StatefulSet names those of its pods by their number.
        DatabaseWorkload::StatefulSet => format!("{DATA}-{name}-0"),
        DatabaseWorkload::Deployment => name.clone(),
        // The operator counts its servers from one on.
        DatabaseWorkload::Operated(_) => format!("{name}-1"),
    })
}

/// The pod, whose `volumes` hold the data so far.
fn pod(app: &App, database: &Database, mut volumes: PodVolumes) -> Pod {
    let engine = database.engine;
    for path in engine.writable {
        volumes.scratch(path, Some(EMPTY_FOLDER), None);
    }
    for path in &database.writable {
        volumes.scratch(&path.value, Some(EMPTY_FOLDER), Some(path.span));
    }
    if engine.shared_memory {
        volumes.memory(SHARED_MEMORY, shared_memory(database));
    }
    if let Some(files) = &database.files {
        volumes.files(files);
    }
    Pod {
        annotations: checksum(app, database),
        shutdown_seconds: (engine.shutdown_seconds, None),
        security: security::pod(
            Some((database.user(), database.uid.as_ref().map(|uid| uid.span))),
            None,
            true,
        ),
        restart: None,
        host_name: host_name(database),
        spread: None,
        account: if app.keeps(Switch::ServiceAccount) {
            RunsAs::OfApplication
        } else {
            RunsAs::OfNamespace
        },
        talks: None,
        before: Vec::new(),
        container: container(app, database, volumes.mounts),
        volumes: volumes.volumes,
    }
}

/// The name of its host, where its data lies under that and it isn't a StatefulSet's pod, which has such a
/// name by itself.
fn host_name(database: &Database) -> Option<Node> {
    let is_named = database.workload == DatabaseWorkload::StatefulSet;
    let name = database.host_name().filter(|_| !is_named)?;
    Some(Node::text(name).because("host name"))
}

/// How much its processes may share. A kubelet gives no more than the memory limit in any case, but
/// without one as much as the node has.
fn shared_memory(database: &Database) -> Node {
    let memory = database.resources.memory.as_ref();
    memory.map_or_else(
        || Node::quoted(SHARED_MEMORY_SIZE).because("empty folders"),
        |range| Node::quoted(&range.limit.value.text).at(range.limit.span),
    )
}

/// A server reads its files when it starts, so that a changed one must change the pod.
fn checksum(app: &App, database: &Database) -> Option<Node> {
    let files = database.files.as_ref()?;
    let (key, digest) =
        checksum::annotation(&[], Some(files)).filter(|_| app.keeps(Switch::ConfigChecksum))?;
    Some(Node::mapping([(key, Some(digest))]).gathered(files.files.iter().map(|file| file.origin)))
}

fn container(app: &App, database: &Database, mounts: Vec<Node>) -> Node {
    let engine = database.engine;
    let port = engine.scheme;
    let place = database.writable_root(app);
    let read_only = place.is_none();
    let ready = Handler::Exec((engine.ready)(database.account()));
    let open = Handler::Tcp {
        port: port.to_owned(),
    };
    let made = |node: Node| node.also(database.setup_places());
    let Start { command, args } = (engine.start)(&database.setup());
    let said = database.args.iter().map(said_word);
    let args: Vec<_> = words(&args).into_iter().chain(said).collect();
    map! {
        "name": &database.id.name,
        "image": Node::text(database.image.value.to_string()).at(database.image.span),
        "imagePullPolicy": pull(app, &database.pull),
        "command": unless_empty(words(&command)).map(made),
        "args": unless_empty(args).map(made),
        "ports": vec![map! { "name": port, "containerPort": engine.port, "protocol": "TCP" }],
        "env": unless_empty(variables(database)).map(made),
        "resources": resources::resources(&database.resources),
        "startupProbe": made(probe(&ready, timing(STARTING))),
        "readinessProbe": made(probe(&ready, timing(READY))),
        "livenessProbe": probe(&open, timing(ALIVE)),
        "securityContext": security::container(true, read_only, place),
        "volumeMounts": made(Node::sequence(mounts)),
    }
    .because("database")
}

fn variables(database: &Database) -> Vec<Node> {
    let engine = database.engine;
    let plain = (engine.variables)(&database.setup()).into_iter();
    let passwords = database.password.iter().flat_map(|key| {
        let names = engine.password.variables.iter();
        names.map(move |name| env::secret(name, key))
    });
    plain
        .map(|(name, value)| env::plain(name, &value))
        .chain(passwords)
        .chain(env::variables(&database.env))
        .collect()
}

/// The names of the variables that a database's container has.
pub(in crate::backend) fn variable_names(database: &Database) -> BTreeSet<String> {
    let all = variables(database);
    let names = all.iter().filter_map(|node| node.get("name"));
    names.filter_map(Node::as_text).map(str::to_owned).collect()
}
