//! What an image is made from, and the tag that says so.

use super::ignore::patterns;
use crate::catalog::Plan;
use crate::docker::{Dockerfile, FRONTEND, print};
use crate::hash::Parts;
use crate::ir;
use crate::source::{ImageSources, LeftOut};

/// How many hexadecimal digits of a digest are a tag: as many as of a commit.
const DIGITS: usize = 12;

/// What an image's build leaves out of its context; `file` is the Dockerfile where no plan makes it.
pub(in crate::backend) fn left_out(plan: Option<&'static Plan>, file: &str) -> LeftOut {
    match plan {
        Some(plan) => LeftOut::Patterns(patterns(plan).collect()),
        None => LeftOut::BesideDockerfile(file.to_owned()),
    }
}

/// The sources of an image.
pub(in crate::backend) fn sources(build: &ir::Build) -> ImageSources {
    let left_out = match &build.dockerfile {
        ir::DockerfileSource::Planned { plan, .. } => left_out(Some(plan), ""),
        ir::DockerfileSource::Theirs { file, .. } => left_out(None, file),
    };
    ImageSources {
        context: build.context.clone(),
        left_out,
    }
}

/// A tag that is another for another content: of its sources, which have this digest, its Dockerfile and its
/// build arguments. What images of registries it starts from is none of them.
pub(in crate::backend) fn content_tag(pod: &ir::Pod, build: &ir::Build, sources: &str) -> String {
    let recipe = match &build.dockerfile {
        ir::DockerfileSource::Planned { plan, choice } => print(&Dockerfile {
            frontend: choice.pins.pinned(FRONTEND),
            header: String::new(),
            stages: plan.pinned_stages(choice, &pod.contract),
        }),
        ir::DockerfileSource::Theirs { file, stage } => {
            format!("{file}\n{}", stage.as_deref().unwrap_or_default())
        }
    };
    let arguments = build.arguments.iter();
    let arguments =
        arguments.flat_map(|entry| [entry.key.clone(), entry.value.joined().into_owned()]);
    let platforms = build.platforms.iter().map(|it| it.value.clone());
    let mut hash = Parts::default();
    for part in [sources.to_owned(), recipe]
        .into_iter()
        .chain(arguments)
        .chain(platforms)
    {
        hash.add(part);
    }
    let mut tag = hash.finish();
    tag.truncate(DIGITS);
    tag
}
