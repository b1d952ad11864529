//! Edits of a tier's objects.

use super::super::edit::Edits;
use super::super::pod::{self, Of, add_texts, any};
use super::super::public;
use super::super::text::Expressions;
use super::gateway;
use super::ingress::own_ingress;
use super::stored::{claim, own_config, policy, secret_data, volume};
use super::suspended;
use crate::ir::{Pod, Port, Tier};
use crate::yaml::{Kind, Node, map};

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
        "StatefulSet" => {
            set(edits, tier, with);
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
            suspended(edits, &tier.id.name, Vec::new(), with);
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

/// The fields of a StatefulSet's spec before its template.
const UP_TO_TEMPLATE_OF_SET: &[&str] = &[
    "serviceName",
    "replicas",
    "podManagementPolicy",
    "minReadySeconds",
    "selector",
];

/// No StatefulSet can be paused. It leaves pods as they are below a number that no pod has; one that isn't there
/// yet begins with no pod.
fn set(edits: &mut Edits, tier: &Tier, with: Expressions<'_>) {
    let thing = Some(tier.id.name.as_str());
    let pauses = pauses(&tier.pod, with);
    replicas(edits, tier, with);
    if let (Some(pauses), Some(count)) = (&pauses, with.values.int(thing, "replicaCount")) {
        let namespace = with.values.read(None, "namespace");
        let namespace = namespace.unwrap_or_else(|| ".Release.Namespace".to_owned());
        let found = format!(
            "lookup \"apps/v1\" \"StatefulSet\" {namespace} \"{}\"",
            tier.id.workload
        );
        let there = format!("dig \"spec\" \"replicas\" 0 ({found}) | int");
        let mut node = Node::expression(format!(
            "{{{{ if {pauses} }}}}{{{{ {there} }}}}{{{{ else }}}}{{{{ {count} }}}}{{{{ end }}}}"
        ));
        if let Some(enabled) = with.values.read(thing, "autoscaling.enabled") {
            node = node.guarded(format!("if or {pauses} (not {enabled})"));
        }
        edits.put("spec", "replicas", &["serviceName"], node);
        let below_all = map! { "partition": Node::integer(i32::MAX.unsigned_abs()) };
        let node = map! { "type": "RollingUpdate", "rollingUpdate": below_all };
        let node = node.guarded(format!("if {pauses}"));
        edits.put("spec", "updateStrategy", UP_TO_TEMPLATE_OF_SET, node);
    }
    let volumes = tier.pod.volumes.iter();
    let own = volumes.filter(|volume| volume.claim_of_each().is_some());
    for (at, volume) in own.enumerate() {
        let path = format!("spec.volumeClaimTemplates.{at}.spec");
        claim(
            edits,
            &path,
            thing,
            &format!("persistence.{}", volume.name),
            with,
        );
    }
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
    let before: &[&str] = match tier.pods_service {
        Some(_) => &["serviceName"],
        None => &[],
    };
    edits.put("spec", "replicas", before, node);
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
    // What names pods is as it is said.
    if tier.pods_service.as_deref() == Some(name) {
        return;
    }
    let mut further = tier.further.iter();
    if let Some(it) = further.find(|it| it.service.as_deref() == Some(name)) {
        return further_service(edits, tier, &it.port, with);
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

/// The Service that publishes a port besides the first one that is exposed.
fn further_service(edits: &mut Edits, tier: &Tier, port: &str, with: Expressions<'_>) {
    let thing = Some(tier.id.name.as_str());
    let read = |field: &str| with.values.read(thing, &format!("ports.{port}.{field}"));
    if let Some(annotations) = read("annotations") {
        add_texts(edits, "metadata", "annotations", &annotations);
    }
    let (Some(kind), Some(node_port), Some(enabled)) = (
        read("type"),
        read("nodePort"),
        with.values.read(thing, "enabled"),
    ) else {
        return;
    };
    edits.set("spec.type", format!("{{{{ {kind} }}}}"));
    let node = Node::expression(format!("{{{{ int {node_port} }}}}"));
    let node = node.guarded(format!("if {node_port}"));
    edits.put("spec.ports.0", "nodePort", &["protocol"], node);
    edits.guard_all(format!("if and {enabled} (ne {kind} \"ClusterIP\")"));
}

/// Everyone may connect to the ports that are exposed: the last rule.
fn open(edits: &mut Edits, tier: &Tier, with: Expressions<'_>) {
    let mut rules = (0..).map(|at| format!("spec.ingress.{at}"));
    let mut rules = rules.by_ref().take_while(|rule| edits.has(rule));
    let Some(everyone) = rules.find(|rule| !edits.has(&format!("{rule}.from"))) else {
        return;
    };
    let ports = (0..).map(|at| format!("{everyone}.ports.{at}"));
    let ports: Vec<_> = ports.take_while(|port| edits.has(port)).collect();
    let mut all: Vec<String> = Vec::new();
    for (at, path) in ports.iter().enumerate() {
        let is_it = |port: &&Port| {
            let number = edits.get(&format!("{path}.port")).map(|it| &it.kind);
            number == Some(&Kind::Integer(i64::from(port.container)))
                && edits.text(&format!("{path}.protocol")) == Some(port.transport.protocol())
        };
        let names = tier.ports.iter().filter(is_it);
        let conditions = names.flat_map(|port| public::opened(with, tier, &port.name));
        let mut conditions: Vec<_> = conditions.collect();
        conditions.dedup();
        for condition in &conditions {
            if !all.contains(condition) {
                all.push(condition.clone());
            }
        }
        let is_always = conditions.is_empty() || conditions.iter().any(|it| it == "true");
        if is_always {
            all.push("true".to_owned());
        } else if ports.len() > 1 {
            edits.guard(&ports[at], format!("if {}", whole(&conditions)));
        }
    }
    if all.is_empty() || all.iter().any(|it| it == "true") {
        return;
    }
    let condition = format!("if {}", whole(&all));
    // No list stands for an empty one.
    if everyone == "spec.ingress.0" {
        edits.guard("spec.ingress", condition);
    } else {
        edits.guard(&everyone, condition);
    }
}

/// Whether one of several conditions holds, as all that stands behind an `if`.
fn whole(conditions: &[String]) -> String {
    match conditions {
        [only] => only
            .trim_start_matches('(')
            .trim_end_matches(')')
            .to_owned(),
        several => any(several),
    }
}
