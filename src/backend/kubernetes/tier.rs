//! The objects of a tier.

use super::network_policy::{Access, network_policy};
use super::patch::patched;
use super::pod::Pod;
use super::probes::words;
use super::volumes::PodVolumes;
use super::{
    Scope, autoscaler, checksum, claim, config_map, deployment, disruption_budget, env, ingress,
    probes, resources, security, service, unless_empty, wait,
};
use crate::catalog::defaults::Switch;
use crate::ir::{App, Expose, Port, Probe, Probes, Tier};
use crate::yaml::{Node, map};

/// Seconds that a pod goes on serving after it was told to stop: until then, proxies and ingress
/// controllers may still send it requests.
const DRAIN_SECONDS: u32 = 5;

/// All objects, in the order in which Helm installs kinds: what pods need comes before them.
pub(super) fn objects(app: &App, tier: &Tier) -> Vec<Node> {
    let scope = &Scope::tier(app, tier);
    let name = &tier.id.workload;
    let access = Access {
        ports: tier.ports.iter().map(|port| port.container).collect(),
        clients: &tier.clients,
        exposed: tier.expose.value != Expose::Internal,
    };
    // With an autoscaler the number is its own: writing one would undo it at each apply.
    let replicas = tier.replicas.autoscaling.is_none();
    let replicas = replicas.then(|| Node::integer(tier.replicas.least).at(tier.replicas.origin));
    let template = pod(scope, tier).template(scope);
    let volumes = tier.pod.volumes.iter();
    let claims: Vec<_> = volumes
        .filter_map(|volume| claim::of_volume(scope, volume))
        .collect();
    let before = [
        tier.keeps(Switch::NetworkPolicy)
            .then(|| network_policy(scope, name, &access)),
        disruption_budget::disruption_budget(scope, tier),
        tier.pod
            .config
            .as_ref()
            .map(|config| config_map::config_map(scope, config)),
        tier.pod
            .files
            .as_ref()
            .map(|files| config_map::of_files(scope, files)),
    ];
    let after = [
        service::of_tier(scope, tier),
        Some(deployment::deployment(
            scope,
            name,
            replicas,
            tier.rollout.value,
            template,
        )),
        autoscaler::autoscaler(scope, tier),
        ingress::ingress(scope, tier),
    ];
    let claims = claims.into_iter().map(Some);
    let all = before.into_iter().chain(claims).chain(after);
    patched(all.flatten().collect(), &tier.patches)
}

fn pod(scope: &Scope, tier: &Tier) -> Pod {
    let volumes = volumes(tier);
    Pod {
        annotations: annotations(tier),
        shutdown_seconds: tier.pod.contract.shutdown_seconds,
        security: security::pod(tier.pod.contract.user, !tier.pod.volumes.is_empty()),
        spread: spread(scope, tier),
        account: tier.keeps(Switch::ServiceAccount),
        before: if tier.keeps(Switch::Wait) {
            wait::containers(scope.app, &tier.pod.waits)
        } else {
            Vec::new()
        },
        container: container(tier, volumes.mounts),
        volumes: volumes.volumes,
    }
}

/// What it keeps, and the empty folders that it writes to where no volume stands.
fn volumes(tier: &Tier) -> PodVolumes {
    let mut volumes = PodVolumes::default();
    for volume in &tier.pod.volumes {
        volumes.volume(volume);
    }
    if let Some(files) = &tier.pod.files {
        volumes.files(files);
    }
    let contract = &tier.pod.contract;
    if contract.read_only_root {
        let is_kept = |path: &str| tier.pod.volumes.iter().any(|volume| volume.path == path);
        for path in contract.writable.iter().filter(|path| !is_kept(path)) {
            volumes.scratch(path);
        }
    }
    volumes
}

/// The container. Its command is in the image, which is built from the same contract.
fn container(tier: &Tier, mounts: Vec<Node>) -> Node {
    let contract = &tier.pod.contract;
    let probe = |choose: fn(&Probes) -> Option<&Probe>| {
        let probe = tier.probes.as_ref().and_then(choose);
        probe.map(probes::of_tier)
    };
    map! {
        "name": &tier.id.name,
        "image": Node::text(&tier.pod.image.reference).at(tier.pod.image.origin),
        "imagePullPolicy": tier.pod.image.pull.word(),
        "command": unless_empty(words(&tier.pod.command)),
        "args": unless_empty(words(&tier.pod.args)),
        "ports": unless_empty(tier.ports.iter().map(port_of).collect()),
        "envFrom": unless_empty(env::sources(&tier.pod.env_from)),
        "env": unless_empty(env::variables(&tier.pod.env)),
        "resources": resources::resources(&tier.pod.resources),
        "startupProbe": probe(|probes| probes.startup.as_ref()),
        "readinessProbe": probe(|probes| probes.readiness.as_ref()),
        "livenessProbe": probe(|probes| probes.liveness.as_ref()),
        "lifecycle": (!tier.ports.is_empty()).then(|| map! {
            "preStop": map! { "sleep": map! { "seconds": DRAIN_SECONDS } },
        }),
        "securityContext": security::container(contract.no_capabilities, contract.read_only_root),
        "volumeMounts": unless_empty(mounts),
    }
}

/// The checksum of what it reads, and what was said.
fn annotations(tier: &Tier) -> Option<Node> {
    let checksum = tier.keeps(Switch::ConfigChecksum);
    let checksum = checksum
        .then(|| checksum::annotation(&tier.pod.config_read))
        .flatten();
    let said = tier.pod.annotations.iter();
    let said = said.map(|entry| {
        (
            entry.key.clone(),
            Some(Node::quoted(&entry.value).at(entry.origin)),
        )
    });
    let all: Vec<_> = checksum
        .into_iter()
        .map(|(key, value)| (key, Some(value)))
        .chain(said)
        .collect();
    (!all.is_empty()).then(|| Node::mapping(all))
}

fn port_of(port: &Port) -> Node {
    map! { "name": &port.name, "containerPort": port.container, "protocol": "TCP" }.at(port.origin)
}

/// Pods of one tier go to different nodes where they can: one node's loss isn't the tier's.
fn spread(scope: &Scope, tier: &Tier) -> Option<Node> {
    (tier.replicas.least >= 2 && tier.keeps(Switch::Spread)).then(|| {
        map! {
            "maxSkew": 1_u32,
            "topologyKey": "kubernetes.io/hostname",
            "whenUnsatisfiable": "ScheduleAnyway",
            "labelSelector": scope.match_labels(),
        }
    })
}
