//! What a statement or a value says of another thing: an edge, seen from its beginning.

use crate::catalog::members::Member;
use crate::ir::EdgeKind;
use crate::source::Span;
use crate::syntax::ast::Name;

/// A thing that something uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check) struct Link {
    /// The thing's name.
    pub(in crate::check) to: String,
    /// Where it is said.
    pub(in crate::check) origin: Span,
    /// How it is used.
    pub(in crate::check) kind: EdgeKind,
    /// The port that its clients know, where one port is meant.
    pub(in crate::check) port: Option<u16>,
}

impl Link {
    /// What `needs` says.
    pub(in crate::check) fn needs(to: &Name) -> Self {
        Link {
            to: to.value.clone(),
            origin: to.span,
            kind: EdgeKind::Needs,
            port: None,
        }
    }

    /// What a reference to a member says.
    pub(in crate::check) fn refers(
        to: &Name,
        origin: Span,
        member: &'static Member,
        port: Option<u16>,
    ) -> Self {
        Link {
            to: to.value.clone(),
            origin,
            kind: EdgeKind::Refers(member),
            port,
        }
    }

    /// Whether both say the same of one thing, be it at two places.
    pub(in crate::check) fn is_same(&self, other: &Link) -> bool {
        self.to == other.to && self.kind == other.kind && self.port == other.port
    }
}
