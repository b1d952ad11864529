//! Who uses whom: the edges between the things of an application.

use crate::catalog::members::Member;
use crate::source::Span;

/// The name of a tier, database, external or job in the source: together they have one set of
/// names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThingName(pub String);

/// One thing uses another in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// What uses it.
    pub from: EdgeSource,
    /// What is used.
    pub to: ThingName,
    /// In which way.
    pub kind: EdgeKind,
    /// The number by which its clients know the port, where one port is meant.
    pub port: Option<u16>,
    /// Every place that makes the edge, in the order of the source; at least one.
    pub origins: Vec<Span>,
}

/// Where an edge begins.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeSource {
    /// A tier or job. Migrations use what their tier uses.
    Thing(ThingName),
    /// A host name that an Ingress serves.
    Host(String),
}

/// The ways in which one thing uses another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EdgeKind {
    /// `needs` names it.
    Needs,
    /// A variable, or a shared key that is read, holds a member of it.
    Refers(&'static Member),
    /// The pod doesn't start before the database answers.
    Waits,
    /// The pod mounts a volume of the tier.
    Volume,
    /// An Ingress sends requests to it.
    Routes,
    /// What is built for browsers holds this public member of it.
    Browser(&'static Member),
}

impl EdgeKind {
    /// Whether pods of the one connect to pods of the other, as far as the text says.
    #[must_use]
    pub fn connects(self) -> bool {
        match self {
            EdgeKind::Needs => true,
            EdgeKind::Refers(member) => member.value.is_within_cluster(),
            EdgeKind::Waits | EdgeKind::Volume | EdgeKind::Routes | EdgeKind::Browser(_) => false,
        }
    }
}

impl Edge {
    /// The tier or job whose pods connect to it, as far as the text says.
    #[must_use]
    pub fn client(&self) -> Option<&ThingName> {
        match &self.from {
            EdgeSource::Thing(name) if self.kind.connects() => Some(name),
            EdgeSource::Thing(_) | EdgeSource::Host(_) => None,
        }
    }
}
