//! Where what is exposed is reached, and the commands that bring it to this machine.

use super::gateway;
use crate::backend::kubernetes::secrets::rollout_name_of_tier;
use crate::backend::kubernetes::{kubectl, operated};
use crate::backend::{Command, Detail, Purpose, Step, When};
use crate::ir::{App, Expose, Port, PublicAddress, Tier};
use std::collections::BTreeSet;

/// Where each tier is reached.
pub(super) fn addresses(app: &App) -> Option<Step> {
    let mut lines = Vec::new();
    for tier in &app.tiers {
        for (expose, port, public) in tier.exposures() {
            let url = public.map(PublicAddress::url);
            let address = match (url, &expose.value) {
                (_, Expose::Internal) => continue,
                (Some(url), Expose::Forward { .. }) => format!("{url}, while it is forwarded"),
                (_, Expose::Elsewhere { address }) => format!(
                    "{}, by what leads there to the Service {}:{}",
                    address.url(),
                    tier.id.service,
                    port.service
                ),
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
            let name = &tier.id.name;
            lines.push(Detail::new(if tier.further.is_empty() {
                format!("{name}: {address}")
            } else {
                format!("{name}, port {}: {address}", port.name)
            }));
        }
    }
    Step::tell(Purpose::Open, When::WhileUsed, "Reached at", lines).unless_empty()
}

/// Makes a cluster of minikube's whose node ports are those of this machine: with most drivers
/// they are reached from within its container alone, and Docker publishes no port later on.
pub(super) fn publish(app: &App) -> Option<Step> {
    let ports = local_node_ports(app).map(|(_, to, port)| {
        let transport = if to.is_tcp() { "" } else { "/udp" };
        format!("--ports={port}:{port}{transport}")
    });
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
    let commands = rollout_status(app).into_iter().map(Command::run);
    Step::run(
        Purpose::Wait,
        When::EveryTime,
        "wait until it runs; `kubectl describe pods` says what keeps it",
        commands.collect(),
    )
    .unless_empty()
}

/// The commands that do so: none where nothing runs all the time.
pub(super) fn rollout_status(app: &App) -> Vec<Vec<String>> {
    let tiers = app.tiers.iter().map(rollout_name_of_tier);
    kubectl::until_ready(&app.namespace.name, &app.databases, tiers)
}

/// What operators need, which run databases.
pub(super) fn for_operators(app: &App) -> Option<Step> {
    let lines = operated::needs(app).into_iter().map(Detail::new);
    let title = "What its databases need";
    Step::tell(Purpose::Open, When::Once, title, lines.collect()).unless_empty()
}

/// Forwards ports of this machine: where that was said, and for the node ports of clusters that
/// don't publish theirs.
pub(super) fn forward(app: &App) -> Vec<Step> {
    let said = exposures(app).filter_map(|(tier, expose, to, _)| {
        let Expose::Forward { port } = expose else {
            return None;
        };
        Some((tier, to, *port))
    });
    let step = |title: &str, ports: Vec<(&Tier, &Port, u16)>| {
        let commands = ports.iter();
        let commands = commands.filter_map(|(tier, to, port)| port_forward(app, tier, to, *port));
        let commands = commands.collect();
        Step::run(Purpose::Forward, When::WhileUsed, title, commands).unless_empty()
    };
    let steps = [
        step(
            "reach it from this machine, each line in a terminal of its own",
            said.collect(),
        ),
        step(
            "nothing is exposed; reach it from this machine, each line in a terminal of its own",
            internal(app).collect(),
        ),
        step(
            "where node ports aren't published, reach them so, each line in a terminal of its own",
            local_node_ports(app).collect(),
        ),
    ];
    steps.into_iter().flatten().collect()
}

/// The tiers that listen, where nothing is exposed, each with a port of this machine for it.
fn internal(app: &App) -> impl Iterator<Item = (&Tier, &Port, u16)> {
    let is_exposed = |tier: &Tier| tier.expose.value != Expose::Internal;
    let nothing = !app.tiers.iter().any(is_exposed) && app.ingresses.is_empty();
    let mut next = FIRST_FREE;
    let tiers = app.tiers.iter().filter(move |_| nothing);
    tiers.filter_map(move |tier| {
        let to = tier.port().filter(|port| port.is_tcp())?;
        let port = next;
        next += 1;
        Some((tier, to, port))
    })
}

/// The port from which on tiers that nothing exposes are forwarded: any user may listen there.
const FIRST_FREE: u16 = 8080;

/// Shows the address of what the cluster gives one, and those of nodes where they are part of it.
pub(super) fn show_addresses(app: &App) -> Option<Step> {
    let is_given = |expose: &Expose| {
        matches!(
            expose,
            Expose::NodePort { port: None } | Expose::LoadBalancer
        )
    };
    let is_on_nodes = |tier: &Tier| {
        let own = matches!(tier.expose.value, Expose::NodePort { .. }) && tier.public.is_none();
        let mut further = tier.further.iter();
        own || further.any(|it| matches!(it.expose.value, Expose::NodePort { .. }))
    };
    let given = app.tiers.iter().flat_map(|tier| {
        let own = tier.public_service.as_ref().unwrap_or(&tier.id.service);
        let further = tier.further.iter();
        let further = further.filter_map(|it| Some((&it.expose.value, it.service.as_ref()?)));
        std::iter::once((&tier.expose.value, own)).chain(further)
    });
    let given = given.filter(|(expose, _)| is_given(expose));
    let given: Vec<_> = given.map(|(_, service)| format!("svc/{service}")).collect();
    let mut commands = Vec::new();
    let is_given = !given.is_empty();
    if is_given {
        let words = ["kubectl", "get", "-n", &app.namespace.name];
        let words = words.map(str::to_owned).into_iter().chain(given);
        commands.push(Command::run(words));
    }
    let is_on_nodes = app.tiers.iter().any(is_on_nodes);
    if is_on_nodes {
        commands.push(Command::run(["kubectl", "get", "nodes", "-o", "wide"]));
    }
    let title = match (is_given, is_on_nodes) {
        (true, true) => {
            "see where it is: the port behind the `:` of PORT(S), or EXTERNAL-IP; of nodes EXTERNAL-IP, or INTERNAL-IP \
             in their network"
        }
        (true, false) => "see the address that the cluster gave it: EXTERNAL-IP",
        (false, _) => "see the addresses of nodes: EXTERNAL-IP, or INTERNAL-IP in their network",
    };
    Step::run(Purpose::Forward, When::Once, title, commands).unless_empty()
}

/// What the hosts of Ingresses need besides the objects.
pub(super) fn for_ingresses(app: &App) -> Option<Step> {
    let hosts: BTreeSet<&str> = app.hosts().map(|(host, _)| host).collect();
    if hosts.is_empty() {
        return None;
    }
    let title = "What its hosts need";
    if let Some(said) = &app.ingress.gateway {
        let lines = gateway::needs(app, said).into_iter().map(Detail::new);
        return Step::tell(Purpose::Open, When::Once, title, lines.collect()).unless_empty();
    }
    let hosts: Vec<_> = hosts.into_iter().collect();
    let class = app.ingress.class.as_ref();
    let class = class.map_or(String::new(), |class| format!(" of class {}", class.value));
    let mut lines = vec![
        format!("an Ingress controller{class}, which the cluster may not have by itself"),
        format!(
            "DNS: {} to the address that `kubectl get ingress -n {}` shows",
            hosts.join(", "),
            app.namespace.name
        ),
    ];
    if let Some(issuer) = &app.ingress.issuer {
        lines.push(format!(
            "cert-manager, with the ClusterIssuer {}, which asks for the certificates once DNS leads here",
            issuer.value
        ));
    }
    if app.local_images {
        lines.push(
            "with minikube: `minikube addons enable ingress`, and `minikube tunnel` while it is used"
                .to_owned(),
        );
        lines.push(
            "with kind: a cluster with `extraPortMappings` of ports 80 and 443, and that controller in it"
                .to_owned(),
        );
    }
    let lines = lines.into_iter().map(Detail::new).collect();
    Step::tell(Purpose::Open, When::Once, title, lines).unless_empty()
}

/// Every way in which tiers are exposed, with the port that is meant and the address that browsers know.
fn exposures(app: &App) -> impl Iterator<Item = (&Tier, &Expose, &Port, Option<&PublicAddress>)> {
    app.tiers.iter().flat_map(|tier| {
        let all = tier.exposures();
        all.map(move |(expose, port, public)| (tier, &expose.value, port, public))
    })
}

/// Node ports that browsers know as ports of this machine, with the tiers and their ports.
fn local_node_ports(app: &App) -> impl Iterator<Item = (&Tier, &Port, u16)> {
    let all = exposures(app).filter(|_| app.local_images);
    all.filter_map(|(tier, expose, to, public)| {
        let Expose::NodePort { port: Some(port) } = expose else {
            return None;
        };
        let is_local = |host: &str| matches!(host, "localhost" | "127.0.0.1");
        is_local(public?.host.as_str()).then_some((tier, to, *port))
    })
}

fn port_forward(app: &App, tier: &Tier, to: &Port, port: u16) -> Option<Command> {
    // kubectl forwards connections alone.
    if !to.is_tcp() {
        return None;
    }
    let words = ["kubectl", "port-forward", "-n", &app.namespace.name];
    let mut words: Vec<_> = words.map(str::to_owned).into();
    words.push(format!("svc/{}", tier.id.service));
    words.push(format!("{port}:{}", to.service));
    Some(Command::run(words))
}
