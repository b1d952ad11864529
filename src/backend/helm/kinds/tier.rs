//! Edits of a tier's objects.

use super::super::edit::Edits;
use super::super::pod::{self, Of, add_texts, any};
use super::super::public;
use super::super::text::Expressions;
use super::gateway;
use super::ingress::own_ingress;
use super::stored::{own_config, policy, secret_data, volume};
use crate::ir::{Pod, Tier};
use crate::yaml::Node;

pub(super) fn of_tier(
    edits: &mut Edits,
    kind: &str,
    name: &str,
    tier: &Tier,
    with: Expressions<'_>,
) {
    let thing = Some(tier.id.name.as_str());
    let read = |field: &str| with.values.read(thing, field);
    let Some(enabled) = read("enabled") else {
        return;
    };
    edits.guard_all(format!("if {enabled}"));
    let of = Of {
        id: &tier.id,
        pod: &tier.pod,
        container: &tier.id.name,
        tier: Some(tier),
    };
    match kind {
        "Deployment" => {
            replicas(edits, tier, with);
            if let Some(pauses) = pauses(&tier.pod, with) {
                let node = Node::expression("true").guarded(format!("if {pauses}"));
                edits.put("spec", "paused", UP_TO_TEMPLATE, node);
            }
            pod::edit(edits, "spec.template", of, with);
        }
        "HorizontalPodAutoscaler" => autoscaler(edits, tier, with),
        "PodDisruptionBudget" => {
            if let Some(two) = at_least_two(tier, with) {
                edits.guard_all(format!("if and {enabled} ({two})"));
            }
        }
        "Service" => service(edits, name, tier, with),
        "NetworkPolicy" => {
            policy(edits, Some(&enabled), with);
            if name == tier.id.workload {
                open(edits, tier, with);
            }
        }
        "Ingress" => own_ingress(edits, tier, with),
        "HTTPRoute" | "GRPCRoute" => gateway::own(edits, name, tier, with),
        "Job" => {
            let several = tier
                .migration
                .as_ref()
                .is_some_and(|it| it.commands.len() > 1);
            let last = tier.migration.as_ref().map_or(0, |it| it.commands.len());
            let container = if several {
                format!("migrate-{last}")
            } else {
                "migrate".to_owned()
            };
            let of = Of {
                container: &container,
                ..of
            };
            pod::edit(edits, "spec.template", of, with);
        }
        "ConfigMap" => {
            let maps = (tier.pod.config.as_ref(), tier.pod.files.as_ref());
            own_config(edits, name, &tier.id.name, maps, with);
        }
        "Secret" => {
            if let Some(secret) = &tier.pod.secret {
                secret_data(edits, thing, secret, Some(&enabled), with);
            }
        }
        "PersistentVolumeClaim" => volume(edits, name, thing, &tier.pod.volumes, with),
        _ => {}
    }
}

/// The fields of a Deployment's spec before its template.
const UP_TO_TEMPLATE: &[&str] = &["replicas", "selector", "strategy", "minReadySeconds"];

/// How templates ask whether a pod's workload waits for the migrations of its image, where it has any.
pub(super) fn pauses(pod: &Pod, with: Expressions<'_>) -> Option<String> {
    with.shape.app.migrations_of(pod).next()?;
    with.values.read(None, "pauseRollouts")
}

fn replicas(edits: &mut Edits, tier: &Tier, with: Expressions<'_>) {
    let thing = Some(tier.id.name.as_str());
    let Some(count) = with.values.int(thing, "replicaCount") else {
        return;
    };
    let mut node = Node::expression(format!("{{{{ {count} }}}}"));
    if let Some(enabled) = with.values.read(thing, "autoscaling.enabled") {
        node = node.guarded(format!("if not {enabled}"));
    }
    edits.put("spec", "replicas", &[], node);
    if let Some(two) = at_least_two(tier, with) {
        let spread = "spec.template.spec.topologySpreadConstraints";
        edits.guard(spread, format!("if {two}"));
    }
}

/// Whether a tier always has two pods or more.
fn at_least_two(tier: &Tier, with: Expressions<'_>) -> Option<String> {
    let thing = Some(tier.id.name.as_str());
    let count = with.values.read(thing, "replicaCount")?;
    let enabled = with.values.read(thing, "autoscaling.enabled");
    let least = with.values.read(thing, "autoscaling.minReplicas");
    Some(match (enabled, least) {
        (Some(enabled), Some(least)) => {
            format!("ge (int (ternary {least} {count} {enabled})) 2")
        }
        _ => format!("ge (int {count}) 2"),
    })
}

