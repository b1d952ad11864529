//! Every path leads from the folder of the file to the source's.

use std::path::{Component, Path, PathBuf};

use serde_json::Value;
use todoc::ir::{App, DockerfileSource};

use super::equality::{FOLDER, service};

/// A path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => plain.push(part),
        }
    }
    plain
}

/// What of the paths of a project leads elsewhere.
pub(super) fn wrong(app: &App, project: &Value) -> Vec<String> {
    let out = Path::new(FOLDER);
    let source = out.parent().expect("a folder above");
    let mut found = Vec::new();
    for (id, pod) in app.pods() {
        let (Some(service), Some(build)) = (service(project, app, id), &pod.image.build) else {
            continue;
        };
        let text = |value: &Value| PathBuf::from(value.as_str().unwrap_or_default());
        let context = text(&service["build"]["context"]);
        let expected = plain(&source.join(&build.context));
        if context != expected {
            found.push(format!("`{}` is built from {}", id.name, context.display()));
        }
        let dockerfile = plain(&context.join(text(&service["build"]["dockerfile"])));
        let expected = match &build.dockerfile {
            DockerfileSource::Planned { .. } => out.join(format!("docker/{}.Dockerfile", id.name)),
            DockerfileSource::Theirs { file, .. } => plain(&expected.join(file)),
            kind => panic!("what is expected of {kind:?}?"),
        };
        if dockerfile != expected {
            found.push(format!(
                "`{}` is built by {}",
                id.name,
                dockerfile.display()
            ));
        }
        let watched = text(&service["develop"]["watch"][0]["path"]);
        if plain(&watched) != context {
            found.push(format!("`{}` is watched at {}", id.name, watched.display()));
        }
    }
    let files = app.files().flat_map(|map| &map.files);
    for file in files {
        let expected = plain(&source.join(&file.source));
        let configs = project["configs"].as_object().into_iter().flatten();
        let mut paths = configs.filter_map(|(_, config)| config["file"].as_str());
        if !paths.any(|path| plain(Path::new(path)) == expected) {
            found.push(format!("the file `{}` is nowhere", file.source));
        }
    }
    found
}
