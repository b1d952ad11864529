//! Workloads of the application's own.

use super::{
    ConfigMap, Contract, Entry, EnvFrom, Expose, Image, Port, Probes, QuantityRange, SecretObject,
    Variable,
};
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
    /// What it runs.
    pub image: Image,
    /// As whom, where and how it runs.
    pub contract: Contract,
    /// What it listens on; a worker has none, and no Service.
    pub port: Option<Port>,
    /// How many pods.
    pub replicas: Spanned<u32>,
    /// Request and limit.
    pub cpu: Option<QuantityRange>,
    /// Request and limit.
    pub memory: Option<QuantityRange>,
    /// How its health is asked for.
    pub probes: Option<Probes>,
    /// Who outside of the cluster reaches it.
    pub expose: Spanned<Expose>,
    /// Databases of the cluster that it waits for.
    pub waits: Vec<Wait>,
    /// Labels of the workloads that may connect to it, sorted.
    pub clients: Vec<String>,
    /// Its own ConfigMap.
    pub config: Option<ConfigMap>,
    /// Its own Secret.
    pub secret: Option<SecretObject>,
    /// Objects whose keys are all variables of it.
    pub env_from: Vec<EnvFrom>,
    /// Its variables, in the order of the source; the contract's come first.
    pub env: Vec<Variable>,
    /// Every entry of a ConfigMap that it reads, by whatever way.
    pub config_read: Vec<Entry>,
}

/// A database that a tier waits for before it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// The database's name, an index of [`App::databases`] by [`Identity::name`].
    pub database: String,
    /// The first place that asks for it.
    pub origin: Span,
}
