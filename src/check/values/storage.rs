//! What a tier keeps: its volumes, and those of others that it mounts.

use indexmap::IndexMap;

use crate::check::findings::Findings;
use crate::check::names::face::TierFace;
use crate::check::names::scope::{Scope, Thing};
use crate::check::types::implausible;
use crate::check::types::measure::Measure;
use crate::check::types::numbers;
use crate::check::types::texts;
use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic};
use crate::ir::{Claim, MountedBy, Volume};
use crate::source::Span;
use crate::syntax::ast::{self, Name, OwnVolume, VolumeSource};

/// The first volume of the tier that only one pod can mount.
pub(in crate::check) fn alone(tier: &ast::Tier) -> Option<&ast::Volume> {
    let is_alone = |volume: &&ast::Volume| {
        let own = volume.own().filter(|_| !volume.broken);
        own.is_some_and(|own| own.shared.is_none() && own.per_pod.is_none())
    };
    tier.volumes.iter().find(is_alone)
}

/// The first volume of the tier that each of its pods has for itself.
pub(in crate::check) fn of_each(tier: &ast::Tier) -> Option<&ast::Volume> {
    let is_of_each = |volume: &&ast::Volume| volume.own().is_some_and(|own| own.per_pod.is_some());
    tier.volumes.iter().find(is_of_each)
}

/// Complains if the tier has a volume of one pod, at what asks for more than one: what the problem is, and how
/// else several pods could have it.
pub(in crate::check) fn one_pod(
    tier: &ast::Tier,
    (problem, help): (&str, &str),
    place: Span,
    found: &mut Findings,
) {
    let Some(volume) = alone(tier) else { return };
    let name = volume.name().map_or("", |name| name.value.as_str());
    let message = format!("the volume `{name}` belongs to one pod: {problem}");
    found.push(
        Diagnostic::new(Code::NotShared, place, message)
            .also(volume.span, "the volume")
            .help(help),
    );
}

/// What stands where in a container.
#[derive(Debug, Default)]
pub(in crate::check) struct Mounts {
    taken: IndexMap<String, Span>,
    /// Folders that the image writes to: a volume may stand there, and no file.
    written: IndexMap<String, Span>,
}

impl Mounts {
    /// What the tier's `writable` takes.
    pub(in crate::check) fn of(tier: &ast::Tier) -> Self {
        let mut mounts = Mounts::default();
        for path in &tier.writable {
            mounts.taken.insert(bare(&path.value), path.span);
        }
        mounts
    }

    /// What a statement takes by itself.
    pub(in crate::check) fn at<'p>(paths: impl Iterator<Item = &'p str>, place: Span) -> Self {
        Mounts {
            taken: paths.map(|path| (bare(path), place)).collect(),
            written: IndexMap::new(),
        }
    }

    /// Notes where the image of this `place` writes.
    pub(in crate::check) fn write<'p>(
        &mut self,
        paths: impl Iterator<Item = &'p String>,
        place: Span,
    ) {
        self.written.extend(paths.map(|path| (bare(path), place)));
    }

    /// Takes a path, if it is free.
    fn has_room(&mut self, path: &str, place: Span) -> bool {
        let is_free = !self.taken.contains_key(&bare(path));
        self.taken.entry(bare(path)).or_insert(place);
        is_free
    }

    /// Takes the path of a file.
    ///
    /// # Errors
    /// Says why it can't stand there, where the path is none or taken.
    pub(in crate::check) fn take_for_file(&mut self, path: &Name) -> Result<(), Box<Diagnostic>> {
        if let Some(place) = self.written.get(&bare(&path.value)) {
            self.taken.entry(bare(&path.value)).or_insert(*place);
        }
        self.take(path)
    }

    /// Takes a path, or says why it can't be taken.
    fn take(&mut self, path: &Name) -> Result<(), Box<Diagnostic>> {
        if !texts::is_path_of_folder(&path.value) {
            return Err(Box::new(texts::no_folder(path)));
        }
        let Some(first) = self.taken.get(&bare(&path.value)) else {
            self.taken.insert(bare(&path.value), path.span);
            return Ok(());
        };
        let message = format!("two things stand at `{}`", bare(&path.value));
        Err(Box::new(
            Diagnostic::new(Code::MountTaken, path.span, message)
                .also(*first, "the other one")
                .help("choose another path for one of the two"),
        ))
    }
}

