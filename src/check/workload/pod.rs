//! What a pod runs and sees, whatever runs the pod: what tiers, jobs and crons share.

use super::container;
use super::environment::{self, Environment};
use super::files;
use super::graph::{self, Graph};
use super::image;
use super::labels;
use crate::catalog::Contract;
use crate::catalog::defaults::Switch;
use crate::check::findings::Findings;
use crate::check::names::face::TierFace;
use crate::check::names::scope::{Scope, Thing};
use crate::check::values::storage;
use crate::check::values::storage::Mounts;
use crate::diag::{Code, Diagnostic};
use crate::ir::{ContractChanges, Image, Pod, Resources};
use crate::source::Spanned;

/// A pod, and what follows from what it runs and sees.
pub(in crate::check) struct LoweredPod {
    pub(in crate::check) pod: Pod,
    /// The defaults that are switched off for it.
    pub(in crate::check) off: Vec<Spanned<Switch>>,
    /// Names of the shared secrets that it reads.
    pub(in crate::check) secrets_read: indexmap::IndexSet<String>,
}

/// The pod of a tier or job. `None` where its image can't be known; everything that is wrong has
/// been said.
pub(in crate::check) fn lower<'a>(
    face: &TierFace<'a>,
    resources: Resources,
    scope: &Scope<'a>,
    graph: &mut Graph,
    found: &mut Findings,
) -> Option<LoweredPod> {
    let tier = face.tier;
    let base = base(face, scope, found);
    let has_own_image = tier.build.is_some() || tier.image.is_some();
    let image = match (&tier.from, base) {
        (Some(_), Some(base)) if !has_own_image => base_image(face, base, scope, found),
        (Some(_), None) if !has_own_image => None,
        _ => image::lower(face, scope, found),
    };
    let mut off = scope.off.to_vec();
    off.extend(container::without(&tier.without, found));
    let (image, mut contract) = match image {
        Some((image, contract)) => (Some(image), contract),
        None => (None, Contract::of_foreign_image()),
    };
    let mut said = ContractChanges::default();
    if let Some(base) = base {
        // What is wrong with it is said there.
        let _faults = container::change(&mut contract, &mut said, base.tier, &[]);
    }
    let faults = container::change(&mut contract, &mut said, tier, &off);
    found.extend(faults);
    let environment = environment::lower(face, base, &contract, scope, found);
    let Environment {
        config,
        secret,
        env_from,
        env,
        config_read,
        secrets_read,
        mut links,
    } = environment;
    links.extend(graph::needs(&tier.needs, scope, found));
    let waits = graph.connect(&face.id.name, &links, scope);
    let annotations = labels::annotations(&face.view.annotations, scope, found);
    let mut mounts = Mounts::of(tier);
    let mut volumes = storage::volumes(face, &mut mounts, scope, found);
    let of_image = tier.build.as_ref().map_or(tier.span, |build| build.span);
    mounts.write(contract.writable.iter(), of_image);
    let mut mounted = files::mounted(&tier.files, &mut mounts, scope, found);
    if let Some(base) = base {
        volumes.extend(storage::inherited(base, &mut mounts, scope));
        mounted.extend(files::inherited(base.tier, &mut mounts, scope));
    }
    let files = files::map(&face.id, mounted, found);
    let pod = Pod {
        image: image?,
        contract,
        said,
        command: tier.command.clone(),
        args: tier.args.clone(),
        annotations,
        volumes,
        files,
        resources,
        waits,
        config,
        secret,
        env_from,
        env,
        config_read,
    };
    Some(LoweredPod {
        pod,
        off,
        secrets_read,
    })
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
    base: &TierFace<'_>,
    scope: &Scope<'_>,
    found: &mut Findings,
) -> Option<(Image, Contract)> {
    // What is wrong with it is said where it is built.
    let (mut image, contract) = image::lower(base, scope, &mut Findings::default())?;
    if image.build.take().is_some() {
        listens_where_its_server_does(face, base, found);
    }
    Some((image, contract))
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
    let right = if port.service == port.container {
        format!("port {}", theirs.container)
    } else {
        format!("port {} as {}", theirs.container, port.service)
    };
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
