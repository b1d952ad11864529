//! The commands that bring a build to life, in the order in which they must run.

use super::cluster::Object;
use super::make_secrets;
use super::secrets_needed::asks_for_secrets;
use super::step::{Step, command};
use super::written::Written;
use super::{reach, shell};
use crate::backend::migrations;
use crate::ir;
use indexmap::IndexMap;
use std::fs;
use std::path::Path;

/// Files of the backends that commands name.
const BAKE: &str = "docker/bake.json";
const KUBERNETES: &str = "kubernetes";
const NAMESPACE: &str = "kubernetes/00-namespace.yaml";

/// The steps after files were written.
pub(super) fn steps(app: &ir::App, written: &Written) -> Vec<Step> {
    let Written {
        artifacts,
        out,
        folder,
        outcome,
    } = written;
    let has = |path: &str| artifacts.iter().any(|artifact| artifact.path == path);
    let has_kubernetes = artifacts
        .iter()
        .any(|artifact| artifact.path.starts_with(KUBERNETES));
    let mut steps = Vec::new();
    if has_kubernetes {
        steps.extend(reach::publish(app));
    }
    if has(BAKE) {
        steps.push(build_images(app, out, folder));
        steps.extend(compare_sizes(app));
        if app.local_images {
            steps.push(load_images(app));
        }
    }
    if has_kubernetes {
        if has(NAMESPACE) && asks_for_secrets(app) {
            steps.push(Step {
                purpose: "make the namespace, for the Secrets to live in".to_owned(),
                lines: kubectl_apply(&out.join(NAMESPACE)),
            });
        }
        steps.extend(make_secrets::steps(app));
        let purpose = "delete what can't be changed in place: the next command makes it anew";
        steps.extend(delete_objects(&outcome.change.replaced, purpose));
        steps.push(Step {
            purpose: "start the application, or change it".to_owned(),
            lines: kubectl_apply(&out.join(KUBERNETES)),
        });
        steps.extend(until_migrated(app));
        steps.extend(reach::until_it_runs(app));
        steps.extend(reach::forward(app));
    }
    let purpose = "delete what is no longer part of the application";
    steps.extend(delete_objects(&outcome.change.gone, purpose));
    steps
}

fn until_migrated(app: &ir::App) -> Option<Step> {
    let jobs = migrations(app).into_iter().map(|job| format!("job/{job}"));
    let jobs: Vec<_> = jobs.collect();
    let namespace = &app.namespace.name;
    let complete = "--for=condition=complete";
    let words = [
        "kubectl",
        "wait",
        complete,
        "--timeout=10m",
        "-n",
        namespace,
    ];
    (!jobs.is_empty()).then(|| Step {
        purpose: "wait for the migrations; `kubectl logs` of a Job says what failed".to_owned(),
        lines: command(&[words.map(str::to_owned).to_vec(), jobs].concat()),
    })
}

/// Contexts are relative to the source file's folder, so that is where the build must run.
fn build_images(app: &ir::App, out: &Path, folder: &Path) -> Step {
    let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let is_here = real(folder) == real(Path::new("."));
    let out = if is_here {
        out.to_owned()
    } else {
        shell::relative(&real(folder), &real(out))
    };
    let mut outcome = if app.local_images { "--load" } else { "--push" }.to_owned();
    let mut words = vec![format!("OUT={}", shell::quote(&out.display().to_string()))];
    words.extend(["docker", "buildx", "bake", "-f"].map(String::from));
    words.push(shell::path(&out.join(BAKE)));
    if !is_here {
        // In parentheses, so that the next command runs where this one was started.
        let cd = ["(cd".to_owned(), shell::path(folder), "&&".to_owned()];
        words.splice(0..0, cd);
        outcome.push(')');
    }
    words.push(outcome);
    Step {
        purpose: if app.local_images {
            "build the images".to_owned()
        } else {
            "build the images and push them to the registry".to_owned()
        },
        lines: command(&words),
    }
}

/// Fails for an image that is larger than it may be, by the size that it has unpacked.
fn compare_sizes(app: &ir::App) -> Option<Step> {
    let bounds = app.pods().filter_map(|(_, pod)| {
        let most = pod.image.build.as_ref()?.max_size.as_ref()?;
        Some((shell::quote(&pod.image.reference), &most.value))
    });
    let lines = bounds.flat_map(|(image, most)| {
        let mut words = Vec::new();
        if !app.local_images {
            words.extend(["docker", "pull", "-q", &image, "&&"].map(str::to_owned));
        }
        words.push("test".to_owned());
        words.push(format!(
            "\"$(docker image inspect -f '{{{{.Size}}}}' {image})\""
        ));
        words.extend(["-le".to_owned(), (most.milli / 1000).to_string()]);
        command(&words)
    });
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then(|| Step {
        purpose: "compare images with the size that they may have; each fails if it is larger"
            .to_owned(),
        lines,
    })
}

fn load_images(app: &ir::App) -> Step {
    let mut images: Vec<&str> = Vec::new();
    for (_, pod) in app.pods() {
        if pod.image.build.is_some() && !images.contains(&pod.image.reference.as_str()) {
            images.push(&pod.image.reference);
        }
    }
    let load = |words: &str| -> Vec<String> {
        let line = |image: &&str| format!("{words} {}", shell::quote(image));
        images.iter().map(line).collect()
    };
    let mut lines = load("minikube image load");
    lines.push("# or, with kind:".to_owned());
    lines.extend(load("kind load docker-image"));
    Step {
        purpose: "load them into the cluster; Docker Desktop has them already".to_owned(),
        lines,
    }
}

/// Deletes objects, which `kubectl apply` never does: what the files no longer hold comes last, so
/// that what stands in their place is there before they go.
fn delete_objects(objects: &[Object], purpose: &str) -> Option<Step> {
    // Against the order of the files: what guards pods goes after them.
    let gone = objects.iter().rev().filter(|object| !object.holds_data);
    let mut by_namespace: IndexMap<_, Vec<_>> = IndexMap::new();
    for object in gone {
        let word = format!("{}/{}", object.kind.to_lowercase(), object.name);
        let namespace = object.namespace.as_deref();
        by_namespace.entry(namespace).or_default().push(word);
    }
    let lines = by_namespace.into_iter().flat_map(|(namespace, objects)| {
        let mut words = ["kubectl", "delete", "--ignore-not-found"]
            .map(String::from)
            .to_vec();
        if let Some(namespace) = namespace {
            words.extend(["-n".to_owned(), shell::quote(namespace)]);
        }
        words.extend(objects.iter().map(|object| shell::quote(object)));
        command(&words)
    });
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then(|| Step {
        purpose: purpose.to_owned(),
        lines,
    })
}

fn kubectl_apply(path: &Path) -> Vec<String> {
    command(&[
        "kubectl".to_owned(),
        "apply".to_owned(),
        "-f".to_owned(),
        shell::path(path),
    ])
}
