//! `app` and `target`.

use super::{Admission, Config, HostSettings, Name, Scale, Setting};
use crate::source::{Span, Spanned};

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
    /// `without`.
    pub without: Vec<Name>,
    /// `pins`: the file with the digests of images.
    pub pins: Option<Name>,
    /// `language`.
    pub language: Option<Name>,
    /// `labels`.
    pub labels: Vec<Setting>,
    /// `selector`, in `naming`: the word behind it.
    pub selector: Option<Spanned<&'static str>>,
    /// `naming`: pattern words and patterns.
    pub naming: Vec<(&'static str, Name)>,
    /// `helm`.
    pub helm: Option<Helm>,
}

/// `helm { … }`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Helm {
    /// `secrets`: the word behind it.
    pub secrets: Option<Spanned<&'static str>>,
    /// `values by`: the word behind it.
    pub order: Option<Spanned<&'static str>>,
    /// `value`.
    pub values: Vec<HelmValue>,
}

/// `value "PATH" FACT`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelmValue {
    /// The path.
    pub path: Name,
    /// The words of the fact, between its dots; at least one.
    pub fact: Vec<Name>,
}

/// What `app` and `target` both may say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// `namespace`.
    pub namespace: Option<Name>,
    /// `existing` behind its name.
    pub namespace_exists: bool,
    /// `context`.
    pub context: Option<Name>,
    /// `tag`.
    pub tag: Option<Tag>,
    /// `registry`.
    pub registry: Option<Name>,
    /// `host`.
    pub host: Option<Name>,
    /// `pull_secret`.
    pub pull_secret: Option<Name>,
    /// `pull`: the word behind it.
    pub pull: Option<Spanned<&'static str>>,
    /// `images local`.
    pub local_images: Option<Span>,
    /// `platform`; empty where it isn't said.
    pub platforms: Vec<Name>,
    /// `ingress` without a host.
    pub ingress: Option<IngressSettings>,
    /// `ingress` with a host: those over several tiers.
    pub hosts: Vec<HostRoutes>,
    /// Whether something beside them couldn't be read.
    pub broken: bool,
}

/// What the tag of images that are built is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tag {
    /// `tag "TEXT"`.
    Text(Name),
    /// `tag from sources` or `tag from git`: the last word, at the place of the statement.
    From(Spanned<&'static str>),
}

/// `ingress { … }`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IngressSettings {
    /// `class`.
    pub class: Option<Name>,
    /// `issuer`.
    pub issuer: Option<Name>,
    /// What holds for all hosts.
    pub hosts: HostSettings,
    /// `gateway`.
    pub gateway: Option<Gateway>,
}

/// `gateway "NAME" namespace "NAME" section "NAME" redirect "NAME"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gateway {
    /// The statement.
    pub span: Span,
    /// The Gateway's name.
    pub name: Option<Name>,
    /// `namespace`.
    pub namespace: Option<Name>,
    /// `section`.
    pub section: Option<Name>,
    /// `redirect`.
    pub redirect: Option<Name>,
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
    /// `config`.
    pub config: Option<Config>,
    /// `without`.
    pub without: Vec<Name>,
    /// `external`: databases, and the secrets that hold their URLs.
    pub externals: Vec<(Name, Name)>,
    /// What it says of tiers.
    pub tiers: Vec<TargetTier>,
    /// `object`: files with objects of other kinds.
    pub objects: Vec<Name>,
}

/// `ingress "host" tls { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostRoutes {
    /// The statement without its block.
    pub span: Span,
    /// The host name.
    pub host: Option<Name>,
    /// `tls`: the word's place.
    pub tls: Option<Span>,
    /// The Secret with the certificate.
    pub secret: Option<Name>,
    /// What is said of it alone.
    pub settings: HostSettings,
    /// Which paths lead where.
    pub routes: Vec<Route>,
    /// Whether its block holds nothing, not even a route that is wrong.
    pub is_empty: bool,
}

/// `"/path" = TIER`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The path.
    pub path: Name,
    /// The tier.
    pub tier: Name,
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
    /// `env`.
    pub env: Vec<Setting>,
    /// `annotate`.
    pub annotations: Vec<Setting>,
    /// `admit`, in order.
    pub admits: Vec<Admission>,
}
