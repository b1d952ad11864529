//! What runs in the container of each tier and job, and what it sees: worked out once for all, before
//! anything is made of it, so that what one is taken from is read there and not worked out again.

use std::collections::BTreeMap;

use super::container;
use super::environment::{self, Environment};
use super::image::{self, LoweredImage};
use crate::catalog::Contract;
use crate::catalog::defaults::Switch;
use crate::check::findings::Findings;
use crate::check::names::face::TierFace;
use crate::check::names::ports;
use crate::check::names::scope::{Scope, Thing};
use crate::diag::{Code, Diagnostic};
use crate::ir::{ContractChanges, DockerfileSource};
use crate::source::{Span, Spanned};

/// What runs in a container, and what it sees.
#[derive(Debug)]
pub(in crate::check) struct ContainerProcess<'s, 'a> {
    /// The tier that it is taken `from`.
    pub(in crate::check) base: Option<&'s TierFace<'a>>,
    /// The image and the contract of its recipe; `None` where it can't be known, which has been
    /// complained of.
    pub(super) image: Option<LoweredImage>,
    /// The contract, as statements change it.
    pub(in crate::check) contract: Contract,
    /// What changes it.
    pub(in crate::check) said: ContractChanges,
    /// The defaults that are switched off for it.
    pub(in crate::check) off: Vec<Spanned<Switch>>,
    /// Its variables.
    pub(in crate::check) environment: Environment,
}

/// Those of all tiers and jobs, by the places of their statements: several may have one name.
#[derive(Debug, Default)]
pub(in crate::check) struct Processes<'s, 'a>(BTreeMap<Span, Box<ContainerProcess<'s, 'a>>>);

impl<'s, 'a> Processes<'s, 'a> {
    /// That of a tier or job.
    pub(in crate::check) fn of(&self, face: &TierFace<'_>) -> Option<&ContainerProcess<'s, 'a>> {
        self.0.get(&face.tier.span).map(Box::as_ref)
    }

    /// That of a tier or job, which nothing else reads any more.
    pub(in crate::check) fn take(
        &mut self,
        face: &TierFace<'_>,
    ) -> Option<ContainerProcess<'s, 'a>> {
        self.0.remove(&face.tier.span).map(|process| *process)
    }
}

/// Works out what all tiers and jobs run and see, and complains of all that is wrong with it.
pub(in crate::check) fn work_out<'s, 'a>(
    scope: &'s Scope<'a>,
    found: &mut Findings,
) -> Processes<'s, 'a> {
    let mut all = Processes::default();
    let things = scope.things.values().chain(&scope.doubles);
    let faces = things.filter_map(Thing::face);
    // What something is taken from is itself taken from nothing.
    let (taken, own): (Vec<_>, Vec<_>) = faces.partition(|face| face.tier.from.is_some());
    for face in own.into_iter().chain(taken) {
        let process = process(face, &all, scope, found);
        all.0.insert(face.tier.span, Box::new(process));
    }
    all
}

fn process<'s, 'a>(
    face: &TierFace<'a>,
    all: &Processes<'s, 'a>,
    scope: &'s Scope<'a>,
    found: &mut Findings,
) -> ContainerProcess<'s, 'a> {
    let tier = face.tier;
    let base = base(face, scope, found);
    let theirs = base.and_then(|base| all.of(base));
    let has_own_image = tier.build.is_some() || tier.image.is_some();
    let image = if tier.from.is_some() && !has_own_image {
        let image = theirs.and_then(|theirs| theirs.image.clone());
        image.map(|image| base_image(face, base, image, found))
    } else {
        image::lower(face, scope, found)
    };
    let mut off = scope.off.to_vec();
    off.extend(container::without(&tier.without, found));
    let mut contract = match &image {
        Some(lowered) => lowered.contract.clone(),
        None => Contract::of_foreign_image(),
    };
    let mut said = ContractChanges::default();
    if let Some(base) = base {
        // What is wrong with it is said there.
        let _faults = container::change(&mut contract, &mut said, base.tier, &[]);
    }
    let faults = container::change(&mut contract, &mut said, tier, &off);
    found.extend(faults);
    // The server in an image that a recipe builds knows it already.
    let build = image.as_ref().and_then(|it| it.image.build.as_ref());
    let is_known =
        build.is_some_and(|build| matches!(build.dockerfile, DockerfileSource::Planned { .. }));
    if !is_known {
        contract.shutdown_seconds = container::shutdown_seconds(face, found);
    }
    said.grace = tier.grace.as_ref().map(|grace| grace.span);
    let seen = theirs.map(|theirs| &theirs.environment);
    let environment = environment::lower(face, seen, &contract, scope, found);
    ContainerProcess {
        base,
        image,
        contract,
        said,
        off,
        environment,
    }
}

/// The tier behind `from`; complains where there is none that could stand there.
fn base<'s, 'a>(
    face: &TierFace<'a>,
    scope: &'s Scope<'a>,
    found: &mut Findings,
) -> Option<&'s TierFace<'a>> {
    let from = face.tier.from.as_ref()?;
    let name = &from.value;
    let thing = scope.thing(from, found)?;
    let fault = |message| Diagnostic::new(Code::WrongKind, from.span, message);
    found.push(match thing {
        Thing::Tier(base) if std::ptr::eq(base.tier, face.tier) => {
            let message = format!("`{name}` can't be taken from itself");
            fault(message).help("name another tier, or say what it runs: `image \"nginx:1.29\"`")
        }
        Thing::Tier(base) => match &base.tier.from {
            None => return Some(base),
            Some(first) => {
                let message = format!("`{name}` is itself taken from another tier");
                fault(message)
                    .also(first.span, "from this one")
                    .help("`from` reaches one level deep: name a tier that has no `from`")
            }
        },
        other @ (Thing::Database(..)
        | Thing::External(_)
        | Thing::ExternalService(_)
        | Thing::Job(..)) => {
            let message = format!("`{name}` is {}, no tier", other.owner().noun());
            fault(message)
                .also(other.span(), "declared here")
                .help("name a tier: only a tier has an image and variables to share")
        }
    });
    None
}

/// The image of the tier that `face` is taken from: built once, by that tier.
fn base_image(
    face: &TierFace<'_>,
    base: Option<&TierFace<'_>>,
    mut lowered: LoweredImage,
    found: &mut Findings,
) -> LoweredImage {
    if lowered.image.build.take().is_some()
        && let Some(base) = base
    {
        listens_where_its_server_does(face, base, found);
    }
    lowered
}

/// Complains where a tier says another port than the server that it shares listens on.
fn listens_where_its_server_does(face: &TierFace<'_>, base: &TierFace<'_>, found: &mut Findings) {
    let starts_another = !face.tier.command.is_empty() || !face.tier.args.is_empty();
    let (Some(port), Some(theirs)) = (face.port(), base.port()) else {
        return;
    };
    if starts_another || port.container == theirs.container {
        return;
    }
    let service = if port.service == port.container {
        theirs.container
    } else {
        port.service
    };
    let right = ports::written(port, theirs.container, service);
    let message = format!(
        "`{}` starts what `{}` starts, which listens on {}",
        face.id.name, base.id.name, theirs.container
    );
    found.push(
        Diagnostic::new(Code::InvalidPort, port.origin, message)
            .also(theirs.origin, "said here")
            .maybe(format!("write `{right}`"), port.origin, right),
    );
}
