//! The services of a tier: its own, and those of its migrations.

use super::address::Ports;
use super::process::{Parts, Process, networks, said_words};
use super::project::Project;
use super::{Losses, Service, health, text, unless_empty, waits};
use crate::catalog::members::PublicMember;
use crate::diag::Code;
use crate::ir::{Expose, PublicAddress, Replicas, Tier, Transport};
use crate::source::{Span, Spanned};
use crate::yaml::{Field, Node};

/// The services, in the order in which they start.
pub(super) fn services(project: &Project, tier: &Tier, losses: &mut Losses) -> Vec<Service> {
    let mut services = migrations(project, tier);
    repeats(tier, losses);
    let pod = &tier.pod;
    let process = Process {
        project,
        id: &tier.id,
        pod,
        is_beside: false,
    };
    let parts = Parts {
        entrypoint: said_words(&pod.command),
        command: said_words(&pod.args),
        ports: ports(project, tier),
        healthcheck: health::of_tier(project, tier, losses),
        depends_on: waits::of_tier(project, tier),
        replicas: replicas(project, tier, losses),
        networks: (!tier.ports.is_empty())
            .then(|| networks(project, &tier.id, tier.pods_service.as_ref()))
            .flatten(),
        builds: true,
        ..Parts::default()
    };
    address(project, tier, losses);
    services_ports(tier, losses);
    services.push((
        project.service(&tier.id.name),
        process.service(parts, losses),
    ));
    services
}

/// A service for each migration, one after the other. What is lost of the pod is said of the tier.
fn migrations(project: &Project, tier: &Tier) -> Vec<Service> {
    let names = project.migrations(&tier.id.name);
    let mut untold = crate::diag::Bag::default();
    let mut untold = Losses { found: &mut untold };
    let mut before = None;
    let mut services = Vec::new();
    for (name, (command, in_pod)) in names.iter().zip(tier.migrations()) {
        let process = Process {
            project,
            id: &tier.id,
            pod: &tier.pod,
            is_beside: !in_pod,
        };
        let parts = Parts {
            entrypoint: unless_empty(text::words(&command.value)).at(command.span),
            depends_on: waits::of_migration(project, tier, before),
            ends: true,
            ..Parts::default()
        };
        let mut node = process.service(parts, &mut untold);
        comes_from(&mut node, command.span);
        services.push((name.clone(), node.because("migrations")));
        before = Some(name);
    }
    services
}

/// Says how often migrations run.
fn repeats(tier: &Tier, losses: &mut Losses) {
    if let Some((command, _)) = tier.migrations().next() {
        let first = command.span;
        let message = format!(
            "the migrations of `{}`: they run at each `up`, not once per version, and one that fails \
             isn't tried again",
            tier.id.name
        );
        losses.lose(Code::MigrationRepeats, first, message);
    }
}

/// Says of a node and all that it holds that it comes from a place as well.
fn comes_from(node: &mut Node, place: Span) {
    if !node.origin.also.contains(&place) {
        node.origin.also.push(place);
    }
    node.children_mut().for_each(|it| comes_from(it, place));
}

/// The port of this machine, which others in its network don't reach.
fn ports(project: &Project, tier: &Tier) -> Option<Node> {
    let published = project.published(&tier.id.name).iter();
    let ports = published.map(|published| {
        let transport = match published.transport {
            Transport::Tcp => "",
            Transport::Udp => "/udp",
        };
        let text = format!(
            "127.0.0.1:{}:{}{transport}",
            published.expression(),
            published.container
        );
        let port = tier.port_named(&published.name);
        let mut exposures = tier.exposures();
        let expose = exposures.find(|(_, port, _)| port.name == published.name);
        let place = expose.map_or(tier.expose.span, |(expose, ..)| expose.span);
        Node::quoted(text)
            .at(place)
            .also(port.map(|port| port.origin))
    });
    unless_empty(ports.collect())
}

/// One, where a port of this machine leads to it, and where each would have a volume of its own.
fn replicas(project: &Project, tier: &Tier, losses: &mut Losses) -> Option<Node> {
    let Replicas {
        least,
        autoscaling,
        origin,
    } = &tier.replicas;
    let name = &tier.id.name;
    let has_port = !project.published(name).is_empty();
    let has_own = tier.pod.has_own_claims();
    let is_one = has_port || has_own;
    if let Some(autoscaling) = autoscaling {
        let runs = if is_one { 1 } else { *least };
        let containers = if runs == 1 { "container" } else { "containers" };
        let message = format!(
            "the autoscaler of `{name}`: Compose always runs {runs} {containers}, not {least} to {}",
            autoscaling.most
        );
        losses.lose(Code::AutoscalingLost, *origin, message);
        if is_one {
            return None;
        }
    }
    if *least > 1 && is_one {
        let why = if has_own {
            "Compose has one volume for all containers of a service, so that one runs"
        } else {
            "one container has the port of this machine"
        };
        let message = format!("the replicas of `{name}`: {why}");
        losses.lose(Code::ReplicasLost, *origin, message);
        return None;
    }
    (*least != 1).then(|| Node::integer(*least).at(*origin))
}

/// Says where a tier is reached instead.
fn address(project: &Project, tier: &Tier, losses: &mut Losses) {
    for (expose, port, public) in tier.exposures() {
        let mut all = project.published(&tier.id.name).iter();
        let Some(published) = all.find(|published| published.name == port.name) else {
            continue;
        };
        let is_first = expose.span == tier.expose.span;
        let here = match published.transport {
            Transport::Tcp => {
                let further = (!is_first).then_some(port.name.as_str());
                project.address((&tier.id.name, further), PublicMember::Url, Ports::Usual)
            }
            Transport::Udp => Some(format!("UDP port {} of localhost", published.port)),
        };
        if let Some(here) = here {
            address_of(tier, (expose, public), &here, losses);
        }
    }
}

fn address_of(
    tier: &Tier,
    (expose, public): (&Spanned<Expose>, Option<&PublicAddress>),
    here: &str,
    losses: &mut Losses,
) {
    let there = match (public, &expose.value) {
        (Some(public), _) => PublicAddress::url(public),
        (None, Expose::Ingress { host, path, .. }) => format!("{host}{path}"),
        (None, Expose::LoadBalancer) => "the address of its load balancer".to_owned(),
        (None, Expose::NodePort { port: Some(port) }) => format!("port {port} of any node"),
        (None, Expose::NodePort { port: None }) => "a port of any node".to_owned(),
        // Nothing is between them, as a Service would be.
        (None, Expose::Internal | Expose::Forward { .. } | Expose::Elsewhere { .. }) => return,
    };
    if there == here {
        return;
    }
    let name = &tier.id.name;
    let message = format!("the address of `{name}`: {there} is {here}");
    losses.lose(Code::AddressLost, expose.span, message);
}

/// Says which ports have another number.
fn services_ports(tier: &Tier, losses: &mut Losses) {
    let differ = tier.ports.iter().filter(|it| it.service != it.container);
    for port in differ {
        let message = format!(
            "the Service's port of `{}`: containers reach it at {}, not at {}; change that where a file \
             or an image names it",
            tier.id.name, port.container, port.service
        );
        losses.lose(Code::ServicePortLost, port.origin, message);
    }
}
