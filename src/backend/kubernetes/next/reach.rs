//! Where what is exposed is reached, and the commands that bring it to this machine.

use crate::backend::kubernetes::secrets::rollout_name;
use crate::backend::{Command, Detail, Purpose, Step, When};
use crate::ir::{App, Expose, PublicAddress, Tier};

/// Where each tier is reached.
pub(super) fn addresses(app: &App) -> Option<Step> {
    let mut lines = Vec::new();
    for tier in &app.tiers {
        let url = tier.public.as_ref().map(PublicAddress::url);
        let address = match (url, &tier.expose.value) {
            (_, Expose::Internal) => continue,
            (Some(url), Expose::Forward { .. }) => format!("{url}, while it is forwarded"),
            (Some(url), _) => url,
            (None, Expose::NodePort { port: Some(port) }) => format!("port {port} of any node"),
            (None, Expose::NodePort { port: None }) => {
                "a port of any node that the cluster chooses".to_owned()
            }
            (None, Expose::LoadBalancer) => "the address of its load balancer".to_owned(),
            (None, Expose::Ingress { host, .. }) => host.clone(),
            (None, Expose::Forward { port }) => {
                format!("localhost:{port}, while it is forwarded")
            }
        };
        lines.push(Detail::new(format!("{}: {address}", tier.id.name)));
    }
    Step::tell(Purpose::Open, When::WhileUsed, "Reached at", lines).unless_empty()
}

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
    Some(Step::run(
        Purpose::Prepare,
        When::Once,
        "with minikube, make the cluster with the node ports published",
        vec![Command::run(words)],
    ))
}

/// Waits until all that runs all the time is as the objects say: nothing is forwarded to a pod that
/// doesn't run, and of an upgrade `kubectl apply` only says that it has begun.
pub(super) fn until_it_runs(app: &App) -> Option<Step> {
    Some(Step::run(
        Purpose::Wait,
        When::EveryTime,
        "wait until it runs; `kubectl describe pods` says what keeps it",
        vec![Command::run(rollout_status(app)?)],
    ))
}

/// The command that does so, where anything runs all the time.
pub(super) fn rollout_status(app: &App) -> Option<Vec<String>> {
    let databases = app.databases.iter().map(rollout_name);
    let tiers = app.tiers.iter();
    let tiers = tiers.map(|tier| format!("deployment/{}", tier.id.workload));
    let all: Vec<_> = databases.chain(tiers).collect();
    let namespace = &app.namespace.name;
    let words = [
        "kubectl",
        "rollout",
        "status",
        "--timeout=10m",
        "-n",
        namespace,
    ];
    (!all.is_empty()).then(|| [words.map(str::to_owned).to_vec(), all].concat())
}

/// Forwards ports of this machine: where that was said, and for the node ports of clusters that
/// don't publish theirs.
pub(super) fn forward(app: &App) -> Vec<Step> {
    let said = app.tiers.iter().filter_map(|tier| {
        let Expose::Forward { port } = tier.expose.value else {
            return None;
        };
        Some((tier, port))
    });
    let step = |title: &str, ports: Vec<(&Tier, u16)>| {
        let commands = ports.iter();
        let commands = commands.filter_map(|(tier, port)| port_forward(app, tier, *port));
        let commands = commands.collect();
        Step::run(Purpose::Forward, When::WhileUsed, title, commands).unless_empty()
    };
    let steps = [
        step(
            "reach it from this machine, each line in a terminal of its own",
            said.collect(),
        ),
        step(
            "where node ports aren't published, reach them so, each line in a terminal of its own",
            local_node_ports(app).collect(),
        ),
    ];
    steps.into_iter().flatten().collect()
}

/// Tiers on node ports that browsers know as ports of this machine, and the ports.
fn local_node_ports(app: &App) -> impl Iterator<Item = (&Tier, u16)> {
    let tiers = app.tiers.iter().filter(|_| app.local_images);
    tiers.filter_map(|tier| {
        let Expose::NodePort { port: Some(port) } = tier.expose.value else {
            return None;
        };
        let host = tier.public.as_ref()?.host.as_str();
        matches!(host, "localhost" | "127.0.0.1").then_some((tier, port))
    })
}

fn port_forward(app: &App, tier: &Tier, port: u16) -> Option<Command> {
    let to = tier.exposed_port()?;
    let words = ["kubectl", "port-forward", "-n", &app.namespace.name];
    let mut words: Vec<_> = words.map(str::to_owned).into();
    words.push(format!("svc/{}", tier.id.service));
    words.push(format!("{port}:{}", to.service));
    Some(Command::run(words))
}
