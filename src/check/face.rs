//! What the rest of a program needs to know of a tier or job.

use super::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Expose, Identity, Port};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, Name};

/// What others need to know of a tier. A job has one as well, of what it runs.
#[derive(Debug)]
pub(super) struct TierFace<'a> {
    pub(super) tier: &'a ast::Tier,
    /// Whether it is a job's, which runs to its end.
    pub(super) is_job: bool,
    /// What stands for `{tier}` in names.
    pub(super) stands: &'a Name,
    pub(super) id: Identity,
    pub(super) ports: Vec<Port>,
    pub(super) expose: Spanned<Expose>,
    /// Which port is exposed.
    pub(super) exposed_port: Option<Port>,
    /// The host by which browsers know its load balancer.
    pub(super) balancer: Option<&'a Name>,
    /// What the target says of it.
    pub(super) there: Option<&'a ast::TargetTier>,
}

impl<'a> TierFace<'a> {
    /// What the target says of its sizes and exposure.
    pub(super) fn scale(&self) -> Option<&'a ast::Scale> {
        self.there.map(|tier| &tier.scale)
    }

    /// The port that stands for the tier.
    pub(super) fn port(&self) -> Option<&Port> {
        Port::main(&self.ports)
    }

    /// Complains, once for the tier, if it says no port; `why` says what `place` needs it for.
    pub(super) fn needs_port(&self, place: Span, why: &str, found: &mut Findings) {
        if !self.tier.ports.is_empty() || self.tier.broken {
            return;
        }
        let message = format!("`{}` says no port", self.id.name);
        found.lacks(
            Diagnostic::new(Code::MissingPort, self.tier.span, message)
                .also(place, why)
                .help("say what it listens on: `port 3000`"),
        );
    }
}
