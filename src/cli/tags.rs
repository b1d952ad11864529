//! Tags of images by what lies beside the text: their sources, and Git.

use super::args::{Build, TagFrom as Asked};
use super::input::Input;
use super::output::shown;
use super::{Failure, git, sources};
use crate::ir::{App, TagFrom};
use crate::source::SourceDigests;
use crate::{Program, backend};
use std::collections::BTreeMap;
use std::path::Path;

/// What is known of sources and of Git.
pub(super) struct Tags {
    /// The digests of sources.
    pub(super) sources: SourceDigests,
    /// Whether images are tagged by their sources.
    pub(super) is_of_sources: bool,
    /// The tag that Git gives, or why it gives none; `None` where nobody asked.
    commit: Option<Result<String, Failure>>,
}

impl Tags {
    /// Looks at what tags are made of, and with `compares` at all sources, to tell what changed.
    pub(super) fn look(
        args: &Build,
        input: &Input,
        program: &Program,
        compares: bool,
        out: &Path,
    ) -> Self {
        let mut from = program.tags_from();
        from.extend(args.tag_from.map(of_asked));
        if args.tag.is_some() {
            from.clear();
        }
        let mut tags = Tags {
            sources: SourceDigests::new(),
            is_of_sources: from.contains(&TagFrom::Sources),
            commit: None,
        };
        if compares || !from.is_empty() {
            tags.sources = sources::digests(&input.folder, program.sources_wanted(), out);
        }
        if from.contains(&TagFrom::Git) {
            let file = input.path.as_deref();
            let tag = git::tag(&input.folder, file, input.text(), &tags.sources, out);
            tags.commit = Some(tag);
        }
        tags
    }

    /// The tag that Git gives.
    pub(super) fn commit(&self) -> Option<String> {
        self.commit.as_ref()?.as_ref().ok().cloned()
    }

    /// Makes sure that the images of an application have the tags that they shall have.
    pub(super) fn are_known(&self, app: &App) -> Result<(), Failure> {
        match app.tag_from {
            None => Ok(()),
            Some(TagFrom::Git) => match &self.commit {
                Some(Err(failure)) => Err(failure.clone()),
                Some(Ok(_)) | None => Ok(()),
            },
            Some(TagFrom::Sources) => {
                let mut builds = app.pods().filter_map(|(id, pod)| {
                    let build = pod.image.build.as_ref()?;
                    let why = self.sources.get(&backend::sources(build))?.as_ref().err()?;
                    Some((&id.name, &build.context, why))
                });
                builds.next().map_or(Ok(()), |(name, context, why)| {
                    Err(Failure::new(format!(
                        "can't make a tag of the sources of `{name}`: `{}`: {why}",
                        shown(Path::new(context))
                    ))
                    .help("mend that, or give the tag: `--tag 1.0.0`"))
                })
            }
        }
    }

    /// A digest of what each image is made from, by its name; of those whose sources can be read.
    pub(super) fn contents(&self, app: &App) -> BTreeMap<String, String> {
        let builds = app.pods().filter_map(|(_, pod)| {
            let build = pod.image.build.as_ref()?;
            let digest = self.sources.get(&backend::sources(build))?.as_ref().ok()?;
            let content = backend::content_tag(pod, build, digest);
            Some((pod.image.reference.to_string(), content))
        });
        builds.collect()
    }
}

/// What an option asks for.
pub(super) fn of_asked(asked: Asked) -> TagFrom {
    match asked {
        Asked::Sources => TagFrom::Sources,
        Asked::Git => TagFrom::Git,
    }
}
