//! What pods keep and read besides their images.

use super::Quantity;
use crate::source::{Span, Spanned};

/// A claim that a container mounts.
#[derive(Debug, Clone)]
pub struct Volume {
    /// What its tier calls it: a DNS label.
    pub name: String,
    /// Name of the claim.
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
    /// Whether pods on several nodes may mount it.
    pub shared: bool,
    /// The storage class; the cluster's default where it isn't said.
    pub class: Option<String>,
}
