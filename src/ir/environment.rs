//! What containers see: ConfigMaps, Secrets and variables.

use super::{Rule, Text};
use crate::catalog::members::PodMember;
use crate::source::Span;

/// A ConfigMap.
#[derive(Debug, Clone)]
pub struct ConfigMap {
    /// Its name.
    pub name: String,
    /// Its keys, in the order of the source.
    pub entries: Vec<Setting>,
    /// The block that declares it.
    pub origin: Span,
}

/// A key of a ConfigMap or a build argument, and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The key or variable.
    pub key: String,
    /// Its value.
    pub value: Text,
    /// The statement that gives it.
    pub origin: Span,
}

/// A label or annotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its key.
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
    /// What its value must be like.
    pub rules: Vec<Rule>,
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
#[non_exhaustive]
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
    /// Text, to be taken literally.
    Text(Text),
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
    /// What the pod knows of itself.
    Pod(PodMember),
}

/// A part of a composed value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text, to be taken literally.
    Text(Text),
    /// The value of a key of a Secret.
    Secret {
        /// The variable, declared earlier in the same container, that holds it.
        variable: String,
        /// The key.
        key: SecretRef,
        /// The reference that asks for it.
        origin: Span,
    },
}
