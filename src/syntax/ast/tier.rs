//! `tier` and what stands in it.

use super::{Amount, Config, MountedFile, Name, Patch, Secret, Setting, Volume};
use crate::source::{Span, Spanned};

/// `tier NAME { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tier {
    /// The statement without its block.
    pub span: Span,
    /// Its name.
    pub name: Option<Name>,
    /// `from`: the tier that it is taken from.
    pub from: Option<Name>,
    /// `build`.
    pub build: Option<Build>,
    /// `image`.
    pub image: Option<Name>,
    /// `port`, in order.
    pub ports: Vec<Port>,
    /// What a target may change.
    pub scale: Scale,
    /// `admit`, in order.
    pub admits: Vec<Admission>,
    /// `health`.
    pub health: Option<Health>,
    /// `disk`.
    pub disk: Option<Amount>,
    /// `rollout`.
    pub rollout: Option<Rollout>,
    /// `command`.
    pub command: Vec<Name>,
    /// `args`.
    pub args: Vec<Name>,
    /// `migrate`.
    pub migrations: Vec<Migration>,
    /// `user`.
    pub user: Option<Name>,
    /// `grace`.
    pub grace: Option<Name>,
    /// `account`.
    pub account: Option<Name>,
    /// `writable`.
    pub writable: Vec<Name>,
    /// `volume`.
    pub volumes: Vec<Volume>,
    /// `file`.
    pub files: Vec<MountedFile>,
    /// `annotate`.
    pub annotations: Vec<Setting>,
    /// `name`.
    pub alias: Option<Name>,
    /// `without`.
    pub without: Vec<Name>,
    /// `needs`.
    pub needs: Vec<Name>,
    /// `after`.
    pub after: Vec<Name>,
    /// `config`.
    pub config: Option<Config>,
    /// Its own secrets.
    pub secrets: Vec<Secret>,
    /// `env`: its lines, in order.
    pub env: Vec<EnvLine>,
    /// Whether something in it couldn't be read.
    pub broken: bool,
}

/// `migrate [in pod] "command" …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    /// The statement.
    pub span: Span,
    /// `in pod`: the first word's place.
    pub in_pod: Option<Span>,
    /// The command and its arguments.
    pub command: Vec<Name>,
}

/// What a tier and a target's tier both may say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scale {
    /// `replicas`.
    pub replicas: Option<Replicas>,
    /// `cpu`.
    pub cpu: Option<Amount>,
    /// `memory`.
    pub memory: Option<Amount>,
    /// `expose`: the one that browsers know it by, the first `ingress` or else the first.
    pub expose: Option<Expose>,
    /// The others, in order.
    pub further: Vec<Expose>,
    /// `patch`.
    pub patches: Vec<Patch>,
    /// Whether something beside it couldn't be read.
    pub broken: bool,
}

/// `replicas N`, `replicas A..B at cpu P%`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replicas {
    /// The statement.
    pub span: Span,
    /// How many, or from how many to how many.
    pub number: Option<Amount>,
    /// The share of the cpu request to keep to.
    pub percent: Option<Name>,
    /// The share of the memory request that is aimed at.
    pub memory_percent: Option<Name>,
}

/// `rollout …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rollout {
    /// The statement.
    pub span: Span,
    /// `recreate`.
    pub recreate: bool,
    /// `surge`.
    pub surge: Option<Name>,
    /// `unavailable`.
    pub unavailable: Option<Name>,
}

/// `build RECIPE "context" { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Build {
    /// The statement without its block.
    pub span: Span,
    /// The recipe's name.
    pub recipe: Option<Name>,
    /// The folder of sources.
    pub context: Option<Name>,
    /// The words of its options, in order.
    pub options: Vec<Spanned<&'static str>>,
    /// `node`, `python`, `go` or `rust`.
    pub versions: Vec<VersionOption>,
    /// `packages`.
    pub packages: Option<Name>,
    /// `entry`.
    pub entry: Option<Name>,
    /// `workspace`.
    pub workspace: Option<Name>,
    /// `system`.
    pub system: Vec<Name>,
    /// `build_system`.
    pub build_system: Vec<Name>,
    /// `data`.
    pub data: Vec<Name>,
    /// `stand_in`.
    pub stand_ins: Vec<Name>,
    /// `secret`.
    pub secrets: Vec<BuildSecret>,
    /// `max_size`.
    pub max_size: Option<Name>,
    /// `file`.
    pub file: Option<Name>,
    /// `stage`.
    pub stage: Option<Name>,
    /// Build arguments, in order.
    pub arguments: Vec<Setting>,
}

