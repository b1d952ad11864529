//! Where browsers on this machine reach tiers.

use std::collections::{BTreeMap, BTreeSet};

use super::text;
use super::variables;
use crate::catalog::members::PublicMember;
use crate::catalog::protocols::{HTTP, HTTPS, browsers_port};
use crate::ir::{App, Expose, Port, Tier, Transport};

/// A tier's port of this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Published {
    /// The variable that changes it.
    pub(super) variable: String,
    /// The port, where it isn't changed.
    pub(super) port: u16,
    /// The container's.
    pub(super) container: u16,
    /// What carries it.
    pub(super) transport: Transport,
    /// The name of the container's.
    pub(super) name: String,
}

impl Published {
    /// The port as an expression.
    pub(super) fn expression(&self) -> String {
        text::or(&self.variable, &self.port.to_string())
    }

    /// What of an address stands behind its host, with an expression for the port. What a browser leaves
    /// out of addresses isn't in this one either: a server would take its origin for another one.
    fn behind_host(&self, scheme: &str) -> String {
        if browsers_port(scheme) == Some(self.port) {
            text::if_set(&self.variable, ":")
        } else {
            format!(":{}", self.expression())
        }
    }

    /// The same where no variable changes the port.
    fn usually_behind_host(&self, scheme: &str) -> String {
        if browsers_port(scheme) == Some(self.port) {
            String::new()
        } else {
            format!(":{}", self.port)
        }
    }
}

/// Which port of this machine an address has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ports {
    /// The one that its variable says.
    Variable,
    /// The one that it has where no variable is set.
    Usual,
}

/// What browsers on this machine know a tier by, or one of its ports that is exposed besides its first.
pub(super) fn address(
    (tier, port): (&Tier, Option<&str>),
    published: &Published,
    member: PublicMember,
    ports: Ports,
) -> String {
    let (spoken, public) = match port {
        None => (tier.exposed_port(), tier.public.as_ref()),
        Some(port) => (tier.port_named(port), tier.public_of(port)),
    };
    // Nothing is there to take it off.
    let public = public.filter(|_| !tier.is_stripped(port));
    let path = public.map_or("", |public| public.path.as_str());
    let spoken = spoken.and_then(Port::url_scheme);
    let spoken = spoken.unwrap_or(HTTP);
    let port = match ports {
        Ports::Variable => published.behind_host(spoken),
        Ports::Usual => published.usually_behind_host(spoken),
    };
    let path = text::literal(path);
    match member {
        PublicMember::Url => format!("{spoken}://localhost{port}{path}"),
        PublicMember::WebSocket => {
            let socket = if spoken == HTTPS { "wss" } else { "ws" };
            format!("{socket}://localhost{port}{path}")
        }
        PublicMember::Origin => format!("{spoken}://localhost{port}"),
        PublicMember::Host => "localhost".to_owned(),
    }
}

/// The ports of all tiers that anybody outside reaches, by the names of tiers: first the one that stands for
/// the tier, then the others. What asks for a port of its own has it; others have their container's, or the
/// next one that is free.
pub(super) fn published(app: &App) -> BTreeMap<&str, Vec<Published>> {
    let all = || app.tiers.iter().map(exposed);
    let first = all().filter_map(|it| it.into_iter().next());
    let exposed: Vec<_> = first
        .chain(all().flat_map(|it| it.into_iter().skip(1)))
        .collect();
    let mut taken: BTreeSet<u16> = BTreeSet::new();
    let wanted = exposed.iter().map(|(_, expose, _)| {
        let port = said(expose);
        port.filter(|port| taken.insert(*port))
    });
    let wanted: Vec<_> = wanted.collect();
    let variables = variables::names(app);
    let mut all: BTreeMap<&str, Vec<Published>> = BTreeMap::new();
    // Many containers may have the same port: of those that were tried none is free again.
    let mut untried = BTreeMap::new();
    for ((tier, _, exposed), wanted) in exposed.into_iter().zip(wanted) {
        let container = exposed.container;
        let port = wanted.unwrap_or_else(|| {
            let free = untried
                .entry(container)
                .or_insert_with(|| (container..=u16::MAX).chain(1024..container));
            free.find(|port| taken.insert(*port)).unwrap_or(container)
        });
        let name = &tier.id.name;
        let known = all.entry(name.as_str()).or_default();
        let mut variable = variable(&if known.is_empty() {
            format!("{}_{name}_PORT", app.name)
        } else {
            format!("{}_{name}_{}_PORT", app.name, exposed.name)
        });
        while variables.contains(variable.as_str()) {
            variable.push('_');
        }
        let published = Published {
            variable,
            port,
            container,
            transport: exposed.transport,
            name: exposed.name.clone(),
        };
        known.push(published);
    }
    all
}

