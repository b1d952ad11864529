//! The commands that build images, and push them where others get them.

use super::BAKE;
use crate::backend::{Command, Delivery, Purpose, Run, Step, When, argument, quote};
use crate::ir::App;
use std::collections::BTreeSet;
use std::path::Path;

/// The steps.
pub(super) fn steps(app: &App, delivery: Option<&Delivery>) -> Vec<Step> {
    let Some(delivery) = delivery.filter(|it| it.artifacts.iter().any(|file| file.path == BAKE))
    else {
        return Vec::new();
    };
    let build = build_images(app, delivery);
    let steps = log_in(app).into_iter().chain([build]);
    steps.chain(compare_sizes(app)).collect()
}

/// Logs in to where images are pushed, which no registry takes from everybody.
fn log_in(app: &App) -> Option<Step> {
    let built = app.pods().find(|(_, pod)| pod.image.build.is_some())?;
    let repository = built.1.image.reference.repository.as_str();
    let host = repository.split('/').next().unwrap_or_default();
    // Docker Hub is meant by an image that names no host.
    let host = (host.contains(['.', ':']) || host == "localhost").then_some(host);
    let words = ["docker", "login"].into_iter().chain(host);
    let title = if app.pull_secret.is_some() {
        "log in to the registry, once"
    } else {
        "log in to the registry, once; if its images are private, nodes need a `pull_secret` too"
    };
    (!app.local_images).then(|| {
        let commands = vec![Command::run(words)];
        Step::run(Purpose::BuildImages, When::Once, title, commands)
    })
}

/// Contexts are relative to the source file's folder, so that is where the build must run.
fn build_images(app: &App, delivery: &Delivery) -> Step {
    let out = match delivery.source {
        Some(_) => delivery.out_from_source,
        None => delivery.out,
    };
    let (title, outcome) = if app.local_images {
        ("build the images", "--load")
    } else {
        ("build the images and push them to the registry", "--push")
    };
    let title = match secrets(app).as_slice() {
        [] => title.to_owned(),
        names => format!("{title}; the build reads ${} here", names.join(", $")),
    };
    let file = argument(&out.join(BAKE));
    let words = ["docker", "buildx", "bake", "-f", &file, outcome];
    let run = Run {
        folder: delivery.source.map(Path::to_owned),
        variables: vec![("OUT", out.display().to_string())],
        words: words.map(str::to_owned).into(),
    };
    Step::run(
        Purpose::BuildImages,
        When::EveryTime,
        &title,
        vec![Command::Run(run)],
    )
}

/// The variables that hold secrets of builds, each once.
fn secrets(app: &App) -> Vec<&str> {
    let names: BTreeSet<&str> = app.build_secrets().map(|it| it.value.as_str()).collect();
    names.into_iter().collect()
}

/// Fails for an image that is larger than it may be, by the size that it has unpacked.
fn compare_sizes(app: &App) -> Option<Step> {
    let bounds = app.pods().filter_map(|(_, pod)| {
        let build = pod.image.build.as_ref()?;
        let most = build.max_size.as_ref()?;
        // A registry has no image of this machine's own platform where another was said.
        let platform = build.platforms.first().map(|it| it.value.as_str());
        let image = quote(&pod.image.reference.to_string());
        Some((image, platform, &most.value))
    });
    let commands = bounds.map(|(image, platform, most)| {
        let mut words = Vec::new();
        if !app.local_images {
            words.extend(["docker", "pull", "-q"].map(str::to_owned));
            words.extend(platform.map(|platform| format!("--platform={platform}")));
            words.extend([image.clone(), "&&".to_owned()]);
        }
        words.push("test".to_owned());
        words.push(format!(
            "\"$(docker image inspect -f '{{{{.Size}}}}' {image})\""
        ));
        words.extend(["-le".to_owned(), (most.milli / 1000).to_string()]);
        Command::Shell(vec![words])
    });
    let title = "compare images with the size that they may have; each fails if it is larger";
    let commands = commands.collect();
    Step::run(Purpose::CheckImages, When::EveryTime, title, commands).unless_empty()
}
