//! The objects of a tier.

use super::network_policy::{Access, network_policy};
use super::pod::Pod;
use super::volumes::PodVolumes;
use super::{
    Scope, checksum, config_map, deployment, disruption_budget, env, ingress, probes, resources,
    security, service, unless_empty, wait,
};
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
    let replicas = Node::integer(tier.replicas.value).at(tier.replicas.span);
    let rolling = deployment::Strategy::Rolling;
    let template = pod(scope, tier).template(scope);
    [
        Some(network_policy(scope, name, &access)),
        disruption_budget::disruption_budget(scope, tier),
        tier.pod
            .config
            .as_ref()
            .map(|config| config_map::config_map(scope, config)),
        service::of_tier(scope, tier),
        Some(deployment::deployment(
            scope, name, replicas, rolling, template,
        )),
        ingress::ingress(scope, tier),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn pod(scope: &Scope, tier: &Tier) -> Pod {
    let mut volumes = PodVolumes::default();
    if tier.pod.contract.read_only_root {
        for path in &tier.pod.contract.writable {
            volumes.scratch(path);
        }
    }
    Pod {
        annotations: checksum::annotations(&tier.pod.config_read),
        shutdown_seconds: tier.pod.contract.shutdown_seconds,
        security: security::pod(tier.pod.contract.user, false),
        spread: spread(scope, tier),
        before: wait::containers(scope.app, &tier.pod.waits),
        container: container(tier, volumes.mounts),
        volumes: volumes.volumes,
    }
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
        "securityContext": security::container(contract.user.is_some(), contract.read_only_root),
        "volumeMounts": unless_empty(mounts),
    }
}

fn port_of(port: &Port) -> Node {
    map! { "name": &port.name, "containerPort": port.container, "protocol": "TCP" }.at(port.origin)
}

/// Pods of one tier go to different nodes where they can: one node's loss isn't the tier's.
fn spread(scope: &Scope, tier: &Tier) -> Option<Node> {
    (tier.replicas.value >= 2).then(|| {
        map! {
            "maxSkew": 1_u32,
            "topologyKey": "kubernetes.io/hostname",
            "whenUnsatisfiable": "ScheduleAnyway",
            "labelSelector": scope.match_labels(),
        }
    })
}
