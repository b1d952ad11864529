//! What a thing is called, in the source and in the cluster.

use super::ThingName;
use crate::source::Span;

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

impl Identity {
    /// Whether it is what others refer to by `thing`.
    #[must_use]
    pub fn is(&self, thing: &ThingName) -> bool {
        self.name == thing.0
    }
}
