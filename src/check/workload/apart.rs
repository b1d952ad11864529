//! What targets make of the images that are built: whether each needs one of its own, and names that two of
//! them would give to different images.

use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};

use super::arguments::arguments;
use super::container;
use crate::catalog;
use crate::check::file_facts::{FileFacts, ImagesOfTargets};
use crate::check::findings::Findings;
use crate::check::names::gather;
use crate::check::names::naming::{Naming, Use};
use crate::check::names::overlay::AppView;
use crate::check::names::scope::Scope;
use crate::check::names::settings::{AskedTag, Effective, effective};
use crate::check::values::shared;
use crate::diag::{Code, Diagnostic};
use crate::ir::{ImageReference, TagFrom};
use crate::source::{Beside, Span};
use crate::syntax::ast::{Target, Tier, ValueKind};

/// Whether targets give different build arguments to the image of a workload.
pub(super) fn differs(scope: &Scope<'_>, name: &str) -> bool {
    of_targets(scope).differ.contains(name)
}

/// Complains of names that two targets would give to different images: of two that are pushed, the last
/// would serve both.
pub(super) fn check(scope: &Scope<'_>, found: &mut Findings) {
    for clash in &of_targets(scope).clashes {
        found.push(clash.clone());
    }
}

/// The name that an image gets, right or not; `is_apart` says whether each target has its own.
pub(super) fn named(title: &str, is_apart: bool, scope: &Scope<'_>) -> ImageReference {
    let settings = scope.settings;
    let registry = settings.registry.filter(|_| !settings.local_images);
    let (said, targets_own) = said_tag(settings);
    let tag = match scope.target.filter(|_| is_apart && !targets_own) {
        Some(target) => format!("{said}-{target}"),
        None => said.to_owned(),
    };
    ImageReference {
        repository: registry.map_or(title.to_owned(), |registry| {
            format!("{}/{title}", registry.value)
        }),
        tag: Some(tag.replace('+', "_")),
        digest: None,
    }
}

/// The tag before targets are kept apart, and whether it is this target's own.
pub(super) fn said_tag<'s>(settings: &'s Effective<'_>) -> (&'s str, bool) {
    let version = settings.version.value.as_str();
    settings
        .tag
        .map_or((version, false), |(tag, is_own)| (&tag.value, is_own))
}

fn of_targets<'s>(scope: &'s Scope<'_>) -> &'s ImagesOfTargets {
    scope.facts.images(|| {
        let (file, targets) = (scope.file, scope.file.targets.len());
        let app = file.app.iter().map(|app| &app.settings);
        let mut settings = app.chain(file.targets.iter().map(|target| &target.settings));
        let has_platforms = settings.any(|said| !said.platforms.is_empty());
        let may_differ = |tier: &&Tier| has_platforms && tier.build.is_some() || may_differ(tier);
        let mut different = file.workloads().filter(may_differ).peekable();
        if targets < 2 || different.peek().is_none() {
            ImagesOfTargets::default()
        } else if targets.saturating_mul(file.workloads().count()) > MOST {
            let names = different.filter_map(|tier| tier.name.as_ref());
            ImagesOfTargets {
                differ: names.map(|name| name.value.clone()).collect(),
                clashes: Vec::new(),
            }
        } else {
            work_out(scope, has_platforms)
        }
    })
}

/// The most pairs of a target and a workload that are compared; of more, each target has images of its own.
const MOST: usize = 20_000;

/// Whether some build argument is more than a text that stands in the file.
fn may_differ(tier: &Tier) -> bool {
    let mut arguments = tier.build.iter().flat_map(|build| &build.arguments);
    arguments.any(|argument| {
        let kind = argument.value.as_ref().map(|value| &value.kind);
        match kind {
            None | Some(ValueKind::Text(_) | ValueKind::Bare(_)) => false,
            Some(ValueKind::Reference(_) | ValueKind::List(_) | ValueKind::Json(_)) => true,
        }
    })
}

/// An image of one target.
struct OfTarget<'a> {
    target: &'a Target,
    /// The whole name, as [`named`] makes it with and without the target's own suffix.
    names: [String; 2],
    /// Whether browsers read an argument of it.
    is_public: bool,
    /// Whether its tag is a digest of its content, and never that of another image.
    is_by_content: bool,
    arguments: Vec<(String, String)>,
    /// Those that it is built for.
    platforms: Vec<String>,
    place: Span,
}

