//! How Docker asks for a container's health: one check, where Kubernetes has three.

use super::project::{Project, Recipe};
use super::text::plain;
use super::{Losses, unless_empty};
use crate::catalog::databases::{READY, STARTING};
use crate::catalog::{Choice, SelfCheck};
use crate::diag::Code;
use crate::ir::{Database, Handler, Image, Probe, Probes, Text, Tier};
use crate::yaml::{Node, map};

/// The check of a tier: when it counts as ready.
pub(super) fn of_tier(project: &Project, tier: &Tier, losses: &mut Losses) -> Option<Node> {
    let probes = tier.probes.as_ref()?;
    let name = &tier.id.name;
    if let Some(liveness) = &probes.liveness {
        let message =
            format!("the liveness of `{name}`: Docker restarts nothing that is unhealthy");
        losses.lose(Code::LivenessLost, liveness.origin, message);
    }
    let asked = asked(probes)?;
    if let Some(startup) = probes
        .startup
        .as_ref()
        .filter(|it| it.handler != asked.handler)
    {
        let message = format!(
            "the startup probe of `{name}`: Docker has one check, and asks the readiness probe's from the \
             start"
        );
        losses.lose(Code::StartupLost, startup.origin, message);
    }
    let Some(command) = command(project, tier, &asked.handler) else {
        let message =
            format!("the health of `{name}`: nothing is known in its image that could ask for it");
        losses.lose(Code::HealthLost, asked.origin, message);
        return None;
    };
    let host = match &asked.handler {
        Handler::Get { host, .. } => host.as_ref(),
        Handler::Tcp { .. } | Handler::Grpc { .. } | Handler::Exec(_) => None,
    };
    let places = host.into_iter().flat_map(Text::places);
    let check = check(&command, asked, probes.startup.as_ref());
    Some(check.at(asked.origin).also(places))
}

/// Whether a tier is asked for its health.
pub(super) fn has_check(project: &Project, tier: &Tier) -> bool {
    let asked = tier.probes.as_ref().and_then(asked);
    asked.is_some_and(|probe| command(project, tier, &probe.handler).is_some())
}

fn asked(probes: &Probes) -> Option<&Probe> {
    let Probes {
        startup,
        readiness,
        liveness,
    } = probes;
    let all = [readiness, startup, liveness];
    all.into_iter().find_map(Option::as_ref)
}

fn check(command: &[String], asked: &Probe, startup: Option<&Probe>) -> Node {
    // Nothing counts as a failure until the process has had its time to start.
    let grace = startup.map(|probe| probe.after.unwrap_or_default() + probe.every * probe.failures);
    map! {
        "test": test(command),
        "interval": seconds(asked.every),
        "timeout": seconds(asked.timeout),
        "retries": asked.failures,
        "start_period": grace.or(asked.after).map(|time| {
            let (place, also) = startup.map_or((asked.origin, &[][..]), |it| (it.origin, &it.also));
            seconds(time).at(place).also(also.iter().copied())
        }),
        "start_interval": startup.map(|probe| seconds(probe.every).at(probe.origin)),
    }
}

/// The check of a database.
pub(super) fn of_database(database: &Database) -> Node {
    let command = (database.engine.ready)(database.account());
    map! {
        "test": test(&command),
        "interval": seconds(READY.every),
        "timeout": seconds(READY.timeout),
        "retries": READY.failures,
        "start_period": seconds(STARTING.every * STARTING.failures),
        "start_interval": seconds(STARTING.every),
    }
    .because("database")
}

/// The check of a process that isn't the one that its image asks for; `None` where the image asks for
/// none.
pub(super) fn none(project: &Project, image: &Image) -> Option<Node> {
    let Recipe {
        plan,
        choice,
        contract,
    } = project.recipe(image)?;
    let asks = plan.check_command(choice, contract);
    asks.map(|_| map! { "disable": true })
}

fn test(command: &[String]) -> Option<Node> {
    let words = std::iter::once(Node::text("CMD"));
    unless_empty(
        words
            .chain(command.iter().map(|word| plain(word)))
            .collect(),
    )
}

fn seconds(seconds: u32) -> Node {
    Node::text(format!("{seconds}s"))
}

/// A command in a tier's container that asks what a probe asks. The kubelet asks from outside; here
/// that takes a program of the image.
fn command(project: &Project, tier: &Tier, handler: &Handler) -> Option<Vec<String>> {
    let (health, port) = match handler {
        Handler::Exec(command) => return Some(command.clone()),
        Handler::Get { tls: true, .. } | Handler::Grpc { .. } => return None,
        // The programs of images name the host that they connect to and no other.
        Handler::Get {
            host: Some(_),
            port,
            ..
        }
        | Handler::Tcp { port } => (SelfCheck::Connect, port),
        Handler::Get { path, port, .. } => (SelfCheck::Get(path.clone()), port),
    };
    let port = tier.ports.iter().find(|it| it.name == *port)?.container;
    let Recipe {
        plan,
        choice,
        contract,
    } = project.recipe(&tier.pod.image)?;
    let choice = Choice {
        health: Some(health),
        port: Some(port),
        ..choice.clone()
    };
    plan.check_command(&choice, contract)
}
