//! What images that are built are called.

use super::apart::{self, named, said_tag};
use crate::catalog::Recipe;
use crate::check::findings::Findings;
use crate::check::names::face::TierFace;
use crate::check::names::naming::Use;
use crate::check::names::scope::Scope;
use crate::check::types::image_names;
use crate::check::types::texts;
use crate::diag::{Code, Diagnostic};
use crate::ir::ImageReference;
use crate::source::Span;

/// The statements that the names of all images that are built are made from.
pub(super) fn named_by(scope: &Scope<'_>) -> Vec<Span> {
    let settings = scope.settings;
    let registry = settings.registry.filter(|_| !settings.local_images);
    let from = settings.tag_from.as_ref().map(|from| from.span);
    let tag = settings.tag.map(|(tag, _)| tag.span).or(from);
    let tag = tag.unwrap_or(settings.version.span);
    let pattern = scope.naming.place(Use::Image);
    let registry = registry.map(|registry| registry.span);
    let named = registry.or(settings.local_said).into_iter();
    named.chain([tag]).chain(pattern).collect()
}

/// Whether each target has an image of its own: what browsers read is fixed in it, or targets give it
/// different build arguments.
pub(super) fn is_apart(face: &TierFace<'_>, recipe: &Recipe, scope: &Scope<'_>) -> bool {
    let build = face.tier.build.iter();
    let mut arguments = build.flat_map(|build| &build.arguments);
    arguments.any(|argument| recipe.is_public(&argument.key.value))
        || apart::differs(scope, &face.id.name)
}

/// The reference of an image that is built: registry, name and tag.
pub(super) fn reference(
    title: &str,
    face: &TierFace<'_>,
    is_apart: bool,
    scope: &Scope<'_>,
    found: &mut Findings,
) -> Option<ImageReference> {
    let settings = scope.settings;
    let registry = settings.registry.filter(|_| !settings.local_images);
    let (said, _) = said_tag(settings);
    let reference = named(title, is_apart, scope);
    let Some(fault) = image_names::image_fault(&reference.to_string()) else {
        return Some(reference);
    };
    // A registry, tag or name that is wrong by itself has been complained of.
    let parts_are_right = registry.is_none_or(|registry| {
        image_names::repository_fault(&format!("{}/x", registry.value)).is_none()
    }) && image_names::tag_fault(said).is_none()
        && [scope.naming.app(), title]
            .iter()
            .all(|name| texts::label_fault(name).is_none());
    if parts_are_right {
        let message = format!("the image of `{}` can't be named: {fault}", face.id.name);
        let mut diagnostic = Diagnostic::new(Code::InvalidImage, face.tier.span, message);
        let parts = registry.into_iter().chain(settings.tag.map(|(tag, _)| tag));
        for part in parts {
            diagnostic = diagnostic.also(part.span, "joined with this");
        }
        found.push(diagnostic.help("choose shorter names"));
    }
    None
}
