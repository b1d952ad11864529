//! Images: what they are called, and how they are built.

use super::address::Ports;
use super::environment::value;
use super::project::{Project, joined};
use super::text::{literal, plain};
use crate::ir::{Build, DockerfileSource, Image, PullPolicy};
use crate::yaml::{Node, map};
use std::path::Path;

/// Most characters of a tag (the reference grammar of distribution).
const LONGEST_TAG: usize = 128;

/// What an image is called. One that browsers' addresses are built into, and others than the target's
/// own, is another image.
pub(super) fn reference(project: &Project, image: &Image) -> String {
    const OWN: &str = "-compose";
    let mut reference = image.reference.clone();
    let build = project.build(image).map(|(build, _)| build);
    let mut arguments = build.into_iter().flat_map(|build| &build.arguments);
    let differs = arguments.any(|argument| {
        value(project, &argument.value, Ports::Usual) != literal(&argument.value.joined())
    });
    if differs {
        let tag = reference.tag.unwrap_or_default();
        let kept = tag.get(..LONGEST_TAG - OWN.len()).unwrap_or(&tag);
        reference.tag = Some(format!("{kept}{OWN}"));
    }
    reference.to_string()
}

/// The platform of an image that is built here, which is emulated where it isn't this machine's own. Of several
/// this machine builds its own, as it does where none is said.
pub(super) fn platform(project: &Project, image: &Image) -> Option<Node> {
    let (build, _) = project.build(image)?;
    match build.platforms.as_slice() {
        [only] => Some(plain(&only.value).at(only.span)),
        _ => None,
    }
}

/// When it is pulled. Whatever is built here is asked of no registry.
pub(super) fn pull(project: &Project, image: &Image, builds: bool) -> Option<Node> {
    if builds && image.build.is_some() {
        return Some(Node::text("build").because("pull"));
    }
    if project.build(image).is_some() {
        return Some(Node::text("never").because("pull"));
    }
    pulled(image.pull.value).map(|word| Node::text(word).at(image.pull.span))
}

/// When an image that isn't built here is pulled; `None` is Compose's default: if it is missing.
pub(super) fn pulled(policy: PullPolicy) -> Option<&'static str> {
    match policy {
        PullPolicy::IfNotPresent => None,
        PullPolicy::Never => Some("never"),
        PullPolicy::Always => Some("always"),
    }
}

/// How it is built.
pub(super) fn build(project: &Project, name: &str, image: &Image, build: &Build) -> Node {
    let (dockerfile, stage) = match &build.dockerfile {
        DockerfileSource::Planned { .. } => (dockerfile(project, &build.context, name), None),
        DockerfileSource::Theirs { file, stage } => (file.clone(), stage.as_deref()),
    };
    let arguments = build.arguments.iter().map(|argument| {
        let value = Node::quoted(value(project, &argument.value, Ports::Variable));
        let value = value.at(argument.origin).also(argument.value.places());
        (argument.key.clone(), Some(value))
    });
    let places = build.arguments.iter().map(|argument| argument.origin);
    let arguments = Node::mapping(arguments).gathered(places);
    let secrets = build.secrets.iter();
    let secrets = secrets.map(|it| plain(&it.value).at(it.span)).collect();
    map! {
        "context": plain(&context(project, build)),
        "dockerfile": plain(&dockerfile),
        "target": stage.map(plain),
        "args": (!build.arguments.is_empty()).then_some(arguments),
        "secrets": super::unless_empty(secrets),
    }
    .at(image.origin)
}

/// The folder of sources, from the folder of the Compose file.
fn context(project: &Project, build: &Build) -> String {
    joined(&project.places.source, &build.context)
}

/// The Dockerfile that is written for a tier, from the folder of its sources.
fn dockerfile(project: &Project, context: &str, name: &str) -> String {
    let out = &project.places.out;
    let file = joined(out, &format!("docker/{name}.Dockerfile"));
    if Path::new(out).is_absolute() {
        return file;
    }
    let parts = context.split('/');
    let depth = parts.filter(|part| !matches!(*part, "" | ".")).count();
    let file = file.trim_start_matches("./");
    if depth == 0 {
        file.to_owned()
    } else {
        "../".repeat(depth) + file
    }
}

/// What `docker compose watch` builds anew: not for files that its recipe leaves out of the image, nor
/// for what a build of ours writes.
pub(super) fn watch(project: &Project, image: &Image, build: &Build) -> Node {
    let recipe = project.recipe(image);
    let ignored = recipe.into_iter().flat_map(|recipe| {
        let lists = [recipe.plan.runtime.ignore, recipe.plan.ignore];
        lists.into_iter().flatten().copied()
    });
    let mut ignored: Vec<_> = ignored.map(plain).collect();
    let is_whole = build
        .context
        .split('/')
        .all(|part| matches!(part, "" | "."));
    let out = project.places.out.as_str();
    if is_whole && !out.starts_with("..") && !Path::new(out).is_absolute() && out != "." {
        ignored.push(plain(out));
    }
    let watch = map! {
        "action": "rebuild",
        "path": plain(&context(project, build)),
        "ignore": super::unless_empty(ignored),
    };
    map! { "watch": vec![watch] }
        .at(image.origin)
        .because("watch")
}

#[cfg(test)]
mod tests {
    use super::super::project::joined;

    #[test]
    fn paths_are_joined_without_needless_parts() {
        assert_eq!(joined("../..", "./api"), "../../api");
        assert_eq!(joined("../..", "."), "../..");
        assert_eq!(joined(".", "./a//b/"), "./a/b");
        assert_eq!(joined("/w/", "api"), "/w/api");
        assert_eq!(joined("/", "."), "/");
    }
}
