//! What others need to know of a tier or job, read off its statements and its target's.

use super::expose;
use super::face::TierFace;
use super::naming::Naming;
use super::overlay::{TargetView, WorkloadView};
use super::ports;
use super::routes;
use crate::check::findings::Findings;
use crate::check::types::texts;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Expose, Identity};
use crate::source::Spanned;
use crate::syntax::ast::{self, Name};

/// What others need to know of a tier: its names, its port and who reaches it.
pub(in crate::check) fn of_tier<'a>(
    tier: &'a ast::Tier,
    name: &'a Name,
    target: &TargetView<'a>,
    naming: &Naming<'_>,
    found: &mut Findings,
) -> TierFace<'a> {
    let view = WorkloadView::of(tier, target);
    if let (Some(first), Some(second)) = view.blocks {
        let message = format!(
            "the target says twice what is different about `{}`",
            name.value
        );
        found.push(
            Diagnostic::new(Code::Repeated, second.span, message)
                .also(first.span, "the first one")
                .help("join the two blocks"),
        );
    }
    let (stands, id) = identity(tier, name, naming, found);
    // What the target replaces is wrong as well if it is wrong.
    if view.expose.replaced.is_some() && !tier.ports.is_empty() {
        expose::lower(view.expose.replaced, &id, tier, found);
    }
    let said = view.expose.holds;
    let (mut expose, balancer) = expose::lower(said, &id, tier, found);
    let mut of = said.and_then(|said| said.port.as_ref());
    // What a target says wins, and its routes are part of that.
    if let Some((host, route)) = view.route {
        expose = routes::expose(naming.app(), host, route);
        of = None;
        let (there, _) = view.blocks;
        if let Some(theirs) = there.and_then(|there| there.scale.expose.as_ref()) {
            let message = format!("the target exposes `{}` twice", name.value);
            found.push(
                Diagnostic::new(Code::Repeated, theirs.span, message)
                    .also(expose.span, "this route exposes it as well")
                    .help("keep one of the two"),
            );
        }
    }
    let mut face = TierFace {
        tier,
        is_job: false,
        stands,
        id,
        ports: ports::lower(tier, found),
        expose,
        exposed_port: None,
        balancer,
        view,
    };
    face.exposed_port = ports::exposed(&face, of, found);
    face
}

/// What others need to know of a job: nobody reaches it.
pub(in crate::check) fn of_job<'a>(
    job: &'a ast::Job,
    name: &'a Name,
    naming: &Naming<'_>,
    found: &mut Findings,
) -> TierFace<'a> {
    let tier = &job.tier;
    let (stands, id) = identity(tier, name, naming, found);
    TierFace {
        tier,
        is_job: true,
        stands,
        id,
        ports: Vec::new(),
        expose: Spanned::new(Expose::Internal, tier.span),
        exposed_port: None,
        balancer: None,
        view: WorkloadView::of_job(tier),
    }
}

/// The names of a tier or job, and what stands for `{tier}` in them.
fn identity<'a>(
    tier: &'a ast::Tier,
    name: &'a Name,
    naming: &Naming<'_>,
    found: &mut Findings,
) -> (&'a Name, Identity) {
    let alias = tier.alias.as_ref();
    let alias = alias.filter(|alias| texts::is_label(alias, found));
    let stands = alias.unwrap_or(name);
    (stands, naming.identity(name, stands, tier.span, found))
}
