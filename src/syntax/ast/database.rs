//! Databases, in the cluster and outside of it.

use super::{Admission, Amount, EnvLine, MountedFile, Name, Patch, Secret};
use crate::source::{Span, Spanned};

/// `postgres NAME { … }`, `redis NAME { … }`.
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
    /// `instances`.
    pub instances: Option<Name>,
    /// `storage`.
    pub storage: Option<Name>,
    /// `storage`: the storage class behind the size.
    pub class: Option<Name>,
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
    /// `policy`: the word behind it.
    pub policy: Option<Spanned<&'static str>>,
    /// `env`: its lines, in order.
    pub env: Vec<EnvLine>,
    /// `uid`.
    pub uid: Option<Name>,
    /// `writable`.
    pub writable: Vec<Name>,
    /// `without`.
    pub without: Vec<Name>,
    /// `admit`, in order.
    pub admits: Vec<Admission>,
    /// `args`.
    pub args: Vec<Name>,
    /// `file`.
    pub files: Vec<MountedFile>,
    /// Its secrets.
    pub secrets: Vec<Secret>,
    /// `patch`.
    pub patches: Vec<Patch>,
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

/// `external NAME { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalService {
    /// The statement without its block.
    pub span: Span,
    /// Its name.
    pub name: Option<Name>,
    /// `host`.
    pub host: Option<Name>,
    /// `port`: the scheme before the number.
    pub scheme: Option<Name>,
    /// `port`: the number.
    pub port: Option<Name>,
    /// Whether something in it couldn't be read.
    pub broken: bool,
}
