//! The service of a database.

use super::process::{denied, labels, networks, no_new_privileges, restart};
use super::project::Project;
use super::{Losses, Service, build, environment, health, resources, storage, text, unless_empty};
use crate::catalog::databases::Start;
use crate::diag::Code;
use crate::ir::{Database, Operated};
use crate::yaml::{Field, Node, map};

/// Shared memory of an engine that wants more than a container's 64 MiB, where its memory has no
/// limit.
const SHARED_MEMORY: &str = "1g";

/// The service.
pub(super) fn service(project: &Project, database: &Database, losses: &mut Losses) -> Service {
    of_servers(database, losses);
    let database = &database.alone();
    let Database {
        id,
        engine,
        image,
        pull,
        mount,
        storage: size,
        password,
        args,
        files,
        resources: said,
        ..
    } = database;
    let setup = database.setup();
    let read_only = database.writable_root(project.app).is_none();
    let Start { command, args: own } = (engine.start)(&setup);
    let own = own
        .iter()
        .map(|word| text::plain(word).also(database.setup_places()));
    let args = args
        .iter()
        .map(|word| text::plain(&word.value).at(word.span));
    let args: Vec<_> = own.chain(args).collect();
    let plain = (engine.variables)(&setup).into_iter();
    let made = |node: Node| node.also(database.setup_places());
    let plain = plain.map(|(name, value)| (name, made(Node::quoted(text::literal(&value)))));
    let passwords = environment::passwords(project, engine.password.variables, password.as_ref());
    let more = environment::plain(project, &database.env);
    let variables: Vec<_> = plain
        .chain(passwords)
        .map(|(name, node)| (name.to_owned(), node))
        .chain(more)
        .collect();
    let variables = variables.into_iter().map(|(name, node)| (name, Some(node)));
    let variables: Vec<_> = variables.collect();
    let mut empty: Vec<_> = engine.writable.to_vec();
    let kept = if let Some(size) = size {
        let name = project.volume_of(id);
        let mount = storage::mount(name, mount.mount, false);
        vec![mount.at(size.span).also([database.image.span])]
    } else {
        empty.push(mount.mount);
        Vec::new()
    };
    lose(database, losses);
    let empty = empty
        .into_iter()
        .map(|path| storage::empty(path, Some(database.user())));
    let more = database.writable.iter();
    let more = more.map(|path| storage::empty(&path.value, Some(database.user())).at(path.span));
    let empty = empty.chain(more);
    let memory = said.memory.as_ref();
    let shared = memory.map_or(Node::quoted(SHARED_MEMORY), |range| {
        Node::quoted(resources::bytes(&range.limit.value)).at(range.limit.span)
    });
    let node = map! {
        "image": Node::quoted(text::literal(&image.value.to_string())).at(image.span),
        "hostname": database.host_name().map(|name| text::plain(&name)).because("host name"),
        "pull_policy": build::pulled(pull.value).map(|word| Node::text(word).at(pull.span)),
        "entrypoint": unless_empty(text::words(&command)).map(made),
        "command": unless_empty(args).map(made),
        "environment": (!variables.is_empty()).then(|| made(Node::mapping(variables))),
        "healthcheck": made(health::of_database(database)),
        "volumes": unless_empty(kept),
        "configs": files.as_ref().and_then(|map| unless_empty(storage::of_map(project, map))),
        "tmpfs": unless_empty(empty.collect()).map(made),
        "shm_size": engine.shared_memory.then(|| made(shared)),
        "user": said_user(database),
        "read_only": read_only.then_some(true).because("read_only_root"),
        "cap_drop": denied(true).because("hardening"),
        "security_opt": no_new_privileges().because("hardening"),
        "stop_grace_period": Node::text(format!("{}s", engine.shutdown_seconds)).because("shutdown"),
        "restart": restart(false),
        "cpu_quota": resources::quota(said),
        "deploy": resources::deploy(id, said, None, losses),
        "labels": labels(project),
        "networks": networks(project, id, database.read_service().as_ref()),
    };
    (
        project.service(&id.name),
        node.at(id.origin).because("database"),
    )
}

/// Its user and group.
fn said_user(database: &Database) -> Node {
    let node = Node::quoted(format!("{0}:{0}", database.user()));
    match &database.uid {
        Some(uid) => node.at(uid.span),
        None => node.because("hardening"),
    }
}

/// Of several servers there is one, from the engine's own image.
fn of_servers(database: &Database, losses: &mut Losses) {
    let Some(operated) = database.operated() else {
        return;
    };
    let Operated {
        operator,
        instances,
        origin,
    } = operated;
    let name = &database.id.name;
    let servers = if instances == 1 { "server" } else { "servers" };
    let alone = database.alone().image.value;
    let message = format!(
        "the {instances} {servers} of `{name}`: Compose starts one, from the image {alone}, without {}",
        operator.name
    );
    losses.lose(Code::InstancesLost, origin, message);
}

fn lose(database: &Database, losses: &mut Losses) {
    let Database {
        id, engine, image, ..
    } = database;
    let name = &id.name;
    let message = format!("the liveness of `{name}`: Docker restarts nothing that is unhealthy");
    losses.lose(Code::LivenessLost, id.origin, message);
    if database.storage.is_none() || !engine.writable.is_empty() || !database.writable.is_empty() {
        let message = format!(
            "the empty folders of `{name}`: they are in memory here, and on the disk in Kubernetes"
        );
        losses.lose(Code::ResourcesLost, id.origin, message);
    }
    if let Some(size) = &database.storage {
        let message = match database.class {
            Some(_) => format!("the size and class of the volume of `{name}`: Docker has neither"),
            None => format!("the size of the volume of `{name}`: nothing bounds it"),
        };
        losses.lose(Code::VolumeLost, size.span, message);
        // Images of Debian have the folder for the engine's user; what others have isn't known.
        let tag = image.value.tag.as_deref().unwrap_or_default();
        if image.value.repository != engine.image
            || tag.contains("alpine")
            || database.user() != engine.uid
        {
            let message = format!(
                "the owner of the volume of `{name}`: it is whose the image's folder {} is, not {}",
                database.mount.mount,
                database.user()
            );
            losses.lose(Code::OwnerLost, id.origin, message);
        }
    }
}