fn autoscaler(edits: &mut Edits, tier: &Tier, with: Expressions<'_>) {
    let thing = Some(tier.id.name.as_str());
    let read = |field: &str| with.values.read(thing, &format!("autoscaling.{field}"));
    let set = |edits: &mut Edits, path: &str, field: &str| {
        if let Some(value) = read(field) {
            edits.set(path, format!("{{{{ int {value} }}}}"));
        }
    };
    set(edits, "spec.minReplicas", "minReplicas");
    set(edits, "spec.maxReplicas", "maxReplicas");
    let fields = [
        "targetCPUUtilizationPercentage",
        "targetMemoryUtilizationPercentage",
    ];
    let fields = fields.into_iter().filter(|field| read(field).is_some());
    let fields: Vec<&str> = fields.collect();
    for (at, field) in fields.iter().enumerate() {
        let metric = format!("spec.metrics.{at}");
        let percent = format!("{metric}.containerResource.target.averageUtilization");
        set(edits, &percent, field);
        if let Some(value) = read(field).filter(|_| fields.len() > 1) {
            edits.guard(&metric, format!("if {value}"));
        }
    }
    if let (Some(enabled), Some(scales)) = (with.values.read(thing, "enabled"), read("enabled")) {
        edits.guard_all(format!("if and {enabled} {scales}"));
    }
}

fn service(edits: &mut Edits, name: &str, tier: &Tier, with: Expressions<'_>) {
    // What publishes a further port is as it is said.
    if tier
        .further
        .iter()
        .any(|it| it.service.as_deref() == Some(name))
    {
        return;
    }
    let thing = Some(tier.id.name.as_str());
    let read = |field: &str| with.values.read(thing, &format!("service.{field}"));
    let is_public = tier.public_service.as_deref() == Some(name);
    let publishes = is_public || tier.public_service.is_none();
    let exposed = with.shape.exposed_port(tier).map(|port| port.name.as_str());
    let mut index = 0;
    let at = loop {
        let at = format!("spec.ports.{index}");
        match edits.text(&format!("{at}.name")) {
            Some(name) if Some(name) == exposed => break Some(at),
            Some(_) => index += 1,
            None => break None,
        }
    };
    if let (Some(at), Some(port)) = (&at, with.values.int(thing, "service.port")) {
        edits.set(&format!("{at}.port"), format!("{{{{ {port} }}}}"));
    }
    if !publishes {
        return;
    }
    if let Some(annotations) = read("annotations") {
        add_texts(edits, "metadata", "annotations", &annotations);
    }
    let (Some(kind), Some(node_port)) = (read("type"), read("nodePort")) else {
        return;
    };
    edits.set("spec.type", format!("{{{{ {kind} }}}}"));
    if let Some(at) = at {
        let node = Node::expression(format!("{{{{ int {node_port} }}}}"));
        let is_there = format!("if and {node_port} (ne {kind} \"ClusterIP\")");
        edits.put(&at, "nodePort", &["protocol"], node.guarded(is_there));
    }
    if is_public && let Some(enabled) = with.values.read(thing, "enabled") {
        edits.guard_all(format!("if and {enabled} (ne {kind} \"ClusterIP\")"));
    }
}

/// The conditions under which everyone may connect to a tier: those of its Ingresses, and that of its
/// Service, which is in parentheses.
pub(in crate::backend::helm) fn opened(tier: &Tier, with: Expressions<'_>) -> Vec<String> {
    if public::is_always_open(tier) {
        return vec!["true".to_owned()];
    }
    let mut conditions = public::ingresses(with, tier);
    let kind = with
        .values
        .read(Some(tier.id.name.as_str()), "service.type");
    conditions.extend(kind.map(|kind| format!("(ne {kind} \"ClusterIP\")")));
    conditions
}

/// Everyone may connect where the tier is published: the last rule.
fn open(edits: &mut Edits, tier: &Tier, with: Expressions<'_>) {
    let conditions = opened(tier, with);
    if conditions.is_empty() || public::is_always_open(tier) {
        return;
    }
    let condition = match conditions.as_slice() {
        [only] => only
            .trim_start_matches('(')
            .trim_end_matches(')')
            .to_owned(),
        several => any(several),
    };
    let condition = format!("if {condition}");
    let mut rules = (0..).map(|at| format!("spec.ingress.{at}"));
    let mut rules = rules.by_ref().take_while(|rule| edits.has(rule));
    let Some(everyone) = rules.find(|rule| !edits.has(&format!("{rule}.from"))) else {
        return;
    };
    // No list stands for an empty one.
    if everyone == "spec.ingress.0" {
        edits.guard("spec.ingress", condition);
    } else {
        edits.guard(&everyone, condition);
    }
}
