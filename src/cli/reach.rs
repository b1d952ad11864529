//! The commands that bring what is exposed to this machine.

use super::step::{Step, command};
use crate::ir::{App, Expose, Tier};

/// Makes a cluster of minikube's whose node ports are those of this machine: with most drivers
/// they are reached from within its container alone, and Docker publishes no port later on.
pub(super) fn publish(app: &App) -> Option<Step> {
    let ports = local_node_ports(app).map(|(_, port)| format!("--ports={port}:{port}"));
    let ports: Vec<_> = ports.collect();
    if ports.is_empty() {
        return None;
    }
    let mut words = vec!["minikube".to_owned(), "start".to_owned()];
    words.extend(ports);
    Some(Step {
        purpose: "with minikube, make the cluster with the node ports published".to_owned(),
        lines: command(&words),
    })
}

/// Forwards ports of this machine: where that was said, and for the node ports of clusters that
/// don't publish theirs. Before, it waits: nothing is forwarded to a pod that doesn't run.
pub(super) fn forward(app: &App) -> Vec<Step> {
    let said = app.tiers.iter().filter_map(|tier| {
        let Expose::Forward { port } = tier.expose.value else {
            return None;
        };
        Some((tier, port))
    });
    let step = |purpose: &str, ports: Vec<(&Tier, u16)>| {
        let lines = ports.iter();
        let lines = lines.flat_map(|(tier, port)| port_forward(app, tier, *port));
        (!ports.is_empty()).then(|| Step {
            purpose: purpose.to_owned(),
            lines: lines.collect(),
        })
    };
    let tiers = said.clone().chain(local_node_ports(app));
    let deployments: Vec<_> = tiers
        .map(|(tier, _)| format!("deployment/{}", tier.id.workload))
        .collect();
    let wait = (!deployments.is_empty()).then(|| Step {
        purpose: "wait until it runs".to_owned(),
        lines: command(&[wait_for("available", &app.namespace.name), deployments].concat()),
    });
    [
        wait,
        step(
            "reach it from this machine, each line in a terminal of its own",
            said.collect(),
        ),
        step(
            "where node ports aren't published, reach them so, each line in a terminal of its own",
            local_node_ports(app).collect(),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Tiers on node ports that browsers know as ports of this machine, and the ports.
fn local_node_ports(app: &App) -> impl Iterator<Item = (&Tier, u16)> {
    let tiers = app.tiers.iter().filter(|_| app.local_images);
    tiers.filter_map(|tier| {
        let Expose::NodePort { port: Some(port) } = tier.expose.value else {
            return None;
        };
        let url = tier.public_url.as_ref()?;
        let local = ["://localhost:", "://127.0.0.1:"];
        local
            .iter()
            .any(|host| url.contains(host))
            .then_some((tier, port))
    })
}

/// The words of a command that waits for objects, which follow.
pub(super) fn wait_for(condition: &str, namespace: &str) -> Vec<String> {
    let condition = format!("--for=condition={condition}");
    let words = [
        "kubectl",
        "wait",
        &condition,
        "--timeout=10m",
        "-n",
        namespace,
    ];
    words.map(str::to_owned).to_vec()
}

fn port_forward(app: &App, tier: &Tier, port: u16) -> Vec<String> {
    let Some(to) = tier.exposed_port() else {
        return Vec::new();
    };
    let words = ["kubectl", "port-forward", "-n", &app.namespace.name];
    let mut words: Vec<_> = words.map(str::to_owned).into();
    words.push(format!("svc/{}", tier.id.service));
    words.push(format!("{port}:{}", to.service));
    command(&words)
}