/// The ports of a tier that anybody outside reaches, each once.
fn exposed(tier: &Tier) -> Vec<(&Tier, &Expose, &Port)> {
    let mut all: Vec<(&Tier, &Expose, &Port)> = Vec::new();
    for (expose, port, _) in tier.exposures() {
        let known = all.iter_mut().find(|(.., known)| known.name == port.name);
        match known {
            Some((_, known, _)) if said(known).is_none() && said(&expose.value).is_some() => {
                *known = &expose.value;
            }
            None if is_exposed(&expose.value) => all.push((tier, &expose.value, port)),
            Some(_) | None => {}
        }
    }
    all
}

fn is_exposed(expose: &Expose) -> bool {
    match expose {
        Expose::Internal => false,
        Expose::NodePort { .. }
        | Expose::LoadBalancer
        | Expose::Ingress { .. }
        | Expose::Elsewhere { .. }
        | Expose::Forward { .. } => true,
    }
}

/// The port that is said for it.
fn said(expose: &Expose) -> Option<u16> {
    match *expose {
        Expose::Forward { port } | Expose::NodePort { port: Some(port) } => Some(port),
        Expose::NodePort { port: None }
        | Expose::Internal
        | Expose::LoadBalancer
        | Expose::Elsewhere { .. }
        | Expose::Ingress { .. } => None,
    }
}

/// A name as that of a variable: letters, digits and `_`, and no digit first.
fn variable(name: &str) -> String {
    let known = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_uppercase()
        } else {
            '_'
        }
    };
    let name: String = name.chars().map(known).collect();
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("_{name}")
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::{published, variable};
    use crate::ir::{Expose, Port, Tier, Transport, sample};

    fn tier(name: &str, expose: Expose, port: u16) -> Tier {
        let mut tier = sample::tier(name);
        tier.ports = vec![Port {
            name: "http".to_owned(),
            container: port,
            service: port,
            transport: Transport::Tcp,
            scheme: None,
            origin: sample::place(),
        }];
        tier.exposed_port = Some("http".to_owned());
        tier.expose.value = expose;
        tier
    }

    #[test]
    fn every_tier_has_a_port_of_its_own() {
        let node = |port| Expose::NodePort { port };
        let app = sample::app(vec![
            tier("a", Expose::LoadBalancer, 8000),
            tier("b", node(None), 8000),
            tier("c", Expose::Forward { port: 8000 }, 80),
            tier("d", node(Some(30080)), 8001),
            tier("e", Expose::LoadBalancer, u16::MAX),
            tier("f", Expose::LoadBalancer, u16::MAX),
            tier("g", Expose::Internal, 1),
        ]);
        let all = published(&app);
        let ports: Vec<_> = all.values().flatten().map(|it| it.port).collect();
        assert_eq!(ports, [8001, 8002, 8000, 30080, u16::MAX, 1024]);
    }

    #[test]
    fn names_are_names_of_variables() {
        assert_eq!(variable("my-app_web_PORT"), "MY_APP_WEB_PORT");
        assert_eq!(variable("1a_b_PORT"), "_1A_B_PORT");
    }
}
