//! What the rest of a program needs to know of a tier or job.

use super::overlay::WorkloadView;
use crate::check::findings::Findings;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Expose, Identity, Port};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, Name};

/// What others need to know of a tier. A job has one as well, of what it runs.
#[derive(Debug)]
pub(in crate::check) struct TierFace<'a> {
    pub(in crate::check) tier: &'a ast::Tier,
    /// Whether it is a job's, which runs to its end.
    pub(in crate::check) is_job: bool,
    /// What stands for `{tier}` in names.
    pub(in crate::check) stands: &'a Name,
    pub(in crate::check) id: Identity,
    pub(in crate::check) ports: Vec<Port>,
    pub(in crate::check) expose: Spanned<Expose>,
    /// Which port is exposed.
    pub(in crate::check) exposed_port: Option<Port>,
    /// Other ways in which it is exposed.
    pub(in crate::check) further: Vec<FurtherExposure<'a>>,
    /// The host by which browsers know its load balancer.
    pub(in crate::check) balancer: Option<&'a Name>,
    /// What holds of it in the target, where a target may change it.
    pub(in crate::check) view: WorkloadView<'a>,
}

/// One more way in which a tier is exposed.
#[derive(Debug)]
pub(in crate::check) struct FurtherExposure<'a> {
    pub(in crate::check) expose: Spanned<Expose>,
    pub(in crate::check) port: Port,
    pub(in crate::check) balancer: Option<&'a Name>,
}

impl TierFace<'_> {
    /// The port that stands for the tier.
    pub(in crate::check) fn port(&self) -> Option<&Port> {
        Port::main(&self.ports)
    }

    /// The headless Service that would name its pods.
    pub(in crate::check) fn pods_service(&self) -> String {
        format!("{}-pods", self.id.service)
    }

    /// Complains, once for the tier, if it says no port; `why` says what `place` needs it for.
    pub(in crate::check) fn needs_port(&self, place: Span, why: &str, found: &mut Findings) {
        if !self.tier.ports.is_empty() || self.tier.broken {
            return;
        }
        let message = format!("`{}` says no port", self.id.name);
        found.push_merged(
            Diagnostic::new(Code::MissingPort, self.tier.span, message)
                .also(place, why)
                .help("say what it listens on: `port 3000`")
                .help("where it listens on nothing, nobody can connect to it: delete what says so"),
        );
    }
}