fn work_out(scope: &Scope<'_>, has_platforms: bool) -> ImagesOfTargets {
    let mut images: IndexMap<String, Vec<OfTarget<'_>>> = IndexMap::new();
    for target in &scope.file.targets {
        for (name, image) in images_of(target, scope, has_platforms) {
            images.entry(name).or_default().push(image);
        }
    }
    let differ: BTreeSet<_> = images
        .iter()
        .filter(|(_, images)| {
            let mut pairs = images.windows(2);
            pairs.any(|two| two[0].arguments != two[1].arguments) || differ_in_platforms(images)
        })
        .map(|(name, _)| name.clone())
        .collect();
    let mut clashes = Vec::new();
    for (name, images) in &images {
        let mut seen: BTreeMap<&str, &OfTarget<'_>> = BTreeMap::new();
        for image in images.iter().filter(|image| !image.is_by_content) {
            let is_apart = image.is_public || differ.contains(name);
            let reference = image.names[usize::from(is_apart)].as_str();
            match seen.get(reference) {
                Some(first)
                    if first.arguments != image.arguments || first.platforms != image.platforms =>
                {
                    clashes.push(clash(reference, name, first, image));
                }
                Some(_) => {}
                None => {
                    seen.insert(reference, image);
                }
            }
        }
    }
    ImagesOfTargets { differ, clashes }
}

/// Whether images of one name are for different platforms. Those that a registry has are never those that are
/// loaded by hand.
fn differ_in_platforms(images: &[OfTarget<'_>]) -> bool {
    let mut seen: BTreeMap<&str, &[String]> = BTreeMap::new();
    images.iter().any(|image| {
        let first = seen.entry(&image.names[0]).or_insert(&image.platforms);
        *first != image.platforms
    })
}

fn clash(reference: &str, name: &str, first: &OfTarget<'_>, other: &OfTarget<'_>) -> Diagnostic {
    let target = |image: &OfTarget<'_>| {
        let name = image.target.name.as_ref();
        name.map_or(String::new(), |name| name.value.clone())
    };
    let what = if first.arguments == other.arguments {
        "platforms"
    } else {
        "build arguments"
    };
    let (one, two) = (target(first), target(other));
    let message = format!("targets `{one}` and `{two}` would build different images `{reference}`");
    Diagnostic::new(Code::ObjectClash, other.place, message)
        .also(
            first.place,
            format!("`{name}` has other {what} in `{one}`"),
        )
        .help("write another `tag` in one of the two targets, or leave it out there: then its name is in the tag")
}

/// The images that are built for a target and may differ from those of others, by their workloads. What is wrong there is
/// found where that target is checked.
fn images_of<'a>(
    target: &'a Target,
    scope: &Scope<'a>,
    has_platforms: bool,
) -> Vec<(String, OfTarget<'a>)> {
    let mut unheard = Findings::default();
    let found = &mut unheard;
    let (Some(app), facts) = (scope.file.app.as_ref(), FileFacts::default()) else {
        return Vec::new();
    };
    let Some(name) = app.name.as_ref() else {
        return Vec::new();
    };
    let view = AppView::of(scope.file, Some(target));
    let settings = effective(app, name, &view, AskedTag::default(), found);
    let naming = Naming::new(app, name, found);
    let off = container::without(&app.without, found);
    let beside = Beside {
        files: scope.files,
        contexts: scope.contexts,
        gives_values: scope.gives_values,
        commit: None,
    };
    let mut there = gather::scope(
        scope.file,
        &view,
        &settings,
        &naming,
        &off,
        (beside, &facts),
        found,
    );
    shared::work_out(&mut there, found);
    let workloads = there.things.values().filter_map(|thing| thing.face());
    let images = workloads.filter_map(|face| {
        let build = face.tier.build.as_ref()?;
        let recipe = catalog::recipe(&build.recipe.as_ref()?.value)?;
        if build.arguments.is_empty() && !has_platforms {
            return None;
        }
        let (entries, _) = arguments(build, recipe, &there, found);
        let title = naming.name(Use::Image, &face.stands.value);
        let place = settings.tag.filter(|(_, is_own)| *is_own);
        let image = OfTarget {
            target,
            names: [false, true].map(|is_apart| named(&title, is_apart, &there).to_string()),
            is_public: entries.iter().any(|entry| recipe.is_public(&entry.key)),
            is_by_content: settings
                .tag_from
                .as_ref()
                .is_some_and(|from| from.value == TagFrom::Sources),
            arguments: entries
                .iter()
                .map(|entry| (entry.key.clone(), entry.value.joined().into_owned()))
                .collect(),
            platforms: settings
                .platforms
                .iter()
                .map(|it| it.value.clone())
                .collect(),
            place: place.map_or(target.span, |(tag, _)| tag.span),
        };
        Some((face.id.name.clone(), image))
    });
    images.collect()
}