/// `secret NAME at "path"` of a build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildSecret {
    /// The variable of whoever builds.
    pub name: Name,
    /// The file that holds its value meanwhile; `None` is a variable of the same name.
    pub file: Option<Name>,
}

/// `node 24 alpine`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionOption {
    /// The runtime's word.
    pub runtime: Spanned<&'static str>,
    /// The version.
    pub version: Option<Name>,
    /// The flavour's word.
    pub flavour: Option<Spanned<&'static str>>,
}

/// `port NAME N as M udp scheme "…"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Port {
    /// The statement.
    pub span: Span,
    /// What it is called.
    pub name: Option<Name>,
    /// The container's.
    pub container: Option<Name>,
    /// The Service's.
    pub service: Option<Name>,
    /// `udp`: the word's place.
    pub udp: Option<Span>,
    /// The scheme of its URLs.
    pub scheme: Option<Name>,
}

/// `expose …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expose {
    /// The statement.
    pub span: Span,
    /// In which way.
    pub way: Option<ExposeWay>,
    /// `of`: which port.
    pub port: Option<Name>,
    /// What is said of the host in a block.
    pub settings: Option<HostSettings>,
}

/// What is said of all hosts, or of one: in `ingress`, and behind `expose ingress`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HostSettings {
    /// `annotate`.
    pub annotations: Vec<Setting>,
    /// `body`.
    pub body: Option<Name>,
    /// `timeout`.
    pub timeout: Option<Name>,
    /// `strip` behind `expose ingress`: the word's place.
    pub strip: Option<Span>,
    /// `strip` of a host over several tiers: the paths.
    pub stripped: Vec<Name>,
}

/// `admit namespace "…" pods "…" to PORT`, or `admit cidr "…" to PORT`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admission {
    /// The statement.
    pub span: Span,
    /// `namespace`.
    pub namespace: Option<Name>,
    /// `pods`: the labels, each as `KEY=VALUE`.
    pub labels: Vec<Name>,
    /// `cidr`: blocks of addresses.
    pub blocks: Vec<Name>,
    /// `to`: the names of ports.
    pub ports: Vec<Name>,
}

/// The ways of exposing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExposeWay {
    /// Not at all.
    Internal,
    /// On a port of the nodes.
    NodePort(Option<Name>),
    /// By a load balancer, perhaps with a host of its own.
    LoadBalancer(Option<Name>),
    /// By the ingress controller.
    Ingress {
        /// The host name.
        host: Option<Name>,
        /// `path`.
        path: Option<Name>,
        /// `tls`: the word's place.
        tls: Option<Span>,
        /// The Secret with the certificate.
        secret: Option<Name>,
    },
    /// On a port of the machine where `kubectl port-forward` runs.
    Forward(Option<Name>),
    /// By what isn't described here, at this address.
    Elsewhere(Option<Name>),
}

/// What a probe asks.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Handler {
    /// `"/path"`.
    Get(Name),
    /// `tcp`: the word's place.
    Tcp(Span),
    /// `grpc`: the word's place.
    Grpc(Span),
    /// `exec "cmd" …`.
    Exec(Vec<Name>),
}

/// `health PROBE { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// The statement without its block.
    pub span: Span,
    /// What its probes ask.
    pub handler: Option<Handler>,
    /// `host`: what GETs ask for.
    pub host: Option<Name>,
    /// `port`: the name of the one that is asked.
    pub port: Option<Name>,
    /// What is said of single probes.
    pub probes: Vec<ProbeLine>,
}

/// `liveness every 30s after 15s`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbeLine {
    /// Which probe.
    pub which: Spanned<&'static str>,
    /// `off`.
    pub off: bool,
    /// What this one asks, where it is something else.
    pub handler: Option<Handler>,
    /// `every`.
    pub every: Option<Name>,
    /// `after`.
    pub after: Option<Name>,
    /// `timeout`.
    pub timeout: Option<Name>,
    /// `failures`.
    pub failures: Option<Name>,
}

/// A line of `env`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnvLine {
    /// `NAME`: a shared key or secret.
    Shared(Name),
    /// `NAME = value`.
    Set(Setting),
    /// `..config` or `..secrets`: the word, and the place of the whole.
    Spread(Name),
}