/// A path without the slash at its end, which makes it no other.
pub(in crate::check) fn bare(path: &str) -> String {
    path.trim_end_matches('/').to_owned()
}

/// The path of a folder before what stands behind it, whose slash isn't doubled.
pub(in crate::check) fn folder_before(folder: &str, below: &str) -> String {
    match below {
        "" => folder.to_owned(),
        _ => bare(folder),
    }
}

/// The volumes of a tier, its own and those of others.
pub(in crate::check) fn volumes(
    face: &TierFace<'_>,
    mounts: &mut Mounts,
    scope: &Scope<'_>,
    found: &mut Findings,
) -> Vec<Volume> {
    let mut names: IndexMap<&str, Span> = IndexMap::new();
    let mut volumes = Vec::new();
    for said in &face.tier.volumes {
        let mut fits = false;
        if let Some(path) = &said.path {
            match mounts.take(path) {
                Ok(()) => {
                    fits = true;
                    implausible::hides(path, found);
                }
                Err(fault) => found.push(*fault),
            }
        }
        let lowered = match &said.source {
            VolumeSource::Own(own) => {
                let lowered = lower_own(own, said, face, found);
                lowered.filter(|_| is_first(own, &mut names, found))
            }
            VolumeSource::Other { tier, volume, read } => {
                lower_other(tier, volume, *read, said, scope, found)
            }
        };
        if fits {
            volumes.extend(lowered);
        }
    }
    volumes
}

/// The shared volumes of the tier behind `from`, where nothing else stands. What is wrong with them
/// is said there.
pub(in crate::check) fn inherited(
    base: &TierFace<'_>,
    mounts: &mut Mounts,
    scope: &Scope<'_>,
) -> Vec<Volume> {
    let volumes = base.tier.volumes.iter();
    let mut volumes: Vec<_> = volumes
        .filter_map(|said| shared(said, base, scope))
        .collect();
    volumes.retain(|volume| mounts.has_room(&volume.path, volume.origin));
    volumes
}

/// A volume that several pods may mount, as another workload than `face` mounts it too. `None` where
/// one pod alone may, or something is wrong with it.
fn shared(said: &ast::Volume, face: &TierFace<'_>, scope: &Scope<'_>) -> Option<Volume> {
    let path = said.path.as_ref();
    let path = path.filter(|path| texts::is_path_of_folder(&path.value))?;
    let (owner, name, read_only) = match &said.source {
        VolumeSource::Own(own) => (face, own.name.as_ref()?, false),
        VolumeSource::Other { tier, volume, read } => {
            let Thing::Tier(owner) = scope.things.get(tier.value.as_str())? else {
                return None;
            };
            (owner, volume, *read)
        }
    };
    let mut declared = owner.tier.volumes.iter().filter(|volume| !volume.broken);
    let own = declared.find_map(|volume| {
        let own = volume.own()?;
        (own.name.as_ref()?.value == name.value).then_some(own)
    })?;
    own.shared.as_ref()?;
    Some(Volume {
        name: name.value.clone(),
        object: object(owner, &name.value),
        path: bare(&path.value),
        read_only,
        claim: None,
        origin: said.span,
    })
}

/// The volume by that name that a tier mounts, of itself or by the tier behind its `from`.
pub(in crate::check) fn volume_of<'a>(
    face: &TierFace<'a>,
    name: &Name,
    scope: &Scope<'a>,
) -> Option<&'a ast::Volume> {
    let base = face.tier.from.as_ref();
    let base = base.and_then(|base| match scope.things.get(base.value.as_str()) {
        Some(Thing::Tier(base)) => Some(base.tier),
        _ => None,
    });
    let shared = base.into_iter().flat_map(|base| &base.volumes);
    let shared = shared.filter(|volume| volume.own().is_none_or(|own| own.shared.is_some()));
    let mut all = face.tier.volumes.iter().chain(shared);
    all.find(|volume| volume.name().is_some_and(|it| it.value == name.value))
}

/// Takes a volume's name; false, with a complaint, where it is taken.
fn is_first<'a>(
    own: &'a OwnVolume,
    names: &mut IndexMap<&'a str, Span>,
    found: &mut Findings,
) -> bool {
    let Some(name) = &own.name else { return false };
    let Some(first) = names.get(name.value.as_str()) else {
        names.insert(&name.value, name.span);
        return true;
    };
    let message = format!("there are two volumes `{}`", name.value);
    found.push(
        Diagnostic::new(Code::NameTaken, name.span, message)
            .also(*first, "the first one")
            .help("choose another name for one of the two"),
    );
    false
}

