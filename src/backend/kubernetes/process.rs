//! Pods of the application's own: what those of tiers, jobs and migrations have in common.

use super::pod::{Pod, RunsAs, pull, said_word};
use super::volumes::PodVolumes;
use super::wait::Patience;
use super::{Scope, claim, config_map, dapr, env, resources, security, unless_empty, wait};
use crate::catalog::contract::EMPTY_FOLDER;
use crate::catalog::defaults::Switch;
use crate::ir::{self, App};
use crate::source::{Span, Spanned};
use crate::yaml::{Field, Node, map};

/// What such a pod is made from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Process<'a> {
    /// The application.
    pub(super) app: &'a App,
    /// What it runs and sees.
    pub(super) pod: &'a ir::Pod,
    /// The defaults that are switched off for it.
    pub(super) off: &'a [Spanned<Switch>],
    /// Whether it migrates: then it runs beside pods of its tier and leaves them the volumes of one pod, and
    /// it ends in any case, so that what it waits for has an end too.
    pub(super) is_migration: bool,
}

/// The objects that such pods read and keep: ConfigMaps and claims.
pub(super) fn stored(scope: &Scope, pod: &ir::Pod) -> Vec<Node> {
    let config = pod.config.as_ref();
    let config = config.map(|config| config_map::config_map(scope, "tier_config", config));
    let files = pod.files.as_ref();
    let files = files.map(|files| config_map::of_files(scope, files));
    let claims = pod.volumes.iter();
    let claims = claims.filter_map(|volume| claim::of_volume(scope, volume));
    config.into_iter().chain(files).chain(claims).collect()
}

/// A container of such a pod.
#[derive(Debug, Default)]
pub(super) struct Container<'a> {
    /// Its name.
    pub(super) name: &'a str,
    /// What replaces the image's entry point; `None` leaves it.
    pub(super) command: Option<Node>,
    /// What replaces the image's arguments; `None` leaves them.
    pub(super) args: Option<Node>,
    /// What it listens on.
    pub(super) ports: Option<Node>,
    /// Its probes.
    pub(super) startup: Option<Node>,
    pub(super) readiness: Option<Node>,
    pub(super) liveness: Option<Node>,
    /// What it does before it stops.
    pub(super) lifecycle: Option<Node>,
}

impl Process<'_> {
    /// Whether a default holds for it.
    pub(super) fn keeps(self, default: Switch) -> bool {
        self.off.iter().all(|off| off.value != default)
    }

    /// The pod. All its containers but the last run before that one, in order: those that wait for
    /// databases, those that wait for `others`, and those `before` it.
    pub(super) fn pod(
        self,
        others: Vec<Node>,
        before: Vec<Container>,
        container: Container,
    ) -> Pod {
        let volumes = self.volumes();
        let node = |container| self.container(container, volumes.mounts.clone());
        let patience = if self.is_migration {
            Patience::Bounded
        } else {
            Patience::Endless
        };
        let mut first = if self.keeps(Switch::Wait) {
            wait::containers(self.app, self.pod, container.name, patience)
        } else {
            Vec::new()
        };
        first.extend(others);
        first.extend(before.into_iter().map(node));
        Pod {
            annotations: self.annotations(None),
            shutdown_seconds: (self.pod.contract.shutdown_seconds, self.pod.said.grace),
            security: security::pod(
                user(self.pod),
                self.pod.volume_group,
                !self.pod.volumes.is_empty(),
            ),
            restart: None,
            host_name: self.host_name(),
            spread: None,
            account: self.account(),
            talks: dapr::enabled(&self.pod.annotations),
            before: first,
            container: node(container),
            volumes: volumes.volumes,
        }
    }

    fn account(self) -> RunsAs {
        match &self.pod.account {
            Some(name) => RunsAs::Named(name.clone()),
            None if self.keeps(Switch::ServiceAccount) => RunsAs::OfApplication,
            None => RunsAs::OfNamespace,
        }
    }

    /// What runs beside another pod leaves that one its name. A StatefulSet names its pods itself.
    fn host_name(self) -> Option<Node> {
        let is_named = self.is_migration || self.pod.has_own_claims();
        let name = self.pod.host_name.as_ref().filter(|_| !is_named)?;
        Some(Node::text(&name.value).at(name.span))
    }

    /// The annotations that were said, behind another one.
    pub(super) fn annotations(self, other: Option<(String, Node)>) -> Option<Node> {
        let said = self.pod.annotations.iter();
        let said = said.map(|entry| {
            (
                entry.key.clone(),
                Node::quoted(&entry.value).at(entry.origin),
            )
        });
        let all = other.into_iter().chain(said);
        let all: Vec<_> = all.map(|(key, value)| (key, Some(value))).collect();
        let places = all.iter().filter_map(|(_, node)| node.as_ref());
        let places: Vec<_> = places.flat_map(|node| node.origin.spans()).collect();
        (!all.is_empty()).then(|| Node::mapping(all).gathered(places))
    }

    /// What it keeps and reads, and the empty folders that it writes to where no volume stands.
    fn volumes(self) -> PodVolumes {
        let mut volumes = PodVolumes::default();
        let mounted = self.pod.mounted(self.is_migration);
        let mounted: Vec<_> = mounted.collect();
        for volume in &mounted {
            volumes.keep_name(volume);
        }
        for volume in mounted {
            volumes.volume(volume);
        }
        if let Some(files) = &self.pod.files {
            volumes.files(files);
        }
        volumes.secrets(&self.pod.secret_files, self.pod.contract.user);
        // With `disk`, all that the pod writes has a limit.
        let size = self.pod.resources.disk.is_none().then_some(EMPTY_FOLDER);
        for (path, place) in self.pod.empty_folders(self.is_migration) {
            volumes.scratch(path, size, place);
        }
        volumes
    }

    fn container(self, container: Container, mounts: Vec<Node>) -> Node {
        let ir::Pod {
            image,
            contract,
            said,
            ..
        } = self.pod;
        map! {
            "name": container.name.because("container"),
            "image": Node::text(image.reference.to_string())
                .at(image.origin)
                .also(image.named_by.iter().copied()),
            "imagePullPolicy": pull(self.app, &image.pull),
            "command": container.command,
            "args": container.args,
            "ports": container.ports,
            "envFrom": unless_empty(env::sources(&self.pod.env_from)),
            "env": unless_empty(env::variables(&self.pod.env)),
            "resources": resources::resources(&self.pod.resources),
            "startupProbe": container.startup,
            "readinessProbe": container.readiness,
            "livenessProbe": container.liveness,
            "lifecycle": container.lifecycle,
            "securityContext": security::container(contract.no_capabilities, contract.read_only_root, said.read_only_root),
            "volumeMounts": unless_empty(mounts),
        }
    }
}

/// As whom a pod runs, where that is known: the number, and where it is said.
fn user(pod: &ir::Pod) -> Option<(u32, Option<Span>)> {
    Some((pod.contract.user?, pod.said.user))
}

/// Words of a command, each at its place; `None` where there are none.
pub(super) fn said_words(words: &[Spanned<String>]) -> Option<Node> {
    let all = unless_empty(words.iter().map(said_word).collect()).into_field();
    all.map(|all| all.gathered(words.iter().map(|word| word.span)))
}
