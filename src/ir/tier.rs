//! Workloads of the application's own.

use super::{
    Admission, Expose, Exposure, Identity, Migration, Patch, Pod, Port, Probes, PublicAddress,
    known_way,
};
use crate::catalog::defaults::Switch;
use crate::source::{Span, Spanned};

/// A workload of the application's own.
#[derive(Debug, Clone)]
pub struct Tier {
    /// Its names.
    pub id: Identity,
    /// What its pods run and see.
    pub pod: Pod,
    /// What it listens on; a worker has no port, and no Service.
    pub ports: Vec<Port>,
    /// How many pods.
    pub replicas: Replicas,
    /// How new pods replace old ones.
    pub rollout: Spanned<Rollout>,
    /// How its health is asked for.
    pub probes: Option<Probes>,
    /// Who outside of the cluster reaches it.
    pub expose: Spanned<Expose>,
    /// Who else may connect to it, in order.
    pub admits: Vec<Admission>,
    /// What runs before the application relies on it.
    pub migration: Option<Migration>,
    /// The name of the port that they reach, where anybody does.
    pub exposed_port: Option<String>,
    /// The Service that publishes that port alone, where others stay within the cluster.
    pub public_service: Option<String>,
    /// The headless Service that gives each pod a name, where each has claims of its own.
    pub pods_service: Option<String>,
    /// The address that browsers know, where it can be known.
    pub public: Option<PublicAddress>,
    /// Who else reaches it, by other ports, hosts or ways.
    pub further: Vec<Exposure>,
    /// What is merged into its objects, in order.
    pub patches: Vec<Patch>,
    /// The defaults that are switched off for it.
    pub off: Vec<Spanned<Switch>>,
}

impl Tier {
    /// The port that stands for the tier where none is named: the one called `http`, else the only
    /// one.
    #[must_use]
    pub fn port(&self) -> Option<&Port> {
        Port::main(&self.ports)
    }

    /// The port that whoever it is exposed to reaches.
    #[must_use]
    pub fn exposed_port(&self) -> Option<&Port> {
        let name = self.exposed_port.as_ref()?;
        self.ports.iter().find(|port| port.name == *name)
    }

    /// The port of that name.
    #[must_use]
    pub fn port_named(&self, name: &str) -> Option<&Port> {
        self.ports.iter().find(|port| port.name == name)
    }

    /// Every way in which it is exposed: first the one that stands for the tier.
    pub fn exposes(&self) -> impl Iterator<Item = &Spanned<Expose>> {
        std::iter::once(&self.expose).chain(self.further.iter().map(|it| &it.expose))
    }

    /// Every way in which it is exposed, with the port that is meant and the address that browsers know:
    /// first the one that stands for the tier.
    pub fn exposures(
        &self,
    ) -> impl Iterator<Item = (&Spanned<Expose>, &Port, Option<&PublicAddress>)> {
        let first = self.exposed_port();
        let first = first.map(|port| (&self.expose, port, self.public.as_ref()));
        let further = self
            .further
            .iter()
            .filter_map(|it| Some((&it.expose, self.port_named(&it.port)?, it.public.as_ref())));
        first.into_iter().chain(further)
    }

    /// The address by which browsers know one of its ports that is exposed besides its first, where it can
    /// be known.
    #[must_use]
    pub fn public_of(&self, port: &str) -> Option<&PublicAddress> {
        self.way_of(port)?.public.as_ref()
    }

    /// The way by which browsers know such a port.
    fn way_of(&self, port: &str) -> Option<&Exposure> {
        let all = self.further.iter().filter(|it| it.port == port);
        known_way(all, |it| &it.expose.value)
    }

    /// Whether the path of its public address, or of that of such a port, is taken off what it is asked for.
    #[must_use]
    pub fn is_stripped(&self, port: Option<&str>) -> bool {
        let expose = match port {
            None => Some(&self.expose),
            Some(port) => self.way_of(port).map(|it| &it.expose),
        };
        expose.is_some_and(|it| it.value.strip().is_some())
    }

    /// The commands of its migrations, in the order in which they run, and whether its own pods run them.
    pub fn migrations(&self) -> impl Iterator<Item = (&Spanned<Vec<String>>, bool)> {
        let of_job = self.migration.iter().flat_map(|it| &it.commands);
        let in_pod = self.pod.first.iter();
        of_job
            .map(|command| (command, false))
            .chain(in_pod.map(|command| (command, true)))
    }

    /// Whether a default holds for it.
    #[must_use]
    pub fn keeps(&self, default: Switch) -> bool {
        self.off.iter().all(|off| off.value != default)
    }
}

/// How many pods a tier has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replicas {
    /// As many as there are, or the least.
    pub least: u32,
    /// How their number follows the load, if it does.
    pub autoscaling: Option<Autoscaling>,
    /// Where it was said.
    pub origin: Span,
}

/// How the number of pods follows the load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Autoscaling {
    /// The most pods.
    pub most: u32,
    /// The share of the cpu request that pods use on average, in percent; `None` where their number
    /// doesn't follow it.
    pub cpu_percent: Option<u32>,
    /// The same of the memory request.
    pub memory_percent: Option<u32>,
}

/// How new pods replace old ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rollout {
    /// Some at a time.
    Rolling {
        /// So many more than wanted.
        surge: u32,
        /// So many fewer than wanted.
        unavailable: u32,
    },
    /// All old ones go first.
    Recreate,
}

impl Rollout {
    /// A pod and its next one have one name and one claim: the one goes before the other comes.
    pub const ONE_BY_ONE: Rollout = Rollout::Rolling {
        surge: 0,
        unavailable: 1,
    };
    /// A release loses no request.
    pub const DEFAULT: Rollout = Rollout::Rolling {
        surge: 1,
        unavailable: 0,
    };
}
