//! Workloads of the application's own.

use super::{
    ConfigMap, Contract, Entry, EnvFrom, Expose, FileMap, Image, Migration, Patch, Port, Probes,
    QuantityRange, SecretObject, Variable, Volume,
};
use crate::catalog::defaults::Switch;
use crate::source::{Span, Spanned};

/// What a workload's objects are called.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The name in the source, which is also the container's.
    pub name: String,
    /// Name of the Deployment or StatefulSet, and of all that belongs to it.
    pub workload: String,
    /// Name of the Service.
    pub service: String,
    /// Value of the label `app`, by which everything selects its pods.
    pub label: String,
    /// The statement that declares it.
    pub origin: Span,
}

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
    /// What runs before the application relies on it.
    pub migration: Option<Migration>,
    /// The name of the port that they reach, where anybody does.
    pub exposed_port: Option<String>,
    /// The Service that publishes that port alone, where others stay within the cluster.
    pub public_service: Option<String>,
    /// The URL that browsers know, where it can be known.
    pub public_url: Option<String>,
    /// Labels of the workloads that may connect to it, sorted.
    pub clients: Vec<String>,
    /// What is merged into its objects, in order.
    pub patches: Vec<Patch>,
    /// The defaults that are switched off for it.
    pub off: Vec<Switch>,
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

    /// Whether a default holds for it.
    #[must_use]
    pub fn keeps(&self, default: Switch) -> bool {
        !self.off.contains(&default)
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
    /// The share of the cpu request that pods use on average, in percent.
    pub cpu_percent: u32,
}

/// How new pods replace old ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// What a pod runs and sees, whatever runs the pod.
#[derive(Debug, Clone)]
pub struct Pod {
    /// The image of its container.
    pub image: Image,
    /// As whom, where and how it runs.
    pub contract: Contract,
    /// What replaces the image's entry point; empty leaves it.
    pub command: Vec<String>,
    /// What replaces the image's arguments; empty leaves them.
    pub args: Vec<String>,
    /// Annotations of its own.
    pub annotations: Vec<Entry>,
    /// Claims that it mounts.
    pub volumes: Vec<Volume>,
    /// Files that it reads, in a ConfigMap of its own.
    pub files: Option<FileMap>,
    /// What is set aside for it, and what it may not exceed.
    pub resources: Resources,
    /// Databases of the cluster that it waits for.
    pub waits: Vec<Wait>,
    /// A ConfigMap of its own.
    pub config: Option<ConfigMap>,
    /// A Secret of its own.
    pub secret: Option<SecretObject>,
    /// Objects whose keys are all variables of it.
    pub env_from: Vec<EnvFrom>,
    /// Its variables, in the order of the source; the contract's come first.
    pub env: Vec<Variable>,
    /// Every entry of a ConfigMap that it reads, by whatever way.
    pub config_read: Vec<Entry>,
}

/// Requests and limits, where they are said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resources {
    /// Cores.
    pub cpu: Option<QuantityRange>,
    /// Bytes.
    pub memory: Option<QuantityRange>,
    /// Bytes of the node's disk, besides volumes.
    pub disk: Option<QuantityRange>,
}

/// A database that a tier waits for before it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// The database's name, an index of [`App::databases`](super::App::databases) by [`Identity::name`].
    pub database: String,
    /// The first place that asks for it.
    pub origin: Span,
}

impl Rollout {
    /// A release loses no request.
    pub const DEFAULT: Rollout = Rollout::Rolling {
        surge: 1,
        unavailable: 0,
    };
}
