//! The typed syntax tree: what the text says, with gaps where it says nothing readable.
//!
//! Words, numbers and names are kept as written; the checker gives them their types. A part that
//! is `None` is missing, which has been complained of where it must not be. `broken` says that
//! something in a statement couldn't be read: then nothing is concluded from what it lacks.

use crate::source::{Span, Spanned};

/// A word or string of the text, and its place.
pub type Name = Spanned<String>;

/// A whole file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct File {
    /// The `app` statement.
    pub app: Option<App>,
    /// The shared `config`.
    pub config: Option<Config>,
    /// The shared secrets.
    pub secrets: Vec<Secret>,
    /// Databases in the cluster.
    pub databases: Vec<Database>,
    /// Databases outside of it.
    pub externals: Vec<External>,
    /// Workloads.
    pub tiers: Vec<Tier>,
    /// Targets.
    pub targets: Vec<Target>,
    /// Whether something at the top level couldn't be read.
    pub broken: bool,
}

/// `app NAME { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct App {
    /// The statement without its block.
    pub span: Span,
    /// The application's name.
    pub name: Option<Name>,
    /// What a target may change.
    pub settings: Settings,
    /// `version`.
    pub version: Option<Name>,
    /// `naming`: pattern words and patterns.
    pub naming: Vec<(&'static str, Name)>,
}

/// What `app` and `target` both may say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// `namespace`.
    pub namespace: Option<Name>,
    /// `tag`.
    pub tag: Option<Name>,
    /// `registry`.
    pub registry: Option<Name>,
    /// `host`.
    pub host: Option<Name>,
    /// `pull`: the word behind it.
    pub pull: Option<Spanned<&'static str>>,
    /// `images local`.
    pub local_images: Option<Span>,
}

/// `config { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The word `config`.
    pub span: Span,
    /// Its settings, in order.
    pub settings: Vec<Setting>,
    /// Whether a part of it couldn't be read.
    pub broken: bool,
}

/// `KEY = value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The key.
    pub key: Name,
    /// The value.
    pub value: Option<Value>,
}

/// A value: plain text, a reference, or a list of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// What it is.
    pub kind: ValueKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueKind {
    /// A string, number or boolean, as text.
    Text(String),
    /// A member of something.
    Reference(Reference),
    /// Values that are joined with commas.
    List(Vec<Value>),
}

/// `a.b.c`, `a.b("argument")`, `a.b "/path"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The words between the dots; the last is empty where the text ends with a dot.
    pub parts: Vec<Name>,
    /// What stands in parentheses.
    pub argument: Option<Name>,
    /// The string behind it.
    pub path: Option<Name>,
}

/// `secret NAME from env …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// The statement without its block.
    pub span: Span,
    /// The variable that containers see.
    pub name: Option<Name>,
    /// The variable of the deploying user's environment, where it is another.
    pub variable: Option<Name>,
    /// The key in the Secret, where it is another.
    pub key: Option<Name>,
    /// `optional`.
    pub optional: bool,
    /// `starts_with`.
    pub starts_with: Option<Name>,
    /// `min_length`.
    pub min_length: Option<Name>,
    /// `url`.
    pub url: Option<Name>,
    /// `message`.
    pub message: Option<Name>,
}

/// `postgres NAME { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Database {
    /// The statement without its block.
    pub span: Span,
    /// The keyword, which is the engine's.
    pub engine: &'static str,
    /// Its name.
    pub name: Option<Name>,
    /// `version`.
    pub version: Option<Name>,
    /// `image`.
    pub image: Option<Name>,
    /// `storage`.
    pub storage: Option<Name>,
    /// `database`.
    pub database: Option<Name>,
    /// `user`.
    pub user: Option<Name>,
    /// `cpu`.
    pub cpu: Option<Amount>,
    /// `memory`.
    pub memory: Option<Amount>,
    /// `workload`: the word behind it.
    pub workload: Option<Spanned<&'static str>>,
    /// Its secrets.
    pub secrets: Vec<Secret>,
    /// Whether something in it couldn't be read.
    pub broken: bool,
}

/// `postgres NAME external { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct External {
    /// The statement without its block.
    pub span: Span,
    /// The keyword, which is the engine's.
    pub engine: &'static str,
    /// Its name.
    pub name: Option<Name>,
    /// `url`: the secret that holds it.
    pub url: Option<Name>,
    /// Whether something in it couldn't be read.
    pub broken: bool,
}

/// One amount, or two: request and limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// The request.
    pub request: Name,
    /// The limit, where it is another.
    pub limit: Option<Name>,
}

/// `tier NAME { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tier {
    /// The statement without its block.
    pub span: Span,
    /// Its name.
    pub name: Option<Name>,
    /// `build`.
    pub build: Option<Build>,
    /// `image`.
    pub image: Option<Name>,
    /// `port`.
    pub port: Option<Port>,
    /// What a target may change.
    pub scale: Scale,
    /// `health`.
    pub health: Option<Health>,
    /// `needs`.
    pub needs: Vec<Name>,
    /// `config`.
    pub config: Option<Config>,
    /// Its own secrets.
    pub secrets: Vec<Secret>,
    /// `env`: its lines, in order.
    pub env: Vec<EnvLine>,
    /// Whether something in it couldn't be read.
    pub broken: bool,
}

/// What a tier and a target's tier both may say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scale {
    /// `replicas`.
    pub replicas: Option<Name>,
    /// `cpu`.
    pub cpu: Option<Amount>,
    /// `memory`.
    pub memory: Option<Amount>,
    /// `expose`.
    pub expose: Option<Expose>,
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
    /// `node` or `python`.
    pub versions: Vec<VersionOption>,
    /// `packages`.
    pub packages: Option<Name>,
    /// `entry`.
    pub entry: Option<Name>,
    /// Build arguments, in order.
    pub arguments: Vec<Setting>,
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

/// `port N as M`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Port {
    /// The statement.
    pub span: Span,
    /// The container's.
    pub container: Option<Name>,
    /// The Service's.
    pub service: Option<Name>,
}

/// `expose …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expose {
    /// The statement.
    pub span: Span,
    /// In which way.
    pub way: Option<ExposeWay>,
}

/// The ways of exposing.
#[derive(Debug, Clone, PartialEq, Eq)]
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
}

/// `health "/path" { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// The statement without its block.
    pub span: Span,
    /// The path.
    pub path: Option<Name>,
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

/// `target NAME { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The statement without its block.
    pub span: Span,
    /// Its name.
    pub name: Option<Name>,
    /// What it says of the application.
    pub settings: Settings,
    /// What it says of tiers.
    pub tiers: Vec<TargetTier>,
}

/// `tier NAME { … }` in a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetTier {
    /// The statement without its block.
    pub span: Span,
    /// Which tier.
    pub name: Option<Name>,
    /// What is different about it.
    pub scale: Scale,
}
