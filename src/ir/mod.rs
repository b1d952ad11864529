//! The application as it will run: every name resolved, every value typed, every default filled.
//!
//! This is all that backends see. Each fact carries the place that it came from (`origin`): a
//! default has that of the statement that it belongs to. A secret has no value here, and there is
//! no field that could hold one: [`SecretKey`] says where a value will come from, [`SecretRef`]
//! which key a container reads.

mod image;
mod quantity;

pub use image::{Build, Image, PullPolicy};
pub use quantity::{Quantity, QuantityRange};

use crate::catalog::databases::{Engine, Storage};
pub use crate::catalog::{Choice, Contract};
use crate::source::{Span, Spanned};

/// One application, for one target.
#[derive(Debug, Clone)]
pub struct App {
    /// The name behind `app`: a DNS label.
    pub name: String,
    /// The version behind `version`.
    pub version: String,
    /// The `app` statement.
    pub origin: Span,
    /// The target it was made for, where the file has targets.
    pub target: Option<String>,
    /// Where its objects live.
    pub namespace: Namespace,
    /// Whether images are loaded into the cluster by hand, instead of pulled from a registry.
    pub local_images: bool,
    /// The shared ConfigMap, if any key is declared.
    pub config: Option<ConfigMap>,
    /// The shared Secret, if any key is declared.
    pub secret: Option<SecretObject>,
    /// Databases in the cluster, in the order of the source.
    pub databases: Vec<Database>,
    /// Workloads, in the order of the source.
    pub tiers: Vec<Tier>,
    /// What the build's summary tells the user, without a code.
    pub notes: Vec<Spanned<String>>,
}

/// The namespace of all objects.
#[derive(Debug, Clone)]
pub struct Namespace {
    /// A DNS label.
    pub name: String,
    /// Whether the build makes it; `default` is there already.
    pub create: bool,
    /// Where it was said.
    pub origin: Span,
}

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

/// A ConfigMap.
#[derive(Debug, Clone)]
pub struct ConfigMap {
    /// Its name.
    pub name: String,
    /// Its keys, in the order of the source.
    pub entries: Vec<Entry>,
    /// The block that declares it.
    pub origin: Span,
}

/// A name with a plain value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key or variable.
    pub key: String,
    /// Its value.
    pub value: String,
    /// The statement that gives it.
    pub origin: Span,
}

/// A Secret that must exist before the application starts. It is never written.
#[derive(Debug, Clone)]
pub struct SecretObject {
    /// Its name.
    pub name: String,
    /// The keys that something reads, in the order of the source.
    pub keys: Vec<SecretKey>,
    /// The first statement that declares a key of it.
    pub origin: Span,
}

/// One key of a Secret: where its value will come from when it is deployed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretKey {
    /// The variable that containers see.
    pub name: String,
    /// The key in the Secret.
    pub key: String,
    /// The variable of the deploying user's environment that holds the value.
    pub from_env: String,
    /// Whether the application starts without it.
    pub optional: bool,
    /// What its value must be like, each as a clause such as ``starts with `sk-` ``.
    pub rules: Vec<String>,
    /// What to tell whoever forgets it.
    pub message: Option<String>,
    /// The statement that declares it.
    pub origin: Span,
}

/// A key of a Secret, as a container refers to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretRef {
    /// Name of the Secret.
    pub object: String,
    /// The key in it.
    pub key: String,
    /// Whether the container starts without it.
    pub optional: bool,
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

/// A port of a container and of its Service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Port {
    /// What the container listens on.
    pub container: u16,
    /// The Service's.
    pub service: u16,
    /// Where it was said.
    pub origin: Span,
}

/// Who outside of the cluster reaches a tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expose {
    /// Nobody.
    Internal,
    /// Everyone who reaches a node.
    NodePort {
        /// The port of the node, 30000 to 32767; the cluster chooses where it isn't said.
        port: Option<u16>,
    },
    /// Everyone, by a load balancer of the cloud.
    LoadBalancer,
    /// Everyone, by the cluster's ingress controller.
    Ingress {
        /// The host name.
        host: String,
        /// The prefix of the paths that are its.
        path: String,
        /// The Secret with the host's certificate, where it is served by https.
        tls: Option<String>,
    },
}

/// The three probes; each may be switched off.
#[derive(Debug, Clone)]
pub struct Probes {
    /// Gates the other two until the process has started.
    pub startup: Option<Probe>,
    /// Decides whether the pod gets traffic.
    pub readiness: Option<Probe>,
    /// Decides whether the container is restarted.
    pub liveness: Option<Probe>,
}

/// One probe: a GET of a path on the container's port. Times are in seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// The path, which starts with a slash.
    pub path: String,
    /// From one probe to the next.
    pub every: u32,
    /// Before the first one, where said.
    pub after: Option<u32>,
    /// Until a probe counts as failed.
    pub timeout: u32,
    /// Failures in a row until it acts.
    pub failures: u32,
    /// Where it was said.
    pub origin: Span,
}

/// A database that a tier waits for before it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// The database's name, an index of [`App::databases`] by [`Identity::name`].
    pub database: String,
    /// The first place that asks for it.
    pub origin: Span,
}

/// An object whose keys all become variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvFrom {
    /// Which kind of object.
    pub kind: EnvFromKind,
    /// Its name.
    pub object: String,
    /// Where it was asked for.
    pub origin: Span,
}

/// The kinds of object that [`EnvFrom`] reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnvFromKind {
    /// A ConfigMap.
    ConfigMap,
    /// A Secret.
    Secret,
}

/// A variable of a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub value: Value,
    /// Where it was said.
    pub origin: Span,
}

/// What a variable holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Plain text, to be taken literally.
    Text(String),
    /// A key of a ConfigMap.
    Config {
        /// Name of the ConfigMap.
        object: String,
        /// The key in it.
        key: String,
    },
    /// A key of a Secret.
    Secret(SecretRef),
    /// Put together in the pod, when the container starts.
    Composed(Vec<Piece>),
}

/// A part of a composed value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Plain text, to be taken literally.
    Text(String),
    /// What a variable declared earlier in the same container holds.
    Variable(String),
}

/// A database that runs in the cluster.
#[derive(Debug, Clone)]
pub struct Database {
    /// Its names.
    pub id: Identity,
    /// What kind it is.
    pub engine: &'static Engine,
    /// The image's reference.
    pub image: String,
    /// When the image is pulled.
    pub pull: PullPolicy,
    /// Where the claim is mounted.
    pub mount: Storage,
    /// Size of the claim.
    pub storage: Spanned<Quantity>,
    /// The database that the image makes at its first start.
    pub database: String,
    /// The user that owns it.
    pub user: String,
    /// The password's key.
    pub password: SecretRef,
    /// The Secret that holds it.
    pub secret: SecretObject,
    /// Request and limit.
    pub cpu: Option<QuantityRange>,
    /// Request and limit.
    pub memory: Option<QuantityRange>,
    /// What runs its pod.
    pub workload: DatabaseWorkload,
    /// Labels of the workloads that may connect to it, sorted.
    pub clients: Vec<String>,
}

/// What runs a database's pod.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatabaseWorkload {
    /// A StatefulSet with a claim of its own, behind a headless Service.
    StatefulSet,
    /// A Deployment that is recreated, on a claim of the same name.
    Deployment,
}