fn lower_own(
    own: &OwnVolume,
    said: &ast::Volume,
    face: &TierFace<'_>,
    found: &mut Findings,
) -> Option<Volume> {
    if let Some(class) = &own.class {
        texts::is_object_name(class, "a storage class", found);
    }
    let size = own
        .size
        .as_ref()
        .and_then(|size| numbers::quantity(size, Measure::Storage, found));
    let name = own.name.as_ref()?;
    texts::is_label(name, found);
    let mounted_by = match (own.shared, own.per_pod) {
        (Some(_), _) => MountedBy::AllPods,
        (None, Some(_)) => MountedBy::EachPod,
        (None, None) => MountedBy::OnePod,
    };
    let object = match mounted_by {
        // A StatefulSet names those of its pods by their number.
        MountedBy::EachPod => format!("{}-{}-0", name.value, face.id.workload),
        MountedBy::OnePod | MountedBy::AllPods => object(face, &name.value),
    };
    Some(Volume {
        name: name.value.clone(),
        object,
        path: bare(&said.path.as_ref()?.value),
        read_only: false,
        claim: Some(Claim {
            size: size?,
            mounted_by,
            class: own.class.as_ref().map(|class| class.value.clone()),
        }),
        origin: said.span,
    })
}

/// The name of a volume's claim. That of a workload and of a volume are bounded, a claim's may be
/// longer than both.
fn object(face: &TierFace<'_>, volume: &str) -> String {
    format!("{}-{volume}", face.id.workload)
}

/// The volume of another tier, which must be shared.
fn lower_other(
    tier: &Name,
    volume: &Name,
    read_only: bool,
    said: &ast::Volume,
    scope: &Scope<'_>,
    found: &mut Findings,
) -> Option<Volume> {
    let face = match scope.thing(tier, found)? {
        Thing::Tier(face) => face,
        other @ (Thing::Database(..)
        | Thing::External(_)
        | Thing::ExternalService(_)
        | Thing::Job(..)) => {
            let message = format!("`{}` is {}, no tier", tier.value, other.owner().noun());
            found.push(
                Diagnostic::new(Code::WrongKind, tier.span, message)
                    .also(other.span(), "declared here")
                    .help("name a tier that has a shared volume"),
            );
            return None;
        }
    };
    let own = face
        .tier
        .volumes
        .iter()
        .filter_map(|it| Some((it, it.own()?)));
    let named = own
        .clone()
        .find(|(_, own)| own.name.as_ref().is_some_and(|it| it.value == volume.value));
    let Some((declared, own)) = named else {
        if !face.tier.broken {
            let known = own.filter_map(|(_, own)| own.name.as_ref());
            found.push(unknown(tier, volume, known.map(|name| name.value.as_str())));
        }
        return None;
    };
    if declared.broken {
        return None;
    }
    if own.shared.is_none() {
        let whole = format!("{}.{}", tier.value, volume.value);
        let (message, help) = match own.per_pod {
            Some(_) => (
                format!(
                    "`{whole}` is another volume in each pod of `{}`",
                    tier.value
                ),
                "let all pods mount one there: `shared` instead of `per pod`",
            ),
            None => (
                format!("`{whole}` belongs to one pod of `{}`", tier.value),
                "let several pods mount it there: `shared` behind its size",
            ),
        };
        found.push(
            Diagnostic::new(Code::NotShared, volume.span, message)
                .also(declared.span, "declared here")
                .help(help),
        );
        return None;
    }
    Some(Volume {
        name: volume.value.clone(),
        object: object(face, &volume.value),
        path: bare(&said.path.as_ref()?.value),
        read_only,
        claim: None,
        origin: said.span,
    })
}

fn unknown<'a>(tier: &Name, volume: &Name, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let message = format!(
        "`{}` has no volume `{}` of its own",
        tier.value, volume.value
    );
    let diagnostic = Diagnostic::new(Code::UnknownName, volume.span, message);
    match nearest(&volume.value, known) {
        Some(near) => diagnostic.meant(near.unsure(), volume.span),
        None => diagnostic.help(format!(
            "declare it there: `volume {} 1Gi shared at \"/path\"`",
            volume.value
        )),
    }
}
