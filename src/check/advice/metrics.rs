//! Metrics that Prometheus asks pods for, from another namespace than theirs.

use crate::catalog::defaults::Switch;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Port, Tier};
use crate::source::Span;

/// What tells Prometheus to ask a pod, and on which port, by the configuration that its chart brings.
const SCRAPE: &str = "prometheus.io/scrape";
const PORT: &str = "prometheus.io/port";
/// The name of a port for metrics.
const METRICS: &str = "metrics";

/// The ports that Prometheus asks.
pub(in crate::check) fn scraped(tier: &Tier) -> Vec<u16> {
    asked(tier).map_or(Vec::new(), |(ports, _)| ports)
}

/// The same, with the first place that says so.
fn asked(tier: &Tier) -> Option<(Vec<u16>, Span)> {
    let named = tier.ports.iter().find(|port| port.name == METRICS);
    let said = |key: &str| {
        let mut annotations = tier.pod.annotations.iter();
        annotations.find(|it| it.key == key)
    };
    let annotated = said(SCRAPE).filter(|it| it.value == "true");
    let place = annotated
        .map(|it| it.origin)
        .or(named.map(|it| it.origin))?;
    let numbers = |ports: &[Port]| ports.iter().map(|port| port.container).collect();
    let ports = match (
        annotated,
        said(PORT).and_then(|it| it.value.parse().ok()),
        named,
    ) {
        (Some(_), Some(port), _) => vec![port],
        (_, _, Some(named)) => vec![named.container],
        // It asks each port that a container declares.
        (_, _, None) => numbers(&tier.ports),
    };
    (!ports.is_empty()).then_some((ports, place))
}

/// What to say of a tier whose metrics nobody from another namespace can ask for. Where nobody at all
/// connects to it, another note says that.
pub(in crate::check) fn shut_out(tier: &Tier) -> Option<Diagnostic> {
    let (ports, place) = asked(tier)?;
    let exposed = |number: u16| {
        let mut all = tier.exposures();
        all.any(|(_, port, _)| port.container == number)
    };
    let is_admitted = |number: u16| {
        let port = tier.ports.iter().find(|port| port.container == number);
        port.is_some_and(|port| {
            let mut others = tier
                .admits
                .iter()
                .filter(|it| it.namespace.is_some() || !it.blocks.is_empty());
            others.any(|it| it.reaches(&port.name))
        })
    };
    let is_open = ports
        .iter()
        .all(|port| exposed(*port) || is_admitted(*port));
    if is_open || !tier.keeps(Switch::NetworkPolicy) {
        return None;
    }
    let text = format!(
        "the network policy of `{}` lets nobody from another namespace ask for its metrics",
        tier.id.name
    );
    let note = Diagnostic::new(Code::ScrapersShutOut, place, text);
    let named = ports.first().and_then(|number| {
        let mut all = tier.ports.iter();
        all.find(|port| port.container == *number)
    });
    let to = named.map_or(String::new(), |port| format!(" to {}", port.name));
    Some(note.help(format!(
        "let the namespace of Prometheus in, such as `admit namespace \"monitoring\"{to}`"
    )))
}
