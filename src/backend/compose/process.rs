//! Containers of the application's own: what those of tiers, jobs and migrations have in common.

use super::project::Project;
use super::{Losses, build, environment, health, resources, storage, text, unless_empty};
use crate::catalog::contract::denied_capability;
use crate::ir::{Identity, Pod};
use crate::source::{Span, Spanned};
use crate::yaml::{Field, Node, map};

/// What such a container is made from.
#[derive(Clone, Copy)]
pub(super) struct Process<'a> {
    pub(super) project: &'a Project<'a>,
    pub(super) id: &'a Identity,
    pub(super) pod: &'a Pod,
    /// Whether it runs beside others of the same, which keep the volumes of one pod.
    pub(super) is_beside: bool,
}

/// What such containers differ in.
#[derive(Default)]
pub(super) struct Parts {
    /// What replaces the image's entry point; `None` leaves it.
    pub(super) entrypoint: Option<Node>,
    /// What replaces the image's arguments; `None` leaves them.
    pub(super) command: Option<Node>,
    /// Ports of this machine.
    pub(super) ports: Option<Node>,
    /// How its health is asked for; `None` for a process that ends.
    pub(super) healthcheck: Option<Node>,
    /// What it waits for.
    pub(super) depends_on: Option<Node>,
    /// How many there are, where not one.
    pub(super) replicas: Option<Node>,
    /// Its other names in the network.
    pub(super) networks: Option<Node>,
    /// By which it is started at all, if not with the others.
    pub(super) profiles: Option<Node>,
    /// Whether it ends by itself.
    pub(super) ends: bool,
    /// Whether it is the one that builds its image.
    pub(super) builds: bool,
}

impl Process<'_> {
    /// The service.
    pub(super) fn service(self, parts: Parts, losses: &mut Losses) -> Node {
        let Process {
            project,
            id,
            pod,
            is_beside,
        } = self;
        let Pod {
            image,
            contract,
            said,
            resources,
            host_name,
            ..
        } = pod;
        let user = contract.user.map(|user| format!("{user}:{user}"));
        let (kept, files) = (
            storage::mounts(project, pod, is_beside),
            storage::files(project, pod),
        );
        let healthcheck = parts
            .healthcheck
            .or_else(|| health::none(project, image).because("probes"));
        let host_name = host_name.as_ref().filter(|_| !is_beside);
        // Compose copies secrets into the container before it starts, and refuses to where that is
        // read-only.
        let is_read_only = contract.read_only_root && pod.secret_files.is_empty();
        let builds = image.build.as_ref().filter(|_| parts.builds);
        let watch = builds.map(|build| build::watch(project, image, build));
        map! {
            "image": Node::quoted(text::literal(&build::reference(project, image))).at(image.origin).also(image.named_by.iter().copied()),
            "build": builds.map(|said| build::build(project, &id.name, image, said)),
            "pull_policy": build::pull(project, image, parts.builds),
            "platform": build::platform(project, image),
            "profiles": parts.profiles,
            "entrypoint": parts.entrypoint,
            "command": parts.command,
            "hostname": host_name.map(|name| text::plain(&name.value).at(name.span)),
            "environment": environment::variables(project, (id, pod), losses),
            "ports": parts.ports,
            "healthcheck": healthcheck,
            "depends_on": parts.depends_on,
            "volumes": unless_empty(kept),
            "configs": unless_empty(files),
            "secrets": unless_empty(storage::secret_files(project, pod)),
            "tmpfs": storage::empty_folders(id, pod, is_beside, losses),
            "user": by(user.map(Node::quoted).because("hardening"), said.user),
            "read_only": by(is_read_only.then_some(true).because("read_only_root"), said.read_only_root),
            "cap_drop": denied(contract.no_capabilities).because("hardening"),
            "security_opt": no_new_privileges().because("hardening"),
            "stop_grace_period": Node::text(format!("{}s", contract.shutdown_seconds)).because("shutdown"),
            "restart": restart(parts.ends),
            "cpu_quota": resources::quota(resources),
            "deploy": resources::deploy(id, resources, parts.replicas, losses),
            "labels": labels(project),
            "networks": parts.networks,
            "develop": watch,
        }
        .at(id.origin)
        .because("container")
    }
}

/// What a statement at this place asks for, or what a rule does where there is none.
fn by(value: Option<Node>, place: Option<Span>) -> Option<Node> {
    match place {
        Some(place) => value.map(|node| node.at(place)),
        None => value,
    }
}

/// What a container may not do.
pub(super) fn denied(no_capabilities: bool) -> Node {
    Node::sequence([Node::text(denied_capability(no_capabilities))])
}

/// A process gets no rights that it wasn't started with.
pub(super) fn no_new_privileges() -> Node {
    Node::sequence([Node::quoted("no-new-privileges:true")])
}

/// When a container is started again.
pub(super) fn restart(ends: bool) -> Node {
    let word = if ends { "no" } else { "unless-stopped" };
    Node::text(word).because("container")
}

/// The labels of all containers.
pub(super) fn labels(project: &Project) -> Option<Node> {
    let labels = project.app.labels.iter();
    let labels = labels.map(|entry| {
        let value = Node::quoted(text::literal(&entry.value)).at(entry.origin);
        (entry.key.clone(), Some(value))
    });
    let places = project.app.labels.iter().map(|entry| entry.origin);
    (!project.app.labels.is_empty()).then(|| Node::mapping(labels).gathered(places))
}

/// The names by which others reach a service besides its own; `more` is that of another Service, if it has one.
pub(super) fn networks(project: &Project, id: &Identity, more: Option<&String>) -> Option<Node> {
    let service = Some(&id.service).filter(|name| project.service(&id.name) != **name);
    let aliases: Vec<_> = service.into_iter().chain(more).collect();
    (!aliases.is_empty()).then(|| {
        let aliases = aliases.into_iter().map(|name| text::plain(name));
        map! { "default": map! { "aliases": Node::sequence(aliases) } }
            .at(id.origin)
            .because("names")
    })
}

/// Words of a command that were said; `None` where there are none.
pub(super) fn said_words(words: &[Spanned<String>]) -> Option<Node> {
    let all = words.iter();
    let all = all.map(|word| text::plain(&word.value).at(word.span));
    unless_empty(all.collect())
}
