//! `bake.json`: every image of the application in one `docker buildx bake -f out/docker/bake.json`.

use super::Built;
use crate::ir::DockerfileSource;
use crate::source::reorders;
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// The text of the file.
///
/// Bake reads contexts, and Dockerfiles under `cwd://`, from the folder in which it is called, not
/// from its file's. That is the source file's folder, as for `todoc` itself; where the output is
/// elsewhere, the variable `OUT` says so.
pub(super) fn text(built: &[Built], target: Option<&str>) -> String {
    let out = target.map_or_else(|| "out".to_owned(), |target| format!("out/{target}"));
    let names = built.iter().map(|one| one.name);
    let bake = json!({
        "variable": { "OUT": { "default": literal(&out) } },
        "group": { "default": { "targets": names.collect::<Vec<_>>() } },
        "target": built
            .iter()
            .map(|one| (one.name.to_owned(), bake_target(*one)))
            .collect::<Map<_, _>>(),
    });
    let mut text = String::new();
    for c in format!("{bake:#}\n").chars() {
        if c != '\n' && (c.is_control() || reorders(c)) {
            // Such characters stand in strings alone, and none is beyond what one escape can say.
            let _ = write!(text, "\\u{:04x}", u32::from(c));
        } else {
            text.push(c);
        }
    }
    text
}

fn bake_target(
    Built {
        name, pod, build, ..
    }: Built,
) -> Value {
    let (dockerfile, stage) = match &build.dockerfile {
        DockerfileSource::Planned { .. } => {
            let file = format!("cwd://${{OUT}}/docker/{name}.Dockerfile");
            (file.into(), None)
        }
        // Bake looks for it in the context.
        DockerfileSource::Theirs { file, stage } => (literal(file), stage.as_deref()),
    };
    let mut target = json!({
        "context": literal(&build.context),
        "dockerfile": dockerfile,
        "tags": [literal(&pod.image.reference.to_string())],
    });
    if !build.platforms.is_empty() {
        let platforms = build.platforms.iter();
        target["platforms"] = platforms.map(|it| literal(&it.value)).collect();
    }
    if let Some(stage) = stage {
        target["target"] = literal(stage);
    }
    if !build.arguments.is_empty() {
        let arguments = build.arguments.iter();
        target["args"] = arguments
            .map(|entry| (entry.key.clone(), literal(&entry.value.joined())))
            .collect::<Map<_, _>>()
            .into();
    }
    if !build.secrets.is_empty() {
        let secrets = build.secrets.iter().map(|it| &it.value);
        target["secret"] = secrets
            .map(|name| literal(&format!("id={name},env={name}")))
            .collect();
    }
    target
}

/// A text that bake takes as it is: every string of the file is a template, in which `${` and `%{`
/// begin an expression unless their first character stands twice.
fn literal(text: &str) -> Value {
    text.replace("${", "$${").replace("%{", "%%{").into()
}
