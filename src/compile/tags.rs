//! Tags that say what is in an image.

use std::collections::{BTreeMap, BTreeSet};

use crate::backend::{content_tag, left_out, sources};
use crate::catalog::{self, recipes};
use crate::ir::{App, ImageReference, Lookup, TagFrom};
use crate::source::{ImageSources, SourceDigests};
use crate::syntax::ast::{File, Tag};

/// The sources of all images that a file builds, for any target.
pub(super) fn wanted(file: &File) -> BTreeSet<ImageSources> {
    let builds = file.workloads().filter_map(|tier| tier.build.as_ref());
    let sources = builds.filter_map(|build| {
        let recipe = catalog::recipe(&build.recipe.as_ref()?.value)?;
        let said = build.file.as_ref().map(|file| file.value.as_str());
        Some(ImageSources {
            context: build.context.as_ref()?.value.clone(),
            left_out: left_out(
                recipe.plan.as_ref(),
                said.unwrap_or(recipes::dockerfile::FILE),
            ),
        })
    });
    sources.collect()
}

/// What tags are made of, as the file says for any target.
pub(super) fn said(file: &File) -> BTreeSet<TagFrom> {
    let own = file.app.iter().map(|app| &app.settings);
    let all = own.chain(file.targets.iter().map(|target| &target.settings));
    let said = all.filter_map(|settings| match settings.tag.as_ref()? {
        Tag::From(word) => TagFrom::of(word.value),
        Tag::Text(_) => None,
    });
    said.collect()
}

/// Tags each image that is built by its content, if that is how tags are made; one whose sources have no
/// digest keeps its tag.
pub(super) fn by_content(app: &mut App, digests: &SourceDigests) {
    if app.tag_from != Some(TagFrom::Sources) || digests.is_empty() {
        return;
    }
    let mut tags: BTreeMap<ImageReference, String> = BTreeMap::new();
    for (_, pod) in app.pods() {
        if let Some(build) = &pod.image.build
            && let Some(Ok(digest)) = digests.get(&sources(build))
        {
            let tag = content_tag(pod, build, digest);
            tags.insert(pod.image.reference.clone(), tag);
        }
    }
    let tiers = app.tiers.iter_mut().map(|tier| &mut tier.pod.image);
    let jobs = app.jobs.iter_mut().map(|job| &mut job.pod.image);
    for image in tiers.chain(jobs).filter(|image| image.ours) {
        if let Some(tag) = tags.get(&image.reference) {
            image.reference.tag = Some(tag.clone());
        }
    }
    // Who looked before looked for other images.
    app.lookup = Lookup::default();
}
