//! What others need to know of a tier or job, read off its statements and its target's.

use super::expose;
use super::face::{FurtherExposure, TierFace};
use super::naming::Naming;
use super::overlay::{TargetView, WorkloadView};
use super::ports;
use super::routes;
use crate::check::findings::Findings;
use crate::check::types::texts;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Expose, Identity};
use crate::source::Spanned;
use crate::syntax::ast::{self, ExposeWay, Name};

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
    if let Some((host, route)) = view.routes.first() {
        expose = routes::expose(naming.app(), host, route);
        of = None;
    }
    if let Some((said, (_, route))) = view.exposed_twice {
        let message = format!("`{}` is exposed twice", name.value);
        found.push(
            Diagnostic::new(Code::Repeated, said.span, message)
                .also(routes::place(route), "this route exposes it as well")
                .help("keep one of the two"),
        );
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
        further: Vec::new(),
        view,
    };
    face.exposed_port = ports::exposed(&face, &face.expose, of, found);
    if face.view.routes.is_empty() {
        face.further = further(&face, naming.app(), found);
    }
    face
}

/// The ways in which a tier is exposed besides its first.
fn further<'a>(face: &TierFace<'a>, app: &str, found: &mut Findings) -> Vec<FurtherExposure<'a>> {
    let said: &'a [ast::Expose] = face.view.further;
    let mut all: Vec<FurtherExposure<'a>> = Vec::new();
    for said in said {
        let (mut expose, balancer) = expose::lower(Some(said), &face.id, face.tier, found);
        let is_internal = |way: &Option<ExposeWay>| matches!(way, Some(ExposeWay::Internal));
        let first = face.view.expose.holds.map(|first| &first.way);
        if is_internal(&said.way) || first.is_some_and(is_internal) {
            let message = "`expose internal` beside another `expose`";
            found.push(
                Diagnostic::new(Code::Repeated, said.span, message)
                    .also(face.expose.span, "the other one")
                    .help("keep one of the two"),
            );
            continue;
        }
        // It becomes a route of an Ingress over several tiers, which is named by its host, as its certificate is: one
        // that is made for a host is made for no other.
        if let Expose::Ingress {
            shared, tls, host, ..
        } = &mut expose.value
        {
            *shared = true;
            let is_named = matches!(
                &said.way,
                Some(ExposeWay::Ingress {
                    secret: Some(_),
                    ..
                })
            );
            if let Some(tls) = tls.as_mut().filter(|_| !is_named) {
                *tls = format!("{}-tls", routes::of_host(app, host));
            }
        }
        let of = said.port.as_ref();
        let Some(port) = ports::exposed(face, &expose, of, found) else {
            continue;
        };
        let main = face.exposed_port.iter().map(|port| (&face.expose, port));
        let mut before = main.chain(all.iter().map(|it| (&it.expose, &it.port)));
        let twice = before.find(|(other, its)| {
            other.value.is_published() && expose.value.is_published() && its.name == port.name
        });
        if let Some((other, _)) = twice {
            let message = format!("the port `{}` is published twice", port.name);
            found.push(
                Diagnostic::new(Code::Repeated, expose.span, message)
                    .also(other.span, "the other one")
                    .help("keep one of the two, or name another port: `expose … of PORT`"),
            );
            continue;
        }
        all.push(FurtherExposure {
            expose,
            port,
            balancer,
        });
    }
    all
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
        further: Vec::new(),
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
