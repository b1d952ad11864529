//! What pods keep and read besides their images.

use super::{Quantity, SecretRef};
use crate::source::{Span, Spanned};

/// A claim that a container mounts.
#[derive(Debug, Clone)]
pub struct Volume {
    /// What its tier calls it: a DNS label.
    pub name: String,
    /// Name of the claim; where each pod has one of its own, that of the first pod.
    pub object: String,
    /// Where the container sees it: an absolute path.
    pub path: String,
    /// Whether the container may only read it.
    pub read_only: bool,
    /// The claim, where it is this tier's own.
    pub claim: Option<Claim>,
    /// The statement that mounts it.
    pub origin: Span,
}

/// A claim of storage.
#[derive(Debug, Clone)]
pub struct Claim {
    /// How much.
    pub size: Spanned<Quantity>,
    /// Which pods mount it.
    pub mounted_by: MountedBy,
    /// The storage class; the cluster's default where it isn't said.
    pub class: Option<String>,
}

/// Which pods mount a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MountedBy {
    /// One, and its workload has no other.
    OnePod,
    /// Each has a claim of its own, which the next pod of its name mounts again.
    EachPod,
    /// All of the workload, and those of others, on any node.
    AllPods,
}

impl Volume {
    /// The claim, where each pod has one of its own.
    #[must_use]
    pub fn claim_of_each(&self) -> Option<&Claim> {
        let claim = self.claim.as_ref();
        claim.filter(|claim| claim.mounted_by == MountedBy::EachPod)
    }
}

/// A ConfigMap with files.
#[derive(Debug, Clone)]
pub struct FileMap {
    /// Its name.
    pub name: String,
    /// Its files, in the order of the source.
    pub files: Vec<MountedFile>,
    /// The first statement that names one.
    pub origin: Span,
}

/// A file that a container reads.
#[derive(Debug, Clone)]
pub struct MountedFile {
    /// Its key in the ConfigMap.
    pub key: String,
    /// Its path as the source writes it.
    pub source: String,
    /// Where the container sees it: an absolute path.
    pub path: String,
    /// What it holds.
    pub content: FileContent,
    /// The statement that names it.
    pub origin: Span,
}

/// The value of a secret as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretFile {
    /// The secret's name in the source.
    pub name: String,
    /// The key of a Secret that holds it.
    pub key: SecretRef,
    /// Where the container sees it: an absolute path.
    pub path: String,
    /// The statement that names it.
    pub origin: Span,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileContent {
    /// UTF-8 text.
    Text(String),
    /// Any other bytes, in base64 (RFC 4648, section 4).
    Base64(String),
}

impl FileContent {
    /// The text that a ConfigMap holds for it.
    #[must_use]
    pub fn text(&self) -> &str {
        let (FileContent::Text(text) | FileContent::Base64(text)) = self;
        text
    }
}

/// A file of YAML with objects that are written as they are.
#[derive(Debug, Clone)]
pub struct ObjectFile {
    /// What its copy is called: a DNS label.
    pub name: String,
    /// Its path as the source writes it.
    pub path: String,
    /// Its whole text.
    pub text: String,
    /// The names of the CustomResourceDefinitions in it.
    pub definitions: Vec<String>,
    /// Whether it holds CustomResourceDefinitions and nothing else.
    pub only_defines: bool,
    /// The statement that names it.
    pub origin: Span,
}
